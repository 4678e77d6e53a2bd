"""Bi-cross-validation by lowrank beside the R package bcv and beside the paper's formula in NumPy, on the same folds.

    python compare-validation.py [--lowrank PATH] [--library DIR]

The reference is the R package bcv itself (Perry, 1.0.1; installed with `R CMD INSTALL` from its author's repository, in DIR
if it is not where R looks): its compiled routine is given the groups that lowrank drew. Where there is no Rscript or no bcv,
that column is left out and the formula of Owen & Perry (Ann. Appl. Stat. 3, 2009, eq. 3.1), written out below with
numpy.linalg.svd and one product for each rank, stands alone. The matrix is the package's own example: 50 x 20, two components
in noise of deviation 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def formula(x, row_groups, column_groups, ranks):
    """Mean over the folds of the mean squared error of A - B D_k^+ C, for every k."""
    folds = []
    for g in range(max(row_groups) + 1):
        for h in range(max(column_groups) + 1):
            i, j = row_groups == g, column_groups == h
            a, b = x[np.ix_(i, j)], x[np.ix_(i, ~j)]
            c, d = x[np.ix_(~i, j)], x[np.ix_(~i, ~j)]
            u, s, vt = np.linalg.svd(d, full_matrices=False)
            errors = []
            for k in ranks:
                inverse = (vt[:k].T / s[:k]) @ u[:, :k].T
                errors.append(np.mean((a - b @ inverse @ c) ** 2))
            folds.append(errors)
    return np.mean(folds, axis=0)


def by_r(library, matrix, groups, largest):
    """The same by R, or None where there is no R or no bcv."""
    if not shutil.which("Rscript"):
        return None
    script = os.path.join(HERE, "compare-validation.R")
    run = subprocess.run(
        ["Rscript", script, library or "-", matrix, groups, str(largest)], capture_output=True, text=True)
    if run.returncode != 0:
        print("no R column:", run.stderr.strip().splitlines()[-1])
        return None
    return np.array([float(line) for line in run.stdout.split()])


def compare(arguments, seed, folds):
    """Prints the errors of one matrix; returns whether all agree."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((50, 2)) @ rng.standard_normal((2, 20)) + rng.standard_normal((50, 20))
    with tempfile.TemporaryDirectory() as place:
        matrix, groups = os.path.join(place, "x.csv"), os.path.join(place, "groups.csv")
        np.savetxt(matrix, x, delimiter=",", fmt="%.17g")
        output = subprocess.run(
            [arguments.lowrank, "validate", matrix, "--folds", folds, "--seed", str(seed), "--json"],
            check=True, capture_output=True, text=True).stdout
        report = json.loads(output)
        with open(groups, "w") as file:
            for name in ("row_groups", "column_groups"):
                file.write(",".join(map(str, report["folds"][name])) + "\n")
        r = by_r(arguments.library, matrix, groups, report["ranks"][-1])
    ours = np.array(report["errors"])
    paper = formula(x, np.array(report["folds"]["row_groups"]), np.array(report["folds"]["column_groups"]),
                    report["ranks"])
    others = {"formula": paper} | ({} if r is None else {"R bcv": r})
    print(f"seed {seed}, {folds} folds: rank {report['rank']}")
    print("  k  " + "".join(f"{name:>22}" for name in ["lowrank", *others]))
    for k in report["ranks"]:
        print(f"  {k:<3}" + "".join(f"{column[k]:22.15g}" for column in [ours, *others.values()]))
    agree = True
    for name, column in others.items():
        difference = np.max(np.abs(ours / column - 1))
        same = int(np.argmin(column)) == report["rank"]
        agree = agree and difference < 1e-9 and same
        print(f"  largest relative difference from {name}: {difference:.1e}; rank {'the same' if same else 'another'}")
    return agree


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lowrank", default=os.path.join(HERE, "..", ".build", "release", "lowrank"))
    parser.add_argument("--library", default="", help="where bcv is installed, if R does not look there")
    arguments = parser.parse_args()
    agree = [compare(arguments, seed, folds) for seed, folds in [(1, "2x2"), (2, "2x2"), (3, "5x4")]]
    print("all agree" if all(agree) else "THEY DISAGREE")
    raise SystemExit(0 if all(agree) else 1)


if __name__ == "__main__":
    main()

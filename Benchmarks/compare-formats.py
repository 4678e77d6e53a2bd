#!/usr/bin/env python3
"""Compares what `lowrank` reads with what NumPy, SciPy, pandas, Pillow and scikit-learn read, over files of every format.

    python3 Benchmarks/compare-formats.py [--lowrank .build/release/lowrank] [--venv DIRECTORY] [--only TEXT]

Makes a virtual environment (in DIRECTORY, which it keeps, or in a temporary one), installs the libraries from the Python
Package Index, lets them write the files of format_files.py, and adds the files that scikit-learn and scikit-image ship.

The entries are those that the library reads, to the last bit. No command writes a matrix as it is read, but the mean of a
row of one entry is that entry: `approximate --columns j --center rows --rank 0` writes column j and computes nothing. That
is done for every column, or for 48 evenly spread ones of a matrix that has more, together with

- the shape;
- the largest magnitude, which `spectrum --rank 0` reports as the largest error, exactly;
- ‖A‖_F, within 1e-14 of the correctly summed one (1e-6 where the program computes in f32);
- the approximation of full rank, every entry within 1e-12·max|A| (1e-4 in f32) and, where the file holds integers below
  1e9, every entry exactly after rounding.

Prints a table in Markdown, "N of N equal" as its last line. Exit code 1 if anything differs.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEERS = ["numpy", "scipy", "pandas", "pillow", "scikit-learn", "scikit-image", "matplotlib", "ml_dtypes"]
COLUMNS = 48


def run(words):
    """What the program wrote, or None and its complaint."""
    child = subprocess.run(words, capture_output=True, text=True)
    if child.returncode == 0:
        return child.stdout, ""
    return None, f"exit code {child.returncode}: {child.stderr.strip()[:200]}"


def approximation(lowrank, case, options, scratch, name):
    """The product that `approximate` writes, as an array."""
    import numpy as np

    path = os.path.join(scratch, name + ".npy")
    out, complaint = run(
        [lowrank, "approximate", case.path, *case.words, *options, "--output", path])
    if out is None:
        raise RuntimeError(complaint)
    matrix = np.load(path)
    os.remove(path)
    return matrix


def differing_column(lowrank, case, column, scratch):
    """The first entry of a column that is not what the library read, as a sentence, or nothing."""
    import numpy as np

    got = approximation(
        lowrank, case, ["--columns", str(column + 1), "--center", "rows", "--rank", "0"], scratch, f"column{column}")[:, 0]
    expected = case.expected[:, column].astype(got.dtype)
    if got.shape != expected.shape:
        return f"column {column + 1} has {got.size} entries, not {expected.size}"
    wrong = np.flatnonzero(got != expected)
    if not wrong.size:
        return None
    row = wrong[0]
    return (f"{wrong.size} entries of column {column + 1}: {got[row]!r}, not {expected[row]!r} in row {row + 1}; "
            f"largest difference {np.max(np.abs(got - expected)):g}")


def faults(lowrank, case, scratch):
    """What differs, as sentences."""
    import numpy as np

    if case.expected is None:
        out, complaint = run([lowrank, "spectrum", "--json", case.path, *case.words])
        if out is not None:
            return ["read, not refused"]
        return [] if complaint.startswith("exit code 65") or complaint.startswith("exit code 64") else [complaint]
    expected = np.asarray(case.expected, np.float64)
    found = []
    out, complaint = run([lowrank, "spectrum", "--json", "--rank", "0", case.path, *case.words])
    if out is None:
        return [complaint]
    report = json.loads(out)
    if (report["rows"], report["columns"]) != expected.shape:
        return [f"{report['rows']} × {report['columns']}, not {expected.shape[0]} × {expected.shape[1]}"]
    single = report["dtype"] in ("f32", "f16", "bf16")
    largest = np.max(np.abs(expected))
    norm = largest * math.sqrt(math.fsum(((expected / largest) ** 2).ravel()))
    if report["approximation"]["measured_max_error"] != largest:
        found.append(f"largest magnitude {report['approximation']['measured_max_error']!r}, not {largest!r}")
    if abs(report["frobenius_norm"] - norm) > (1e-6 if single else 1e-14) * norm:
        found.append(f"‖A‖_F {report['frobenius_norm']!r}, not {norm!r}")

    full = approximation(lowrank, case, ["--rank", str(min(expected.shape))], scratch, "full")
    difference = np.max(np.abs(full - expected))
    if difference > (1e-4 if single else 1e-12) * largest:
        found.append(f"an entry of full rank is {difference:g} away")
    elif np.array_equal(expected, np.rint(expected)) and largest < (1e4 if single else 1e9):
        if not np.array_equal(np.rint(full), expected):
            found.append("rounded entries of full rank")
    if not case.exact:
        return found
    count = expected.shape[1]
    columns = sorted({round(float(j)) for j in np.linspace(0, count - 1, min(count, COLUMNS))})
    with ThreadPoolExecutor(2) as pool:
        wrong = [text for text in pool.map(lambda j: differing_column(lowrank, case, j, scratch), columns) if text]
    return found + wrong[:1] + ([f"{len(wrong)} of {len(columns)} columns"] if wrong else [])


def compare(lowrank, only):
    """Prints the table; whether all is equal."""
    import format_files

    print("| file | written by | matrix | options | verdict |")
    print("|---|---|---:|---|---|")
    count = equal = 0
    with tempfile.TemporaryDirectory() as scratch:
        files = os.path.join(scratch, "files")
        os.mkdir(files)
        for case in format_files.cases(files):
            if only and only not in case.name:
                continue
            try:
                found = faults(lowrank, case, scratch)
            except RuntimeError as error:
                found = [str(error)]
            shape = "–" if case.expected is None else f"{case.expected.shape[0]} × {case.expected.shape[1]}"
            verdict = "; ".join(found).replace(scratch, "").replace("|", "\\|") or (
                "refused" if case.expected is None else "equal")
            words = f"`{' '.join(case.words)}`" if case.words else ""
            print(f"| {case.name} | {case.by} | {shape} | {words} | {verdict} |", flush=True)
            count, equal = count + 1, equal + (not found)
    print(f"\n{equal} of {count} equal")
    return equal == count


def prepared(directory):
    """The Python of a virtual environment in `directory` that has the libraries."""
    python = os.path.join(directory, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", directory], check=True)
    if subprocess.run([python, "-c", "import skimage, sklearn, pandas, ml_dtypes"], capture_output=True).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True, stdout=sys.stderr)
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lowrank", default=os.path.join(ROOT, ".build/release/lowrank"))
    parser.add_argument("--venv", help="where the libraries are, or are to be kept")
    parser.add_argument("--only", help="only the files whose names contain this")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        sys.exit(0 if compare(os.path.abspath(options.lowrank), options.only) else 1)
    with tempfile.TemporaryDirectory() as temporary:
        python = prepared(os.path.abspath(options.venv) if options.venv else temporary)
        sys.exit(subprocess.run([python, os.path.abspath(__file__), "--inside", *sys.argv[1:]]).returncode)


if __name__ == "__main__":
    main()

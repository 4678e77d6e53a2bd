#!/usr/bin/env python3
"""Non-negative factorization against scikit-learn's, alternating least squares against NumPy's, and every step's share of
gemm's speed: one run, from the same starts, in turn.

    swift build -c release --product method-bench
    python Benchmarks/compare-methods.py            # needs numpy and scikit-learn
    python Benchmarks/compare-methods.py --shape 500x300 --rank 20 --iterations 10 --rounds 3

Writes a Markdown table and ends with an error if a claim does not hold: the objective within 1 % of scikit-learn's from the
same start, no iteration slower than its, none of alternating least squares slower than NumPy's, and every step within twice
the time that its operations take at gemm's speed. Give it the machine for itself.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
from sklearn.decomposition import NMF

ROOT = pathlib.Path(__file__).resolve().parent.parent


def ours(program, method, folder, args, start=None):
    """Runs one of ours; seconds an iteration, and the error in the end."""
    command = [program, method, folder / "a", args.m, args.n, args.precision, args.rank, args.iterations]
    if start is not None:
        command.append(start)
    out = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    run = json.loads(out)
    begun = run["points"][0]["seconds"] if run["points"][0]["iteration"] == 0 else 0
    return (run["points"][-1]["seconds"] - begun) / args.iterations, run["error"]


def scikit(a, w, h, solver, args):
    model = NMF(args.rank, init="custom", solver=solver, max_iter=args.iterations, tol=0)
    w, h = w.copy(), h.copy()
    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        w = model.fit_transform(a, W=w, H=h)
    seconds = (time.perf_counter() - begin) / args.iterations
    return seconds, np.linalg.norm(a - w @ model.components_)


def numpy_als(a, c, args):
    begin = time.perf_counter()
    for _ in range(args.iterations):
        b = np.linalg.solve(c @ c.T, c @ a.T).T
        c = np.linalg.solve(b.T @ b, b.T @ a)
    seconds = (time.perf_counter() - begin) / args.iterations
    return seconds, np.linalg.norm(a - b @ c)


def flops(args):
    """Of an iteration: products with A, and with Gram matrices of both factors."""
    m, n, k = args.m, args.n, args.rank
    return 4 * m * n * k + 4 * (m + n) * k * k


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", default="2000x1000")
    parser.add_argument("--rank", type=int, default=50)
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--precision", choices=["f64", "f32"], default="f64")
    parser.add_argument("--program", default=ROOT / ".build/release/method-bench")
    args = parser.parse_args()
    args.m, args.n = map(int, args.shape.split("x"))
    scalar = np.float64 if args.precision == "f64" else np.float32
    random = np.random.default_rng(1)
    planted = random.gamma(0.5, size=(args.m, args.rank)) @ random.gamma(0.5, size=(args.rank, args.n))
    a = np.asarray(planted + 0.1 * planted.mean() * random.random(planted.shape), dtype=scalar)
    scale = np.sqrt(a.mean() / args.rank)
    w = np.abs(scale * random.standard_normal((args.m, args.rank))).astype(scalar)
    h = np.abs(scale * random.standard_normal((args.rank, args.n))).astype(scalar)
    seconds, errors, rates = {}, {}, []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        a.tofile(folder / "a") if a.flags.f_contiguous else a.T.tofile(folder / "a")
        with open(folder / "start", "wb") as file:
            w.T.tofile(file)
            h.T.tofile(file)
        runs = {
            "ours, nmf (HALS)": lambda: ours(args.program, "nmf", folder, args, folder / "start"),
            "scikit-learn NMF, cd": lambda: scikit(a, w, h, "cd", args),
            "scikit-learn NMF, mu": lambda: scikit(a, w, h, "mu", args),
            "ours, als": lambda: ours(args.program, "als", folder, args, folder / "start"),
            "NumPy als": lambda: numpy_als(a, h, args),
            "ours, gradient": lambda: ours(args.program, "gradient", folder, args),
        }
        for _ in range(args.rounds):
            out = subprocess.run(
                [str(args.program), "gemm", "1024", args.precision], check=True, capture_output=True, text=True).stdout
            rates.append(json.loads(out)["flops_per_second"])
            for name, run in runs.items():
                took, error = run()
                seconds.setdefault(name, []).append(took)
                errors[name] = error
    rate = statistics.median(rates)
    norm = np.linalg.norm(a)
    typical = {name: statistics.median(all_) for name, all_ in seconds.items()}
    print(f"{args.m} × {args.n}, k = {args.rank}, {args.precision}, {args.iterations} iterations, {args.rounds} rounds; "
          f"gemm 1024³: {rate / 1e9:.1f} GFLOP/s\n")
    print("| | ms an iteration: median (least – most) | ‖A − BC‖/‖A‖ in the end | × its flops at gemm's speed |")
    print("|---|---|---|---|")
    for name, all_ in seconds.items():
        ideal = flops(args) / rate
        share = f"{typical[name] / ideal:.2f}" if name.startswith("ours") else ""
        print(f"| {name} | {1e3 * typical[name]:.2f} ({1e3 * min(all_):.2f} – {1e3 * max(all_):.2f}) "
              f"| {errors[name] / norm:.6f} | {share} |")
    claims = {
        "the objective of nmf is within 1 % of scikit-learn's (cd)":
            errors["ours, nmf (HALS)"] ** 2 <= 1.01 * errors["scikit-learn NMF, cd"] ** 2,
        "nmf is not slower than cd": typical["ours, nmf (HALS)"] <= typical["scikit-learn NMF, cd"],
        "nmf is not slower than mu": typical["ours, nmf (HALS)"] <= typical["scikit-learn NMF, mu"],
        "als comes to NumPy's error": errors["ours, als"] <= 1.001 * errors["NumPy als"],
        "als is not slower than NumPy's": typical["ours, als"] <= typical["NumPy als"],
    } | {f"{name} is within 2 × of its flops at gemm's speed": typical[name] <= 2 * flops(args) / rate
         for name in typical if name.startswith("ours")}
    print()
    for claim, holds in claims.items():
        print(f"- {'holds' if holds else 'FAILS'}: {claim}")
    sys.exit(0 if all(claims.values()) else 1)


if __name__ == "__main__":
    main()

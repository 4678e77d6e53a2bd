#!/usr/bin/env python3
"""Compares `lowrank approximate --method id|cur|robust-pca` with SciPy's interpolative decomposition and with NumPy, and
prints a table.

    python3 -m venv /tmp/skeletons && /tmp/skeletons/bin/pip install numpy scipy pillow
    /tmp/skeletons/bin/python Benchmarks/compare-skeletons.py [--lowrank .build/release/lowrank]

- id against scipy.linalg.interpolative.interp_decomp(A, k, rand=False): the same columns wherever SciPy's own coefficients
  stay within 2 (beyond, lowrank exchanges columns), an error that is not larger by more than 0.1 %, coefficients of at most 2.
- cur against C⁺AR⁺ by NumPy's pinv between the columns and rows of scipy.linalg.qr(pivoting=True): the same error to 1e-8
  where the columns and rows are the same, and beside it the error of the columns and rows of largest leverage.
- robust-pca against the same inexact ALM written out in NumPy with full SVDs: the same rank, the same low-rank part to 1e-5,
  and on planted matrices the truth to 1e-6.

Exit code 1 if anything differs.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import scipy.linalg
import scipy.linalg.interpolative as interpolative
from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAILURES = []


def check(condition, sentence):
    if not condition:
        FAILURES.append(sentence)
    return "yes" if condition else "NO"


def sample(name):
    path = os.path.join(ROOT, "SampleData", name)
    if name.endswith(".png"):
        return path, np.asarray(Image.open(path), np.float64)
    if name.endswith(".npy"):
        return path, np.load(path).astype(np.float64)
    return path, np.loadtxt(path, delimiter=",", skiprows=1)


def run(binary, path, method, rank, directory, *options):
    out = os.path.join(directory, "out.npz")
    text = subprocess.run(
        [binary, "approximate", path, "--method", method, "--rank", str(rank), "-o", out, "--json", *options],
        check=True, capture_output=True, text=True).stdout
    with np.load(out) as archive:
        return json.loads(text), {name: archive[name] for name in archive.files}


def relative(a, approximation):
    return np.linalg.norm(a - approximation) / np.linalg.norm(a)


def timed(function):
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def compare_id(binary, name, path, a, rank, directory):
    report, ours = run(binary, path, "id", rank, directory)
    (order, projection), seconds = timed(lambda: interpolative.interp_decomp(a.copy(), rank, rand=False))
    theirs = relative(a, interpolative.reconstruct_matrix_from_id(a[:, order[:rank]], order, projection))
    error = relative(a, ours["left"] @ ours["right"])
    largest, bound = np.abs(projection).max(), np.abs(ours["right"]).max()
    same = list(ours["column_indices"]) == list(order[:rank])
    precision = 1e-5 if ours["left"].dtype == np.float32 else 1e-9
    check(error <= theirs * 1.001 + precision, f"id {name}: error {error:.6g} against SciPy's {theirs:.6g}")
    check(same or largest > 2, f"id {name}: other columns than SciPy")
    check(bound <= 2 * (1 + precision), f"id {name}: a coefficient of {bound:.3g}")
    check(np.array_equal(ours["left"], a[:, ours["column_indices"]].astype(ours["left"].dtype)), f"id {name}: no real columns")
    check(abs(error - report["residual"]["relative_frobenius_error"]) < precision, f"id {name}: error reported")
    print(f"| {name} | {a.shape[0]} × {a.shape[1]} | {rank} | {error:.4%} | {theirs:.4%} | {report['optimum']:.4%} "
          f"| {'same' if same else 'exchanged'} | {bound:.2f} | {largest:.2f} | {report['seconds'] * 1e3:.1f} | {seconds * 1e3:.1f} |")


def compare_cur(binary, name, path, a, rank, directory):
    report, ours = run(binary, path, "cur", rank, directory)
    columns = scipy.linalg.qr(a, mode="r", pivoting=True)[1][:rank]
    rows = scipy.linalg.qr(a.T, mode="r", pivoting=True)[1][:rank]

    def error(columns, rows):
        c, r = a[:, columns], a[rows]
        return relative(a, c @ (np.linalg.pinv(c) @ a @ np.linalg.pinv(r)) @ r)

    u, _, vt = np.linalg.svd(a, full_matrices=False)
    leverage = error(np.argsort(-np.sum(vt[:rank] ** 2, 0))[:rank], np.argsort(-np.sum(u[:, :rank] ** 2, 1))[:rank])
    mine, theirs = relative(a, ours["left"] @ ours["right"]), error(columns, rows)
    own = error(ours["column_indices"], ours["row_indices"])
    thrice = relative(a, ours["left"].astype(float) @ ours["middle"] @ ours["rows"])
    precision = 1e-4 if ours["left"].dtype == np.float32 else 1e-8
    same = set(columns) == set(ours["column_indices"]) and set(rows) == set(ours["row_indices"])
    check(abs(mine - own) < precision, f"cur {name}: error {mine:.6g}, NumPy's of the same rows and columns {own:.6g}")
    check(abs(thrice - mine) < precision, f"cur {name}: C·U·R leaves {thrice:.6g}, the factors {mine:.6g}")
    check(not same or abs(mine - theirs) < precision, f"cur {name}: error {mine:.6g} against {theirs:.6g}")
    check(np.array_equal(ours["rows"], a[ours["row_indices"]].astype(ours["rows"].dtype)), f"cur {name}: no real rows")
    print(f"| {name} | {a.shape[0]} × {a.shape[1]} | {rank} | {mine:.4%} | {theirs:.4%} | {leverage:.4%} "
          f"| {report['optimum']:.4%} | {'same' if same else 'exchanged'} | {report['parameters']:,} |")


def pursuit(a, tolerance=1e-7):
    """Lin, Chen & Ma 2010, algorithm 5, with full SVDs."""
    weight = 1 / np.sqrt(max(a.shape))
    spectral = np.linalg.norm(a, 2)
    y = a / max(spectral, np.abs(a).max() / weight)
    mu, low, norm = 1.25 / spectral, np.zeros_like(a), np.linalg.norm(a)
    limit = mu * 1e7
    for iteration in range(1, 1001):
        rest = a - low + y / mu
        sparse = np.sign(rest) * np.maximum(np.abs(rest) - weight / mu, 0)
        u, s, vt = np.linalg.svd(a - sparse + y / mu, full_matrices=False)
        rank = int(np.sum(s > 1 / mu))
        low = (u[:, :rank] * (s[:rank] - 1 / mu)) @ vt[:rank]
        rest = a - low - sparse
        y = y + mu * rest
        mu = min(limit, 1.5 * mu)
        if np.linalg.norm(rest) <= tolerance * norm:
            break
    return low, sparse, rank, iteration


def compare_pursuit(binary, name, path, a, directory, truth=None):
    full = min(a.shape)
    report, ours = run(binary, path, "robust-pca", full, directory)
    (low, sparse, rank, iterations), seconds = timed(lambda: pursuit(a))
    mine = ours["left"] @ ours["right"]
    difference = np.linalg.norm(mine - low) / np.linalg.norm(low)
    check(report["rank_found"] == rank, f"robust-pca {name}: rank {report['rank_found']} against {rank}")
    check(difference < 1e-5, f"robust-pca {name}: the low-rank parts differ by {difference:.2g}")
    check(np.linalg.norm(a - mine - ours["sparse"]) < 1e-6 * np.linalg.norm(a), f"robust-pca {name}: L + S is not A")
    recovered = "–"
    if truth is not None:
        distance = np.linalg.norm(mine - truth) / np.linalg.norm(truth)
        check(distance < 1e-6, f"robust-pca {name}: the truth is missed by {distance:.2g}")
        recovered = f"{distance:.1e}"
    print(f"| {name} | {a.shape[0]} × {a.shape[1]} | {report['rank_found']} | {rank} | {report['sparse']['nonzeros']:,} "
          f"| {np.count_nonzero(sparse):,} | {report['iterations']} | {iterations} | {difference:.1e} | {recovered} "
          f"| {report['seconds']:.2f} | {seconds:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lowrank", default=os.path.join(ROOT, ".build/release/lowrank"))
    binary = parser.parse_args().lowrank
    generator = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as directory:
        def saved(name, a):
            path = os.path.join(directory, name.replace(" ", "-") + ".npy")
            np.save(path, a)
            return path, a

        decay = generator.standard_normal((300, 300)) @ np.diag(0.9 ** np.arange(300)) @ generator.standard_normal((300, 300))
        cases = [
            ("camera", *sample("camera.png"), 40), ("camera", *sample("camera.png"), 300), ("wine", *sample("wine.csv"), 5),
            ("MiniLM query", *sample("minilm-query.npy"), 64), ("geometric", *saved("geometric", decay), 30),
            ("Gaussian", *saved("Gaussian", generator.standard_normal((400, 1000))), 50),
            ("Hilbert", *saved("Hilbert", scipy.linalg.hilbert(100)), 8)]
        print("| id of | shape | k | error | SciPy | optimum | columns | max abs T | SciPy's | ms | SciPy ms |")
        print("|---|---|--:|--:|--:|--:|---|--:|--:|--:|--:|")
        # Kahan's matrix: pivots in order, whose coefficients grow like 2^k.
        cosine = 0.3
        scales = np.sqrt(1 - cosine**2) ** np.arange(60)
        kahan = scales[:, None] * (np.eye(60) - cosine * np.triu(np.ones((60, 60)), 1)) * (1 - 1e-7 * np.arange(60))
        for name, path, a, rank in cases + [("Kahan", *saved("Kahan", kahan), 59)]:
            compare_id(binary, name, path, a, rank, directory)
        print("\n| CUR of | shape | k | error | pivoted QR, NumPy | top leverage | optimum | rows and columns | parameters |")
        print("|---|---|--:|--:|--:|--:|--:|---|--:|")
        for name, path, a, rank in cases:
            compare_cur(binary, name, path, a, rank, directory)
        print("\n| robust PCA of | shape | rank | NumPy | nonzeros | NumPy | iterations | NumPy | L differs by | truth missed by | s | NumPy s |")
        print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for rows, columns, rank, share in [(200, 200, 10, 0.05), (300, 120, 5, 0.1), (400, 400, 20, 0.1)]:
            low = generator.standard_normal((rows, rank)) @ generator.standard_normal((rank, columns))
            a = low + np.where(generator.random((rows, columns)) < share, generator.choice([-20.0, 20.0], (rows, columns)), 0)
            compare_pursuit(binary, f"rank {rank} + {share:.0%}", *saved(f"planted{rows}-{columns}", a), directory, low)
        compare_pursuit(binary, "wine", *sample("wine.csv"), directory)
        compare_pursuit(binary, "camera", *sample("camera.png"), directory)
    for failure in FAILURES:
        print("DIFFERS:", failure)
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()

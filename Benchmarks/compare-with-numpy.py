#!/usr/bin/env python3
"""Compares `lowrank spectrum --json` with numpy.linalg.svd in f64, and prints a table.

    python3 -m venv /tmp/numpy && /tmp/numpy/bin/pip install numpy pillow
    /tmp/numpy/bin/python Benchmarks/compare-with-numpy.py [--lowrank .build/release/lowrank] [FILE …]

Without files, the samples that are numbers throughout. The largest difference of a singular value must stay below 1e-13·σ₁ for f64 and
integer sources, and below 5e-6·σ₁ for f32 and f16. Ranks, measures and errors are compared too, each with its definition
written out below in NumPy. Exit code 1 if anything differs.
"""
import argparse
import json
import os
import subprocess
import sys

import numpy as np
from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(path):
    """The matrix as NumPy and Pillow see it, in f64."""
    if path.endswith(".npy"):
        array = np.load(path)
        return array.reshape(array.shape[0], -1).astype(np.float64)
    if path.endswith(".png"):
        image = Image.open(path)
        if image.mode in ("RGB", "RGBA"):
            return np.asarray(image.convert("RGB"), np.float64) @ [0.299, 0.587, 0.114]
        return np.asarray(image, np.float64)
    with open(path) as file:
        lines = file.read().splitlines()
    try:
        [float(cell) for cell in lines[0].split(",")]
        header = 0
    except ValueError:
        header = 1
    return np.loadtxt(lines[header:], delimiter=",", ndmin=2)


def expected_ranks(sigma, shape, eps):
    """The rules that need no noise model, by their definitions."""
    energies = np.cumsum(sigma**2) / np.sum(sigma**2)
    tails = np.append(np.sqrt(np.cumsum((sigma**2)[::-1])[::-1] / np.sum(sigma**2)), 0)
    ranks = {"numerical": int(np.sum(sigma > sigma[0] * max(shape) * eps))}
    for percent in (90, 95, 99):
        ranks[f"energy_{percent}"] = int(np.argmax(energies >= percent / 100)) + 1
    for percent in (10, 5, 1):
        ranks[f"error_{percent}"] = int(np.argmax(tails <= percent / 100))
    return ranks


def expected_measures(sigma):
    energy = sigma**2
    q = sigma[sigma > 0] / sigma.sum()
    return {
        "stable_rank": energy.sum() / energy[0],
        "effective_rank": float(np.exp(-np.sum(q * np.log(q)))),
        "participation_ratio": energy.sum() ** 2 / np.sum(energy**2),
    }


def compare(lowrank, path):
    matrix = read(path)
    rank = max(1, min(matrix.shape) // 8)
    command = [lowrank, "spectrum", path, "--json", "--rank", str(rank)]
    report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    values_alone = json.loads(
        subprocess.run(command[:4], capture_output=True, check=True).stdout)["singular_values"]

    u, sigma, vt = np.linalg.svd(matrix, full_matrices=False)
    is_float = report["dtype"] in ("f32", "f16")
    limit = 5e-6 if is_float else 1e-13
    faults = []

    difference = max(
        np.max(np.abs(np.array(values) - sigma)) / sigma[0] for values in (values_alone, report["singular_values"]))
    if not difference <= limit:
        faults.append("singular values")
    if (report["rows"], report["columns"]) != matrix.shape:
        faults.append("shape")
    if abs(report["frobenius_norm"] / np.linalg.norm(matrix) - 1) > 1e-13:
        faults.append("Frobenius norm")
    for name, expected in expected_ranks(sigma, matrix.shape, 2.0**-23 if is_float else 2.0**-52).items():
        if report["ranks"][name] != expected:
            faults.append(f"{name}: {report['ranks'][name]}, not {expected}")
    for name, expected in expected_measures(sigma).items():
        if abs(report["measures"][name] / expected - 1) > (1e-5 if is_float else 1e-12):
            faults.append(f"{name}: {report['measures'][name]}, not {expected}")

    residual = matrix - (u[:, :rank] * sigma[:rank]) @ vt[:rank]
    read_out = report["approximation"]
    expected_error = np.linalg.norm(residual) / np.linalg.norm(matrix)
    tolerance = 5e-6 if is_float else 1e-13
    for name, expected in (
        ("relative_frobenius_error", expected_error),
        ("measured_relative_frobenius_error", expected_error),
        ("measured_max_error", np.max(np.abs(residual))),
    ):
        scale = sigma[0] if name == "measured_max_error" else 1
        if abs(read_out[name] - expected) > tolerance * scale:
            faults.append(f"{name}: {read_out[name]}, not {expected}")
    return report, difference, limit, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lowrank", default=os.path.join(ROOT, ".build/release/lowrank"))
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    samples = os.path.join(ROOT, "SampleData")
    names = ["camera.png", "digits.csv", "wine.csv", "minilm-query.npy"]
    files = options.files or [os.path.join(samples, name) for name in names]
    print(f"{'file':24} {'dtype':6} {'shape':>12} {'max |Δσ|/σ₁':>12} {'limit':>8}  verdict")
    failed = False
    for path in files:
        report, difference, limit, faults = compare(options.lowrank, path)
        shape = f"{report['rows']} × {report['columns']}"
        verdict = "; ".join(faults) or "equal"
        print(f"{os.path.basename(path):24} {report['dtype']:6} {shape:>12} {difference:12.1e} {limit:8.0e}  {verdict}")
        failed = failed or bool(faults)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Ours and the peers in turn on the same matrices in memory; writes one Markdown document.

Run it by compare-solvers.sh. Give it the machine for itself. After every cell (a matrix, a precision, a number of threads
and a kind of work) the document is written again, and the figures beside it as FILE.json: --resume goes on from there.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time

import numpy as np

import solver_tables
from solver_workers import Bystanders, SolverError, Worker, machine

SHAPES = ["512x512", "768x3072", "1024x1024", "2048x2048", "4096x4096", "4096x1024", "20000x200"]
# Of each kind of work: the peers' names here, in a table, and who computes it how.
PEERS = {
    "values": {
        "numpy": ("NumPy `svd`", "numpy", "values"), "gram": ("NumPy `eigvalsh(AAᵀ)`", "numpy", "gram"),
        "scipy": ("SciPy `svdvals`", "scipy", "values"), "torch": ("PyTorch `svdvals`", "torch", "values")},
    "thinSVD": {
        "numpy": ("NumPy `svd`", "numpy", "thin"), "scipy": ("SciPy `svd`", "scipy", "thin"),
        "torch": ("PyTorch `svd`", "torch", "thin")},
    "leading": {
        "svd_lowrank": ("PyTorch `svd_lowrank`", "torch", "leading"),
        "randomized_svd": ("scikit-learn `randomized_svd`", "sklearn", "leading"),
        "svds": ("SciPy `svds`", "scipy", "leading")},
}


def log(text):
    print(text, file=sys.stderr, flush=True)


def make_matrix(shape, kind, seed=1):
    """σ_i about ∝ 1/i until it meets the noise at about σ₁/100; or Gaussian entries, whose spectrum is flat."""
    generator = np.random.default_rng([seed, *shape])
    m, n = shape
    noise = generator.standard_normal(shape)
    if kind == "flat":
        return noise
    p = min(shape)
    left = generator.standard_normal((m, p)) / np.arange(1, p + 1) / np.sqrt(m * n)
    return left @ generator.standard_normal((p, n)) + noise * (0.01 / (np.sqrt(m) + np.sqrt(n)))


class Workers:
    """Ours and the libraries' processes, started when they are first needed."""

    def __init__(self, directory):
        self.directory = directory
        self.path = os.path.join(directory, "matrix")
        self.sigma = os.path.join(directory, "sigma")
        self.running = {}
        self.holding = {}
        self.matrix = None

    def get(self, library):
        """The worker of that library, holding the matrix."""
        if library not in self.running:
            self.running[library] = Worker.ours() if library == "ours" else Worker.peer(library)
        worker = self.running[library]
        if self.matrix and self.holding.get(library) != self.matrix:
            worker.ask("load", self.path, *self.matrix[0], self.matrix[2])
            self.holding[library] = self.matrix
        return worker

    def use(self, shape, kind, precision):
        """Lays a matrix into memory; the workers take it when they are asked next."""
        entries = make_matrix(shape, kind).astype(np.float32 if precision == "f32" else np.float64)
        entries.T.tofile(self.path)
        self.matrix = (shape, kind, precision)

    def values(self):
        return np.fromfile(self.sigma, np.float64)

    def close(self):
        for worker in self.running.values():
            worker.close()


class Cell:
    """One matrix, precision, number of threads and kind of work."""

    def __init__(self, workers, options, shape, kind, precision, threads, work, reference):
        self.workers, self.options, self.reference = workers, options, reference
        self.work, self.threads = work, threads
        self.rank = min(options.rank, min(shape))
        self.result = {
            "shape": list(shape), "kind": kind, "precision": precision, "threads": threads, "work": work,
            "rank": self.rank, "subspace": options.subspace, "peers": {}, "alternatives": {}}

    def error(self):
        values = self.workers.values()
        return float(np.max(np.abs(values - self.reference[: len(values)])) / self.reference[0])

    def ours(self, method="auto"):
        time.sleep(self.options.pause)
        extra = [self.rank, self.options.subspace] if self.work == "leading" else []
        answer = self.workers.get("ours").ask("solve", self.work, method, self.threads, *extra, self.workers.sigma)
        answer["error"] = self.error()
        return answer

    def peer(self, name):
        time.sleep(self.options.pause)
        _, library, method = PEERS[self.work][name]
        answer = self.workers.get(library).ask("solve", method, self.threads, self.rank, self.workers.sigma)
        answer["error"] = self.error()
        return answer

    def repetitions(self, seconds):
        return max(1, min(self.options.repetitions, round(self.options.seconds_per_pair / max(seconds, 1e-6))))

    def pair(self, solve):
        """Ours, then the other."""
        own = self.ours()
        return own, solve()

    def run(self):
        threads, precision = self.threads, self.result["precision"]
        rate = self.workers.get("ours").ask("gemm", 2048, precision, threads)
        self.result["gemm"] = rate["flopsPerSecond"]
        opponents = {name: lambda name=name: self.peer(name) for name in PEERS[self.work]
                     if name in self.options.peers}
        if self.options.alternatives:
            for method in self.methods():
                opponents["ours:" + method] = lambda method=method: self.ours(method)
        kept = {name: [] for name in opponents}
        planned, failures, ours = {}, {}, []
        # In turns: a slow minute of the machine meets everyone.
        rounds = 0
        while pending := [name for name in opponents if name not in failures and rounds < planned.get(name, 1)]:
            for name in pending:
                try:
                    own, other = self.pair(opponents[name])
                    if rounds == 0:
                        # What is started for the first time is not measured, where it can be done again soon.
                        if own["seconds"] + other["seconds"] < 2:
                            own, other = self.pair(opponents[name])
                        planned[name] = self.repetitions(own["seconds"] + other["seconds"])
                    kept[name].append((own, other))
                    ours.append(own)
                except SolverError as error:
                    failures[name] = str(error)
                    log(f"    {name}: {error}")
            rounds += 1
        if not ours:
            first = self.ours()
            ours = [first] + [self.ours() for _ in range(self.repetitions(first["seconds"]) - 1)]
        self.result["ours"] = {
            **ours[-1], "seconds": [one["seconds"] for one in ours], "error": max(one["error"] for one in ours),
            "extraBytes": max(one["extraBytes"] for one in ours)}
        if self.work == "thinSVD" and not self.options.no_check:
            self.result["ours"]["check"] = self.workers.get("ours").ask("check", "auto", threads)
        for name, pairs in kept.items():
            place = self.result["alternatives" if name.startswith("ours:") else "peers"]
            place[name.removeprefix("ours:")] = {
                "failure": failures.get(name)} if not pairs else {
                "seconds": [other["seconds"] for _, other in pairs], "ours": [own["seconds"] for own, _ in pairs],
                "extraBytes": max(other["extraBytes"] for _, other in pairs),
                "error": max(other["error"] for _, other in pairs)}
        return self.result

    def methods(self):
        """Ours that the planner did not take, and that are not foretold to take ten times as long."""
        if self.work == "leading":
            return []
        request = (self.work, *self.result["shape"], self.result["precision"], self.threads)
        ours = self.workers.get("ours")
        taken = ours.ask("plan", *request)
        return [
            offer["method"] for offer in ours.ask("offers", *request)["offers"]
            if offer["method"] != taken["method"] and offer.get("seconds", float("inf")) < 10 * taken["seconds"] + 1]


def describe(workers, libraries):
    ours = workers.get("ours").ask("machine")
    lines = [f"Machine: {machine()}.", "", f"- ours: OpenBLAS, kernels {ours['kernels']}"]
    for library in libraries:
        answer = workers.get(library).ask("machine")
        lines.append(f"- {library} {answer['version']}: {answer['blas']}")
    return lines


def save(options, results):
    for path, text in (
        (options.output + ".json", json.dumps(results)),
        (options.output, solver_tables.document(
            results, {work: {n: p[0] for n, p in peers.items()} for work, peers in PEERS.items()})),
    ):
        with open(path + ".part", "w") as file:
            file.write(text)
        os.replace(path + ".part", path)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = lambda text: [word for word in text.split(",") if word]
    everyone = [name for peers in PEERS.values() for name in peers]
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--output", default="solvers.md", help="the document (default: %(default)s)")
    parser.add_argument("--resume", action="store_true", help="keep what OUTPUT.json holds already")
    parser.add_argument("--shapes", type=names, default=SHAPES, help="as in 512x512,768x3072")
    parser.add_argument("--kinds", type=names, default=["decaying", "flat"])
    parser.add_argument("--precisions", type=names, default=["f32", "f64"])
    parser.add_argument("--threads", type=names, default=sorted({"1", str(cores)}))
    parser.add_argument("--works", type=names, default=list(PEERS), help="values,thinSVD,leading")
    parser.add_argument("--peers", type=names, default=everyone, help=",".join(dict.fromkeys(everyone)))
    parser.add_argument("--alternatives", action="store_true", help="also our methods that the planner does not take")
    parser.add_argument("--no-check", action="store_true", help="leave the residual of thin SVDs out")
    parser.add_argument("--rank", type=int, default=64, help="of leading triplets (default: %(default)s)")
    parser.add_argument("--subspace", type=int, default=256, metavar="WIDTH",
                        help="that ours takes them from (default: %(default)s)")
    parser.add_argument("--repetitions", type=int, default=11, help="at most (default: %(default)s)")
    parser.add_argument("--seconds-per-pair", type=float, default=40, metavar="SECONDS",
                        help="repeat a pair for about so long (default: %(default)s)")
    parser.add_argument("--pause", type=float, default=0.05, help="before each solve, so that idle threads sleep")
    return parser.parse_args()


def main():
    options = parse()
    shapes = [tuple(int(side) for side in text.split("x")) for text in options.shapes]
    results = {"machine": [], "cells": {}}
    if options.resume and os.path.exists(options.output + ".json"):
        with open(options.output + ".json") as file:
            results = json.load(file)
    groups = [(s, k, p) for s in shapes for k in options.kinds for p in options.precisions]
    cells = [(t, w) for t in map(int, options.threads) for w in options.works]
    key = lambda group, cell: " ".join(map(str, (*group[0], *group[1:], *cell)))
    directory = tempfile.mkdtemp(prefix="solvers-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    workers = Workers(directory)
    begun = time.monotonic()
    try:
        libraries = dict.fromkeys(
            PEERS[w][n][1] for w in options.works for n in PEERS[w] if n in options.peers)
        results["machine"] = describe(workers, libraries)
        for number, group in enumerate(groups):
            missing = [cell for cell in cells if key(group, cell) not in results["cells"]]
            if not missing:
                continue
            workers.use(*group)
            workers.get("scipy").ask("solve", "reference", len(os.sched_getaffinity(0)), 0, workers.sigma)
            reference = workers.values()
            for cell in missing:
                log(f"[{time.monotonic() - begun:6.0f} s] matrix {number + 1}/{len(groups)}: {key(group, cell)}")
                bystanders = Bystanders(workers.running.values)
                result = Cell(workers, options, *group, *cell, reference).run()
                result["bystanders"] = bystanders.share()
                results["cells"][key(group, cell)] = result
                save(options, results)
                times = {n: statistics.median(p["seconds"]) for n, p in result["peers"].items() if p.get("seconds")}
                log(f"    ours ({result['ours']['method']}) {solver_tables.own_seconds(result):.4g} s; "
                    + ", ".join(f"{name} {seconds:.4g}" for name, seconds in times.items()))
        save(options, results)
    except SolverError as error:
        sys.exit(f"compare-solvers: {error}")
    except KeyboardInterrupt:
        sys.exit(f"broken off; {options.output} holds what was measured, --resume goes on")
    finally:
        workers.close()
        shutil.rmtree(directory)
    log(f"{options.output} is written")


if __name__ == "__main__":
    main()

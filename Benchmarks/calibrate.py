#!/usr/bin/env python3
"""Measures every method over a grid of shapes and writes the planner's table of costs. See calibrate.sh.

A line is "method outcome precision threads p N flops seconds", seconds the median of a few runs on a matrix whose singular
values decay into noise. Shapes come in the order of their work; one that would take longer than the limit, as judged by
the flops and the largest shape measured so far, is left out: there the planner goes on with that shape's rate.
"""

import argparse
import datetime
import os
import statistics
import sys
import time

from solver_workers import ROOT, SolverError, Worker, machine

TABLE = os.path.join(ROOT, "Sources/Factorizations/Resources/solver-costs.txt")
SHORT_SIDES = [32, 64, 128, 256, 512, 1024, 2048, 4096]
# Columns of a subspace of leading triplets.
WIDTH = 256
ASPECTS = [1, 1.25, 1.5, 2, 4, 16, 100]


def log(text):
    print(text, file=sys.stderr, flush=True)


class Calibration:
    def __init__(self, options):
        self.options = options
        self.bench = Worker.ours()
        self.begun = time.monotonic()
        self.lines = {}
        # Of every series the rate at the largest shape so far.
        self.rates = {}

    def shapes(self):
        """Short and long sides, the least work first."""
        shapes = [(p, round(p * aspect)) for p in self.options.sides for aspect in self.options.aspects]
        return sorted((s for s in shapes if s[0] * s[1] <= self.options.entries), key=lambda s: s[0] * s[0] * s[1])

    def is_over(self):
        return time.monotonic() - self.begun > self.options.budget

    def measure(self, outcome, method, threads):
        """The median of a few runs; the more the shorter they are."""
        run = lambda: self.bench.ask("measure", outcome, method, threads)
        first = run()["seconds"]
        count = 9 if first < 0.02 else 5 if first < 0.3 else 3 if first < 1 else 0
        # Of what is short the first run also starts threads and touches memory; it does not count.
        return statistics.median([run()["seconds"] for _ in range(count)] or [first])

    def shape(self, p, long, precision, outcome, is_made):
        """Measures all methods for one shape; the matrix is made when the first of them wants it."""
        for threads in self.options.threads:
            # A preview may take any method, so all of them answer.
            offers = self.bench.ask("offers", outcome, p, long, precision, threads, "preview")["offers"]
            for offer in offers:
                if "declined" in offer:
                    continue
                series = (offer["method"], outcome, precision, threads)
                rate = self.rates.get(series)
                predicted = offer["flops"] / rate if rate else offer["seconds"]
                if predicted > self.options.limit:
                    log(f"  {' '.join(map(str, series))}: left out, about {predicted:.0f} s")
                    continue
                if self.is_over():
                    return is_made
                if not is_made:
                    # Upright, as a table of measurements is; the solvers take either.
                    self.bench.ask("make", "decaying", long, p, precision, 1)
                    is_made = True
                try:
                    seconds = self.measure(outcome, offer["method"], threads)
                except SolverError as error:
                    log(f"  {' '.join(map(str, series))}: {error}")
                    continue
                self.rates[series] = offer["flops"] / seconds
                self.lines[(*series, p, long)] = f"{offer['flops']:.6g} {seconds:.4g}"
        return is_made

    def leading(self, p, long, precision, is_made):
        """Measures the subspaces that grow, of a width that previews have; they cost the same before either outcome."""
        if 2 * WIDTH >= p:
            return is_made
        for method in self.growing:
            for threads in self.options.threads:
                if self.is_over():
                    return is_made
                if not is_made:
                    self.bench.ask("make", "decaying", long, p, precision, 1)
                    is_made = True
                run = lambda: self.bench.ask("solve", "leading", method, threads, 1, WIDTH)
                run()
                answers = [run() for _ in range(3)]
                seconds = statistics.median(answer["seconds"] for answer in answers)
                for outcome in ("values", "thinSVD"):
                    key = (method, outcome, precision, threads, p, long)
                    self.lines[key] = f"{answers[0]['flops']:.6g} {seconds:.4g}"
        return is_made

    def run(self):
        about = self.bench.ask("machine")
        kernels, self.growing = about["kernels"], about["growing"]
        shapes = self.shapes()
        for number, (p, long) in enumerate(shapes):
            if self.is_over():
                log(f"out of time: the {len(shapes) - number} largest shapes are left out")
                break
            log(f"[{time.monotonic() - self.begun:4.0f} s] {number + 1}/{len(shapes)}: {p} × {long}")
            for precision in ("f32", "f64"):
                is_made = False
                for outcome in ("values", "thinSVD"):
                    is_made = self.shape(p, long, precision, outcome, is_made)
                self.leading(p, long, precision, is_made)
        self.bench.close()
        today = datetime.date.today().isoformat()
        return "\n".join([
            f"# {machine()}; OpenBLAS {kernels}; {today}.",
            "# Written by Benchmarks/calibrate.sh: medians of a few runs, singular values that decay into noise.",
            "# method outcome precision threads p N flops seconds",
            *(f"{' '.join(map(str, key))} {figures}" for key, figures in sorted(self.lines.items()))]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    numbers = lambda kind: lambda text: [kind(word) for word in text.split(",")]
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--output", default=TABLE, help="(default: the program's own resource)")
    parser.add_argument("--quick", action="store_true", help="a coarse grid")
    parser.add_argument("--sides", type=numbers(int), help="short sides")
    parser.add_argument("--aspects", type=numbers(float), help="long side / short side")
    parser.add_argument("--threads", type=numbers(int), default=sorted({1, cores}))
    parser.add_argument("--entries", type=int, default=1 << 24, help="at most so many in a matrix (default: %(default)s)")
    parser.add_argument("--limit", type=float, help="seconds that one run may be expected to take")
    parser.add_argument("--budget", type=float, default=900, help="seconds in all (default: %(default)s)")
    options = parser.parse_args()
    options.sides = options.sides or ([64, 256, 1024] if options.quick else SHORT_SIDES)
    options.aspects = options.aspects or ([1, 2, 16] if options.quick else ASPECTS)
    options.limit = options.limit or (2 if options.quick else 20)
    calibration = Calibration(options)
    try:
        table = calibration.run()
    except SolverError as error:
        sys.exit(f"calibrate: {error}")
    with open(options.output + ".part", "w") as file:
        file.write(table)
    os.replace(options.output + ".part", options.output)
    log(f"{options.output}: {len(calibration.lines)} measurements in {time.monotonic() - calibration.begun:.0f} s")


if __name__ == "__main__":
    main()

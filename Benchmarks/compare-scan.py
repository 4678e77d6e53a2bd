"""Times `lowrank scan` of a model against a loop of numpy.linalg.svd and against WeightWatcher, each a whole process.

Usage: compare-scan.py PROGRAM MODEL

MODEL is an .npz or a .safetensors file. The loop reads the same file and computes the singular values of every tensor of
two axes, nothing else. WeightWatcher analyses a module of Linear and Embedding layers of the same weights. The files are
in the page cache, the scan keeps no cache of its own. It prints its table; JSON Lines, which hold all findings and compare every matrix with
a shuffled copy, are timed beside it. Figures are the fastest of RUNS (of one for WeightWatcher) and the
largest peak; the share of the cores that were busy is (user + system)/(seconds · cores) of the fastest run. Then the
findings are compared with WeightWatcher's for every matrix that both have.

Exit code 1 where a goal is missed: 4 times as fast as the loop, 15 times as fast as WeightWatcher, cores 90 % busy, peak
memory within 4 times the largest tensor in f32 and 60 MB.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

RUNS = 7
LOOP_RATIO, WATCHER_RATIO, BUSY, LARGEST_TIMES, ROOM = 4, 15, 0.9, 4, 60e6

LOAD = """
import sys
import numpy as np
def tensors(path):
    if path.endswith('.npz'):
        with np.load(path) as archive:
            for name in archive.files:
                yield name, archive[name]
    else:
        from safetensors.numpy import load_file
        yield from load_file(path).items()
"""

LOOP = LOAD + """
for name, tensor in tensors(sys.argv[1]):
    if tensor.ndim == 2:
        np.linalg.svd(tensor, compute_uv=False)
"""

WATCHER = LOAD + """
import json
import logging
import warnings
warnings.filterwarnings('ignore')
import torch
import weightwatcher
logging.getLogger('weightwatcher').setLevel(logging.ERROR)
layers, names = torch.nn.ModuleDict(), []
for name, tensor in tensors(sys.argv[1]):
    if tensor.ndim != 2 or not np.issubdtype(tensor.dtype, np.floating):
        continue
    weights = torch.from_numpy(tensor.astype(np.float32))
    if 'embedding' in name:
        layer = torch.nn.Embedding(*weights.shape)
    else:
        layer = torch.nn.Linear(weights.shape[1], weights.shape[0], bias=False)
    layer.weight.data = weights
    layers[name.replace('.', '/')] = layer
details = weightwatcher.WeightWatcher(model=layers).analyze()
columns = ['alpha', 'sigma', 'D', 'num_pl_spikes', 'stable_rank', 'spectral_norm', 'norm', 'num_evals']
rows = {}
for _, row in details.iterrows():
    rows[row['longname'].replace('/', '.')] = {key: float(row[key]) for key in columns if key in row}
json.dump(rows, open(sys.argv[2], 'w'))
"""


def run(command, runs=RUNS):
    """The seconds, the busy share of the cores and the peak bytes of `command`, and what it wrote."""
    best, peak, text = None, 0, ""
    for _ in range(runs):
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            child = subprocess.Popen(command, stdout=output, stderr=errors)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read().decode()
            if child.returncode != 0:
                errors.seek(0)
                raise SystemExit(f"{command[0]} failed: {errors.read().decode()[-2000:]}")
        busy = (usage.ru_utime + usage.ru_stime) / (seconds * len(os.sched_getaffinity(0)))
        best = min(best or (seconds, busy), (seconds, busy))
        peak = max(peak, usage.ru_maxrss * 1024)
    return *best, peak, text


def compare(rows, watched):
    """Prints the largest relative differences over the matrices that both have, and those whose tails differ."""
    pairs = {
        "alpha": ("alpha", 1), "sigma": ("alpha_standard_error", 1), "D": ("alpha_ks", 1),
        "stable_rank": ("stable_rank", 1), "spectral_norm": ("spectral_norm", 2), "norm": ("frobenius_norm", 2),
    }
    found = {row["name"]: row["measures"] for row in rows}
    common = [(name, found[name], theirs) for name, theirs in watched.items() if name in found]
    print(f"\nFindings beside WeightWatcher's, {len(common)} matrices:\n")
    print("| figure | matrices | largest relative difference |\n| :-- | --: | --: |")
    for theirs, (ours, power) in pairs.items():
        both = [
            abs(mine[ours] ** power / other[theirs] - 1) for _, mine, other in common
            if ours in mine and other.get(theirs, 0) > 0 and mine.get("alpha_tail") is not None]
        if both:
            print(f"| {theirs} | {len(both)} | {max(both):.1e} |")
    for name, mine, other in common:
        if "alpha" in mine and abs(mine["alpha"] / other["alpha"] - 1) > 1e-4:
            print(f"{name}: alpha {mine['alpha']:.4f} of {mine['alpha_tail']}, {other['alpha']:.4f}")


def main():
    program, model = sys.argv[1:3]
    scan = [program, "scan", model, "--no-cache"]
    seconds, busy, peak, _ = run(scan)
    all_seconds, all_busy, all_peak, text = run(scan + ["--format", "jsonl"])
    rows = [json.loads(line) for line in text.splitlines()]
    largest = 4 * max(row["parameters"] for row in rows)
    loop_seconds, loop_busy, loop_peak, _ = run([sys.executable, "-c", LOOP, model], 3)
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        watcher_seconds, watcher_busy, watcher_peak, _ = run([sys.executable, "-c", WATCHER, model, kept.name], 1)
        watched = json.load(kept)
    print("| process | seconds | times as long | cores busy | peak MB |\n| :-- | --: | --: | --: | --: |")
    for name, took, share, bytes_ in [
        ("lowrank scan", seconds, busy, peak), ("lowrank scan --format jsonl", all_seconds, all_busy, all_peak),
        ("numpy.linalg.svd loop", loop_seconds, loop_busy, loop_peak),
        ("WeightWatcher", watcher_seconds, watcher_busy, watcher_peak),
    ]:
        print(f"| {name} | {took:.2f} | {took / seconds:.1f} | {share * 100:.0f} % | {bytes_ / 1e6:.0f} |")
    compare(rows, watched)
    missed = [
        sentence for sentence, isMet in [
            (f"less than {LOOP_RATIO} times as fast as the loop", loop_seconds >= LOOP_RATIO * seconds),
            (f"less than {WATCHER_RATIO} times as fast as WeightWatcher", watcher_seconds >= WATCHER_RATIO * seconds),
            (f"cores less than {BUSY * 100:.0f} % busy", busy >= BUSY),
            ("more memory than promised", peak <= LARGEST_TIMES * largest + ROOM),
        ] if not isMet]
    for sentence in missed:
        print(f"missed: {sentence}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

"""Times `lowrank`, NumPy and pandas as they read the same files, each in a process of its own on one core.

Usage: compare-reading.py PROGRAM DIRECTORY

`lowrank` is asked for a rank that no matrix has, which it refuses as soon as it has read the entries; its time is that of
the whole process, start and refusal included. The others' time is that of the call alone. Files are in the page cache;
figures are the fastest of RUNS, which others on the machine
disturb least, and the largest peak.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

RUNS = 5
IMPOSSIBLE_RANK = 2**40
TEXT_SPEED, TEXT_RATIO = 100e6, 3
PEERS = {
    "numpy.loadtxt": "import numpy; call = lambda path: numpy.loadtxt(path, delimiter=',')",
    "pandas.read_csv": "import pandas; call = lambda path: pandas.read_csv(path, header=None).to_numpy()",
    "numpy.load": "import numpy; call = numpy.load",
}
TIMED = "; import sys, time; start = time.perf_counter(); call(sys.argv[1]); print(time.perf_counter() - start)"


def run(command):
    """What `command` wrote, its exit code, its seconds and its peak memory in bytes, on one core."""
    core = min(os.sched_getaffinity(0))
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return output.read().decode(), child.returncode, seconds, usage.ru_maxrss * 1024


def read_by_lowrank(program, path, matrix_bytes):
    words, code, seconds, peak = run([program, "spectrum", path, "--rank", str(IMPOSSIBLE_RANK)])
    # It must have come as far as the matrix, and held all of it.
    if code != 64 or "is out of range" not in words or peak < matrix_bytes:
        raise SystemExit(f"{path} was not read: {words}")
    return seconds, peak


def read_by_peer(name, path):
    words, code, _, peak = run([sys.executable, "-c", PEERS[name] + TIMED, path])
    if code != 0:
        raise SystemExit(f"{name} failed: {words}")
    return float(words), peak


def fastest(runs):
    """The shortest time, and the largest peak."""
    return min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def write_files(directory):
    """(path, what it is, bytes of its matrix in memory, the peers that read it)"""
    generator = np.random.default_rng(1)
    normals = generator.standard_normal((1 << 20, 12))
    for name, form in (("long.csv", "%.17g"), ("short.csv", "%.6g")):
        path = os.path.join(directory, name)
        np.savetxt(path, normals, fmt=form, delimiter=",")
        yield path, f"CSV, normals as {form}", normals.nbytes, ("numpy.loadtxt", "pandas.read_csv")
        os.remove(path)
    path = os.path.join(directory, "large.npy")
    size = 16384
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(size, size))
    for row in range(0, size, 1024):
        array[row : row + 1024] = generator.standard_normal((1024, size), np.float32)
    array.flush()
    del array
    yield path, f"NPY, {size} × {size} f32", 4 * size * size, ("numpy.load",)
    os.remove(path)


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return f"{model.group(1) if model else 'unknown processor'}, one core; load before: {os.getloadavg()[0]:.1f}"


def main():
    program, directory = os.path.abspath(sys.argv[1]), sys.argv[2]
    print(f"Machine: {machine()}.\n")
    print("| file | reader | seconds | MB/s | × lowrank's time | peak memory | required |")
    print("|---|---|---:|---:|---:|---:|---|")
    misses = []
    for path, title, matrix_bytes, peers in write_files(directory):
        size = os.path.getsize(path)
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 24):
                pass
        # In turns, so that all meet the same machine.
        readers = {"lowrank": lambda: read_by_lowrank(program, path, matrix_bytes)}
        readers |= {name: lambda name=name: read_by_peer(name, path) for name in peers}
        runs = {name: [] for name in readers}
        for _ in range(RUNS):
            for name, reader in readers.items():
                runs[name].append(reader())
        own, peak = fastest(runs["lowrank"])
        limit = 1.2 * matrix_bytes + 60e6
        required = f"≤ {limit / 1e6:.0f} MB"
        if peak > limit:
            misses.append(f"{title}: {peak / 1e6:.0f} MB of memory")
        if path.endswith(".csv"):
            required = f"≥ {TEXT_SPEED / 1e6:.0f} MB/s, {required}"
            if size / own < TEXT_SPEED:
                misses.append(f"{title}: {size / own / 1e6:.0f} MB/s")
        for name in readers:
            seconds, peak = fastest(runs[name])
            if name == "numpy.loadtxt" and seconds / own < TEXT_RATIO:
                misses.append(f"{title}: {seconds / own:.1f} × {name}")
            wanted = {"lowrank": required, "numpy.loadtxt": f"≥ {TEXT_RATIO} ×"}.get(name, "")
            label = f"{title}, {size / 1e6:.0f} MB" if name == "lowrank" else ""
            print(
                f"| {label} | {name} | {seconds:.3f} | {size / seconds / 1e6:.0f} | {seconds / own:.2f} "
                f"| {peak / 1e6:.0f} MB | {wanted} |", flush=True)
    for miss in misses:
        print(f"\nMissed: {miss}", flush=True)
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Runs the real binary over thousands of damaged files, and counts how it ends.
#
#   Benchmarks/mutate-files.sh [COUNT] [BINARY]
#
# Takes the files that the tests read and a few more, so that every format and every way of reading it is there, makes
# COUNT (default 5000) truncations and bit flips of them, and runs `lowrank spectrum --json FILE` on each within 2 seconds
# and MEMORY_KIB (default 524288) of resident memory. Fails if any run crashes, hangs, takes more memory, says more than
# one line, or answers with an exit code that is not 0, 64 or 65. Each damage is drawn from its number alone, from FIRST
# (default 0) on, so that a long run can be made in pieces. Two runs at a time. Needs Python 3 alone.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - "${1:-5000}" "${2:-.build/release/lowrank}" "${MEMORY_KIB:-524288}" "${FIRST:-0}" <<'PYTHON'
import collections
import glob
import gzip
import json
import multiprocessing
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time

count, binary, memory, first = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
if not os.access(binary, os.X_OK):
    sys.exit(f"{binary} is not there: build it with `swift build -c release`")
FIXTURES = "Tests/MatrixFilesTests/Fixtures"
NAMES = ("npy", "npz", "png", "jpg", "csv", "txt", "mtx", "pgm", "ppm", "gz")


def written():
    """Files that no test brings along: name, bytes, options."""
    table = [[random.Random(row * 7 + column).gauss(0, 100) for column in range(7)] for row in range(25)]
    comma = ";".join("abcdefg") + "\n"
    comma += "".join(";".join(f"{value:.4f}".replace(".", ",") for value in row) + "\n" for row in table)
    holes = "".join("\t".join("" if abs(value) < 9 else f"{value:.3g}" for value in row) + "\r\n" for row in table)
    named = '"",' + ",".join("abcdefg") + "\n"
    named += "".join(f'"row {i}",' + ",".join(f"{value:.5g}" for value in row) + "\n" for i, row in enumerate(table))
    coordinates = [f"{i + 1} {j + 1} {value:.6g}\n" for i, row in enumerate(table) for j, value in enumerate(row[: i % 5])]
    market = f"%%MatrixMarket matrix coordinate real general\n% a comment\n25 7 {len(coordinates)}\n" + "".join(coordinates)
    header = "{'descr': '<i2', 'fortran_order': False, 'shape': (4, 5, 6), }".ljust(117) + "\n"
    stack = b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode() + struct.pack("<120h", *range(-60, 60))
    yield "comma.csv", comma.encode(), ()
    yield "comma.csv.gz", gzip.compress(comma.encode(), mtime=0), ()
    yield "bom.csv", b"\xef\xbb\xbf" + comma.encode(), ("--columns", "b,4-6")
    for choice in ("zero", "drop-rows", "column-mean"):
        yield f"holes-{choice}.tsv", holes.encode(), ("--missing", choice)
    yield "named.csv", named.encode(), ("--center", "columns", "--scale", "columns")
    yield "coordinates.mtx.gz", gzip.compress(market.encode(), mtime=0), ()
    yield "stack.npy.gz", gzip.compress(stack, mtime=0), ()
    for view in ("fold=1", "fold=2,0", "slice=3", "slice=:,:,5"):
        yield f"stack-{view}.npy", stack, ("--view", view)


def seeds():
    """Name, bytes and options of every undamaged file."""
    for path in sorted(name for suffix in NAMES for name in glob.glob(f"{FIXTURES}/*.{suffix}")) + ["SampleData/wine.csv"]:
        with open(path, "rb") as file:
            data = file.read()
        name = os.path.basename(path)
        yield name, data, ()
        if name in ("deflated.npz", "stored.npz"):
            yield name, data, ("weights",)
        if name in ("axes3-F.npy", "axes4-C.npy"):
            yield name, data, ("--view", "fold=0,1")
            yield name, data, ("--view", "slice=1")
        if name.startswith(("rgb", "palette", "colour", "transparent", "interlaced-rgb")) and not name.endswith(".npy"):
            yield name, data, ("--channel", "colour")
    yield from written()


def damaged(data, generator):
    """A truncation, or one to four flipped bits, often near an end where the structure is."""
    if generator.random() < 0.4:
        return data[: generator.randrange(len(data))]
    out = bytearray(data)
    for _ in range(generator.randint(1, 4)):
        near = min(len(out), 300)
        index = generator.choice(
            [generator.randrange(len(out)), generator.randrange(near), len(out) - 1 - generator.randrange(near)]
        )
        out[index] ^= 1 << generator.randrange(8)
    return bytes(out)


def limit():
    """Two seconds of time, and no core files. The alarm outlives exec, and ends a run that waits for ever."""
    signal.alarm(2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


SEEDS = list(seeds())


def run(number):
    """Damages one file and reads it: exit code, seconds, KiB of memory, and what was wrong, if anything."""
    name, data, options = SEEDS[number % len(SEEDS)]
    data = damaged(data, random.Random(number))
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "input")
        with open(path, "wb") as file:
            file.write(data)
        with open(scratch + "/out", "w+b") as out_file, open(scratch + "/err", "w+b") as err_file:
            start = time.monotonic()
            child = subprocess.Popen(
                [binary, "spectrum", "--json", path, *options], stdin=subprocess.DEVNULL, stdout=out_file,
                stderr=err_file, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"}, preexec_fn=limit,
            )
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.monotonic() - start
            code = child.returncode = os.waitstatus_to_exitcode(status)
            out_file.seek(0), err_file.seek(0)
            out, err = out_file.read(), err_file.read()
    wrong = None
    if code not in (0, 64, 65):
        wrong = f"exit code {code}"
    elif usage.ru_maxrss > memory:
        wrong = f"{usage.ru_maxrss} KiB of memory"
    elif code != 0 and (err.count(b"\n") != 1 or not err.startswith(b"lowrank: ")):
        wrong = f"standard error {err[:200]!r}"
    elif code != 0 and b"\x1b" in err:
        wrong = "an escape on standard error"
    elif code == 0 and os.environ.get("CHECK_JSON", "1") == "1":
        try:
            json.loads(out)
        except ValueError as error:
            wrong = f"no JSON: {error}"
    if wrong:
        keep = os.path.join(tempfile.gettempdir(), f"lowrank-mutation-{number}-{name}")
        with open(keep, "wb") as file:
            file.write(data)
        wrong = f"{keep} {' '.join(options)}: {wrong}"
    return code, seconds, usage.ru_maxrss, wrong


with multiprocessing.get_context("fork").Pool(2) as pool:
    results = pool.map(run, range(first, first + count), chunksize=20)
codes = collections.Counter(code for code, _, _, _ in results)
failures = [wrong for _, _, _, wrong in results if wrong]
print(f"| runs | {count} over {len(SEEDS)} files |")
print("|---|---|")
for code, number in sorted(codes.items()):
    print(f"| exit code {code} | {number} |")
print(f"| slowest | {max(seconds for _, seconds, _, _ in results) * 1000:.0f} ms |")
print(f"| most memory | {max(peak for _, _, peak, _ in results) / 1024:.0f} MiB |")
print(f"| failures | {len(failures)} |")
for failure in failures[:20]:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
PYTHON

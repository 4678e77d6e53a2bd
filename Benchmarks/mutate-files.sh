#!/usr/bin/env bash
# Runs the real binary over thousands of damaged files, and counts how it ends.
#
#   Benchmarks/mutate-files.sh [COUNT] [BINARY]
#
# Takes the files that the tests read, makes COUNT (default 5000) truncations and bit flips of them, seeded, and runs
# `lowrank spectrum --json FILE` on each within 2 seconds and MEMORY_KIB (default 524288) of resident memory. Fails if
# any run crashes, hangs, takes more memory, says more than one line, or answers with an exit code that is not 0, 64
# or 65. Needs Python 3 alone.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 - "${1:-5000}" "${2:-.build/release/lowrank}" "${MEMORY_KIB:-524288}" <<'PYTHON'
import collections
import glob
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

count, binary, memory = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if not os.access(binary, os.X_OK):
    sys.exit(f"{binary} is not there: build it with `swift build -c release`")
seeds = sorted(
    name
    for pattern in ("npy", "npz", "png", "csv", "txt", "mtx", "pgm", "ppm", "gz")
    for name in glob.glob(f"Tests/MatrixFilesTests/Fixtures/*.{pattern}")
)
seeds.append("SampleData/wine.csv")
random.seed(1)


def damaged(data):
    """A truncation, or one to four flipped bits, often near an end where the structure is."""
    if random.random() < 0.4:
        return data[: random.randrange(len(data))]
    out = bytearray(data)
    for _ in range(random.randint(1, 4)):
        near = min(len(out), 300)
        index = random.choice(
            [random.randrange(len(out)), random.randrange(near), len(out) - 1 - random.randrange(near)]
        )
        out[index] ^= 1 << random.randrange(8)
    return bytes(out)


def limit():
    """Two seconds of time, and no core files. The alarm outlives exec, and ends a run that waits for ever."""
    signal.alarm(2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


codes, failures, slowest, largest = collections.Counter(), [], 0.0, 0
with tempfile.TemporaryDirectory() as scratch:
    for round in range(count):
        seed = seeds[round % len(seeds)]
        with open(seed, "rb") as file:
            data = damaged(file.read())
        path = os.path.join(scratch, "input")
        with open(path, "wb") as file:
            file.write(data)
        start = time.monotonic()
        child = subprocess.Popen(
            [binary, "spectrum", "--json", path], stdin=subprocess.DEVNULL, stdout=open(scratch + "/out", "wb"),
            stderr=open(scratch + "/err", "wb"), env={**os.environ, "SWIFT_BACKTRACE": "enable=no"},
            preexec_fn=limit,
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        slowest = max(slowest, time.monotonic() - start)
        largest = max(largest, usage.ru_maxrss)
        code = child.returncode
        codes[code] += 1
        with open(scratch + "/out", "rb") as file:
            out = file.read()
        with open(scratch + "/err", "rb") as file:
            err = file.read()
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
            keep = os.path.join(tempfile.gettempdir(), f"lowrank-mutation-{os.getpid()}-{round}-{os.path.basename(seed)}")
            with open(keep, "wb") as file:
                file.write(data)
            failures.append(f"{keep}: {wrong}")

print(f"| runs | {count} over {len(seeds)} files |")
print("|---|---|")
for code, number in sorted(codes.items()):
    print(f"| exit code {code} | {number} |")
print(f"| slowest | {slowest * 1000:.0f} ms |")
print(f"| most memory | {largest / 1024:.0f} MiB |")
print(f"| failures | {len(failures)} |")
for failure in failures[:20]:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
PYTHON

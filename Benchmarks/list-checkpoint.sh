#!/usr/bin/env bash
# Times `lowrank info` on a checkpoint of 10 GB and 2,000 tensors in 8 files whose data are holes, and its peak memory;
# prints both beside what is required. Needs Python 3, GNU time and a file system with holes. Exit code 1 if the fastest of
# 20 runs takes more than 100 ms, or the peak exceeds the headers and 20 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ -z "${LOWRANK:-}" ]]; then swift build -c release --product lowrank >&2; fi
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
python3 Benchmarks/make-sparse-checkpoint.py "$directory/model" >&2
python3 - "${LOWRANK:-.build/release/lowrank}" "$directory/model" <<'PYTHON'
import glob
import os
import statistics
import struct
import subprocess
import sys
import time

program, model = sys.argv[1:]
headers = sum(struct.unpack("<Q", open(path, "rb").read(8))[0] for path in glob.glob(model + "/*.safetensors"))
seconds, peaks = [], []
for _ in range(20):
    start = time.perf_counter()
    child = subprocess.Popen([program, "info", model], stdout=subprocess.PIPE)
    lines = child.stdout.read().count(b"\n")
    _, status, usage = os.wait4(child.pid, 0)
    seconds.append(time.perf_counter() - start)
    peaks.append(usage.ru_maxrss * 1024)
    if status != 0 or lines < 2000:
        raise SystemExit(f"the checkpoint was not listed: {lines} lines, status {status}")
limit = headers + 20e6
print(f"fastest {min(seconds) * 1e3:.0f} ms, median {statistics.median(seconds) * 1e3:.0f} ms (≤ 100 ms)")
print(f"peak {max(peaks) / 1e6:.1f} MB (≤ {limit / 1e6:.1f} MB: headers {headers / 1e6:.2f} MB and 20 MB)")
sys.exit(min(seconds) > 0.1 or max(peaks) > limit)
PYTHON

#!/usr/bin/env bash
# Compares reading with NumPy and pandas, each on one core; prints a Markdown table. Two minutes, 2 GB of disk, 4 of memory.
# Needs Python 3 with venv, the network for pip, and Linux; give it the machine for itself.
# Exit code 1 if text is read at less than 100 MB/s, or less than 3 times as fast as by numpy.loadtxt, or if reading takes
# more memory than 1.2 times the matrix and 60 MB.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product lowrank >&2
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
python3 -m venv "$directory/venv"
"$directory/venv/bin/pip" install --quiet numpy pandas >&2
OPENBLAS_NUM_THREADS=1 "$directory/venv/bin/python" Benchmarks/compare-reading.py \
  "${LOWRANK:-.build/release/lowrank}" "$directory"

#!/usr/bin/env bash
# Compares `lowrank scan MODEL` with a loop of numpy.linalg.svd and with WeightWatcher; prints Markdown tables.
# Usage: compare-scan.sh MODEL, an .npz or .safetensors file. Needs Python 3 with venv, the network for pip, 4 GB of disk,
# and Linux; give it the machine for itself. Exit code 1 where a goal is missed; see compare-scan.py.
set -euo pipefail
model=$(realpath "${1:?name a model: an .npz or .safetensors file}")
cd "$(dirname "$0")/.."
swift build -c release --product lowrank >&2
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
python3 -m venv "$directory/venv"
"$directory/venv/bin/pip" install --quiet numpy safetensors torch weightwatcher >&2
"$directory/venv/bin/python" Benchmarks/compare-scan.py "${LOWRANK:-.build/release/lowrank}" "$model"

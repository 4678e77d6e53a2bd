#!/usr/bin/env bash
# Where a solve spends its time: samples `lowrank spectrum FILE …` and draws a flame graph.
#
#   Benchmarks/profile-solve.sh FILE flame.svg [spectrum's options, such as --method two-stage --threads 1]
#
# Prints the functions that took most samples as a Markdown table. Needs Linux's perf and Python 3.
set -euo pipefail
[[ $# -ge 2 ]] || { sed -n '2,7p' "$0" >&2; exit 64; }
file="$1" picture="$2"
shift 2
cd "$(dirname "$0")/.."
swift build -c release --product lowrank >&2
samples="$(mktemp)"
trap 'rm -f "$samples"' EXIT
perf record --quiet --freq 499 --call-graph fp --output "$samples" -- \
  "${LOWRANK:-.build/release/lowrank}" spectrum "$file" --top 0 "$@" > /dev/null
perf script --input "$samples" 2> /dev/null | python3 Benchmarks/flame_graph.py "$picture"

#!/usr/bin/env bash
# Measures every method of the catalog over shapes, precisions and threads, and writes the table of costs by which the
# planner decides: Sources/Factorizations/Resources/solver-costs.txt. About a quarter of an hour; --quick: a minute or two.
# The program carries the table: build it again afterwards. Needs Python 3 (its standard library) and Linux; give it the
# machine for itself.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product solver-bench >&2
exec python3 Benchmarks/calibrate.py "$@"

#!/usr/bin/env bash
# Measures start-up, responsiveness and memory of the release build; prints a Markdown table. A few minutes.
# Needs Python 3 (its standard library) and Linux; give it the machine for itself.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product lowrank >&2
exec python3 Benchmarks/measure.py "${LOWRANK:-.build/release/lowrank}"

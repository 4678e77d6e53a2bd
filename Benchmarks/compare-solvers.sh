#!/usr/bin/env bash
# Compares our solvers with NumPy, SciPy, PyTorch and scikit-learn, ours and the peer in turn on the same matrix in memory;
# writes solvers.md, with a verdict on every goal. Hours for all of it: see --help for what can be left out.
# Needs Linux and Python 3 with venv, and the network for pip; or PYTHON, an interpreter with numpy, scipy, torch,
# scikit-learn and threadpoolctl. Give it the machine for itself.
#   Benchmarks/compare-solvers.sh --shapes 512x512,1024x1024 --precisions f32 --works values --output /tmp/solvers.md
set -euo pipefail
here=$(dirname "$(realpath "$0")")
swift build --package-path "$here/.." -c release --product solver-bench >&2
if [ -z "${PYTHON:-}" ]; then
  directory=$(mktemp -d)
  trap 'rm -rf "$directory"' EXIT
  python3 -m venv "$directory/venv"
  PYTHON="$directory/venv/bin/python"
  "$PYTHON" -m pip install --quiet numpy scipy scikit-learn threadpoolctl torch >&2
fi
"$PYTHON" "$here/compare-solvers.py" "$@"

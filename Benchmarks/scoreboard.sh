#!/usr/bin/env bash
# Tries every rank rule on planted matrices: three shapes, five ranks, three strengths of the signal against the noise, ten
# matrices each, 450 in all, and prints one scoreboard a shape. A minute or two on two cores.
#
# usage: Benchmarks/scoreboard.sh [--json] [--seeds N] [--seed S]
#
# Strengths are multiples of the detection edge β^¼·√N·s: at 0.7 the noise hides the signal from every rule; at 1.4 it
# shows, but keeping it costs more than it brings (Gavish & Donoho's threshold is for the least error, not for the rank);
# at 4 every rule that tells noise should find the rank.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product lowrank >&2
for shape in "rows=120,columns=120" "rows=200,columns=100" "rows=60,columns=300"; do
  .build/release/lowrank court "gallery:noise,$shape" --scoreboard --ranks 1,2,5,10,20 --strength 0.7,1.4,4 "$@"
  echo
done

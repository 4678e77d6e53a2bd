#!/usr/bin/env bash
# Feeds a reader of files with inputs that libFuzzer makes, and counts them.
#
#   Fuzzing/run.sh READER[,READER…]|all [RUNS] [libFuzzer options…]
#
# READER is a format by its short name (npy npz png jpeg pnm mtx csv safetensors shard-index gguf pytorch pytorch-legacy
# onnx), gzip, or any: the format is then told from the content. RUNS (default 100000) is the number of inputs, shared by
# the processes of -fork=N, if that is given. SANITIZE=address finds errors of memory too, at half the speed.
# SEEDS names directories of real files besides the fixtures. All is kept under .build/fuzzing: the program, the seeds,
# what was learnt (corpus), findings (crash-*, timeout-*, oom-*) and logs. Prints a table; fails if anything was found.
# Needs the Swift toolchain with clang, Python 3 and the libraries that lowrank is built with.
set -euo pipefail
cd "$(dirname "$0")/.."
readers=${1:?which reader? see the head of this script}
runs=${2:-100000}
shift $(($# < 2 ? $# : 2))
sanitize=${SANITIZE:-}
work=$PWD/.build/fuzzing
program=$work/fuzz${sanitize:+-$sanitize}
mkdir -p "$work"

build() {
  local sources flags objects=$work/objects${sanitize:+-$sanitize} root=$PWD
  mapfile -t sources < <(find "$root"/Sources/LinearAlgebra "$root"/Sources/MatrixFiles "$root"/Fuzzing -name '*.swift' \
    ! -path "$root"/Sources/LinearAlgebra/AvailableMemory.swift | sort)
  if [[ -x $program && -z $(find Sources/LinearAlgebra Sources/MatrixFiles Sources/CKernels Fuzzing -newer "$program" -type f) ]]
  then return; fi
  echo "building $program" >&2
  rm -rf "$objects"
  mkdir -p "$objects"
  for kernel in Sources/CKernels/*.c; do
    clang -O2 -c "$kernel" -ISources/CKernels/include -o "$objects/$(basename "$kernel").o"
  done
  printf 'module CKernels { header "%s" export * }\n' "$root/Sources/CKernels/include/kernels.h" > "$objects/module.modulemap"
  # Both rooms are one module here, so that the compiler sees through them; an empty one answers to the import.
  (cd "$objects" && swiftc -parse-as-library -emit-module -module-name LinearAlgebra -o LinearAlgebra.swiftmodule - < /dev/null)
  flags=("-sanitize=fuzzer${sanitize:+,$sanitize}")
  for module in COpenBLAS CZlib CPNG CTurboJPEG; do
    flags+=(-Xcc "-fmodule-map-file=$root/Sources/$module/module.modulemap")
  done
  for flag in $(pkg-config --cflags openblas zlib libpng libturbojpeg); do flags+=(-Xcc "$flag"); done
  for flag in $(pkg-config --libs-only-L openblas zlib libpng libturbojpeg); do flags+=("$flag"); done
  # The compiler leaves what it wrote so far in its own directory when it is stopped, and no program that is cut short.
  (cd "$objects" && TMPDIR=$objects swiftc "${flags[@]}" -O -g -wmo -parse-as-library -swift-version 6 \
    -package-name lowrank -module-name MatrixFiles -suppress-warnings -I "$objects" \
    -Xcc "-fmodule-map-file=$objects/module.modulemap" "${sources[@]}" "$objects"/*.o \
    -lopenblas -llapacke -lz -lpng16 -lturbojpeg -o fuzz 2> "$work/build.log") || { cat "$work/build.log" >&2; exit 1; }
  mv "$objects/fuzz" "$program"
}

build
read -ra extra <<< "${SEEDS:-}"
rm -rf "$work/seeds"
python3 Fuzzing/make-seeds.py "$work/seeds" Tests/MatrixFilesTests/Fixtures "${extra[@]}" >&2
if [[ $readers == all ]]; then
  readers=npy,npz,gzip,png,jpeg,pnm,mtx,csv,safetensors,shard-index,gguf,pytorch,pytorch-legacy,onnx,any
fi

export SWIFT_BACKTRACE=enable=no OPENBLAS_NUM_THREADS=1 ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:quarantine_size_mb=64}
# Buffers of megabytes come from the heap, so that an input costs no map and unmap.
export GLIBC_TUNABLES=glibc.malloc.mmap_threshold=67108864:glibc.malloc.trim_threshold=134217728
failed=0
table=()
for reader in ${readers//,/ }; do
  corpus=$work/corpus/$reader
  findings=$work/findings/$reader
  log=$work/$reader${sanitize:+-$sanitize}.log
  mkdir -p "$corpus" "$findings" "$work/seeds/$reader"
  status=0
  longest=4096
  # Every byte may unpack to a thousand.
  [[ $reader == gzip ]] && longest=256
  READER=$reader nice -n 19 "$program" "$corpus" "$work/seeds/$reader" -runs="$runs" -max_len=$longest -timeout=1 \
    -rss_limit_mb=512 -print_final_stats=1 -artifact_prefix="$findings/" "$@" > "$log" 2>&1 || status=$?
  if ((status == 64)); then tail -1 "$log" >&2; exit 64; fi
  ((status == 0)) || failed=1
  table+=("$(python3 - "$reader" "$status" "$log" "$findings" <<'PYTHON'
import os, re, sys
reader, status, log, findings = sys.argv[1:]
text = open(log, errors="replace").read()
def stat(name):
    return sum(map(int, re.findall(rf"stat::{name}:\s+(\d+)", text)))
inputs, rate, memory = stat("number_of_executed_units"), stat("average_exec_per_sec"), stat("peak_rss_mb")
covered = re.findall(r"cov: (\d+)", text)
found = len(os.listdir(findings))
print(f"| {reader} | {inputs} | {rate} | {covered[-1] if covered else '–'} | {memory} | {found} | {status} |")
PYTHON
  )")
done
printf '%s\n' '| reader | inputs | a second | edges | peak MB | findings | exit code |' '|---|---|---|---|---|---|---|' "${table[@]}"
exit "$failed"

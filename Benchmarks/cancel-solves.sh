#!/bin/sh
# Cancels solves at random moments: how soon the next job starts, whether the next result is right, what memory grows by.
# Fails when a job starts more than 100 ms after a cancel or a result is wrong.
# Usage: Benchmarks/cancel-solves.sh [SIDE COUNT]…; without, 1,000 cancels at 512² and 30 each at 2048² and 4096².
set -eu
cd "$(dirname "$0")/.."
swift build -c release --product cancel-bench >&2
[ $# -gt 0 ] || set -- 512 1000 2048 30 4096 30
echo "| matrix, f32 | cancels | next job starts, p50 ms | p99 ms | longest ms | next result | memory, MiB |"
echo "|---|---|---|---|---|---|---|"
failed=0
while [ $# -gt 1 ]; do
  .build/release/cancel-bench "$1" "$2" || failed=1
  shift 2
done
exit $failed

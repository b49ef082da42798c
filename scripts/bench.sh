#!/bin/sh
# Runs every benchmark three times. docs/benchmarks.md says what each one measures and keeps the medians.
set -eu
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5"
uname -srm
grep -m1 'model name' /proc/cpuinfo || true
LOTSE_BENCH=1 go test -run '^$' -bench . -benchtime=1x -count=3 -timeout 2h ./internal/...

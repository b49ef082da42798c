#!/bin/bash
# Hours of what the tests do for seconds: every fuzz target for FUZZ (default 20m), property tests with many cases, and
# an import killed KILLS times (default 300). The last log is kept in docs/soak.log.
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5" LOTSE_SOAK=1 LOTSE_KILLS="${KILLS:-300}"
log=docs/soak.log
: >"$log"
status=0

run() {
  echo "== $*" | tee -a "$log"
  "$@" 2>&1 | grep -vE '^(fuzz: elapsed|=== )|^ +--- PASS' | tee -a "$log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
}

date -u +%FT%TZ >>"$log"
git rev-parse HEAD >>"$log"
run go test -count=1 -timeout 6h -rapid.checks=2000 $(grep -rl --include='*_test.go' 'pgregory.net/rapid' internal | xargs -n1 dirname | sort -u | sed 's/^/.\//')
run go test -count=1 -timeout 6h -run 'Kill|Soak' $(go list ./internal/... | grep -v internal/app/robust)
run go test -v -count=1 -timeout 6h -run 'Kill|Soak|DiskFull' ./internal/app/robust
grep -rn --include='*_test.go' -o '^func Fuzz[A-Za-z0-9_]*' internal | while IFS=: read -r file _ name; do
  echo "$(dirname "$file") ${name#func }"
done | sort -u >/tmp/lotse-fuzz.$$
while read -r dir name; do
  run go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZ:-20m}" "./$dir"
done </tmp/lotse-fuzz.$$
rm -f /tmp/lotse-fuzz.$$
echo "== status $status" | tee -a "$log"
exit $status

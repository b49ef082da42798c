#!/bin/bash
# Hours of what the tests do for seconds: imports, undos, signatures, jobs and backups killed KILLS times together
# (default 500), people at work on the demo company (USERS, default 100, for USERS_FOR, default 5m), property tests with
# many cases, and every fuzz target for FUZZ (default 20m). docs/soak.log keeps a line for each; what fails stands there
# with its output.
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5" LOTSE_SOAK=1 LOTSE_KILLS="${KILLS:-500}"
log=docs/soak.log
out=$(mktemp)
trap 'rm -f "$out"' EXIT
trap 'say "== broken off"; exit 130' INT TERM
status=0

say() { echo "$*" | tee -a "$log"; }

# run NAME COMMAND…: keeps the output in $out and says at once when the command fails.
run() {
  local name=$1
  shift
  echo "   … $name" # only for who watches
  "$@" >"$out" 2>&1 && return
  status=1
  say "FAIL $name"
  sed 's/^/     /' "$out" | grep -vE 'fuzz: elapsed|=== (RUN|PAUSE|CONT)' | tail -n 80 | tee -a "$log"
}

tests() { # tests NAME ARGUMENTS…: go test, a line for each test that passed, with its seconds
  run "$@"
  sed -nE 's/^--- PASS: ([A-Za-z0-9_]+) \(([0-9]+)\.[0-9]*s\)$/ok   \1: \2 s/p' "$out" | tee -a "$log"
}

fuzz() { # fuzz FOLDER NAME
  local start=$SECONDS
  run "$2 in $1" go test -run '^$' -fuzz "^$2\$" -fuzztime "${FUZZ:-20m}" -fuzzminimizetime 5s "./$1" # or most of the time goes into shorter inputs
  local last
  last=$(grep -oE 'execs: [0-9]+ .*' "$out" | tail -n 1 | sed -E 's/execs: ([0-9]+) \([^)]*\)/\1 execs/; s/new interesting: ([0-9]+) \(total: ([0-9]+)\)/\1 new interesting of \2/')
  grep -q '^ok' "$out" && say "ok   $2: ${last:-no execs}, $((SECONDS - start)) s"
}

: >"$log"
say "date    $(date -u +%FT%TZ)"
say "commit  $(git rev-parse --short=12 HEAD)$([ -z "$(git status --porcelain -- cmd internal go.mod)" ] || echo ' with changes')"
say "machine $(nproc) cores, $(. /etc/os-release && echo "$PRETTY_NAME"), $(go env GOVERSION)"
say "set     KILLS=$LOTSE_KILLS FUZZ=${FUZZ:-20m}"
say "== kills"
for folder in $(grep -rlE --include='*_test.go' '^func Test.*(Kill|Soak|DiskFull)' internal | xargs -n 1 dirname | sort -u); do
  tests "$folder" go test -v -count=1 -timeout 12h -run 'Kill|Soak|DiskFull' "./$folder"
done
say "== simulations: 4,000 series of each kind, 200 demo companies"
tests simulations go test -v -count=1 -timeout 6h -run '^TestFalseProofAndCoverage$|^TestPower$|^TestTheMethodFindsTheTruth$' ./internal/engine/causal ./internal/demo
say "== people at work"
LOTSE_USERS="${USERS:-100}" LOTSE_USERS_FOR="${USERS_FOR:-5m}" tests internal/app/robust go test -v -count=1 -timeout 2h -run '^TestUsers$' ./internal/app/robust
sed -nE 's/^    users_test.go:[0-9]+: /     /p' "$out" | tee -a "$log"
say "== properties, 2000 cases each"
for folder in $(grep -rl --include='*_test.go' 'pgregory.net/rapid' internal | xargs -n 1 dirname | sort -u); do
  start=$SECONDS
  run "$folder" go test -count=1 -timeout 6h "./$folder" -rapid.checks=2000 # behind the package: go hands on what it does not know
  grep -q '^ok' "$out" && say "ok   $folder: $((SECONDS - start)) s"
done
say "== fuzzing"
while read -r folder name; do
  fuzz "$folder" "$name"
done < <(grep -rn --include='*_test.go' -oE '^func Fuzz[A-Za-z0-9_]+' internal | sed -E 's|/[^/]*_test\.go:[0-9]+:func | |' | sort -u)
say "== $([ $status = 0 ] && echo "all passed" || echo "something failed"), $((SECONDS / 60)) minutes"
exit $status

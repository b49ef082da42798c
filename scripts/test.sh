#!/bin/bash
# Runs every test: Go, web app, end to end in Chromium. Prints each runner's lines, the names of what was skipped and the
# seconds of each stage; the last line is "N passed, N failed" and, when there were any, ", N skipped".
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

stage() { # stage NAME COMMAND…: prints how long it took and counts a failure that no runner counted
  local name=$1 start=$SECONDS before=$failed
  shift
  echo "== $name"
  if ! "$@"; then
    [ "$failed" -gt "$before" ] || failed=$((failed + 1))
    echo "== $name: FAILED after $((SECONDS - start)) s"
  else
    echo "== $name: $((SECONDS - start)) s"
  fi
}

count() { # count PASSED FAILED SKIPPED
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

go_tests() {
  local log="$logs/go" status
  go test -v -timeout 20m ./... >"$log" 2>&1
  status=$?
  grep -E '^(ok|FAIL|panic:|---|\?)[[:space:]]' "$log" | grep -vE '^--- PASS|no test files'
  if [ $status -ne 0 ]; then # the output of what failed, with the lines before it
    grep -nE -B 40 '^[[:space:]]*--- FAIL|^panic:|^FAIL|build failed' "$log" | grep -vE 'RUN|PAUSE|CONT|--- PASS|^--$' | head -400
  fi
  grep -E -B 1 '^[[:space:]]*--- SKIP' "$log" | grep -vE '^(=== |--$)' | sed 's/^/skipped: /'
  count "$(grep -cE '^[[:space:]]*--- PASS' "$log")" "$(grep -cE '^[[:space:]]*--- FAIL|\[(build|setup) failed\]' "$log")" "$(grep -cE '^[[:space:]]*--- SKIP' "$log")"
  return $status
}

vitest() { # vitest NAME ARGUMENTS… in web/
  local json="$logs/$1.json" status
  shift
  (cd web && npx vitest run --passWithNoTests --reporter=default --reporter=json --outputFile.json="$json" "$@")
  status=$?
  if [ -s "$json" ]; then
    count $(node -e '
      const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
      for (const f of r.testResults) for (const t of f.assertionResults) if (t.status === "pending" || t.status === "skipped") console.error("skipped: " + t.fullName);
      const broken = r.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0).length;
      console.log(r.numPassedTests, r.numFailedTests + broken, r.numPendingTests);' "$json")
  fi
  return $status
}

finish() {
  local summary="$passed passed, $failed failed"
  [ $skipped -eq 0 ] || summary="$summary, $skipped skipped"
  echo "$summary"
  [ $failed -eq 0 ]
  exit
}

stage "tools" scripts/prepare.sh chromium
[ $failed -eq 0 ] || finish # nothing can be said without the tools
stage "build" scripts/build.sh
built=$failed
stage "go vet" go vet ./...
stage "go test" go_tests
stage "web" vitest web
if [ "$built" -eq 0 ]; then
  stage "end to end" vitest e2e --config e2e/vitest.config.ts
else
  echo "== end to end: left out, since there is no build"
fi

finish

#!/bin/bash
# Asks the public databases of known vulnerabilities about every dependency that is built in or used to build: govulncheck
# for Go, npm audit for the web app. Where a database does not answer it says so and goes on; a finding fails.
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
bad=0

go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./... >"$log" 2>&1
case $? in
  0) echo "ok    govulncheck: no known vulnerability" ;;
  *)
    if grep -qE 'fetching vulnerabilities|no such host|dial tcp|module lookup disabled|connection refused|i/o timeout' "$log"; then
      echo "not asked: govulncheck (its database or the tool cannot be reached from here)"
    else
      echo "FAIL  govulncheck"
      sed 's/^/      /' "$log"
      bad=1
    fi
    ;;
esac

npm_audit() { # npm_audit NAME FLAGS…
  local name=$1
  shift
  (cd web && npm audit --json "$@") >"$log" 2>/dev/null
  node -e '
    let report;
    try { report = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); } catch { report = {}; }
    const name = process.argv[2], found = report.metadata && report.metadata.vulnerabilities;
    if (!found) console.log(`not asked: ${name} (the advisories cannot be reached from here)`);
    else if (found.total === 0) console.log(`ok    ${name}: no known vulnerability`);
    else {
      console.log(`FAIL  ${name}: ${found.total}`);
      for (const v of Object.values(report.vulnerabilities)) console.log(`      ${v.name} ${v.range}: ${v.severity}`);
      process.exit(1);
    }' "$log" "$name" || bad=1
}

npm_audit "npm audit of what the browser gets" --omit=dev
npm_audit "npm audit of what builds it"
exit $bad

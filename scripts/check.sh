#!/bin/bash
# What a review asks first. Each line says what does not hold; nothing is changed.
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5"
bad=0

try() { # try NAME COMMAND…
  local name=$1
  shift
  if out=$("$@" 2>&1); then
    echo "ok    $name"
  else
    echo "FAIL  $name"
    echo "$out" | sed 's/^/      /'
    bad=1
  fi
}

formatted() {
  local files
  files=$(gofmt -l cmd internal)
  [ -z "$files" ] || { echo "gofmt -w $files"; return 1; }
}

translated() {
  node -e '
    const read = (l) => Object.keys(JSON.parse(require("fs").readFileSync(`web/messages/${l}.json`, "utf8")));
    const [de, en] = [read("de"), read("en")];
    const lacking = [...de.filter((k) => !en.includes(k)).map((k) => `en lacks ${k}`), ...en.filter((k) => !de.includes(k)).map((k) => `de lacks ${k}`)];
    if (lacking.length) { console.log(lacking.join("\n")); process.exit(1); }'
}

scripts/prepare.sh && scripts/web.sh || exit 1
try "gofmt" formatted
try "go vet" go vet ./...
try "arrows and promises" go test ./internal/arch
try "api/openapi.json" go test ./internal/app -run TestOpenAPIIsCurrent
try "translations" translated
try "biome" sh -c 'cd web && npm run --silent lint'
try "types" sh -c 'cd web && npm run --silent typecheck'
exit $bad

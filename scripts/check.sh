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
    const fs = require("fs"), bad = [];
    const folders = ["web/messages", ...fs.readdirSync("web/messages", { withFileTypes: true }).filter((d) => d.isDirectory()).map((d) => `web/messages/${d.name}`)];
    for (const dir of folders.filter((d) => fs.existsSync(`${d}/de.json`) || fs.existsSync(`${d}/en.json`))) {
      const read = (l) => (fs.existsSync(`${dir}/${l}.json`) ? Object.keys(JSON.parse(fs.readFileSync(`${dir}/${l}.json`, "utf8"))) : []);
      const [de, en] = [read("de"), read("en")];
      bad.push(...de.filter((k) => !en.includes(k)).map((k) => `${dir}/en.json lacks ${k}`), ...en.filter((k) => !de.includes(k)).map((k) => `${dir}/de.json lacks ${k}`));
    }
    if (bad.length) { console.log(bad.join("\n")); process.exit(1); }'
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

#!/bin/sh
# The server from source and the web app with hot reload at http://localhost:5173.
set -eu
cd "$(dirname "$0")/.."
scripts/prepare.sh
scripts/web.sh
export GOFLAGS="-tags=sqlite_fts5"
go run ./cmd/lotse serve --data "${DATA:-data/dev}" --listen "$LISTEN" & server=$!
trap 'kill $server 2>/dev/null || true' EXIT INT TERM
cd web && LOTSE_SERVER="http://$LISTEN" npm run dev

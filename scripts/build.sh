#!/bin/sh
# Builds bin/lotse: web app and Go dependencies at the same time, then the binary with the web app inside.
set -eu
cd "$(dirname "$0")/.."
scripts/prepare.sh
export GOFLAGS="-tags=sqlite_fts5"
go build ./internal/app & deps=$!
web=0 server=0
(scripts/web.sh && cd web && npm run --silent build -- --logLevel error) || web=$?
wait $deps || server=$?
[ $web = 0 ] || echo "The web app could not be built; the reason stands above." >&2
[ $server = 0 ] || echo "The server could not be built; the reason stands above." >&2
[ $web = 0 ] && [ $server = 0 ] || exit 1
rm -rf internal/transport/web/dist
cp -r web/dist internal/transport/web/dist
commit=$(git rev-parse --short=12 HEAD 2>/dev/null || echo)
GOFLAGS="-tags=sqlite_fts5,webui" go build -ldflags "-X lotse.dev/lotse/internal/app.commit=$commit" -o bin/lotse ./cmd/lotse

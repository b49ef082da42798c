#!/bin/bash
# The server from source, built anew and started again when a source changes, and the web app with hot reload at
# http://localhost:5173. On the demo company in data/dev, or on DATA. Ctrl-C ends both.
set -u
cd "$(dirname "$0")/.."
export GOFLAGS="-tags=sqlite_fts5" LOTSE_PUBLIC_URL="http://localhost:5173" LOTSE="bin/lotse-dev"
scripts/prepare.sh && scripts/web.sh && go build -o "$LOTSE" ./cmd/lotse || exit 1
data=${DATA:-data/dev}
if [ -z "${DATA:-}" ]; then
  scripts/demo.sh "$data" && "$LOTSE" demo --accounts || exit 1
fi

server="" web=""
start() {
  "$LOTSE" serve --data "$data" --listen "$LISTEN" &
  server=$!
}
stop() {
  kill "$@" 2>/dev/null
  wait "$@" 2>/dev/null
}
trap 'stop $server $web; exit 0' INT TERM
trap 'stop $server $web' EXIT

start
(cd web && LOTSE_SERVER="http://$LISTEN" exec node node_modules/vite/bin/vite.js --port 5173 --strictPort) &
web=$!

changed() { # changed: a source is newer than the last build that was tried
  [ -n "$(find cmd internal go.mod -newer bin/.dev \( -name '*.go' -o -name '*.sql' -o -name go.mod \) -print -quit)" ]
}
touch -r "$LOTSE" bin/.dev
while kill -0 "$web" 2>/dev/null; do
  sleep 1
  changed || continue
  touch bin/.dev
  if go build -o "$LOTSE.new" ./cmd/lotse; then
    stop "$server"
    mv "$LOTSE.new" "$LOTSE"
    start
    echo "Server built anew and started again."
  else
    echo "The server does not build; the last one goes on."
  fi
done
exit 1

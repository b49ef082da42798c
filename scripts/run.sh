#!/bin/sh
# Builds, makes the demo company when there is none, and serves. DATA names an own instance instead.
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
if [ -n "${DATA:-}" ]; then
  exec bin/lotse serve --data "$DATA" --listen "$LISTEN"
fi
if [ ! -f data/demo/lotse.db ]; then
  rm -rf data/.demo
  mkdir -p data
  bin/lotse demo --data data/.demo >/dev/null # progress goes to standard error
  rm -rf data/demo
  mv data/.demo data/demo # only a finished demo gets its name
fi
bin/lotse demo --data data/demo --accounts
exec bin/lotse serve --data data/demo --listen "$LISTEN"

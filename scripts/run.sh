#!/bin/sh
# Builds, makes the demo company when there is none, and serves. DATA names an own instance instead.
set -eu
cd "$(dirname "$0")/.."
scripts/build.sh
if [ -n "${DATA:-}" ]; then
  exec bin/lotse serve --data "$DATA" --listen "$LISTEN"
fi
scripts/demo.sh data/demo
bin/lotse demo --data data/demo --accounts
exec bin/lotse serve --data data/demo --listen "$LISTEN"

#!/bin/sh
# demo.sh DIR: makes the demo company in DIR when there is none. Only a finished one gets its name.
set -eu
dir=$1
[ ! -f "$dir/lotse.db" ] || exit 0
half="$(dirname "$dir")/.$(basename "$dir")"
mkdir -p "$(dirname "$dir")"
rm -rf "$half"
"${LOTSE:-bin/lotse}" demo --data "$half" >/dev/null # progress goes to standard error
rm -rf "$dir"
mv "$half" "$dir"

#!/bin/sh
# The same questions to Lotse, pm4py and the process_mining crate, on logs of ../shared/data/eventlogs that are there and
# on a generated one. Needs Python 3.9 or newer and a package index; the crate is left out without cargo.
set -eu
cd "$(dirname "$0")/.."
[ -x bin/lotse ] || scripts/build.sh
cache=${LOTSE_PEERS:-$HOME/.cache/lotse-peers}
[ -x "$cache/bin/python" ] || python3 -m venv "$cache"
"$cache/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11
crate=""
if ! command -v cargo >/dev/null 2>&1; then
  echo "process_mining (Rust) is left out: there is no cargo." >&2
elif ! cargo build --quiet --release --locked --manifest-path scripts/peers/mining_rs/Cargo.toml --target-dir "$cache/mining_rs" >"$cache/mining_rs.log" 2>&1; then
  echo "process_mining (Rust) is left out: it does not build here, see $cache/mining_rs.log." >&2
else
  crate="$cache/mining_rs/release/mining-peer"
fi
exec "$cache/bin/python" scripts/peers/mining.py bin/lotse "$crate"

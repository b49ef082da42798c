#!/bin/sh
# Recalculates business cases with LibreOffice and effects with R's nlme. Opens a data folder that Lotse wrote with the
# ducklake extension of DuckDB (PyPI) and compares rows at the current and at an earlier snapshot. Needs Python 3.9 or
# newer and a package index.
set -eu
cd "$(dirname "$0")/.."
[ -x bin/lotse ] || scripts/build.sh
python3 scripts/peers/casebook.py bin/lotse
python3 scripts/peers/effect.py
venv=${LOTSE_PEERS:-$HOME/.cache/lotse-peers}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 duckdb-extension-ducklake==1.5.5 duckdb-extension-sqlite-scanner==1.5.5
exec "$venv/bin/python" scripts/peers/lake.py bin/lotse

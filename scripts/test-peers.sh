#!/bin/sh
# Asks other programs whether they see what Lotse says: LibreOffice recalculates business cases, schemathesis sends requests
# made from the OpenAPI description, the ducklake extension of DuckDB opens the lake and compares rows at the current and
# at an earlier snapshot, the databases of known vulnerabilities are asked about the dependencies. Needs Python 3.9 or
# newer and a package index.
set -eu
cd "$(dirname "$0")/.."
[ -x bin/lotse ] || scripts/build.sh
python3 scripts/peers/casebook.py bin/lotse
scripts/audit.sh
venv=${LOTSE_PEERS:-$HOME/.cache/lotse-peers}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 duckdb-extension-ducklake==1.5.5 duckdb-extension-sqlite-scanner==1.5.5 schemathesis==4.32.5
"$venv/bin/python" scripts/peers/lake.py bin/lotse
exec "$venv/bin/python" scripts/peers/described.py bin/lotse

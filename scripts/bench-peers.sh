#!/bin/sh
# The same questions to Lotse and to others: to pm4py on the logs of ../shared/data that are there, to HiGHS on own cases and
# the knapsacks. Needs Python 3.9 or newer and a package index.
set -eu
cd "$(dirname "$0")/.."
[ -x bin/lotse ] || scripts/build.sh
venv=${LOTSE_PEERS:-$HOME/.cache/lotse-peers}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11 highspy==1.16.0
"$venv/bin/python" scripts/peers/mining.py bin/lotse
"$venv/bin/python" scripts/peers/portfolio.py bin/lotse internal/engine/portfolio/testdata/*.problem.json

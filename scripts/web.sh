#!/bin/sh
# Installs the packages of the web app when the lock file changed, and makes its generated sources.
set -eu
cd "$(dirname "$0")/../web"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing the packages of the web app …"
  npm ci --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
  touch node_modules/.package-lock.json
fi
npm run --silent messages >/dev/null
npm run --silent api >/dev/null

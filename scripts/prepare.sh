#!/bin/sh
# Checks the tools and installs what a Debian machine lacks: by apt when root, otherwise the line to run is printed.
# prepare.sh [chromium] also wants a browser for the end-to-end tests.
set -eu
cd "$(dirname "$0")/.."

missing=""
want() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
want gcc gcc
want g++ g++
want git git
if [ "${1:-}" = chromium ]; then
  command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
fi
if [ -n "$missing" ]; then
  line="apt-get install -y --no-install-recommends$missing"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $line >/dev/null
  else
    echo "Missing:$missing. Please run:" >&2
    echo "  sudo $line" >&2
    exit 1
  fi
fi

need=$(sed -n 's/^go //p' go.mod)
if ! command -v go >/dev/null 2>&1; then
  echo "Go $need or newer is missing: https://go.dev/dl/" >&2
  exit 1
fi
have=$(go env GOVERSION | sed 's/^go//')
if [ "$(printf '%s\n%s\n' "$need" "$have" | sort -V | head -1)" != "$need" ]; then
  echo "Go $need or newer is needed, this is $have: https://go.dev/dl/" >&2
  exit 1
fi
node=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ -z "$node" ] || [ "$node" -lt 20 ]; then
  echo "Node 20, 22 or 24 is needed, this is ${node:-none}: https://nodejs.org/" >&2
  exit 1
fi

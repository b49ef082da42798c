#!/bin/sh
# Checks the tools and installs what a Debian machine lacks: by apt as root, by sudo where it can ask or needs no
# password; otherwise the line to run is printed. Everything that is missing is said at once.
# prepare.sh [chromium] also wants a browser for the end-to-end tests.
set -eu
cd "$(dirname "$0")/.."
bad=0
has() { command -v "$1" >/dev/null 2>&1; }
say() {
  echo "$1" >&2
  bad=1
}

# Go and Node first: they come from their makers, and nothing is installed for a build that cannot begin.
need=$(sed -n 's/^go //p' go.mod)
have=$(go env GOVERSION 2>/dev/null | sed 's/^go//' || true)
if [ -z "$have" ]; then
  say "Go $need or newer is needed and there is none in PATH: https://go.dev/dl/"
elif [ "$(printf '%s\n%s\n' "$need" "$have" | sort -V | head -1)" != "$need" ]; then
  say "Go $need or newer is needed, this is $have: https://go.dev/dl/"
fi
node=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ -z "$node" ]; then
  say "Node 20, 22 or 24 is needed and there is none in PATH: https://nodejs.org/"
elif [ "$node" -lt 20 ]; then
  say "Node 20, 22 or 24 is needed, this is $(node --version): https://nodejs.org/"
elif ! npm --version >/dev/null 2>&1; then
  say "npm is needed, it comes with Node, and does not answer: https://nodejs.org/"
fi

missing=""
has gcc || missing="$missing gcc"
has g++ || missing="$missing g++"
has git || missing="$missing git"
if [ "${1:-}" = chromium ]; then
  has chromium || has google-chrome || has chromium-browser || missing="$missing chromium"
fi
line="apt-get install -y --no-install-recommends$missing"
root="" can=no
if [ "$(id -u)" = 0 ]; then
  can=yes
elif has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
  root=sudo can=yes
fi
if [ -n "$missing" ] && { [ $can = no ] || [ $bad = 1 ] || ! has apt-get; }; then
  say "Missing:$missing. On Debian, as root (or with sudo in front):"
  echo "  $line" >&2
fi
[ $bad = 0 ] || exit 1

if [ -n "$missing" ]; then
  echo "Installing:$missing"
  $root apt-get update -qq
  $root env DEBIAN_FRONTEND=noninteractive $line >/dev/null
fi

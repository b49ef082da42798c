#!/bin/sh
# Takes the pictures of the handbook and of README.md anew, German and English, from the demo company. LOTSE_DEMO names one that is there.
set -eu
cd "$(dirname "$0")/.."
scripts/prepare.sh chromium
[ -n "${LOTSE_BIN:-}" ] || scripts/build.sh
cd web && LOTSE_HANDBOOK=1 exec npx vitest run --config e2e/vitest.config.ts handbook

#!/bin/sh
# Pictures of every page in shots/: wide and narrow, light and dark, German and English, of a small demo company.
set -eu
cd "$(dirname "$0")/.."
scripts/prepare.sh chromium
scripts/build.sh
rm -rf shots
cd web && LOTSE_SHOTS=1 exec npx vitest run --config e2e/vitest.config.ts shots

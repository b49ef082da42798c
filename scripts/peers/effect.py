"""Fits the fixed series of the effect engine with R's nlme and compares with the figures kept in nlme_test.go.

R is installed by apt where that is possible; without it the comparison is skipped and says so. That the engine gives the
kept figures is what the Go test checks.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

TEST = pathlib.Path("internal/engine/causal/nlme_test.go")
KEPT = re.compile(r'^\t\{"(\w+)", .*?, ([-\d.]+), ([-\d.]+), ([-\d.]+)\},$', re.M)


def main():
    if not shutil.which("Rscript") and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "r-base-core", "r-cran-nlme"], stdout=subprocess.DEVNULL, check=False)
    if not shutil.which("Rscript"):
        print("skipped: effects against nlme (R is not here and cannot be installed)")
        return 0
    kept = {m[1]: [float(x) for x in m.groups()[1:]] for m in KEPT.finditer(TEST.read_text())}
    out = subprocess.run(["Rscript", "scripts/peers/effect.R"], check=True, capture_output=True, text=True).stdout
    wrong = 0
    for line in out.splitlines():
        name, *figures = line.split()
        differs = [abs(float(a) - b) > 1e-4 * abs(b) for a, b in zip(figures, kept.pop(name), strict=True)]
        wrong += any(differs)
        print(f"{name}: nlme {' '.join(figures)}{', kept figures differ' if any(differs) else ''}")
    return 1 if wrong or kept else 0


sys.exit(main())

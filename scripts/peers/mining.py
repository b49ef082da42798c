"""Times reading a log and making its directly-follows map and its variants: Lotse's command line beside pm4py.

Each program runs in a process of its own, three times; the median of the wall time and the largest peak of memory are
printed. Both start cold and read the same file, so the start of Python and its imports count, as they do for a person.
"""

import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LOTSE = sys.argv[1]
LOGS = pathlib.Path(os.environ.get("LOTSE_LOGS", "../shared/data/eventlogs"))

PM4PY = """
import sys, pm4py
log = pm4py.read_xes(sys.argv[1])
dfg, starts, ends = pm4py.discover_dfg(log)
variants = pm4py.get_variants(log)
print(len(dfg), len(variants))
"""


def timed(command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def both(commands):
    """Runs commands one after the other as one measurement."""
    parts = [timed(c) for c in commands]
    return sum(p[0] for p in parts), max(p[1] for p in parts)


def median(run):
    runs = [run() for _ in range(3)]
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs)


def main():
    logs = sorted(p for p in LOGS.glob("*.xes*") if p.is_file())
    if not logs:
        sys.exit(f"no logs in {LOGS}")
    print("| log | lotse s | pm4py s | ratio | lotse MB | pm4py MB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as tmp:
        for log in logs:
            plain = pathlib.Path(tmp) / log.name.removesuffix(".gz")
            if log.suffix == ".gz":
                with gzip.open(log) as source, open(plain, "wb") as target:
                    shutil.copyfileobj(source, target)
            else:
                shutil.copyfile(log, plain)
            ours = median(lambda: both([[LOTSE, "process", what, str(plain), "--json"] for what in ("dfg", "variants")]))
            theirs = median(lambda: timed([sys.executable, "-c", PM4PY, str(plain)]))
            print(f"| {log.name} | {ours[0]:.2f} | {theirs[0]:.2f} | {theirs[0] / ours[0]:.1f} | {ours[1]:.0f} | {theirs[1]:.0f} |", flush=True)
            plain.unlink()


main()

"""Times reading a log and making its directly-follows map and its variants: Lotse's command line beside pm4py and the
process_mining crate.

Each program runs in a process of its own, three times; the median of the wall time and the largest peak of memory are
printed. All start cold and read the same unpacked file, so the start of Python and its imports count, as they do for a
person. Lotse gives two commands, one for the map and one for the variants, and reads the file twice. The programs must
agree on the number of edges and of variants, otherwise there is no table.
"""

import datetime
import gzip
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LOTSE, CRATE = sys.argv[1], sys.argv[2]
LOGS = pathlib.Path(os.environ.get("LOTSE_LOGS", "../shared/data/eventlogs"))
REAL = ["receipt.xes.gz", "bpic2012.xes.gz"]
RUNS = 3

PM4PY = """
import sys, pm4py
log = pm4py.read_xes(sys.argv[1])
dfg, starts, ends = pm4py.discover_dfg(log)
variants = pm4py.get_variants(log)
print(len(dfg), len(variants), len(log))
"""


def generate(path, events):
    """Writes a log of about that many events: cases of eight steps on average, some skipped, some repeated,
    never all: of a case without events the programs do not agree whether it is a variant."""
    dice = random.Random(1)
    steps = ["Eingang", "Prüfung", "Rückfrage", "Kalkulation", "Angebot", "Freigabe", "Auftrag", "Lieferung", "Rechnung", "Zahlung"]
    start = datetime.datetime(2024, 1, 1, 6)
    written = case = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n')
        while written < events:
            case += 1
            at = start + datetime.timedelta(minutes=5 * case)
            out.write(f'<trace><string key="concept:name" value="V-{case}"/>\n')
            counts = [0]
            while not any(counts):
                counts = dice.choices([0, 1, 2], [30, 60, 10], k=len(steps))
            for step in (s for s, n in zip(steps, counts) for _ in range(n)):
                at += datetime.timedelta(minutes=dice.randrange(1, 3000))
                out.write(
                    f'<event><string key="concept:name" value="{step}"/><date key="time:timestamp" value="{at.isoformat()}+00:00"/>'
                    f'<string key="org:resource" value="Person {dice.randrange(40)}"/></event>\n'
                )
                written += 1
            out.write("</trace>\n")
        out.write("</log>\n")


def timed(command):
    """Runs a command: seconds, peak in MB, output."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{command[0]} ended with {process.returncode}")
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read()


def lotse(log):
    edges = timed([LOTSE, "process", "dfg", log, "--json"])
    variants = timed([LOTSE, "process", "variants", log, "--json"])
    counts = len(json.loads(edges[2])["edges"]), len(json.loads(variants[2])["variants"])
    return edges[0] + variants[0], max(edges[1], variants[1]), counts


def peer(command):
    def run(log):
        seconds, peak, out = timed([*command, log])
        counts = out.split()
        return seconds, peak, (int(counts[0]), int(counts[1]))

    return run


def median(run, log):
    runs = [run(log) for _ in range(RUNS)]
    if len({r[2] for r in runs}) > 1:
        sys.exit(f"the counts of {log} change from run to run: {[r[2] for r in runs]}")
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs), runs[0][2]


def unpacked(tmp):
    """The logs one after the other, as plain files."""
    for name in REAL:
        if (LOGS / name).is_file():
            plain = tmp / name.removesuffix(".gz")
            with gzip.open(LOGS / name) as source, open(plain, "wb") as target:
                shutil.copyfileobj(source, target)
            yield plain
            plain.unlink()
        else:
            print(f"{name} is not in {LOGS}", file=sys.stderr)
    generated = tmp / "generated, 1 million events"
    generate(generated.with_suffix(".xes"), 1_000_000)
    yield generated.with_suffix(".xes")


def main():
    programs = {"lotse": lotse, "pm4py": peer([sys.executable, "-c", PM4PY])}
    if CRATE:
        programs["process_mining"] = peer([CRATE])
    heads = ["log", "edges", "variants", *(f"{n} s" for n in programs), *(f"{n} MB" for n in programs)]
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|", flush=True)
    with tempfile.TemporaryDirectory() as tmp:
        for log in unpacked(pathlib.Path(tmp)):
            answers = {name: median(run, str(log)) for name, run in programs.items()}
            counts = {name: a[2] for name, a in answers.items()}
            if len(set(counts.values())) > 1:
                sys.exit(f"{log.name}: edges and variants differ: {counts}")
            cells = [log.stem, *map(str, counts["lotse"]), *(f"{a[0]:.2f}" for a in answers.values()), *(f"{a[1]:.0f}" for a in answers.values())]
            print("| " + " | ".join(cells) + " |", flush=True)


main()

"""Chooses the same initiatives with Lotse and with HiGHS, both within the same seconds, and prints value, bound and gap.

The problems are the files given, in the format of `lotse portfolio optimise`, and the knapsacks of ../shared/data where
they are there. Each program runs in a process of its own with one thread, one after the other; processor seconds are
printed beside the wall time because another load on the machine takes from both.
"""

import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

LOTSE = sys.argv[1]
SECONDS = float(os.environ.get("LOTSE_PEER_SECONDS", "20"))
DATA = pathlib.Path(os.environ.get("LOTSE_OPTIMISATION", "../shared/data/optimisation"))


def knapsacks(path, count):
    """The first problems of a file of OR-Library: how many; n, m, optimum; values; m rows of use; m limits."""
    with gzip.open(path, "rt") as f:
        numbers = map(float, f.read().split())
    for k in range(min(count, int(next(numbers)))):
        n, m, _ = int(next(numbers)), int(next(numbers)), next(numbers)
        items = [{"id": str(i + 1), "value": next(numbers), "use": {}} for i in range(n)]
        for r in range(m):
            for item in items:
                item["use"][f"r{r + 1}"] = [next(numbers)]
        limits = {f"r{r + 1}": next(numbers) for r in range(m)}
        yield f"{m}.{n}-{k:02d}", {"periods": 1, "initiatives": items, "limits": limits}


def at(vector, period):
    return vector[period - 1] if isinstance(vector, list) else vector


def highs(path):
    """Solves a problem with HiGHS; run in a process of its own."""
    import highspy

    problem = json.loads(pathlib.Path(path).read_text())
    last = problem["periods"]
    h = highspy.Highs()
    for name, value in {"output_flag": False, "time_limit": SECONDS, "threads": 1, "mip_rel_gap": 0.0}.items():
        h.setOptionValue(name, value)
    items = {i["id"]: i for i in problem["initiatives"]}
    lasts = {k: i.get("duration", max((len(u) for u in i.get("use", {}).values()), default=0)) for k, i in items.items()}
    start, rows = {}, {}
    for k, i in items.items():
        for s in range(i.get("earliest", 1), i.get("latest", last) + 1):
            start[k, s] = h.addBinary(obj=at(i["value"], s))
            for name, use in i.get("use", {}).items():
                for elapsed, amount in enumerate(use):
                    if s + elapsed <= last and amount:
                        rows.setdefault((name, s + elapsed), []).append(amount * start[k, s])
    for (name, period), terms in rows.items():
        h.addConstr(h.qsum(terms) <= at(problem["limits"][name], period))

    def between(k, a, b):
        return h.qsum([start[k, s] for s in range(a, b + 1) if (k, s) in start])

    for k, i in items.items():
        h.addConstr(between(k, 1, last) == 1 if i.get("mandatory") else between(k, 1, last) <= 1)
        for other in i.get("after", []):
            lag = 0 if last == 1 else lasts[other]
            for s in range(1, last + 1):
                if (k, s) in start:
                    h.addConstr(between(k, 1, s) - between(other, 1, s - lag) <= 0)
        for other in i.get("excludes", []):
            h.addConstr(between(k, 1, last) + between(other, 1, last) <= 1)
    h.maximize()
    info = h.getInfo()
    proven = h.getModelStatus() == highspy.HighsModelStatus.kOptimal
    print(json.dumps({"objective": info.objective_function_value, "bound": info.mip_dual_bound, "status": "optimal" if proven else "feasible"}))


def run(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = json.loads(out[out.index("{"):])
    return answer, time.monotonic() - start, after.ru_utime - before.ru_utime


def cells(answer, wall, processor):
    value, bound = answer["objective"], answer["bound"]
    if value is None or bound is None:
        return f"– | – | {wall:.1f} | {processor:.1f}"
    gap = "proven" if answer["status"] == "optimal" else f"{100 * (bound - value) / abs(value):.2f} %"
    return f"{value:.1f} | {gap} | {wall:.1f} | {processor:.1f}"


def main():
    problems = [(pathlib.Path(p).stem, json.loads(pathlib.Path(p).read_text())) for p in sys.argv[2:]]
    for name, count in {"mknapcb1.txt.gz": 10, "mknapcb4.txt.gz": 2}.items():
        if (DATA / name).is_file():
            problems += knapsacks(DATA / name, count)
    print("| problem | Lotse value | gap | s | CPU s | HiGHS value | gap | s | CPU s |\n|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, problem in problems:
            path = pathlib.Path(folder) / "problem.json"
            path.write_text(json.dumps(problem))
            ours = run([LOTSE, "portfolio", "optimise", str(path), "--seconds", str(SECONDS), "--json"])
            theirs = run([sys.executable, __file__, "--highs", str(path)])
            print(f"| {name} | {cells(*ours)} | {cells(*theirs)} |", flush=True)


if LOTSE == "--highs":
    highs(sys.argv[2])
else:
    main()

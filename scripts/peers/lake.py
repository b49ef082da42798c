"""Reads a lake that Lotse wrote with another program: DuckDB and its ducklake extension.

Three loads of an event log go in and the middle one is undone. After each step the rows that the extension counts must
be those that went in, at the current snapshot and, afterwards, at every earlier one. A second table gets a column whose
type widens from load to load; conditions on it, which the extension checks against the statistics of each file, must
find every row.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import duckdb

LOTSE = sys.argv[1]


def lotse(*args):
    done = subprocess.run([LOTSE, *args, "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"lotse {' '.join(args)}: {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def part(folder, n):
    """Writes a log of 10·n cases with three events each; cases of different parts differ."""
    path = folder / f"part{n}.csv"
    lines = ["case_id,activity,time,resource"]
    for case in range(10 * n):
        for step, activity in enumerate(["Eingang", "Prüfung", "Antwort"]):
            lines.append(f"{n}-{case},{activity},2026-0{n}-{case % 27 + 1:02d}T0{step + 7}:00:00Z,person {case % 3}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, 30 * n


def attach(data):
    site = pathlib.Path(duckdb.__file__).parent.parent
    con = duckdb.connect()
    for name in ("sqlite_scanner", "ducklake"):
        con.execute(f"LOAD '{next(site.glob(f'duckdb_extension_{name}/extensions/*/{name}.duckdb_extension'))}'")
    con.execute(f"ATTACH 'ducklake:sqlite:{data}/lotse.db' AS lake (READ_ONLY, DATA_PATH '{data}/lake/')")
    return con


def events_table(con):
    names = [r[0] for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'").fetchall()]
    found = [n for n in names if n.startswith("events")]
    if len(found) != 1:
        sys.exit(f"expected one table of events, found {names}")
    return found[0]


def widen(folder, data):
    """Loads whole numbers, then decimals, then words into one column and counts what conditions on it find."""
    passed = 0
    parts = [(["5", "40", "300"], "> 30", 2), (["2,5", "99,25"], "> 30", 3), (["viele", "9 Stück"], ">= '9'", 3)]
    for n, (amounts, condition, want) in enumerate(parts):
        path = folder / f"stock{n}.csv"
        path.write_text("artikel;menge\n" + "".join(f"a{n}{i};{v}\n" for i, v in enumerate(amounts)), encoding="utf-8")
        lotse("import", str(path), "--data", str(data), "--table", "lager")
        con = attach(data)
        kind, = con.execute("SELECT typeof(menge) FROM lake.t_lager LIMIT 1").fetchone()
        got, = con.execute(f"SELECT count(*) FROM lake.t_lager WHERE menge {condition}").fetchone()
        if got != want:
            sys.exit(f"widened to {kind}: {got} rows with menge {condition}, expected {want}")
        passed += 1
        print(f"ok  a column that is {kind} now: {got} rows {condition}")
        con.close()
    return passed


def count(con, table, at=""):
    return con.execute(f'SELECT count(*), count(DISTINCT case_id) FROM lake."{table}"{at}').fetchone()


def main():
    passed = 0
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        data = folder / "data"
        loads, expected, seen = [], 0, {}

        def look(step):
            nonlocal passed
            con = attach(data)
            table = events_table(con)
            got = count(con, table)
            if got != (expected, expected // 3):
                sys.exit(f"{step}: {got} rows and cases, expected {(expected, expected // 3)}")
            passed += 1
            newest = con.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone()[0]
            seen[newest] = got
            for snapshot, then in seen.items():
                now = count(con, table, f" AT (VERSION => {snapshot})")
                if now != then:
                    sys.exit(f"{step}: snapshot {snapshot} now shows {now}, then {then}")
                passed += 1
            print(f"ok  {step}: {got[0]} rows, {len(seen)} snapshots agree")
            con.close()

        for n in (1, 2, 3):
            path, rows = part(folder, n)
            answer = lotse("import", str(path), "--data", str(data), "--table", "events", "--process", "peer")
            loads.append((answer["load"], rows))
            expected += rows
            look(f"after load {n}")
        load, rows = loads[1]
        lotse("load", "undo", str(load), "--data", str(data))
        expected -= rows
        look("after undo of the middle load")
        moved = folder / "moved"
        data.rename(moved)
        data = moved
        lotse("check", "--data", str(data))  # whoever opens the folder writes down where it is now
        look("after moving the folder")
        passed += widen(folder, data)
    print(f"{passed} passed, 0 failed")


main()

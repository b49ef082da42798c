"""Recalculates the workbook of a business case with LibreOffice and compares every figure with what Lotse computed.

The cases are those that the engine's tests use, each in German and in English. LibreOffice is installed by apt where
that is possible; without it the comparison is skipped and says so.
"""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

LOTSE = sys.argv[1]
CASES = pathlib.Path("internal/engine/finance/testdata")
# raw numbers, every sheet a file: separator ; quote " UTF-8 from line 1, no quoting of all, no formatting, all sheets
FILTER = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
# what is no money, to the cent, but a share
SHARES = {"Interner Zinsfuß", "Internal rate of return", "Rendite auf die Kosten", "Return on the cost"}


def office():
    """The program, installed when it is missing and apt may install."""
    for name in ("libreoffice", "soffice"):
        if shutil.which(name):
            return name
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-calc"], stdout=subprocess.DEVNULL, check=False)
    return next((name for name in ("libreoffice", "soffice") if shutil.which(name)), None)


def cases(folder):
    """Files with a case: the complete example, and the case in each golden file."""
    for path in sorted(CASES.rglob("*.json")):
        data = json.loads(path.read_text())
        case = data.get("case", data)
        if isinstance(case, dict) and "discount_rate" in case and "start" in case:
            out = folder / f"{path.stem}.json"
            out.write_text(json.dumps(case))
            yield out


def number(text):
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def compare(path, lang, folder, program):
    book = folder / f"{path.stem}-{lang}.xlsx"
    subprocess.run([LOTSE, "case", "evaluate", str(path), "--xlsx", str(book), "--lang", lang, "--json"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", FILTER, "--outdir", str(folder), str(book)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    sheet = folder / f"{book.stem}-{'Ergebnis' if lang == 'de' else 'Result'}.csv"
    checked, wrong = 0, []
    with open(sheet, newline="", encoding="utf-8") as f:
        for row in csv.reader(f, delimiter=";"):
            if len(row) < 3 or not row[1]:
                continue
            formula, lotse = number(row[1]), number(row[2])
            if lotse is None:
                continue
            checked += 1
            if formula is None or abs(formula - lotse) > (1e-6 if row[0] in SHARES else 0.005000001):
                wrong.append(f"  {row[0]}: LibreOffice {row[1]}, Lotse {row[2]}")
    print(f"{path.stem} ({lang}): {checked} figures, {len(wrong)} differ")
    print("\n".join(wrong), end="\n" if wrong else "")
    return checked > 5 and not wrong


def main():
    program = office()
    if program is None:
        print("skipped: business cases in a spreadsheet (LibreOffice is not here and cannot be installed)")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        results = [compare(path, lang, folder, program) for path in cases(folder) for lang in ("de", "en")]
    return 0 if results and all(results) else 1


sys.exit(main())

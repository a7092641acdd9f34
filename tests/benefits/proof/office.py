"""Workbooks opened and worked out again by LibreOffice, without a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.benefits.proof.books import LEDGERS, Books
from tests.benefits.proof.readings import ADDED
from tests.benefits.proof.wanted_files import TITLES

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
    <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""
_SECONDS = 120


def office_command() -> str:
    """Where LibreOffice is; a test is skipped where it is not installed, never in CI."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc-nogui")
    assert found, "LibreOffice is needed in CI: apt-get install libreoffice-calc-nogui"
    return found


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Workbooks by name, as LibreOffice saves them after it worked out every formula; one start for all.

    A name that ends as an OpenDocument file does is one; all are saved as the other kind.
    """
    command, made = office_command(), folder / "made"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
    paths = {name: folder / (name if name.endswith(".ods") else f"{name}.xlsx") for name in books}
    for name, content in books.items():
        paths[name].write_bytes(content)
    subprocess.run(
        [
            command,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(made),
            *map(str, paths.values()),
        ],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return {name: (made / f"{path.stem}.xlsx").read_bytes() for name, path in paths.items()}


def with_sums(content: bytes, books: Books) -> tuple[bytes, dict[str, int]]:
    """The workbook with a sheet of formulas that add up what it holds, and what each must come to in pence.

    A council's years of each measure and ledger, all councils' years, and the lines behind them.
    """
    book = openpyxl.load_workbook(BytesIO(content))
    figures, added = book["Figures by year"], book.create_sheet(ADDED)
    titles = [cell.value for cell in figures[4]]
    wanted: dict[str, int] = {}
    for measure in books.shown_measures:
        for ledger in LEDGERS:
            column = get_column_letter(titles.index(TITLES[ledger]) + 1)
            chosen = f"'Figures by year'!{column}:{column}"
            where = f"'Figures by year'!A:A,\"{measure}\",'Figures by year'!D:D,\"In the year\""
            for sign, keys in (("<>", books.keys), ("=", [None])):
                formula = (
                    f"=ROUND(100*SUMIFS({chosen},{where},'Figures by year'!B:B,\"{sign}All councils\"),0)"
                )
                name = f"{measure}, {ledger}, {sign}"
                added.append([name, formula])
                wanted[name] = sum(_of_years(books, measure, ledger, key) for key in keys)
    return _saved(book), wanted


def sums_of(content: bytes) -> dict[str, int]:
    """What those formulas came to."""
    rows = openpyxl.load_workbook(BytesIO(content), data_only=True)[ADDED].iter_rows(values_only=True)
    return {str(name): int(pence) for name, pence in rows}


def _of_years(books: Books, measure: str, ledger: str, key: str | None) -> int:
    """The years of one council, or of all; a figure that is missing adds nothing."""
    keys = books.keys if key is None else [key]
    found = (books.figure(measure, ledger, keys, [fy]) for fy in books.shown_fys)
    return sum(value for value in found if isinstance(value, int))


def _saved(book: openpyxl.Workbook) -> bytes:
    output = BytesIO()
    book.save(output)
    return output.getvalue()

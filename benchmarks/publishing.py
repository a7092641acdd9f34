"""What files of figures take: a workbook of 100,000 rows, a CSV of 1,000,000, the report in every format.

The first two stand beside the same values written by the writer library alone, each in a process of its own,
so that its memory is its own too.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from core.clock import today
from core.exports.csv_file import csv_lines
from core.exports.tables import Column, Document, Format, Table
from core.exports.workbook import workbook_bytes

BOOK_ROWS, CSV_ROWS = 100_000, 1_000_000
MOST_TIMES, MOST_MEGABYTES, LEAST_SPEED, MOST_SECONDS = 1.5, 200, 0.5, 20
ROUNDS = 5
_DAY = date(2026, 11, 24)

Row = tuple[str, int, int, int, str, date]

COLUMNS: list[Column[Row]] = [
    Column("Line", lambda row: row[0]),
    Column("Plan", lambda row: row[1], Format.MONEY),
    Column("Verified", lambda row: row[2], Format.MONEY),
    Column("Amounts", lambda row: row[3], Format.NUMBER),
    Column("Council", lambda row: row[4]),
    Column("On", lambda row: row[5], Format.DATE),
]


def rows(number: int) -> Iterator[Row]:
    """So many rows, each made when it is asked for."""
    return ((f"Line {one}", one * 7, one * 5, one % 12, "Ashmere", _DAY) for one in range(number))


def product_book() -> None:
    """A workbook as the product writes it."""
    table = Table("lines", "Lines", COLUMNS, rows(BOOK_ROWS), "£")
    workbook_bytes(Document("Lines", _DAY, [], [], [table]))


def bare_book() -> None:
    """The same cells by the writer library alone."""
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet, money = book.add_worksheet(), book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "d mmmm yyyy"})
    for number, row in enumerate(rows(BOOK_ROWS)):
        sheet.write_string(number, 0, row[0])
        sheet.write_number(number, 1, row[1] / 100, money)
        sheet.write_number(number, 2, row[2] / 100, money)
        sheet.write_number(number, 3, row[3])
        sheet.write_string(number, 4, row[4])
        sheet.write_datetime(number, 5, row[5], day)
    book.close()


def product_csv() -> None:
    """A CSV file as the product streams it."""
    for _ in csv_lines(Table("lines", "Lines", COLUMNS, rows(CSV_ROWS))):
        pass


def bare_csv() -> None:
    """The same lines by the writer alone."""
    writer = csv.writer(_Nothing(), lineterminator="\r\n")
    for row in rows(CSV_ROWS):
        pounds = (f"{row[1] / 100:.2f}", f"{row[2] / 100:.2f}")
        writer.writerow((row[0], *pounds, row[3], row[4], row[5].isoformat()))


class _Nothing:
    """Takes what is written and keeps none of it."""

    def write(self, text: str) -> None:
        """Forget it."""


CASES: dict[str, Callable[[], None]] = {
    "product_book": product_book,
    "bare_book": bare_book,
    "product_csv": product_csv,
    "bare_csv": bare_csv,
}


def print_files() -> None:
    """Each case in turn in processes of their own; the fastest round of each counts."""
    rounds = [{name: _measured(name) for name in CASES} for _ in range(ROUNDS)]
    taken = {name: [found[name] for found in rounds] for name in CASES}
    best = {name: min(seconds for seconds, _ in found) for name, found in taken.items()}
    megabytes = {name: max(held for _, held in found) for name, found in taken.items()}
    print(f"\n{'':<34}{'seconds':>12}{'MB':>10}")
    for name in CASES:
        print(f"{name.replace('_', ' '):<34}{best[name]:>12.1f}{megabytes[name]:>10.0f}")
    times = best["product_book"] / best["bare_book"]
    print(
        f"XLSX of {BOOK_ROWS:,} rows: {times:.2f} x the writer alone (wanted: {MOST_TIMES} at most), "
        f"{megabytes['product_book']:.0f} MB (wanted: less than {MOST_MEGABYTES})"
    )
    speed = best["bare_csv"] / best["product_csv"]
    print(
        f"CSV of {CSV_ROWS:,} rows: {speed:.2f} of the rows a second of the writer alone "
        f"(wanted: {LEAST_SPEED} at least), {megabytes['product_csv'] - megabytes['bare_csv']:+.0f} MB"
    )


def print_report() -> None:
    """The report of the golden programme in every format, in an installation of its own."""
    with tempfile.TemporaryDirectory(prefix="concordat-bench-") as folder:
        own = {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/own.sqlite3"}
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.publishing", "report"],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | own,
        )
    print(f"\n{made.stdout.strip()} (wanted: {MOST_SECONDS} s at most)")


def report() -> None:
    """Load the golden programme; then time its report, from the ledgers to the last file."""
    import django

    django.setup()

    from django.core.management import call_command

    from core.publishing import files, open_document, paper, tidy, word
    from governance.demonstration.golden import KEY
    from governance.reporting.contents import report_content
    from governance.reporting.facts import Facts
    from programme.models import Programme

    call_command("migrate", verbosity=0)
    call_command("load_demonstration", no_edition=True, verbosity=0)
    began, worked = time.perf_counter(), time.process_time()
    content = report_content(Facts(Programme.objects.get(key=KEY), today()), number=1, version="open")
    workbook_bytes(files.as_document(content, _DAY))
    open_document.spreadsheet_bytes(content, _DAY)
    word.word_bytes(content, _DAY)
    tidy.tables_archive(content)
    paper.document_pdf(content)
    taken, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"report of the golden programme in all formats: {taken:.1f} s, {worked:.1f} s of the processor")


def _measured(name: str) -> tuple[float, float]:
    """Seconds and megabytes at most of one case in a process of its own."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.publishing", name], check=True, capture_output=True, text=True
    )
    seconds, megabytes = made.stdout.split()
    return float(seconds), float(megabytes)


def _most_held() -> float:
    """Megabytes that this process held at most; getrusage would tell of the one that began it, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(name: str) -> None:
    """Run one case and say what it took: seconds of the processor, and the most memory held."""
    if name == "report":
        report()
        return
    began = time.process_time()
    CASES[name]()
    print(time.process_time() - began, _most_held())


if __name__ == "__main__":
    main(sys.argv[1])

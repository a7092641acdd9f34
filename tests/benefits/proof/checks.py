"""Pages and files of a programme beside what the books say: everything that is not the same, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.benefits.proof import wanted_files, wanted_pages, wanted_panels
from tests.benefits.proof.books import Books
from tests.benefits.proof.frame import World
from tests.benefits.proof.readings import csv_of, differences, page_of
from tests.benefits.proof.wanted_files import Wanted

# Each table that is a file: what tells its rows apart, the name of its sheet, and what must stand in it.
FILES: dict[str, tuple[tuple[str, ...], str, Callable[[Books], Wanted]]] = {
    "figures": (
        ("Measure", "Council", "Financial year", "Span"),
        "Figures by year",
        wanted_files.figures,
    ),
    "months": (("Council", "To the end of"), "Figures by month", wanted_files.months),
    "headline": (("Council",), "Net cash saving", wanted_files.headline),
    "like-for-like": (
        ("Measure", "Basis", "Financial year"),
        "Like for like",
        wanted_files.like_for_like,
    ),
    "lines": (("Reference",), "Lines", wanted_files.lines),
    "payback": (("Basis", "Council"), "Payback", wanted_files.paybacks),
    "returns": (("Council",), "Returns", wanted_files.returns),
    "shares": (("Measure", "Compared with", "Council"), "Shares", wanted_files.equity),
}
# The same of the panels; the name of the file of each.
PANELS: dict[str, tuple[tuple[str, ...], str, Callable[[Books], Wanted]]] = {
    "over-time": (("By", "Sums", "First day"), "Over time", wanted_panels.over_time),
    "causes": (("Cause",), "Causes", wanted_panels.causes),
    "cause-lines": (("Reference",), "Causes by line", wanted_panels.causes_by_line),
    "confidence-benefits": (
        ("Reference",),
        "Confidence by benefit",
        wanted_panels.confidence_by_benefit,
    ),
    "confidence": (("Council",), "Confidence", wanted_panels.confidence),
    "confidence-weighed": (("Confidence",), "Weighed forecast", wanted_panels.weighed),
    "realisation": (("By", "Name", "Reference", "Measure"), "Realisation", wanted_panels.realisation),
}
# Sheets that hold no pounds of the ledgers, or what is said of them in words.
OTHER_SHEETS = {"Per household", "Measures", "Measured values", "Not assessable", "Like for like"}
NOT_COMPARED = {"Line", "Service", "Counted from", "Not assessable because"}


def page_address(world: World) -> str:
    """Where the savings page is."""
    return f"/programmes/{world.programme.key}/savings/"


def flat(answer: Any) -> dict[tuple[str, str, str], str]:
    """The cells of every table of a page by table, row and column."""
    return {
        (name, header, column): text
        for name, table in page_of(answer).tables.items()
        for header, cells in table.by_row().items()
        for column, text in cells.items()
    }


def by_place(rows: list[dict[str, Any]], places: tuple[str, ...]) -> Wanted:
    """The cells of a file by what tells its rows apart, and by column."""
    return {
        (*(str(row[name]) for name in places), title): text
        for row in rows
        for title, text in row.items()
        if title not in {*places, *NOT_COMPARED} and (title != "Measure" or "Measure" in places)
    }


def wrong_in_files(world: World, reader: Client, books: Books, *names: str, **asked: str) -> list[Any]:
    """What the CSV files of the page, all or those named, do not say as the books do."""
    wrong = []
    for name in names or FILES:
        places, _, wanted = FILES[name]
        rows = csv_of(reader.get(f"{page_address(world)[:-1]}.csv", {"table": name, **asked}))
        wrong += [(name, *one) for one in differences(wanted(books), by_place(rows, places))]
    return wrong


def wrong_on_page(reader: Client, address: str, books: Books, **asked: str) -> list[Any]:
    """What the savings page does not show as the books do, in any table that is compared."""
    wanted = wanted_pages.page(books)
    found = flat(reader.get(address, asked))
    tables = {table for table, _, _ in wanted}
    return differences(
        wanted,
        {
            place: text
            for place, text in found.items()
            if place in wanted or (place[0] in tables and place[2] not in wanted_pages.WORDS)
        },
    )


def shown_wrong(wanted: Wanted, found: Wanted) -> list[Any]:
    """What differs in the columns that are compared."""
    columns = {place[-1] for place in wanted}
    return differences(wanted, {place: text for place, text in found.items() if place[-1] in columns})

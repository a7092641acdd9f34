"""The table of all programmes: every number leads to the programme's own page with the same choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from benefits.all_savings_filters import Sorting
from benefits.enums import Basis
from benefits.queries.all_savings import AllChoice, AllSavings, ProgrammeSums
from benefits.queries.figures import Figure, Figures, pence_or_none
from benefits.rules.measures import noun_of
from benefits.tables.shapes import amount_cell, realised_cell
from core.exports.tables import Column, Format, Table
from core.rules.calendar import format_fy, fy_file_key
from core.rules.money import format_prose
from core.rules.rounding import format_percent
from core.rules.words import count_of, mid_sentence
from core.tables import Cell, NumberTable, Row, headings

_YEAR = (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST, Basis.CLAIMED, Basis.VERIFIED, Basis.BANKED)
Order = Callable[[ProgrammeSums], tuple[Any, ...]]


def all_savings_table(found: AllSavings, rows: Sequence[ProgrammeSums]) -> NumberTable:
    """`rows` are those of one page; the totals below are of all."""
    when = _when(found.choice)
    return NumberTable(
        "all-savings",
        f"{noun_of(found.choice.measure)} of all programmes, {when}",
        f"£; the first six are of {when}, the next two of all years to each programme’s data cut-off",
        headings(
            "Programme",
            *(str(basis.label) for basis in _YEAR),
            "Plan to date",
            "Verified to date",
            "Of plan to date",
            "Rating",
            last_is_word=True,
        ),
        tuple(_row(row, found.choice) for row in rows),
        foot=tuple(_foot(found)),
    )


def sentence(found: AllSavings) -> str:
    """One sentence that a councillor can read aloud."""
    count = count_of(len(found.rows), "programme")
    if not found.rows:
        return "No programme has figures for this choice."
    what, plan = mid_sentence(noun_of(found.choice.measure)), found.year.current
    verified, planned = found.whole.verified, found.whole.current_to_date
    opening = f"{count} {'plans' if len(found.rows) == 1 else 'plan'}"
    total = format_prose(plan) if isinstance(plan, int) else "a sum that cannot be worked out"
    percent = found.whole.realised_percent
    so_far = "how much is verified so far cannot be worked out"
    if isinstance(verified, int) and isinstance(planned, int):
        part = f", {format_percent(percent)}" if isinstance(percent, Fraction) else ""
        so_far = f"{format_prose(verified)} of the {format_prose(planned)} planned to date is verified{part}"
    return f"{opening} {total} of {what} in {_when(found.choice)}; {so_far}."


def order_of(sorting: Sorting) -> Order:
    """The key by which rows are sorted; what cannot be worked out stands last."""
    keys: dict[Sorting, Order] = {
        Sorting.NAME: lambda row: (row.programme.name, row.programme.pk),
        Sorting.CURRENT: lambda row: _largest_first(row.year.current, row),
        Sorting.FORECAST: lambda row: _largest_first(row.year.forecast, row),
        Sorting.VERIFIED: lambda row: _largest_first(row.whole.verified, row),
        Sorting.REALISED: _least_realised_first,
    }
    return keys[sorting]


def savings_csv(found: AllSavings) -> Table[ProgrammeSums]:
    """All rows as a file."""
    year = [_column(str(basis.label), "year", basis.value) for basis in _YEAR]
    return Table(
        "all-savings",
        f"{noun_of(found.choice.measure)} of all programmes, {_when(found.choice)}",
        [
            Column("Programme", lambda row: row.programme.name),
            Column("Partnership", lambda row: row.programme.partnership.name),
            Column("Data cut-off", lambda row: row.cut_off, Format.DATE),
            *year,
            _column("Plan to date, all years", "whole", "current_to_date"),
            _column("Claimed to date, all years", "whole", "claimed"),
            _column("Verified to date, all years", "whole", "verified"),
            Column("Verified of plan to date", lambda row: row.whole.realised_percent, Format.PERCENT),
            Column("Rating", lambda row: row.whole.realised_rating.word.value),
            Column("Why", lambda row: row.whole.realised_rating.reason),
        ],
        found.rows,
        unit="£",
    )


def _column(title: str, span: str, name: str) -> Column[ProgrammeSums]:
    return Column(title, lambda row: getattr(getattr(row, span), name), Format.MONEY)


def _row(row: ProgrammeSums, choice: AllChoice) -> Row:
    of_year, of_all = page_url(row, choice), page_url(row, choice, with_year=False)
    rating = row.whole.realised_rating
    return Row(
        row.programme.name,
        (
            *(_linked(getattr(row.year, basis.value), of_year, row, str(basis.label)) for basis in _YEAR),
            _linked(row.whole.current_to_date, of_all, row, "Plan to date"),
            _linked(row.whole.verified, of_all, row, "Verified to date"),
            realised_cell(row.whole),
            Cell("", tag=rating.word.value, sub=rating.reason, is_number=False),
        ),
        url=of_year,
        sub=row.programme.partnership.name,
    )


def page_url(row: ProgrammeSums, choice: AllChoice, *, with_year: bool = True) -> str:
    """The programme's own page with the same choice."""
    year = fy_file_key(choice.fy) if with_year and choice.fy is not None else ""
    named = {"council": choice.council, "kind": choice.kind, "year": year}
    query = urlencode({name: value for name, value in named.items() if value})
    address = reverse("benefits:savings_detail", args=[row.programme.key])
    return f"{address}?{query}" if query else address


def _linked(figure: Figure, url: str, row: ProgrammeSums, label: str) -> Cell:
    return amount_cell(figure, url, f"{label} of {row.programme.name}") if figure else amount_cell(figure)


def _foot(found: AllSavings) -> list[Row]:
    rows = [_total_row("Total", found.year, found.whole)]
    if 0 < found.known_rows < len(found.rows):
        words = f"Total of the {count_of(found.known_rows, 'programme')} with both plans and a forecast"
        rows.append(_total_row(words, found.known, None))
    return rows


def _total_row(header: str, year: Figures, whole: Figures | None) -> Row:
    cells = [amount_cell(getattr(year, basis.value)) for basis in _YEAR]
    if whole is None:
        return Row(header, (*cells, *[Cell("")] * 3, Cell("", is_number=False)))
    to_date = [amount_cell(whole.current_to_date), amount_cell(whole.verified)]
    rating = Cell("", tag=whole.realised_rating.word.value, is_number=False)
    return Row(header, (*cells, *to_date, realised_cell(whole), rating))


def _largest_first(figure: Figure, row: ProgrammeSums) -> tuple[Any, ...]:
    pence = pence_or_none(figure)
    return pence is None, -(pence or 0), row.programme.name, row.programme.pk


def _least_realised_first(row: ProgrammeSums) -> tuple[Any, ...]:
    percent = row.whole.realised_percent
    known = isinstance(percent, Fraction)
    return not known, percent if known else 0, row.programme.name, row.programme.pk


def _when(choice: AllChoice) -> str:
    return "all years" if choice.fy is None else format_fy(choice.fy)

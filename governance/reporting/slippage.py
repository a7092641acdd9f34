"""How far milestones have slipped since the last edition, read from what that edition said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE
from core.exports.tables import Format
from core.publishing.content import Content, Figures, Head, Plain
from core.rules.words import count_of

SLIPPED = "Days slipped since the last edition"
_LATEST = ("Achieved on", "Forecast", "Current plan")


def with_slips(table: Figures, previous: Content | None) -> Figures:
    """The table of milestones with how far each has moved; as it is where there is no earlier edition.

    A milestone that the last edition did not have is not applicable; one without a day in either is not
    available.
    """
    if previous is None:
        return table
    before = _days(_milestones(previous))
    now = _days(table)
    rows = tuple((*row, _slip(before, now, str(row[0]))) for row in table.rows)
    return replace(table, heads=(*table.heads, Head(SLIPPED, Format.NUMBER)), rows=rows)


def slip_sentence(table: Figures, previous: Content | None, corrects: int | None = None) -> str:
    """How many slipped, and which slipped furthest; `corrects` is the number of the edition corrected."""
    if previous is None and corrects:
        return f"Nothing was published before edition {corrects}, which this one corrects."
    if previous is None:
        return "This is the first edition, so nothing can have slipped since the last one."
    slips = [(row[-1], str(row[1])) for row in table.rows if isinstance(row[-1], int) and row[-1] > 0]
    if not slips:
        return "None has slipped since the last edition."
    furthest = max(slips, key=lambda pair: int(pair[0]))
    number = len(slips)
    return (
        f"{count_of(number, 'milestone')} {'has' if number == 1 else 'have'} slipped since the last edition, "
        f"the furthest being {furthest[1]}, by {count_of(int(furthest[0]), 'day')}."
    )


def _milestones(content: Content) -> Figures | None:
    return next((one for one in content.tables if one.key == "milestones"), None)


def _days(table: Figures | None) -> Mapping[str, Plain]:
    """By reference, the day that counts: achieved, else forecast, else planned."""
    if table is None:
        return {}
    places = [table.place(title) for title in _LATEST]
    return {str(row[0]): _first(row, places) for row in table.rows}


def _first(row: Sequence[Plain], places: Sequence[int]) -> Plain:
    known = (row[place] for place in places if row[place] not in (NOT_APPLICABLE, NOT_AVAILABLE))
    return next(known, NOT_AVAILABLE)


def _slip(before: Mapping[str, Plain], now: Mapping[str, Plain], ref: str) -> Plain:
    if ref not in before:
        return NOT_APPLICABLE
    try:
        return (date.fromisoformat(str(now[ref])) - date.fromisoformat(str(before[ref]))).days
    except ValueError:
        return NOT_AVAILABLE

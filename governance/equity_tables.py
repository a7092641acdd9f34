"""Tables of the equity panel, and its rows as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from benefits.enums import EquitySubject, Measure
from benefits.models import EquityNote
from benefits.queries.equity import MEASURES
from benefits.queries.ledgers import PartnerCouncil
from benefits.rules.equity import EquityRow, is_explained
from core.clock import london_date
from core.exports.cells import shorthand
from core.exports.tables import Column, Format, Table, Value
from core.publication import shown
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.calendar import format_date
from core.rules.rounding import format_number, format_points
from core.rules.suppression import Suppressed
from core.tables import Cell, NumberTable, Row, headings
from governance.queries.equity import FEW_POSTS, CountRow, EquityPanel, PanelRow, explained_share
from governance.rules.equity import (
    ALL_NEAR,
    BEFORE_IT_CHANGED,
    EXPLAINED,
    NOT_EXPLAINED,
    NOTHING,
    explained_sentence,
    widest_sentence,
)

NOT_OVER = NotApplicable("The difference is not over 5 points")
_MONEY = (EquitySubject.NET, EquitySubject.COST)


@dataclass(frozen=True, slots=True)
class PanelShare:
    """One council's row of one comparison in a file; `share` says why where there is no figure."""

    row: PanelRow
    council: PartnerCouncil
    share: EquityRow | NotAssessable | NotApplicable | Withheld
    notes: tuple[EquityNote, ...]

    @property
    def is_explained(self) -> bool | None:
        """Whether a difference over the limit is explained as it stands; None where there is none."""
        if not isinstance(self.share, EquityRow) or not self.share.is_flagged:
            return None
        known = [one for note in self.notes for one in note.differences]
        return is_explained([explained_share(self.row, self.share)], known)

    @property
    def explained_words(self) -> str | NotApplicable:
        """Whether it is explained, in words."""
        if self.is_explained is None:
            return NOT_OVER
        if self.is_explained:
            return EXPLAINED
        return BEFORE_IT_CHANGED if self.notes else NOT_EXPLAINED


def panel_sentences(panel: EquityPanel, council: str = "") -> list[str]:
    """The widest difference, of pounds if any, and how many are explained; read aloud they are the panel.

    With a `council` those of the council of that key alone.
    """
    if not any(isinstance(row.comparison.rows, tuple) for row in panel.rows):
        return [NOTHING]
    differences = panel.differences_at(council)
    if not differences:
        return [ALL_NEAR]
    money = [one for one in differences if one.subject in _MONEY]
    widest = max(money or differences, key=lambda one: abs(one.widest[1].difference_points))
    row, share = widest.widest
    compared = row.comparison
    return [
        widest_sentence(
            widest.council.name, compared.measured, share.difference_points, compared.other_share
        ),
        explained_sentence(len(differences), sum(not one.is_explained for one in differences)),
    ]


def share_table(panel: EquityPanel, rows: Sequence[PanelRow] | None = None) -> NumberTable:
    """A row a comparison, a column a council: its share, below it the other share and the difference.

    Of all comparisons, or of `rows`.
    """
    return NumberTable(
        id="equity-panel",
        caption="What each council gets, bears and does",
        unit="% of all partner councils; below it the share compared with, and the difference in points",
        columns=headings(
            "What is shared",
            *(council.name for council in panel.councils),
            "Compared with",
            last_is_word=True,
        ),
        rows=tuple(_share_row(panel, row) for row in (panel.rows if rows is None else rows)),
        note="A difference is not a fault. Explain one of more than 5 points.",
    )


def count_table(panel: EquityPanel) -> NumberTable:
    """Posts removed, years in the chair and meetings held at each council’s site."""
    return NumberTable(
        id="equity-counts",
        caption="Posts removed, years in the chair, and where meetings were held",
        unit=f"Numbers to {format_date(panel.as_of)}",
        columns=headings(
            "What is counted", *(council.name for council in panel.councils), "Elsewhere", "Total"
        ),
        rows=tuple(
            Row(
                str(row.subject.label),
                tuple(_count_cell(count) for count in (*row.by_council, row.elsewhere, row.total)),
            )
            for row in panel.counts
        ),
        note="[c] withheld: fewer than 5 posts, or a number that would give such a one away.",
    )


def missing_sentences(panel: EquityPanel) -> list[str]:
    """What [x], [z] and [c] stand for in the shares, each with its reason."""
    return [
        f"{row.comparison.measured}, {row.when.lower()}: {row.comparison.rows.reason}."
        for row in panel.rows
        if not isinstance(row.comparison.rows, tuple)
    ]


def key_sentences(panel: EquityPanel) -> list[str]:
    """Which key each share is compared with, or that population stands in for one; each once."""
    said = {f"{row.comparison.measured}: {row.comparison.note}" for row in panel.rows if row.comparison.note}
    return sorted(said)


def file_table(panel: EquityPanel, council: str = "") -> Table[PanelShare]:
    """A row a comparison and council, for a file; of the council of that key alone where one is named."""
    rows = [one for one in panel_shares(panel) if council in ("", one.council.key)]
    return Table("equity", "Shares by council beside what was agreed", _COLUMNS, rows)


def panel_shares(panel: EquityPanel) -> Iterator[PanelShare]:
    """Each council’s row of each comparison, with the explanations of its differences."""
    notes = {(one.subject, one.council.pk): one.notes for one in panel.differences}
    for row in panel.rows:
        found = row.comparison.rows
        by_name = {share.council: share for share in found} if isinstance(found, tuple) else {}
        for council in panel.councils:
            share = by_name[council.name] if isinstance(found, tuple) else found
            is_flagged = isinstance(share, EquityRow) and share.is_flagged
            said = notes.get((row.comparison.subject, council.pk), ()) if is_flagged else ()
            yield PanelShare(row, council, share, said)


def _share_row(panel: EquityPanel, row: PanelRow) -> Row:
    compared = Cell(row.comparison.compared_with, is_number=False)
    found = row.comparison.rows
    if not isinstance(found, tuple):
        cells = tuple(Cell(shorthand(found) or "") for _ in panel.councils)
    else:
        by_name = {share.council: share for share in found}
        cells = tuple(_share_cell(panel, row, council, by_name[council.name]) for council in panel.councils)
    return Row(row.comparison.measured, (*cells, compared), sub=row.when)


def _share_cell(panel: EquityPanel, row: PanelRow, council: PartnerCouncil, share: EquityRow) -> Cell:
    """A share over the other and the difference; a share of pounds leads to the entries behind it."""
    beside = f"{format_number(share.other_percent, 1)}, {format_points(share.difference_points)}"
    measure = MEASURES.get(row.comparison.subject)
    url = _entries_url(panel, row, council, measure) if measure else ""
    return Cell(
        format_number(share.share_percent, 1),
        url,
        f"{row.comparison.measured} of {council}, {row.when.lower()}: show the entries" if url else "",
        tag="Flagged" if share.is_flagged else "",
        sub=beside,
    )


def _entries_url(panel: EquityPanel, row: PanelRow, council: PartnerCouncil, measure: Measure) -> str:
    asked = {"basis": row.comparison.basis.value, "measure": measure.value, "council": council.key}
    return f"{reverse('benefits:entry_list', args=[panel.programme.key])}?{urlencode(asked)}"


def _count_cell(count: int | Suppressed | None) -> Cell:
    return Cell("[x]" if count is None else str(count))


def _figure(value: Callable[[EquityRow], Value]) -> Callable[[PanelShare], Value]:
    return lambda row: value(row.share) if isinstance(row.share, EquityRow) else row.share


def _said(notes: Sequence[EquityNote]) -> str:
    return " / ".join(
        f"{shown(note, note.text)} ({note.entered_by}, {format_date(london_date(note.entered_at))})"
        for note in notes
    )


_COLUMNS: list[Column[PanelShare]] = [
    Column("What is shared", lambda row: row.row.comparison.measured),
    Column("Taken from", lambda row: row.row.when),
    Column("Council", lambda row: row.council.name),
    Column("Share", _figure(lambda share: share.share_percent), Format.PERCENT),
    Column("Compared with", lambda row: row.row.comparison.compared_with),
    Column("Share compared with", _figure(lambda share: share.other_percent), Format.PERCENT),
    Column("Difference, points", _figure(lambda share: share.difference_points), Format.PERCENT),
    Column("Over 5 points", _figure(lambda share: "Yes" if share.is_flagged else "No")),
    Column("Explained", lambda row: row.explained_words),
    Column("Explanations", lambda row: _said(row.notes)),
    Column("Keys", lambda row: row.row.comparison.note),
]


def count_file(panel: EquityPanel) -> Table[Any]:
    """Each council’s number of each count, for a file."""
    columns = [
        Column[Any]("What is counted", lambda row: str(EquitySubject(row[0].subject).label)),
        Column[Any]("Council", lambda row: row[1].name),
        Column[Any]("Number", lambda row: _counted(row[2]), Format.NUMBER),
    ]
    title = "Posts removed, years in the chair, meetings hosted"
    return Table("people", title, columns, count_rows(panel))


def _counted(count: int | Suppressed | None) -> Value:
    return Withheld(FEW_POSTS.reason) if isinstance(count, Suppressed) else count


def count_rows(panel: EquityPanel) -> list[tuple[CountRow, PartnerCouncil, int | Suppressed | None]]:
    """Each council’s number of each count."""
    return [
        (row, council, count)
        for row in panel.counts
        for council, count in zip(panel.councils, row.by_council, strict=True)
    ]

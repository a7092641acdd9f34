"""Tables of how much of each plan is realised (F-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.urls import reverse

from benefits.enums import Basis
from benefits.queries.entries import Question
from benefits.queries.figures import Figure
from benefits.queries.realisation import Grouping, Realisation, RealisationRow
from benefits.queries.scope import Choice
from benefits.rules.measures import PARTS
from benefits.tables.shapes import (
    PanelLinks,
    amount_cell,
    led,
    percent_cell,
    rating_cell,
    short_day,
)
from core.rules.calendar import format_fy
from core.rules.money import format_amount
from core.tables import Cell, NumberTable, Row, headings
from programme.models import Programme

VARIANCES = "#table-variances-by-year"
_GROUP_WORDS = {
    Grouping.COUNCIL: ("Council", "Realisation by council"),
    Grouping.SERVICE: ("Service", "Realisation by service"),
    Grouping.CLASS: ("Class", "Realisation by class of benefit"),
    Grouping.BENEFIT: ("Benefit", "Realisation by benefit"),
}


def realisation_table(
    programme: Programme, found: Realisation, grouping: Grouping, prices: str
) -> NumberTable | None:
    """How much of each plan is realised, in one grouping; None where it has no row."""
    rows = found.by(grouping)
    if not rows:
        return None
    links, (head, caption) = PanelLinks(programme, found.scope), _GROUP_WORDS[grouping]
    has_total = grouping == Grouping.COUNCIL and len(rows) > 1
    return NumberTable(
        f"realisation-{grouping.value}",
        caption,
        f"{prices}, {_to_date_words(found)}",
        headings(
            head,
            "Original plan to date",
            "Plan to date",
            "Verified to date",
            "Realised",
            "Verified less plan",
            f"Plan {format_fy(found.fy)}",
            f"Forecast {format_fy(found.fy)}",
            "Of plan",
            "Rating to date",
            last_is_word=True,
        ),
        tuple(_realisation_row(links, found, row) for row in rows),
        foot=(_realisation_row(links, found, found.whole),) if has_total else (),
    )


def _realisation_row(links: PanelLinks, found: Realisation, row: RealisationRow) -> Row:
    def cell(figure: Figure, basis: Basis, *, to: date | None = None, fy: int | None = None) -> Cell:
        is_bare = basis == Basis.CURRENT or (basis == Basis.ORIGINAL and not figure)
        if is_bare and not row.has_target:
            return Cell("[z]", sub="No target set")
        choice = row.choice if fy is None else replace(row.choice, fy=fy)
        question = Question(basis, row.measure, choice, to, benefit=row.benefit)
        return links.cell(figure, basis, says=f"{basis.label}, {row.name}", question=question)

    verified = cell(row.to_date.verified, Basis.VERIFIED)
    if row.has_target and row.untargeted_pence:
        verified = replace(verified, sub=f"{format_amount(row.untargeted_pence)} of it has no target")
    about = reverse("benefits:benefit_detail", args=[row.benefit_pk]) if row.benefit_pk else ""
    apart = about or links.page(_choice_of(row), anchor=VARIANCES)
    says = f"{row.name}: show what it is worked out from"
    return Row(
        row.name,
        (
            cell(row.to_date.original_to_date, Basis.ORIGINAL, to=found.scope.cut_off),
            cell(row.to_date.current_to_date, Basis.CURRENT, to=found.scope.cut_off),
            verified,
            led(percent_cell(row.realised_percent), apart, says),
            led(amount_cell(row.variance, is_signed=True), apart, says),
            cell(row.year.current, Basis.CURRENT, fy=found.fy),
            cell(row.year.forecast, Basis.FORECAST, fy=found.fy),
            led(percent_cell(row.forecast_percent), apart, says),
            rating_cell(row.rating),
        ),
        url=about,
        sub=row.sub,
    )


def _choice_of(row: RealisationRow) -> Choice:
    """What the page of savings is narrowed to, so that it shows the row."""
    is_sum = row.measure in PARTS
    return row.choice if is_sum else replace(row.choice, kind=row.measure.value)


def _to_date_words(found: Realisation) -> str:
    return f"to {short_day(found.scope.cut_off)}" if found.scope.cut_off else "nothing is returned yet"

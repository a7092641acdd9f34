"""Tables of what changed between the original plan and the forecast."""

from __future__ import annotations

from django.urls import reverse

from benefits.enums import Basis
from benefits.panel_charts import causes_steps
from benefits.queries.causes import CauseLine, Causes
from benefits.rules.measures import full_noun_of
from benefits.tables.shapes import (
    PanelLinks,
    amount_cell,
    led,
    signed_cell,
)
from core.tables import Cell, NumberTable, Row, headings
from programme.models import Programme

LINES = "#table-cause-lines"
_BY_LINE = "show the lines that changed"


def causes_table(programme: Programme, found: Causes, prices: str) -> NumberTable:
    """The steps of the waterfall: how much each adds or takes off, and where that leads to."""
    links = PanelLinks(programme, found.scope)
    totals = {"Original plan": Basis.ORIGINAL, "Current plan": Basis.CURRENT, "Forecast": Basis.FORECAST}
    rows = []
    for step in causes_steps(found):
        change = Cell("") if step.is_total else led(signed_cell(step.change_pence), LINES, _BY_LINE)
        level = (
            links.cell(step.end_pence, totals[step.label], says=step.label)
            if step.is_total
            else led(amount_cell(step.end_pence), LINES, _BY_LINE)
        )
        rows.append(Row(step.label, (change if change.text else Cell("[z]"), level)))
    return NumberTable(
        "causes",
        "From the original plan to the forecast",
        f"{full_noun_of(found.scope.choice.measure)}, {prices}",
        headings("Cause", "Adds or takes off", "Leads to"),
        tuple(rows),
        note="[z] not applicable: the row is a total.",
    )


def cause_lines_table(found: Causes, prices: str) -> NumberTable:
    """The same line by line; each leads to its entries in every plan version."""
    return NumberTable(
        "cause-lines",
        "Which lines changed",
        prices,
        headings(
            "Line",
            "Original plan",
            *(f"Version {one.number}" for one in found.rebaselines),
            *(("Other amounts", "Other years", "Forecast") if not found.no_forecast else ()),
        ),
        tuple(_cause_row(line, has_forecast=not found.no_forecast) for line in found.lines),
    )


def _cause_row(line: CauseLine, *, has_forecast: bool) -> Row:
    since = (line.amount_pence, line.timing_pence)
    url = reverse("benefits:line_detail", args=[line.line.pk])
    cells = (
        amount_cell(line.original_pence),
        *(signed_cell(pence) for pence in line.changes),
        *(signed_cell(pence) for pence in since if has_forecast),
        *([amount_cell(line.forecast_pence)] if has_forecast else []),
    )
    return Row(
        line.line.title,
        tuple(led(cell, url, f"{line.line.title}: show the line") for cell in cells),
        url=url,
        sub=line.line.ref,
    )

"""The table of what a year's net saving is equivalent to for one household (F-33)."""

from __future__ import annotations

from dataclasses import replace

from benefits.enums import Basis, Measure
from benefits.panel_sentences import plain
from benefits.queries.entries import Question
from benefits.queries.households import Household, Households
from benefits.queries.scope import Scope
from benefits.tables.shapes import PanelLinks, amount_cell, led
from core.rules.calendar import format_fy
from core.tables import Cell, NumberTable, Row, headings
from programme.models import Programme


def household_table(programme: Programme, scope: Scope, found: Households, prices: str) -> NumberTable:
    """Net saving, tax base and what the one is equivalent to, a row a council."""
    links = PanelLinks(programme, scope)
    rows = [_row(links, scope, found, one) for one in found.rows]
    has_total = found.rows[-1].council is None
    return NumberTable(
        "households",
        f"What the net saving of {format_fy(found.fy)} is equivalent to",
        f"{prices}, forecast after all costs; a household is a Band D equivalent",
        headings("Council", "Net saving", "Households", "Equivalent to, a household"),
        tuple(rows[:-1] if has_total else rows),
        foot=(rows[-1],) if has_total else (),
        note="A way to picture the sum: it changes nobody’s council tax by itself. A minus is a net cost.",
    )


def _row(links: PanelLinks, scope: Scope, found: Households, one: Household) -> Row:
    choice = replace(scope.choice, fy=found.fy)
    if one.council:
        choice = replace(choice, council=one.council.key)
    question = Question(Basis.FORECAST, Measure.NET, choice)
    net = links.cell(one.net, Basis.FORECAST, says=f"Net saving, {one.name}", question=question)
    return Row(
        one.name,
        (
            net,
            Cell("[x]" if one.tax_base is None else plain(one.tax_base)),
            led(amount_cell(one.equivalent), net.url, net.says),
        ),
    )

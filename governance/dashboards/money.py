"""Panels of money: savings against plan, council by council, and whether it is fair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse

from benefits.charts import council_charts, fairness_chart, main_chart, price_words
from benefits.enums import Basis, EquitySubject, Measure
from benefits.panel_sentences import over_time_sentence
from benefits.queries.no_worse_off import Missing, NoWorseOffTests, Standing
from benefits.rules.measures import noun_of
from benefits.tables.councils import council_table
from benefits.tables.savings import progress_table, year_table
from benefits.tables.shapes import amount_cell, signed_cell
from core.charts import on_paper
from core.exports.cells import shorthand
from core.rules.calendar import format_fy
from core.tables import Cell, NumberTable, Row, headings
from governance import equity_tables
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.panel import Files, Panel, Source
from governance.queries.equity import PanelRow
from services.enums import TestBasis
from services.rules.no_worse_off import CouncilPosition

NO_FIGURES = "No plan, forecast or actual amount is recorded."
_BASES = (TestBasis.NOMINAL, TestBasis.NPV)
_COUNTED = (EquitySubject.CHAIRS, EquitySubject.MEETINGS)


def savings(facts: SteeringFacts, files: Files) -> Panel:
    """Plans, forecast and what is verified, all councils together."""
    result = facts.savings
    unit = f"{price_words(result)}, gross (before costs)"
    years = year_table(result, Measure.GROSS, f"{noun_of(Measure.GROSS)} by financial year", unit)
    chart = main_chart(result, csv_url=files.url("months")) if result.has_ledgers else None
    return Panel(
        "savings",
        "Savings against plan",
        over_time_sentence(facts.panels.over_time) if result.has_ledgers else NO_FIGURES,
        (Source("Every figure, with its entries", _page("benefits:savings_detail", facts)),),
        charts=(on_paper(chart, 196),) if chart else (),
        tables=(*files.shown(progress_table(result), "savings"), *files.shown(years, "savings")),
    )


def councils(facts: SteeringFacts, files: Files) -> Panel:
    """The same for each council this year, on one scale."""
    result = facts.savings
    table = council_table(result, result.this_fy) if result.has_ledgers else None
    charts = council_charts(result) if table else []
    return Panel(
        "councils",
        f"{format_fy(result.this_fy)}, council by council",
        f"{'. '.join(chart.headline for chart in charts)}." if charts else NO_FIGURES,
        (
            Source("Savings by council", f"{_page('benefits:savings_detail', facts)}#councils"),
            *(
                Source(f"{one}’s own page", reverse("governance:council_detail", args=[one.key]))
                for one in result.councils
            ),
        ),
        charts=tuple(on_paper(chart, 122) for chart in charts),
        tables=files.shown(table, "savings"),
    )


def fairness(facts: SteeringFacts, files: Files) -> Panel:
    """What each council gets beside what was agreed, and whether any is worse off."""
    panel, tests = facts.equity, facts.tests
    chart = fairness_chart(facts.savings, csv_url=files.url("shares")) if facts.savings.has_ledgers else None
    said = equity_tables.panel_sentences(panel)
    shares = equity_tables.share_table(panel, [row for row in panel.rows if _is_told(row)])
    return Panel(
        "fair",
        "Is it fair?",
        " ".join([*said, *(_verdicts(tests) if tests else [])]),
        (
            Source("Each council’s share, and why it differs", _page("governance:equity_page", facts)),
            Source("Each council’s own position", _page("benefits:no_worse_off", facts)),
        ),
        charts=(on_paper(chart, 92),) if chart else (),
        tables=(
            *files.shown(position_table(tests) if tests else None, "no-worse-off"),
            *files.shown(shares, "shares"),
        ),
    )


def position_table(tests: NoWorseOffTests) -> NumberTable:
    """Each council's position now on both bases; where compensation is agreed, without and with it."""
    has_payments = bool(tests.balance.agreed)
    return NumberTable(
        "positions",
        "Is any council worse off?",
        "£, savings less all costs over the appraisal period: returns so far and the forecast to come",
        headings("Basis", *(council.name for council in tests.councils)),
        tuple(row for basis in _BASES for row in _rows_of(tests, basis, has_payments=has_payments)),
        note=tests.binding_words,
    )


def _verdicts(tests: NoWorseOffTests) -> list[str]:
    """Who is worse off now, on each basis."""
    return [f"{basis.label}: {tests.on(Standing.NOW, basis).verdict}" for basis in _BASES]


def _rows_of(tests: NoWorseOffTests, basis: TestBasis, *, has_payments: bool) -> list[Row]:
    positions = tests.on(Standing.NOW, basis).positions
    rows = [Row(str(basis.label), _amounts(positions, lambda one: amount_cell(one.net_pence)))]
    if has_payments:
        rows += [
            Row("Compensation", _amounts(positions, lambda one: signed_cell(one.compensation_pence))),
            Row(
                f"{basis.label}, with compensation",
                _amounts(positions, lambda one: amount_cell(one.after_pence)),
            ),
        ]
    rows.append(Row(f"{basis.label}: no worse off", _amounts(positions, _passed)))
    return rows


def _amounts(
    positions: Sequence[CouncilPosition | Missing], cell: Callable[[CouncilPosition], Cell]
) -> tuple[Cell, ...]:
    return tuple(
        cell(one) if isinstance(one, CouncilPosition) else Cell(shorthand(one) or "[x]") for one in positions
    )


def _passed(one: CouncilPosition) -> Cell:
    return Cell("Yes" if one.is_passed else "No")


def _is_told(row: PanelRow) -> bool:
    """Whether the short form tells it: shares on the current plan, and of chairs and meetings so far."""
    return row.comparison.subject in _COUNTED or row.comparison.basis == Basis.CURRENT


def _page(name: str, facts: SteeringFacts) -> str:
    return reverse(name, args=[facts.programme.key])

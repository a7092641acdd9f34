"""Charts of an appraisal: cash flow with payback, net by council, what moves the result, and its range."""

from __future__ import annotations

from collections.abc import Sequence

from core.charts import Chart
from core.rules.calendar import format_fy
from core.rules.money import format_prose
from core.rules.words import listed
from services.appraisal_plots import (
    cash_flow_figure,
    council_figure,
    distribution_figure,
    pence_of,
    tornado_figure,
)
from services.queries.appraisal import CaseAppraisal, Change, OptionAppraisal
from services.queries.appraisal_sensitivity import OptionSensitivity
from services.rules.monte_carlo import NpvRange
from services.rules.option_result import Measures
from services.rules.payback import Payback

_SOURCE = "the lines of this business case."


def cash_flow_chart(case: CaseAppraisal, option: OptionAppraisal, *, csv_url: str) -> Chart | None:
    """Net of each year as bars and their running sum as a line, payback marked; None where it is withheld."""
    measures = option.measures(None)
    if not isinstance(measures, Measures):
        return None
    found = measures.payback
    words = f"pays back after {found}" if isinstance(found, Payback) else str(found).lower()
    low, high = min(measures.cumulative_by_year), max(measures.cumulative_by_year)
    return Chart(
        id="chart-cash-flow",
        headline=f"{option.option.name} {words}",
        subtitle=f"Net benefit of each year and cumulative, {_whom(case)}, {_prices(case)}",
        label=(
            f"Bar and line chart. {option.option.name} {words}. The cumulative net benefit goes from "
            f"{format_prose(low)} to {format_prose(high)}. The table beside it holds the same numbers."
        ),
        size="tall",
        spec=cash_flow_figure(case, measures),
        source=_SOURCE,
        csv_url=csv_url,
    )


def council_chart(case: CaseAppraisal, option: OptionAppraisal, *, csv_url: str) -> Chart | None:
    """Each council's net in cash and in net present value; councils whose figures are withheld are left out.

    None where no council's figures may be shown.
    """
    shown = [
        (name, change)
        for place, name in enumerate(case.names)
        if isinstance(change := option.change(place), Change)
    ]
    if not shown:
        return None
    words = [
        f"{name} {format_prose(change.net_pence)} in cash and {format_prose(change.npv_pence)} "
        "in net present value"
        for name, change in shown
    ]
    return Chart(
        id="chart-councils",
        headline=_council_headline(shown, is_whole=len(shown) == len(case.councils)),
        subtitle=(
            f"Net benefit against business as usual in cash and in net present value, by council, "
            f"{_prices(case)}"
        ),
        label=f"Bar chart. {'; '.join(words)}. The table beside it holds the same numbers.",
        size="tall" if len(shown) > 2 else "row",
        spec=council_figure(shown),
        source=_SOURCE,
        csv_url=csv_url,
    )


def tornado_chart(case: CaseAppraisal, found: OptionSensitivity, *, csv_url: str) -> Chart | None:
    """Scenarios by how far they move the joint result; None where that is withheld."""
    rows = found.tornado()
    central = found.central
    if not rows or central is None or not isinstance(central.joint, int):
        return None
    widest = rows[0]
    words = [f"{row.label} {format_prose(pence_of(row.joint))}" for row in rows]
    return Chart(
        id="chart-tornado",
        headline=f"{widest.label}: net present value would be {format_prose(pence_of(widest.joint))}",
        subtitle=(
            f"Net present value in each scenario beside the central case of {format_prose(central.joint)}, "
            f"{_whom(case)}, {_prices(case)}"
        ),
        label=f"Bar chart. Central case {format_prose(central.joint)}. {'; '.join(words)}.",
        size="tall",
        spec=tornado_figure(rows, central.joint),
        source=_SOURCE,
        csv_url=csv_url,
    )


def distribution_chart(case: CaseAppraisal, found: OptionSensitivity, *, csv_url: str) -> Chart | None:
    """How often each result came out; None where there is no range to show."""
    if not isinstance(found.range, NpvRange):
        return None
    one = found.range
    p10, p50, p90 = (format_prose(pence) for pence in (one.p10_pence, one.p50_pence, one.p90_pence))
    return Chart(
        id="chart-distribution",
        headline=f"Eight of ten runs end between {p10} and {p90}",
        subtitle=f"Runs by net present value, {one.runs:,} runs with seed {one.seed}, {_prices(case)}",
        label=(
            f"Bar chart. One run in ten ends at or below {p10}, half at or below {p50}, "
            f"nine in ten at or below {p90}."
        ),
        size="tall",
        spec=distribution_figure(one),
        source=_SOURCE,
        csv_url=csv_url,
    )


def _council_headline(shown: Sequence[tuple[str, Change]], *, is_whole: bool) -> str:
    worse = [
        f"{name} is {format_prose(-change.npv_pence)} worse off in net present value"
        for name, change in shown
        if change.npv_pence < 0
    ]
    if worse:
        return listed(worse)
    in_cash = [
        f"{name} is {format_prose(-change.net_pence)} worse off in cash"
        for name, change in shown
        if change.net_pence < 0
    ]
    if in_cash:
        return listed(in_cash)
    return "No council is worse off" if is_whole else "No council shown here is worse off"


def _whom(case: CaseAppraisal) -> str:
    return f"{len(case.councils)} councils" if len(case.councils) > 1 else listed(list(case.names))


def _prices(case: CaseAppraisal) -> str:
    return f"£ in {format_fy(case.case.base_fy)} prices"

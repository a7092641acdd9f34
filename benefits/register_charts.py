"""Charts of the benefits register: pounds by state, claims by how long they wait, the worst measure."""

from __future__ import annotations

from dataclasses import replace

from benefits.charts import price_words_of
from benefits.enums import BenefitClass, BenefitState
from benefits.panel_charts import trend_chart
from benefits.panel_sentences import trend_sentence
from benefits.queries.measure_trends import MeasureTrend, MeasureTrends
from benefits.queries.register_summary import RegisterSummary
from benefits.row_plots import AT_RISK, DELIVERED, ON_TRACK, Step, read_out, share_figure
from benefits.rules.waiting import BANDS
from core.charts import Chart
from core.rules.money import format_prose
from programme.models import Programme
from programme.queries.overview.portfolio import WORST_FIRST

_GIVING = (BenefitState.REALISING, BenefitState.REALISED, BenefitState.CLOSED)


def state_chart(programme: Programme, summary: RegisterSummary, *, csv_url: str) -> Chart | None:
    """Cashable savings planned, a bar for each state; None where nothing cashable is planned."""
    cashable = str(BenefitClass.CASHABLE.label)
    groups = [one for one in summary.groups if one.class_text == cashable and one.plan_pence]
    if not groups:
        return None
    whole = sum(one.plan_pence or 0 for one in groups)
    giving = sum(one.plan_pence or 0 for one in groups if one.state in _GIVING)
    steps = [Step(str(one.state.label), 0, one.plan_pence or 0, is_total=True) for one in groups]
    begun = f"{format_prose(giving)} of it comes from" if giving else "none of it comes from"
    return Chart(
        id="chart-states",
        headline=f"{format_prose(whole)} of cashable savings is planned; {begun} benefits that have begun",
        subtitle=f"Current plan of cashable benefits over all years, by state, {price_words_of(programme)}",
        label=f"Bar chart. {read_out(steps)}. The table holds the same numbers.",
        size="small" if len(steps) < 4 else "row",
        spec=share_figure([(step, DELIVERED) for step in steps]),
        source="the benefits register and the current plan.",
        csv_url=csv_url,
    )


def age_chart(summary: RegisterSummary, *, csv_url: str) -> Chart | None:
    """Cashable savings claimed and not verified, a bar for each band of days; None where none waits."""
    if not any(one.claims.cashable.amounts for one in summary.ages):
        return None
    markers = (ON_TRACK, DELIVERED, AT_RISK)
    pence = [one.claims.cashable.pence for one in summary.ages]
    steps = [Step(one.words, 0, own, is_total=True) for one, own in zip(summary.ages, pence, strict=True)]
    return Chart(
        id="chart-ages",
        headline=_waits(sum(pence), pence[-1]),
        subtitle="Cashable savings claimed and not verified, by working days since they were claimed, £",
        label=f"Bar chart. {read_out(steps)}. The table holds the same numbers.",
        size="small",
        spec=share_figure(list(zip(steps, markers, strict=True))),
        source="claims of the councils; each council’s section 151 officer verifies its own.",
        csv_url=csv_url,
    )


def worst_measure_chart(found: MeasureTrends, *, csv_url: str) -> Chart | None:
    """The measure that is furthest behind its plan; None where nothing was planned or measured over time."""
    worst = min((trend for trend in found.trends if trend.points), key=_place, default=None)
    chart = trend_chart(worst, csv_url=csv_url) if worst else None
    if worst is None or chart is None:
        return None
    return replace(chart, headline=trend_sentence(worst).partition(". ")[0].rstrip("."))


def _waits(pence: int, late: int) -> str:
    days = BANDS[-1][0] - 1
    over = f"{format_prose(late)} of it" if late else "nothing"
    return f"{format_prose(pence)} waits for verification, {over} for more than {days} working days"


def _place(trend: MeasureTrend) -> int:
    word = trend.rating.word
    return WORST_FIRST.index(word) if word in WORST_FIRST else len(WORST_FIRST)

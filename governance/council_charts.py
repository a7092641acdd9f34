"""Charts of one council's page: what it saves, where it ends up, and its shares beside the agreed ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from benefits.charts import LEDGER_SOURCE, main_chart, price_words
from benefits.plots import Pair, PairPlot, pair_figure
from benefits.queries.no_worse_off import Standing
from benefits.row_plots import Step, read_out, waterfall_figure
from core.charts import Chart, Spec, on_paper
from core.rules.calendar import fy_end, fy_start
from core.rules.rounding import format_percent
from governance.queries.council_page import CouncilPage, OwnShare, OwnTest
from governance.rules.council_answers import points_in_words, position_sentence
from services.rules.no_worse_off import CouncilPosition

_LABELS_PX, _NARROW_PX = 176, 104
_PAPER_PX = 180
_ROOM = 12  # points of share left of the axis, for the number beside a dot at 0


def saving_chart(page: CouncilPage) -> Chart | None:
    """Plans, forecast and what is verified of this council alone; None where nothing is planned."""
    if page.own_savings is None or page.programme is None or not page.own_savings.has_ledgers:
        return None
    query = urlencode({"table": "months", "council": page.council.key})
    address = reverse("benefits:savings_csv", args=[page.programme.key])
    chart = main_chart(page.own_savings, csv_url=f"{address}?{query}")
    return on_paper(chart, _PAPER_PX) if chart else None


def share_chart(page: CouncilPage) -> Chart | None:
    """Its shares on the current plan, each beside the one it is compared with; None where none is known."""
    known = [(one, one.row.share_percent, one.row.other_percent) for one in page.shares if one.row]
    if not known or page.savings is None or page.programme is None:
        return None
    pairs = tuple(Pair(one.comparison.measured, share, other) for one, share, other in known)
    fys = page.savings.all_fys
    said = "; ".join(_pair_words(*one) for one in known)
    period = f"{fy_start(fys[0]).year} to {fy_end(fys[-1]).year}"
    return Chart(
        id="chart-shares",
        headline=_widest(page, [one for one, _, _ in known]),
        subtitle=f"Share of all partner councils and what it is compared with, %, current plan, {period}",
        label=f"Dot chart. {said}. The table holds the same numbers.",
        size="row",
        spec=_with_room(
            pair_figure(PairPlot(pairs, "Its share", "Compared with")), [pair.name for pair in pairs]
        ),
        source="programme ledgers; keys agreed by the councils, or published population.",
    )


def position_chart(page: CouncilPage) -> Chart | None:
    """Its net position now on both bases, without and with the compensation that is agreed."""
    now = positions_now(page)
    if not now or page.savings is None or page.programme is None:
        return None
    address = reverse("benefits:no_worse_off_csv", args=[page.programme.key])
    steps = []
    for test, own in now:
        basis = str(test.test.basis.label)
        steps.append(Step(basis, 0, own.net_pence, is_total=True))
        if own.compensation_pence:
            steps.append(Step(f"{basis}, with compensation", 0, own.after_pence, is_total=True))
    return Chart(
        id="chart-position",
        headline=position_words(page).rstrip("."),
        subtitle=(
            f"Savings less all costs over the appraisal period, returns so far and the forecast to come, "
            f"{page.council}, {price_words(page.savings)}"
        ),
        label=f"Bar chart. {read_out(steps)}. The table holds the same numbers.",
        size="row",
        spec=waterfall_figure(steps),
        source=LEDGER_SOURCE,
        csv_url=f"{address}?{urlencode({'council': page.council.key})}",
    )


def position_words(page: CouncilPage) -> str:
    """Whether it is worse off now on each basis; empty where that cannot be worked out."""
    return " ".join(
        position_sentence(str(page.council), str(test.test.basis.label), own.net_pence, own.after_pence)
        for test, own in positions_now(page)
    )


def positions_now(page: CouncilPage) -> list[tuple[OwnTest, CouncilPosition]]:
    """Its positions from returns so far and the forecast to come that can be worked out."""
    return [
        (one, one.position)
        for one in page.tests
        if one.test.standing == Standing.NOW and isinstance(one.position, CouncilPosition)
    ]


def _widest(page: CouncilPage, shares: list[OwnShare]) -> str:
    """The share that is furthest from the one it is compared with."""
    one = max(shares, key=lambda share: abs(share.row.difference_points) if share.row else Fraction(0))
    points = points_in_words(one.row.difference_points) if one.row else ""
    measured, other = one.comparison.measured.lower(), one.comparison.other_share
    if points == "equal":
        return f"{page.council}’s share of the {measured} is its {other}"
    return f"{page.council}’s share of the {measured} is {points} its {other}"


def _pair_words(one: OwnShare, share: Fraction, other: Fraction) -> str:
    return f"{one.comparison.measured} {format_percent(share)} against {format_percent(other)}"


def _with_room(spec: Spec, names: Sequence[str]) -> Spec:
    """The figure with room for names longer than those of councils; on a phone they stand on two lines."""
    ticks, low = spec["layout"]["xaxis"]["tickvals"], spec["layout"]["xaxis"]["range"][0]
    few = [ticks[0], ticks[-1]]
    return {
        **spec,
        "layout": {**spec["layout"], "margin": {**spec["layout"]["margin"], "l": _LABELS_PX}},
        "narrow": {
            "margin": {"l": _NARROW_PX, "r": 22},
            "xaxis": {
                "range": [low - _ROOM, spec["layout"]["xaxis"]["range"][1]],
                "tickvals": few,
                "ticktext": [f"{tick}%" for tick in few],
            },
            "yaxis": {"ticktext": ["<br>".join(name.rsplit(" ", 1)) for name in reversed(names)]},
        },
        "print": {**spec["print"], "width": 420, "margin": {**spec["print"]["margin"], "l": 130}},
    }

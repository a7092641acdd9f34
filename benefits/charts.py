"""Charts of the savings page: what a query found, in a sentence, a description and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benefits.enums import Basis
from benefits.plots import (
    LABEL_GAP_PX,
    Bars,
    Line,
    LinePlot,
    Mark,
    Note,
    Pair,
    PairPlot,
    Point,
    end_label,
    height_of,
    line_figure,
    pair_figure,
)
from benefits.queries.by_month import MonthPoint
from benefits.queries.equity import EquityComparison
from benefits.queries.figures import Figure
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.savings import SavingsAgainstPlan
from benefits.rules.equity import EquityRow
from benefits.rules.measures import full_noun_of
from core.charts import Chart
from core.rules.calendar import financial_year as fy_of
from core.rules.calendar import format_date, format_fy, fy_end, fy_start, month_name, period_start
from core.rules.money import format_prose
from core.rules.rounding import format_percent, round_to
from core.rules.words import listed, mid_sentence
from programme.enums import PriceBasis
from programme.models import Programme

LEDGER_SOURCE = "programme ledgers, verified by each council’s section 151 officer."
TALL_PX, SMALL_PX = 420, 200
_ROOM_FOR_LABELS_PX = 80
_LINE_BASES = (Basis.FORECAST, Basis.CURRENT, Basis.ORIGINAL)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def main_chart(result: SavingsAgainstPlan, *, csv_url: str) -> Chart | None:
    """Plans, forecast and verified, cumulative, for all councils shown; None where nothing is planned."""
    if not result.months:
        return None
    first, last = result.months[0], result.months[-1]
    start = date(first.month_end.year, first.month_end.month, 1)
    lines = _lines(result.months, _LINE_BASES if _is_replanned(result) else (Basis.FORECAST, Basis.CURRENT))
    bars = Bars(Basis.VERIFIED, _points(result.months, Basis.VERIFIED, above_zero=True))
    plot = LinePlot(
        lines=lines,
        bars=(bars,),
        notes=_verified_note(result, bars),
        start=start,
        end=last.month_end,
        ticks=_ticks(result.months),
        narrow_ticks=_april_ticks(result.months),
        height_px=TALL_PX,
        top_pence=_top(lines, [bars]),
        label_px=176,
    )
    return Chart(
        id="chart-programme",
        headline=headline_of(result),
        subtitle=(
            f"Cumulative {mid_sentence(full_noun_of(result.choice.measure))}, {whom(result.councils)}, "
            f"{_month(start)} to {_month(last.month_end)}, {price_words(result)}"
        ),
        label=_main_label(result),
        size="tall",
        spec=line_figure(plot),
        source=LEDGER_SOURCE,
        csv_url=csv_url,
    )


def council_charts(result: SavingsAgainstPlan) -> list[Chart]:
    """The same for each council and one year, all on one scale."""
    every = [_council_parts(months) for _, months in result.council_months]
    top = max([100, *(_top(lines, bars) for lines, bars in every)]) * 9 // 8  # room for the plan's label
    return [
        _council_chart(council, months, lines, bars, top)
        for (council, months), (lines, bars) in zip(result.council_months, every, strict=True)
    ]


def fairness_chart(result: SavingsAgainstPlan, *, csv_url: str) -> Chart | None:
    """The first comparison of shares over the whole period; None where nothing is planned."""
    if not result.equity or not result.all_fys:
        return None
    first, last = fy_start(result.all_fys[0]), fy_end(result.all_fys[-1])
    return equity_chart(result.equity[0], csv_url=csv_url, period=f"{_month(first)} to {_month(last)}")


def equity_chart(comparison: EquityComparison, *, csv_url: str, period: str) -> Chart | None:
    """Each council's share beside its share of the population or cost; None where there are no shares."""
    if not isinstance(comparison.rows, tuple) or not comparison.rows:
        return None
    other, measured = comparison.other_share, comparison.measured.lower()
    pairs = tuple(Pair(row.council, row.share_percent, row.other_percent) for row in comparison.rows)
    return Chart(
        id="chart-equity",
        headline=_widest_words(comparison.rows, measured, other),
        subtitle=(
            f"Share of {measured} and {other}, % by council, {comparison.basis.label.lower()}, {period}"
        ),
        label=_equity_label(comparison),
        size="row",
        spec=pair_figure(PairPlot(pairs, f"Share of {measured}", other.capitalize())),
        source=f"programme ledgers, {comparison.basis.label.lower()}; {_other_source(comparison)}.",
        csv_url=csv_url,
    )


def _widest_words(rows: Sequence[EquityRow], measured: str, other: str) -> str:
    """The widest difference in words; that there is none where it rounds to 0.0 points."""
    widest = max(rows, key=lambda row: abs(row.difference_points))
    points = format_percent(abs(widest.difference_points)).removesuffix("%")
    if round_to(widest.difference_points, 1) == 0:
        return f"Each council’s share of the {measured} is its {other}"
    side = "below" if widest.difference_points < 0 else "above"
    return f"{widest.council}’s share of the {measured} is {points} points {side} its {other}"


def _other_source(comparison: EquityComparison) -> str:
    return "keys agreed by the councils" if comparison.is_by_key else "councils’ published population"


def headline_of(result: SavingsAgainstPlan) -> str:
    """The message of the main chart, with its figures."""
    last = result.months[-1]
    by = f"By {_month(last.month_end)}"
    if isinstance(last.forecast, int) and isinstance(last.current, int):
        words = [_against(last.forecast, last.current, "planned")]
        if _is_replanned(result) and isinstance(last.original, int):
            words.append(_against(last.forecast, last.original, "first promised"))
        return f"{by} we expect {', and '.join(words)}"
    if isinstance(last.current, int):
        return f"{by}, {format_prose(last.current)} is planned. It has no complete forecast"
    return "No plan has been approved yet"


def price_words(result: SavingsAgainstPlan) -> str:
    """£ in 2026 to 2027 prices; £, cash of the day; or £ alone where that is not stated."""
    return price_words_of(result.programme)


def price_words_of(programme: Programme) -> str:
    """The same of a programme."""
    if programme.price_basis == PriceBasis.REAL and programme.base_fy is not None:
        return f"£ in {format_fy(programme.base_fy)} prices"
    return "£, cash of the day" if programme.price_basis == PriceBasis.NOMINAL else "£"


def whom(councils: Sequence[PartnerCouncil]) -> str:
    """Carrick; three councils."""
    if len(councils) == 1:
        return councils[0].name
    number = _NUMBERS[len(councils)] if len(councils) < len(_NUMBERS) else str(len(councils))
    return f"{number} councils"


def _council_parts(months: Sequence[MonthPoint]) -> tuple[tuple[Line, ...], tuple[Bars, ...]]:
    """Forecast and plan as lines, verified as bars, and what is claimed on top of them."""
    verified = _points(months, Basis.VERIFIED, above_zero=False)
    returned = [
        (month, point)
        for month, point in zip(months, verified, strict=False)
        if isinstance(month.claimed, int) and (point.pence or month.claimed)
    ]
    claimed = [(month, point) for month, point in returned if month.claimed]
    bars = (
        Bars(Basis.VERIFIED, tuple(point for _, point in returned if point.pence)),
        Bars(
            Basis.CLAIMED,
            tuple(Point(month.month_end, _int(month.claimed)) for month, _ in claimed),
            base=tuple(point.pence for _, point in claimed),
        ),
    )
    return _lines(months, (Basis.FORECAST, Basis.CURRENT), has_labels=False), bars


def _council_chart(
    council: PartnerCouncil,
    months: Sequence[MonthPoint],
    lines: tuple[Line, ...],
    bars: tuple[Bars, ...],
    top: int,
) -> Chart:
    fy = fy_of(months[0].month_end)
    ticks = [(period_start(fy, number), month_name(period_start(fy, number))[:3]) for number in (1, 4, 7, 10)]
    plot = LinePlot(
        lines=lines,
        bars=bars,
        notes=(),
        start=fy_start(fy),
        end=months[-1].month_end,
        ticks=tuple(ticks),
        narrow_ticks=tuple(ticks),
        height_px=SMALL_PX,
        top_pence=top,
        label_px=6,
        marks=_council_marks(months, bars, top),
    )
    return Chart(
        id=f"chart-{council.key}",
        headline=f"{council}: {_return_words(months)}",
        subtitle="",
        label=_council_label(council, months),
        size="small",
        spec=line_figure(plot),
    )


def _council_marks(months: Sequence[MonthPoint], bars: Sequence[Bars], top: int) -> tuple[Mark, ...]:
    """What is verified, beside the last bar; what is claimed, over it; and the plan at its end.

    Where the plan's line is too low to leave room for that, all stand over its end, one above the other.
    """
    plan, end = _int(months[-1].current), months[-1].month_end
    verified, claimed = (own.points[-1] if own.points else None for own in bars)
    if height_of(plan, top, SMALL_PX) < _ROOM_FOR_LABELS_PX:
        words = [
            f"Plan {format_prose(plan)}",
            *([f"Claimed {format_prose(claimed.pence)}"] if claimed else []),
            *([f"Verified {format_prose(verified.pence)}"] if verified else []),
        ]
        point = Point(end, plan)
        return tuple(
            Mark(point, text, ends_there=True, up_px=4 + LABEL_GAP_PX * index)
            for index, text in enumerate(words)
        )
    marks = [Mark(Point(end, plan), f"Plan {format_prose(plan)}", ends_there=True)]
    if verified:
        beside = claimed.month_end if claimed else verified.month_end
        marks.append(Mark(Point(beside, 0), f"Verified<br>{format_prose(verified.pence)}"))
    if claimed:
        over = Point(claimed.month_end, bars[1].base[-1] + claimed.pence)
        marks.append(Mark(over, f"Claimed<br>{format_prose(claimed.pence)}", ends_there=True))
    return tuple(marks)


def _return_words(months: Sequence[MonthPoint]) -> str:
    """All verified; October to verify; nothing returned yet."""
    over = [month for month in months if isinstance(month.verified, int)]
    before, waiting = 0, []
    for month in over:
        claimed = _int(month.claimed)
        if claimed != before:
            waiting.append(month_name(month.month_end))
        before = claimed
    if before and waiting:
        return f"{listed(waiting)} to verify"
    return "all verified" if over and _int(over[-1].verified) else "nothing returned yet"


def _council_label(council: PartnerCouncil, months: Sequence[MonthPoint]) -> str:
    over = [month for month in months if isinstance(month.verified, int)]
    whole = f"Plan for the year {_words(months[-1].current)}, forecast {_words(months[-1].forecast)}."
    if not over:
        return f"{council}: nothing returned yet. {whole}"
    last = over[-1]
    claimed = f", and {_words(last.claimed)} claimed but not verified" if last.claimed else ""
    return (
        f"{council}: {_words(last.verified)} verified of {_words(last.current)} planned "
        f"by {format_date(last.month_end)}{claimed}. {whole}"
    )


def _main_label(result: SavingsAgainstPlan) -> str:
    last = result.months[-1]
    over = [month for month in result.months if isinstance(month.verified, int)]
    verified = (
        f"Verified saving is {_words(over[-1].verified)} to {format_date(over[-1].month_end)}."
        if over
        else "Nothing is verified yet."
    )
    original = f" and the original plan {_words(last.original)}" if _is_replanned(result) else ""
    return (
        f"Line chart. {verified} By {format_date(last.month_end)} the current plan reaches "
        f"{_words(last.current)}, the forecast {_words(last.forecast)}{original}. "
        "The table beside and the monthly figures below hold the same numbers."
    )


def _equity_label(comparison: EquityComparison) -> str:
    rows = comparison.rows if isinstance(comparison.rows, tuple) else ()
    shares = [
        f"{row.council} {format_percent(row.share_percent)} against {format_percent(row.other_percent)}"
        for row in rows
    ]
    return (
        f"Dot chart. Share of {comparison.measured.lower()} against {comparison.other_share}: "
        f"{', '.join(shares)}."
    )


def _lines(
    months: Sequence[MonthPoint], bases: Sequence[Basis], *, has_labels: bool = True
) -> tuple[Line, ...]:
    lines = []
    for basis in bases:
        points = _points(months, basis, above_zero=False)
        if len(points) == len(months):
            label = end_label(basis, points[-1].pence) if has_labels else ""
            lines.append(Line(basis, points, label, basis.label if has_labels else ""))
    return tuple(lines)


def _points(months: Sequence[MonthPoint], basis: Basis, *, above_zero: bool) -> tuple[Point, ...]:
    values = [(month.month_end, getattr(month, basis.value)) for month in months]
    return tuple(
        Point(month_end, value)
        for month_end, value in values
        if isinstance(value, int) and (value > 0 or not above_zero)
    )


def _top(lines: Sequence[Line], bars: Sequence[Bars]) -> int:
    """The highest value drawn, in pence; at least £1."""
    stacked = [
        point.pence + base
        for own in bars
        for point, base in zip(own.points, own.base or [0] * len(own.points), strict=True)
    ]
    return max([100, *stacked, *(point.pence for line in lines for point in line.points)])


def _verified_note(result: SavingsAgainstPlan, bars: Bars) -> tuple[Note, ...]:
    if not bars.points:
        return ()
    last = bars.points[-1]
    day = f"{last.month_end.day} {month_name(last.month_end)}"
    text = f"Verified to<br>{day}<br>{format_prose(last.pence)}"
    return (Note(last, text, f"Verified<br>{format_prose(last.pence)}", at=(-8, -48)),)


def _ticks(months: Sequence[MonthPoint]) -> tuple[tuple[date, str], ...]:
    """The first day of each half year up to two years, of each year beyond; and the end."""
    a_year = 4 if len(months) <= 12 else 2 if len(months) <= 36 else 1
    wanted = range(1, 13, 12 // a_year)
    fys = dict.fromkeys(fy_of(month.month_end) for month in months)
    starts = [period_start(fy, number) for fy in fys for number in wanted]
    end = months[-1].month_end
    return (*((day, _month(day)) for day in starts), (end, _month(end)))


def _april_ticks(months: Sequence[MonthPoint]) -> tuple[tuple[date, str], ...]:
    fys = list(dict.fromkeys(fy_of(month.month_end) for month in months))
    some = fys[:: max(1, (len(fys) + 1) // 2)]
    end = months[-1].month_end
    days = [*(fy_start(fy) for fy in some), end]
    return tuple((day, f"{month_name(day)[:3]} {day.year}") for day in days)


def _is_replanned(result: SavingsAgainstPlan) -> bool:
    """Whether the current plan is another than the original."""
    return result.original != result.current


def _against(value: int, plan: int, promised: str) -> str:
    if value == plan:
        return f"what was {promised}"
    return f"{format_prose(abs(value - plan))} {'more' if value > plan else 'less'} than {promised}"


def _words(figure: Figure) -> str:
    return format_prose(figure) if isinstance(figure, int) else str(figure).lower()


def _int(figure: Figure) -> int:
    return figure if isinstance(figure, int) else 0


def _month(day: date) -> str:
    return f"{month_name(day)} {day.year}"

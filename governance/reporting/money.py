"""Tables of pounds in a report: plan, forecast, claimed and verified, with variances worked out live."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from django.urls import reverse

from benefits.charts import price_words
from benefits.enums import Measure
from benefits.queries.by_line import LineFigures
from benefits.queries.by_year import MeasureFigures
from benefits.queries.figures import Figure, Figures, Percent, pence_or_none
from benefits.queries.savings import SavingsAgainstPlan
from core.exports.tables import Column, Format, Table
from core.publishing.content import Figures as KeptFigures
from core.rules.calendar import format_fy
from governance.reporting.freezing import frozen
from governance.reporting.tracing import CLAIMED, CURRENT, FORECAST, ORIGINAL, VERIFIED, entries
from programme.rules.rag import rate_cost

Row = tuple[str, Figures]
_COST_RATE_NOTE = "Ratings compare the forecast cost with the current plan: Green up to {}%, Amber up to {}%."
_RATE_NOTE = "Ratings compare the forecast with the current plan: Green from {}%, Amber from {}%."


def by_year(savings: SavingsAgainstPlan, measure: Measure, key: str, caption: str) -> KeptFigures | None:
    """One measure by financial year; None where no line counts in it.

    Years in which the plans, the forecast and what is returned are all £0 are left out.
    """
    found = savings.of(measure, savings.councils[0] if savings.choice.council else None)
    if found is None:
        return None
    kept = [(fy, figures) for fy, figures in _years(found) if not _is_idle(figures)]
    rows = [(format_fy(fy), figures) for fy, figures in kept]
    table = Table("", caption, _columns("Financial year"), rows, total=("All years", found.total))
    years = {format_fy(fy): fy for fy, _ in kept}

    def trace(row: Row) -> str:
        return _entries(savings, measure, fy=years.get(row[0]))

    limits = savings.programme.thresholds
    note = _RATE_NOTE.format(limits.savings_green_percent, limits.savings_amber_percent)
    return frozen(table, key, unit=price_words(savings), notes=[note], trace=trace)


def cost_measures(
    savings: SavingsAgainstPlan, measures: Sequence[Measure], key: str, caption: str
) -> KeptFigures | None:
    """Kinds of cost over all years, each a row; they are never added up."""
    council = savings.councils[0] if savings.choice.council else None
    rows = [(str(one.label), found.total) for one in measures if (found := savings.of(one, council))]
    if not rows:
        return None
    columns = [*_columns("Kind")[:-1], Column("Rating", _cost_rating)]
    by_label = {str(one.label): one for one in measures}
    limits = savings.programme.thresholds
    return frozen(
        Table("", caption, columns, rows),
        key,
        unit=price_words(savings),
        notes=[_COST_RATE_NOTE.format(limits.cost_green_percent, limits.cost_amber_percent)],
        trace=lambda row: _entries(savings, by_label[row[0]]),
    )


def cost_lines(
    savings: SavingsAgainstPlan,
    measures: Sequence[Measure],
    key: str,
    caption: str,
    *,
    only: Collection[int] | None = None,
) -> KeptFigures | None:
    """The same line by line; of the lines with these keys alone where any are named."""
    rows = [
        one for one in savings.lines if one.line.measure in measures and (only is None or one.line.pk in only)
    ]
    columns: list[Column[LineFigures]] = [
        Column("Line", lambda one: one.line.title),
        Column("Kind", lambda one: str(one.line.measure.label)),
        *(
            Column(title, attrgetter(name), Format.MONEY)
            for title, name in (
                (ORIGINAL, "original"),
                (CURRENT, "current"),
                (FORECAST, "forecast"),
                (CLAIMED, "claimed"),
                (VERIFIED, "verified"),
            )
        ),
    ]
    if not rows:
        return None

    def trace(row: LineFigures) -> str:
        return reverse("benefits:line_detail", args=[row.line.pk])

    return frozen(Table("", caption, columns, rows), key, unit=price_words(savings), trace=trace)


def by_council(savings: SavingsAgainstPlan, measure: Measure, key: str, caption: str) -> KeptFigures | None:
    """One measure by council over all years, with all of them under it (INV-01)."""
    total, keys = savings.total_of(measure), {council.name: council.key for council in savings.councils}
    rows = [
        (council.name, found)
        for council in savings.councils
        if (found := savings.total_of(measure, council)) is not None
    ]
    if total is None or not rows:
        return None
    table = Table("", caption, _columns("Council"), rows, total=("All councils", total))

    def trace(row: Row) -> str:
        return _entries(savings, measure, council=keys.get(row[0], ""))

    return frozen(table, key, unit=price_words(savings), trace=trace)


def _entries(
    savings: SavingsAgainstPlan, measure: Measure, *, council: str = "", fy: int | None = None
) -> str:
    """Those behind a figure of what the report is about."""
    own = council or savings.choice.council
    return entries(savings.programme, measure, savings.as_of, council=own, fy=fy)


def figures_of(savings: SavingsAgainstPlan, measure: Measure) -> Figures | None:
    """A measure over all years of what a report is about."""
    return savings.total_of(measure, savings.councils[0] if savings.choice.council else None)


def _columns(first: str) -> list[Column[Row]]:
    return [
        Column(first, lambda row: row[0]),
        _pounds(ORIGINAL, lambda one: one.original),
        _pounds(CURRENT, lambda one: one.current),
        _pounds(FORECAST, lambda one: one.forecast),
        _pounds(CLAIMED, lambda one: one.claimed),
        _pounds(VERIFIED, lambda one: one.verified),
        _pounds(
            "Forecast less original plan", lambda one: one.forecast_variance_original, (FORECAST, ORIGINAL)
        ),
        _pounds("Forecast less current plan", lambda one: one.forecast_variance, (FORECAST, CURRENT)),
        _percent("Forecast, % of current plan", lambda one: one.forecast_percent),
        Column("Rating", lambda row: row[1].forecast_rating.word.value),
    ]


def _pounds(
    title: str, value: Callable[[Figures], Figure], less: tuple[str, str] | None = None
) -> Column[Row]:
    return Column(title, lambda row: value(row[1]), Format.MONEY, less=less, is_summed=True)


def _percent(title: str, value: Callable[[Figures], Percent]) -> Column[Row]:
    return Column(title, lambda row: value(row[1]), Format.PERCENT)


def _cost_rating(row: Row) -> str:
    """The forecast cost against the current plan: more than planned is worse."""
    current, forecast = pence_or_none(row[1].current), pence_or_none(row[1].forecast)
    return rate_cost(current, forecast, thresholds=row[1].thresholds).word.value


def _years(found: MeasureFigures) -> list[tuple[int, Figures]]:
    return [(year.fy, year.year) for year in found.years]


def _is_idle(figures: Figures) -> bool:
    held = (figures.original, figures.current, figures.forecast, figures.claimed, figures.verified)
    return not any(isinstance(one, int) and one for one in held)

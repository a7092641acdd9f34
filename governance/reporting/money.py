"""Tables of pounds in a report: plan, forecast, claimed and verified, with variances worked out live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

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
from programme.rules.rag import rate_cost

Row = tuple[str, Figures]
ORIGINAL, CURRENT, FORECAST = "Original plan", "Current plan", "Forecast"
CLAIMED, VERIFIED = "Claimed, not verified", "Verified"
_COST_RATE_NOTE = (
    "Ratings compare the forecast cost with the current plan: Green up to 100%, Amber up to 110%."
)
_RATE_NOTE = "Ratings compare the forecast with the current plan: Green from 95%, Amber from 80%."


def by_year(savings: SavingsAgainstPlan, measure: Measure, key: str, caption: str) -> KeptFigures | None:
    """One measure by financial year; None where no line counts in it.

    Years in which the plans, the forecast and what is returned are all £0 are left out.
    """
    found = savings.of(measure, savings.councils[0] if savings.choice.council else None)
    if found is None:
        return None
    rows = [(format_fy(fy), figures) for fy, figures in _years(found) if not _is_idle(figures)]
    table = Table("", caption, _columns("Financial year"), rows, total=("All years", found.total))
    return frozen(table, key, unit=price_words(savings), notes=[_RATE_NOTE])


def cost_measures(
    savings: SavingsAgainstPlan, measures: Sequence[Measure], key: str, caption: str
) -> KeptFigures | None:
    """Kinds of cost over all years, each a row; they are never added up."""
    council = savings.councils[0] if savings.choice.council else None
    rows = [(str(one.label), found.total) for one in measures if (found := savings.of(one, council))]
    if not rows:
        return None
    columns = [*_columns("Kind")[:-1], Column("Rating", _cost_rating)]
    return frozen(Table("", caption, columns, rows), key, unit=price_words(savings), notes=[_COST_RATE_NOTE])


def cost_lines(
    savings: SavingsAgainstPlan, measures: Sequence[Measure], key: str, caption: str
) -> KeptFigures | None:
    """The same line by line."""
    rows = [one for one in savings.lines if one.line.measure in measures]
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
    return frozen(Table("", caption, columns, rows), key, unit=price_words(savings)) if rows else None


def by_council(
    rows: Iterable[tuple[str, Figures]], total: Figures, key: str, caption: str, unit: str
) -> KeptFigures:
    """One measure by council, with all of them under it (INV-01)."""
    table = Table("", caption, _columns("Council"), list(rows), total=("All councils", total))
    return frozen(table, key, unit=unit)


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
    return rate_cost(current, forecast).word.value


def _years(found: MeasureFigures) -> list[tuple[int, Figures]]:
    return [(year.fy, year.year) for year in found.years]


def _is_idle(figures: Figures) -> bool:
    held = (figures.original, figures.current, figures.forecast, figures.claimed, figures.verified)
    return not any(isinstance(one, int) and one for one in held)

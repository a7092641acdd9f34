"""Ratings of the savings and costs of many programmes at once, from their stored sums (F-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from benefits.enums import Measure
from benefits.models import LedgerChange, RollUp, RollUpCell
from benefits.queries.all_savings import BEING_ADDED, LIVE, figures_of
from benefits.queries.figures import FIGURE_NAMES, Figures, total
from benefits.queries.roll_ups import ALL_YEARS, CellValues, sums_on
from core.rules.calendar import financial_year
from programme.models import PlanVersion, Programme
from programme.queries.overview.ratings import COST, SAVINGS
from programme.rules.rag import Rating, RatingWord, Thresholds, roll_up

_COSTS = (Measure.ONE_OFF_COST, Measure.RECURRING_COST)
_RATED = (Measure.GROSS, *_COSTS)
_BUSY = Rating(RatingWord.NOT_APPLICABLE, BEING_ADDED.reason)
# Of one programme: by measure, the values of each year and of all.
Sums = dict[str, dict[int, CellValues]]


def ratings_of_programmes(programmes: Sequence[Programme], as_of: date) -> Mapping[int, Mapping[str, Rating]]:
    """Savings and Cost of each programme that has figures.

    Four queries, and eight more for each programme whose entries have just changed, LIVE at most.
    """
    keys = [one.pk for one in programmes]
    marked = _to_read(keys, as_of)
    sums = _stored([key for key in keys if key not in marked], as_of)
    limits = {one.pk: one.thresholds for one in programmes}
    rated = {pk: _ratings(one, as_of, limits[pk]) for pk, one in sums.items()}
    changed = [one for one in programmes if one.pk in marked]
    rated |= {one.pk: _ratings(_live(one, as_of), as_of, one.thresholds) for one in changed[:LIVE]}
    return rated | {one.pk: {SAVINGS: _BUSY, COST: _BUSY} for one in changed[LIVE:]}


def _to_read(keys: Sequence[int], as_of: date) -> set[int]:
    """Programmes with a plan whose stored sums are missing or out of date."""
    changed = LedgerChange.objects.filter(programme__in=keys).values_list("programme", flat=True)
    planned = PlanVersion.objects.filter(programme__in=keys)
    without = planned.exclude(programme__in=RollUp.objects.filter(from_on__lte=as_of).values("programme"))
    return {*changed.order_by().distinct(), *without.order_by().values_list("programme", flat=True)}


def _stored(keys: Sequence[int], as_of: date) -> dict[int, Sums]:
    """The stored sums that hold on the day, of all councils together. Two queries."""
    held = RollUp.objects.filter(programme__in=keys, from_on__lte=as_of).order_by("from_on")
    latest = dict(held.values_list("programme", "pk"))
    owner = {pk: programme for programme, pk in latest.items()}
    rows = RollUpCell.objects.filter(roll_up__in=owner, measure__in=_RATED, council__isnull=True)
    found: dict[int, Sums] = {}
    for roll_up_pk, measure, fy, *values in rows.order_by().values_list(
        "roll_up", "measure", "fy", *FIGURE_NAMES
    ):
        found.setdefault(owner[roll_up_pk], {}).setdefault(measure, {})[fy] = tuple(values)
    return found


def _live(programme: Programme, as_of: date) -> Sums:
    """The same read from the entries."""
    found: Sums = {}
    for (measure, council, fy), values in sums_on(programme, as_of).cells.items():
        if council is None and measure in _RATED:
            found.setdefault(measure, {})[fy] = values
    return found


def _ratings(sums: Sums, as_of: date, thresholds: Thresholds) -> dict[str, Rating]:
    rated: dict[str, Rating] = {}
    if Measure.GROSS in sums:
        rated[SAVINGS] = _savings(sums[Measure.GROSS], as_of, thresholds)
    costs = {str(one.label): _whole(sums[one], thresholds).spending_rating for one in _COSTS if one in sums}
    return rated | ({COST: roll_up(costs)} if costs else {})


def _savings(years: Mapping[int, CellValues], as_of: date, thresholds: Thresholds) -> Rating:
    """As the programme's own page answers it: what is verified to date, and what is forecast to next year."""
    known = sorted(fy for fy in years if fy != ALL_YEARS)
    later = next((fy for fy in reversed(known) if fy <= financial_year(as_of) + 1), known[-1])
    forecast = total([figures_of(years[fy], thresholds) for fy in known if fy <= later])
    verified = _whole(years, thresholds).realised_rating
    return roll_up({"Verified to date": verified, "Forecast": forecast.forecast_rating})


def _whole(years: Mapping[int, CellValues], thresholds: Thresholds) -> Figures:
    return figures_of(years[ALL_YEARS], thresholds)

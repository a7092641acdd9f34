"""One row of figures: plan, forecast, claimed, verified and banked, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from operator import attrgetter, mul

from benefits.rules.realisation import NO_TARGET, realisation_percent
from benefits.rules.variance import variance
from core.rules.assessment import NotApplicable, NotAssessable
from programme.rules.rag import DEFAULT_THRESHOLDS, Rating, RatingWord, Thresholds, rate_cost, rate_savings

Figure = int | NotAssessable | NotApplicable
Percent = Fraction | NotAssessable | NotApplicable


@dataclass(frozen=True, slots=True)
class Figures:
    """Pence of one measure, of one council or of all, over some time.

    The `to_date` plans hold what was planned up to the data cut-off: claimed and verified amounts are
    compared with them, the forecast with the whole plan. The `no_target` amounts are the parts of the
    forecast and of what is verified that have no target: they are in no percentage and no rating, and in
    every sum of pounds (scenario 20 of domain.md 11). `limits` are those of the programme; a sum of
    programmes with several is rated by the defaults. None: it is of no programme.
    """

    original: Figure
    current: Figure
    forecast: Figure
    claimed: Figure
    verified: Figure
    banked: Figure
    original_to_date: Figure
    current_to_date: Figure
    forecast_no_target: Figure = 0
    verified_no_target: Figure = 0
    limits: Thresholds | None = field(default=None, kw_only=True)

    @property
    def thresholds(self) -> Thresholds:
        """Where Green and Amber end."""
        return self.limits or DEFAULT_THRESHOLDS

    @property
    def forecast_variance(self) -> Figure:
        """Forecast less current plan (F-16)."""
        return _difference(self.forecast, self.current)

    @property
    def forecast_variance_original(self) -> Figure:
        """Forecast less original plan (F-16, INV-04)."""
        return _difference(self.forecast, self.original)

    @property
    def verified_variance(self) -> Figure:
        """Verified less what the current plan held up to the data cut-off (F-16)."""
        return _difference(self.verified, self.current_to_date)

    @property
    def verified_variance_original(self) -> Figure:
        """Verified less what the original plan held up to the data cut-off (F-16, INV-04)."""
        return _difference(self.verified, self.original_to_date)

    @property
    def forecast_percent(self) -> Percent:
        """Forecast in percent of the current plan (F-15)."""
        return _percent(self.current, self.forecast, self.forecast_no_target)

    @property
    def realised_percent(self) -> Percent:
        """Verified in percent of the current plan up to the data cut-off (F-15)."""
        return _percent(self.current_to_date, self.verified, self.verified_no_target)

    @property
    def forecast_rating(self) -> Rating:
        """Forecast saving against the current plan (F-26)."""
        return _rate_saving(self.current, self.forecast, self.forecast_no_target, self.thresholds)

    @property
    def realised_rating(self) -> Rating:
        """Verified saving to date against the current plan to date (F-26)."""
        return _rate_saving(self.current_to_date, self.verified, self.verified_no_target, self.thresholds)

    @property
    def spending_rating(self) -> Rating:
        """Verified cost to date against the current plan to date (F-26)."""
        return _rate(rate_cost, self.current_to_date, self.verified, self.thresholds)


FIGURE_NAMES = tuple(one.name for one in fields(Figures) if one.name != "limits")
_values = attrgetter(*FIGURE_NAMES)


def add_up(parts: Sequence[tuple[int, Figures]]) -> Figures:
    """The sum of figures, each with its sign; one that is missing leaves its sum missing (INV-01)."""
    if len(parts) == 1 and parts[0][0] == 1:
        return parts[0][1]
    signs = [sign for sign, _ in parts]
    if not signs:
        return Figures(*(0 for _ in FIGURE_NAMES))
    columns = zip(*(_values(part) for _, part in parts), strict=True)
    return Figures(
        *(_sum(signs, column) for column in columns),
        limits=_shared([part.limits for _, part in parts]),
    )


def total(figures: Iterable[Figures]) -> Figures:
    """The sum of councils' figures."""
    return add_up([(1, part) for part in figures])


def running(years: Sequence[Figures]) -> list[Figures]:
    """Cumulative figures, one for each year. What does not apply to a year does not to its sum either."""
    sums: list[Figures] = []
    for index, year in enumerate(years):
        is_known = bool(sums) and all(isinstance(figure, int) for figure in _values(sums[-1]))
        sums.append(total([sums[-1], year] if is_known else years[: index + 1]))
    return sums


def pence_or_none(figure: Figure) -> int | None:
    """The figure where there is one."""
    return figure if isinstance(figure, int) else None


def _shared(found: Iterable[Thresholds | None]) -> Thresholds | None:
    """The limits that all share; the defaults where they differ."""
    known = [one for one in found if one is not None]
    if not known:
        return None
    first = known[0]
    return first if all(one is first or one == first for one in known) else DEFAULT_THRESHOLDS


def _sum(signs: Sequence[int], figures: Sequence[Figure]) -> Figure:
    try:
        return int(sum(map(mul, signs, figures)))
    except TypeError:
        return _why_missing(list(zip(signs, figures, strict=True)))


def _why_missing(pairs: Sequence[tuple[int, Figure]]) -> Figure:
    reasons = dict.fromkeys(figure.reason for _, figure in pairs if isinstance(figure, NotAssessable))
    if reasons:
        return NotAssessable("; ".join(reasons))
    inapplicable = [figure for _, figure in pairs if isinstance(figure, NotApplicable)]
    if inapplicable:
        return inapplicable[0]
    return sum(sign * figure for sign, figure in pairs if isinstance(figure, int))


def _difference(value: Figure, plan: Figure) -> Figure:
    if not isinstance(value, int):
        return value
    return variance(value, plan, plan).against_current_pence if isinstance(plan, int) else plan


def _percent(plan: Figure, value: Figure, no_target: Figure) -> Percent:
    if isinstance(plan, int) and isinstance(value, int):
        return realisation_percent(plan, value, pence_or_none(no_target) or 0)
    return value if not isinstance(value, int) else plan if not isinstance(plan, int) else Fraction(0)


def _rate_saving(plan: Figure, value: Figure, no_target: Figure, thresholds: Thresholds) -> Rating:
    if _percent(plan, value, no_target) is NO_TARGET:
        return Rating(RatingWord.NOT_APPLICABLE, NO_TARGET.reason)
    return _rate(rate_savings, plan, _difference(value, no_target), thresholds)


def _rate(rate: Callable[..., Rating], plan: Figure, value: Figure, thresholds: Thresholds) -> Rating:
    missing = next((figure for figure in (plan, value) if not isinstance(figure, int)), None)
    if isinstance(missing, NotApplicable):
        return Rating(RatingWord.NOT_APPLICABLE, missing.reason)
    if isinstance(missing, NotAssessable):
        return Rating(RatingWord.NO_DATA, missing.reason)
    return rate(pence_or_none(plan), pence_or_none(value), thresholds=thresholds)

"""Each panel of savings in a sentence or two that can be read aloud, worked out from its figures."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from benefits.enums import Basis
from benefits.queries.causes import Causes
from benefits.queries.delivery import DeliverySplit
from benefits.queries.figures import Figure
from benefits.queries.measure_trends import MEASURED_IN_POUNDS, MeasureTrend, MeasureTrends
from benefits.queries.over_time import OverTime, PeriodFigures
from benefits.queries.realisation import Realisation
from benefits.queries.scope import Scope
from benefits.rules.measures import noun_of
from benefits.rules.targets import IN_POUNDS, NO_TARGET
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date, format_fy
from core.rules.money import format_prose
from core.rules.rounding import MINUS, format_percent
from core.rules.words import count_of, listed, mid_sentence
from programme.rules.rag import RatingWord

NOTHING_YET = "Nothing has been returned yet."
_RATED = (RatingWord.GREEN, RatingWord.AMBER, RatingWord.RED, RatingWord.NO_DATA)


def over_time_sentence(found: OverTime) -> str:
    """What is verified so far beside the plan for that time, and what is expected at the end."""
    return f"{_so_far(found)} {_at_the_end(found)}".strip()


def causes_sentence(found: Causes | NotAssessable) -> str:
    """How far the forecast is from what was first promised, and why."""
    if isinstance(found, NotAssessable):
        return f"This cannot be worked out: {mid_sentence(found.reason)}."
    when = _when(found.scope)
    first = f"{format_prose(found.original_pence)} was first promised{when}"
    if found.no_forecast:
        return (
            f"{first}; the current plan is {format_prose(found.current_pence)}. {found.no_forecast.reason}."
        )
    difference = found.forecast_pence - found.original_pence
    opening = f"{first}, and {format_prose(found.forecast_pence)} is now expected{_apart(difference)}."
    return " ".join([opening, *_parts(found)])


def delivery_sentence(found: DeliverySplit | NotApplicable) -> str:
    """How much is delivered, on track and at risk."""
    if isinstance(found, NotApplicable):
        return f"{found.reason}."
    total = found.total
    if found.no_forecast:
        return f"{format_prose(total.delivered_pence)} is delivered. {found.no_forecast.reason}."
    return (
        f"Of the {format_prose(total.expected_pence)} now expected{_when(found.scope)}, "
        f"{format_prose(total.delivered_pence)} is delivered, {format_prose(total.on_track_pence)} is on "
        f"track and {format_prose(total.at_risk_pence)} is at risk."
    )


def realisation_sentence(found: Realisation | NotApplicable) -> str:
    """How much of the plan to date is verified, and of the year's plan forecast."""
    if isinstance(found, NotApplicable):
        return f"{found.reason}."
    whole, cut_off = found.whole, found.scope.cut_off
    parts = []
    percent, figures = whole.realised_percent, whole.targeted
    if cut_off is None:
        parts.append(NOTHING_YET)
    elif isinstance(percent, Fraction):
        parts.append(
            f"{format_percent(percent)} of what was planned by {format_date(cut_off)} is verified: "
            f"{_words(figures.verified)} of {_words(figures.current_to_date)}."
        )
    else:
        parts.append(
            f"{_words(whole.to_date.verified)} is verified by {format_date(cut_off)}. {percent.reason}."
        )
    forecast = whole.forecast_percent
    if isinstance(forecast, Fraction):
        parts.append(f"{format_percent(forecast)} of the plan for {format_fy(found.fy)} is forecast.")
    untargeted = len(found.without_target)
    if untargeted:
        verb = "has no target and is" if untargeted == 1 else "have no target and are"
        parts.append(f"{count_of(untargeted, 'benefit')} {verb} not counted.")
    return " ".join(parts)


def measures_sentence(found: MeasureTrends) -> str:
    """How many measures stand how against what was planned of them."""
    if not found.trends:
        return "No measure is recorded for this choice."
    words = Counter(trend.rating.word for trend in found.trends)
    rated = [f"{words[word]} {word.value}" for word in _RATED if words[word]]
    whole = count_of(len(found.trends), "measure")
    in_pounds = sum(trend.compared == MEASURED_IN_POUNDS for trend in found.trends)
    if in_pounds:
        rated.append(f"{in_pounds} measured in pounds alone")
    rest = len(found.trends) - sum(words[word] for word in _RATED) - in_pounds
    if rest:
        rated.append(f"{rest} with no values planned to compare with yet")
    untargeted = sum(not trend.has_target and trend.target_text == NO_TARGET for trend in found.trends)
    ending = f" {untargeted} of them {_have(untargeted)} no target." if untargeted else ""
    return f"Of {whole}, measured against what was planned by now: {listed(rated)}.{ending}"


def trend_sentence(trend: MeasureTrend) -> str:
    """One measure: where it started, where it is, where it should get to."""
    parts = [_where(trend), _target(trend)]
    if isinstance(trend.progress_percent, Fraction):
        parts.append(f"That is {format_percent(trend.progress_percent)} of the way.")
    return " ".join(parts)


def plain(value: Decimal) -> str:
    """A value of a measure as it is read: 3,730,000 or 84.5."""
    whole = value.to_integral_value()
    return f"{whole if whole == value else value.normalize():,f}".replace("-", MINUS)


def _so_far(found: OverTime) -> str:
    last = found.last_over
    if last is None:
        return NOTHING_YET
    noun = mid_sentence(noun_of(found.scope.choice.measure))
    verified, planned = last.at(Basis.VERIFIED), last.at(Basis.CURRENT)
    when = f"By {_day(found, last)}" if found.is_cumulative else f"In {_name(found, last)}"
    claimed = last.at(Basis.CLAIMED)
    more = f", and {_words(claimed)} more is claimed" if isinstance(claimed, int) and claimed else ""
    of_plan = f" of the {_words(planned)} planned{_by_then(found, last)}" if isinstance(planned, int) else ""
    return f"{when}, {_words(verified)} of {noun} is verified{of_plan}{more}."


def _at_the_end(found: OverTime) -> str:
    if not found.periods:
        return ""
    first, last = found.periods[0], found.periods[-1]
    when = f"By {format_date(last.last_on)}"
    if not found.is_cumulative or found.scope.choice.fy:
        when = f"From {format_date(first.first_on)} to {format_date(last.last_on)}"
    planned, forecast = found.total[Basis.CURRENT], found.total[Basis.FORECAST]
    if not isinstance(planned, int):
        return f"{_reason(planned)}."
    if not isinstance(forecast, int):
        return f"{when}, {format_prose(planned)} is planned. {_reason(forecast)}."
    return f"{when}, {format_prose(forecast)} is expected{_against(forecast, planned)}."


def _parts(found: Causes) -> list[str]:
    """Why, each cause that moved something in a sentence."""
    said = []
    changes = [
        f"{one.words.rstrip('.')} (plan version {one.number}) {_moved(pence)}"
        for one, pence in found.changes
        if pence
    ]
    if changes:
        said.append(f"{'; '.join(changes)}.")
    if found.amount_pence:
        said.append(f"Other amounts than planned {_move(found.amount_pence)}.")
    if found.timing_pence:
        said.append(f"Amounts that now come in another year {_move(found.timing_pence)}.")
    elif found.moved_pence:
        said.append(
            f"{format_prose(found.moved_pence)} comes in another year than planned, which changes no total."
        )
    return said


def _moved(pence: int) -> str:
    return f"{'adds' if pence > 0 else 'takes off'} {format_prose(abs(pence))}"


def _move(pence: int) -> str:
    return f"{'add' if pence > 0 else 'take off'} {format_prose(abs(pence))}"


def _where(trend: MeasureTrend) -> str:
    name, unit = trend.name, _unit(trend)
    if trend.latest_value is None:
        if trend.starting_value is None:
            return f"{name}: nothing has been measured and no starting value is recorded."
        return f"{name} started at {plain(trend.starting_value)}{unit}; nothing has been measured since."
    when = f" for {trend.latest.words}" if trend.latest else ""
    value = f"{name}: {plain(trend.latest_value)}{unit} was measured{when}"
    if trend.starting_value is None:
        return f"{value}. No starting value is recorded."
    return f"{value}, from {plain(trend.starting_value)} at the start."


def _target(trend: MeasureTrend) -> str:
    if not trend.has_target and trend.target_text == IN_POUNDS:
        return "The target is in pounds."
    if trend.target_value is None:
        return f"{trend.target_text.rstrip('.')}."
    return f"The target is {plain(trend.target_value)}."


def _unit(trend: MeasureTrend) -> str:
    return f" {trend.unit}" if trend.unit else ""


def _apart(difference: int) -> str:
    if not difference:
        return ", the same in all"
    return f": {format_prose(abs(difference))} {'more' if difference > 0 else 'less'}"


def _against(forecast: int, planned: int) -> str:
    if forecast == planned:
        return " as planned"
    side = "more" if forecast > planned else "less"
    return f": {format_prose(abs(forecast - planned))} {side} than in the current plan"


def _day(found: OverTime, last: PeriodFigures) -> str:
    cut_off = found.scope.cut_off
    return format_date(min(last.last_on, cut_off) if cut_off else last.last_on)


def _name(found: OverTime, last: PeriodFigures) -> str:
    return last.words if _is_over(found, last) else f"{last.words} so far"


def _by_then(found: OverTime, last: PeriodFigures) -> str:
    return "" if _is_over(found, last) else f" by {format_date(last.last_on)}"


def _is_over(found: OverTime, last: PeriodFigures) -> bool:
    return found.scope.cut_off is not None and last.last_on <= found.scope.cut_off


def _when(scope: Scope) -> str:
    return f" for {format_fy(scope.choice.fy)}" if scope.choice.fy else ""


def _words(figure: Figure) -> str:
    return format_prose(figure) if isinstance(figure, int) else str(figure).lower()


def _reason(figure: Figure) -> str:
    return "" if isinstance(figure, int) else figure.reason


def _have(number: int) -> str:
    return "has" if number == 1 else "have"

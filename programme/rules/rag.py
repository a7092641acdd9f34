"""Red, amber and green from exact values, each with its reason in words (F-26, INV-45)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

from core.errors import Refusal
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from core.rules.rounding import format_percent
from core.rules.words import count_of
from programme.enums import MilestoneState
from programme.rules.milestone import MilestoneProgress, days_overdue, milestone_state, variance_days

HIGHEST_RISK_SCORE = 25


class RatingWord(StrEnum):
    """Words of a rating, as printed."""

    GREEN = "Green"
    AMBER = "Amber"
    RED = "Red"
    COMPLETE = "Complete"
    ACHIEVED = "Achieved"
    CANCELLED = "Cancelled"
    NO_DATA = "No data"
    NOT_APPLICABLE = "Not applicable"


_SEVERITY = {
    RatingWord.COMPLETE: 1,
    RatingWord.ACHIEVED: 2,
    RatingWord.GREEN: 3,
    RatingWord.NO_DATA: 4,
    RatingWord.AMBER: 5,
    RatingWord.RED: 6,
}


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating's word and why it was given."""

    word: RatingWord
    reason: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where Green ends and Amber ends, per programme; percents of plan, pence, days and scores.

    Refuses an Amber threshold that is not worse than the Green one (row 88).
    """

    savings_green_percent: int | Fraction = 95
    savings_amber_percent: int | Fraction = 80
    shortfall_amber_pence: int = 10_000 * 100
    cost_green_percent: int | Fraction = 100
    cost_amber_percent: int | Fraction = 110
    milestone_amber_days: int = 28
    stale_forecast_days: int = 14
    risk_green_score: int = 5
    risk_amber_score: int = 12
    measure_green_percent: int | Fraction = 90
    measure_amber_percent: int | Fraction = 70

    def __post_init__(self) -> None:
        for name, green, amber in (
            ("savings_amber_percent", self.savings_green_percent, self.savings_amber_percent),
            ("measure_amber_percent", self.measure_green_percent, self.measure_amber_percent),
        ):
            if amber >= green:
                raise Refusal("Amber threshold must be lower than the Green threshold", name, "88")
        for name, green, amber in (
            ("cost_amber_percent", self.cost_green_percent, self.cost_amber_percent),
            ("risk_amber_score", self.risk_green_score, self.risk_amber_score),
        ):
            if amber <= green:
                raise Refusal("Amber threshold must be higher than the Green threshold", name, "88")


DEFAULT_THRESHOLDS = Thresholds()


def rate_savings(
    plan_pence: int | None,
    value_pence: int | None,
    *,
    verified_pence: int | None = None,
    is_period_over: bool = False,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Rating:
    """Rate a forecast or cumulative saving against the current plan (F-26).

    Not applicable without a plan above £0, where a percentage means nothing (INV-35); `rate_low_plan`
    then compares in pounds. Complete once the period is over and all of the plan is verified.
    """
    if plan_pence is None:
        return Rating(RatingWord.NOT_APPLICABLE, "No target is set")
    if value_pence is None:
        return Rating(RatingWord.NO_DATA, "No amount has been entered")
    if plan_pence <= 0:
        return Rating(
            RatingWord.NOT_APPLICABLE, f"Plan is not above £0. {_against_plan(plan_pence, value_pence)}"
        )
    if is_period_over and verified_pence is not None and verified_pence >= plan_pence:
        return Rating(
            RatingWord.COMPLETE, f"{format_pounds(verified_pence)} verified of {format_pounds(plan_pence)}"
        )
    from_green = value_pence - Fraction(plan_pence) * thresholds.savings_green_percent / 100
    if from_green >= 0:
        return Rating(RatingWord.GREEN, _from_threshold(from_green, "Green"))
    from_amber = value_pence - Fraction(plan_pence) * thresholds.savings_amber_percent / 100
    if from_amber >= 0:
        return Rating(RatingWord.AMBER, _from_threshold(from_green, "Green"))
    return Rating(RatingWord.RED, _from_threshold(from_amber, "Amber"))


def rate_low_plan(
    plan_pence: int, value_pence: int, *, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Rating:
    """Rate a saving whose plan is £0 or less by its shortfall in pounds (F-26, plan <= 0)."""
    return _rate_shortfall(plan_pence - value_pence, _against_plan(plan_pence, value_pence), thresholds)


def rate_cost(
    plan_pence: int | None, spend_pence: int | None, *, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Rating:
    """Rate spend against planned cost (F-26). A plan of £0 is compared in pounds, as `rate_low_plan`."""
    if plan_pence is None:
        return Rating(RatingWord.NOT_APPLICABLE, "No planned cost is set")
    if spend_pence is None:
        return Rating(RatingWord.NO_DATA, "No amount has been entered")
    if plan_pence <= 0:
        return _rate_shortfall(spend_pence - plan_pence, _against_plan(plan_pence, spend_pence), thresholds)
    from_green = spend_pence - Fraction(plan_pence) * thresholds.cost_green_percent / 100
    if from_green <= 0:
        return Rating(RatingWord.GREEN, _from_threshold(from_green, "Green"))
    from_amber = spend_pence - Fraction(plan_pence) * thresholds.cost_amber_percent / 100
    if from_amber <= 0:
        return Rating(RatingWord.AMBER, _from_threshold(from_green, "Green"))
    return Rating(RatingWord.RED, _from_threshold(from_amber, "Amber"))


def rate_milestone(
    *,
    plan: ImpreciseDate | None,
    forecast: ImpreciseDate | None,
    actual: ImpreciseDate | None,
    stated_state: str,
    as_of: date,
    forecast_made_on: date | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Rating:
    """Rate a milestone by its variance from plan, or by how long it has been overdue (F-26).

    An overdue milestone is at least as late as `as_of`: it cannot be achieved before then.
    """
    progress = milestone_state(
        plan=plan, forecast=forecast, actual=actual, stated_state=stated_state, as_of=as_of
    )
    if progress == MilestoneProgress.CANCELLED:
        return Rating(RatingWord.CANCELLED, "Cancelled")
    if progress == MilestoneProgress.DONE:
        return Rating(RatingWord.ACHIEVED, _achieved(plan, actual))
    due = forecast or plan
    if due is None or stated_state == MilestoneState.EXTERNAL_DATE:
        return Rating(RatingWord.NOT_APPLICABLE, "No planned date of the programme's own")
    overdue_days = days_overdue(due, as_of)
    if overdue_days:
        return _rate_overdue(plan or due, due, as_of, forecast_made_on, thresholds)
    return _rate_variance(variance_days(plan or due, due), thresholds)


def rate_risk(score: int, *, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Rating:
    """Rate a risk by its score, likelihood times impact, 1 to 25 (F-26)."""
    if not 1 <= score <= HIGHEST_RISK_SCORE:
        raise Refusal(f"Risk score must be from 1 to {HIGHEST_RISK_SCORE}", code="F-26")
    reason = f"Score {score} of {HIGHEST_RISK_SCORE}"
    if score <= thresholds.risk_green_score:
        return Rating(RatingWord.GREEN, reason)
    return Rating(RatingWord.AMBER if score <= thresholds.risk_amber_score else RatingWord.RED, reason)


def rate_measure(
    percent_of_trajectory: Fraction | NotAssessable | NotApplicable,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Rating:
    """Rate a measure by how much of its planned trajectory it has reached, in percent (F-26)."""
    if isinstance(percent_of_trajectory, NotApplicable):
        return Rating(RatingWord.NOT_APPLICABLE, percent_of_trajectory.reason)
    if isinstance(percent_of_trajectory, NotAssessable):
        return Rating(RatingWord.NO_DATA, percent_of_trajectory.reason)
    reached = f"{format_percent(percent_of_trajectory)} of the trajectory"
    green, amber = thresholds.measure_green_percent, thresholds.measure_amber_percent
    if percent_of_trajectory >= green:
        return Rating(RatingWord.GREEN, f"{reached}, at least {format_percent(green, 0)}")
    if percent_of_trajectory >= amber:
        return Rating(RatingWord.AMBER, f"{reached}, below {format_percent(green, 0)}")
    return Rating(RatingWord.RED, f"{reached}, below {format_percent(amber, 0)}")


def roll_up(parts: Mapping[str, Rating]) -> Rating:
    """The worst of the named ratings, with the name of the first part that has it (F-26).

    No data counts as Amber. What is cancelled or not applicable is left out.
    """
    rated = [(name, part) for name, part in parts.items() if part.word in _SEVERITY]
    if not rated:
        return Rating(RatingWord.NOT_APPLICABLE, "Nothing to rate")
    name, worst = max(rated, key=lambda named: _SEVERITY[named[1].word])
    word = RatingWord.AMBER if worst.word == RatingWord.NO_DATA else worst.word
    return Rating(word, f"{name}: {worst.reason}")


def _rate_shortfall(shortfall_pence: int, reason: str, thresholds: Thresholds) -> Rating:
    if shortfall_pence <= 0:
        return Rating(RatingWord.GREEN, reason)
    limit = format_pounds(thresholds.shortfall_amber_pence)
    if shortfall_pence <= thresholds.shortfall_amber_pence:
        return Rating(RatingWord.AMBER, f"{reason}, no more than {limit}")
    return Rating(RatingWord.RED, f"{reason}, more than {limit}")


def _rate_overdue(
    plan: ImpreciseDate,
    due: ImpreciseDate,
    as_of: date,
    forecast_made_on: date | None,
    thresholds: Thresholds,
) -> Rating:
    overdue_for = f"{count_of(days_overdue(due, as_of), 'day')} overdue"
    since = max(due.last_on, forecast_made_on) if forecast_made_on else due.last_on
    days_silent = (as_of - since).days
    if days_silent >= thresholds.stale_forecast_days:
        return Rating(
            RatingWord.RED, f"{overdue_for} with no new forecast for {count_of(days_silent, 'day')}"
        )
    days_late = days_overdue(plan, as_of)
    if days_late > thresholds.milestone_amber_days:
        return Rating(RatingWord.RED, f"{overdue_for}, {_days_from_plan(days_late)}")
    return Rating(RatingWord.AMBER, overdue_for)


def _rate_variance(days: int, thresholds: Thresholds) -> Rating:
    reason = _days_from_plan(days).capitalize()
    if days <= 0:
        return Rating(RatingWord.GREEN, reason)
    word = RatingWord.AMBER if days <= thresholds.milestone_amber_days else RatingWord.RED
    return Rating(word, reason)


def _achieved(plan: ImpreciseDate | None, actual: ImpreciseDate | None) -> str:
    if actual is None:
        return "Achieved, date not stated"
    if plan is None:
        return "Achieved, no plan date to compare with"
    return f"Achieved {_days_from_plan(variance_days(plan, actual))}"


def _days_from_plan(days: int) -> str:
    if days == 0:
        return "on plan"
    return f"{count_of(abs(days), 'day')} {'late' if days > 0 else 'early'}"


def _against_plan(plan_pence: int, value_pence: int) -> str:
    if value_pence == plan_pence:
        return "On plan"
    side = "above" if value_pence > plan_pence else "below"
    return f"{format_pounds(abs(value_pence - plan_pence))} {side} plan"


def _from_threshold(gap: Fraction, threshold: str) -> str:
    """£20.00 below the Green threshold; part of a penny counts as a penny, so never £0.00."""
    if gap == 0:
        return f"At the {threshold} threshold"
    return f"{format_pounds(ceil(abs(gap)))} {'above' if gap > 0 else 'below'} the {threshold} threshold"

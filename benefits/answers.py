"""The questions a member asks of the savings page, each answered in a sentence of figures."""

from __future__ import annotations

from dataclasses import dataclass

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figures
from benefits.queries.savings import SavingsAgainstPlan
from benefits.rules.measures import COST_MEASURES
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date, month_name
from core.rules.money import format_pounds, format_prose
from core.rules.rounding import format_percent
from core.rules.words import listed
from programme.rules.rag import RatingWord, roll_up

_OPENING = {
    RatingWord.COMPLETE: "Yes",
    RatingWord.GREEN: "Yes",
    RatingWord.AMBER: "Nearly",
    RatingWord.RED: "No",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, a word and one or two sentences; `url` leads to the part of the page that proves it."""

    question: str
    word: str
    text: str
    url: str = ""
    more: str = ""


def savings_answers(result: SavingsAgainstPlan) -> list[Answer]:
    """Are we saving what we said, what is verified, is it fair, what did it cost, when does it pay back?"""
    found = (
        _saving(result),
        _fairness(result),
        _spending(result),
        _payback(result),
        _returns(result),
    )
    return [answer for answer in found if answer is not None]


def _saving(result: SavingsAgainstPlan) -> Answer | None:
    measure = result.choice.measure
    gross = None if measure in COST_MEASURES else result.of(measure)
    if gross is None:
        return None
    later = next((year for year in reversed(gross.years) if year.fy <= result.this_fy + 1), gross.years[-1])
    rating = roll_up({"Verified": gross.total.realised_rating, "Forecast": later.cumulative.forecast_rating})
    return Answer(
        "Are we saving what we said?",
        rating.word.value,
        f"{_so_far(result, gross.total, rating.word)} {_expected(result, later.cumulative)}",
        "#savings",
        more=" ".join(filter(None, (_banked(gross.total), _still_claimed(gross.total)))),
    )


def _so_far(result: SavingsAgainstPlan, total: Figures, word: RatingWord) -> str:
    verified, planned = total.verified, total.current_to_date
    if result.cut_off is None or not isinstance(verified, int) or not isinstance(planned, int):
        return "Nothing has been returned yet."
    opening = f"{_OPENING[word]}: " if word in _OPENING else ""
    of_plan = f" of the {format_prose(planned)} planned" if planned else ""
    return f"{opening}{format_prose(verified)} is verified{of_plan} by {format_date(result.cut_off)}."


def _banked(total: Figures) -> str:
    """How much of what is verified has moved a budget."""
    if not isinstance(total.banked, int) or not total.verified:
        return ""
    if total.banked == total.verified:
        return "All that is verified is banked: budgets were reduced by it."
    return f"{format_prose(total.banked)} of what is verified is banked: out of a budget."


def _still_claimed(total: Figures) -> str:
    if not isinstance(total.claimed, int) or not total.claimed:
        return ""
    return f"{format_prose(total.claimed)} more is claimed and not yet verified."


def _expected(result: SavingsAgainstPlan, figures: Figures) -> str:
    last = result.months[-1].month_end if result.months else None
    if last is None:
        return ""
    by = f"By {format_date(last)}"
    if not isinstance(figures.forecast, int) or not isinstance(figures.current, int):
        return f"{by} there is no complete forecast."
    difference = figures.forecast - figures.current
    if difference == 0:
        return f"{by} we expect {format_prose(figures.forecast)}, which is the current plan."
    side = "more" if difference > 0 else "less"
    return (
        f"{by} we expect {format_prose(figures.forecast)}, which is {format_prose(abs(difference))} "
        f"{side} than the current plan."
    )


def _fairness(result: SavingsAgainstPlan) -> Answer | None:
    question = "Is every council getting its fair share?"
    comparison = next(iter(result.equity), None)
    if comparison is None:
        return None
    if not isinstance(comparison.rows, tuple):
        return Answer(question, "Not assessable", f"{comparison.rows.reason}.", "#fair")
    measured, other = comparison.measured.lower(), comparison.compared_with.lower()
    if not comparison.flagged:
        return Answer(
            question,
            "Within 5 points",
            f"Each council’s share of the {measured} is within 5 points of its {comparison.other_share}.",
            "#fair",
        )
    lowest = min(comparison.flagged, key=lambda row: row.difference_points)
    ours, theirs = format_percent(lowest.share_percent), format_percent(lowest.other_percent)
    had = f"by them it would get {theirs}" if comparison.is_by_key else f"has {theirs} of the {other}"
    text = f"Not by {other}: {lowest.council} gets {ours} of the {measured} and {had}."
    return Answer(question, "Flagged", text, "#fair")


def _spending(result: SavingsAgainstPlan) -> Answer | None:
    row = result.of(Measure.ONE_OFF_COST)
    if row is None or result.cut_off is None:
        return None
    spent, planned = row.total.verified, row.total.current_to_date
    if not isinstance(spent, int) or not isinstance(planned, int):
        return None
    return Answer(
        "What has it cost so far?",
        row.total.spending_rating.word.value,
        f"{format_prose(spent)} of one-off cost is verified, of the {format_prose(planned)} planned "
        f"by {format_date(result.cut_off)}.",
        "#costs",
    )


def _payback(result: SavingsAgainstPlan) -> Answer | None:
    question = "When does it pay back?"
    whole = {row.basis: row for row in result.paybacks if row.council is None}
    known = (
        whole[basis]
        for basis in (Basis.FORECAST, Basis.CURRENT)
        if basis in whole and not isinstance(whole[basis].result, NotAssessable)
    )
    row = next(known, None)
    if row is None:
        return None
    told = f"by the {row.basis.label.lower()}"
    if row.paid_back_by is None:
        return Answer(question, "Not within the period", f"{row.result}, {told}.", "#payback")
    word = f"{month_name(row.paid_back_by)} {row.paid_back_by.year}"
    start = f" from {format_date(row.origin_on)}" if row.origin_on else ""
    return Answer(question, word, f"After {row.result}{start}, all costs included, {told}.", "#payback")


def _returns(result: SavingsAgainstPlan) -> Answer | None:
    """What is still to be verified, or returned, for the month of the data cut-off."""
    if result.cut_off is None:
        return None
    question = "Are the figures complete?"
    month = month_name(result.cut_off)
    claimed = [row.council.name for row in result.returns if row.savings.basis == Basis.CLAIMED]
    absent = [row.council.name for row in result.returns if row.savings.basis is None]
    waiting = len(claimed) + len(absent)
    if not waiting:
        return Answer(question, "Complete", f"Every council’s savings for {month} are verified.", "#returns")
    parts = []
    if claimed:
        amount = format_pounds(result.headline.claimed_only_pence)
        parts.append(
            f"{listed(claimed)} claimed savings for {month} that are not verified ({amount} in all)."
        )
    if absent:
        parts.append(f"{listed(absent)} returned no savings for {month}.")
    return Answer(question, f"{waiting} waiting", " ".join(parts), "#returns")

"""What the page of one council answers at its top, each in a word and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date, fy_end
from core.rules.money import format_prose
from core.rules.rounding import format_number, format_percent, round_to
from core.rules.words import count_of
from governance.rules.position import Position

Figure = int | NotAssessable | NotApplicable


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """A question a member asks, the word on its tag, a sentence, and a further one in grey."""

    question: str
    word: str
    text: str
    more: str = ""
    url: str = ""


def savings_answer(
    *, planned: Figure, verified: Figure, claimed: Figure, rating: str, cut_off: date | None
) -> MemberAnswer:
    """Verified saving against what was planned up to the data cut-off."""
    question = "Are we saving what was planned?"
    missing = next((figure for figure in (planned, verified) if not isinstance(figure, int)), None)
    if missing is not None or not isinstance(planned, int) or not isinstance(verified, int):
        return MemberAnswer(question, str(missing), f"{missing.reason}." if missing else "")
    until = f" to {format_date(cut_off)}" if cut_off else ""
    text = f"{format_prose(verified)} verified of {format_prose(planned)} planned{until}."
    claim = claimed if isinstance(claimed, int) else 0
    more = f"{format_prose(claim)} more is claimed and not verified." if claim else ""
    return MemberAnswer(question, rating, text, more, "#savings")


def net_answer(
    *, planned: Figure, forecast: Figure, last_fy: int | None, present_pence: int | None = None
) -> MemberAnswer:
    """Whether the council is better or worse off at the end of the appraisal period, in cash.

    `present_pence` is the same at net present value, which is told where it answers otherwise.
    """
    question = "Are we better off in the end?"
    known = forecast if isinstance(forecast, int) else planned
    if not isinstance(known, int) or last_fy is None:
        reason = known.reason if isinstance(known, NotAssessable | NotApplicable) else "No plan is recorded"
        return MemberAnswer(question, str(NotAssessable(reason)), f"{reason}.")
    basis = "forecast" if isinstance(forecast, int) else "current plan"
    side = "better" if known >= 0 else "worse"
    text = (
        f"By {format_date(fy_end(last_fy))} the {basis} leaves the council "
        f"{format_prose(abs(known))} {side} off in cash."
    )
    is_other = present_pence is not None and (present_pence >= 0) != (known >= 0)
    more = f"At net present value it is {_off(present_pence or 0)}." if is_other else ""
    return MemberAnswer(question, f"{side.capitalize()} off", text, more, "#net")


def fairness_answer(
    *, share: Fraction | None, key: Fraction | None, is_flagged: bool, reason: str, is_by_key: bool = False
) -> MemberAnswer:
    """The council's share of the net benefit beside what the agreed keys give it, or its population."""
    question = "Do we get our share?"
    if share is None or key is None:
        return MemberAnswer(question, str(NotAssessable(reason)), f"{reason}.")
    ours, other = format_percent(share), format_percent(key)
    against = f"{other} by the agreed keys" if is_by_key else f"{other} of the population"
    text = f"{ours} of the planned net saving, against {against}."
    return MemberAnswer(question, "Flagged" if is_flagged else "Within 5 points", text, url="#share")


def decisions_answer(open_positions: Sequence[tuple[str, Position]]) -> MemberAnswer:
    """What waits for the council, the soonest first; pairs of a decision's title and the position."""
    question = "What must we decide?"
    if not open_positions:
        return MemberAnswer(question, "Nothing", "No decision waits for this council.", url="#decisions")
    dated = [pair for pair in open_positions if pair[1].decided_on and not pair[1].agrees]
    soonest = min(dated, key=lambda pair: pair[1].decided_on or date.max, default=None)
    word = f"{len(open_positions)} open"
    if soonest is None:
        title, position = open_positions[0]
        return MemberAnswer(question, word, f"{title}: {position.next_step}.", url="#decisions")
    title, position = soonest
    text = f"Next, on {format_date(position.decided_on or date.max)}: {title}."
    return MemberAnswer(
        question, word, text, f"{position.next_step}." if position.next_step else "", "#decisions"
    )


def milestones_answer(*, late: Sequence[str], due: int, due_until: date) -> MemberAnswer:
    """How many of the council's milestones are late or due; `late` holds their titles, the oldest first."""
    question = "What is late?"
    number = f"{count_of(due, 'milestone')} {'is' if due == 1 else 'are'}" if due else "Nothing is"
    coming = f"{number} due by {format_date(due_until)}."
    if not late:
        return MemberAnswer(question, "Nothing", f"Nothing is late. {coming}", url="#milestones")
    text = f"Late the longest: {late[0]}."
    return MemberAnswer(question, f"{len(late)} late", text, coming, "#milestones")


def position_sentence(council: str, basis: str, net: int, after: int) -> str:
    """Cash: Carrick is £14,179.58 better off; with compensation, £20,000 better off."""
    said = f"{basis}: {council} is {_off(net)}"
    return f"{said}; with compensation, {_off(after)}." if after != net else f"{said}."


def _off(pence: int) -> str:
    if pence == 0:
        return "neither better nor worse off"
    return f"{format_prose(abs(pence))} {'better' if pence > 0 else 'worse'} off"


def points_in_words(difference: Fraction) -> str:
    """2.4 points above, 26.0 points below, or equal, which a difference is that rounds to 0.0."""
    if round_to(difference, 1) == 0:
        return "equal"
    return f"{format_number(abs(difference), 1)} points {'above' if difference > 0 else 'below'}"

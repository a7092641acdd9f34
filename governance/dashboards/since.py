"""What changed since the steering body last met, in sentences that compare with the state at that date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.words import count_of, listed, mid_sentence
from governance.dashboards.answers import named
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.meetings import SteeringMeetings
from governance.programme_answers import blocked_words
from governance.queries.changes import Answered, Changes
from governance.queries.decisions import DecisionRow
from governance.rules.board import Group
from programme.overview.slip_charts import slippage_sentence
from programme.queries.overview.slippage import SlipRow
from programme.queries.risk_changes import RiskChanges

_NAMED = 2


def since_heading(since: date | None) -> str:
    """Since your last meeting, on 22 September 2026."""
    return f"Since your last meeting, on {format_date(since)}" if since else "Since your last meeting"


def nothing_to_compare(meetings: SteeringMeetings) -> str:
    """That there was no meeting yet."""
    return f"{meetings.name} has held no meeting yet, so there is nothing to compare with."


def since_sentences(facts: SteeringFacts) -> list[str]:
    """Of one programme: pounds, milestones that moved, decisions, the registers, and people."""
    changes, slippage = facts.changes, facts.slippage
    if changes is None or slippage is None:
        return [nothing_to_compare(facts.meetings)]
    return [
        *_pounds(changes),
        slippage_sentence(slippage),
        decided_sentence(changes.effective, changes.answered),
        risks_sentence([changes.risks]),
        people_sentence([changes]),
    ]


def all_sentences(found: Sequence[Changes]) -> list[str]:
    """The same of several programmes together; sums of what each of them holds."""
    return [
        *_all_pounds(found),
        _all_moved(found),
        decided_sentence(
            [row for one in found for row in one.effective], [row for one in found for row in one.answered]
        ),
        risks_sentence([one.risks for one in found]),
        people_sentence(found),
    ]


def _pounds(changes: Changes) -> list[str]:
    if changes.now.is_empty:
        return []
    if changes.then.is_empty:
        return ["No saving was recorded by then."]
    said = [_verified(changes.verified_more)]
    if changes.forecast_more is not None:
        moved = changes.forecast_more
        said.append(
            f"the forecast of the whole plan is {more(moved)}" if moved else "the forecast has not changed"
        )
    if changes.plan_more:
        said.append(f"the plan itself is {more(changes.plan_more)}")
    return [f"{'; '.join(said)}."]


def _all_pounds(found: Sequence[Changes]) -> list[str]:
    """Sums of those with figures then; how many had none by then."""
    there = [one for one in found if not one.then.is_empty]
    new = sum(one.then.is_empty and not one.now.is_empty for one in found)
    late = f" {count_of(new, 'programme')} had recorded none by then." if new else ""
    if not there:
        return [f"No saving was recorded by then.{late}"] if new else []
    said = [_verified(sum(one.verified_more for one in there))]
    forecasts = [one.forecast_more for one in there if one.forecast_more is not None]
    if forecasts:
        of = "the forecasts" if len(forecasts) == len(there) else f"the forecasts of {len(forecasts)} of them"
        moved = sum(forecasts)
        said.append(f"{of} are {more(moved)}" if any(forecasts) else f"{of} have not changed")
    over = f"Over {count_of(len(there), 'programme')} " if len(found) > 1 else ""
    text = "; ".join(said)
    return [f"{over}{mid_sentence(text) if over else text}.{late}"]


def _verified(pence: int) -> str:
    return f"{more(pence) if pence else 'No more'} cashable saving is verified than then"


def more(pence: int) -> str:
    """£1,000 more, £240 less."""
    return f"{format_prose(abs(pence))} {'less' if pence < 0 else 'more'}"


def _all_moved(found: Sequence[Changes]) -> str:
    later = sorted(
        (slip for one in found for slip in one.slippage.later), key=lambda slip: -(slip.slippage_days or 0)
    )
    said = [_latest(later, is_of_many=len(found) > 1)] if later else ["No milestone moved later"]
    for number, word in (
        (sum(len(one.slippage.earlier) for one in found), "moved earlier"),
        (sum(len(one.slippage.achieved) for one in found), "achieved"),
    ):
        if number:
            said.append(f"{number} {word}")
    return f"{'; '.join(said)}."


def _latest(later: Sequence[SlipRow], *, is_of_many: bool) -> str:
    worst = later[0]
    of = f" of {worst.row.milestone.programme.name}" if is_of_many else ""
    days = count_of(worst.slippage_days or 0, "day")
    moved = f"{count_of(len(later), 'milestone')} moved later"
    return f"{moved}, {worst.row.milestone.title}{of} the most, by {days}"


def decided_sentence(effective: Sequence[DecisionRow], answered: Sequence[Answered]) -> str:
    """Which decisions took effect after a day, and which councils decided on what is not in effect."""
    names = [named(row) for row in effective]
    took = f"{listed(names)} took effect." if names else "No decision took effect."
    return " ".join([took, *(_answered(one) for one in answered)])


def _answered(one: Answered) -> str:
    said = f"{listed(one.councils)} decided on {named(one.row)}."
    return f"{said} {blocked_words(one.row)}" if one.row.group == Group.BLOCKED else said


def risks_sentence(found: Sequence[RiskChanges]) -> str:
    """What was raised, scored anew and closed in the registers."""
    if not any(one.was_recorded for one in found):
        return "No entry of the registers was recorded by then."
    groups = (
        ("New in the registers", [str(risk.title) for one in found for risk in one.raised]),
        ("Scored higher", [str(move) for one in found for move in one.higher]),
        ("Scored lower", [str(move) for one in found for move in one.lower]),
        ("Closed", [str(risk.title) for one in found for risk in one.closed]),
    )
    said = [f"{word}: {_some(names)}." for word, names in groups if names]
    return " ".join(said) or "No entry of the registers is new, scored anew or closed."


def people_sentence(found: Sequence[Changes]) -> str:
    """Consultations that started and ended, and whose posts removed were stated anew."""
    people = [one.people for one in found]
    started = [str(consultation) for one in people for consultation in one.started]
    ended = [str(consultation) for one in people for consultation in one.ended]
    stated = list(dict.fromkeys(name for one in people for name in one.stated))
    said = [f"Started: {_some(started)}."] if started else []
    said += [f"Ended: {_some(ended)}."] if ended else []
    said += [f"{listed(stated)} stated posts removed anew."] if stated else []
    return " ".join(said) or "No consultation started or ended."


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{rest:,} more"]) if rest > 0 else listed(names)

"""Can we start? Each thing that a decision still waits for, whose it is, and the earliest lawful day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.publication import shown
from core.rules.calendar import bank_holidays, format_date
from core.rules.words import listed
from governance.actions.effect import what_stops
from governance.models import CouncilDecision, Decision
from governance.queries.facts import proposal_of, standing_conditions, with_answers
from governance.rules.explain import Explanation, explain
from governance.rules.facts import Day, Proposal
from governance.rules.position import Position
from governance.rules.start import Standing, Start, StartWord, can_start


class WaitsFor(StrEnum):
    """What sort of thing a decision waits for."""

    BODY = "body"
    COUNCIL = "council"
    PUBLICATION = "publication"
    CALL_IN = "call_in"
    SCRUTINY = "scrutiny"
    CONDITION = "condition"
    DAY = "day"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing waited for: whose it is, what they do next, and the earliest day on which it can be done."""

    kind: WaitsFor
    whose: str
    council: str
    what: str
    earliest_on: date | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer to "Can we start?" with its reasons, as it stands on a day."""

    decision: Decision
    as_of: date
    can_start: bool
    word: str
    explanation: Explanation
    earliest_on: date | None
    missing: str
    waits: tuple[Wait, ...]
    lapses_on: date | None


def readiness_of(decision: Decision, *, as_of: date) -> Readiness:
    """Whether the decision can be carried out on the day, and what it waits for. At most eleven queries."""
    linked = Decision.objects.filter(pk=decision.pk).select_related("business_case", "agreement")
    stored = with_answers(linked).get()
    proposal, day = proposal_of(stored), Day(as_of, bank_holidays())
    start = can_start(proposal, day)
    stops = what_stops(stored) if start.standing in _CAN_MOVE else []
    is_held = bool(stops) and start.word == StartWord.YES
    waits = (*_waits(stored, proposal, start, day), *_of_approved(stored, stops))
    return Readiness(
        decision=stored,
        as_of=as_of,
        can_start=start.word == StartWord.YES and not is_held,
        word=StartWord.NOT_YET.value if is_held else start.word.value,
        explanation=explain(start, proposal, day),
        earliest_on=None if is_held else start.on,
        missing=". ".join(stops) if is_held else start.missing,
        waits=waits,
        lapses_on=start.lapses_on,
    )


def waits_in_words(decision: Decision, *, as_of: date) -> str:
    """Carrick has not decided yet: why a decision is not in effect, in a sentence; empty where it is.

    Six queries.
    """
    stored = with_answers(Decision.objects.filter(pk=decision.pk)).get()
    start = can_start(proposal_of(stored), Day(as_of, bank_holidays()))
    if start.word == StartWord.YES:
        return ""
    undecided = [one.council for one in start.required if one.is_waiting and not one.agrees]
    if undecided:
        return f"{listed(undecided)} {'has' if len(undecided) == 1 else 'have'} not decided yet"
    if start.on is not None:
        return f"The earliest date is {format_date(start.on)}"
    return start.missing or "The councils have not approved the same text"


_CAN_MOVE = (
    Standing.ON_AGENDA,
    Standing.RATIFYING,
    Standing.CALL_IN,
    Standing.CALLED_IN,
)


def _waits(decision: Decision, proposal: Proposal, start: Start, day: Day) -> list[Wait]:
    """In the order in which things must happen; nothing once it is in effect, blocked or over."""
    if start.standing not in _CAN_MOVE:
        return []
    rows = zip(decision.council_decisions.all(), start.positions, strict=True)
    return [
        *_of_body(proposal, start),
        *(_of_council(row, position, start) for row, position in rows if _is_awaited(position)),
        *_of_conditions(decision, day),
        *_of_day(proposal, day),
    ]


def _is_awaited(position: Position) -> bool:
    return position.is_waiting and not position.is_left_out


def _of_body(proposal: Proposal, start: Start) -> list[Wait]:
    if start.standing != Standing.ON_AGENDA:
        return []
    body = proposal.body or "The joint body"
    on = f" on {format_date(proposal.meeting_on)}" if proposal.meeting_on else ""
    return [
        Wait(WaitsFor.BODY, body, "", f"Considers version {proposal.text_number}{on}", proposal.meeting_on)
    ]


def _of_council(row: CouncilDecision, position: Position, start: Start) -> Wait:
    key = row.council.key if row.council else ""
    kind = _kind_of(position)
    whose = position.council
    if kind in {WaitsFor.CALL_IN, WaitsFor.SCRUTINY}:
        whose = f"{position.council} scrutiny"
    what = position.next_step or position.missing or position.word.value
    return Wait(kind, whose, key, what, position.effective_on)


def _kind_of(position: Position) -> WaitsFor:
    if position.is_called_in:
        return WaitsFor.SCRUTINY
    if not position.agrees:
        return WaitsFor.COUNCIL
    return WaitsFor.CALL_IN if position.is_published else WaitsFor.PUBLICATION


def _of_conditions(decision: Decision, day: Day) -> list[Wait]:
    found = standing_conditions(decision)
    rows = [row for row in found if row.met_on is None or row.met_on > day.as_of]
    keys = {row.council_id: row.council for row in decision.council_decisions.all() if row.council}
    waits = []
    for row in rows:
        council = keys.get(row.council_id) if row.council_id else None
        whose = council.short_name if council else "Programme manager"
        what = shown(decision, row.text).text
        waits.append(Wait(WaitsFor.CONDITION, whose, council.key if council else "", what))
    return waits


def _of_day(proposal: Proposal, day: Day) -> list[Wait]:
    first_on = proposal.not_before_on
    if first_on is None or first_on <= day.as_of:
        return []
    return [Wait(WaitsFor.DAY, "", "", f"Not before {format_date(first_on)}", first_on)]


def _of_approved(decision: Decision, stops: list[str]) -> list[Wait]:
    return [Wait(WaitsFor.APPROVED, "Programme manager", "", reason) for reason in stops]

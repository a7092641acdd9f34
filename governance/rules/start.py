"""Can we start? When a decision takes effect for every council at once (F-31, INV-06, INV-07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.rules.notice import programme_effective_on
from core.rules.words import listed
from governance.enums import DecisionState
from governance.rules.facts import Day, Proposal
from governance.rules.position import Position, PositionWord, council_position


class StartWord(StrEnum):
    """The answer in a word."""

    YES = "Yes"
    NOT_YET = "Not yet"
    NO = "No"


class Standing(StrEnum):
    """Where the decision as a whole stands, worked out from what each council has done."""

    ON_AGENDA = "on_agenda"
    RATIFYING = "ratifying"
    CALL_IN = "call_in"
    CALLED_IN = "called_in"
    BLOCKED = "blocked"
    EFFECTIVE = "effective"
    GOING_AHEAD_WITHOUT = "going_ahead_without"
    ENDED = "ended"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Start:
    """Whether the decision is in effect, from which day, and what it waits for.

    `on` is the day it took effect or the earliest day it can; None where no day can be worked out, which
    `missing` then explains. `not_ratified` names who has not approved the text that is put now; `replaces`
    is the number of the version that councils answered before it.
    """

    word: StartWord
    standing: Standing
    positions: tuple[Position, ...]
    on: date | None = None
    missing: str = ""
    waiting_for: tuple[str, ...] = ()
    not_ratified: tuple[str, ...] = ()
    lapses_on: date | None = None
    replaces: int | None = None

    @property
    def differing(self) -> tuple[Position, ...]:
        """Councils that did not approve the text they were given."""
        return tuple(position for position in self.positions if position.differs)


def can_start(proposal: Proposal, day: Day) -> Start:
    """Whether the decision has taken effect on the day, or the earliest day it can (F-31).

    Nothing takes effect for any council until every one has approved the same text and each call-in has
    closed or does not apply (INV-06).
    """
    positions = tuple(council_position(answer, proposal, day) for answer in proposal.answers)
    standing = _standing(proposal, positions, day)
    return Start(
        word=_word(standing, positions),
        standing=standing,
        positions=positions,
        on=_effective_on(proposal, positions, standing),
        missing=_missing(positions, standing),
        waiting_for=_waiting_for(positions, standing),
        not_ratified=tuple(position.council for position in positions if not position.agrees),
        lapses_on=_lapses_on(proposal, standing, day),
        replaces=_replaces(proposal),
    )


def is_on_agenda(proposal: Proposal, as_of: date) -> bool:
    """Whether a body has still to put the text to the councils, or what it said is not recorded."""
    recommended_on, meeting_on = proposal.recommended_on, proposal.meeting_on
    if recommended_on is not None and recommended_on <= as_of:
        return meeting_on is not None and meeting_on > recommended_on
    is_ahead = recommended_on is not None or (meeting_on is not None and meeting_on >= as_of)
    return is_ahead or proposal.state in _NOT_YET_PUT


def lapse_date(recommended_on: date, lapse_after_days: int) -> date:
    """The day on which a recommendation lapses that not every council has approved (domain.md 2.8)."""
    return recommended_on + timedelta(days=lapse_after_days)


_NOT_YET_PUT = (DecisionState.DRAFT, DecisionState.NOTICE_OPEN, DecisionState.TABLED)
_ENDED = (DecisionState.WITHDRAWN, DecisionState.SUPERSEDED, DecisionState.LAPSED)
_BY_STANDING = {
    Standing.EFFECTIVE: StartWord.YES,
    Standing.GOING_AHEAD_WITHOUT: StartWord.YES,
    Standing.BLOCKED: StartWord.NO,
    Standing.ENDED: StartWord.NO,
}


def _standing(proposal: Proposal, positions: Sequence[Position], day: Day) -> Standing:
    if proposal.state in _ENDED:
        return Standing.ENDED
    if positions and all(answer.is_outcome_only for answer in proposal.answers) and not _is_open(positions):
        return Standing.REPORTED
    if proposal.state == DecisionState.PROCEEDING_WITHOUT:
        return Standing.GOING_AHEAD_WITHOUT
    if is_on_agenda(proposal, day.as_of):
        return Standing.ON_AGENDA
    if proposal.state == DecisionState.IN_DISPUTE or any(position.differs for position in positions):
        return Standing.BLOCKED
    return _standing_of_agreement(proposal, positions, day)


def _standing_of_agreement(proposal: Proposal, positions: Sequence[Position], day: Day) -> Standing:
    """Standing where no council has said no: what the councils recorded decides, not a state set long ago."""
    if not positions or not all(position.agrees for position in positions):
        lapses_on = _recorded_lapse(proposal)
        return Standing.ENDED if lapses_on is not None and lapses_on < day.as_of else Standing.RATIFYING
    if proposal.state == DecisionState.CALLED_IN:
        return Standing.CALLED_IN
    on = _latest(proposal, positions)
    is_final = all(position.is_final for position in positions)
    return Standing.EFFECTIVE if is_final and on is not None and on <= day.as_of else Standing.CALL_IN


def _is_open(positions: Sequence[Position]) -> bool:
    return any(position.word in {PositionWord.AWAITING, PositionWord.DEFERRED} for position in positions)


def _word(standing: Standing, positions: Sequence[Position]) -> StartWord:
    if standing == Standing.REPORTED:
        return StartWord.YES if all(position.agrees for position in positions) else StartWord.NO
    return _BY_STANDING.get(standing, StartWord.NOT_YET)


def _latest(proposal: Proposal, positions: Sequence[Position]) -> date | None:
    return programme_effective_on(
        [position.effective_on for position in positions], not_before=proposal.not_before_on
    )


def _effective_on(proposal: Proposal, positions: Sequence[Position], standing: Standing) -> date | None:
    if standing in {Standing.BLOCKED, Standing.ENDED, Standing.CALLED_IN, Standing.REPORTED}:
        return None
    if standing == Standing.GOING_AHEAD_WITHOUT:
        return _latest(proposal, [position for position in positions if position.agrees])
    return _latest(proposal, positions)


def _missing(positions: Sequence[Position], standing: Standing) -> str:
    """Why no day can be worked out, in words; nothing where one can."""
    if standing in {Standing.BLOCKED, Standing.ENDED, Standing.REPORTED, Standing.GOING_AHEAD_WITHOUT}:
        return ""
    if standing == Standing.CALLED_IN:
        return "It has been called in: the date waits for scrutiny"
    if not positions:
        return "It is not recorded which councils must decide"
    gaps = [f"{position.council} {position.missing}" for position in positions if position.missing]
    return "; ".join(gaps)


def _waiting_for(positions: Sequence[Position], standing: Standing) -> tuple[str, ...]:
    if standing in {Standing.BLOCKED, Standing.ENDED, Standing.REPORTED, Standing.GOING_AHEAD_WITHOUT}:
        return ()
    return tuple(position.council for position in positions if position.is_waiting)


def _recorded_lapse(proposal: Proposal) -> date | None:
    if proposal.recommended_on is None:
        return None
    return lapse_date(proposal.recommended_on, proposal.lapse_after_days)


def _lapses_on(proposal: Proposal, standing: Standing, day: Day) -> date | None:
    """When it lapses, while it can: not once every council has approved it."""
    if standing not in {Standing.RATIFYING, Standing.BLOCKED, Standing.ON_AGENDA}:
        return None
    lapses_on = _recorded_lapse(proposal)
    return lapses_on if lapses_on is not None and lapses_on >= day.as_of else None


def _replaces(proposal: Proposal) -> int | None:
    """Number of the version that councils have answered and that the present text replaces."""
    answered = [answer.text_number for answer in proposal.answers if answer.text_number is not None]
    return max((number for number in answered if number < proposal.text_number), default=None)


def differing_in_words(positions: Sequence[Position]) -> str:
    """Rejected by Carrick; changed by Brockvale."""
    by_word: dict[str, list[str]] = {}
    for position in positions:
        word = "given another text" if position.word == PositionWord.APPROVED else position.word.value.lower()
        by_word.setdefault(word, []).append(position.council)
    return "; ".join(f"{word} by {listed(names)}" for word, names in by_word.items())

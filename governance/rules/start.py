"""Can we start? When a decision takes effect for every council at once (F-31, INV-06, INV-07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.rules.notice import programme_effective_on
from core.rules.words import listed
from governance.enums import DecisionState
from governance.rules.facts import Day, Proposal
from governance.rules.position import Position, PositionWord, council_position, left_out
from governance.rules.settle import condition_dates, lapses_on


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
    def required(self) -> tuple[Position, ...]:
        """Where those stand who are waited for: all but councils that are left out."""
        return _required(self.positions)

    @property
    def council_count(self) -> int:
        """How many councils are waited for, each once however many parts of the decision it takes."""
        return len(_names(self.required))

    @property
    def agreed(self) -> tuple[str, ...]:
        """Who is waited for and has approved the text that is put now, with every part of it."""
        open_ones = {position.council for position in self.required if not position.agrees}
        return tuple(name for name in _names(self.required) if name not in open_ones)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Who is waited for and has still to decide."""
        return _names(position for position in self.required if position.is_waiting and not position.agrees)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Councils without which the others go ahead."""
        return _names(position for position in self.positions if position.is_left_out)

    @property
    def differing(self) -> tuple[Position, ...]:
        """Councils that did not approve the text they were given."""
        return tuple(position for position in self.required if position.differs)


def can_start(proposal: Proposal, day: Day) -> Start:
    """Whether the decision has taken effect on the day, or the earliest day it can (F-31).

    Nothing takes effect for any council until every one has approved the same text and each call-in has
    closed or does not apply (INV-06).
    """
    positions = _positions(proposal, day)
    standing = _standing(proposal, positions, day)
    if standing == Standing.ENDED:
        positions = tuple(_over(position) for position in positions)
    return Start(
        word=_word(standing, positions),
        standing=standing,
        positions=positions,
        on=_effective_on(proposal, positions, standing, day),
        missing=_missing(proposal, positions, standing, day),
        waiting_for=_waiting_for(positions, standing),
        not_ratified=_names(position for position in positions if not position.agrees),
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


_NOT_YET_PUT = (DecisionState.DRAFT, DecisionState.NOTICE_OPEN, DecisionState.TABLED)
_ENDED = (DecisionState.WITHDRAWN, DecisionState.SUPERSEDED, DecisionState.LAPSED)
_LAPSES_NO_MORE = (DecisionState.CALLIN, DecisionState.CALLED_IN, DecisionState.PROCEEDING_WITHOUT)
_NO_DATE = (Standing.BLOCKED, Standing.ENDED, Standing.REPORTED)
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
    if is_on_agenda(proposal, day.as_of):
        return Standing.ON_AGENDA
    required = _required(positions)
    if proposal.state == DecisionState.IN_DISPUTE or any(position.differs for position in required):
        return Standing.BLOCKED
    return _standing_of_agreement(proposal, required, day)


def _standing_of_agreement(proposal: Proposal, required: Sequence[Position], day: Day) -> Standing:
    """Standing where no council has said no: what the councils recorded decides, not a state set long ago."""
    if _is_called_in(proposal, required):
        return Standing.CALLED_IN
    if not required or not all(position.agrees for position in required):
        last_on = lapses_on(proposal)
        is_over = last_on is not None and last_on < day.as_of and proposal.state not in _LAPSES_NO_MORE
        return Standing.ENDED if is_over else Standing.RATIFYING
    on = _latest(proposal, required, day)
    if on is None or on > day.as_of or not all(position.is_final for position in required):
        return Standing.CALL_IN
    is_all = len(required) == len(proposal.answers) and proposal.state != DecisionState.PROCEEDING_WITHOUT
    return Standing.EFFECTIVE if is_all else Standing.GOING_AHEAD_WITHOUT


def _is_called_in(proposal: Proposal, required: Sequence[Position]) -> bool:
    """Whether every council has approved and a call-in is open, by the facts or else the state."""
    if not required or not all(position.agrees for position in required):
        return False
    if any(answer.call_ins for answer in proposal.required):
        return any(position.is_called_in for position in required)
    return proposal.state == DecisionState.CALLED_IN


def _positions(proposal: Proposal, day: Day) -> tuple[Position, ...]:
    """Where each stands. Who said no is left out where the others went ahead and nobody is marked so."""
    positions = tuple(council_position(answer, proposal, day) for answer in proposal.answers)
    is_marked = any(position.is_left_out for position in positions)
    if proposal.state != DecisionState.PROCEEDING_WITHOUT or is_marked:
        return positions
    if all(answer.is_outcome_only for answer in proposal.answers):
        return positions
    return tuple(left_out(position) if position.differs else position for position in positions)


def _over(position: Position) -> Position:
    """The same council, with nothing to do any more about a decision that has ended."""
    return replace(position, next_step="") if position.is_waiting else position


def _required(positions: Iterable[Position]) -> tuple[Position, ...]:
    return tuple(position for position in positions if not position.is_left_out)


def _names(positions: Iterable[Position]) -> tuple[str, ...]:
    """The councils in their order, each once however many parts of the decision it takes."""
    return tuple(dict.fromkeys(position.council for position in positions))


def _is_open(positions: Sequence[Position]) -> bool:
    return any(position.word in {PositionWord.AWAITING, PositionWord.DEFERRED} for position in positions)


def _word(standing: Standing, positions: Sequence[Position]) -> StartWord:
    if standing == Standing.REPORTED:
        return StartWord.YES if all(position.agrees for position in positions) else StartWord.NO
    return _BY_STANDING.get(standing, StartWord.NOT_YET)


def _latest(proposal: Proposal, required: Sequence[Position], day: Day) -> date | None:
    return programme_effective_on(
        [position.effective_on for position in required],
        not_before=proposal.not_before_on,
        condition_dates=condition_dates(proposal, day.as_of),
    )


def _effective_on(
    proposal: Proposal, positions: Sequence[Position], standing: Standing, day: Day
) -> date | None:
    if standing in {*_NO_DATE, Standing.CALLED_IN}:
        return None
    return _latest(proposal, _required(positions), day)


def _missing(proposal: Proposal, positions: Sequence[Position], standing: Standing, day: Day) -> str:
    """Why no day can be worked out, in words; nothing where one can."""
    if standing in {*_NO_DATE, Standing.GOING_AHEAD_WITHOUT}:
        return ""
    if standing == Standing.CALLED_IN:
        return "It has been called in: the date waits for scrutiny"
    if not positions:
        return "It is not recorded which councils must decide"
    return "; ".join([*_gaps(_required(positions)), *unmet_conditions(proposal, day.as_of)])


def _gaps(positions: Iterable[Position]) -> list[str]:
    """What each council has or has not, councils of which the same is true together."""
    found: dict[str, list[Position]] = {}
    for position in positions:
        if position.missing:
            found.setdefault(position.missing, []).append(position)
    gaps = [(list(_names(own)), missing) for missing, own in found.items()]
    return [
        f"{listed(names)} {missing if len(names) == 1 else _of_several(missing)}" for names, missing in gaps
    ]


def _of_several(missing: str) -> str:
    """Have no meeting date, have not recorded what they decided: what is said of one council, of several."""
    said = f"have {missing.removeprefix('has ')}" if missing.startswith("has ") else missing
    return said.replace(" it ", " they ").replace(" its ", " their ")


def unmet_conditions(proposal: Proposal, as_of: date) -> list[str]:
    """What still has to be met before the decision takes effect, each in words (INV-07)."""
    dates = condition_dates(proposal, as_of)
    unmet = [one for one, met_on in zip(proposal.conditions, dates, strict=True) if met_on is None]
    return [f"a condition is not met: {condition.text}" for condition in unmet]


def _waiting_for(positions: Sequence[Position], standing: Standing) -> tuple[str, ...]:
    if standing in {*_NO_DATE, Standing.GOING_AHEAD_WITHOUT}:
        return ()
    return _names(position for position in positions if position.is_waiting)


def _lapses_on(proposal: Proposal, standing: Standing, day: Day) -> date | None:
    """When it lapses, while it can: not once every council has approved it."""
    if standing not in {Standing.RATIFYING, Standing.BLOCKED, Standing.ON_AGENDA}:
        return None
    last_on = lapses_on(proposal)
    return last_on if last_on is not None and last_on >= day.as_of else None


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

"""What the board says of a decision in one line: under its title, and under the word of its answer."""

from __future__ import annotations

from datetime import date

from core.rules.calendar import format_date
from core.rules.words import listed, mid_sentence
from governance.enums import DecisionState
from governance.rules.facts import Proposal
from governance.rules.start import Standing, Start, differing_in_words
from governance.rules.wording import sentence

IN_EFFECT = (Standing.EFFECTIVE, Standing.GOING_AHEAD_WITHOUT)
_ENDED_STATES = (DecisionState.WITHDRAWN, DecisionState.SUPERSEDED, DecisionState.LAPSED)


def start_line(start: Start, proposal: Proposal) -> str:
    """What stands under the word: 28 November 2026 at the earliest. Waiting for Carrick."""
    if start.standing in IN_EFFECT:
        return f"In effect from {format_date(start.on)}" if start.on else "In effect, date not stated"
    if start.standing == Standing.REPORTED:
        went_on = proposal.state == DecisionState.PROCEEDING_WITHOUT
        others = ". The others went ahead" if went_on else ""
        return f"{sentence(differing_in_words(start.differing))}{others}"
    if start.standing == Standing.BLOCKED:
        return sentence(differing_in_words(start.differing)) or "In dispute"
    if start.standing == Standing.ENDED:
        return ended_in_words(proposal)
    if start.on is None:
        return f"No date yet. {sentence(start.missing)}"
    return f"{format_date(start.on)} at the earliest{_condition(start, proposal)}"


def sub_line(start: Start, proposal: Proposal, as_of: date) -> str:
    """What stands under the title on the board: where the text is on its way to the councils."""
    if start.standing == Standing.ON_AGENDA:
        return _agenda_line(start, proposal, as_of)
    if start.standing == Standing.REPORTED:
        taken = str(proposal.taken) if proposal.taken else "date not stated"
        return sentence(f"{proposal.body}, {taken}" if proposal.body else taken)
    if start.standing in {*IN_EFFECT, Standing.ENDED} or proposal.recommended_on is None:
        return proposal.summary
    put = f"{_put(proposal)} {since_words(proposal.recommended_on, as_of)}"
    return f"{put}. Lapses on {format_date(start.lapses_on)}" if start.lapses_on else put


def _put(proposal: Proposal) -> str:
    return sentence(proposal.body_verb or "recommended")


def _condition(start: Start, proposal: Proposal) -> str:
    if start.replaces is not None and start.standing == Standing.ON_AGENDA:
        return f", if version {proposal.text_number} is agreed"
    undecided = start.undecided
    has_some = any(position.agrees for position in start.required)
    return f". Waiting for {listed(undecided)}" if undecided and has_some else ""


def ended_in_words(proposal: Proposal) -> str:
    """How a decision ended that no council acts on any more."""
    state = DecisionState(proposal.state)
    return str(state.label) if state in _ENDED_STATES else "Lapsed before every council had approved it"


def _agenda_line(start: Start, proposal: Proposal, as_of: date) -> str:
    what = mid_sentence(proposal.summary)
    if start.replaces is not None and not what:
        what = f"recommend version {proposal.text_number}"
    parts = [sentence(f"{_meeting(proposal.meeting_on, as_of)}{what}".strip(": "))]
    if start.replaces is not None:
        older = f"Version {start.replaces} is blocked because the councils differ"
        parts.append(f"{older}; it lapses on {format_date(start.lapses_on)}" if start.lapses_on else older)
    return ". ".join(part for part in parts if part)


def _meeting(meeting_on: date | None, as_of: date) -> str:
    if meeting_on is None:
        return ""
    if meeting_on == as_of:
        return "Tonight: "
    if meeting_on < as_of:
        return f"Was on the agenda of {format_date(meeting_on)}, outcome not recorded: "
    return f"On {format_date(meeting_on)}: "


def since_words(recommended_on: date, as_of: date) -> str:
    """22 September 2026, 63 days ago."""
    days = (as_of - recommended_on).days
    ago = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return f"{format_date(recommended_on)}, {ago}"

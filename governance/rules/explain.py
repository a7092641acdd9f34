"""The answer to "Can we start?" in sentences: what it waits for, and what may be done meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import format_date, format_time
from core.rules.words import listed
from governance.rules.facts import RESOLVED, Day, Proposal
from governance.rules.lines import IN_EFFECT, ended_in_words, start_line
from governance.rules.position import Position
from governance.rules.start import Standing, Start, StartWord, differing_in_words
from governance.rules.wording import every_council, long_date, number_word, possessive, sentence, the_body


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer in a sentence, why, and what may be done meanwhile."""

    answer: str
    why: str
    points: tuple[str, ...] = ()


def explain(start: Start, proposal: Proposal, day: Day) -> Explanation:
    """The answer to "Can we start?" with its reasons."""
    if start.standing == Standing.REPORTED:
        return _explain_reported(start, proposal)
    if start.standing in IN_EFFECT:
        return _explain_effect(start)
    if start.standing == Standing.BLOCKED:
        return _explain_blocked(start, proposal)
    if start.standing == Standing.ENDED:
        return Explanation(f"No. {ended_in_words(proposal)}.", _NOTHING_TAKES_EFFECT)
    return Explanation(_not_yet(start), _why_not_yet(start, proposal, day), _points(start, proposal, day))


_NOTHING_TAKES_EFFECT = "Nothing takes effect for any council."
_GO_AHEAD = (
    "The councils that agree may go ahead without the others, once the business case has been run again "
    "without them."
)
_WAYS_ON = (
    "The group may put a new version of the text; every council then decides again.",
    "The councils may use the steps that their agreement sets out for disputes.",
    "Without either, the recommendation lapses.",
)


def _explain_reported(start: Start, proposal: Proposal) -> Explanation:
    agreed = start.agreed
    if start.word == StartWord.YES:
        return Explanation("Agreed by every council that the source names.", f"{listed(agreed)} agreed.")
    answer = f"Not agreed by every council. {start_line(start, proposal)}."
    return Explanation(answer, f"{listed(agreed)} agreed." if agreed else "No council agreed.")


def _explain_effect(start: Start) -> Explanation:
    if start.standing == Standing.GOING_AHEAD_WITHOUT:
        agreed, without = listed(start.agreed), listed(start.left_out)
        since = f" from {format_date(start.on)}" if start.on else ""
        return Explanation(f"Yes, for {agreed}{since}.", f"They go ahead without {without}.")
    since = f" since {format_date(start.on)}" if start.on else ""
    every = every_council(start.council_count)
    return Explanation(f"Yes. In effect for {every}{since}.", f"{_all_approved(every)} No call-in is open.")


def _explain_blocked(start: Start, proposal: Proposal) -> Explanation:
    kept = f" The approval of {listed(start.agreed)} stays on record." if start.agreed else ""
    return Explanation(
        "No. The councils have not approved the same text.",
        f"{sentence(differing_in_words(start.differing)) or 'The councils are in dispute'}. "
        f"{_NOTHING_TAKES_EFFECT}{kept}",
        (_WAYS_ON[0], *([_GO_AHEAD] if proposal.is_severable else []), *_WAYS_ON[1:]),
    )


def _not_yet(start: Start) -> str:
    if start.on is None:
        return "Not yet. No date can be worked out."
    return f"Not yet. The earliest date is {long_date(start.on)}."


def _why_not_yet(start: Start, proposal: Proposal, day: Day) -> str:
    if start.on is None and not start.required:
        return f"{sentence(start.missing)}."
    every = every_council(start.council_count)
    agreed = start.agreed
    if len(agreed) == start.council_count:
        return f"{_all_approved(every)} {_until_call_in(start)}"
    if start.standing == Standing.ON_AGENDA:
        return f"{_only_recommends(proposal, day)} {_until_all(every)}"
    if not agreed:
        return f"No council has approved it yet. {_until_all(every)}"
    have = _have(agreed)
    others = _have([name for name in start.not_ratified if name not in start.left_out])
    return f"{have} approved the text. Nothing takes effect for any council until {others} approved it too."


def _have(councils: Sequence[str]) -> str:
    return f"{listed(councils)} {'has' if len(councils) == 1 else 'have'}"


def _all_approved(every: str) -> str:
    if every == "the council":
        return "The council has approved the text."
    return f"{sentence(every)} have approved the same text."


def _until_all(every: str) -> str:
    if every == "the council":
        return "Nothing takes effect until the council has approved it."
    return f"Nothing takes effect for any council until {every} have approved the same text."


def _only_recommends(proposal: Proposal, day: Day) -> str:
    body = sentence(the_body(proposal.body or "body"))
    meeting_on = proposal.meeting_on
    when = ""
    if meeting_on is not None and meeting_on >= day.as_of:
        when = " tonight" if meeting_on == day.as_of else f" on {format_date(meeting_on)}"
    if proposal.body_verb == RESOLVED:
        return f"{body} decides on it{when}."
    return f"{body} considers it{when} and can only recommend it; each council then decides for itself."


def _until_call_in(start: Start) -> str:
    if start.standing == Standing.CALLED_IN:
        return "It has been called in, and nothing takes effect for any council until scrutiny has answered."
    waiting = [position for position in start.required if position.is_waiting]
    if not waiting:
        if start.on is None:
            return f"{sentence(start.missing)}."
        return f"It takes effect on {format_date(start.on)}."
    last = max(waiting, key=lambda position: position.effective_on or date.max)
    until = "Nothing takes effect for any council until"
    if last.call_in is None:
        return f"{until} this is known: {start.missing}."
    closes = f"{format_time(last.call_in.cut_off)} on {long_date(last.call_in.closes_on)}"
    if len(waiting) == 1:
        return f"{until} {possessive(last.council)} call-in closes at {closes}."
    names = listed([position.council for position in waiting])
    return f"{until} the call-ins of {names} have closed, the last at {closes}."


def _points(start: Start, proposal: Proposal, day: Day) -> tuple[str, ...]:
    points = [
        _meanwhile(start),
        _slowest(start),
        *_assumed(start),
        *_called_in(start),
        *_if_called_in(start),
        _not_before(start, proposal),
    ]
    if start.missing and start.on is None and start.required and start.standing != Standing.CALLED_IN:
        points.append(f"No date can be worked out because {start.missing}.")
    if start.lapses_on and start.replaces is None:
        points.append(
            f"It lapses on {format_date(start.lapses_on)} unless every council has approved it by then."
        )
    if start.replaces is not None:
        points.append(_older_text(start))
    return tuple(point for point in points if point)


def _meanwhile(start: Start) -> str:
    return "You may prepare. Do not sign or spend on the strength of it." if start.required else ""


def _slowest(start: Start) -> str:
    """Whose date it is, where the councils' own dates differ."""
    dated = [position.council for position in start.required if position.effective_on == start.on]
    last = list(dict.fromkeys(dated))
    if start.on is None or len(last) in {0, start.council_count} or len(start.waiting_for) == 1:
        return ""
    count = number_word(start.council_count)
    if start.council_count == 2:
        return f"The date is {possessive(last[0])}, the later of the two."
    return f"The date is {listed([possessive(name) for name in last])}, the latest of the {count}."


def _assumed(start: Start) -> list[str]:
    """What a date that is still expected rests on."""
    expected = [position for position in start.required if position.effective_on and not position.is_final]
    undecided = list(dict.fromkeys(position.council for position in expected if not position.agrees))
    points = []
    if undecided:
        verb = "decides" if len(undecided) == 1 else "decide"
        points.append(
            f"The date assumes that {listed(undecided)} {verb} on the day planned, in favour and without "
            "a call-in."
        )
    unpublished = [position for position in expected if position.agrees and not position.is_published]
    points += [
        f"{position.council} has not published its decision: its call-in starts only then."
        for position in unpublished
    ]
    return points


def _if_called_in(start: Start) -> list[str]:
    return [
        f"If it is called in, the date moves to the day {possessive(position.council)} scrutiny committee "
        "meets, or later."
        for position in start.required
        if position.is_call_in_open
    ]


def _called_in(start: Start) -> list[str]:
    return [
        f"{possessive(position.council)} scrutiny has called it in and {_to_answer(position)}."
        for position in start.required
        if position.is_called_in
    ]


def _to_answer(position: Position) -> str:
    meets_on = position.scrutiny_meets_on
    return f"meets on {long_date(meets_on)}" if meets_on else "has still to answer"


def _not_before(start: Start, proposal: Proposal) -> str:
    if proposal.not_before_on is None:
        return ""
    return f"It was agreed that it starts on {format_date(proposal.not_before_on)} at the earliest."


def _older_text(start: Start) -> str:
    older = f"Version {start.replaces} is blocked because the councils differ"
    return f"{older}, and lapses on {format_date(start.lapses_on)}." if start.lapses_on else f"{older}."

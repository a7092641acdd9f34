"""The states of a service review, what stops its next step, and who must act (domain.md 2.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Refusal, Refusals
from core.rules.calendar import format_date
from core.rules.dates import check_not_future
from core.rules.words import count_of, listed
from services.enums import ReviewState

OPTIONS_MESSAGE = "Add at least 2 options, one of them business as usual"
_LEAST_OPTIONS = 2
NOT_FUTURE = "11"

STEPS: Mapping[ReviewState, tuple[ReviewState, ...]] = {
    ReviewState.PROPOSED: (ReviewState.SCOPED,),
    ReviewState.SCOPED: (ReviewState.BASELINING,),
    ReviewState.BASELINING: (ReviewState.OPTIONS,),
    ReviewState.OPTIONS: (ReviewState.RECOMMENDED,),
    ReviewState.RECOMMENDED: (
        ReviewState.DECIDED_SHARE,
        ReviewState.DECIDED_NOT_SHARE,
        ReviewState.DEFERRED,
    ),
    ReviewState.DEFERRED: (ReviewState.OPTIONS,),
    ReviewState.DECIDED_SHARE: (ReviewState.IMPLEMENTING,),
    ReviewState.DECIDED_NOT_SHARE: (),
    ReviewState.IMPLEMENTING: (ReviewState.LIVE,),
    ReviewState.LIVE: (ReviewState.CLOSED,),
    ReviewState.CLOSED: (),
}
_BEFORE_DECISION = frozenset(
    {
        ReviewState.PROPOSED,
        ReviewState.SCOPED,
        ReviewState.BASELINING,
        ReviewState.OPTIONS,
        ReviewState.RECOMMENDED,
        ReviewState.DEFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The options of the business case of the service that is being reviewed."""

    option_count: int
    has_business_as_usual: bool


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the rules ask of a review. Names of councils stand in the programme's order.

    `lead` says in words who leads the review; `case` is None where the service has no business case.
    """

    state: ReviewState
    service: str
    lead: str
    councils: tuple[str, ...]
    chosen_because: str = ""
    scope: str = ""
    recommendation: str = ""
    reason: str = ""
    decision_ref: str = ""
    deferred_until_on: date | None = None
    go_live_on: date | None = None
    missing_costs: tuple[str, ...] = ()
    case: CaseFacts | None = None
    open_tasks: int = 0
    is_equality_impact_done: bool = False
    staff_consulted_on: date | None = None
    without_assessment: tuple[str, ...] = ()
    with_open_red_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to do, who has to do it, and the field or row of section 8 that it is about."""

    text: str
    who: str
    field: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next for a review: the states it may go to, what stops it, and what else remains to do."""

    next_states: tuple[ReviewState, ...]
    stops: tuple[Stop, ...]
    remains: tuple[Stop, ...]
    lead: str

    @property
    def who(self) -> tuple[str, ...]:
        """Who must act, each once: those who have something to do, else the one who takes the step."""
        if not self.next_states:
            return ()
        return tuple(dict.fromkeys(stop.who for stop in self.stops)) or (self.lead,)

    @property
    def next_words(self) -> str:
        """Recommended; Decided to share, decided not to share or deferred; empty at the end."""
        names = [str(state.label) for state in self.next_states]
        words = [names[0], *(name.lower() for name in names[1:])] if names else []
        return listed(words).replace(" and ", " or ")

    @property
    def sentence(self) -> str:
        """2 things stop the next step; Nothing stops the next step; The review has ended."""
        if not self.next_states:
            return "The review has ended"
        if not self.stops:
            return "Nothing stops the next step"
        verb = "stops" if len(self.stops) == 1 else "stop"
        return f"{count_of(len(self.stops), 'thing')} {verb} the next step"


def outlook(facts: ReviewFacts, as_of: date) -> Outlook:
    """What stops the next step of a review and who must act; of several next steps, what stops the first.

    A decision or a deferral is the councils' to take: until it is recorded, they are who must act.
    """
    following = STEPS[facts.state]
    stops = stops_before(facts, following[0], as_of) if following else ()
    return Outlook(following, tuple(_advised(stop, facts) for stop in stops), _remains(facts), facts.lead)


def stops_before(facts: ReviewFacts, to: ReviewState, as_of: date) -> tuple[Stop, ...]:
    """What must be done before a review may go to the state `to`, in the order of the page."""
    gate = _GATES.get((facts.state, to)) or _GATES.get((None, to))
    return tuple(gate(facts, as_of)) if gate else ()


def check_step(facts: ReviewFacts, to: ReviewState, as_of: date) -> None:
    """Refuse a step that does not follow from the state, or, all at once, what stops it (domain.md 2.5)."""
    following = STEPS[facts.state]
    if to not in following:
        raise Refusal(_no_such_step(facts.state, to), "to", "2.5")
    stops = stops_before(facts, to, as_of)
    if stops:
        raise Refusals([Refusal(stop.text, stop.field or None, stop.code or "2.5") for stop in stops])


def _no_such_step(state: ReviewState, to: ReviewState) -> str:
    here = str(state.label).lower()
    names = [str(one.label).lower() for one in STEPS[state]]
    if not names:
        return f"This review has ended: it is {here}. Start a new review"
    choices = listed(names).replace(" and ", " or ")
    return f"A review that is {here} cannot become {str(to.label).lower()}. Choose {choices}"


Gate = Callable[[ReviewFacts, date], Sequence[Stop]]


def _before_scoped(facts: ReviewFacts, as_of: date) -> list[Stop]:
    stops = []
    if not facts.chosen_because:
        stops.append(Stop("Say why this service was chosen", facts.lead, "chosen_because"))
    if not facts.scope:
        stops.append(Stop("Describe the scope of the review", facts.lead, "scope"))
    return stops


def _before_recommended(facts: ReviewFacts, as_of: date) -> list[Stop]:
    stops = [
        Stop(
            f"Enter {council}’s starting cost of {facts.service}, and how far it can be relied on",
            f"An officer of {council}",
            "starting_costs",
        )
        for council in facts.missing_costs
    ]
    case = facts.case
    if case is None or case.option_count < _LEAST_OPTIONS or not case.has_business_as_usual:
        stops.append(Stop(OPTIONS_MESSAGE, "The programme manager", "options", "26"))
    if not facts.recommendation:
        stops.append(Stop("Write the recommendation", facts.lead, "recommendation"))
    return stops


def _before_decided_share(facts: ReviewFacts, as_of: date) -> list[Stop]:
    return _decision(facts)


def _before_decided_not_share(facts: ReviewFacts, as_of: date) -> list[Stop]:
    return [*_decision(facts), *_reason(facts, "Say why the service will not be shared")]


def _before_deferred(facts: ReviewFacts, as_of: date) -> list[Stop]:
    stops = _reason(facts, "Say why the review is deferred")
    until = facts.deferred_until_on
    if until is not None and until <= as_of:
        words = f"Deferred until must be after {format_date(as_of)}"
        stops.append(Stop(words, facts.lead, "deferred_until_on"))
    return stops


def _before_taken_up(facts: ReviewFacts, as_of: date) -> list[Stop]:
    return _reason(facts, "Say why the review is taken up again")


def _before_live(facts: ReviewFacts, as_of: date) -> list[Stop]:
    if facts.go_live_on is None:
        return [Stop("Enter the day on which the shared service went live", facts.lead, "go_live_on")]
    try:
        check_not_future(facts.go_live_on, as_of)
    except Refusal as said:
        return [Stop(said.message, facts.lead, "go_live_on", said.code)]
    return []


def _advised(stop: Stop, facts: ReviewFacts) -> Stop:
    """The stop as something to do: a day that is still to come is waited for, or corrected."""
    if stop.code != NOT_FUTURE or facts.go_live_on is None:
        return stop
    day = format_date(facts.go_live_on)
    return replace(stop, text=f"Wait until {day}, the day it is to go live, or change that day")


def _decision(facts: ReviewFacts) -> list[Stop]:
    if facts.decision_ref:
        return []
    return [Stop("Choose the decision that was taken", listed(facts.councils), "decision_ref")]


def _reason(facts: ReviewFacts, words: str) -> list[Stop]:
    return [] if facts.reason else [Stop(words, facts.lead, "reason")]


_GATES: Mapping[tuple[ReviewState | None, ReviewState], Gate] = {
    (None, ReviewState.SCOPED): _before_scoped,
    (None, ReviewState.RECOMMENDED): _before_recommended,
    (None, ReviewState.DECIDED_SHARE): _before_decided_share,
    (None, ReviewState.DECIDED_NOT_SHARE): _before_decided_not_share,
    (None, ReviewState.DEFERRED): _before_deferred,
    (ReviewState.DEFERRED, ReviewState.OPTIONS): _before_taken_up,
    (None, ReviewState.LIVE): _before_live,
}


def _remains(facts: ReviewFacts) -> tuple[Stop, ...]:
    """What is still to do but stops nothing by rule."""
    if not STEPS[facts.state]:
        return ()
    rest: list[Stop] = []
    if facts.state in _BEFORE_DECISION:
        rest += _remains_before_decision(facts)
    if not facts.is_equality_impact_done:
        rest.append(Stop("Assess the equality impact", facts.lead, "equality_impact_done"))
    if facts.staff_consulted_on is None:
        rest.append(Stop("Record when staff were consulted", facts.lead, "staff_consulted_on"))
    rest += [
        Stop("Say whether the red lines are respected", f"An officer of {council}", "red_lines")
        for council in facts.with_open_red_lines
    ]
    if facts.open_tasks:
        rest.append(Stop(f"Finish {count_of(facts.open_tasks, 'task')}", facts.lead, "tasks"))
    return tuple(rest)


def _remains_before_decision(facts: ReviewFacts) -> list[Stop]:
    rest = [
        Stop("Answer the self-assessment", f"An officer of {council}", "answers")
        for council in facts.without_assessment
    ]
    if facts.state not in {ReviewState.OPTIONS, ReviewState.RECOMMENDED}:
        rest += [
            Stop(f"Enter {council}’s starting cost", f"An officer of {council}", "starting_costs")
            for council in facts.missing_costs
        ]
    return rest

"""The life of a business case: its steps, what stops each of them, and who must act (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.errors import Refusal
from core.rules.calendar import format_fy
from core.rules.words import listed
from services.enums import CaseSectionName, CaseStage, CaseState, CaseStep

LEAST_OPTIONS = 2
_OUTLINE = (CaseSectionName.STRATEGIC, CaseSectionName.ECONOMIC)

# A justification case takes one step in place of an outline and a full case, so it holds all that they do.
SECTIONS: Mapping[CaseStage, tuple[CaseSectionName, ...]] = {
    CaseStage.SOC: _OUTLINE,
    CaseStage.OBC: tuple(CaseSectionName),
    CaseStage.FBC: tuple(CaseSectionName),
    CaseStage.BJC: tuple(CaseSectionName),
}
PREFERS = frozenset({CaseStage.OBC, CaseStage.FBC, CaseStage.BJC})
OPEN = frozenset({CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW})
IN_REVIEW = frozenset({CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW})
# What a later issue supersedes; an approved version stands until councils approve another.
SUPERSEDED_BY_ISSUE = frozenset({CaseState.ISSUED, CaseState.RECOMMENDED})
ISSUED_ONCE = frozenset(CaseState) - OPEN


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step leads, to which state (None: it stays), and what it cannot do elsewhere."""

    from_states: frozenset[CaseState]
    to_state: CaseState | None
    otherwise: str
    is_checked: bool = False
    needs_comment: bool = False


TRANSITIONS: Mapping[CaseStep, Transition] = {
    CaseStep.SEND_TO_REVIEW: Transition(
        frozenset({CaseState.DRAFT}), CaseState.INTERNAL_REVIEW, "sent to internal review", is_checked=True
    ),
    CaseStep.AGREE: Transition(frozenset({CaseState.INTERNAL_REVIEW}), None, "agreed by a reviewer"),
    CaseStep.SEND_TO_S151: Transition(
        frozenset({CaseState.INTERNAL_REVIEW}),
        CaseState.S151_REVIEW,
        "sent to the section 151 officers",
        is_checked=True,
    ),
    CaseStep.ISSUE: Transition(
        frozenset({CaseState.S151_REVIEW}), CaseState.ISSUED, "issued", is_checked=True
    ),
    CaseStep.RETURN: Transition(IN_REVIEW, CaseState.DRAFT, "returned to draft", needs_comment=True),
    CaseStep.WITHDRAW: Transition(
        OPEN | SUPERSEDED_BY_ISSUE, CaseState.WITHDRAWN, "withdrawn", needs_comment=True
    ),
    CaseStep.NEW_VERSION: Transition(ISSUED_ONCE, None, "copied to a new version"),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules need to know of one version.

    `agreed_by` holds those who agreed the draft since it was last returned, `partners` the active partner
    councils in order, `stated` those of them whose section 151 officer has made a statement.
    """

    stage: CaseStage
    state: CaseState
    base_fy: int
    author_id: int
    option_count: int
    has_bau: bool
    has_preferred: bool
    has_nominal_lines: bool
    written: frozenset[CaseSectionName]
    agreed_by: frozenset[int] = frozenset()
    partners: tuple[tuple[int, str], ...] = ()
    stated: Mapping[int, int] = field(default_factory=dict)

    @property
    def unstated(self) -> tuple[str, ...]:
        """Partner councils without a statement, in order."""
        return tuple(name for key, name in self.partners if key not in self.stated)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a version stands: the next step, if any, what stops it, who must act, and in a sentence."""

    state: CaseState
    step: CaseStep | None
    stops: tuple[str, ...]
    who: str


def _options(facts: CaseFacts) -> list[Refusal]:
    if facts.option_count >= LEAST_OPTIONS and facts.has_bau:
        return []
    return [Refusal("Add at least 2 options, one of them business as usual", field="options", code="26")]


def _preferred(facts: CaseFacts) -> list[Refusal]:
    if facts.has_preferred or facts.stage not in PREFERS:
        return []
    return [Refusal("Choose the preferred option", field="options", code="27")]


def _sections(facts: CaseFacts) -> list[Refusal]:
    stage = str(facts.stage.label).lower()
    return [
        Refusal(
            f"Complete the {str(name.label).lower()} before you issue the {stage}",
            field=name.value,
            code="28",
        )
        for name in SECTIONS[facts.stage]
        if name not in facts.written
    ]


def _prices(facts: CaseFacts) -> list[Refusal]:
    if not facts.has_nominal_lines:
        return []
    prices = format_fy(facts.base_fy)
    return [
        Refusal(
            f"Convert nominal amounts to {prices} prices before working out net present value",
            field="lines",
            code="29",
        )
    ]


def _agreement(facts: CaseFacts) -> list[Refusal]:
    if facts.agreed_by - {facts.author_id}:
        return []
    return [Refusal("A reviewer other than the author must agree this version first", field="reviews")]


def _statements(facts: CaseFacts) -> list[Refusal]:
    return [
        Refusal(f"{name}’s section 151 officer has not made a statement yet", field="statements")
        for name in facts.unstated
    ]


# Content is checked from the first step on, because it can no longer change after it.
_CONTENT: tuple[Callable[[CaseFacts], list[Refusal]], ...] = (_options, _preferred, _sections, _prices)
GATES: Mapping[CaseStep, tuple[Callable[[CaseFacts], list[Refusal]], ...]] = {
    CaseStep.SEND_TO_REVIEW: _CONTENT,
    CaseStep.SEND_TO_S151: (*_CONTENT, _agreement),
    CaseStep.ISSUE: (*_CONTENT, _agreement, _statements),
}


def check_from(step: CaseStep, state: CaseState) -> None:
    """Refuse a step that does not lead on from this state."""
    transition = TRANSITIONS[step]
    if state not in transition.from_states:
        raise Refusal(
            f"This version is {_in_sentence(state)}, so it cannot be {transition.otherwise}", field="step"
        )


def what_stops(step: CaseStep, facts: CaseFacts) -> list[Refusal]:
    """All that is missing for a step (rows 26 to 29, a review, statements); empty if it may be taken."""
    return [refusal for gate in GATES.get(step, ()) for refusal in gate(facts)]


def consequence(step: CaseStep, facts: CaseFacts) -> str:
    """What follows from a step, to be said before it is taken."""
    if step == CaseStep.RETURN:
        names = [name for key, name in facts.partners if key in facts.stated]
        cleared = f". The statements of {listed(names)} are cleared" if names else ""
        return f"The version can be changed again, and must be reviewed and agreed again{cleared}"
    return _CONSEQUENCES[step]


_CONSEQUENCES: Mapping[CaseStep, str] = {
    CaseStep.SEND_TO_REVIEW: "The version can no longer be changed while it is reviewed",
    CaseStep.AGREE: "You put your name to the version. Then it can go to the section 151 officers",
    CaseStep.SEND_TO_S151: "Each partner council’s section 151 officer is asked for a statement",
    CaseStep.ISSUE: (
        "The version is frozen for good: its content gets a fingerprint, each council’s share of joint "
        "amounts is kept, and an earlier issued version is superseded"
    ),
    CaseStep.WITHDRAW: "The version goes no further. It stays readable",
    CaseStep.NEW_VERSION: (
        "The next version starts as a draft copy of this one, without its reviews and statements. "
        "This version stays as it is"
    ),
}


def check_other_person(step: CaseStep, facts: CaseFacts, person_id: int) -> None:
    """Refuse approval by the author (row 35), and issue by one who reviewed or stated: three people."""
    if person_id == facts.author_id:
        raise Refusal("The person who proposed the change cannot approve it", code="35")
    if step == CaseStep.ISSUE and person_id in facts.agreed_by | set(facts.stated.values()):
        raise Refusal(
            "A person who reviewed this version or made a statement on it cannot issue it", code="35"
        )


def progress_of(facts: CaseFacts, owner: str = "") -> Progress:
    """The next step, what stops it and who must act. `owner` names the senior responsible owner, if known."""
    step = _next_step(facts)
    if step is None:
        return Progress(facts.state, None, (), _AFTERWARDS.get(facts.state, ""))
    stops = tuple(refusal.message for refusal in what_stops(step, facts))
    return Progress(facts.state, step, stops, _who(step, facts, owner))


_AFTERWARDS: Mapping[CaseState, str] = {
    CaseState.ISSUED: "The steering group, which recommends it to the councils",
    CaseState.RECOMMENDED: "Each partner council, which decides for itself",
}


def _next_step(facts: CaseFacts) -> CaseStep | None:
    if facts.state == CaseState.DRAFT:
        return CaseStep.SEND_TO_REVIEW
    if facts.state == CaseState.INTERNAL_REVIEW:
        return CaseStep.AGREE if _agreement(facts) else CaseStep.SEND_TO_S151
    return CaseStep.ISSUE if facts.state == CaseState.S151_REVIEW else None


def _who(step: CaseStep, facts: CaseFacts, owner: str) -> str:
    if step == CaseStep.AGREE:
        return "A reviewer from a partner council, or the senior responsible owner; not the author"
    if step == CaseStep.ISSUE and facts.unstated:
        noun = "officer" if len(facts.unstated) == 1 else "officers"
        return f"The section 151 {noun} of {listed(facts.unstated)}"
    if step == CaseStep.ISSUE:
        return f"{owner}, the senior responsible owner" if owner else "The senior responsible owner"
    return "The programme manager"


def _in_sentence(state: CaseState) -> str:
    words = str(state.label)
    words = words[0].lower() + words[1:]
    return f"in {words}" if state in IN_REVIEW else words if state != CaseState.DRAFT else "a draft"

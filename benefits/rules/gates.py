"""What a benefit needs before each step (domain.md 2.9; rows 34, 45, 46 and 51; INV-31, INV-32)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from benefits.enums import BenefitClass, BenefitStep
from benefits.rules.ledger import SHORTEST_NARRATIVE
from benefits.rules.targets import At, is_at_target_twice
from core.errors import Refusal, Refusals
from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.text import is_reason, reason_asked
from core.rules.words import count_of, mid_sentence

EXPLAIN = f"Explain the change in at least {SHORTEST_NARRATIVE} characters"
TESTS: Mapping[str, str] = {
    "description": "description",
    "observable": "an observable outcome",
    "attribution": "attribution",
    "measurement": "measurement",
}


@dataclass(frozen=True, slots=True)
class Enabler:
    """A milestone that a benefit waits for: the last days that its plan and its forecast mean, if known."""

    title: str
    planned_on: date | None = None
    expected_on: date | None = None
    is_achieved: bool = False


@dataclass(frozen=True, slots=True)
class LastPlanned:
    """The last period for which pounds are planned: its words, what is planned and what is verified."""

    words: str
    planned_pence: int
    verified_pence: int


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the gates read of a benefit.

    `was_approved` is true for ever after the first approval, also while a profile is reopened. `tests` holds
    whether each of the four MSP tests is met. `planned_pence` is what the current plan holds for
    it over all years; `last_planned` is None for a benefit without pounds. `values` are readings, the latest
    last, each with its target, None where none is set for that time.
    """

    was_approved: bool = False
    benefit_class: str = BenefitClass.CASHABLE
    is_disbenefit: bool = False
    has_active_owner: bool = False
    description: str = ""
    counterfactual: str = ""
    measure_name: str = ""
    starting_value: Decimal | None = None
    starting_on: date | None = None
    starting_reason: str = ""
    has_target: bool = False
    has_plan: bool = False
    no_target_reason: str = ""
    tests: Mapping[str, bool] = field(default_factory=dict)
    reaches_objective: bool = False
    starts_on: date | None = None
    early_reason: str = ""
    enablers: Sequence[Enabler] = ()
    planned_pence: int = 0
    last_planned: LastPlanned | None = None
    values: Sequence[At] = ()
    direction: str = ""
    evidence_count: int = 0
    unverified_count: int = 0
    why: str = ""
    lesson: str = ""


def check_step(facts: GateFacts, step: BenefitStep) -> None:
    """Refuse a step, all at once, for what stops it."""
    said = stops_before(facts, step)
    if said:
        raise Refusals(said)


def stops_before(facts: GateFacts, step: BenefitStep) -> list[Refusal]:
    """What has to be done before a benefit takes a step, in the order of its page."""
    gate = _GATES.get(step)
    return list(gate(facts)) if gate else []


def early(starts_on: date | None, enablers: Sequence[Enabler]) -> Refusal | None:
    """Row 51: the benefit is to start before the last of what enables it is planned."""
    planned = [(one.planned_on, one) for one in enablers if one.planned_on is not None]
    if starts_on is None or not planned:
        return None
    last_on, last = max(planned, key=lambda pair: pair[0])
    return _early(last.title, last_on, "early_reason") if starts_on < last_on else None


def _profile(facts: GateFacts) -> Iterator[Refusal]:
    if not facts.has_active_owner:
        yield Refusal("Choose a benefit owner who has an active account", "owner", "45")
    if not facts.description:
        yield Refusal("Describe the benefit", "description", "2.9")
    if not facts.measure_name and facts.benefit_class != BenefitClass.QUALITATIVE:
        yield Refusal("Enter the measure", "measure_name", "2.9")


def _approve(facts: GateFacts) -> Iterator[Refusal]:
    yield from _profile(facts)
    yield from _starting(facts)
    if not facts.has_plan and not facts.no_target_reason:
        message = "Plan its pounds or its values over time, or say why no target is set"
        yield Refusal(message, "trajectory", "2.9")
    for test, words in TESTS.items():
        if not facts.tests.get(test):
            yield Refusal(f"Say how the benefit meets the test of {words}", f"doam_{test}", "2.9")
    if not facts.counterfactual:
        yield Refusal("Say what would have happened anyway, without this programme", "counterfactual", "2.9")
    if not facts.reaches_objective and not facts.is_disbenefit:
        yield Refusal("Link the benefit to an objective on the benefits map", None, "INV-31")
    said = early(facts.starts_on, facts.enablers)
    if said is not None and not facts.early_reason:
        yield said


def no_starting_value(value: Decimal | None, reason: str) -> Refusal | None:
    """Row 46: a target can be approved only beside the value before, or the reason why there is none."""
    if value is not None or reason.strip():
        return None
    return Refusal("Enter the starting value, or say why there is none", "starting_value", "46")


def _starting(facts: GateFacts) -> Iterator[Refusal]:
    said = no_starting_value(facts.starting_value, facts.starting_reason)
    if said is not None:
        yield said
    if facts.starting_value is not None and facts.starting_on is None:
        yield Refusal("Enter the day of the starting value", "starting_on", "46")


def _start(facts: GateFacts) -> Iterator[Refusal]:
    """INV-32, a warning that a reason overrides."""
    waiting = [one for one in facts.enablers if not one.is_achieved]
    if waiting and not is_reason(facts.why):
        last = max(waiting, key=lambda one: one.expected_on or date.max)
        yield _early(last.title, last.expected_on, "why")


def _realise(facts: GateFacts) -> Iterator[Refusal]:
    last = facts.last_planned
    if last is not None:
        if last.verified_pence < last.planned_pence:
            yield Refusal(
                f"{format_prose(last.verified_pence)} is verified of the {format_prose(last.planned_pence)} "
                f"planned for {last.words}, the last planned period",
                None,
                "2.9",
            )
    elif facts.has_target and any(one.target is not None for one in facts.values):
        if not is_at_target_twice(facts.values, facts.direction):
            yield Refusal("The measure must be at its target for two periods running", None, "2.9")
    elif not facts.evidence_count:
        yield Refusal("Add evidence that the benefit is there", None, "2.9")


def _close(facts: GateFacts) -> Iterator[Refusal]:
    if facts.unverified_count:
        verb = "is" if facts.unverified_count == 1 else "are"
        message = f"{count_of(facts.unverified_count, 'amount')} {verb} claimed and not yet verified"
        yield Refusal(message, None, "2.9")


def _fail(facts: GateFacts) -> Iterator[Refusal]:
    if not is_reason(facts.lesson):
        yield reason_asked("Say what was learnt", "lesson", "2.9")


def _reopen(facts: GateFacts) -> Iterator[Refusal]:
    if len(facts.why.strip()) < SHORTEST_NARRATIVE:
        yield Refusal(EXPLAIN, "why", "34")


def _withdraw(facts: GateFacts) -> Iterator[Refusal]:
    if facts.planned_pence:
        yield Refusal(
            f"The current plan holds {format_prose(facts.planned_pence)} for this benefit. "
            "Start a re-baseline that takes it out",
            None,
            "2.9",
        )
    if facts.was_approved:
        yield from _reopen(facts)
    elif not is_reason(facts.why):
        yield reason_asked("Explain why", "why", "2.9")


def _early(title: str, on: date | None, field_name: str) -> Refusal:
    day = f" on {format_date(on)}" if on else ""
    message = f"This benefit starts before {mid_sentence(title)}{day}. Give a reason"
    return Refusal(message, field_name, "51")


_GATES: Mapping[BenefitStep, Callable[[GateFacts], Iterator[Refusal]]] = {
    BenefitStep.PROFILE: _profile,
    BenefitStep.APPROVE: _approve,
    BenefitStep.START: _start,
    BenefitStep.REALISE: _realise,
    BenefitStep.CLOSE: _close,
    BenefitStep.FAIL: _fail,
    BenefitStep.REOPEN: _reopen,
    BenefitStep.WITHDRAW: _withdraw,
}

"""What a benefit profile refuses (rows 41 and 43 to 48)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benefits.enums import BenefitClass, BenefitKind, Direction
from core.errors import Refusal, Refusals

CHANGE_WORDS = (
    "avoided", "better", "cheaper", "easier", "faster", "fewer", "greater", "higher", "improved", "increased",
    "less", "longer", "lower", "more", "quicker", "reduced", "safer", "shorter", "simpler", "smaller",
)  # fmt: skip
WHOLE = 100
_SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the rules read of a benefit profile; `has_active_owner` is a person with a role in it today."""

    title: str
    title_reason: str
    benefit_class: str
    kind: str
    has_active_owner: bool
    direction: str
    starting_value: Decimal | None
    target_value: Decimal | None
    attribution_percent: int
    attribution_reason: str


def check_profile(facts: ProfileFacts) -> None:
    """Refuse, all at once, what a benefit may not be."""
    said = [
        *_title_refusals(facts),
        *_class_refusals(facts),
        *_owner_refusals(facts),
        *_target_refusals(facts),
        *_attribution_refusals(facts),
    ]
    if said:
        raise Refusals(said)


def starts_with_change(title: str) -> bool:
    """Whether a title starts with a word of change, such as Reduced."""
    words = title.split()
    return bool(words) and words[0].lower().strip(",.:;") in CHANGE_WORDS


def _title_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if not facts.title.strip():
        yield Refusal("Enter the title", "title")
    elif not starts_with_change(facts.title) and len(facts.title_reason.strip()) < _SHORTEST_REASON:
        message = "Start the title with a word such as Reduced, Increased or Faster"
        yield Refusal(message, "title", "44")


def _class_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if facts.benefit_class == BenefitClass.CASHABLE and facts.kind == BenefitKind.COST_AVOIDANCE:
        yield Refusal("A benefit can be cashable or cost avoidance, not both", "kind", "43")


def _owner_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if not facts.has_active_owner:
        yield Refusal("Choose a benefit owner who has an active account", "owner", "45")


def _target_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    start, target = facts.starting_value, facts.target_value
    if start is None or target is None:
        return
    if target == start:
        yield Refusal("Target must be different from the starting value", "target_value", "47")
    elif target < start and facts.direction == Direction.HIGHER:
        message = "Target is lower than the starting value but the measure should increase"
        yield Refusal(message, "target_value", "48")
    elif target > start and facts.direction == Direction.LOWER:
        message = "Target is higher than the starting value but the measure should decrease"
        yield Refusal(message, "target_value", "48")


def _attribution_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if not 0 <= facts.attribution_percent <= WHOLE:
        yield Refusal("Enter a whole percentage from 0 to 100", "attribution_percent", "INV-19")
    elif facts.attribution_percent < WHOLE and len(facts.attribution_reason.strip()) < _SHORTEST_REASON:
        message = "Explain why less than 100% of the saving is claimed, in at least 10 characters"
        yield Refusal(message, "attribution_reason", "INV-19")

"""What a benefit profile refuses (rows 11, 12, 20, 41, 43 to 49 and 51)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from benefits.enums import BenefitClass, BenefitKind, Direction
from benefits.rules.gates import TESTS, Enabler, early
from core.errors import Refusal, Refusals
from core.rules.dates import check_end_after_start, check_not_future
from core.rules.text import is_reason, reason_asked

CHANGE_WORDS = (
    "avoided", "better", "cheaper", "easier", "faster", "fewer", "greater", "higher", "improved", "increased",
    "less", "longer", "lower", "more", "quicker", "reduced", "safer", "shorter", "simpler", "smaller",
)  # fmt: skip
WHOLE = 100
_PERCENT = ("%", "percent", "per cent")
_CLASSES: Mapping[str, tuple[BenefitClass, ...]] = {
    BenefitKind.CASHABLE_SAVING: (BenefitClass.CASHABLE,),
    BenefitKind.NON_CASHABLE: (BenefitClass.NON_CASHABLE,),
    BenefitKind.COST_AVOIDANCE: (BenefitClass.NON_CASHABLE,),
    BenefitKind.INCOME: (BenefitClass.CASHABLE, BenefitClass.NON_CASHABLE),
    BenefitKind.MEASURE: (BenefitClass.QUANTIFIABLE,),
    BenefitKind.NARRATIVE: (BenefitClass.QUALITATIVE,),
}


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the rules read of a benefit profile; `has_active_owner` is a person with a role in it today.

    `tests` holds, by the name of each of the four tests, whether it is ticked and its text. `values` are the
    planned values of its measure, `shares` what each council has of it in per cent.
    """

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
    is_disbenefit: bool = False
    measure_unit: str = ""
    percent_reason: str = ""
    values: Sequence[Decimal] = ()
    starting_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    early_reason: str = ""
    enablers: Sequence[Enabler] = ()
    shares: Sequence[Decimal] = ()
    tests: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    as_of: date = date.max


def check_profile(facts: ProfileFacts) -> None:
    """Refuse, all at once, what a benefit may not be."""
    said = [
        *_title_refusals(facts),
        *_class_refusals(facts),
        *_owner_refusals(facts),
        *_target_refusals(facts),
        *_percent_refusals(facts),
        *_attribution_refusals(facts),
        *_date_refusals(facts),
        *_share_refusals(facts),
        *_test_refusals(facts),
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
    elif not starts_with_change(facts.title) and not is_reason(facts.title_reason):
        message = "Start the title with a word such as Reduced, Increased or Faster"
        yield Refusal(message, "title", "44")


def _class_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if facts.benefit_class == BenefitClass.CASHABLE and facts.kind == BenefitKind.COST_AVOIDANCE:
        yield Refusal("A benefit can be cashable or cost avoidance, not both", "kind", "43")
        return
    allowed = _CLASSES.get(facts.kind)
    if allowed and facts.benefit_class not in allowed:
        kind, wanted = BenefitKind(facts.kind).label, " or ".join(str(one.label).lower() for one in allowed)
        yield Refusal(f"{kind} is {wanted}. Change the class or the kind", "kind", "2.9")


def _owner_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if not facts.has_active_owner:
        yield Refusal("Choose a benefit owner who has an active account", "owner", "45")


def _target_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    said = target_refusal(
        facts.starting_value, facts.target_value, facts.direction, is_disbenefit=facts.is_disbenefit
    )
    if said is not None:
        yield said


def target_refusal(
    start: Decimal | None, target: Decimal | None, direction: str, *, is_disbenefit: bool = False
) -> Refusal | None:
    """Rows 47 and 48: a target that is the starting value, or on the wrong side of it."""
    if start is None or target is None:
        return None
    if target == start:
        return Refusal("Target must be different from the starting value", "target_value", "47")
    if is_disbenefit:  # what is agreed is how much worse it may become
        return None
    if target < start and direction == Direction.HIGHER:
        message = "Target is lower than the starting value but the measure should increase"
        return Refusal(message, "target_value", "48")
    if target > start and direction == Direction.LOWER:
        message = "Target is higher than the starting value but the measure should decrease"
        return Refusal(message, "target_value", "48")
    return None


def _attribution_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if not 0 <= facts.attribution_percent <= WHOLE:
        yield Refusal("Enter a whole percentage from 0 to 100", "attribution_percent", "INV-19")
    elif facts.attribution_percent < WHOLE and not is_reason(facts.attribution_reason):
        asks = "Explain why less than 100% of the saving is claimed"
        yield reason_asked(asks, "attribution_reason", "INV-19")


def _percent_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    named = [("starting_value", facts.starting_value), ("target_value", facts.target_value)]
    named += [("trajectory", value) for value in facts.values]
    said = odd_percentage(facts.measure_unit, facts.percent_reason, named)
    if said is not None:
        yield said


def odd_percentage(unit: str, reason: str, named: Iterable[tuple[str, Decimal | None]]) -> Refusal | None:
    """Row 49, a warning that a reason overrides: the first of these values outside 0 to 100."""
    if not is_percent(unit) or reason.strip():
        return None
    found = (percent_warning(value, name) for name, value in named)
    return next((said for said in found if said is not None), None)


def is_percent(unit: str) -> bool:
    """Whether a measure is counted in per cent."""
    return unit.strip().lower() in _PERCENT


def percent_warning(value: Decimal | None, name: str) -> Refusal | None:
    """Row 49: what to confirm of a percentage outside 0 to 100."""
    if value is None or 0 <= value <= WHOLE:
        return None
    said = f"Percentage is usually between 0 and 100. Confirm {value.normalize():f}% is correct"
    return Refusal(said, name, "49")


def _date_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    if facts.starting_on is not None:
        try:
            check_not_future(facts.starting_on, facts.as_of, "Day of the starting value")
        except Refusal as refusal:
            yield Refusal(refusal.message, "starting_on", refusal.code)
    if facts.starts_on is not None and facts.ends_on is not None:
        try:
            check_end_after_start(facts.starts_on, facts.ends_on)
        except Refusal as refusal:
            yield Refusal(refusal.message, "ends_on", refusal.code)
    said = early(facts.starts_on, facts.enablers)
    if said is not None and not is_reason(facts.early_reason):
        yield said


def _share_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    total = sum(facts.shares, Decimal(0))
    if any(not 0 <= share <= WHOLE for share in facts.shares):
        yield Refusal("Each share must be from 0 to 100 per cent", "shares", "20")
    elif facts.shares and total != WHOLE:
        message = f"Percentages must add up to 100. They add up to {total.normalize():f}"
        yield Refusal(message, "shares", "20")


def _test_refusals(facts: ProfileFacts) -> Iterator[Refusal]:
    for test, (is_met, text) in facts.tests.items():
        if is_met and not text.strip():
            yield Refusal(f"Say how the benefit meets the test of {TESTS[test]}", f"doam_{test}", "2.9")

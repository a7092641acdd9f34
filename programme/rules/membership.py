"""When a council is a partner, and what follows its abolition (rows 76 to 78; INV-42 to INV-44)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core.errors import Refusal
from core.rules.apportionment import Weight, apportion
from core.rules.calendar import format_date
from core.rules.text import check_reason

LEAST_COUNCILS = 2
_MOST_WEIGHT = Decimal(10**11)


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner council and the days it is one, as far as they are known; from `vesting_on` it is no more."""

    name: str
    joined_on: date | None = None
    left_on: date | None = None
    vesting_on: date | None = None


@dataclass(frozen=True, slots=True)
class Abolition:
    """A council that ends: its vesting day, the first on which it is no more, and its successors' weights."""

    name: str
    vesting_on: date
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True, slots=True)
class Successor:
    """A council that is to take over, and its weight: a number, or one as typed."""

    name: str
    weight: object


def check_partner_period(
    name: str, partner: Partner | None, first_on: date, last_on: date, *, field: str = "period"
) -> None:
    """Refuse an entry from `first_on` to `last_on` of a council that is no partner then (row 76, INV-42).

    The period may reach over the day on which the council left or joined. `name` is what the council is
    called where it is no partner at all.
    """
    if partner is None:
        raise Refusal(f"{name} is not a partner in this programme", "council", "76")
    if partner.left_on and first_on > partner.left_on:
        left = format_date(partner.left_on)
        raise Refusal(f"{partner.name} left on {left}. Choose an earlier period", field, "76")
    if partner.joined_on and last_on < partner.joined_on:
        joined = format_date(partner.joined_on)
        raise Refusal(f"{partner.name} joined on {joined}. Choose a later period", field, "76")


def check_before_vesting(partner: Partner | None, first_on: date, *, field: str = "period") -> None:
    """Refuse an entry from `first_on` on of a council that is abolished by then (row 77, INV-44)."""
    if partner is not None and partner.vesting_on and first_on >= partner.vesting_on:
        raise _due_to_end(partner.name, partner.vesting_on, field)


def is_flagged_after(abolition: Abolition | None, last_on: date) -> bool:
    """Whether a profile up to `last_on` reaches over the vesting day, successors or not (INV-44)."""
    return abolition is not None and last_on >= abolition.vesting_on


def check_successor_chosen(
    abolition: Abolition | None, last_on: date, *, reason: str = "", field: str = "council"
) -> None:
    """Refuse a profile up to `last_on` of a council abolished by then, without its successor (row 77).

    A warning: with a `reason`, which the caller keeps, it is let through.
    """
    if abolition is None or not is_flagged_after(abolition, last_on):
        return
    if any(abolition.weights) or reason.strip():
        return
    raise _due_to_end(abolition.name, abolition.vesting_on, field)


def check_successors(name: str, successors: Sequence[Successor]) -> list[Decimal]:
    """The weights of the councils that take over from `name`, in the same order.

    Refuses a council as its own successor, a weight that is no number, and rows 18 and 19.
    """
    weights = []
    for successor in successors:
        if successor.name == name:
            raise Refusal("A council cannot be its own successor", "successors")
        weights.append(_weight_of(successor))
    if successors:
        apportion(0, weights, names=[successor.name for successor in successors])
    return weights


def check_left_after_joined(joined_on: date | None, left_on: date) -> None:
    """Refuse a council that left before it joined (row 12)."""
    if joined_on is not None and left_on <= joined_on:
        raise Refusal(f"End date must be after {format_date(joined_on)}", "left_on", "12")


def check_why(text: str) -> None:
    """Refuse a council's leaving without a reason of at least 10 characters."""
    check_reason(text, "Explain why it left", "why")


def check_councils(names: Sequence[str]) -> None:
    """Refuse fewer than two councils, and a council named twice (row 78)."""
    for index, name in enumerate(names):
        if name in names[:index]:
            raise already_partner(name)
    if len(names) < LEAST_COUNCILS:
        raise Refusal(f"Add at least {LEAST_COUNCILS} councils", "councils", "78")


def already_partner(name: str) -> Refusal:
    """The refusal of a council that is in the programme already (row 78)."""
    return Refusal(f"{name} is already in this programme", "councils", "78")


def check_consulted(*, needs_consultation: bool, is_in_force: bool, is_consulted: bool) -> None:
    """Refuse a section 113 agreement in force before officers were consulted (row 79)."""
    if needs_consultation and is_in_force and not is_consulted:
        message = "Confirm that affected officers have been consulted"
        raise Refusal(message, "officers_consulted", "79")


def _due_to_end(name: str, vesting_on: date, field: str) -> Refusal:
    vesting = format_date(vesting_on)
    return Refusal(f"{name} is due to be abolished on {vesting}. Choose the successor", field, "77")


def _weight_of(successor: Successor) -> Decimal:
    try:
        weight = Decimal(str(successor.weight).strip().replace(",", ""))
    except InvalidOperation:
        weight = Decimal("NaN")
    if not weight.is_finite() or abs(weight) >= _MOST_WEIGHT or weight != round(weight, 3):
        raise Refusal(
            f"Enter a share for {successor.name}, or 0 if it takes nothing over", "successors", "21"
        )
    return weight

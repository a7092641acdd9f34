"""What an apportionment key must hold before it is kept (domain.md 2.10; rows 12, 18 to 23, 76, 77)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Refusal, Refusals
from core.rules.apportionment import Weight
from core.rules.calendar import format_date
from core.rules.dates import check_end_after_start
from programme.rules.membership import Abolition, Partner, check_partner_period, check_successor_chosen
from services.enums import KeyBasis

MOST_PLACES = 4
WHOLE_PERCENT = Decimal(100)
_MOST_WEIGHT = Decimal(10**14)
_NUMBER = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?")


@dataclass(frozen=True, slots=True)
class CouncilWeight:
    """One council's weight in a key; None where nothing was entered for it.

    `partner` says when it is a partner (None: never), `is_needed` whether the key must name it.
    """

    key: str
    name: str
    weight: Decimal | None
    partner: Partner | None = None
    abolition: Abolition | None = None
    is_needed: bool = True

    @property
    def field(self) -> str:
        """The field that its weight is entered in."""
        return f"weights.{self.key}"


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """First and last day of a key, both included; without a last day it has no end yet."""

    from_on: date
    to_on: date | None = None

    @property
    def last_on(self) -> date:
        """The last day, or the end of time."""
        return self.to_on or date.max

    def overlaps(self, other: KeyPeriod) -> bool:
        """Whether both apply on some day."""
        return self.from_on <= other.last_on and other.from_on <= self.last_on


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as it is to be kept. `successor_reason` lets a council stay past its abolition (row 77)."""

    basis: str
    period: KeyPeriod
    weights: tuple[CouncilWeight, ...]
    decision_ref: str
    successor_reason: str = ""


def check_key_record(record: KeyRecord, others: Iterable[KeyPeriod], decisions: Collection[str]) -> None:
    """Refuse a key that may not be kept, with all that is wrong at once.

    `others` are the periods of the other keys of its pool, `decisions` the references of those that can have
    agreed it. Codes: rows 12, 18 to 23, 76, 77 and INV-25.
    """
    checks: list[Callable[[], None]] = [
        lambda: check_period(record.period),
        lambda: check_no_overlap(record.period, others),
        *(_check_council(record, one) for one in record.weights),
        lambda: _check_weights(record),
        lambda: _check_decision(record.decision_ref, decisions),
    ]
    found = [said for said in (_said(check) for check in checks) if said]
    if found:
        raise Refusals(found)


def check_period(period: KeyPeriod) -> None:
    """Refuse an end that is not after the start (row 12)."""
    if period.to_on is None:
        return
    try:
        check_end_after_start(period.from_on, period.to_on)
    except Refusal as said:
        raise Refusal(said.message, "effective_to_on", said.code) from said


def check_no_overlap(period: KeyPeriod, others: Iterable[KeyPeriod]) -> None:
    """Refuse a key while another of its pool applies (row 22, INV-25)."""
    for other in sorted(others, key=lambda one: one.from_on):
        if period.overlaps(other):
            message = f"Another key applies from {format_date(other.from_on)}. End it first"
            raise Refusal(message, "effective_from_on", "22")


def check_not_after_leaving(period: KeyPeriod, weights: Sequence[CouncilWeight]) -> None:
    """Refuse a key that makes a council pay after it left (row 76, INV-42)."""
    for one in weights:
        if one.weight and one.partner:
            check_partner_period(one.name, one.partner, period.last_on, date.max, field="effective_to_on")


def waits_words(from_on: date, decision: str, state: str) -> str:
    """That a key counts once its decision is in effect, and where that stands (2.8, 2.10)."""
    return (
        f"The key from {format_date(from_on)} takes effect when decision {decision} does. "
        f"That is at the stage “{state}”"
    )


def parse_weight(text: str, name: str) -> Decimal:
    """A weight as typed: 130,200 or 57,341.2 or 63%. Refuses anything else, and more than 4 decimals."""
    body = text.strip()
    if not _NUMBER.fullmatch(body):
        raise Refusal(f"Enter the share for {name} in numbers, for example 130,200 or 57,341.2")
    weight = Decimal(body.rstrip("%").replace(",", "").replace("−", "-"))
    _check_size(weight, name)
    return weight


def weight_text(weight: Weight) -> str:
    """57341.2 of a weight, as runs and files keep it: no zeros at the end."""
    text = str(weight)
    return text.rstrip("0").rstrip(".") if "." in text else text


def weight_words(weight: Decimal) -> str:
    """57,341.2 of a weight, for people."""
    whole, _, decimals = weight_text(weight).partition(".")
    return f"{int(whole):,}{'.' if decimals else ''}{decimals}"


def check_drivers(
    names: Mapping[str, str], drivers: Mapping[str, Decimal], *, sum_field: str
) -> list[Refusal]:
    """What is wrong with the quantities counted for councils: rows 18, 19 and 21.

    `names` are those of the councils by key; each needs a quantity, and one of them more than 0.
    """
    found = []
    for key, name in names.items():
        quantity = drivers.get(key)
        if quantity is None:
            message = f"Enter a share for {name}, or 0 if it pays nothing"
            found.append(Refusal(message, f"{sum_field}.{key}", "21"))
        elif quantity < 0:
            found.append(Refusal(f"Share for {name} must be 0 or more", f"{sum_field}.{key}", "19"))
    if not found and not any(drivers[key] for key in names):
        first = f"{sum_field}.{next(iter(names), '')}"
        found.append(Refusal("At least one council must have a share greater than 0", first, "18"))
    return found


def _check_council(record: KeyRecord, one: CouncilWeight) -> Callable[[], None]:
    def check() -> None:
        if one.weight is None:
            if one.is_needed:
                message = f"Enter a share for {one.name}, or 0 if it pays nothing"
                raise Refusal(message, one.field, "21")
            return
        if one.weight < 0:
            raise Refusal(f"Share for {one.name} must be 0 or more", one.field, "19")
        _check_size(one.weight, one.name, one.field)
        if one.weight:
            _check_partner(record.period, one)
            check_successor_chosen(
                one.abolition,
                record.period.last_on,
                reason=record.successor_reason,
                field="successor_reason",
            )

    return check


def _check_partner(period: KeyPeriod, one: CouncilWeight) -> None:
    """Refuse a council that pays while it is no partner: before it joined, after it left (row 76)."""
    if one.partner is None:
        raise Refusal(f"{one.name} is not a partner in this programme", one.field, "76")
    check_not_after_leaving(period, [one])
    check_partner_period(one.name, one.partner, period.from_on, period.from_on, field="effective_from_on")


def _check_size(weight: Decimal, name: str, field: str | None = None) -> None:
    if not weight.is_finite() or abs(weight) >= _MOST_WEIGHT:
        raise Refusal(f"Share for {name} must be less than 100,000,000,000,000", field)
    if weight != round(weight, MOST_PLACES):
        raise Refusal(f"Share for {name} must have no more than {MOST_PLACES} decimal places", field)


def _check_weights(record: KeyRecord) -> None:
    """Refuse weights that cannot share anything (row 18), and percentages that miss 100 (row 20)."""
    stated = [one.weight for one in record.weights if one.weight is not None]
    if any(one.weight is None and one.is_needed for one in record.weights) or any(
        weight < 0 for weight in stated
    ):
        return
    first = record.weights[0].field if record.weights else "weights"
    if not any(stated):
        raise Refusal("At least one council must have a share greater than 0", first, "18")
    if record.basis == KeyBasis.FIXED_PERCENT and sum(stated) != WHOLE_PERCENT:
        total = f"{sum(stated, Decimal(0)).normalize():f}"
        raise Refusal(f"Percentages must add up to 100. They add up to {total}", first, "20")
    if record.basis == KeyBasis.EQUAL and len({weight for weight in stated if weight}) > 1:
        raise Refusal("Equal shares need the same number for each council that pays", first)


def _check_decision(ref: str, decisions: Collection[str]) -> None:
    if not ref or ref not in decisions:
        raise Refusal("Choose the decision that agreed this key", "decision_ref", "23")


def _said(check: Callable[[], None]) -> Refusal | None:
    try:
        check()
    except Refusal as said:
        return said
    return None

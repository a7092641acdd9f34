"""How long claims wait for verification, and the register of benefits in one sentence (domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.enums import Measure
from benefits.rules.measures import PARTS, sign_within
from core.rules.money import format_pounds, format_prose
from core.rules.words import count_of, listed

# The section 151 officer is reminded after 10 working days, the senior responsible owner after 20 [P].
BANDS: tuple[tuple[int, int | None], ...] = ((0, 10), (11, 20), (21, None))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims that nobody answered: pence in all, how many, and working days since the oldest."""

    pence: int
    amounts: int
    oldest_days: int

    def __add__(self, other: Waiting) -> Waiting:
        return Waiting(
            self.pence + other.pence, self.amounts + other.amounts, max(self.oldest_days, other.oldest_days)
        )


NONE_WAITING = Waiting(0, 0, 0)


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """One claim as totals hold it: pence with the sign of section 0, and working days since it was made.

    What is not cashable is never added to what is (INV-17).
    """

    pence: int
    days: int
    is_cashable: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """Claims of cashable savings, and those of all else beside them (INV-17)."""

    cashable: Waiting
    other: Waiting

    @property
    def amounts(self) -> int:
        """How many there are."""
        return self.cashable.amounts + self.other.amounts

    @property
    def oldest_days(self) -> int:
        """Working days since the oldest of them."""
        return max(self.cashable.oldest_days, self.other.oldest_days)

    @property
    def words(self) -> str:
        """£3,000.00 of cashable savings and −£500.00 of other amounts; what there is none of is left out."""
        parts = ((self.cashable, "cashable savings"), (self.other, "other amounts"))
        return listed([f"{format_pounds(one.pence)} of {noun}" for one, noun in parts if one.amounts])


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Claims that have waited from `first` to `last` working days; `last` is None for the longest."""

    first: int
    last: int | None
    claims: Apart

    @property
    def words(self) -> str:
        """Up to 10 working days; 11 to 20 working days."""
        return band_words(self.first, self.last)


def counted_pence(pence: int, measure: Measure, *, is_disbenefit: bool, is_counted: bool) -> int:
    """What a claim adds to totals: costs take off, and one that is counted elsewhere adds 0 (INV-18)."""
    return sign_within(measure, is_disbenefit=is_disbenefit) * pence if is_counted else 0


def is_cashable_measure(measure: Measure) -> bool:
    """Whether a line without a benefit counts among cashable savings."""
    return measure in PARTS[Measure.GROSS]


def total_waiting(found: Iterable[Waiting]) -> Waiting:
    """All of them together."""
    return sum(found, NONE_WAITING)


def waiting_of(claims: Iterable[WaitingClaim]) -> Waiting:
    """Claims of one class added up."""
    return total_waiting(Waiting(claim.pence, 1, claim.days) for claim in claims)


def apart(claims: Iterable[WaitingClaim]) -> Apart:
    """Claims added up, cashable savings apart from the rest."""
    found = list(claims)
    return Apart(
        waiting_of(claim for claim in found if claim.is_cashable),
        waiting_of(claim for claim in found if not claim.is_cashable),
    )


def banded(claims: Iterable[WaitingClaim]) -> tuple[AgeBand, ...]:
    """Claims by how long they wait: every band, also where nothing is in it."""
    found = list(claims)
    return tuple(
        AgeBand(*band, apart(claim for claim in found if in_band(claim.days, band))) for band in BANDS
    )


def band_words(first: int, last: int | None) -> str:
    """Up to 10 working days; 11 to 20 working days; more than 20 working days."""
    if last is None:
        return f"More than {first - 1} working days"
    return f"{first} to {last} working days" if first else f"Up to {last} working days"


def in_band(days: int, band: tuple[int, int | None]) -> bool:
    """Whether a number of working days is in a band, both ends included."""
    first, last = band
    return first <= days and (last is None or days <= last)


def waiting_sentence(claims: Apart) -> str:
    """2 claims wait: £3,000.00 of cashable savings and −£500.00 of other amounts."""
    if not claims.amounts:
        return "No claim waits for an answer."
    verb = "waits" if claims.amounts == 1 else "wait"
    return f"{count_of(claims.amounts, 'claim')} {verb}: {claims.words}."


def ageing_sentence(bands: Sequence[AgeBand], claims: Apart) -> str:
    """What a councillor can read aloud: how much waits, the oldest, and how much of it for longest."""
    said = waiting_sentence(claims)
    if not claims.amounts:
        return said
    late, days = bands[-1], bands[-1].first - 1
    over = f"{late.claims.amounts:,} {_has(late.claims.amounts)}" if late.claims.amounts else "none has"
    oldest = count_of(claims.oldest_days, "working day")
    return f"{said} The oldest has waited for {oldest}; {over} waited for more than {days}."


def register_sentence(states: Sequence[tuple[str, int]], at_risk: int, cashable: Waiting) -> str:
    """The register as one can read it aloud; `states` are numbers of benefits by state, in their order."""
    total = sum(number for _, number in states)
    if not total:
        return "No benefit meets this choice."
    by_state = listed([f"{number:,} {state.lower()}" for state, number in states if number])
    risk = f"{at_risk:,} {'is' if at_risk == 1 else 'are'} at risk" if at_risk else "none is at risk"
    return f"{count_of(total, 'benefit')}: {by_state}; {risk}. {_waiting_words(cashable)}."


def _waiting_words(cashable: Waiting) -> str:
    if not cashable.amounts:
        return "No cashable saving waits for verification"
    age = count_of(cashable.oldest_days, "working day")
    return (
        f"{format_prose(cashable.pence)} of cashable savings is claimed and waits for verification, "
        f"the oldest of {count_of(cashable.amounts, 'amount')} for {age}"
    )


def _has(number: int) -> str:
    return "has" if number == 1 else "have"

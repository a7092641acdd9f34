"""How long claims wait for verification, and the register of benefits in one sentence (domain.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.rules.money import format_prose
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


def total_waiting(found: Iterable[Waiting]) -> Waiting:
    """All of them together."""
    return sum(found, NONE_WAITING)


def band_words(first: int, last: int | None) -> str:
    """Up to 10 working days; 11 to 20 working days; more than 20 working days."""
    if last is None:
        return f"More than {first - 1} working days"
    return f"{first} to {last} working days" if first else f"Up to {last} working days"


def in_band(days: int, band: tuple[int, int | None]) -> bool:
    """Whether a number of working days is in a band, both ends included."""
    first, last = band
    return first <= days and (last is None or days <= last)


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

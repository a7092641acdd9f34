"""Redundancies that one employer proposes at one place of work, added up.

Trade Union and Labour Relations (Consolidation) Act 1992, section 188: the minimum time goes by all
dismissals proposed at one establishment within 90 days (subsections 1 and 1A). People about whom consultation
has already begun are not counted again (subsection 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.rules.suppression import SMALL_COUNT

WINDOW_DAYS = 90
MOST_PEOPLE = 999_999


@dataclass(frozen=True, slots=True)
class Proposal:
    """A redundancy that an employer proposes; `proposed_on` is the day since when it is on record."""

    label: str
    place: str
    affected_count: int | None
    started_on: date
    proposed_on: date
    first_dismissal_on: date | None = None
    programme: str = ""
    is_withheld: bool = False

    def as_withheld(self, beside: str) -> Proposal:
        """The proposal to who may not open it: what is refused because of it tells nothing of it.

        It is at the place of the one `beside` it, on no known day, of so many that the longest time counts.
        """
        return replace(
            self, place=beside, affected_count=MOST_PEOPLE, first_dismissal_on=None, is_withheld=True
        )

    def named(self, programme: str = "") -> str:
        """Its label, with its programme unless that is the one it is named in."""
        return self.label if self.programme in ("", programme) else f"{self.label} in {self.programme}"


@dataclass(frozen=True, slots=True)
class AddedUp:
    """The other proposals that count with one, and those that do not as their consultation had begun.

    `leaves_out` where the employer has proposals that are withheld, which what is shown does not count.
    """

    counted: tuple[Proposal, ...] = ()
    begun: tuple[Proposal, ...] = ()
    leaves_out: bool = False

    def people(self, own: int) -> int:
        """The people of all together, `own` exact, each other number that is withheld at its highest.

        So that who tries one number after another until none is refused learns none of those (INV-38).
        """
        return own + sum(_at_most(one.affected_count or 0) for one in self.counted)

    def most_people(self, own: int) -> int:
        """The same with `own` too at its highest where it is withheld: for what is shown."""
        return self.people(_at_most(own))

    def fewest_people(self, own: int) -> int:
        """The same with each number that is withheld at its lowest."""
        counts = [own, *(one.affected_count or 0 for one in self.counted)]
        return sum(1 if 0 < count < SMALL_COUNT else count for count in counts)


ALONE = AddedUp()


def add_up(proposal: Proposal, others: Iterable[Proposal]) -> AddedUp:
    """What counts with `proposal` among the `others` of its employer.

    Only the same place of work; only those on record by the day its consultation starts; of the periods of
    90 days that its first dismissal falls in, the one with the most people. Another one with no day of
    dismissal counts.
    """
    here = [one for one in others if _place(one) == _place(proposal)]
    begun = [one for one in here if one.started_on < proposal.started_on]
    known = [
        one
        for one in here
        if one.started_on >= proposal.started_on and one.proposed_on <= proposal.started_on
    ]
    undated = [one for one in known if one.first_dismissal_on is None]
    dated = _fullest_period(proposal.first_dismissal_on, [one for one in known if one.first_dismissal_on])
    near = [one for one in begun if _is_near(proposal.first_dismissal_on, one.first_dismissal_on)]
    counted = sorted((*undated, *dated), key=lambda one: (one.started_on, one.label))
    return AddedUp(tuple(counted), tuple(near))


def _at_most(count: int) -> int:
    return SMALL_COUNT - 1 if 0 < count < SMALL_COUNT else count


def _place(proposal: Proposal) -> str:
    return " ".join(proposal.place.casefold().split())


def _is_near(own: date | None, other: date | None) -> bool:
    return own is None or other is None or abs((own - other).days) < WINDOW_DAYS


def _fullest_period(own: date | None, others: Sequence[Proposal]) -> Sequence[Proposal]:
    """Those whose first dismissals fall, with `own`, into the 90 days that hold the most people."""
    days = {one.first_dismissal_on for one in others if one.first_dismissal_on} | ({own} if own else set())
    periods = [
        [one for one in others if one.first_dismissal_on and first <= one.first_dismissal_on < last]
        for first in sorted(days)
        if (last := first + timedelta(days=WINDOW_DAYS)) and (own is None or first <= own < last)
    ]
    return max(periods, key=lambda period: sum(one.affected_count or 0 for one in period), default=[])

"""What people hand to the ledger actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benefits.models import Line
from benefits.rules.ledger import Entry, check_not_abolished, check_partner
from core.enums import Qualifier
from core.errors import Refusal
from core.models import Source
from core.rules.dates import ImpreciseDate
from programme.models import Council, Milestone, Programme
from programme.queries.partners import ruled_partners


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a line for a council: of month `period` (1 is April), or of the whole year when None."""

    line: Line
    council: Council
    fy: int
    period: int | None
    pence: int
    explanation: str = ""
    source: Source | None = None
    qualifier: str = Qualifier.EXACT.value

    @property
    def entry(self) -> Entry:
        """The amount as the rules read it."""
        return Entry(
            self.line.ref, self.council.short_name, self.fy, self.period, self.pence, self.explanation
        )


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """The date of one milestone in a plan version."""

    milestone: Milestone
    date: ImpreciseDate
    source: Source | None = None
    qualifier: str = Qualifier.EXACT.value


def check_belongs(programme: Programme, amounts: Iterable[Amount], *, may_outlast: bool = False) -> None:
    """Refuse a line of another programme, and a council that is no partner at that time (rows 76 and 77).

    A plan or a forecast may outlast a council that is to be abolished; it is pointed out there. One query
    for the partners, two where a council is to be abolished.
    """
    partners = ruled_partners(programme)
    for amount in amounts:
        if amount.line.programme_id != programme.pk:
            raise Refusal(f"{amount.line.ref} is not a line of this programme", "line")
        partner = partners.get(amount.council.pk)
        check_partner(amount.entry, partner)
        if not may_outlast:
            check_not_abolished(amount.entry, partner)

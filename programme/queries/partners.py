"""The councils of a partnership."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from programme.models import Council, CouncilSuccessor, Membership, Partnership, Programme
from programme.rules.membership import Partner

_WERE_PARTNERS = (MemberStatus.ACTIVE, MemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Member:
    """One council's place in a partnership."""

    membership: Membership
    council: Council
    joined: ImpreciseDate | None
    left: ImpreciseDate | None

    @property
    def financial_share(self) -> Decimal | None:
        """Per cent of the money; None where it is not stated."""
        return self.membership.financial_share_percent

    @property
    def voting_share(self) -> Decimal | None:
        """Per cent of the votes; None where it is not stated."""
        return self.membership.voting_share_percent

    @property
    def part(self) -> str:
        """Its part in the words of the source, where they say more than that it is a partner."""
        text = self.membership.role_text
        return "" if text.lower() in ("partner", "partner council") else text

    @property
    def is_partner(self) -> bool:
        """Whether the council is a partner now."""
        return self.membership.status == MemberStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class PartnerOverTime:
    """A council that is or was a partner, or takes over from one, and the days on which it is one.

    `vesting_on` is the first day on which it is no more, and `successors` then take over;
    `takes_over_from` is None for a partner.
    """

    council: Council
    joined_on: date | None
    left_on: date | None
    vesting_on: date | None = None
    takes_over_from: Council | None = None
    successors: tuple[Council, ...] = ()

    @property
    def last_on(self) -> date | None:
        """Its last day: the one on which it left, or the one before vesting day."""
        ends_on = self.vesting_on - timedelta(days=1) if self.vesting_on else None
        known = [day for day in (self.left_on, ends_on) if day is not None]
        return min(known, default=None)


def partner_councils(partnership_id: int) -> list[Council]:
    """The partner councils of today, in the fixed order of the partnership. One query."""
    return list(
        Council.objects.filter(
            memberships__partnership=partnership_id, memberships__status=MemberStatus.ACTIVE
        ).order_by("memberships__order_index", "name")
    )


def partners_of(partnerships: Iterable[int]) -> dict[int, list[Council]]:
    """The partner councils of today of several partnerships, each in its fixed order. One query."""
    found: dict[int, list[Council]] = {key: [] for key in partnerships}
    members = Membership.objects.filter(partnership__in=found, status=MemberStatus.ACTIVE)
    for member in members.select_related("council").order_by("order_index", "council__name"):
        found[member.partnership_id].append(member.council)
    return found


def entering_councils(programme: Programme) -> list[Council]:
    """Councils that are or were partners, in the fixed order, then those that take over from one.

    What they entered stays. One query; two where a council is to be abolished.
    """
    return [one.council for one in partners_over_time(programme.partnership_id)]


def partners_over_time(partnership_id: int) -> list[PartnerOverTime]:
    """The same with their days. One query; two where a council is to be abolished."""
    return partners_over_time_of([partnership_id])[partnership_id]


def ruled_partners(programme: Programme) -> dict[int, Partner]:
    """The same as the rules of membership read them, by key of the council."""
    return {
        one.council.pk: Partner(one.council.short_name, one.joined_on, one.left_on, one.vesting_on)
        for one in partners_over_time(programme.partnership_id)
    }


def partners_over_time_of(partnerships: Iterable[int]) -> dict[int, list[PartnerOverTime]]:
    """The same of several partnerships."""
    found: dict[int, list[PartnerOverTime]] = {key: [] for key in partnerships}
    rows = Membership.objects.filter(partnership__in=found, status__in=_WERE_PARTNERS)
    for row in rows.select_related("council").order_by("order_index", "council__name"):
        council = row.council
        found[row.partnership_id].append(
            PartnerOverTime(council, row.joined_first_on, row.left_last_on, council.abolished_on)
        )
    ending = {one.council.pk for own in found.values() for one in own if one.vesting_on}
    if ending:
        successors = CouncilSuccessor.objects.filter(council__in=ending, weight__gt=0)
        named = list(successors.select_related("successor").order_by("from_on", "successor__name"))
        return {key: _with_successors(own, named) for key, own in found.items()}
    return found


def partners_between(partners: Iterable[PartnerOverTime], first_on: date, last_on: date) -> list[Council]:
    """Those that are partners on any of these days, each area once.

    A council that ends within them gives way to the successors that take over its area in them.
    """
    there = [
        one
        for one in partners
        if (one.joined_on or first_on) <= last_on and (one.last_on or last_on) >= first_on
    ]
    present = {one.council.pk for one in there}
    return [
        one.council
        for one in there
        if one.vesting_on is None
        or one.vesting_on > last_on
        or present.isdisjoint(after.pk for after in one.successors)
    ]


def _with_successors(
    partners: Iterable[PartnerOverTime], rows: Sequence[CouncilSuccessor]
) -> list[PartnerOverTime]:
    """The partners, each with its successors, then the successors that are no partners."""
    after: dict[int, list[Council]] = {}
    for row in rows:
        after.setdefault(row.council_id, []).append(row.successor)
    own = [replace(one, successors=tuple(after.get(one.council.pk, ()))) for one in partners]
    return [*own, *_taking_over(own, rows)]


def _taking_over(
    partners: Iterable[PartnerOverTime], successors: Iterable[CouncilSuccessor]
) -> list[PartnerOverTime]:
    """Successors of partners that were partners to their end, without those that are partners anyway."""
    to_the_end = {
        one.council.pk: one.council
        for one in partners
        if one.vesting_on and one.left_on in (None, one.last_on)
    }
    known = {one.council.pk for one in partners}
    found: dict[int, PartnerOverTime] = {}
    for row in successors:
        if row.council_id in to_the_end and row.successor_id not in known:
            before = to_the_end[row.council_id]
            after = row.successor
            found.setdefault(after.pk, PartnerOverTime(after, row.from_on, None, after.abolished_on, before))
    return list(found.values())


def partnership_councils(partnership_id: int) -> list[Council]:
    """Councils that are or were partners of a partnership, in its fixed order. One query."""
    return list(
        Council.objects.filter(
            memberships__partnership=partnership_id,
            memberships__status__in=_WERE_PARTNERS,
        ).order_by("memberships__order_index", "name")
    )


def creatable_partnerships(user: User) -> QuerySet[Partnership]:
    """Partnerships in which `user` may start a programme, by name: all for an administrator."""
    held = RoleHeld.objects.held_by(user).current(today())
    if held.filter(role=RoleName.ADMINISTRATOR).exists():
        return Partnership.objects.order_by("name")
    managed = held.filter(role=RoleName.PROGRAMME_MANAGER, partnership__isnull=False)
    return Partnership.objects.filter(pk__in=managed.values("partnership")).order_by("name")


def members_of(partnership: Partnership) -> list[Member]:
    """Every council that is, was or might have been a partner, in the fixed order. One query."""
    memberships = partnership.memberships.select_related("council", "source").order_by(
        "order_index", "council__name"
    )
    return [Member(row, row.council, row.get_date("joined"), row.get_date("left")) for row in memberships]

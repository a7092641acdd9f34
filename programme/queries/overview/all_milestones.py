"""Milestones of every programme that a person may read, narrowed and in order, a page of them in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from programme.enums import MemberStatus
from programme.models import Council, Milestone, Phase, Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, known_on, milestone_row, with_relations
from programme.queries.overview.portfolio import WORST_FIRST
from programme.queries.overview.standings import Seen, read_seen
from programme.rules.worklist import Section, section_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; empty or None where it is not."""

    programme: str = ""
    phase: str = ""
    kind: str = ""
    owner: str = ""
    council: str = ""
    rating: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from, as pairs of value and label."""

    programmes: list[tuple[str, str]]
    phases: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    councils: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """One milestone that meets the choice, with its section and its programme's name."""

    seen: Seen
    programme: str
    section: Section | None


Key = Callable[[Found], tuple[Any, ...]]


def by_date(found: Found) -> tuple[Any, ...]:
    """The earliest first; what has no date last."""
    return _on(found), found.programme, found.seen.pk


def by_rating(found: Found) -> tuple[Any, ...]:
    """The worst rating first, the most days late first within it."""
    word = found.seen.rating.word
    place = WORST_FIRST.index(word) if word in WORST_FIRST else len(WORST_FIRST)
    return place, -found.seen.days, *by_date(found)


def by_days(found: Found) -> tuple[Any, ...]:
    """The furthest after its plan first."""
    return -found.seen.days, *by_date(found)


def by_programme(found: Found) -> tuple[Any, ...]:
    """Programme by programme, each by date."""
    return found.programme, *by_date(found)


def readable_programmes(user: User) -> list[Programme]:
    """The programmes that `user` may read, by name. One query."""
    return list(Programme.objects.visible_to(user).select_related("partnership"))


def offered(programmes: Sequence[Programme]) -> Offered:
    """What the programmes' milestones can be narrowed to. Three queries."""
    milestones = Milestone.objects.filter(programme__in=programmes)
    phases = Phase.objects.filter(programme__in=programmes, milestones__isnull=False)
    labels = phases.order_by("label").values_list("label", flat=True).distinct()
    owners = User.objects.filter(milestones__in=milestones).order_by("name", "pk").distinct()
    partners = Council.objects.filter(
        memberships__partnership__in={one.partnership_id for one in programmes},
        memberships__status=MemberStatus.ACTIVE,
    )
    return Offered(
        programmes=[(one.key, one.name) for one in programmes],
        phases=[(label, label) for label in labels],
        owners=[(str(one.pk), str(one)) for one in owners],
        councils=[(one.key, str(one)) for one in partners.order_by("short_name", "pk").distinct()],
    )


def find_milestones(programmes: Sequence[Programme], wanted: Wanted, *, as_of: date) -> list[Found]:
    """The milestones that meet the choice. One query, whatever their number."""
    days = {one.pk: known_on(one, as_of) for one in programmes}
    limits = {one.pk: one.thresholds for one in programmes}
    names = {one.pk: one.name for one in programmes}
    rows = _narrowed(Milestone.objects.filter(programme__in=programmes), wanted)
    found = []
    for programme, seen in read_seen(rows, days, limits):
        section = section_of(seen.progress, seen.due, days[programme])
        one = Found(seen, names[programme], section)
        if _admits(one, wanted):
            found.append(one)
    return found


def rows_in_full(found: Iterable[Found], *, as_of: date, powers: Powers) -> list[MilestoneRow]:
    """Their rows in the same order. Three queries."""
    keys = [one.seen.pk for one in found]
    rows = {
        milestone.pk: milestone_row(milestone, as_of=as_of, powers=powers)
        for milestone in with_relations(Milestone.objects.filter(pk__in=keys))
    }
    return [rows[key] for key in keys]


def _narrowed(rows: QuerySet[Milestone], wanted: Wanted) -> QuerySet[Milestone]:
    limits = {
        "programme__key": wanted.programme,
        "phase__label": wanted.phase,
        "kind": wanted.kind,
        "owner": wanted.owner,
    }
    rows = rows.filter(**{name: value for name, value in limits.items() if value})
    if not wanted.council:
        return rows
    # A milestone that names no council is every partner's.
    partner = Q(
        councils__isnull=True,
        programme__partnership__memberships__council__key=wanted.council,
        programme__partnership__memberships__status=MemberStatus.ACTIVE,
    )
    return rows.filter(Q(councils__key=wanted.council) | partner).distinct()


def _admits(found: Found, wanted: Wanted) -> bool:
    day = _on(found)
    return (
        (not wanted.rating or found.seen.rating.word.lower() == wanted.rating)
        and (wanted.from_on is None or wanted.from_on <= day < date.max)
        and (wanted.to_on is None or day <= wanted.to_on)
    )


def _on(found: Found) -> date:
    return found.seen.expected.last_on if found.seen.expected else date.max

"""Every partnership that a person may read: its councils, what they share, since when, and what it saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from benefits.queries.all_savings import NO_SUCH_YEAR, AllChoice, ProgrammeSums, all_savings, read_programmes
from benefits.queries.figures import FIGURE_NAMES, Figures, total
from core.rules.assessment import NotAssessable
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from programme.models import Council, Membership, Partnership, Programme
from programme.querysets import QUIET
from services.enums import ServiceStatus
from services.models import Service

_NO_PLAN = NotAssessable("No programme has a plan or a saving")
NO_FIGURES = Figures(*(_NO_PLAN for _ in FIGURE_NAMES))


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One partnership. `since` is when it was formed, else when its first council joined.

    `figures` are of the cashable savings of all years of its programmes that have any; `without` counts those
    that have none.
    """

    partnership: Partnership
    councils: tuple[Council, ...]
    since: ImpreciseDate | None
    is_formed: bool
    services: tuple[str, ...]
    programmes: tuple[Programme, ...]
    figures: Figures
    without: int
    as_of: date

    @property
    def is_running(self) -> bool:
        """Whether any of its programmes is neither paused, over nor a case of the past."""
        return any(not _is_past(one, self.as_of) and one.state not in QUIET for one in self.programmes)

    @property
    def states(self) -> str:
        """The states of its programmes in words, each once."""
        return ", ".join(dict.fromkeys(_state(one, self.as_of) for one in self.programmes)) or "No programme"


def register_rows(user: User, *, as_of: date) -> list[RegisterRow]:
    """Every partnership that `user` may read, by name.

    Seven queries, whatever the number of partnerships, and those of programmes whose entries just changed.
    """
    partnerships = list(Partnership.objects.visible_to(user))
    members = _members(partnerships)
    services = _services(user)
    programmes = _programmes(user)
    found = all_savings(read_programmes(user, as_of=as_of), AllChoice())
    sums: dict[int, list[ProgrammeSums]] = {}
    for one in found.rows:
        sums.setdefault(one.programme.partnership_id, []).append(one)
    return [
        _row(one, members.get(one.pk, []), services, programmes.get(one.pk, []), sums.get(one.pk, []), as_of)
        for one in partnerships
    ]


def _row(
    partnership: Partnership,
    members: Sequence[Membership],
    services: Mapping[int, Sequence[str]],
    programmes: Sequence[Programme],
    sums: Sequence[ProgrammeSums],
    as_of: date,
) -> RegisterRow:
    formed = partnership.get_date("formed")
    joined = [day for day in (one.get_date("joined") for one in members) if day is not None]
    known = [one.whole for one in sums if one.whole is not NO_SUCH_YEAR]
    return RegisterRow(
        partnership=partnership,
        councils=tuple(one.council for one in members),
        since=formed or min(joined, key=lambda day: day.first_on, default=None),
        is_formed=formed is not None,
        services=tuple(dict.fromkeys(name for one in programmes for name in services.get(one.pk, ()))),
        programmes=tuple(programmes),
        figures=total(known) if known else NO_FIGURES,
        without=len(programmes) - len(known),
        as_of=as_of,
    )


def _members(partnerships: Sequence[Partnership]) -> dict[int, list[Membership]]:
    """The partners of today, in the fixed order of each partnership."""
    rows = Membership.objects.filter(partnership__in=partnerships, status=MemberStatus.ACTIVE)
    found: dict[int, list[Membership]] = {}
    for one in rows.select_related("council").order_by("order_index", "council__name"):
        found.setdefault(one.partnership_id, []).append(one)
    return found


def _services(user: User) -> dict[int, list[str]]:
    """Names of the services that each programme shares, in its order."""
    rows = Service.objects.visible_to(user).filter(status=ServiceStatus.SHARED)
    found: dict[int, list[str]] = {}
    for programme, name in rows.order_by("order_index", "pk").values_list("programme", "name"):
        found.setdefault(programme, []).append(name)
    return found


def _programmes(user: User) -> dict[int, list[Programme]]:
    found: dict[int, list[Programme]] = {}
    for one in Programme.objects.visible_to(user).order_by("name", "pk"):
        found.setdefault(one.partnership_id, []).append(one)
    return found


def _is_past(programme: Programme, as_of: date) -> bool:
    return programme.facts_last_on is not None and programme.facts_last_on < as_of


def _state(programme: Programme, as_of: date) -> str:
    return "Case of the past" if _is_past(programme, as_of) else str(programme.get_state_display())

"""Deputies of section 151 officers: who, for which council, from when to when, and named by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from accounts.enums import NOT_DEPUTISING, RoleName
from accounts.models import RoleHeld, User
from benefits.policies import administers, s151_for
from core.clock import today
from programme.models import Council, Programme
from programme.queries.partners import entering_councils
from programme.querysets import readable

ENDED = "Ended with the officer’s role"


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """One deputy, and whether the person may end the role."""

    held: RoleHeld
    state: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class Deputies:
    """The deputies of the councils of a programme, the latest first, and for whom one may name another."""

    rows: tuple[DeputyRow, ...]
    own: tuple[Council, ...]

    @property
    def can_end(self) -> bool:
        """Whether one of them may be ended by the person."""
        return any(row.can_end for row in self.rows)


def deputy_list(programme: Programme, user: User, *, as_of: date) -> Deputies:
    """Deputies of the partner councils, past ones too, as `user` may end them. Four queries."""
    councils = entering_councils(programme)
    own, ends_all = s151_for(user), administers(user)
    rows = tuple(
        DeputyRow(held, state_of(held, as_of), (ends_all or held.council_id in own) and is_open(held, as_of))
        for held in deputies_of(councils)
    )
    return Deputies(rows, tuple(one for one in councils if one.pk in own))


def deputies_of(councils: Iterable[Council]) -> QuerySet[RoleHeld]:
    """All that were ever named for these councils, the latest first."""
    keys = [council.pk for council in councils]
    return _deputies().filter(council__in=keys).order_by("-from_on", "-pk")


def deputies_visible_to(user: User) -> QuerySet[RoleHeld]:
    """Deputies of the councils of partnerships that `user` may read; all of them for the administrator."""
    if not user.is_authenticated:
        return _deputies().none()
    if administers(user):
        return _deputies().order_by("pk")
    return _deputies().filter(readable(user, "council__memberships__partnership")).distinct().order_by("pk")


def deputy_among(
    deputies: Collection[RoleHeld], user: User, council: Council, *, on: date
) -> RoleHeld | None:
    """The role under which a person was deputy for the council on a day."""
    return next(
        (
            one
            for one in deputies
            if (one.user_id, one.council_id) == (user.pk, council.pk)
            and one.from_on <= on <= (one.to_on or on)
        ),
        None,
    )


def officers_to_deputise(council: Council) -> QuerySet[User]:
    """Active officers of the council who may be named its deputy, by name."""
    roles = RoleHeld.objects.current(today()).filter(council=council).exclude(role__in=NOT_DEPUTISING)
    is_s151 = Q(roles_held__in=RoleHeld.objects.current(today()).filter(council=council, role=RoleName.S151))
    users = User.objects.filter(pk__in=roles.values("user"), is_active=True)
    return users.exclude(is_s151).order_by("name")


def is_open(held: RoleHeld, as_of: date) -> bool:
    """Whether the role runs, or is still to begin."""
    return held.to_on is None or held.to_on >= as_of


def state_of(held: RoleHeld, as_of: date) -> str:
    """From a later day, now, or over; or that there is nobody to stand in for."""
    if not is_open(held, as_of):
        return "Over"
    if not getattr(held, "deputises", True):
        return ENDED
    return "Now" if held.from_on <= as_of else "Later"


def _deputies() -> QuerySet[RoleHeld]:
    rows = RoleHeld.objects.filter(role=RoleName.DEPUTY_S151, council__isnull=False)
    condition = RoleHeld.objects.deputises(today())
    rows = rows.annotate(deputises=ExpressionWrapper(condition, output_field=BooleanField()))
    return rows.select_related("user", "council", "given_by")

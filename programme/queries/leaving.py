"""What must be settled when a council leaves a partnership: asked of every floor, in one order (INV-42)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import RoleHeld, User
from core.clock import today
from core.rules.calendar import format_date
from programme.enums import LeavingStep
from programme.models import Council, Membership, Milestone, Partnership


@dataclass(frozen=True, slots=True)
class Leaving:
    """A council that leaves a partnership, the last day on which it is a partner, and who asks."""

    partnership: Partnership
    council: Council
    left_on: date
    user: User


@dataclass(frozen=True, slots=True)
class LeavingItem:
    """Something to settle, where it is settled, and whether it is; it comes first where it `blocks`."""

    step: LeavingStep
    text: str
    url: str
    is_settled: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class LeavingGroup:
    """The items of one step, in order; none where the step asks for nothing."""

    step: LeavingStep
    items: tuple[LeavingItem, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing of the step is open."""
        return all(item.is_settled for item in self.items)


LeavingFinder = Callable[[Leaving], Sequence[LeavingItem]]
_finders: list[LeavingFinder] = []
_blocking_finders: list[LeavingFinder] = []


def register_leaving(finder: LeavingFinder, *, may_block: bool = False) -> None:
    """Let a higher floor say what must be settled when a council leaves.

    The finder is called for people who may read the partnership, and shows them no more than they may see.
    Only items of one that `may_block` can stand in the way of recording that it left; who writes what such
    a finder reads calls `lock_partners` first.
    """
    if finder not in _finders:
        _finders.append(finder)
        if may_block:
            _blocking_finders.append(finder)


def leaving_of(membership: Membership, left_on: date, user: User) -> list[LeavingGroup]:
    """Every step in its order with what is to be settled, open items first."""
    asked = Leaving(membership.partnership, membership.council, left_on, user)
    found = [*_milestones(asked), *(item for finder in _finders for item in finder(asked))]
    return [
        LeavingGroup(
            step,
            tuple(sorted((one for one in found if one.step == step), key=lambda one: one.is_settled)),
        )
        for step in LeavingStep
    ]


def blocking(groups: Sequence[LeavingGroup]) -> list[LeavingItem]:
    """What must be settled before the council's leaving can be recorded."""
    return [item for group in groups for item in group.items if item.blocks and not item.is_settled]


def blocking_of(membership: Membership, left_on: date, user: User) -> list[LeavingItem]:
    """The same, without reading what cannot block; lock the partners before relying on it."""
    asked = Leaving(membership.partnership, membership.council, left_on, user)
    found = (item for finder in _blocking_finders for item in finder(asked))
    return [item for item in found if item.blocks and not item.is_settled]


def _milestones(asked: Leaving) -> list[LeavingItem]:
    """Open milestones that somebody of the council answers for."""
    people = RoleHeld.objects.current(today()).filter(council=asked.council).values("user")
    rows = Milestone.objects.open().filter(programme__partnership=asked.partnership, owner__in=people)
    return [
        LeavingItem(
            LeavingStep.MILESTONES,
            f"{one.owner} answers for {one.title}. Choose another owner by {format_date(asked.left_on)}",
            one.get_absolute_url(),
        )
        for one in rows.select_related("owner").order_by("programme", "order_index", "pk")
    ]

"""Councils that are no longer among those of a partnership after a change, and what they still hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from accounts.models import User
from core.errors import Refusal, Refusals
from programme.models import Council, Membership
from programme.queries.partners import partners_over_time_of

# Takes a council, the key of a partnership and who asks; says what it holds there and what to do first.
HeldFinder = Callable[[Council, int, User], Iterable[str]]
_FINDERS: list[HeldFinder] = []
Councils = Mapping[int, Collection[Council]]


def register_held(finder: HeldFinder) -> None:
    """Let a higher floor say what keeps a council among those of a partnership."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def councils_beside(council: Council) -> Councils:
    """The councils of each partnership that `council` is or was in, and successors. Three queries at most."""
    rows = Membership.objects.filter(council=council).order_by()
    found = partners_over_time_of(rows.values_list("partnership", flat=True))
    return {key: [one.council for one in own] for key, own in found.items()}


def check_none_lost(before: Councils, after: Councils, field: str, *, by: User) -> None:
    """Refuse a change by which a council that holds entries is no partner and no successor (INV-44)."""
    lost = ((key, one) for key, own in before.items() for one in own if one not in after.get(key, ()))
    reasons = [text for key, one in lost for finder in _FINDERS for text in finder(one, key, by)]
    if reasons:
        raise Refusals([Refusal(text, field, "INV-44") for text in reasons])

"""Who recommends for scrutiny, and who answers for an executive (domain.md section 5)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import RoleName
from core.clock import today
from governance.models import BodyMember
from governance.policies import Powers, holds, holds_anywhere
from programme.models import Council

_ANSWERS = (RoleName.COUNCIL_LEAD, RoleName.DEMOCRATIC_SERVICES)


def can_recommend(powers: Powers) -> bool:
    """Whether the person records what scrutiny recommends: its members, or democratic services for them."""
    return holds_anywhere(powers, RoleName.SCRUTINY_MEMBER) or holds_anywhere(
        powers, RoleName.DEMOCRATIC_SERVICES
    )


def check_recommend(powers: Powers) -> None:
    """Refuse a recommendation by others."""
    if not can_recommend(powers):
        raise PermissionDenied(
            "Only scrutiny members or democratic services can record a recommendation. You can read them"
        )


def executive_seats(user_id: int) -> frozenset[int]:
    """Councils on whose executive the person sits, as a body that the product knows says. One query."""
    day = today()
    rows = BodyMember.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day), user=user_id, is_executive_member=True, from_on__lte=day
    )
    return frozenset(rows.exclude(council=None).values_list("council", flat=True))


def can_respond(powers: Powers, council: Council, seats: frozenset[int]) -> bool:
    """Whether the person answers for the council's executive: a member of it, or its officers."""
    return council.pk in seats or any(holds(powers, role, council) for role in _ANSWERS)


def check_respond(powers: Powers, council: Council) -> None:
    """Refuse an answer by others: each executive answers for itself."""
    if not can_respond(powers, council, executive_seats(powers.user_id)):
        raise PermissionDenied(
            f"Only {council}’s executive members, lead officer or democratic services can respond. "
            "You can read the response"
        )

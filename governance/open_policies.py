"""Who turns the public page of a programme on and off (domain.md section 5)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from governance.policies import holds_anywhere
from services.policies import Powers, powers_of

__all__ = ["Powers", "powers_of"]

NOT_TO_OPEN_PAGE = (
    "Only the senior responsible owner or democratic services can make this public, or take it back"
)


def can_open_page(powers: Powers) -> bool:
    """Whether the person decides what is public: the senior owner, or democratic services of a partner."""
    return powers.is_sro or holds_anywhere(powers, RoleName.DEMOCRATIC_SERVICES)


def check_open_page(powers: Powers) -> None:
    """Refuse it to anyone else, the programme manager too."""
    if not can_open_page(powers):
        raise PermissionDenied(NOT_TO_OPEN_PAGE)

"""Who drafts, edits, sends and reads monthly bulletins (domain.md section 5)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from core.errors import Refusal
from governance.models import Bulletin
from services.policies import Powers, powers_of

__all__ = ["Powers", "powers_of"]

NOT_TO_READ = "Drafts are read by those who work on them. You can read what was sent"
NOT_TO_DRAFT = "Only the programme manager can draft a bulletin. You can read what was sent"
NOT_TO_EDIT = "Only the programme manager or the senior responsible owner can change a bulletin"
NOT_TO_SEND = "Only the senior responsible owner can send a bulletin. You can read what was sent"
OWN_WORDS = (
    "The last change is your own, and nobody approves their own words. Ask the programme manager to read the "
    "draft and save it, then send it; or another senior responsible owner sends it"
)


def can_draft(powers: Powers) -> bool:
    """Whether the person begins bulletins and gives drafts up: the programme manager."""
    return powers.is_manager


def check_draft(powers: Powers) -> None:
    """Refuse it to anyone else."""
    if not can_draft(powers):
        raise PermissionDenied(NOT_TO_DRAFT)


def can_edit(powers: Powers) -> bool:
    """Whether the person edits drafts: the programme manager, and the senior owner who sends them."""
    return powers.is_manager or powers.is_sro


def check_edit(powers: Powers) -> None:
    """Refuse it to anyone else."""
    if not can_edit(powers):
        raise PermissionDenied(NOT_TO_EDIT)


def vouches(powers: Powers, bulletin: Bulletin) -> bool:
    """Whether a draft saved as it stands was read by a second person: the manager, after another's change."""
    return powers.is_manager and bulletin.updated_by_id not in {powers.user_id, bulletin.created_by_id}


def can_send(powers: Powers) -> bool:
    """Whether the person sends bulletins: the senior responsible owner, never the programme manager."""
    return powers.is_sro


def why_not_send(powers: Powers, bulletin: Bulletin) -> str:
    """What a senior responsible owner waits for who may not send this draft as it stands; empty: nothing."""
    try:
        check_send(powers, bulletin)
    except Refusal as said:
        return said.message
    return ""


def check_send(powers: Powers, bulletin: Bulletin) -> None:
    """Refuse it to anyone else, to who began the draft, and to who changed it last (row 35).

    An approver may not be the author (section 5). Who changed a word last is not stuck: the manager saves the
    draft, changed or not (`vouches`), or another senior owner sends it.
    """
    if not can_send(powers):
        raise PermissionDenied(NOT_TO_SEND)
    if bulletin.created_by_id == powers.user_id:
        raise Refusal("The person who proposed the change cannot approve it", code="35")
    if bulletin.updated_by_id == powers.user_id:
        raise Refusal(OWN_WORDS, code="35")


def can_read_draft(powers: Powers) -> bool:
    """Whether the person reads drafts: who works on them, and the partnership's auditor."""
    return can_edit(powers) or RoleName.AUDITOR in powers.joint


def check_read_draft(powers: Powers) -> None:
    """Refuse it to anyone else."""
    if not can_read_draft(powers):
        raise PermissionDenied(NOT_TO_READ)


def can_count(powers: Powers) -> bool:
    """Whether the person sees how many subscribe: who works on bulletins; nobody sees who does not."""
    return can_edit(powers)

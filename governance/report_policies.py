"""Who drafts, edits, signs and reads benefits reports (domain.md section 5)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import RoleName
from core.clock import today
from core.errors import Refusal
from governance.models import BodyMember, Report
from services.policies import Powers, powers_of

__all__ = ["Powers", "powers_of"]

NOT_TO_READ = "Drafts are read by those who work on them. You can read the editions"
NOT_TO_DRAFT = "Only the programme manager can draft a report. You can read its editions"
NOT_TO_DRAFT_OWN = "Only the programme manager or {}’s lead officer can draft its report"
NOT_TO_EDIT = "Only who drafts this report or the senior responsible owner can change it"
NOT_TO_SIGN = "Only the senior responsible owner can publish a report. You can read it"
NOT_TO_OPEN = "Your role does not open the exempt version. You can read the open one"


def can_draft(powers: Powers, council_pk: int | None) -> bool:
    """Whether the person drafts: the programme manager, of one council's own report also its lead officer."""
    return powers.is_manager or (council_pk is not None and (RoleName.COUNCIL_LEAD, council_pk) in powers.own)


def check_draft(powers: Powers, council_pk: int | None, name: str = "") -> None:
    """Refuse a draft by anyone else."""
    if not can_draft(powers, council_pk):
        raise PermissionDenied(NOT_TO_DRAFT_OWN.format(name) if name else NOT_TO_DRAFT)


def can_edit(powers: Powers, report: Report) -> bool:
    """Whether the person edits the texts: who drafts it, and the senior responsible owner who signs it."""
    return powers.is_sro or can_draft(powers, report.council_id)


def check_edit(powers: Powers, report: Report) -> None:
    """Refuse a change of the texts by anyone else."""
    if not can_edit(powers, report):
        raise PermissionDenied(NOT_TO_EDIT)


def can_publish(powers: Powers) -> bool:
    """Whether the person signs reports: the senior responsible owner, never the programme manager."""
    return powers.is_sro


def check_publish(powers: Powers, report: Report) -> None:
    """Refuse it from anyone else, and from who began the draft (row 35)."""
    if not can_publish(powers):
        raise PermissionDenied(NOT_TO_SIGN)
    if report.created_by_id == powers.user_id:
        raise Refusal("The person who proposed the change cannot approve it", code="35")


def can_read_draft(powers: Powers, report: Report) -> bool:
    """Whether the person reads a draft: who works on it, and the partnership's auditor."""
    return can_edit(powers, report) or RoleName.AUDITOR in powers.joint


def check_read_draft(powers: Powers, report: Report) -> None:
    """Refuse it to anyone else."""
    if not can_read_draft(powers, report):
        raise PermissionDenied(NOT_TO_READ)


def can_open_exempt(powers: Powers, council_pk: int | None) -> bool:
    """Whether the person reads the exempt version: of any report who opens what is exempt in the whole
    programme; of one council's own also its officers who open what is exempt, and its executive.

    At most one query.
    """
    if powers.opens_exempt or council_pk in powers.opens_own_exempt_of:
        return True
    return council_pk is not None and _sits_on_executive(powers.user_id, council_pk)


def check_open_exempt(powers: Powers, council_pk: int | None) -> None:
    """Refuse it to anyone else."""
    if not can_open_exempt(powers, council_pk):
        raise PermissionDenied(NOT_TO_OPEN)


def _sits_on_executive(user_pk: int, council_pk: int) -> bool:
    as_of = today()
    seats = BodyMember.objects.filter(user=user_pk, council=council_pk, is_executive_member=True)
    return seats.filter(Q(to_on__isnull=True) | Q(to_on__gte=as_of), from_on__lte=as_of).exists()

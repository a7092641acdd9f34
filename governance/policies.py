"""Who may do what about decisions (domain.md section 5). The roles are read once, by `powers_of`."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from benefits.policies import proposers
from core.errors import Refusal
from governance.models import CouncilDecision, Decision
from programme.enums import MemberStatus
from programme.models import Council
from services.policies import Powers, powers_of

__all__ = ["Powers", "powers_of"]


def holds(powers: Powers, role: RoleName, council: Council | None) -> bool:
    """Whether the person holds `role` for this council itself, as a partner of the programme."""
    return council is not None and (role, council.pk) in powers.own


def holds_anywhere(powers: Powers, role: RoleName) -> bool:
    """Whether the person holds `role` for the partnership or for any partner council."""
    return role in powers.joint or any(role == held for held, _ in powers.own)


def can_draft(powers: Powers) -> bool:
    """Whether the person drafts decisions: the programme manager."""
    return powers.is_manager


def check_draft(powers: Powers) -> None:
    """Refuse a draft, a change of one, or a new version by anyone but the programme manager."""
    if not can_draft(powers):
        raise PermissionDenied("Only the programme manager can draft decisions. You can read them")


def can_lead(powers: Powers) -> bool:
    """Whether the person takes a decision further: the programme manager or its owner."""
    return powers.is_manager or powers.is_sro


def check_lead(powers: Powers) -> None:
    """Refuse a step of the decision as a whole by anyone but the manager or the programme's owner."""
    if not can_lead(powers):
        raise PermissionDenied(
            "Only the programme manager or the senior responsible owner can do this. You can read it"
        )


def can_clerk(powers: Powers) -> bool:
    """Whether the person records what a joint body did: democratic services, or who leads the programme."""
    return can_lead(powers) or holds_anywhere(powers, RoleName.DEMOCRATIC_SERVICES)


def check_clerk(powers: Powers) -> None:
    """Refuse the record of a recommendation by others."""
    if not can_clerk(powers):
        raise PermissionDenied(
            "Only democratic services, the programme manager or the senior responsible owner can record this"
        )


def can_record_resolution(powers: Powers) -> bool:
    """Whether the person records what a joint committee resolved: a partner's democratic services."""
    return holds_anywhere(powers, RoleName.DEMOCRATIC_SERVICES)


def check_record_resolution(powers: Powers, decision: Decision) -> None:
    """Refuse it from others, and from who proposed the text (row 35)."""
    if not can_record_resolution(powers):
        raise PermissionDenied("Only democratic services can record a resolution. You can read the decision")
    check_not_author(powers, decision)


def can_record_for(powers: Powers, asked: CouncilDecision) -> bool:
    """Whether the person records and publishes what this council decides: its own democratic services.

    The programme manager does it for a council that is no partner, which nobody here can act for.
    """
    if holds(powers, RoleName.DEMOCRATIC_SERVICES, asked.council):
        return True
    return powers.is_manager and not _is_partner(asked)


def check_record_for(powers: Powers, asked: CouncilDecision) -> None:
    """Refuse the record, the notices and the publication of a council's decision by others."""
    if not can_record_for(powers, asked):
        raise PermissionDenied(
            f"Only {_name(asked)}’s democratic services can do this. You can read the decision"
        )


def can_set_route(powers: Powers, asked: CouncilDecision) -> bool:
    """Whether the person sets how this council decides: its own monitoring officer."""
    if holds(powers, RoleName.MONITORING_OFFICER, asked.council):
        return True
    return powers.is_manager and not _is_partner(asked)


def check_set_route(powers: Powers, asked: CouncilDecision) -> None:
    """Refuse a route, a key flag, urgency or an exemption from call-in by others."""
    if not can_set_route(powers, asked):
        raise PermissionDenied(
            f"Only {_name(asked)}’s monitoring officer can set this. You can read the decision"
        )


def can_confirm_basis(powers: Powers) -> bool:
    """Whether the person confirms the legal basis: the monitoring officer of a partner council."""
    return holds_anywhere(powers, RoleName.MONITORING_OFFICER)


def check_confirm_basis(powers: Powers) -> None:
    """Refuse it from others."""
    if not can_confirm_basis(powers):
        raise PermissionDenied("Only a monitoring officer can confirm the legal basis")


def can_schedule(powers: Powers, asked: CouncilDecision) -> bool:
    """Whether the person says when this council meets: its officers of decisions, or the manager."""
    return powers.is_manager or can_record_for(powers, asked) or can_set_route(powers, asked)


def check_schedule(powers: Powers, asked: CouncilDecision) -> None:
    """Refuse it from others."""
    if not can_schedule(powers, asked):
        raise PermissionDenied(
            f"Only {_name(asked)}’s democratic services or the programme manager can set the meeting"
        )


def can_raise_call_in(powers: Powers, asked: CouncilDecision) -> bool:
    """Whether the person calls in what this council decided: its scrutiny, or its officers for them."""
    return any(
        holds(powers, role, asked.council)
        for role in (RoleName.SCRUTINY_MEMBER, RoleName.DEMOCRATIC_SERVICES)
    )


def check_raise_call_in(powers: Powers, asked: CouncilDecision) -> None:
    """Refuse a call-in by others."""
    if not can_raise_call_in(powers, asked):
        raise PermissionDenied(
            f"Only {_name(asked)}’s scrutiny members can call this in, or its democratic services for them"
        )


def can_state_receipt(powers: Powers, asked: CouncilDecision) -> bool:
    """Whether the person says when a call-in was received: the council's own democratic services."""
    return holds(powers, RoleName.DEMOCRATIC_SERVICES, asked.council)


def check_state_receipt(powers: Powers, asked: CouncilDecision) -> None:
    """Refuse it from others: what they call in is received now."""
    if not can_state_receipt(powers, asked):
        raise PermissionDenied(
            f"Only {_name(asked)}’s democratic services can say when a call-in was received. "
            "Leave it out, and it is received now"
        )


def can_meet_condition(powers: Powers, council: Council | None) -> bool:
    """Whether the person records a condition as met: the officers of who set it, or who leads."""
    if council is None:
        return can_lead(powers)
    return any(
        holds(powers, role, council) for role in (RoleName.DEMOCRATIC_SERVICES, RoleName.MONITORING_OFFICER)
    )


def check_meet_condition(powers: Powers, council: Council | None) -> None:
    """Refuse it from others: a council's condition is that council's to release."""
    if can_meet_condition(powers, council):
        return
    if council is None:
        check_lead(powers)
    raise PermissionDenied(f"Only {council}’s democratic services or monitoring officer can say it is met")


def authors(decision: Decision) -> frozenset[int]:
    """Who proposed what is put now: who drafted the decision, put this version, or proposed its plan."""
    put = decision.texts.filter(number=decision.text_number).values_list("entered_by", flat=True)
    plan = decision.plan_proposal
    return frozenset({decision.created_by_id, *put, *(proposers(plan) if plan else ())})


def check_not_author(powers: Powers, decision: Decision) -> None:
    """Refuse an approval by the person who proposed it (row 35). One query."""
    if powers.user_id in authors(decision):
        raise Refusal("The person who proposed the change cannot approve it", code="35")


def _is_partner(asked: CouncilDecision) -> bool:
    """Whether the council is an active partner. One query, none where memberships are read already."""
    memberships = asked.decision.programme.partnership.memberships.all()
    return asked.council_id is not None and any(
        one.council_id == asked.council_id and one.status == MemberStatus.ACTIVE for one in memberships
    )


def _name(asked: CouncilDecision) -> str:
    return str(asked.council) if asked.council else "the council"

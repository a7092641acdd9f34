"""Who may do what with a benefit: its owner, the manager, the senior responsible owner (section 5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.enums import BenefitStep
from benefits.models import Benefit, BenefitHandover
from benefits.policies import can_manage, can_submit
from core.clock import today
from core.errors import Refusal
from programme.models import Programme
from programme.policies import powers_of

NOT_YOURS = "Only the benefit’s owner or the programme manager can do this. You can read it"
NOT_TO_APPROVE = "Only the senior responsible owner can approve a benefit. You can read it"
NOT_TO_END = "Only the programme manager or the senior responsible owner can do this. You can read it"
NOT_OFFERED = "Only the person to whom the benefit is offered can answer. You can read it"
_OWNERS_STEPS = frozenset({BenefitStep.PROFILE, BenefitStep.ENABLE, BenefitStep.START})


def can_answer_for(user: User, benefit: Benefit) -> bool:
    """Whether `user` owns the benefit and may change anything there, or manages its programme."""
    return hands_of(user, benefit).owns


def check_answer_for(user: User, benefit: Benefit) -> None:
    """Refuse readings, evidence, reviews and handovers from anyone else."""
    if not can_answer_for(user, benefit):
        raise PermissionDenied(NOT_YOURS)


@dataclass(frozen=True, slots=True)
class Hands:
    """What one person may do with one benefit: answer for it, manage its programme, approve it."""

    owns: bool
    manages: bool
    approves: bool

    def may_take(self, step: BenefitStep) -> bool:
        """Whether they are one of those who take the step."""
        if step == BenefitStep.APPROVE:
            return self.approves
        return self.owns if step in _OWNERS_STEPS else self.manages or self.approves


def hands_of(user: User, benefit: Benefit) -> Hands:
    """What `user` may do with the benefit. One query."""
    powers, partnership = powers_of(user), benefit.programme.partnership_id
    manages = powers.manages(partnership)
    is_owner = benefit.owner_id == user.pk and partnership in powers.active_in
    return Hands(is_owner or manages, manages, partnership in powers.sponsored)


def check_take_step(user: User, benefit: Benefit, step: BenefitStep) -> None:
    """Refuse a step from anyone but those who take it."""
    if not hands_of(user, benefit).may_take(step):
        reasons = {BenefitStep.APPROVE: NOT_TO_APPROVE, **dict.fromkeys(_OWNERS_STEPS, NOT_YOURS)}
        raise PermissionDenied(reasons.get(step, NOT_TO_END))


def can_approve(user: User, programme: Programme) -> bool:
    """Whether `user` is the senior responsible owner of the partnership. One query."""
    roles = RoleHeld.objects.held_by(user).current(today()).filter(role=RoleName.SRO)
    return roles.filter(partnership=programme.partnership_id).exists()


def check_not_author(user: User, benefit: Benefit, author_id: int) -> None:
    """Refuse an approval by the benefit’s owner, or by who said that its profile is complete (row 35)."""
    if user.pk in {author_id, benefit.owner_id}:
        raise Refusal("The person who proposed the change cannot approve it", code="35")


def check_answer_handover(user: User, handover: BenefitHandover) -> None:
    """Refuse an answer from anyone but the person to whom the benefit is offered."""
    if handover.to_owner_id != user.pk:
        raise PermissionDenied(NOT_OFFERED)


def check_take_back(user: User, handover: BenefitHandover) -> None:
    """Refuse to take an offer back to anyone but the owner, who offered it, or the programme manager."""
    if user.pk == handover.offered_by_id or can_answer_for(user, handover.benefit):
        return
    raise PermissionDenied(NOT_YOURS)


def can_close(user: User, programme: Programme) -> bool:
    """Whether `user` may close the programme: its manager or its senior responsible owner."""
    return can_submit(user, programme)


def check_close(user: User, programme: Programme) -> None:
    """Refuse to close the programme to anyone else."""
    if not can_close(user, programme):
        raise PermissionDenied(NOT_TO_END)


def check_map(user: User, programme: Programme) -> None:
    """Refuse a change of the benefits map from anyone but the programme manager (INV-41)."""
    if not can_manage(user, programme):
        raise PermissionDenied("Only the programme manager can change the map. You can read it")

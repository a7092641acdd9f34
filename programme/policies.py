"""Who may change what on the programme floor (domain.md section 5, INV-41)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import RoleName
from accounts.models import FailedAddress, RoleHeld, User
from core.clock import today
from programme.enums import MemberStatus, MilestoneState
from programme.models import (
    Council,
    Digest,
    GateRecommendation,
    Membership,
    Milestone,
    MilestoneComment,
    Partnership,
    Programme,
    Risk,
    SavedView,
)

NOT_TO_RESEND = "Only its reader, an administrator or the programme manager can have this mail sent again"
NOT_TO_CLEAR = "Only an administrator, or the person whose address it is, can clear it"
NOT_TO_RECORD_ABSENCES = (
    "Only their programme manager or an administrator can record that a colleague is away"
)
NOT_TO_SEE_ADDRESSES = "Only an administrator can see which addresses mail does not reach"
CANCELLED = "This milestone is cancelled. It needs a re-baseline before it can change"
NOT_YOURS = (
    "The owner, the programme manager, or the lead officer of the one council it belongs to can update "
    "this milestone. You can read it"
)

NONE_IS_YOURS = "You can update no milestone of this programme. You can read them"
NOT_TO_PLAN = "Only the programme manager can add or change milestones and phases. You can read them"
NOT_TO_CREATE = "Only its programme manager or an administrator can start a programme"
NOT_TO_SET_RULES = (
    "Only {}’s monitoring officer or democratic services can change how it decides. You can read it"
)
NOT_TO_RECORD_GATES = (
    "Only the programme manager or the senior responsible owner can change this. You can read it"
)
NOT_TO_MANAGE = "Only the programme manager can change this. You can read it"

# Section 5, "E": whose role opens what is exempt in a whole programme, and in their own council. The HR lead
# opens what is exempt about staff alone: an individual, who it may be, and labour relations.
OPENS_EXEMPT = frozenset({RoleName.PROGRAMME_MANAGER, RoleName.SRO, RoleName.AUDITOR})
OPENS_OWN_EXEMPT = frozenset(
    {RoleName.COUNCIL_LEAD, RoleName.S151, RoleName.MONITORING_OFFICER, RoleName.DEMOCRATIC_SERVICES}
)
STAFF_PARAGRAPHS = frozenset({1, 2, 4})


@dataclass(frozen=True, slots=True)
class Powers:
    """What one person's roles of today let them do; read once, then asked about many rows.

    Holds keys of partnerships managed, councils led, partnerships in which the person may change anything at
    all, councils for which they hold any role, and partnerships whose senior responsible owner they are.
    """

    user_id: int
    managed: frozenset[int]
    led: frozenset[int]
    active_in: frozenset[int]
    councils: frozenset[int]
    sponsored: frozenset[int] = frozenset()

    def manages(self, partnership: int) -> bool:
        """Whether the person is the programme manager of this partnership."""
        return partnership in self.managed

    def may_update(self, milestone: Milestone) -> bool:
        """Whether the person may update the milestone now."""
        return milestone.stated_state != MilestoneState.CANCELLED and self.answers_for(milestone)

    def answers_for(self, milestone: Milestone) -> bool:
        """Whether the milestone is the person's to update, in whatever state it is.

        A programme manager answers for any of the partnership, an owner for their own, and a council's lead
        officer for what belongs to their own council alone. An auditor changes nothing, not even as owner.
        """
        partnership = milestone.programme.partnership_id
        if partnership in self.managed:
            return True
        if milestone.owner_id == self.user_id and partnership in self.active_in:
            return True
        councils = {council.pk for council in milestone.councils.all()}
        return bool(councils) and councils <= self.led

    def may_change_risk(self, risk: Risk) -> bool:
        """Whether an entry of the registers is the person's to change: as programme manager, or its owner."""
        partnership = risk.programme.partnership_id
        is_owner = risk.owner_id == self.user_id and partnership in self.active_in
        return is_owner or partnership in self.managed

    def records_gates(self, programme: Programme) -> bool:
        """Whether the person records gate reviews: the programme manager, or its senior responsible owner."""
        return self.is_senior_owner(programme) or programme.partnership_id in self.managed

    def is_senior_owner(self, programme: Programme) -> bool:
        """Whether the person is the senior responsible owner, by role or named in the programme."""
        partnership = programme.partnership_id
        is_named = programme.sro_id == self.user_id and partnership in self.active_in
        return is_named or partnership in self.sponsored

    def may_finish(self, recommendation: GateRecommendation) -> bool:
        """Whether the person may say that a recommendation is done: its owner, or who records the review."""
        programme = recommendation.review.programme
        is_owner = recommendation.owner_id == self.user_id and programme.partnership_id in self.active_in
        return is_owner or self.records_gates(programme)


def powers_of(user: User, as_of: date | None = None) -> Powers:
    """The powers of a person today, or on `as_of`. One query."""
    held = (
        RoleHeld.objects.held_by(user)
        .current(as_of or today())
        .exclude(role=RoleName.ADMINISTRATOR)
        .values_list(
            "role",
            "partnership",
            "council",
            "council__memberships__partnership",
            "council__memberships__status",
        )
    )
    managed, led, active_in, councils, sponsored = set(), set(), set(), set(), set()
    for role, partnership, council, council_partnership, status in held:
        if council:
            councils.add(council)
        if role == RoleName.AUDITOR:
            continue
        if partnership:
            active_in.add(partnership)
        elif status == MemberStatus.ACTIVE:
            active_in.add(council_partnership)
        if role == RoleName.PROGRAMME_MANAGER and partnership:
            managed.add(partnership)
        if role == RoleName.SRO and partnership:
            sponsored.add(partnership)
        if role == RoleName.COUNCIL_LEAD and status == MemberStatus.ACTIVE:
            led.add(council)
    held_for = (managed, led, active_in, councils, sponsored)
    return Powers(user.pk, *(frozenset(keys) for keys in held_for))


def check_update_milestone(user: User, milestone: Milestone) -> None:
    """Refuse with the reason when `user` may not update the milestone."""
    if not powers_of(user).answers_for(milestone):
        raise PermissionDenied(NOT_YOURS)
    if milestone.stated_state == MilestoneState.CANCELLED:
        raise PermissionDenied(CANCELLED)


def check_update_some_milestone(user: User, programme: Programme) -> None:
    """Refuse with the reason when `user` may update none of the programme's milestones."""
    powers = powers_of(user)
    if powers.manages(programme.partnership_id):
        return
    milestones = programme.milestones.select_related("programme").prefetch_related("councils")
    if not any(powers.may_update(milestone) for milestone in milestones):
        raise PermissionDenied(NONE_IS_YOURS)


def can_plan(user: User, programme: Programme) -> bool:
    """Whether `user` adds, changes and ends milestones, phases and tranches: the programme's manager."""
    return powers_of(user).manages(programme.partnership_id)


def check_plan(user: User, programme: Programme) -> None:
    """Refuse that to anyone else, with the reason."""
    if not can_plan(user, programme):
        raise PermissionDenied(NOT_TO_PLAN)


def check_change_plan(user: User, milestone: Milestone) -> None:
    """Refuse a change of what a milestone is to anyone else, and of a cancelled one."""
    check_plan(user, milestone.programme)
    if milestone.stated_state == MilestoneState.CANCELLED:
        raise PermissionDenied(CANCELLED)


def is_administrator(user: User) -> bool:
    """Whether the person holds the administrator's role today."""
    return RoleHeld.objects.held_by(user).current(today()).filter(role=RoleName.ADMINISTRATOR).exists()


def can_resend(user: User, digest: Digest) -> bool:
    """Whether the person may have a mail sent again: their own, what they manage, or as administrator any."""
    if digest.recipient_id == user.pk or is_administrator(user):
        return True
    return digest.reminders.filter(programme__partnership__in=powers_of(user).managed).exists()


def check_resend(user: User, digest: Digest) -> None:
    """Refuse to anyone else, with the reason."""
    if not can_resend(user, digest):
        raise PermissionDenied(NOT_TO_RESEND)


def check_clear_address(user: User, failed: FailedAddress) -> None:
    """Refuse to clear another person's address, but for an administrator."""
    if failed.user_id != user.pk and not is_administrator(user):
        raise PermissionDenied(NOT_TO_CLEAR)


def check_see_addresses(user: User) -> None:
    """Refuse the list of failed addresses to all but administrators."""
    if not is_administrator(user):
        raise PermissionDenied(NOT_TO_SEE_ADDRESSES)


def can_record_absences(user: User) -> bool:
    """Whether the person records that colleagues are away: a programme manager, or an administrator."""
    return bool(powers_of(user).managed) or is_administrator(user)


def check_record_absences(user: User) -> None:
    """Refuse that to anyone else, with the reason."""
    if not can_record_absences(user):
        raise PermissionDenied(NOT_TO_RECORD_ABSENCES)


def can_create_programme(user: User, partnership: Partnership | None = None) -> bool:
    """Whether `user` may start a programme: its partnership's programme manager, or an administrator.

    A new partnership (None) is for an administrator: who founds one opens its councils' figures to readers.
    """
    roles = RoleHeld.objects.held_by(user).current(today())
    if roles.filter(role=RoleName.ADMINISTRATOR).exists():
        return True
    if partnership is None:
        return False
    return roles.filter(role=RoleName.PROGRAMME_MANAGER, partnership=partnership).exists()


def can_create_some_programme(user: User) -> bool:
    """Whether `user` may start a programme in any partnership, there or new. One query."""
    roles = RoleHeld.objects.held_by(user).current(today())
    manages = Q(role=RoleName.PROGRAMME_MANAGER, partnership__isnull=False)
    return roles.filter(manages | Q(role=RoleName.ADMINISTRATOR)).exists()


def check_create_programme(user: User, partnership: Partnership | None) -> None:
    """Refuse a new programme from anyone else, with the reason."""
    if not can_create_programme(user, partnership):
        raise PermissionDenied(NOT_TO_CREATE)


def can_manage_partnership(user: User, partnership: Partnership) -> bool:
    """Whether `user` is the programme manager of the partnership."""
    return powers_of(user).manages(partnership.pk)


def check_manage_partnership(user: User, partnership: Partnership) -> None:
    """Refuse a change of agreements or councils from anyone else, with the reason."""
    if not can_manage_partnership(user, partnership):
        raise PermissionDenied(NOT_TO_MANAGE)


def can_manage_council(user: User, council: Council) -> bool:
    """Whether `user` may record what becomes of a council: the manager of a partnership that it is in."""
    own = Membership.objects.filter(council=council, status=MemberStatus.ACTIVE)
    return own.filter(partnership__in=powers_of(user).managed).exists()


def check_manage_council(user: User, council: Council) -> None:
    """Refuse it from anyone else, with the reason."""
    if not can_manage_council(user, council):
        raise PermissionDenied(NOT_TO_MANAGE)


def can_record_risk(user: User, programme: Programme) -> bool:
    """Whether `user` may add to the registers of a programme: its manager."""
    return powers_of(user).manages(programme.partnership_id)


def check_record_risk(user: User, programme: Programme) -> None:
    """Refuse a new entry of a register from anyone else."""
    if not can_record_risk(user, programme):
        raise PermissionDenied(NOT_TO_MANAGE)


def check_change_risk(user: User, risk: Risk) -> None:
    """Refuse a change of an entry to anyone but its owner and the programme manager."""
    if not powers_of(user).may_change_risk(risk):
        raise PermissionDenied("Only its owner or the programme manager can change this. You can read it")


def check_record_gates(user: User, programme: Programme) -> None:
    """Refuse a gate review, or a change of one, from anyone else (section 5: the owner sets confidence)."""
    if not powers_of(user).records_gates(programme):
        raise PermissionDenied(NOT_TO_RECORD_GATES)


def check_set_limits(user: User, programme: Programme) -> None:
    """Refuse the limits of ratings from anyone but the programme's manager and senior responsible owner."""
    if not powers_of(user).records_gates(programme):
        raise PermissionDenied(NOT_TO_RECORD_GATES)


def can_record_lesson(user: User, programme: Programme) -> bool:
    """Whether `user` adds lessons: the manager, the senior responsible owner, a partner's lead officer."""
    return record_lesson_in(user, [programme]) != frozenset()


def record_lesson_in(user: User, programmes: Collection[Programme]) -> frozenset[int]:
    """Of these programmes, by key, those in which `user` may add and change lessons. One query."""
    partnerships = {programme.partnership_id for programme in programmes}
    held = RoleHeld.objects.held_by(user).current(today())
    joint = held.filter(
        role__in=(RoleName.PROGRAMME_MANAGER, RoleName.SRO), partnership__in=partnerships
    ).values_list("partnership", flat=True)
    leads = held.filter(
        role=RoleName.COUNCIL_LEAD,
        council__memberships__partnership__in=partnerships,
        council__memberships__status=MemberStatus.ACTIVE,
    ).values_list("council__memberships__partnership", flat=True)
    may = set(joint.union(leads, all=True))
    return frozenset(programme.pk for programme in programmes if programme.partnership_id in may)


def check_record_lesson(user: User, programme: Programme) -> None:
    """Refuse a lesson, or a change of one, from anyone else."""
    if not can_record_lesson(user, programme):
        raise PermissionDenied(
            "Only the programme manager, the senior responsible owner or a council’s lead officer can change "
            "this. You can read it"
        )


def check_finish(user: User, recommendation: GateRecommendation) -> None:
    """Refuse to settle a recommendation to anyone but its owner and who records the review."""
    if not powers_of(user).may_finish(recommendation):
        raise PermissionDenied(
            "Only its owner, the programme manager or the senior responsible owner can settle this. You can "
            "read it"
        )


def can_judge(user: User, programme: Programme) -> bool:
    """Whether `user` judges the programme as a whole: its senior responsible owner (section 5)."""
    return powers_of(user).is_senior_owner(programme)


def check_judge(user: User, programme: Programme) -> None:
    """Refuse a judgement from anyone else."""
    if not can_judge(user, programme):
        raise PermissionDenied("Only the senior responsible owner can judge this. You can read it")


_SETS_RULES = (RoleName.MONITORING_OFFICER, RoleName.DEMOCRATIC_SERVICES)


def can_set_rules(user: User, council: Council) -> bool:
    """Whether `user` records the council's own rules: its monitoring officer or democratic services."""
    roles = RoleHeld.objects.held_by(user).current(today())
    return roles.filter(council=council, role__in=_SETS_RULES).exists()


def check_set_rules(user: User, council: Council) -> None:
    """Refuse them from anyone else: every council's clock is its own."""
    if not can_set_rules(user, council):
        raise PermissionDenied(NOT_TO_SET_RULES.format(council))


def can_share_view(user: User, programme: Programme | None) -> bool:
    """Whether `user` may share a view with everyone in the programme: its manager."""
    return programme is not None and powers_of(user).manages(programme.partnership_id)


def check_share_view(user: User, programme: Programme | None) -> None:
    """Refuse to share a view, or to end that, to anyone but the programme's manager."""
    if not can_share_view(user, programme):
        raise PermissionDenied("Only the programme manager can share a view with the programme")


def can_change_view(user: User, view: SavedView) -> bool:
    """Whether `user` may rename or remove the view: their own, or a shared one as programme manager."""
    return view.created_by_id == user.pk or (view.is_shared and can_share_view(user, view.programme))


def check_change_view(user: User, view: SavedView) -> None:
    """Refuse a change of a view to anyone else."""
    if not can_change_view(user, view):
        raise PermissionDenied(
            "Only its owner or the programme manager can change this view. You can open it"
        )


NOT_TO_COMMENT = "People who take part in the programme can comment on its milestones. You can read them"


def can_comment(user: User, programme: Programme) -> bool:
    """Whether `user` may comment: whoever takes part in the programme today, but not an auditor."""
    return programme.partnership_id in powers_of(user).active_in


def check_comment(user: User, programme: Programme) -> None:
    """Refuse a comment from anyone who only reads."""
    if not can_comment(user, programme):
        raise PermissionDenied(NOT_TO_COMMENT)


def check_withdraw_comment(user: User, comment: MilestoneComment) -> None:
    """Refuse to take back what somebody else has said, and anything from someone who may not comment."""
    check_comment(user, comment.milestone.programme)
    if comment.entered_by_id != user.pk:
        raise PermissionDenied("Only its author can withdraw a comment")

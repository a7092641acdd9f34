"""Who may change what on the services floor (domain.md section 5, INV-15, INV-41)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from programme.enums import MemberStatus
from programme.models import Council, Membership, Programme
from programme.policies import OPENS_EXEMPT, OPENS_OWN_EXEMPT
from services.enums import CaseState, CaseStep, ReviewState
from services.models import BusinessCase, ServiceReview

_SEES_DRAFTS = frozenset({RoleName.PROGRAMME_MANAGER, RoleName.SRO, RoleName.AUDITOR})
_EDITS_OWN = frozenset({RoleName.COUNCIL_LEAD, RoleName.FINANCE_OFFICER, RoleName.S151})
_OPENS_OF_COUNCIL = OPENS_OWN_EXEMPT | {RoleName.AUDITOR}
_IN_REVIEW = frozenset({CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW})
_AFTER_ISSUE = frozenset(
    {CaseState.ISSUED, CaseState.RECOMMENDED, CaseState.APPROVED, CaseState.REJECTED, CaseState.SUPERSEDED}
)
_REVIEW_ENDED = frozenset({ReviewState.CLOSED, ReviewState.DECIDED_NOT_SHARE})
_REVIEWS = _EDITS_OWN | {RoleName.SRO}
_Held = tuple[str, int | None, int | None]  # a role, and the partnership or the council it is held for
_SCORES = _EDITS_OWN | {RoleName.PROGRAMME_MANAGER, RoleName.MONITORING_OFFICER, RoleName.HR_LEAD}


@dataclass(frozen=True, slots=True)
class Powers:
    """What one person's roles of today let them do in one programme; read once, then asked often.

    `joint` holds roles for the whole partnership, `own` pairs of role and council.
    """

    user_id: int
    joint: frozenset[str]
    own: frozenset[tuple[str, int]]

    @property
    def is_manager(self) -> bool:
        """Whether the person manages the programme: its joint lines and drafts."""
        return RoleName.PROGRAMME_MANAGER in self.joint

    @property
    def is_sro(self) -> bool:
        """Whether the person is the programme's senior responsible owner, who issues its cases."""
        return RoleName.SRO in self.joint

    @property
    def opens_exempt(self) -> bool:
        """Whether the person opens what is exempt in the whole programme (section 5, "prog, E").

        An auditor of one council alone does not: what concerns only others stays closed to them.
        """
        return bool(self.joint & (OPENS_EXEMPT | OPENS_OWN_EXEMPT))

    @property
    def opens_own_exempt_of(self) -> frozenset[int]:
        """Councils of which the person opens what is exempt ("own, E"), as officer or auditor."""
        return frozenset(council for role, council in self.own if role in _OPENS_OF_COUNCIL)

    def opens_line_of(self, bearers: Collection[int | None]) -> bool:
        """Whether the person opens a withheld line that these bear: councils, and None jointly or not yet."""
        if self.opens_exempt:
            return True
        is_joint = None in bearers or not bearers
        return bool(self.opens_own_exempt_of if is_joint else self.opens_own_exempt_of & set(bearers))

    @property
    def certifies(self) -> bool:
        """Whether the person is the monitoring officer of a partner or of the partnership."""
        held = self.joint | {role for role, _ in self.own}
        return RoleName.MONITORING_OFFICER in held

    @property
    def signed_councils(self) -> frozenset[int]:
        """Councils whose section 151 officer the person is, as partners of the programme."""
        return frozenset(council for role, council in self.own if role == RoleName.S151)

    def is_s151_of(self, council: Council) -> bool:
        """Whether the person is the section 151 officer of `council` (INV-15)."""
        return (RoleName.S151, council.pk) in self.own

    def edits_council(self, council: Council | int) -> bool:
        """Whether the person may enter the services and costs of `council`: its officers or the manager."""
        key = council if isinstance(council, int) else council.pk
        return self.is_manager or any((role, key) in self.own for role in _EDITS_OWN)

    def edits_keys(self) -> bool:
        """Whether the person may draft apportionment keys: the manager, or a partner's finance officer."""
        return self.is_manager or any(
            role in {RoleName.FINANCE_OFFICER, RoleName.S151} for role, _ in self.own
        )

    def edits_people_matters(self, council: Council) -> bool:
        """Whether the person may record consultations: the HR lead, the manager, the council's officers."""
        is_hr = RoleName.HR_LEAD in self.joint or (RoleName.HR_LEAD, council.pk) in self.own
        return is_hr or self.edits_council(council)

    @property
    def edits_posts(self) -> bool:
        """Whether the person may record any shared post: the manager, or an HR lead."""
        return self.is_manager or self._is_hr_of_all or any(role == RoleName.HR_LEAD for role, _ in self.own)

    def edits_posts_of(self, council: Council | int) -> bool:
        """Whether the person may record the shared posts that `council` employs (INV-41)."""
        key = council if isinstance(council, int) else council.pk
        return self.is_manager or self._is_hr_of_all or (RoleName.HR_LEAD, key) in self.own

    @property
    def _is_hr_of_all(self) -> bool:
        return RoleName.HR_LEAD in self.joint

    def reviews(self, case: BusinessCase) -> bool:
        """Whether the person may review a draft: a partner's officer or the owner, never its author."""
        held = self.joint | {role for role, _ in self.own}
        return bool(held & _REVIEWS) and case.created_by_id != self.user_id

    @property
    def has_review_role(self) -> bool:
        """Whether the person's role lets them review drafts of others."""
        return bool((self.joint | {role for role, _ in self.own}) & _REVIEWS)

    @property
    def is_s151(self) -> bool:
        """Whether the person is the section 151 officer of any partner council."""
        return bool(self.signed_councils)

    def scores(self) -> bool:
        """Whether the person may score options: the manager and the partners' officers, not who issues."""
        return bool((self.joint | {role for role, _ in self.own}) & _SCORES)

    def sees_draft_of(self, council: Council | int) -> bool:
        """Whether the person may see the costs that `council` has put in a case not yet issued."""
        key = council if isinstance(council, int) else council.pk
        return bool(self.joint & _SEES_DRAFTS) or any(
            own == key and role != RoleName.ADMINISTRATOR for role, own in self.own
        )


def powers_of(user: User, programme: Programme) -> Powers:
    """The powers of a person in a programme today. Two queries; no role of a stranger counts."""
    held = _held_by(user)
    members = programme.partnership.memberships.filter(status=MemberStatus.ACTIVE)
    partners = set(members.values_list("council", flat=True)) if held else set()
    return _powers(user, programme, held, partners)


def powers_in(user: User, programmes: Sequence[Programme]) -> dict[int, Powers]:
    """The powers of a person today in each of the programmes, by its id. Two queries, however many."""
    held = _held_by(user)
    members = Membership.objects.filter(
        partnership__in={programme.partnership_id for programme in programmes}, status=MemberStatus.ACTIVE
    )
    partners: dict[int, set[int]] = defaultdict(set)
    for partnership, council in members.values_list("partnership", "council") if held else ():
        partners[partnership].add(council)
    return {one.pk: _powers(user, one, held, partners[one.partnership_id]) for one in programmes}


def _held_by(user: User) -> list[_Held]:
    held = RoleHeld.objects.held_by(user).current(today()).exclude(role=RoleName.ADMINISTRATOR)
    return list(held.values_list("role", "partnership", "council"))


def _powers(user: User, programme: Programme, held: Sequence[_Held], partners: Collection[int]) -> Powers:
    joint = {role for role, partnership, _ in held if partnership == programme.partnership_id}
    if programme.sro_id == user.pk:
        joint.add(RoleName.SRO)
    own = {(role, council) for role, _, council in held if council is not None and council in partners}
    return Powers(user.pk, frozenset(joint), frozenset(own))


def check_create_case(powers: Powers) -> None:
    """Refuse a new business case by anyone but the programme manager."""
    if not powers.is_manager:
        raise PermissionDenied("Only the programme manager can start a business case")


def sees_costs_of(powers: Powers, case: BusinessCase, council: Council | int) -> bool:
    """Whether the person may see what `council` itself puts in the case: all may once it was issued."""
    was_issued = case.issued_at is not None or case.state in _AFTER_ISSUE
    return was_issued or powers.sees_draft_of(council)


def can_edit_case(powers: Powers, case: BusinessCase) -> bool:
    """Whether the person may change the case as a whole now: the manager, while it is a draft."""
    return powers.is_manager and case.state == CaseState.DRAFT


def check_edit_case(powers: Powers, case: BusinessCase) -> None:
    """Refuse a change of the case by others than the manager, or once it has left the draft."""
    if not powers.is_manager:
        raise PermissionDenied("Only the programme manager can change this business case. You can read it")
    check_open(case)


def check_open(case: BusinessCase) -> None:
    """Refuse a change of a case that is no longer a draft."""
    if case.state == CaseState.DRAFT:
        return
    state = str(case.get_state_display()).lower()
    if case.state in _IN_REVIEW:
        raise PermissionDenied(f"This version is in {state}. Return it to draft to change it")
    raise PermissionDenied(f"This version is {state} and cannot be changed. Start a new version")


def check_edit_council(powers: Powers, council: Council) -> None:
    """Refuse an entry for `council` by anyone but its own officers or the programme manager (INV-41)."""
    if not powers.edits_council(council):
        raise PermissionDenied(f"Only an officer of {council} or the programme manager can change this")


def check_edit_keys(powers: Powers) -> None:
    """Refuse a key by anyone but the programme manager or a partner's finance officer."""
    if not powers.edits_keys():
        raise PermissionDenied(
            "Only the programme manager or a finance officer can change apportionment keys"
        )


def check_start_review(powers: Powers) -> None:
    """Refuse a new service review by anyone but the programme manager."""
    if not powers.is_manager:
        raise PermissionDenied("Only the programme manager can start a service review")


def can_lead_review(powers: Powers, review: ServiceReview) -> bool:
    """Whether the person may change the review as a whole: its owner, the manager or the programme's owner.

    An auditor changes nothing, not even as owner.
    """
    is_officer = bool(powers.own) or bool(powers.joint - {RoleName.AUDITOR})
    is_owner = review.owner_id == powers.user_id and is_officer
    return powers.is_manager or powers.is_sro or is_owner


def check_lead_review(powers: Powers, review: ServiceReview) -> None:
    """Refuse a change of the review as a whole by others than those who lead it."""
    if not can_lead_review(powers, review):
        raise PermissionDenied(
            "Only the review’s owner, the programme manager or the senior responsible owner can change this "
            "review. You can read it"
        )


def check_review_open(review: ServiceReview) -> None:
    """Refuse a change of a review that has ended."""
    if review.state in _REVIEW_ENDED:
        state = str(review.get_state_display()).lower()
        raise PermissionDenied(f"This review is {state} and cannot be changed. Start a new review")


def check_record_consultation(powers: Powers, council: Council) -> None:
    """Refuse a consultation of `council` by anyone but its officers, the HR lead or the programme manager."""
    if not powers.edits_people_matters(council):
        raise PermissionDenied(
            f"Only an officer of {council}, the HR lead or the programme manager can record this consultation"
        )


def check_edit_posts(powers: Powers) -> None:
    """Refuse shared posts by anyone but the programme manager or an HR lead."""
    if not powers.edits_posts:
        raise PermissionDenied("Only the programme manager or an HR lead can record shared posts")


def check_edit_posts_of(powers: Powers, council: Council) -> None:
    """Refuse a post of `council` by anyone but the programme manager or its own HR lead (INV-41)."""
    if not powers.edits_posts_of(council):
        raise PermissionDenied(f"Only the HR lead of {council} or the programme manager can record this post")


def can_take_step(powers: Powers, case: BusinessCase, step: CaseStep) -> bool:
    """Whether the person's role lets them take this step with the case in its present state."""
    if step == CaseStep.AGREE:
        return powers.has_review_role
    if step == CaseStep.ISSUE:
        return powers.is_sro
    if step == CaseStep.RETURN:
        is_reviewer = powers.is_s151 or powers.is_sro
        if case.state == CaseState.INTERNAL_REVIEW:
            is_reviewer = powers.has_review_role
        return powers.is_manager or is_reviewer
    if step == CaseStep.WITHDRAW and case.issued_at is not None:
        return powers.is_sro
    return powers.is_manager


def check_take_step(powers: Powers, case: BusinessCase, step: CaseStep) -> None:
    """Refuse a step to a person whose role does not take it, and say whose it is."""
    if can_take_step(powers, case, step):
        return
    if step == CaseStep.AGREE:
        raise PermissionDenied(
            "Only a partner council’s lead, finance or section 151 officer, or the senior responsible owner, "
            "can review this version"
        )
    if step == CaseStep.RETURN:
        raise PermissionDenied("Only its reviewers or the programme manager can return this version to draft")
    if step == CaseStep.ISSUE or (case.issued_at is not None and step == CaseStep.WITHDRAW):
        raise PermissionDenied("Only the senior responsible owner can do this. You can read it")
    raise PermissionDenied("Only the programme manager can do this. You can read it")


def check_state(powers: Powers, council: Council) -> None:
    """Refuse a statement for `council` by anyone but its own section 151 officer (INV-15)."""
    if not powers.is_s151_of(council):
        raise PermissionDenied(f"Only {council}’s section 151 officer can make its statement")


def check_score(powers: Powers, case: BusinessCase) -> None:
    """Refuse scores by anyone but the manager and the partners' officers, and once the draft is left."""
    if not powers.scores():
        raise PermissionDenied("Only the programme manager and officers of the partner councils can score")
    check_open(case)


def check_edit_services(powers: Powers) -> None:
    """Refuse a new service, or a change of what all councils share of one, by anyone but the manager."""
    if not powers.is_manager:
        raise PermissionDenied("Only the programme manager can add a service or change what all councils see")


def check_edit_compensation(powers: Powers) -> None:
    """Refuse compensation by anyone but the programme manager or a partner's finance officer (section 5)."""
    if not powers.edits_keys():
        raise PermissionDenied("Only the programme manager or a finance officer can record compensation")


def check_judge_quality(powers: Powers) -> None:
    """Refuse a judgement of how certain quality is by anyone but the programme manager (F-24)."""
    if not powers.is_manager:
        raise PermissionDenied("Only the programme manager can say how certain it is that quality is kept")

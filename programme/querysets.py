"""The vocabulary of the programme floor: what a person may see, what is due, what is in effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, Q, QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from programme.enums import MemberStatus, MilestoneState, ProgrammeState

if TYPE_CHECKING:
    from programme.models import (  # noqa: F401
        Agreement,
        Council,
        Digest,
        GateRecommendation,
        Judgement,
        LessonUse,
        Milestone,
        MilestoneComment,
        MilestoneDependency,
        Partnership,
        PlanVersion,
        Programme,
        RiskImpact,
        SavedView,
    )

Row = TypeVar("Row", bound=models.Model)

QUIET = (ProgrammeState.PAUSED, ProgrammeState.CLOSED, ProgrammeState.CANCELLED)
_OF_A_PARTNERSHIP = (MemberStatus.ACTIVE, MemberStatus.LEFT)


def _roles(user: User) -> QuerySet[RoleHeld]:
    """Roles that let a person read programmes: all but the administrator's (domain.md section 5)."""
    return RoleHeld.objects.held_by(user).current(today()).exclude(role=RoleName.ADMINISTRATOR)


def readable(user: User, partnership: str) -> Q:
    """Condition: the field `partnership` (a path) is a partnership that `user` may read.

    A role held for the partnership opens it; a role held for a council opens every partnership the
    council is or was a partner of, or takes over from a partner of: successors read the history.
    Everyone in a partnership sees the same programme (section 5).
    """
    by_council = (
        _roles(user)
        .filter(council__memberships__status__in=_OF_A_PARTNERSHIP)
        .values("council__memberships__partnership")
    )
    by_succession = (
        _roles(user)
        .filter(
            council__takes_over_from__weight__gt=0,
            council__takes_over_from__council__memberships__status__in=_OF_A_PARTNERSHIP,
        )
        .values("council__takes_over_from__council__memberships__partnership")
    )
    by_partnership = _roles(user).filter(partnership__isnull=False).values("partnership")
    ways = (by_council, by_partnership, by_succession)
    return Q(*(Q(**{f"{partnership}__in": way}) for way in ways), _connector=Q.OR)


class DigestQuerySet(models.QuerySet["Digest"]):
    """Mails of reminders."""

    def visible_to(self, user: User) -> Self:
        """A person's own, those about what they manage, and for an administrator the record of all."""
        if not user.is_authenticated:
            return self.none()
        held = RoleHeld.objects.held_by(user).current(today())
        administers = Q(Exists(held.filter(role=RoleName.ADMINISTRATOR)))
        managed = held.filter(role=RoleName.PROGRAMME_MANAGER, partnership__isnull=False)
        about = Q(reminders__programme__partnership__in=managed.values("partnership"))
        theirs = Q(pk__in=DigestQuerySet(self.model).filter(about).values("pk"))
        return self.filter(Q(recipient=user) | administers | theirs)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships."""

    def visible_to(self, user: User) -> Self:
        """Partnerships that `user` may read; none for a visitor who has not signed in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "pk"))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements."""

    def visible_to(self, user: User) -> Self:
        """Agreements of the partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "partnership"))

    def in_force(self, as_of: date) -> Self:
        """Agreements in force on `as_of`: begun, and not past their last day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=as_of), in_force_on__lte=as_of)


class CouncilQuerySet(models.QuerySet["Council"]):
    """Councils."""

    def visible_to(self, user: User) -> Self:
        """Councils of the partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        own = readable(user, "memberships__partnership")
        after = readable(user, "takes_over_from__council__memberships__partnership")
        return self.filter(own | after).distinct()


class OfCouncilQuerySet(models.QuerySet[Row]):
    """Rows that belong to one council."""

    def visible_to(self, user: User) -> Self:
        """Rows of the councils of the partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "council__memberships__partnership")).distinct()


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes."""

    def visible_to(self, user: User) -> Self:
        """Programmes of the partnerships that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, "partnership"))

    def live(self) -> Self:
        """Programmes that are neither paused nor over: people are reminded of these."""
        return self.exclude(state__in=QUIET)


class OfProgrammeQuerySet(models.QuerySet[Row]):
    """Rows that belong to one programme, directly or by the path that a subclass names."""

    programme_path = "programme"

    def visible_to(self, user: User) -> Self:
        """Rows of the programmes that `user` may read; none for a visitor who has not signed in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(readable(user, f"{self.programme_path}__partnership"))


class MilestoneQuerySet(OfProgrammeQuerySet["Milestone"]):
    """Milestones."""

    def open(self) -> Self:
        """Milestones neither achieved nor cancelled, and not mere dates from outside."""
        return self.filter(actual_last_on__isnull=True).exclude(
            stated_state__in=(
                MilestoneState.DONE_UNDATED,
                MilestoneState.CANCELLED,
                MilestoneState.EXTERNAL_DATE,
            )
        )

    def owned_by(self, user: User) -> Self:
        """Milestones of one owner."""
        return self.filter(owner=user)


class DependencyQuerySet(OfProgrammeQuerySet["MilestoneDependency"]):
    """What waits for what."""

    programme_path = "successor__programme"


class JudgementQuerySet(OfProgrammeQuerySet["Judgement"]):
    """Judgements of the senior responsible owner."""

    def holding(self, day: date) -> Self:
        """Those that hold on that day; of one subject the last is the one given last."""
        ended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(ended, given_on__lte=day, until_on__gte=day).order_by("given_on", "pk")


class CommentQuerySet(OfProgrammeQuerySet["MilestoneComment"]):
    """Comments on milestones."""

    programme_path = "milestone__programme"


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Plan versions."""

    def effective(self, as_of: date) -> Self:
        """Versions in effect on `as_of`, the current one last."""
        return self.filter(effective_on__lte=as_of).order_by("programme", "number")


class SavedViewQuerySet(OfProgrammeQuerySet["SavedView"]):
    """Lists with their filters, kept under a name."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those that a programme shares, of the programmes that `user` may read.

        One's own too of lists over all programmes: those hold what `user` may read.
        """
        if not user.is_authenticated:
            return self.none()
        of_programmes = readable(user, "programme__partnership") & (Q(is_shared=True) | Q(created_by=user))
        return self.filter(of_programmes | Q(programme__isnull=True, created_by=user))


class RiskImpactQuerySet(OfProgrammeQuerySet["RiskImpact"]):
    """What entries of the registers mean for one council."""

    programme_path = "risk__programme"


class GateRecommendationQuerySet(OfProgrammeQuerySet["GateRecommendation"]):
    """Recommendations of gate reviews."""

    programme_path = "review__programme"


class LessonUseQuerySet(OfProgrammeQuerySet["LessonUse"]):
    """Where lessons were used again: seen by who may read the programme that used them."""

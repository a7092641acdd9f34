"""The vocabulary of bodies and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from governance.enums import BulletinState, CouncilDecisionState, PublishingState, ReportState
from programme.models import Council
from programme.querysets import OfProgrammeQuerySet, readable

if TYPE_CHECKING:
    from governance.models import (  # noqa: F401
        Body,
        Bulletin,
        CallIn,
        CouncilDecision,
        Decision,
        DecisionCondition,
        Edition,
        EditionContent,
        Meeting,
        OpenPage,
        Paper,
        PublishingJob,
        Report,
        ScrutinyRecommendation,
        ScrutinyResponse,
        SentBulletin,
    )


def _of_bodies(user: User, path: str) -> Q:
    """Condition: the body at `path` is of a partnership, or of a council, that `user` may read."""
    councils = Council.objects.visible_to(user).values("pk")
    return readable(user, f"{path}partnership") | Q(**{f"{path}council__in": councils})


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies of partnerships."""

    def visible_to(self, user: User) -> Self:
        """Bodies of the partnerships that `user` may read; none for a visitor who has not signed in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_of_bodies(user, ""))


class DecisionQuerySet(OfProgrammeQuerySet["Decision"]):
    """Decisions."""


class RecommendationQuerySet(OfProgrammeQuerySet["ScrutinyRecommendation"]):
    """Recommendations of scrutiny."""


class ResponseQuerySet(OfProgrammeQuerySet["ScrutinyResponse"]):
    """Executives' responses to them."""

    programme_path = "recommendation__programme"


class CouncilDecisionQuerySet(OfProgrammeQuerySet["CouncilDecision"]):
    """Each council's own decisions."""

    programme_path = "decision__programme"

    def awaited(self) -> Self:
        """Those that a council has still to take."""
        return self.filter(state__in=(CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED))


class CallInQuerySet(OfProgrammeQuerySet["CallIn"]):
    """Call-ins."""

    programme_path = "council_decision__decision__programme"


class ConditionQuerySet(OfProgrammeQuerySet["DecisionCondition"]):
    """Conditions of decisions."""

    programme_path = "decision__programme"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings of bodies."""

    def visible_to(self, user: User) -> Self:
        """Meetings of the bodies that `user` may read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_of_bodies(user, "body__"))


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers before meetings."""

    def visible_to(self, user: User) -> Self:
        """Papers of the bodies that `user` may read; whether the file itself may be opened is asked again."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_of_bodies(user, "item__meeting__body__"))

    def current(self) -> Self:
        """Papers that no later one replaces."""
        return self.filter(replaced_by__isnull=True)


class ReportQuerySet(OfProgrammeQuerySet["Report"]):
    """Benefits reports being written."""

    def drafts(self) -> Self:
        """Those that are neither published nor given up."""
        return self.filter(state=ReportState.DRAFT)


class EditionQuerySet(OfProgrammeQuerySet["Edition"]):
    """Published reports."""

    def of(self, programme_pk: int, council_pk: int | None) -> Self:
        """Those of one programme, jointly or of one council, the latest first."""
        return self.filter(programme=programme_pk, council=council_pk).order_by("-number")


class EditionContentQuerySet(OfProgrammeQuerySet["EditionContent"]):
    """What editions say."""

    programme_path = "edition__programme"

    def open(self) -> Self:
        """The versions that everybody may read."""
        return self.filter(is_exempt=False)


class BulletinQuerySet(OfProgrammeQuerySet["Bulletin"]):
    """Monthly bulletins being written."""

    def drafts(self) -> Self:
        """Those that are neither sent nor given up."""
        return self.filter(state=BulletinState.DRAFT)


class SentBulletinQuerySet(OfProgrammeQuerySet["SentBulletin"]):
    """Monthly bulletins as they were sent."""


class OpenPageQuerySet(OfProgrammeQuerySet["OpenPage"]):
    """Public pages of programmes."""


class PublishingJobQuerySet(OfProgrammeQuerySet["PublishingJob"]):
    """Reports on their way to an edition."""

    programme_path = "report__programme"

    def live(self) -> Self:
        """Those that the worker has, or will have."""
        return self.filter(state__in=(PublishingState.WAITING, PublishingState.RUNNING))

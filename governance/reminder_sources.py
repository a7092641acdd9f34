"""What governance adds to the registry of reminders (domain.md section 6)."""

from __future__ import annotations

from governance.queries.reminders.bulletins import BulletinDrafts, BulletinsSent, BulletinsWaiting
from governance.queries.reminders.editions import EditionsPublished
from governance.queries.reminders.exempt import exempt_reviews
from governance.queries.reminders.meetings import (
    AgendaPublication,
    ChairRotationDue,
    InquorateRisk,
    MeetingCycleMissed,
)
from governance.queries.reminders.notices import (
    CallInCloses,
    KeyDecisionNotices,
    PrivateMeetingNotices,
    PrivateSecondNotices,
    RecordsUnpublished,
)
from governance.queries.reminders.ratification import (
    CouncilsOutOfStep,
    DecisionsLapse,
    RatificationOutstanding,
)
from governance.queries.reminders.scrutiny import RecommendationsUnanswered
from programme.reminder_sources import ReminderSource, register


def register_sources() -> None:
    """Add every source of this floor to the registry, once."""
    own: list[ReminderSource] = [
        KeyDecisionNotices(),
        PrivateMeetingNotices(),
        PrivateSecondNotices(),
        AgendaPublication(),
        RecordsUnpublished(),
        CallInCloses(),
        RatificationOutstanding(),
        DecisionsLapse(),
        CouncilsOutOfStep(),
        MeetingCycleMissed(),
        ChairRotationDue(),
        InquorateRisk(),
        RecommendationsUnanswered(),
        EditionsPublished(),
        BulletinDrafts(),
        BulletinsWaiting(),
        BulletinsSent(),
        *exempt_reviews(),
    ]
    for source in own:
        register(source)

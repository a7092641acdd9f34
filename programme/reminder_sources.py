"""The registry of what people are reminded of. A higher floor adds its own source when its app is ready."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from programme.queries.agreements_due import AgreementNotices, AgreementReviews
from programme.queries.assurance.recommendations_due import RecommendationsDue
from programme.queries.councils_replaced import CouncilsReplaced
from programme.queries.milestones_due import MilestonesDue
from programme.queries.milestones_late import ForecastsStale, MilestonesOverdue
from programme.queries.reminding.absences_recorded import AbsencesRecorded
from programme.queries.reminding.accessibility import AccessibilityReview
from programme.queries.updating.comments import Mentions
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminders import DueItem


class ReminderSource(Protocol):
    """What falls under one rule of section 6: what is due, and to whom.

    `rule` is part of every reminder's key and never changes. Both reads take a fixed number of
    queries, whatever their size. Both name everybody who is to be told; who of them wants no mail is asked
    afterwards.
    """

    @property
    def rule(self) -> str:
        """Name of the rule."""

    @property
    def spec(self) -> ReminderRule:
        """What the catalogue of rules says: days, unit, whether it is statutory."""

    @property
    def object_type(self) -> str:
        """What the audit trail calls its objects, as programme.milestone; empty: their changes are not
        told."""

    @property
    def is_for_holders_alone(self) -> bool:
        """Whether nobody may be told in the place of somebody who is away."""

    def due_between(self, first_on: date, last_on: date) -> Iterable[DueItem]:
        """What is due from `first_on` to `last_on`, both included, each with everybody who is to be told."""

    def still_due(self, recipient_id: int, object_ids: Collection[int]) -> Iterable[DueItem]:
        """Of these, what the person is still to be told of, as it stands now: asked just before the send."""

    def path(self, object_id: int) -> str:
        """The page where the person can act."""


_SOURCES: dict[str, ReminderSource] = {}


def register(source: ReminderSource) -> None:
    """Add a source; refuses a second one of the same rule."""
    if source.rule in _SOURCES:
        raise ValueError(f"There is already a source of the rule {source.rule}")
    _SOURCES[source.rule] = source


def sources() -> list[ReminderSource]:
    """Every source, in the order of their registration."""
    return list(_SOURCES.values())


def source_of(rule: str) -> ReminderSource | None:
    """The source of a rule, or None where it has been taken out of the product."""
    return _SOURCES.get(rule)


register(MilestonesDue())
register(MilestonesOverdue())
register(ForecastsStale())
register(Mentions())
register(AbsencesRecorded())
register(AgreementReviews())
register(AgreementNotices())
register(CouncilsReplaced())
register(RecommendationsDue())
register(AccessibilityReview())

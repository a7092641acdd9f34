"""The registry of what people are reminded of. A higher floor adds its own source when its app is ready."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from programme.queries.agreements_due import AgreementNotices, AgreementReviews
from programme.queries.assurance.recommendations_due import RecommendationsDue
from programme.queries.milestones_due import MilestonesDue
from programme.rules.reminders import DueItem


class ReminderSource(Protocol):
    """One rule of section 6: what is due, to whom, and how many days before or after they are told.

    `rule` is part of every reminder's key and never changes. Both reads take a fixed number of
    queries, whatever their size.
    """

    @property
    def rule(self) -> str:
        """Name of the rule."""

    @property
    def offsets(self) -> Collection[int]:
        """Days before the due day; 0 is the day itself, and a negative number counts days after it."""

    @property
    def unit(self) -> str:
        """Whether the offsets count working or calendar days."""

    def due_between(self, first_on: date, last_on: date) -> Iterable[DueItem]:
        """What is due from `first_on` to `last_on`, both included, for people who want to be told."""

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
register(AgreementReviews())
register(AgreementNotices())
register(RecommendationsDue())

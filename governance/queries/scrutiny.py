"""Scrutiny's recommendations with each executive's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from governance.models import Body, CallIn, ScrutinyRecommendation, ScrutinyResponse
from governance.policies import Powers
from governance.rules.scrutiny import is_open, is_overdue, standing
from governance.scrutiny_policies import can_respond, executive_seats
from programme.enums import MemberStatus
from programme.models import Programme


class Show(StrEnum):
    """Which recommendations are asked for."""

    ALL = ""
    OPEN = "open"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One executive's answer on a day."""

    recommendation: ScrutinyRecommendation
    response: ScrutinyResponse
    word: str
    is_overdue: bool
    is_open: bool
    can_respond: bool

    @property
    def made_by(self) -> str:
        """Who made the recommendation."""
        body = self.recommendation.body
        return body.name if body else self.recommendation.body_text or "Scrutiny"


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation with every answer to it."""

    recommendation: ScrutinyRecommendation
    responses: tuple[ResponseRow, ...]

    @property
    def made_by(self) -> str:
        """Who made it."""
        body = self.recommendation.body
        return body.name if body else self.recommendation.body_text or "Scrutiny"


def recommendation_rows(
    programme: Programme, *, powers: Powers, as_of: date, show: Show = Show.ALL
) -> list[RecommendationRow]:
    """The programme's recommendations, the latest first. Three queries."""
    responses = ScrutinyResponse.objects.select_related("council", "owner").order_by("council__name")
    rows = (
        ScrutinyRecommendation.objects.filter(programme=programme)
        .select_related("body", "decision", "call_in")
        .prefetch_related(Prefetch("responses", responses))
        .order_by("-made_on", "-pk")
    )
    seats = executive_seats(powers.user_id)
    found = [_row(row, powers, seats, as_of, show) for row in rows]
    return [row for row in found if row.responses or show == Show.ALL]


def scrutiny_bodies(programme: Programme, types: tuple[str, ...]) -> QuerySet[Body]:
    """Scrutiny committees of the partnership and of its partner councils. One query."""
    partners = programme.partnership.memberships.filter(status=MemberStatus.ACTIVE).values("council")
    own = Body.objects.filter(type__in=types)
    return (own.filter(partnership=programme.partnership_id) | own.filter(council__in=partners)).order_by(
        "name"
    )


def answered_call_ins(programme: Programme) -> QuerySet[CallIn]:
    """Call-ins of the programme's decisions that scrutiny has heard, the latest first."""
    rows = CallIn.objects.filter(council_decision__decision__programme=programme).exclude(outcome="")
    return rows.select_related("council_decision__decision", "council_decision__council").order_by("-pk")


def _row(
    row: ScrutinyRecommendation, powers: Powers, seats: frozenset[int], as_of: date, show: Show
) -> RecommendationRow:
    answers = [_answer(row, one, powers, seats, as_of) for one in row.responses.all()]
    return RecommendationRow(row, tuple(one for one in answers if _is_shown(one, show)))


def _is_shown(row: ResponseRow, show: Show) -> bool:
    return show == Show.ALL or (row.is_open if show == Show.OPEN else row.is_overdue)


def _answer(
    row: ScrutinyRecommendation,
    one: ScrutinyResponse,
    powers: Powers,
    seats: frozenset[int],
    as_of: date,
) -> ResponseRow:
    days = (one.response_due_on, one.action_due_on, as_of)
    return ResponseRow(
        row,
        one,
        standing(one.state, *days),
        is_overdue(one.state, *days),
        is_open(one.state),
        can_respond(powers, one.council, seats),
    )

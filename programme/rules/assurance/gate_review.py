"""What may be recorded of a gate review and of its recommendations (domain.md 2.11, F-27, rows 11 and 12)."""

from __future__ import annotations

from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.dates import check_not_future
from programme.enums import ConfidenceScale, Gate, GateRecommendationState
from programme.rules.delivery_confidence import FIVE_POINTS, THREE_POINTS, DeliveryConfidence, ScalePoint


def points_of(scale: str) -> tuple[ScalePoint, ...]:
    """The points of a scale, the surest first."""
    return THREE_POINTS if scale == ConfidenceScale.THREE else FIVE_POINTS


def meaning_of(confidence: str) -> str:
    """What a point of either scale says of time, cost, quality and benefits."""
    return next(point.meaning for point in FIVE_POINTS if point.point == confidence)


def check_gate(gate: int) -> None:
    """Refuse a gate that is not one of 0 to 5."""
    if gate not in Gate.values:
        raise Refusal("Choose a gate from 0 to 5", "gate")


def check_held(held_on: date, as_of: date) -> None:
    """Refuse a review that has not been held yet (row 11)."""
    try:
        check_not_future(held_on, as_of, "Date of the review")
    except Refusal as said:
        raise Refusal(said.message, "held_on", said.code) from None


def check_confidence(scale: str, confidence: str) -> DeliveryConfidence:
    """The point chosen; refuses one that the scale does not have (F-27)."""
    if scale not in ConfidenceScale.values:
        raise Refusal("Choose a scale of three or five points", "scale")
    points = [point.point for point in points_of(scale)]
    if confidence not in points:
        raise Refusal(f"Choose one of the {scale} points: {', '.join(points)}", "delivery_confidence", "F-27")
    return DeliveryConfidence(confidence)


def check_due(held_on: date, due_on: date) -> None:
    """Refuse a recommendation that is due before its review was held (row 12)."""
    if due_on < held_on:
        words = f"Due date must be on or after {format_date(held_on)}, the day of the review"
        raise Refusal(words, "due_on", "12")


def check_moved(held_on: date, first_due_on: date | None) -> None:
    """Refuse a day of the review after the first of its recommendations is due (row 12)."""
    if first_due_on is not None and held_on > first_due_on:
        words = f"Date of the review must be on or before {format_date(first_due_on)}"
        raise Refusal(f"{words}, when the first of its recommendations is due", "held_on", "12")


def check_still_open(state: str, settled_on: date | None) -> None:
    """Refuse a change of a recommendation that is done or rejected."""
    if state != GateRecommendationState.OPEN:
        label = str(GateRecommendationState(state).label).lower()
        on = f" since {format_date(settled_on)}" if settled_on else ""
        raise Refusal(f"This recommendation is {label}{on}. Open it again before you change it")


def check_settled(state: str) -> None:
    """Refuse to open a recommendation that is open."""
    if state == GateRecommendationState.OPEN:
        raise Refusal("This recommendation is open. There is nothing to open again")


def is_late(state: str, due_on: date | None, as_of: date) -> bool:
    """Whether an open recommendation is past its day."""
    return state == GateRecommendationState.OPEN and due_on is not None and due_on < as_of

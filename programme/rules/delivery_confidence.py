"""How sure delivery is, in five points or in three (F-27)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeliveryConfidence(StrEnum):
    """Points of the five-point scale, as printed."""

    GREEN = "Green"
    AMBER_GREEN = "Amber/Green"
    AMBER = "Amber"
    AMBER_RED = "Amber/Red"
    RED = "Red"


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """A point of a scale and what it says of time, cost, quality and benefits."""

    point: DeliveryConfidence
    meaning: str


FIVE_POINTS = (
    ScalePoint(DeliveryConfidence.GREEN, "Highly likely: no major outstanding issue"),
    ScalePoint(DeliveryConfidence.AMBER_GREEN, "Probable: needs constant attention"),
    ScalePoint(
        DeliveryConfidence.AMBER,
        "Feasible: significant issues need attention now but look resolvable",
    ),
    ScalePoint(
        DeliveryConfidence.AMBER_RED,
        "In doubt: major risks in several key areas need prompt action",
    ),
    ScalePoint(
        DeliveryConfidence.RED,
        "Appears unachievable: issues are not manageable at present, so it may need a new plan or a new"
        " look at whether it is viable",
    ),
)
_THREE = {
    DeliveryConfidence.GREEN: DeliveryConfidence.GREEN,
    DeliveryConfidence.AMBER_GREEN: DeliveryConfidence.AMBER,
    DeliveryConfidence.AMBER: DeliveryConfidence.AMBER,
    DeliveryConfidence.AMBER_RED: DeliveryConfidence.AMBER,
    DeliveryConfidence.RED: DeliveryConfidence.RED,
}
THREE_POINTS = tuple(point for point in FIVE_POINTS if _THREE[point.point] == point.point)


def to_three_points(point: DeliveryConfidence) -> DeliveryConfidence:
    """The point of the three-point scale for one of the five (F-27).

    Whatever lies between Green and Red is Amber: the product's rule, where the sources give no table.
    """
    return _THREE[point]

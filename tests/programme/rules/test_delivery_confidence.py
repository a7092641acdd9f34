"""Delivery confidence (F-27)."""

from __future__ import annotations

from programme.rules.delivery_confidence import (
    FIVE_POINTS,
    THREE_POINTS,
    DeliveryConfidence,
    to_three_points,
)


def test_five_points_in_order_from_green_to_red_each_with_its_meaning():
    assert [point.point for point in FIVE_POINTS] == list(DeliveryConfidence)
    assert [point.meaning.split(":", maxsplit=1)[0] for point in FIVE_POINTS] == [
        "Highly likely",
        "Probable",
        "Feasible",
        "In doubt",
        "Appears unachievable",
    ]


def test_three_points_are_green_amber_and_red():
    assert [point.point.value for point in THREE_POINTS] == ["Green", "Amber", "Red"]


def test_whatever_lies_between_green_and_red_is_amber():
    assert [to_three_points(point) for point in DeliveryConfidence] == [
        DeliveryConfidence.GREEN,
        DeliveryConfidence.AMBER,
        DeliveryConfidence.AMBER,
        DeliveryConfidence.AMBER,
        DeliveryConfidence.RED,
    ]

"""What councils spend together."""

from __future__ import annotations

import pytest

from core.rules.assessment import NotAssessable
from services.rules.service_cost import total_cost


@pytest.mark.parametrize(
    ("by_council", "total"),
    [
        ({"Ashmere": 100_50, "Brockvale": 0}, 100_50),
        ({"Ashmere": 100_50, "Brockvale": None}, NotAssessable("Brockvale not stated")),
        (
            {"Ashmere": None, "Brockvale": None, "Carrick": 1},
            NotAssessable("Ashmere and Brockvale not stated"),
        ),
        ({}, NotAssessable("No council is stated")),
    ],
)
def test_total_cost(by_council: dict[str, int | None], total: int | NotAssessable) -> None:
    assert total_cost(by_council) == total

"""Refusals of domain.md section 8, row by row: by page and by API, in the same words, nothing stored."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
import time_machine

from tests.governance.actions.conftest import made_scene, scene
from tests.governance.actions.scene import Scene
from tests.refusals import (
    of_agreed,
    of_decisions,
    of_keys,
    of_lines,
    of_meetings,
    of_milestones,
    of_money,
    of_partnerships,
    of_plans,
    of_profiles,
    of_publication,
    of_reports,
    of_steps,
)
from tests.refusals.asking import Asked, Row, everything_stored, is_said_on_page, said_by_api

__all__ = ["made_scene", "scene"]
pytestmark = pytest.mark.django_db

REFUSALS = (
    *of_lines.ROWS,
    *of_keys.ROWS,
    *of_steps.ROWS,
    *of_money.ROWS,
    *of_partnerships.ROWS,
    *of_plans.ROWS,
    *of_profiles.ROWS,
    *of_publication.ROWS,
    *of_reports.ROWS,
    *of_meetings.ROWS,
    *of_milestones.ROWS,
)
NUMBERS = {*range(15, 37), *range(38, 53), *range(54, 71), *range(72, 82), 86, 87, 88}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


def test_every_row_is_tried() -> None:
    assert {row.number for row in (*REFUSALS, *of_decisions.ROWS)} == NUMBERS


@pytest.mark.parametrize("row", [*REFUSALS, *of_agreed.ROWS, *of_profiles.OTHERS], ids=str)
def test_refused_by_page_and_api_and_nothing_stored(row: Row) -> None:
    check(row.prepare(), row.message)


@pytest.mark.parametrize("row", of_decisions.ROWS, ids=str)
def test_decision_refused_by_page_and_api_and_nothing_stored(
    scene: Scene,
    row: of_decisions.DecisionRow,
) -> None:
    check(row.prepare(scene), row.message)


def check(asked: Asked, message: str) -> None:
    """Both requests are refused in these words, and neither stores anything."""
    before = everything_stored()
    assert is_said_on_page(asked.page(), message)
    assert everything_stored() == before
    assert said_by_api(asked.api()) == [message]
    assert everything_stored() == before


# Warnings are refused as above until a reason is given; then they are stored with it.
TAKEN_WITH_A_REASON = {
    42: "tests.benefits.views.test_budgets.test_code_claimed_in_another_programme_needs_a_confirmation",
    44: "tests.benefits.views.test_profile.test_title_of_another_kind_is_taken_with_its_reason",
    49: "tests.benefits.views.test_profile.test_whole_profile_is_saved_by_page_and_api_alike",
    51: "tests.benefits.views.test_profile.test_whole_profile_is_saved_by_page_and_api_alike",
    50: "tests.services.test_worked_cases_entered.test_procurement_of_two_lincolnshires_by_csv",
    72: "tests.governance.reports.test_publishing.test_warning_is_signed_with_a_reason_that_the_trail_keeps",
    86: "tests.governance.reports.test_publishing.test_warning_is_signed_with_a_reason_that_the_trail_keeps",
    77: "tests.services.views.test_keys.test_key_past_an_abolition_asks_for_the_successor",
}


@pytest.mark.parametrize("number", TAKEN_WITH_A_REASON)
def test_warning_is_taken_with_a_reason_where_this_test_says(number: int) -> None:
    module, _, name = TAKEN_WITH_A_REASON[number].rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))

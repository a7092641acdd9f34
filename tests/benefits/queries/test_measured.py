"""What was measured, year by year, on the page and in the API alike."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.enums import Combining
from benefits.models import MeasureReading
from benefits.queries.measured import measured_years
from tests.benefits.scene import api_of, make_scene, page_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def read(scene, fy, period, value, council=None):
    MeasureReading.objects.create(
        benefit=scene.benefit,
        fy=fy,
        period=period,
        value=Decimal(value),
        council=council,
        entered_by=scene.s151,
    )


def test_each_kind_of_measure_is_summed_as_it_should_be_and_page_and_api_agree(db):
    scene = make_scene()
    for period, value in ((1, "26"), (2, "23.5"), (2, "24"), (3, "20")):
        read(scene, 2026, period, value)
    read(scene, 2025, None, "30")
    read(scene, 2026, 1, "40", scene.brockvale)
    shown = {}
    for combining in Combining:
        scene.benefit.combining = combining
        scene.benefit.save()
        shown[combining] = [
            (one.when, one.who, one.shown, one.readings) for one in measured_years(scene.benefit)
        ]
    years = {
        Combining.SUM: ("70", "100"),
        Combining.AVERAGE: ("23.333", "25"),
        Combining.LATEST: ("20", "20"),
    }
    no = "Not assessable: how the values of a year make the value of the year is not stated"
    assert shown == {
        combining: [
            ("2025 to 2026", "Whole benefit", "30", 1),
            ("2026 to 2027", "Whole benefit", year, 3),
            ("All years", "Whole benefit", total, 4),
            ("2026 to 2027", "Brockvale", "40", 1),
        ]
        for combining, (year, total) in (years | {Combining.NOT_STATED: (no, no)}).items()
    }
    answer = api_of(scene.reader).get(f"/api/v1/benefits/{scene.benefit.pk}/measured/").json()
    assert answer[0] == {"fy": 2025, "council": "", "value": "30", "not_assessable": "", "readings": 1}
    assert (answer[1]["value"], answer[1]["not_assessable"]) == (None, no.partition(": ")[2].capitalize())
    assert "2026 to 2027 Brockvale 40 1 value" in text_of(
        page_of(scene.reader).get(f"/benefits/{scene.benefit.pk}/")
    )


def test_number_of_queries_at_one_reading_and_at_four(db):
    scene = make_scene()
    found = []
    for periods in ((1,), (2, 3, 4)):
        for period in periods:
            read(scene, 2026, period, "5", scene.councils[period - 2])
        with CaptureQueriesContext(connection) as counted:
            measured_years(scene.benefit)
        found.append(len(counted))
    assert found == [1, 1]

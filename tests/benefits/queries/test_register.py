from decimal import Decimal
from fractions import Fraction

import pytest

from benefits.enums import BenefitClass
from benefits.queries.register import benefits_register
from core.rules.assessment import NotApplicable
from services.enums import LineKind
from tests.benefits.story import AS_OF
from tests.factories import BenefitFactory, LineFactory, ProgrammeFactory, actual

pytestmark = pytest.mark.django_db


def test_register_has_each_benefit_with_its_pounds(story):
    rows = benefits_register(story.programme, as_of=AS_OF).rows
    assert [(row.benefit.ref, row.plan_pence, row.forecast_pence, row.verified_pence) for row in rows] == [
        ("B-1", 140_400_000, 138_865_574, 0),
        ("B-2", 27_600_000, 27_540_000, 1_427_245),
        ("B-3", 36_000_000, 36_000_000, 0),
    ]
    assert {row.councils_text for row in rows} == {"All partner councils"}
    assert {row.target_text for row in rows} == {"In pounds"}


def test_benefit_with_a_measure_says_how_far_it_has_come(story):
    benefit = BenefitFactory(
        programme=story.programme,
        benefit_class=BenefitClass.QUANTIFIABLE,
        measure_name="Time to decide a claim",
        measure_unit="days",
        starting_value=Decimal("26.000"),
        target_value=Decimal("13.000"),
        actual_value=Decimal("15.500"),
    )
    benefit.councils.set(story.councils[:2])
    row = benefits_register(story.programme, as_of=AS_OF).rows[-1]
    assert (row.starting_value, row.actual_value, row.target_text) == (26, Decimal("15.5"), "13 days")
    assert row.progress_percent == Fraction(1050, 13)
    assert (row.councils_text, row.plan_pence, row.class_text) == ("Ashmere, Brockvale", None, "Quantifiable")


def test_benefit_without_a_target_is_never_divided(story):
    BenefitFactory(programme=story.programme, benefit_class=BenefitClass.QUALITATIVE, is_disbenefit=True)
    row = benefits_register(story.programme, as_of=AS_OF).rows[-1]
    assert (row.target_text, row.has_progress, row.class_text) == (
        "No target set",
        False,
        "Dis-benefit, qualitative",
    )
    assert row.progress_percent == NotApplicable("No target is set")


def test_register_takes_a_fixed_number_of_queries(story, django_assert_num_queries):
    with django_assert_num_queries(13):
        benefits_register(story.programme, as_of=AS_OF)
    small = ProgrammeFactory()
    BenefitFactory(programme=small)
    with django_assert_num_queries(12):
        benefits_register(small, as_of=AS_OF)


def test_what_a_benefit_costs_is_taken_off_what_it_saves(story):
    benefit, worse = (
        BenefitFactory(programme=story.programme, ref=ref, is_disbenefit=is_disbenefit)
        for ref, is_disbenefit in (("B-8", False), ("B-9", True))
    )
    for own in (benefit, worse):
        for kind, pence in ((LineKind.CASHABLE_SAVING, 1000), (LineKind.DISBENEFIT, 300)):
            line = LineFactory(programme=story.programme, benefit=own, kind=kind)
            actual(line, story.councils[0], 2026, 7, pence, entered_by=story.officer)
    rows = {row.benefit.ref: row for row in benefits_register(story.programme, as_of=AS_OF).rows}
    assert [(rows[ref].claimed_pence, rows[ref].waiting.pence) for ref in ("B-8", "B-9")] == [
        (700, 700),
        (-700, -700),
    ]

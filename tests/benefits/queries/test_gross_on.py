"""The saving of many programmes on a day is what each one's own page adds up for that day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from benefits.enums import Measure, Outcome
from benefits.models import Verification
from benefits.queries.by_year import measures_by_year
from benefits.queries.figures import pence_or_none
from benefits.queries.gross_on import GrossOn, gross_on
from benefits.queries.ledgers import read_ledgers
from benefits.queries.scope import Choice, scope_of
from programme.models import Programme
from services.enums import LineKind
from tests import factories
from tests.benefits.scene import Scene, make_scene

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
DAYS = [date(2026, month, 15) for month in range(5, 12)]


def noon(month: int) -> datetime:
    return datetime(2026, month, 1, 12, tzinfo=UTC)


def of_page(programme: Programme, day: date) -> GrossOn:
    """What the page of the programme adds up."""
    scope = scope_of(programme, read_ledgers(programme, as_of=day), Choice(), day)
    rows = [row for row in measures_by_year(scope) if row.measure == Measure.GROSS and row.council is None]
    if not rows:
        return GrossOn()
    total = rows[0].total
    verified, claimed = pence_or_none(total.verified) or 0, pence_or_none(total.claimed) or 0
    return GrossOn(pence_or_none(total.current), pence_or_none(total.forecast), verified + claimed, verified)


@pytest.fixture
def scene(db: None) -> Scene:
    """Two plans, three forecasts of which one leaves a line out, amounts answered in every way."""
    scene = make_scene(base_fy=2026, horizon_years=1)
    programme, (ashmere, brockvale, _) = scene.programme, scene.councils
    inside = factories.BenefitFactory(programme=programme, ref="B-2", counted_in=scene.benefit)
    held = factories.LineFactory(programme=programme, ref="HELD", benefit=inside)
    income = factories.LineFactory(
        programme=programme, ref="INC", kind=LineKind.INCOME, is_budgeted=True, benefit=scene.benefit
    )
    saved = (scene.saving, ashmere, 2026, None, 900_00)
    first = [saved, (scene.cost, ashmere, 2026, None, 7_00), (held, ashmere, 2026, None, 3_00)]
    factories.plan_version(programme, 1, amounts=first, effective_on=date(2026, 6, 1))
    second = [*first, (income, brockvale, 2027, None, 100_00)]
    factories.plan_version(programme, 2, amounts=second, effective_on=date(2026, 9, 1))
    factories.forecast(programme, date(2026, 7, 1), first)
    factories.forecast(programme, date(2026, 8, 1), [(scene.saving, ashmere, 2026, None, 800_00)])
    factories.forecast(programme, date(2026, 10, 1), [(income, brockvale, 2027, None, 90_00)])
    by = {"verified_by": scene.s151, "verified_at": noon(10)}
    factories.actual(scene.saving, ashmere, 2026, 2, 50_00, entered_at=noon(7), **by)
    factories.actual(held, ashmere, 2026, 2, 40_00, entered_at=noon(7), **by)
    claimed = factories.actual(scene.saving, brockvale, 2026, 3, 30_00, entered_at=noon(8))
    Verification.objects.create(
        actual=claimed, outcome=Outcome.RETURNED, reason="Wrong month", verified_by=scene.s151,
        verified_at=noon(9),
    )  # fmt: skip
    wrong = factories.actual(income, brockvale, 2026, 4, 20_00, entered_at=noon(9), **by)
    factories.actual(
        income, brockvale, 2026, 4, -20_00, entered_at=noon(11), reverses=wrong, explanation="Twice counted"
    )
    return scene


def test_each_day_is_as_the_page_of_the_programme_has_it(
    scene: Scene, django_assert_num_queries: AssertQueries
) -> None:
    other = factories.ProgrammeFactory(key="bare", partnership=scene.programme.partnership)
    keys = [scene.programme.pk, other.pk]
    with django_assert_num_queries(4):
        gross_on(keys, DAYS[-1])
    found = {day: gross_on(keys, day) for day in DAYS}
    assert {day: found[day][keys[0]] for day in DAYS} == {day: of_page(scene.programme, day) for day in DAYS}
    assert [found[day][keys[0]].forecast for day in DAYS] == [
        None, None, 900_00, 800_00, None, 890_00, 890_00,
    ]  # fmt: skip
    assert [found[day][keys[0]].verified for day in DAYS] == [0, 0, 0, 0, 0, 70_00, 50_00]
    assert all(found[day][other.pk].is_empty for day in DAYS)

"""A forecast leaves the plan as it was; nobody can change a plan by any way (scenario 10, INV-02, INV-03)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from accounts.enums import RoleName
from accounts.models import User
from benefits.actions.plan import is_intact
from benefits.models import ForecastAmount, PlanAmount
from programme.models import PlanDate, PlanVersion
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of

pytestmark = pytest.mark.django_db
TABLES = (PlanVersion, PlanAmount, PlanDate)


@pytest.fixture(scope="module")
def told(module_db: None) -> tuple[Scene, PlanVersion]:
    """A programme with a plan of one amount and one date."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        scene = make_scene()
        milestone = factories.MilestoneFactory(programme=scene.programme)
        version = factories.plan_version(
            scene.programme,
            1,
            amounts=[(scene.saving, scene.brockvale, 2026, None, 77_400_000)],
            dates=[(milestone, date(2027, 10, 1))],
        )
    return scene, version


@pytest.fixture(autouse=True)
def _day(db: None) -> Any:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


def stored() -> list[Any]:
    """Every byte of every plan."""
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]


def test_forecast_leaves_plan_bytes_and_hash_as_they_were(told: tuple[Scene, PlanVersion]) -> None:
    scene, version = told
    before = stored()
    sent = {
        "programme": "abc",
        "as_at_on": "2026-11-20",
        "commentary": "One saving starts later than planned",
        "amounts": [{"line": "ICT", "council": "brockvale", "fy": 2026, "amount": "750000.00"}],
    }
    assert api_of(scene.finance).post("/api/v1/forecast-amounts/", sent, format="json").status_code == 201
    assert ForecastAmount.objects.get().amount_pence == 75_000_000
    assert stored() == before
    fresh = PlanVersion.objects.get(pk=version.pk)
    assert (is_intact(fresh), fresh.content_hash) == (True, version.content_hash)


def by_orm(version: PlanVersion) -> dict[str, Callable[[], Any]]:
    amount, planned = version.amounts.get(), version.dates.get()
    copy = PlanAmount(plan_version=version, line=amount.line, council=amount.council, fy=2027, amount_pence=1)
    return {
        "update amount": lambda: PlanAmount.objects.update(amount_pence=75_000_000),
        "save amount": amount.save,
        "delete amount": amount.delete,
        "add amount": copy.save,
        "bulk add": lambda: PlanAmount.objects.bulk_create([copy]),
        "bulk update": lambda: PlanAmount.objects.bulk_update([amount], ["amount_pence"]),
        "delete dates": lambda: PlanDate.objects.all().delete(),
        "save date": planned.save,
        "update version": lambda: PlanVersion.objects.update(content_hash="0" * 64),
        "save version": version.save,
        "delete version": lambda: PlanVersion.objects.all().delete(),
    }


SQL = (
    "UPDATE benefits_planamount SET amount_pence = 75000000",
    "DELETE FROM benefits_planamount",
    "UPDATE programme_plandate SET date_text = 'later'",
    "DELETE FROM programme_plandate",
    "UPDATE programme_planversion SET narrative = 'better'",
    "DELETE FROM programme_planversion",
)


def test_direct_attempts_fail_by_orm_and_by_sql(told: tuple[Scene, PlanVersion]) -> None:
    _, version = told
    before = stored()
    ways = by_orm(PlanVersion.objects.get(pk=version.pk))
    ways |= {sql: (lambda sql=sql: connection.cursor().execute(sql)) for sql in SQL}  # type: ignore[misc]
    let_through = []
    for name, attempt in ways.items():
        try:
            with transaction.atomic():
                attempt()
            let_through.append(name)
        except DatabaseError:
            continue
    assert let_through == []
    assert stored() == before


def people(scene: Scene) -> dict[str, User]:
    """One person for each role."""
    found = {}
    for name in RoleName:
        person = factories.UserFactory()
        wide = name in (RoleName.PROGRAMME_MANAGER, RoleName.SRO, RoleName.ADMINISTRATOR)
        where = {} if name == RoleName.ADMINISTRATOR else {"council": scene.brockvale}
        if wide and where:
            where = {"partnership": scene.programme.partnership}
        factories.role(person, name, **where)
        found[name.value] = person
    return found


def test_direct_attempts_by_page_and_api_fail_for_every_role(told: tuple[Scene, PlanVersion]) -> None:
    scene, version = told
    before, amount = stored(), version.amounts.get()
    changed: dict[str, list[int]] = {}
    for role, person in people(scene).items():
        api, browser = api_of(person), page_of(person)
        answers = [
            api.patch(f"/api/v1/plan-versions/{version.pk}/", {"narrative": "x"}, format="json"),
            api.put(f"/api/v1/plan-versions/{version.pk}/", {"narrative": "x"}, format="json"),
            api.delete(f"/api/v1/plan-versions/{version.pk}/"),
            api.patch(f"/api/v1/plan-amounts/{amount.pk}/", {"amount": "1.00"}, format="json"),
            api.delete(f"/api/v1/plan-amounts/{amount.pk}/"),
            api.post("/api/v1/plan-amounts/", {"line": "ICT", "amount": "1.00"}, format="json"),
            browser.post(f"/plan-versions/{version.pk}/update/", {"narrative": "x"}),
        ]
        changed[role] = [answer.status_code for answer in answers if answer.status_code < 400]
    assert changed == {key: [] for key in changed}
    assert len(changed) == len(RoleName)
    assert stored() == before

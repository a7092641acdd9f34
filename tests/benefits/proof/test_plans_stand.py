"""Scenario 10: a forecast leaves every approved plan as it is, and nobody can alter one, whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.enums import RoleName
from accounts.models import User
from benefits.actions.amounts import Amount
from benefits.actions.forecast import record_forecast
from benefits.actions.plan import is_intact
from benefits.models import PlanAmount
from programme.models import PlanVersion
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of

pytestmark = pytest.mark.django_db
CHANGED = {"number": 9, "amount": "1.00", "amount_pence": 100, "approved_on": "2026-01-01"}


@pytest.fixture
def scene() -> Scene:
    return make_scene(base_fy=2026)


@pytest.fixture
def version(scene: Scene) -> PlanVersion:
    """£774,000 in one year and £3,000 of a month, approved."""
    amounts = [
        (scene.saving, scene.brockvale, 2026, 7, 3_000_00),
        (scene.saving, scene.brockvale, 2027, None, 774_000_00),
    ]
    return factories.plan_version(scene.programme, 1, amounts=amounts)


def told(scene: Scene) -> tuple[Any, ...]:
    """The plan as it is stored, as the API gives it, and its fingerprint."""
    api = api_of(scene.reader)
    (version,) = PlanVersion.objects.all()
    return (
        list(PlanVersion.objects.values()),
        list(PlanAmount.objects.order_by("pk").values()),
        api.get("/api/v1/plan-amounts/").content,
        api.get(f"/api/v1/plan-versions/{version.pk}/").content,
        version.content_hash,
        is_intact(version),
    )


def test_scenario_10_forecast_leaves_every_plan_as_it_is(scene: Scene, version: PlanVersion) -> None:
    before = told(scene)
    assert before[-1]
    for day, pence in ((date(2026, 6, 1), 700_000_00), (date(2026, 7, 1), -50_00)):
        record_forecast(
            scene.programme,
            by=scene.manager,
            as_at_on=day,
            commentary="Go-live moves by eighteen days",
            amounts=[Amount(scene.saving, scene.brockvale, 2027, None, pence, "Paid back to the supplier")],
        )
    assert told(scene) == before


def person_with(scene: Scene, name: RoleName) -> User:
    """Someone who holds a role for Brockvale or, where it is one of a partnership, for that."""
    user: User = factories.UserFactory(name=f"{name.label} of all")
    is_joint = name in {RoleName.PROGRAMME_MANAGER, RoleName.SRO}
    where: dict[str, Any] = {"council": scene.brockvale}
    if is_joint:
        where = {"partnership": scene.programme.partnership}
    if name == RoleName.ADMINISTRATOR:
        where = {}
    factories.role(user, name, **where)
    return user


def test_scenario_10_nobody_alters_an_approved_plan(scene: Scene, version: PlanVersion) -> None:
    before, amount = told(scene), version.amounts.first()
    addresses = (f"/api/v1/plan-versions/{version.pk}/", f"/api/v1/plan-amounts/{amount.pk}/")
    allowed = []
    for name in RoleName:
        user = person_with(scene, name)
        api, browser = api_of(user), page_of(user)
        for at in addresses:
            for method in ("put", "patch", "delete"):
                status = getattr(api, method)(at, CHANGED, format="json").status_code
                allowed += [(name, method, at, status)] if status < 400 else []
        browser.post(f"/plan-versions/{version.pk}/update/", CHANGED)
    assert (allowed, told(scene)) == ([], before)


def test_scenario_10_database_itself_refuses(scene: Scene, version: PlanVersion) -> None:
    before, amount = told(scene), version.amounts.first()
    attempts = (
        lambda: PlanAmount.objects.filter(pk=amount.pk).update(amount_pence=1),
        amount.delete,
        lambda: PlanVersion.objects.filter(pk=version.pk).update(number=9),
        lambda: _execute("UPDATE benefits_planamount SET amount_pence = 1"),
        lambda: _execute("DELETE FROM benefits_planamount"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert told(scene) == before


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

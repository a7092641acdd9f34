"""Programmes, agreements, and entries of councils that left or end (rows 76 to 79)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from tests import factories
from tests.benefits.scene import api_of, make_scene, page_of
from tests.refusals.asking import Asked, Row
from tests.services.draft_scene import DraftScene, draft_scene

START = {"name": "Shared waste", "base_fy": "2026", "horizon_years": "5"}


def _start(user: User, **sent: Any) -> Asked:
    """A programme that is started with councils by their keys."""
    keys = {row.key: row.pk for row in factories.CouncilFactory._meta.model.objects.all()}
    on_page = {**START, **sent, "councils": [keys[key] for key in sent["councils"]]}
    if "partnership" in sent:
        on_page["partnership"] = sent["partnership"].pk
        sent["partnership"] = sent["partnership"].key
    browser, api = page_of(user), api_of(user)
    return Asked(
        lambda: browser.post("/start-a-programme/", on_page),
        lambda: api.post("/api/v1/programmes/", {**START, **sent}),
    )


def _one_council() -> Asked:
    make_scene()
    user = factories.UserFactory()
    factories.role(user, RoleName.ADMINISTRATOR)
    return _start(user, partnership_name="Coast", councils=["ashmere"])


def _twice() -> Asked:
    scene = make_scene()
    return _start(scene.manager, partnership=scene.programme.partnership, councils=["brockvale"])


def _unconsulted() -> Asked:
    scene = make_scene()
    partnership = scene.programme.partnership
    sent = {"kind": "s113", "title": "Officers"}
    browser, api = page_of(scene.manager), api_of(scene.manager)
    return Asked(
        lambda: browser.post(
            f"/partnerships/{partnership.key}/agreements/new/", {**sent, "in_force_on": "1 12 2026"}
        ),
        lambda: api.post(
            "/api/v1/agreements/", {**sent, "partnership": partnership.key, "in_force_on": "2026-12-01"}
        ),
    )


def _amount_of_carrick(change: Callable[[DraftScene], None]) -> Callable[[], Asked]:
    """An amount of Carrick alone in 2028 to 2029, in a draft business case."""

    def prepare() -> Asked:
        scene = draft_scene()
        carrick = scene.councils[2]
        line = scene.line("L-1", [100_00], carrick)
        change(scene)
        browser, api = page_of(scene.manager), api_of(scene.manager)
        at = f"business-cases/{scene.case.pk}/lines/"
        box = f"a-{line.pk}-{carrick.pk}-2028"
        amounts = [{"council": "carrick", "fy": fy, "amount": "100"} for fy in (2026, 2028)]
        return Asked(
            lambda: browser.post(f"/{at}", {"seen_version": "1", box: "100"}),
            lambda: api.put(f"/api/v1/{at}", {"version": 1, "lines": [{"ref": "L-1", "amounts": amounts}]}),
        )

    return prepare


def _carrick_left(scene: DraftScene) -> None:
    row = scene.programme.partnership.memberships.get(council__key="carrick")
    row.status = MemberStatus.LEFT
    row.set_date("left", ImpreciseDate.day(date(2028, 3, 31)))
    row.save()


def _carrick_ends(scene: DraftScene) -> None:
    carrick = scene.councils[2]
    carrick.abolished_on = date(2028, 4, 1)
    carrick.save()


ROWS = (
    Row(
        76,
        "amount after a council left",
        "Carrick left on 31 March 2028. Choose an earlier period",
        _amount_of_carrick(_carrick_left),
    ),
    Row(
        77,
        "amount after a council's end",
        "Carrick is due to be abolished on 1 April 2028. Choose the successor",
        _amount_of_carrick(_carrick_ends),
    ),
    Row(78, "one council", "Add at least 2 councils", _one_council),
    Row(78, "council twice", "Brockvale is already in this programme", _twice),
    Row(79, "section 113", "Confirm that affected officers have been consulted", _unconsulted),
)

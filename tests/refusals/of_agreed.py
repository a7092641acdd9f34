"""What is agreed or used stays: refusals of the product that are no row of section 8, numbered 0."""

from __future__ import annotations

from governance.enums import DecisionState
from services.actions.keys import USED_POOL
from services.actions.runs import share_amount
from services.enums import TestBasis
from services.models import Compensation
from tests.benefits.scene import api_of, page_of
from tests.factories import DecisionFactory
from tests.refusals.asking import Asked, Row
from tests.services.case_scene import case_scene


def _agreed_compensation() -> Asked:
    """Compensation of which the decision is in effect is withdrawn."""
    scene = case_scene()
    DecisionFactory(programme=scene.programme, ref="D-9", state=DecisionState.EFFECTIVE)
    made = Compensation.objects.create(
        business_case=scene.case,
        beneficiary=scene.councils[0],
        basis=TestBasis.NPV,
        decision_ref="D-9",
        created_by=scene.manager,
        updated_by=scene.manager,
    )
    browser, api = page_of(scene.manager), api_of(scene.manager)
    return Asked(
        lambda: browser.post(f"/compensations/{made.pk}/withdraw/", {"seen_version": 1}),
        lambda: api.delete(f"/api/v1/compensations/{made.pk}/", {"version": 1}),
    )


def _used_pool() -> Asked:
    """A pool that has shared an amount is given another name."""
    scene = case_scene()
    share_amount(scene.pool, fy=2026, pence=3_00, purpose="Support", by=scene.manager)
    browser, api = page_of(scene.manager), api_of(scene.manager)
    named = {"name": "Something else", "description": ""}
    return Asked(
        lambda: browser.post(f"/pools/{scene.pool.pk}/edit/", {**named, "seen_version": 1}),
        lambda: api.put(f"/api/v1/pools/{scene.pool.pk}/", {**named, "version": 1}),
    )


def _judgement() -> Asked:
    """Quality is judged without saying why."""
    scene = case_scene()
    browser, api = page_of(scene.manager), api_of(scene.manager)
    sent = {"certainty": "high", "reason": "Sure."}
    at = f"business-cases/{scene.case.pk}/quality/"
    return Asked(lambda: browser.post(f"/{at}", sent), lambda: api.post(f"/api/v1/{at}", sent))


ROWS = (
    Row(
        0,
        "agreed compensation",
        "Decision D-9 agreed this compensation, so it cannot be withdrawn. "
        "Change it once a new decision says so",
        _agreed_compensation,
    ),
    Row(0, "name of a used pool", USED_POOL, _used_pool),
    Row(0, "judgement without a reason", "Say why, in at least 10 characters", _judgement),
)

"""Approved plans and re-baselines (rows 33 to 36)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from accounts.enums import RoleName
from benefits.models import PlanProposal
from governance.enums import CouncilDecisionState, DecisionState
from governance.models import CouncilDecision
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of
from tests.refusals.asking import Asked, Row


def _submitted(scene: Scene, **changes: Any) -> PlanProposal:
    entry = (scene.saving, scene.brockvale, 2026, None)
    first = factories.plan_version(
        scene.programme, 1, amounts=[(*entry, 77_400_000)], approved_on=date(2026, 3, 16)
    )
    proposer = {"created_by": scene.manager, "submitted_by": scene.manager}
    return factories.plan_proposal(
        scene.programme, based_on=first, amounts=[(*entry, 75_000_000)], **proposer | changes
    )


def _edit() -> Asked:
    scene = make_scene()
    version = factories.plan_version(scene.programme, 1, approved_on=date(2026, 3, 16))
    browser, api = page_of(scene.manager), api_of(scene.manager)
    return Asked(
        lambda: browser.post(f"/plan-versions/{version.pk}/update/", {"narrative": "Less"}),
        lambda: api.patch(f"/api/v1/plan-versions/{version.pk}/", {"narrative": "Less"}, format="json"),
    )


def _submit(**lacking: str) -> Callable[[], Asked]:
    def prepare() -> Asked:
        scene = make_scene()
        proposal = _submitted(scene, submitted_by=None, **lacking)
        at, browser, api = (
            f"plan-proposals/{proposal.pk}/submit/",
            page_of(scene.manager),
            api_of(scene.manager),
        )
        return Asked(
            lambda: browser.post(f"/{at}", {"seen_version": "1"}),
            lambda: api.post(f"/api/v1/{at}", {"version": 1}, format="json"),
        )

    return prepare


def _own() -> Asked:
    """The programme manager, who is Brockvale's section 151 officer too, supports their own proposal."""
    scene = make_scene()
    factories.role(scene.manager, RoleName.S151, council=scene.brockvale)
    at = f"plan-proposals/{_submitted(scene).pk}/opinions/"
    browser, api = page_of(scene.manager), api_of(scene.manager)
    council = scene.brockvale
    return Asked(
        lambda: browser.post(f"/{at}new/", {"council": council.pk, "is_in": "in", "reason": ""}),
        lambda: api.post(f"/api/v1/{at}", {"council": council.key, "is_in": True}, format="json"),
    )


def _current() -> Asked:
    scene = make_scene()
    proposal = _submitted(scene)
    decision = factories.DecisionFactory(
        programme=scene.programme,
        ref="D-014",
        plan_proposal=proposal,
        councils=scene.councils,
        state=DecisionState.RATIFYING,
        text="The councils approve plan version 2.",
        text_hash="a" * 64,
        recommended_on=date(2026, 11, 2),
    )
    rows = CouncilDecision.objects.filter(decision=decision).exclude(council__key="carrick")
    rows.update(
        state=CouncilDecisionState.APPROVED,
        text_number=1,
        text_hash="a" * 64,
        decided_first_on=date(2026, 11, 10),
        decided_last_on=date(2026, 11, 10),
        decided_precision="day",
    )
    browser, api = page_of(scene.manager), api_of(scene.manager)
    at = f"plan-proposals/{proposal.pk}"
    return Asked(
        lambda: browser.post(f"/{at}/current/"),
        lambda: api.post(f"/api/v1/{at}/make-current/", {}, format="json"),
    )


ROWS = (
    Row(
        33,
        "approved plan edited",
        "This plan was approved on 16 March 2026 and cannot be changed. Start a re-baseline",
        _edit,
    ),
    Row(34, "no reason", "Choose a reason", _submit(reason_code="")),
    Row(
        34,
        "short explanation",
        "Explain the change in at least 50 characters",
        _submit(narrative="The plan is less"),
    ),
    Row(35, "approved by its author", "The person who proposed the change cannot approve it", _own),
    Row(
        36,
        "made current by hand",
        "This plan takes effect when decision D-014 does. Carrick has not decided yet",
        _current,
    ),
)

"""The next version of a case is a copy of the older one; and a case loaded as issued is frozen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.models import AuditEvent
from services.actions.case_seal import seal_case
from services.actions.case_versions import start_version
from services.enums import CaseState, TestBasis
from services.models import (
    BusinessCase,
    BusinessCaseAmount,
    CaseOption,
    CompensationPayment,
    Criterion,
    Score,
)
from services.queries.case_content import case_content, has_issued_content
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db
LOADED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def scene() -> CaseScene:
    """A case with a variant, a score and a compensation."""
    scene = case_scene()
    CaseOption.objects.create(
        business_case=scene.case,
        ref="SHARE-2",
        name="Share without the third",
        variant_of=scene.options["share"],
        without_council=scene.councils[2],
        order_index=2,
    )
    edited = {"created_by": scene.manager, "updated_by": scene.manager}
    Score.objects.create(
        criterion=Criterion.objects.get(),
        option=scene.options["share"],
        scored_by=scene.reviewer,
        score=80,
        reason="Seen",
        **edited,
    )
    compensation = scene.case.compensations.create(
        beneficiary=scene.councils[2], basis=TestBasis.NPV, **edited
    )
    for council, pence in zip(scene.councils, (-2_00, -1_00, 3_00), strict=True):
        compensation.payments.create(council=council, fy=2026, amount_pence=pence)
    return scene


def next_version(scene: CaseScene) -> BusinessCase:
    case = scene.fresh()
    return start_version(case, by=scene.manager, seen_version=case.version)


def without_outcome(case: BusinessCase) -> dict[str, Any]:
    """The content but for the number, the statements and the kept shares."""
    content = case_content(case)
    content["case"].pop("number")
    return {name: value for name, value in content.items() if name not in {"statements", "shares"}}


def test_next_version_has_the_same_content(scene: CaseScene) -> None:
    older = scene.to_issued()
    newer = next_version(scene)
    assert without_outcome(newer) == without_outcome(older)
    variant = newer.options.get(ref="SHARE-2")
    assert (variant.variant_of, variant.without_council) == (
        newer.options.get(ref="SHARE"),
        scene.councils[2],
    )
    payments = CompensationPayment.objects.filter(compensation__business_case=newer)
    assert sorted(payments.values_list("amount_pence", flat=True)) == [-2_00, -1_00, 3_00]
    assert (newer.number, newer.state, newer.version, newer.issued_at, newer.content_hash) == (
        2,
        CaseState.DRAFT,
        1,
        None,
        "",
    )
    assert (newer.statements.count(), newer.reviews.count()) == (0, 0)
    assert has_issued_content(scene.fresh())
    event = AuditEvent.objects.get(action="start_version")
    assert (event.object_id, event.after) == (newer.pk, {"number": 2, "copied_from": 1, "version": 1})


def test_change_of_the_copy_leaves_the_older_version(scene: CaseScene) -> None:
    scene.to_issued()
    newer = next_version(scene)
    BusinessCaseAmount.objects.filter(line__business_case=newer).update(amount_pence=1)
    newer.lines.get(ref="L-2").delete()
    assert has_issued_content(scene.fresh())


def test_version_cannot_start_from_a_draft_or_beside_an_open_one(scene: CaseScene) -> None:
    with pytest.raises(Refusal, match="This version is a draft, so it cannot be copied to a new version"):
        next_version(scene)
    scene.to_issued()
    next_version(scene)
    with pytest.raises(Refusal, match="Version 2 is open already"):
        next_version(scene)
    assert BusinessCase.objects.count() == 2


def test_only_the_manager_starts_a_version(scene: CaseScene) -> None:
    case = scene.to_issued()
    with pytest.raises(PermissionDenied):
        start_version(case, by=scene.owner, seen_version=case.version)


def test_loaded_case_is_frozen_as_it_is(scene: CaseScene) -> None:
    BusinessCase.objects.update(state=CaseState.APPROVED)
    sealed = seal_case(scene.fresh(), by=scene.owner, at=LOADED_AT)
    stored = scene.fresh()
    assert (stored.issued_at, stored.issued_by, stored.content_hash) == (
        LOADED_AT,
        scene.owner,
        sealed.content_hash,
    )
    assert has_issued_content(stored)
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        stored.lines.update(title="Another")
    assert seal_case(stored, by=scene.manager, at=datetime(2027, 1, 1, tzinfo=UTC)) is stored
    assert AuditEvent.objects.filter(action="seal_case").count() == 1


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.S151_REVIEW, CaseState.WITHDRAWN])
def test_open_case_is_not_frozen(scene: CaseScene, state: CaseState) -> None:
    BusinessCase.objects.update(state=state)
    seal_case(scene.fresh(), by=scene.owner, at=LOADED_AT)
    assert scene.fresh().content_hash == ""

"""Withhold, certify, review, release and open: each kind of row, once and by whom (INV-37, INV-39)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.enums import RoleName
from core.actions.publication import Withholding
from core.enums import Channel, PublicationClass
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent, ExemptAccess
from core.publication import shown
from core.rules.publication import CONFIDENTIAL_STAYS
from governance.actions.publication import (
    IN_PLAN,
    open_exempt,
    release,
    review_withheld,
    withhold,
)
from governance.publication_policies import CERTIFIED, NOT_TO_CERTIFY, NOT_TO_OPEN, NOT_TO_PROPOSE
from governance.queries.exempt import KINDS
from tests import factories
from tests.governance.exempt_scene import ExemptScene, exempt_scene

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WHY = Withholding(exempt_paragraph=3, public_interest_reason="Bids are still open")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene() -> ExemptScene:
    return exempt_scene()


def columns(scene: ExemptScene, key: str) -> dict[str, object]:
    """What is kept of the class of a row."""
    row = type(scene.rows[key])._base_manager.get(pk=scene.rows[key].pk)
    names = ("publication_class", "exempt_paragraph", "public_interest_reason", "exempt_review_on")
    people = ("certified_at", "certified_by", "released_at", "released_by")
    return {name: getattr(row, name) for name in names + people}


def exempt(**values: object) -> dict[str, object]:
    """The columns of an exempt row."""
    return {
        "publication_class": PublicationClass.EXEMPT,
        "exempt_paragraph": 3,
        "public_interest_reason": "Bids are still open",
        "exempt_review_on": date(2027, 11, 24),
        "certified_at": None,
        "certified_by": None,
        "released_at": None,
        "released_by": None,
        **values,
    }


@pytest.mark.parametrize("key", KINDS)
def test_proposed_certified_and_released(scene: ExemptScene, key: str) -> None:
    row = scene.rows[key]
    manager = scene.person(RoleName.PROGRAMME_MANAGER)
    officer = scene.person(RoleName.MONITORING_OFFICER, scene.councils[0])
    withhold(row, WHY, by=manager, seen=row.standing)
    assert columns(scene, key) == exempt()
    assert shown(row, "Terms").is_withheld
    review_withheld(row, WHY, by=officer, seen=row.standing)
    assert columns(scene, key) == exempt(certified_at=NOW, certified_by=officer)
    release(row, by=officer, seen=row.standing, why="The contract is let", channel=Channel.API)
    assert columns(scene, key) == exempt(
        publication_class=PublicationClass.OPEN, exempt_review_on=None, released_at=NOW, released_by=officer
    )
    assert shown(row, "Terms").text == "Terms"
    events = AuditEvent.objects.filter(object_id=row.pk, object_type=row._meta.label_lower).order_by("pk")
    assert list(events.values_list("action", "by", "channel", "scope", "why")) == [
        ("withhold", manager.pk, Channel.PAGE, scene.programme.key, "Bids are still open"),
        ("review_withheld", officer.pk, Channel.PAGE, scene.programme.key, "Bids are still open"),
        ("release", officer.pk, Channel.API, scene.programme.key, "The contract is let"),
    ]
    assert events[0].after == {
        "publication_class": "exempt",
        "exempt_paragraph": 3,
        "exempt_review_on": "2027-11-24",
        "certified_at": None,
        "released_at": None,
    }


def test_monitoring_officer_certifies_by_withholding(scene: ExemptScene) -> None:
    officer = scene.person(RoleName.MONITORING_OFFICER)
    row = scene.rows["papers"]
    withhold(row, WHY, by=officer, seen=row.standing)
    assert columns(scene, "papers") == exempt(certified_at=NOW, certified_by=officer)


def test_withholding_moves_the_version_of_a_row_that_has_one(scene: ExemptScene) -> None:
    before = scene.decision.version
    withhold(scene.decision, WHY, by=scene.person(RoleName.PROGRAMME_MANAGER), seen=scene.decision.standing)
    scene.decision.refresh_from_db()
    assert scene.decision.version == before + 1


def test_confidential_needs_no_paragraph_and_is_never_released(scene: ExemptScene) -> None:
    officer = scene.person(RoleName.MONITORING_OFFICER)
    row = scene.rows["notes"]
    why = Withholding(PublicationClass.CONFIDENTIAL, exempt_paragraph=3)
    withhold(row, why, by=officer, seen=row.standing)
    assert columns(scene, "notes") == exempt(
        publication_class=PublicationClass.CONFIDENTIAL,
        exempt_paragraph=None,
        public_interest_reason="",
        certified_at=NOW,
        certified_by=officer,
    )
    with pytest.raises(Refusal) as caught:
        release(row, by=officer, seen=row.standing)
    assert caught.value.message == CONFIDENTIAL_STAYS


def test_others_may_not(scene: ExemptScene) -> None:
    row, member = scene.rows["decisions"], scene.person(RoleName.MEMBER)
    manager = scene.person(RoleName.PROGRAMME_MANAGER)
    officer = scene.person(RoleName.MONITORING_OFFICER)

    def refused(action, by, **values) -> str:
        with pytest.raises(PermissionDenied) as caught:
            action(row, by=by, seen=row.standing, **values)
        return str(caught.value)

    assert refused(withhold, member, why=WHY) == NOT_TO_PROPOSE
    withhold(row, WHY, by=officer, seen=row.standing)
    assert refused(withhold, manager, why=WHY) == CERTIFIED
    assert refused(review_withheld, manager, why=WHY) == NOT_TO_CERTIFY
    assert refused(release, manager) == NOT_TO_CERTIFY
    with pytest.raises(PermissionDenied) as caught:
        open_exempt(row, by=member)
    assert str(caught.value) == NOT_TO_OPEN
    assert ExemptAccess.objects.count() == 0


def test_change_of_another_person_is_not_overwritten(scene: ExemptScene) -> None:
    officer = scene.person(RoleName.MONITORING_OFFICER)
    row = scene.rows["papers"]
    seen = row.standing
    withhold(row, WHY, by=officer, seen=seen)
    with pytest.raises(StaleEdit):
        withhold(row, WHY, by=officer, seen=seen)
    assert AuditEvent.objects.filter(action="withhold").count() == 1


def test_opening_is_recorded_each_time_and_the_record_stays(scene: ExemptScene) -> None:
    auditor = scene.person(RoleName.AUDITOR)
    row = scene.withhold("papers")
    for _ in range(2):
        open_exempt(row, by=auditor)
    kept = ExemptAccess.objects.values_list("by", "object_type", "object_id", "object_label", "scope")
    assert list(kept) == [(auditor.pk, "governance.paper", row.pk, "Tenders", scene.programme.key)] * 2
    for change in (ExemptAccess.objects.all().delete, lambda: ExemptAccess.objects.update(object_label="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_opening_what_is_open_is_refused_and_not_recorded(scene: ExemptScene) -> None:
    with pytest.raises(Refusal) as caught:
        open_exempt(scene.rows["papers"], by=scene.person(RoleName.AUDITOR))
    assert caught.value.message == "This is open to everyone who can see it"
    assert (ExemptAccess.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_nothing_is_kept_where_the_trail_cannot_be_written(scene: ExemptScene, monkeypatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError("no trail")

    monkeypatch.setattr(AuditEvent, "save", fail)
    row = scene.rows["decisions"]
    with pytest.raises(DatabaseError):
        withhold(row, WHY, by=scene.person(RoleName.MONITORING_OFFICER), seen=row.standing)
    assert columns(scene, "decisions")["publication_class"] == PublicationClass.OPEN


def test_line_is_withheld_in_every_version_of_its_case(scene: ExemptScene) -> None:
    line = scene.rows["lines"]
    case = line.business_case
    later = factories.BusinessCaseFactory(programme=scene.programme, ref=case.ref, number=2)
    twin = factories.BusinessCaseLineFactory(business_case=later, ref=line.ref)
    withhold(line, WHY, by=scene.person(RoleName.MONITORING_OFFICER), seen=line.standing)
    twin.refresh_from_db()
    assert (twin.publication_class, twin.exempt_paragraph) == (PublicationClass.EXEMPT, 3)


def test_line_whose_figures_are_in_the_plan_is_refused(scene: ExemptScene) -> None:
    line = scene.rows["lines"]
    planned = factories.LineFactory(programme=scene.programme, business_case_line=line)
    with pytest.raises(Refusal) as caught:
        withhold(line, WHY, by=scene.person(RoleName.MONITORING_OFFICER), seen=line.standing)
    assert caught.value.message == IN_PLAN.format(line=planned.ref)
    assert columns(scene, "lines")["publication_class"] == PublicationClass.OPEN

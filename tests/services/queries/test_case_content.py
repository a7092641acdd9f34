"""The fingerprint of an issued case: what it covers, and how a change of the database is found."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from services.enums import CaseState, CaseStep
from services.models import BusinessCaseAmount, CaseSection, Criterion
from services.queries.case_content import case_content, has_issued_content, hash_of_content
from services.rules.case_content import canonical_json, content_hash
from tests.factories import BusinessCaseFactory, UserFactory, sign_in
from tests.pages import text_of
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> CaseScene:
    return case_scene()


def forged(scene: CaseScene) -> Any:
    """A version whose hash is not that of its content."""
    return BusinessCaseFactory(
        programme=scene.programme,
        ref="BC-7",
        state=CaseState.ISSUED,
        issued_at=datetime(2026, 11, 1, tzinfo=UTC),
        issued_by=UserFactory(),
        content_hash="0" * 64,
    )


def test_content_is_whole_and_in_order(scene: CaseScene) -> None:
    case = scene.to_issued()
    content = case_content(case)
    assert sorted(content) == [
        "case",
        "criteria",
        "lines",
        "options",
        "scores",
        "sections",
        "shares",
        "statements",
    ]
    assert [line["ref"] for line in content["lines"]] == ["L-1", "L-2"]
    assert content["lines"][0]["amounts"] == [["", 2027, 100_00, None], ["", 2028, 100_00, None]]
    assert [row[:3] + row[4:] for row in content["shares"]][:3] == [
        ["L-1", 2027, 100_00, council.key, share]
        for council, share in sorted(
            zip(scene.councils, (3334, 3333, 3333), strict=True), key=lambda pair: pair[0].key
        )
    ]
    assert len(content["statements"]) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda: BusinessCaseAmount.objects.filter(fy=2027).update(amount_pence=100_01),
        lambda: CaseSection.objects.filter(name="economic").update(text="Another"),
        lambda: Criterion.objects.update(weight_percent=99),
    ],
)
def test_every_change_of_a_draft_changes_its_hash(scene: CaseScene, change: Any) -> None:
    before = hash_of_content(scene.case)
    change()
    assert hash_of_content(scene.case) != before


def test_state_and_edits_of_the_row_do_not_count(scene: CaseScene) -> None:
    case = scene.to_issued()
    scene.step(CaseStep.WITHDRAW, by=scene.owner, comment="Not needed")
    again = scene.fresh()
    assert (again.version, hash_of_content(again)) == (case.version + 1, case.content_hash)


def test_command_checks_every_issued_version(scene: CaseScene, capsys: pytest.CaptureFixture[str]) -> None:
    scene.to_issued()
    call_command("check_cases")
    assert capsys.readouterr().out == "1 issued version checked: as issued\n"
    forged(scene)
    with pytest.raises(CommandError, match="1 of 2 issued versions changed"):
        call_command("check_cases")
    assert capsys.readouterr().err == "abc BC-7 version 1 has changed since its issue\n"


def test_page_says_when_the_content_is_another(client: Client, scene: CaseScene) -> None:
    case = forged(scene)
    assert not has_issued_content(case)
    sign_in(client, scene.manager)
    assert "No. Its content no longer has" in text_of(client.get(f"/business-cases/{case.pk}/check/"))
    draft = text_of(client.get(f"/business-cases/{scene.case.pk}/check/"))
    assert "This version is not issued, so it has no fingerprint yet" in draft


def test_same_content_in_another_order_of_names_has_one_text() -> None:
    assert (
        canonical_json({"b": 1, "a": ["é", {"d": None, "c": True}]})
        == '{"a":["é",{"c":true,"d":null}],"b":1}'
    )
    digest = "0855bfc20eb6cfaa4be7d6b510c63dd22997718bddadcb1a4915cec3a16145b9"
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1}) == digest


def test_floats_are_no_content() -> None:
    with pytest.raises(TypeError, match="no floats"):
        content_hash({"a": [{"b": 0.1}]})


def test_hash_does_not_tell_what_is_withheld() -> None:
    """Whoever knows all but one amount cannot try amounts: the salt is random and no content."""
    issued = case_scene().to_issued()
    plain = content_hash(case_content(issued))
    assert (len(issued.content_salt), issued.content_salt in str(case_content(issued))) == (32, False)
    assert issued.content_hash not in {plain, content_hash({**case_content(issued), "salt": ""})}
    assert has_issued_content(issued)

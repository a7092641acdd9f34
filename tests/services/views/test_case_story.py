"""The front page, the steps, the statements and the comparison, as people use them."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from accounts.enums import RoleName
from services.actions.case_versions import start_version
from services.enums import CaseState, CaseStep, LineKind, Position
from services.models import BusinessCase, BusinessCaseAmount, CaseSection, CaseStatement
from tests.factories import BusinessCaseFactory, BusinessCaseLineFactory, UserFactory, role, sign_in
from tests.pages import text_of
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import amounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> CaseScene:
    return case_scene()


def page(scene: CaseScene, part: str = "") -> str:
    return f"/business-cases/{scene.case.pk}/{part}"


def shown(client: Client, scene: CaseScene, person: Any, part: str = "") -> str:
    return text_of(sign_in(client, person).get(page(scene, part)))


def post_step(client: Client, scene: CaseScene, step: CaseStep, person: Any, **data: Any) -> Any:
    sent = {"seen_version": scene.fresh().version, "comment": ""} | data
    return sign_in(client, person).post(page(scene, f"step/?step={step.value}"), sent)


def post_statement(client: Client, scene: CaseScene, index: int, person: Any = None, **data: Any) -> Any:
    sent = {"seen_version": scene.fresh().version, "position": "support", "text": "Sound."} | data
    council = scene.councils[index]
    sign_in(client, person or scene.officers[index])
    return client.post(page(scene, f"statement/?council={council.key}"), sent)


def test_front_page_says_what_stops_the_next_step_and_who_must_act(client: Client, scene: CaseScene) -> None:
    CaseSection.objects.filter(name="commercial").update(text="")
    text = shown(client, scene, scene.reviewer)
    assert (
        "State Draft Next step Send to internal review What stops it "
        "Complete the commercial case before you issue the full business case "
        "Who must act The programme manager"
    ) in text
    assert "Commercial case Not written yet" in text


def test_case_is_issued_through_the_pages(client: Client, scene: CaseScene) -> None:
    assert post_step(client, scene, CaseStep.SEND_TO_REVIEW, scene.manager).status_code == 302
    assert "Who must act A reviewer from a partner council" in shown(client, scene, scene.manager)
    assert post_step(client, scene, CaseStep.AGREE, scene.reviewer, comment="Good").status_code == 302
    assert post_step(client, scene, CaseStep.SEND_TO_S151, scene.manager).status_code == 302
    names = [str(council) for council in scene.councils]
    text = shown(client, scene, scene.manager)
    assert f"Who must act The section 151 officers of {names[0]}, {names[1]} and {names[2]}" in text
    for index in range(3):
        assert post_statement(client, scene, index).status_code == 302
    assert "Who must act Olu Bright, the senior responsible owner" in shown(client, scene, scene.manager)
    response = sign_in(client, scene.owner).post(
        page(scene, "step/?step=issue"), {"seen_version": scene.fresh().version, "comment": ""}, follow=True
    )
    text = text_of(response)
    assert "Version 1 is issued" in text
    assert "State Issued" in text
    assert "by Olu Bright" in text
    assert "Yes. Its content still has the fingerprint" in shown(client, scene, scene.reviewer, "check/")


def test_objections_stand_before_everything_else(client: Client, scene: CaseScene) -> None:
    scene.to_s151()
    post_statement(client, scene, 2, position="do_not_support", text="We cannot afford the exit.")
    text = shown(client, scene, scene.reviewer)
    objection = f"{scene.councils[2]}’s section 151 officer does not support this business case"
    assert text.index(objection) < text.index("The case Options")
    assert "We cannot afford the exit." in text


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"bau": False}, ["Add at least 2 options, one of them business as usual"]),
        ({"preferred": False}, ["Choose the preferred option"]),
    ],
)
def test_step_page_refuses_what_is_missing(
    client: Client, scene: CaseScene, change: dict[str, bool], messages: list[str]
) -> None:
    if "bau" in change:
        scene.options["bau"].delete()
    else:
        scene.case.options.update(is_preferred=False)
    text = shown(client, scene, scene.manager, "step/?step=send_to_review")
    assert f"What stops it {' '.join(messages)}" in text
    response = post_step(client, scene, CaseStep.SEND_TO_REVIEW, scene.manager)
    assert response.status_code == 422
    assert all(message in response.content.decode() for message in messages)
    assert scene.fresh().state == CaseState.DRAFT


def test_return_says_first_which_statements_it_clears(client: Client, scene: CaseScene) -> None:
    scene.to_s151()
    scene.state_position(0)
    text = shown(client, scene, scene.manager, "step/?step=return")
    assert f"The statements of {scene.councils[0]} are cleared." in text
    response = post_step(client, scene, CaseStep.RETURN, scene.manager)
    assert response.status_code == 422
    assert '<a href="#id_comment">Say what to change</a>' in response.content.decode()
    assert post_step(client, scene, CaseStep.RETURN, scene.manager, comment="Add exit").status_code == 302
    assert (scene.fresh().state, CaseStatement.objects.count()) == (CaseState.DRAFT, 0)
    assert "Returned Add exit" in shown(client, scene, scene.manager)


def test_step_that_crossed_another_edit(client: Client, scene: CaseScene) -> None:
    response = post_step(client, scene, CaseStep.SEND_TO_REVIEW, scene.manager, seen_version=99, comment="Go")
    assert response.status_code == 409
    content = response.content.decode()
    assert "Review their change before you save" in content
    assert "Go</textarea>" in content
    assert scene.fresh().state == CaseState.DRAFT


def test_reader_sees_no_steps_and_may_take_none(client: Client, scene: CaseScene) -> None:
    reader = UserFactory()
    role(reader, RoleName.MEMBER, council=scene.councils[0])
    assert "None of its steps is yours to take now" in shown(client, scene, reader, "step/")
    response = post_step(client, scene, CaseStep.SEND_TO_REVIEW, reader)
    assert response.status_code == 403
    assert client.get(page(scene, "step/?step=fly")).status_code == 404


def test_author_cannot_approve_on_the_page(client: Client, scene: CaseScene) -> None:
    role(scene.manager, RoleName.COUNCIL_LEAD, council=scene.councils[0])
    scene.to_review()
    response = post_step(client, scene, CaseStep.AGREE, scene.manager)
    assert response.status_code == 422
    assert "The person who proposed the change cannot approve it" in response.content.decode()


def test_statement_needs_a_position_and_words(client: Client, scene: CaseScene) -> None:
    scene.to_s151()
    response = post_statement(client, scene, 0, position="", text=" ")
    assert response.status_code == 422
    content = response.content.decode()
    assert "Choose what you say of this business case" in content
    assert "Enter the statement" in content
    assert post_statement(client, scene, 0, text="x" * 4001).status_code == 422
    assert (
        "Statement must be 4,000 characters or less"
        in client.post(
            page(scene, f"statement/?council={scene.councils[0].key}"),
            {"seen_version": scene.fresh().version, "position": "support", "text": "x" * 4001},
        ).content.decode()
    )
    assert CaseStatement.objects.count() == 0


def test_nobody_states_for_another_council(client: Client, scene: CaseScene) -> None:
    scene.to_s151()
    response = post_statement(client, scene, 0, person=scene.officers[1])
    assert response.status_code == 403
    assert (
        f"Only {scene.councils[0]}’s section 151 officer can make its statement" in response.content.decode()
    )
    assert sign_in(client, scene.manager).get(page(scene, "statement/")).status_code == 403


def test_shared_officer_signs_for_each_council(client: Client, scene: CaseScene) -> None:
    shared = scene.officers[0]
    role(shared, RoleName.S151, council=scene.councils[1])
    scene.to_s151()
    assert "For which council?" in shown(client, scene, shared, "statement/")
    post_statement(client, scene, 0, person=shared)
    post_statement(client, scene, 1, person=shared, position="support_with_conditions", text="If reviewed.")
    assert list(CaseStatement.objects.values_list("council", "position", "text", "stated_by")) == [
        (scene.councils[0].pk, "support", "Sound.", shared.pk),
        (scene.councils[1].pk, "support_with_conditions", "If reviewed.", shared.pk),
    ]


def test_statement_before_its_time(client: Client, scene: CaseScene) -> None:
    assert "This version is draft" in shown(client, scene, scene.officers[0], "statement/")
    response = post_statement(client, scene, 0)
    assert response.status_code == 422
    assert "Statements are made while this version is in section 151 review" in response.content.decode()


def test_new_version_is_a_copy_and_supersedes_the_old_when_issued(client: Client, scene: CaseScene) -> None:
    scene.to_issued()
    response = post_step(client, scene, CaseStep.NEW_VERSION, scene.manager)
    second = BusinessCase.objects.get(number=2)
    assert response.headers["Location"] == f"/business-cases/{second.pk}/"
    assert (second.state, second.content_hash, second.statements.count(), second.reviews.count()) == (
        CaseState.DRAFT,
        "",
        0,
        0,
    )
    compared = text_of(client.get(page(scene, f"compare/{second.pk}/")))
    assert "Nothing differs" in compared
    refused = post_step(client, scene, CaseStep.NEW_VERSION, scene.manager)
    assert refused.status_code == 422
    assert "Version 2 is open already. Change that one" in refused.content.decode()
    first, scene.case = scene.case, second
    scene.to_issued()
    assert list(BusinessCase.objects.order_by("number").values_list("state", flat=True)) == [
        CaseState.SUPERSEDED,
        CaseState.ISSUED,
    ]
    scene.case = first
    assert "Yes. Its content still has" in shown(client, scene, scene.manager, "check/")


@pytest.fixture
def two_versions(scene: CaseScene) -> tuple[CaseScene, BusinessCase]:
    scene.to_issued()
    case = scene.fresh()
    second = start_version(case, by=scene.manager, seen_version=case.version)
    saving = second.lines.get(ref="L-1")
    saving.amounts.filter(fy=2028).update(amount_pence=150_00)
    saving.title = "Saving on the contract"
    saving.save()
    second.lines.get(ref="L-2").delete()
    line = BusinessCaseLineFactory(
        business_case=second,
        option=second.options.get(ref="SHARE"),
        ref="L-3",
        title="New bins",
        kind=LineKind.ONE_OFF_COST,
        order_index=3,
    )
    amounts(line, [40_00], council=scene.councils[0])
    section = second.sections.get(name="economic")
    section.text = "The economic case. It grew."
    section.save()
    second.criteria.update(name="Price")
    return scene, second


def test_versions_compared_line_by_line(client: Client, two_versions: tuple[CaseScene, BusinessCase]) -> None:
    scene, second = two_versions
    text = shown(client, scene, scene.manager, f"compare/{second.pk}/")
    ashmere, _, carrick = map(str, scene.councils)
    assert "From version 1 to version 2" in text
    assert "Share (SHARE) Net benefit 150.00 210.00 +60.00" in text
    assert "Saving on the contract (L-1) Joint 2028 to 2029 100.00 150.00 +50.00" in text
    assert f"Contract exit (L-2) {carrick} 2026 to 2027 50.00 [x] −50.00" in text
    assert f"New bins (L-3) {ashmere} 2026 to 2027 [x] 40.00 +40.00" in text
    assert "L-1 Title Contract saving Saving on the contract" in text
    assert "L-2 Removed Contract exit None" in text
    assert "L-3 Added None New bins" in text
    assert "Economic case Added None It grew." in text
    assert "C-1 Weight Cost 100 Price 100" in text


def test_comparison_as_a_file_and_either_way_round(
    client: Client, two_versions: tuple[CaseScene, BusinessCase]
) -> None:
    scene, second = two_versions
    sign_in(client, scene.manager)
    response = client.get(page(scene, f"compare/{second.pk}.csv"))
    content = b"".join(response.streaming_content)
    lines = list(csv.DictReader(io.StringIO(content.decode())))
    assert lines[0] == {
        "Part": "Total",
        "Item": "Share (SHARE)",
        "What": "Net benefit",
        "Financial year": "[z]",
        "Before (£)": "150.00",
        "After (£)": "210.00",
        "Difference (£)": "60.00",
        "Before": "[z]",
        "After": "[z]",
    }
    assert [line["Item"] for line in lines if line["Part"] == "Amount"] == [
        "Saving on the contract (L-1)",
        "Contract exit (L-2)",
        "New bins (L-3)",
    ]
    other = client.get(f"/business-cases/{second.pk}/compare/{scene.case.pk}.csv")
    assert b"".join(other.streaming_content) == content


def test_draft_costs_of_another_council_are_withheld_in_the_comparison(
    client: Client, two_versions: tuple[CaseScene, BusinessCase]
) -> None:
    scene, second = two_versions
    BusinessCaseAmount.objects.filter(line__business_case=second, council=scene.councils[0]).update(
        amount_pence=4_321_09
    )
    person = scene.officers[1]
    text = shown(client, scene, person, f"compare/{second.pk}/")
    assert "4,321.09" not in text
    assert f"New bins (L-3) {scene.councils[0]} 2026 to 2027 [x] [c] [c]" in text
    assert "Share (SHARE) Net benefit 150.00 [c] [c]" in text
    front = text_of(client.get(f"/business-cases/{second.pk}/"))
    assert "4,321.09" not in front
    assert f"Held by {scene.councils[0]} until the case is issued" in front
    assert "4,321.09" in text_of(sign_in(client, scene.officers[0]).get(f"/business-cases/{second.pk}/"))


def test_cases_of_different_references_are_not_compared(client: Client, scene: CaseScene) -> None:
    other = BusinessCaseFactory(programme=scene.programme, ref="BC-9")
    sign_in(client, scene.manager)
    assert client.get(page(scene, f"compare/{other.pk}/")).status_code == 404


@pytest.mark.parametrize("lines", [1, 4])
def test_front_page_takes_one_number_of_queries(
    client: Client, scene: CaseScene, lines: int, django_assert_num_queries: Any
) -> None:
    for number in range(lines - 1):
        line = BusinessCaseLineFactory(
            business_case=scene.case, option=scene.options["share"], ref=f"X-{number}", pool=scene.pool
        )
        amounts(line, [10_00, 10_00])
    scene.to_s151()
    for index in range(min(lines, 3)):
        scene.state_position(index, Position.SUPPORT)
    sign_in(client, scene.manager)
    with django_assert_num_queries(15):
        client.get(page(scene))


def test_front_page_links_are_names_of_this_case(client: Client, scene: CaseScene) -> None:
    content = sign_in(client, scene.manager).get(page(scene)).content.decode()
    tabs = content[content.index("Pages of this business case") :]
    tabs = tabs[: tabs.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', tabs) == [
        page(scene),
        page(scene, "options/"),
        page(scene, "scores/"),
        page(scene, "lines/"),
        page(scene, "appraisal/"),
        page(scene, "sensitivity/"),
        page(scene, "councils/"),
        f"{page(scene)}#versions",
    ]

"""Business cases as a list, a new one, what a draft says of itself, its options and its lines' details."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.errors import Refusal, Refusals
from core.models import AuditEvent
from services.actions.case_draft import CaseValues, create_case, update_case
from services.actions.case_option import OptionValues, add_option, remove_option, update_option
from services.actions.case_version import CaseChanged
from services.enums import CaseSectionName, CaseState, LineKind
from services.models import BusinessCase, CaseOption
from tests.factories import BusinessCaseFactory, ServiceFactory, UserFactory, sign_in
from tests.pages import text_of
from tests.services.draft_scene import DraftScene, draft_scene, stored

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Shared payroll",
    "ref": "BC-2",
    "stage": "obc",
    "service": "",
    "base_fy": "2026",
    "horizon_years": "5",
    "payback_origin": "profile_start",
    "summary": "",
}


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


@pytest.fixture
def manager(client: Client, scene: DraftScene) -> Client:
    return sign_in(client, scene.manager)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def sent(scene: DraftScene, **changes: str) -> dict[str, str]:
    """The form of the case as it is, with some boxes changed."""
    case = scene.seen()
    values = {
        "title": case.title,
        "summary": case.summary,
        "stage": case.stage,
        "service": "",
        "base_fy": str(case.base_fy),
        "horizon_years": str(case.horizon_years),
        "payback_origin": case.payback_origin,
        "seen_version": "1",
    }
    return values | dict.fromkeys(CaseSectionName.values, "") | changes


def edit(scene: DraftScene) -> str:
    return f"/business-cases/{scene.case.pk}/edit/"


# The list


def test_list_shows_the_latest_version_of_each_case(manager: Client, scene: DraftScene) -> None:
    service = ServiceFactory(programme=scene.programme, name="payroll")
    BusinessCaseFactory(
        programme=scene.programme,
        ref="BC-1",
        number=2,
        title="Joint case again",
        service=service,
        stage="soc",
    )
    page = text_of(manager.get("/programmes/abc/business-cases/"))
    assert (
        "Joint case again BC-1 Version 2. Before it: version 1, draft "
        "Payroll 2026 to 2027, and 5 years after it Strategic outline case Draft "
        "The programme manager 3 things to put right first"
    ) in page
    assert "Start a business case" in page


def test_empty_list_says_who_starts_one(client: Client, scene: DraftScene) -> None:
    scene.case.options.all().delete()
    scene.case.sections.all().delete()
    scene.case.delete()
    sign_in(client, scene.reader())
    page = text_of(client.get("/programmes/abc/business-cases/"))
    assert "This programme has no business case yet The programme manager starts a business case." in page


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_list(
    manager: Client, scene: DraftScene, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, count):
        BusinessCaseFactory(programme=scene.programme, ref=f"BC-{number + 1}")
    with django_assert_num_queries(12):
        manager.get("/programmes/abc/business-cases/")


# A new case


def test_start_makes_a_draft_with_business_as_usual_and_todays_reference_data(
    manager: Client, scene: DraftScene
) -> None:
    response = manager.post("/programmes/abc/business-cases/new/", NEW)
    case = BusinessCase.objects.get(ref="BC-2")
    assert response.headers["Location"] == f"/business-cases/{case.pk}/options/"
    assert (case.title, case.stage, case.state, case.base_fy, case.horizon_years, case.version) == (
        "Shared payroll", "obc", CaseState.DRAFT, 2026, 5, 1,
    )  # fmt: skip
    assert all([case.discount_version, case.deflator_version, case.bias_version])
    assert [(option.ref, option.is_bau) for option in case.options.all()] == [("BAU", True)]
    assert [section.name for section in case.sections.all()] == CaseSectionName.values
    assert AuditEvent.objects.get().action == "create_case"


@pytest.mark.parametrize(
    ("box", "typed", "message"),
    [
        ("title", "", "Enter the title"),
        ("title", "t" * 201, "Title must be 200 characters or less"),
        ("ref", "", "Enter the reference"),
        ("ref", "bc-1", "bc-1 is already the reference of a business case of this programme"),
        ("stage", "", "Choose the stage of the business case"),
        ("base_fy", "", "Select a financial year, for example 2026 to 2027"),
        ("base_fy", "2026 to 2027", "Select a financial year, for example 2026 to 2027"),
        *(
            ("horizon_years", typed, "Appraisal period must be a whole number of years from 1 to 60")
            for typed in ("0", "61", "2.5", "", "five", "-1", "1e1")
        ),
        (
            "discount_rate",
            "3.5",
            "Rates come from reference data. Ask an administrator to add a new rate with its source",
        ),
    ],
)
def test_bad_new_case_is_refused(
    manager: Client, scene: DraftScene, box: str, typed: str, message: str
) -> None:
    response = manager.post("/programmes/abc/business-cases/new/", NEW | {box: typed})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert BusinessCase.objects.count() == 1


def test_only_the_manager_starts_a_case(scene: DraftScene) -> None:
    values = CaseValues(title="Mine", stage="soc", base_fy=2026)
    with pytest.raises(PermissionDenied, match="Only the programme manager can start a business case"):
        create_case(scene.programme, by=scene.officer(scene.councils[0]), ref="X", values=values)


# What a draft says of itself


def test_edit_saves_the_case_and_its_five_cases(manager: Client, scene: DraftScene) -> None:
    response = manager.post(
        edit(scene), sent(scene, title="New title", strategic=" Why \r\nnow ", stage="obc")
    )
    assert (response.status_code, response.headers["Location"]) == (302, f"/business-cases/{scene.case.pk}/")
    case = scene.seen()
    assert (case.title, case.stage, case.version) == ("New title", "obc", 2)
    assert case.sections.get(name="strategic").text == "Why \nnow"
    event = AuditEvent.objects.get()
    assert event.before == {"title": "Joint case", "stage": "fbc", "strategic": "", "version": 1}
    assert event.after == {"title": "New title", "stage": "obc", "strategic": "Why \nnow", "version": 2}


def test_edit_without_a_change_leaves_no_trace(manager: Client, scene: DraftScene) -> None:
    assert said(manager.post(edit(scene), sent(scene))) == ["Nothing was changed"]
    assert (scene.seen().version, AuditEvent.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("box", "typed", "message"),
    [
        ("horizon_years", "0", "Appraisal period must be a whole number of years from 1 to 60"),
        (
            "horizon_years",
            "1",
            "2028 to 2029 is after the end of the appraisal period. Remove it or extend the period",
        ),
        ("base_fy", "2027", "2026 to 2027 is before the start of the appraisal period."),
        ("economic", "e" * 4_001, "Economic case must be 4,000 characters or less"),
        ("summary", "bell \x07", "Summary must not include control characters"),
        ("discount_rate", "3.5", "Rates come from reference data."),
    ],
)
def test_bad_edit_is_refused_and_typed_text_kept(
    manager: Client, scene: DraftScene, box: str, typed: str, message: str
) -> None:
    scene.line("L-1", [100_00, 0, 5_00])
    response = manager.post(edit(scene), sent(scene, title="Kept <b>", **{box: typed}))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert 'value="Kept &lt;b&gt;"' in page
    assert (scene.seen().title, scene.seen().version) == ("Joint case", 1)


def test_crossed_edit_shows_both_and_keeps_what_was_typed(manager: Client, scene: DraftScene) -> None:
    values = CaseValues(title="Theirs", summary="Their summary")
    update_case(scene.seen(), by=scene.manager, seen_version=1, values=values)
    data = sent(scene, title="Yours", summary="", strategic="Typed")
    response = manager.post(edit(scene), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Review their change before you save" in page
    assert 'value="Yours"' in page
    assert "Their summary" in page
    assert "Typed" in page
    assert 'name="seen_version" value="2"' in page
    assert scene.seen().title == "Theirs"


def test_case_between_reading_and_writing_is_a_conflict(scene: DraftScene) -> None:
    read = scene.seen()
    update_case(scene.seen(), by=scene.manager, seen_version=1, values=CaseValues(title="First"))
    with pytest.raises(CaseChanged):
        update_case(read, by=scene.manager, seen_version=1, values=CaseValues(title="Second"))
    assert scene.seen().title == "First"


def test_new_base_year_leaves_amounts_in_the_prices_they_were_in(scene: DraftScene) -> None:
    line = scene.line("L-1", [0, 100_00])
    update_case(scene.seen(), by=scene.manager, seen_version=1, values=CaseValues(base_fy=2027))
    line.refresh_from_db()
    assert line.price_base_fy == 2026
    update_case(scene.seen(), by=scene.manager, seen_version=2, values=CaseValues(base_fy=2026))
    line.refresh_from_db()
    assert line.price_base_fy is None


def test_draft_takes_newer_reference_data(manager: Client, scene: DraftScene) -> None:
    scene.case.deflator_version = "2001-01"
    scene.case.save()
    page = text_of(manager.get(edit(scene)))
    assert "GDP deflators 2001-01 2026-03, from" in page
    manager.post(f"/business-cases/{scene.case.pk}/rates/", {"seen_version": "1"})
    assert (scene.seen().deflator_version, scene.seen().version) == ("2026-03", 2)


# Options


def test_options_are_added_changed_and_removed(manager: Client, scene: DraftScene) -> None:
    address = f"/business-cases/{scene.case.pk}/options/"
    data = {"ref": "B", "name": "Without Carrick", "kind": "share", "is_preferred": "on", "seen_version": "1"}
    data |= {"variant_of": str(scene.share.pk), "without_council": str(scene.councils[2].pk)}
    assert manager.post(address, data).status_code == 302
    made = CaseOption.objects.get(ref="B")
    assert (made.variant_of, made.without_council, made.is_preferred) == (
        scene.share,
        scene.councils[2],
        True,
    )
    assert "Without Carrick B Preferred Variant of A, without Carrick" in text_of(manager.get(address))
    update_option(scene.share, by=scene.manager, seen_version=1, values=OptionValues(is_preferred=False))
    scene.share.business_case = scene.seen()
    update_option(scene.share, by=scene.manager, seen_version=2, values=OptionValues(is_preferred=True))
    made.refresh_from_db()
    assert made.is_preferred is False
    form = {"ref": "B", "name": "Two councils", "kind": "outsource", "seen_version": "3"}
    assert manager.post(f"{address}{made.pk}/", form).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.kind, made.variant_of) == ("Two councils", "outsource", None)
    manager.post(f"{address}{made.pk}/remove/", {"seen_version": "4"})
    assert sorted(scene.case.options.values_list("ref", flat=True)) == ["A", "BAU"]
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == [
        "add_option", "update_option", "update_option", "remove_option",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        ({"ref": "", "name": ""}, ["Enter the reference, for example B", "Enter the name of the option"]),
        ({"ref": "a", "name": "x"}, ["a is already the reference of an option of this business case"]),
        (
            {"ref": "C", "name": "x", "kind": "business_as_usual"},
            ["There is one business as usual already. Choose what this option would do"],
        ),
        ({"ref": "C", "name": "n" * 121}, ["Name must be 120 characters or less"]),
        ({"ref": "C", "name": "x", "kind": "gift"}, ["Choose what the option would do"]),
    ],
)
def test_bad_option_is_refused(scene: DraftScene, values: dict[str, str], messages: list[str]) -> None:
    with pytest.raises(Refusals) as said_no:
        add_option(scene.seen(), by=scene.manager, seen_version=1, values=OptionValues(**values))
    assert [one.message for one in said_no.value.refusals] == messages
    assert (scene.case.options.count(), scene.seen().version) == (2, 1)


def test_business_as_usual_stays(scene: DraftScene) -> None:
    with pytest.raises(Refusal, match="Business as usual is in every business case and cannot be removed"):
        remove_option(scene.bau, by=scene.manager, seen_version=1)
    with pytest.raises(Refusals, match="Business as usual stays business as usual"):
        update_option(scene.bau, by=scene.manager, seen_version=1, values=OptionValues(kind="share"))


def test_options_of_a_case_that_was_changed_since(manager: Client, scene: DraftScene) -> None:
    scene.case.version = 2
    scene.case.save()
    data = {"ref": "B", "name": "Typed", "kind": "share", "seen_version": "1"}
    response = manager.post(f"/business-cases/{scene.case.pk}/options/", data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Review their change before you save" in page
    assert 'value="Typed"' in page
    assert 'name="seen_version" value="2"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_options(
    manager: Client, scene: DraftScene, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, count):
        CaseOption.objects.create(business_case=scene.case, ref=f"X-{number}", name="More")
    with django_assert_num_queries(11):
        manager.get(f"/business-cases/{scene.case.pk}/options/")


# The details of a line


def line_form(line: Any, **changes: str) -> dict[str, str]:
    values = {
        "ref": line.ref, "title": line.title, "option": str(line.option_id), "kind": line.kind,
        "cost_type": line.cost_type, "pool": str(line.pool_id or ""), "price_basis": "real",
        "confidence": "medium", "low_percent": "100", "high_percent": "100", "seen_version": "1",
    }  # fmt: skip
    return values | changes


def test_details_of_a_line_are_saved(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    address = f"/business-cases/{scene.case.pk}/lines/{line.pk}/"
    data = line_form(
        line,
        title="Fewer posts",
        low_percent="80%",
        staff_count="12",
        annual_pence="£1,200",
        evidence="Report",
    )
    response = manager.post(address, data)
    assert response.headers["Location"] == f"/business-cases/{scene.case.pk}/lines/?option=A"
    line.refresh_from_db()
    assert (line.title, line.low_percent, line.staff_count, line.annual_pence, line.evidence) == (
        "Fewer posts", 80, 12, 1_200_00, "Report",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"annual_pence": "51,414", "term_years": "3", "whole_life_pence": "154,244"},
            "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both",
        ),
        (
            {"bias_category": "outsourcing", "bias_mitigation_percent": "60"},
            "Explain where the optimism bias percentage comes from",
        ),
        ({"high_percent": "ninety"}, "The highest must be a whole number from 100 to 1,000"),
        ({"title": ""}, "Enter the line"),
        ({"annual_pence": "12k"}, "Enter the amount in full using numbers, for example 1,200,000"),
    ],
)
def test_bad_details_are_refused_at_their_box(
    manager: Client, scene: DraftScene, changes: dict[str, str], message: str
) -> None:
    line = scene.line("L-1", [100_00])
    response = manager.post(
        f"/business-cases/{scene.case.pk}/lines/{line.pk}/", line_form(line, evidence="Kept", **changes)
    )
    page = response.content.decode()
    assert (response.status_code, page.count(message)) == (422, 2)
    assert 'value="Kept"' in page
    assert scene.seen().version == 1


def test_crossed_details_keep_what_was_typed(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    address = f"/business-cases/{scene.case.pk}/lines/{line.pk}/"
    manager.post(address, line_form(line, title="Theirs", evidence="Their report"))
    response = manager.post(address, line_form(line, title="Yours"))
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Yours"' in page
    assert 'value="Their report"' in page
    assert 'name="seen_version" value="2"' in page


def test_line_is_removed(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    address = f"/business-cases/{scene.case.pk}/lines/{line.pk}/remove/"
    manager.post(address, {"seen_version": "0"})
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}
    manager.post(address, {"seen_version": "1"})
    assert not scene.case.lines.exists()


def test_reader_sees_facts_without_figures_of_few_people(client: Client, scene: DraftScene) -> None:
    line = scene.line(
        "L-1", [9_999_99], kind=LineKind.ONE_OFF_COST, staff_count=3, annual_pence=8_888_88, evidence="Report"
    )
    sign_in(client, scene.reader())
    address = f"/business-cases/{scene.case.pk}/lines/{line.pk}/"
    page = text_of(client.get(address))
    assert "People [c] It tells of fewer than 5 people" in page
    assert "8,888" not in page
    assert "Evidence Report" in page
    assert client.post(address, line_form(line)).status_code == 403


def test_stranger_finds_nothing(client: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    sign_in(client, UserFactory())
    case = f"/business-cases/{scene.case.pk}/"
    posts = [f"{case}lines/", f"{case}edit/", f"{case}options/", f"{case}convert/", f"{case}lines/{line.pk}/"]
    assert [client.post(address, {}).status_code for address in posts] == [404] * 5

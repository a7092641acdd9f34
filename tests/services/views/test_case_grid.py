"""The grid of lines: what each person sees and may change, what is refused, what is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from core.models import AuditEvent
from services.actions.case_lines import save_lines
from services.enums import CaseState, LineKind
from services.models import BusinessCaseLine
from services.queries.case_amounts import LineChange
from tests.factories import sign_in
from tests.pages import text_of
from tests.services.draft_scene import DraftScene, draft_scene, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


@pytest.fixture
def manager(client: Client, scene: DraftScene) -> Client:
    return sign_in(client, scene.manager)


def page_of(scene: DraftScene, query: str = "") -> str:
    return f"/business-cases/{scene.case.pk}/lines/{query}"


def box(line: BusinessCaseLine, fy: int, council: Any = None) -> str:
    return f"a-{line.pk}-{council.pk if council else 0}-{fy}"


def value_of(response: Any, name: str) -> str:
    """What stands in a box."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', response.content.decode())
    assert found, name
    value = re.search(r' value="([^"]*)"', found[0])
    return value[1] if value else ""


def post(client: Client, scene: DraftScene, sent: dict[str, str], seen: int = 1) -> Any:
    return client.post(page_of(scene), {"seen_version": str(seen), **sent})


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_grid_shows_each_line_and_council_with_totals(manager: Client, scene: DraftScene) -> None:
    carrick = scene.councils[2]
    scene.line("L-1", [0, 180_000_00, 420_000_00])
    exit_line = scene.line(
        "L-2", [250_000_00], carrick, kind=LineKind.ONE_OFF_COST, cost_type="contract_exit"
    )
    scene.line("L-3", [1_00], kind=LineKind.ONE_OFF_COST, cost_type="exit")
    response = manager.get(page_of(scene))
    assert value_of(response, box(exit_line, 2026, carrick)) == "250,000.00"
    page = text_of(response)
    assert "Line L-1 L-1 Cashable saving Joint, by Running costs 600,000.00" in page
    assert "Line L-2 L-2 One-off cost: Contract exit Carrick 250,000.00" in page
    assert (
        "Benefits Whole option 0.00 180,000.00 420,000.00 0.00 0.00 0.00 600,000.00 "
        "Costs Whole option 250,000.00 0.00 0.00 0.00 0.00 0.00 250,000.00 "
        "Net benefit Whole option −250,000.00 180,000.00 420,000.00 0.00 0.00 0.00 350,000.00"
    ) in page


def test_save_stores_what_changed(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00, 200_00])
    response = post(
        manager, scene, {box(line, 2026): "£1,234.50", box(line, 2027): "200", box(line, 2028): " 7 "}
    )
    assert (response.status_code, response.headers["Location"]) == (302, page_of(scene))
    assert said(response) == ["The lines are saved"]
    assert stored(scene.case) == {
        ("L-1", "joint", 2026): 1_234_50,
        ("L-1", "joint", 2027): 200_00,
        ("L-1", "joint", 2028): 7_00,
    }
    event = AuditEvent.objects.get()
    assert event.after == {"L-1.joint.2026": 1_234_50, "L-1.joint.2028": 7_00, "version": 2}


def test_save_without_a_change_says_so(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    assert said(post(manager, scene, {box(line, 2026): "100.00"})) == ["Nothing was changed"]
    assert AuditEvent.objects.count() == 0


def test_new_rows_add_a_line_and_a_council_of_a_line(manager: Client, scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    carrick = scene.councils[2]
    post(
        manager,
        scene,
        {
            "n-0-ref": "L-2",
            "n-0-title": "Contract exit",
            "n-0-kind": "one_off_cost",
            "n-0-cost_type": "contract_exit",
            "n-0-who": f"council-{carrick.pk}",
            "n-0-2026": "250,000",
            "n-1-ref": "l-1",
            "n-1-who": f"council-{carrick.pk}",
            "n-1-2027": "5",
            "n-2-who": "joint",
            "n-3-ref": "L-3",
            "n-3-title": "Team",
            "n-3-kind": "recurring_cost",
            "n-3-who": f"pool-{scene.pool.pk}",
        },
    )
    assert stored(scene.case) == {
        ("L-1", "joint", 2026): 100_00,
        ("L-1", "carrick", 2027): 5_00,
        ("L-2", "carrick", 2026): 250_000_00,
    }
    assert list(scene.case.lines.order_by("ref").values_list("ref", "kind", "option__ref", "pool__ref")) == [
        ("L-1", "cashable_saving", "A", "P-1"),
        ("L-2", "one_off_cost", "A", None),
        ("L-3", "recurring_cost", "A", "P-1"),
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1.2m", "Enter the amount in full using numbers, for example 1,200,000"),
        ("1e5", "Enter the amount in full using numbers, for example 1,200,000"),
        ("1.234", "Amount must be in pounds and pence, with no more than 2 decimal places"),
        ("1,37,4930", "Check the commas in the amount, for example 1,374,930"),
        ("-1", "Planned saving must be £0 or more. Record a cost as a cost line"),
        ("10,000,000,001", "Amount must be £10,000,000,000 or less"),
        ("€5", "Enter the amount in pounds sterling"),
    ],
)
def test_bad_amount_is_refused_at_its_box_and_everything_kept(
    manager: Client, scene: DraftScene, typed: str, message: str
) -> None:
    line = scene.line("L-1", [100_00])
    response = post(manager, scene, {box(line, 2026): typed, box(line, 2027): "5", "n-0-title": "Typed"})
    page = response.content.decode()
    assert response.status_code == 422
    label = "L-1, Joint, by Running costs, 2026 to 2027"
    assert f'<a href="#{box(line, 2026)}">{label}: {message}</a>' in page
    assert f'id="{box(line, 2026)}-error">{message}</span>' in page
    assert "<title>Error: Lines of BC-1" in page
    assert [value_of(response, name) for name in (box(line, 2026), box(line, 2027), "n-0-title")] == [
        typed, "5", "Typed",
    ]  # fmt: skip
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}


def test_new_row_that_lacks_something_is_refused(manager: Client, scene: DraftScene) -> None:
    scene.line("L-1", [100_00], option=scene.bau)
    sent = {
        "n-0-title": "No name",
        "n-1-ref": "L-2",
        "n-1-who": "joint",
        "n-2-ref": "L-1",
        "n-2-who": "joint",
    }
    page = post(manager, scene, sent).content.decode()
    for message in (
        "New row 1: Enter the reference, for example L-12",
        "New row 1: Choose who bears it",
        "New row 3: L-1 is already the reference of a line of another option",
    ):
        assert message in page
    page = post(manager, scene, {"n-0-ref": "L-2", "n-0-who": "joint"}).content.decode()
    assert "New row 1: Enter what the line is" in page
    assert "New row 1: Choose what kind of benefit or cost this is" in page
    assert scene.case.lines.count() == 1


def test_year_entered_twice_is_refused(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    sent = {box(line, 2027): "5", "n-0-ref": "L-1", "n-0-who": "joint", "n-0-2027": "6"}
    response = post(manager, scene, sent)
    assert response.status_code == 422
    assert "There are two entries for 2027 to 2028. Keep one" in response.content.decode()
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}


def test_year_after_the_period_is_refused(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    response = post(manager, scene, {box(line, 2033): "5"})
    assert response.status_code == 422
    message = "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period"
    assert message in response.content.decode()


def test_rate_that_is_sent_along_is_refused(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    response = post(manager, scene, {box(line, 2026): "5", "discount_rate": "3.5"})
    assert response.status_code == 422
    message = "Rates come from reference data. Ask an administrator to add a new rate with its source"
    assert message in response.content.decode()
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}


def test_refusal_of_the_action_stands_at_its_box(manager: Client, scene: DraftScene) -> None:
    carrick = scene.councils[2]
    carrick.abolished_on = date(2028, 4, 1)
    carrick.save()
    line = scene.line("L-1", [100_00], carrick)
    response = post(manager, scene, {box(line, 2028, carrick): "5"})
    message = "Carrick is due to be abolished on 1 April 2028. Choose the successor"
    assert f'id="{box(line, 2028, carrick)}-error">{message}</span>' in response.content.decode()


def test_crossed_edit_keeps_what_was_typed_and_takes_the_rest(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00, 200_00])
    theirs = {(None, 2026): 111_00, (None, 2027): 222_00}
    save_lines(scene.seen(), by=scene.manager, seen_version=1, changes=[LineChange("L-1", amounts=theirs)])
    response = post(manager, scene, {box(line, 2026): "105", box(line, 2027): "200.00", box(line, 2028): "9"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Review their change before you save" in page
    assert "Priya Raman saved it." in page
    assert [value_of(response, box(line, fy)) for fy in (2026, 2027, 2028)] == ["105", "222.00", "9"]
    assert value_of(response, "seen_version") == "2"
    assert stored(scene.case)["L-1", "joint", 2026] == 111_00
    again = {box(line, 2026): "105", box(line, 2027): "222.00", box(line, 2028): "9"}
    assert post(manager, scene, again, seen=2).status_code == 302
    assert stored(scene.case) == {
        ("L-1", "joint", 2026): 105_00, ("L-1", "joint", 2027): 222_00, ("L-1", "joint", 2028): 9_00,
    }  # fmt: skip


def test_officer_sees_and_changes_the_own_council_alone(client: Client, scene: DraftScene) -> None:
    ashmere, _, carrick = scene.councils
    joint = scene.line("L-1", [100_00])
    own = scene.line("L-2", [5_55], ashmere)
    scene.line("L-3", [77_77], carrick)
    sign_in(client, scene.officer(ashmere))
    response = client.get(page_of(scene))
    page = text_of(response)
    assert value_of(response, box(own, 2026, ashmere)) == "5.55"
    assert box(joint, 2026) not in response.content.decode()
    assert "77.77" not in page
    assert "Carrick [c] [c] [c] [c] [c] [c] [c]" in page
    assert "[c] Held by Carrick until the case is issued." in page
    assert "Net benefit Whole option [c] [c] [c] [c] [c] [c] [c]" in page
    assert "Only the programme manager" not in page
    assert post(client, scene, {box(own, 2026, ashmere): "6"}).status_code == 302
    post(client, scene, {"n-0-ref": "L-1", "n-0-who": f"council-{ashmere.pk}", "n-0-2027": "8"}, seen=2)
    assert stored(scene.case)["L-1", "ashmere", 2027] == 8_00
    forged = post(client, scene, {"n-0-ref": "L-1", "n-0-who": f"council-{carrick.pk}", "n-0-2027": "8"}, 3)
    assert forged.status_code == 422
    new_line = {"n-0-ref": "L-9", "n-0-title": "x", "n-0-kind": "income", "n-0-who": f"council-{ashmere.pk}"}
    assert post(client, scene, new_line, seen=3).status_code == 403


def test_reader_sees_no_boxes_and_gets_the_reason(client: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    sign_in(client, scene.reader())
    response = client.get(page_of(scene))
    assert "<form" not in response.content.decode().split("<main", 1)[1]
    assert "Joint, by Running costs 100.00 [z]" in text_of(response)
    refused = post(client, scene, {box(line, 2026): "1"})
    assert refused.status_code == 403
    assert "Only the programme manager can change this business case" in refused.content.decode()


def test_amounts_about_few_people_are_shown_to_those_who_enter_them_alone(
    client: Client, scene: DraftScene
) -> None:
    line = scene.line("L-1", [12_345_67], kind=LineKind.ONE_OFF_COST, cost_type="redundancy", staff_count=3)
    scene.line("L-2", [100_00])
    sign_in(client, scene.manager)
    assert value_of(client.get(page_of(scene)), box(line, 2026)) == "12,345.67"
    sign_in(client, scene.reader())
    page = text_of(client.get(page_of(scene)))
    assert "12,345.67" not in page
    assert "Costs Whole option [c]" in page
    assert "[c] It tells of fewer than 5 people, or would let a reader work out a figure that does." in page


def test_case_under_review_is_not_changed(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    scene.case.state = CaseState.S151_REVIEW
    scene.case.save()
    response = post(manager, scene, {box(line, 2026): "1"})
    assert response.status_code == 403
    assert "Return it to draft to change it" in response.content.decode()


def test_grid_is_split_by_option_and_into_pages(manager: Client, scene: DraftScene) -> None:
    scene.line("L-1", [1_00], option=scene.bau)
    scene.line("L-2", [2_00])
    assert "L-2" in text_of(manager.get(page_of(scene)))
    page = text_of(manager.get(page_of(scene, "?option=BAU")))
    assert "Line L-1" in page
    assert "Line L-2" not in page
    more = manager.get(page_of(scene, "?option=A&rows=13")).content.decode()
    assert ("n-12-ref" in more, "n-13-ref" in more) == (True, False)
    for number in range(3, 205):
        scene.line(f"L-{number}", [1_00])
    assert "1 to 200 of 203" in text_of(manager.get(page_of(scene)))
    assert "L-204" in text_of(manager.get(page_of(scene, "?page=2")))


@pytest.mark.parametrize("lines", [1, 3])
def test_number_of_queries(
    manager: Client, scene: DraftScene, lines: int, django_assert_num_queries: Any
) -> None:
    rows = [scene.line(f"L-{number}", [100_00]) for number in range(lines)]
    with django_assert_num_queries(15):
        manager.get(page_of(scene))
    with django_assert_num_queries(27):
        post(manager, scene, {box(line, 2026): "5" for line in rows})


def test_convert_brings_cash_into_prices_of_the_base_year(manager: Client, scene: DraftScene) -> None:
    line = scene.line("L-1", [0, 107_354_60], price_basis="nominal")
    scene.line("L-2", [50_00])
    page = text_of(manager.get(page_of(scene)))
    assert "Some amounts are not in prices of 2026 to 2027." in page
    manager.post(f"/business-cases/{scene.case.pk}/convert/", {"seen_version": "1"})
    amount = line.amounts.get()
    assert (amount.amount_pence, amount.nominal_pence) == (105_309_50, 107_354_60)
    line.refresh_from_db()
    assert (line.price_basis, line.price_base_fy, scene.seen().version) == ("real", None, 2)
    assert "not in prices of" not in text_of(manager.get(page_of(scene)))
    again = manager.post(f"/business-cases/{scene.case.pk}/convert/", {"seen_version": "2"})
    assert said(again)[-1] == "All amounts are in prices of the base year already"

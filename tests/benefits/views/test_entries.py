import pytest

from accounts.enums import RoleName
from tests.factories import (
    BusinessCaseLineFactory,
    DecisionFactory,
    LineFactory,
    UserFactory,
    role,
    sign_in,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LIST = "/programmes/abc-shared-services/savings/entries/"


@pytest.fixture
def reader(client, story):
    user = UserFactory()
    role(user, RoleName.SCRUTINY_MEMBER, council=story.councils[0])
    return sign_in(client, user)


def test_number_to_date_shows_its_part_of_a_yearly_amount(reader, story):
    page = text_of(reader.get(f"{LIST}?basis=current&measure=one_off_cost&council=ashmere&to=2026-10-31"))
    assert "Current plan: one-off cost, Ashmere, to 31\xa0October 2026" in page.replace("31 Oct", "31\xa0Oct")
    assert "1 entry is £116,666.69" in page
    assert "116,666.69 Ashmere, 2026 to 2027: show the entry of 200,000.00" in page


def test_number_without_entries_says_why(reader, story):
    page = text_of(reader.get(f"{LIST}?basis=claimed&measure=one_off_cost"))
    assert "No entry is behind this number" in page


@pytest.mark.parametrize(
    "query",
    ["", "?basis=verified", "?basis=x&measure=net_cash", "?basis=verified&measure=net_cash&council=nowhere"],
)
def test_address_that_asks_for_no_number_is_not_there(reader, story, query):
    assert reader.get(LIST + query).status_code == 404


def test_line_leads_up_to_plan_decision_and_business_case(reader, story):
    case_line = BusinessCaseLineFactory(business_case__programme=story.programme, key_text="by population")
    story.ict.business_case_line = case_line
    story.ict.save()
    decision = DecisionFactory(programme=story.programme, title="Current plan", plan_version=story.plans[1])
    response = reader.get(f"/lines/{story.ict.pk}/")
    html, page = response.content.decode(), text_of(response)
    assert f'href="/decisions/{decision.pk}/"' in html
    assert f'href="/business-cases/{case_line.business_case_id}/"' in html
    assert f"{case_line.business_case}, line {case_line.ref}, shared by population" in page
    assert "Plan version 1 In effect from 14\xa0March 2026, no decision is linked to it" in page.replace(
        "14 March", "14\xa0March"
    )


def test_line_narrowed_shows_one_council_and_year(reader, story):
    page = text_of(reader.get(f"/lines/{story.ict.pk}/?council=carrick&year=2026-27"))
    assert "1,127.55 Carrick, October 2026: show the entry Claimed F Officer" in page
    assert "Ashmere, October 2026: show the entry" not in page


def test_line_without_entries_says_what_follows(reader, story):
    line = LineFactory(programme=story.programme)
    page = text_of(reader.get(f"/lines/{line.pk}/"))
    assert "Nothing has been returned on this line" in page
    assert "There is no forecast of this line" in page
    assert "No plan version holds this line" in page


def test_actual_entry_says_who_entered_and_who_verified(reader, story):
    entry = story.ict.actualamounts.get(council=story.councils[1], period=7)
    page = text_of(reader.get(f"/entries/actual/{entry.pk}/"))
    assert "Actual entry, Brockvale, October 2026 £1,491.38" in page
    assert "F Officer, 10" in page
    assert "Answered by S Treasurer, 12" in page
    claimed = story.ict.actualamounts.get(council=story.councils[2], period=7)
    page = text_of(reader.get(f"/entries/actual/{claimed.pk}/"))
    assert "Nobody yet: Carrick’s section 151 officer" in page


def test_plan_entry_leads_to_its_decision_and_carries_the_plans_fingerprint(reader, story):
    decision = DecisionFactory(programme=story.programme, plan_version=story.plans[1])
    entry = story.plans[1].amounts.first()
    response = reader.get(f"/entries/plan/{entry.pk}/")
    assert f'href="/decisions/{decision.pk}/"' in response.content.decode()
    assert story.plans[1].content_hash[:8] in text_of(response)


@pytest.mark.parametrize("address", ["/entries/actual/999999/", "/entries/guess/1/", "/lines/999999/"])
def test_entry_or_line_that_does_not_exist_is_not_there(reader, address):
    assert reader.get(address).status_code == 404


def test_entries_and_lines_are_not_there_for_a_stranger(client, story):
    sign_in(client, UserFactory())
    entry = story.ict.actualamounts.first()
    for address in (f"/entries/actual/{entry.pk}/", f"/lines/{story.ict.pk}/", LIST):
        assert client.get(address).status_code == 404


def test_pages_take_one_number_of_queries(reader, story, django_assert_num_queries):
    for line in (story.ict, story.exit_cost):
        with django_assert_num_queries(16):
            reader.get(f"/lines/{line.pk}/")
    for measure in ("gross_cashable", "recurring_cost"):
        with django_assert_num_queries(14):
            reader.get(f"{LIST}?basis=current&measure={measure}")
    planned = story.plans[0].amounts.first()
    with django_assert_num_queries(5):
        reader.get(f"/entries/plan/{planned.pk}/")

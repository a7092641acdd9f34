"""Every list of the API: who sees it, what one row is, how many queries it takes."""

from datetime import date, timedelta

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from accounts.enums import RoleName
from core.rules.dates import ImpreciseDate
from tests import factories

pytestmark = pytest.mark.django_db

# Queries of a list: the token, the count, the rows, and one for each kind of rows within them.
LISTS = {
    "councils": 5,
    "partnerships": 5,
    "agreements": 6,
    "council-settings": 3,
    "council-closures": 3,
    "programmes": 3,
    "phases": 3,
    "milestones": 4,
    "risks": 4,
    "gate-reviews": 5,
    "gate-recommendations": 3,
    "lessons": 4,
    "services": 7,
    "business-cases": 5,
    "benefits": 7,
    "lines": 3,
    "plan-amounts": 3,
    "forecast-amounts": 3,
    "actual-amounts": 3,
    "budget-lines": 3,
    "budget-reductions": 3,
    "funds": 3,
    "stated-figures": 4,
    "bodies": 4,
    "scrutiny-recommendations": 6,
    "scrutiny-responses": 3,
    "decisions": 4,
    "council-decisions": 3,
    "call-ins": 4,
    "conditions": 3,
}


def fill(programme, rows):
    """Give a programme `rows` rows of everything that the API lists."""
    councils = factories.councils_of(programme)
    user = programme.created_by
    amounts = []
    for _ in range(rows):
        factories.PhaseFactory(programme=programme)
        factories.MilestoneFactory(programme=programme).councils.set(councils)
        factories.RiskFactory(programme=programme)
        factories.GateRecommendationFactory(review=factories.GateReviewFactory(programme=programme))
        factories.LessonFactory(programme=programme)
        service = factories.ServiceFactory(programme=programme)
        factories.ServiceReviewFactory(service=service)
        provision = factories.ServiceCouncilFactory(service=service, council=councils[0])
        factories.ServiceCostFactory(provision=provision)
        case = factories.BusinessCaseFactory(programme=programme)
        case_line = factories.BusinessCaseLineFactory(business_case=case)
        case_line.amounts.create(council=councils[0], fy=2026, amount_pence=100)
        factories.BenefitFactory(programme=programme).councils.set(councils)
        line = factories.LineFactory(programme=programme)
        amounts.append((line, councils[0], 2026, None, 123_45))
        factories.actual(line, councils[0], 2026, 1, 1_00, verified_by=user)
        factories.reduction(line, councils[0], 2026)
        factories.FundFactory(programme=programme)
        factories.AgreementFactory(partnership=programme.partnership)
        factories.StatedFigureFactory(programme=programme).councils.set(councils)
        body = factories.BodyFactory(partnership=programme.partnership)
        factories.scrutiny_response(programme, councils[0], owner=user)
        body.composition.create(council=councils[0], seats=2)
        decision = factories.DecisionFactory(programme=programme, councils=councils)
        factories.CallInFactory(council_decision=decision.council_decisions.first())
        factories.DecisionConditionFactory(decision=decision)
        factories.CouncilFigureFactory(council=councils[0], year=2000 + body.pk)
        day = date(2026, 1, 1) + timedelta(days=body.pk)
        factories.CouncilSettingFactory(council=councils[0], from_on=day)
        factories.CouncilClosureFactory(council=councils[0], day_on=day)
    factories.plan_version(programme, 1, amounts=amounts)
    factories.forecast(programme, date(2026, 6, 1), amounts)


def client_of(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=user)[0].key}")
    return client


def make_reader():
    """A programme and a member of one of its councils."""
    programme = factories.ProgrammeFactory()
    user = factories.UserFactory()
    factories.role(user, RoleName.MEMBER, council=factories.councils_of(programme)[0])
    return programme, user


@pytest.fixture
def reader(db):
    return make_reader()


@pytest.fixture(scope="module")
def filled(module_db):
    """By number of rows of each kind, a programme that has so many and who reads it; tests only read them."""
    found = {}
    for rows in (1, 4):
        found[rows] = make_reader()
        fill(found[rows][0], rows)
    return found


@pytest.mark.parametrize("path", LISTS)
def test_list_without_sign_in_is_a_problem_of_401(path):
    response = APIClient().get(f"/api/v1/{path}/")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Sign in first"


@pytest.mark.parametrize("path", LISTS)
def test_list_for_stranger_is_empty_and_row_is_not_there(filled, path):
    user = filled[1][1]
    mine = client_of(user).get(f"/api/v1/{path}/").json()["results"]
    assert mine
    identity = mine[0].get("key") or mine[0]["id"]
    stranger = factories.UserFactory()
    other = factories.CouncilFactory()
    factories.role(stranger, RoleName.COUNCIL_LEAD, council=other)
    client = client_of(stranger)
    assert client.get(f"/api/v1/{path}/").json()["results"] == []
    assert client.get(f"/api/v1/{path}/{identity}/").status_code == 404
    assert client_of(user).get(f"/api/v1/{path}/{identity}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("path", LISTS)
def test_list_takes_the_same_queries_for_any_number_of_rows(filled, path, rows, django_assert_num_queries):
    client = client_of(filled[rows][1])
    with django_assert_num_queries(LISTS[path]):
        response = client.get(f"/api/v1/{path}/")
    assert response.json()["count"] >= 1


def test_plan_amount_is_pounds_in_text(reader):
    programme, user = reader
    fill(programme, 1)
    entry = client_of(user).get("/api/v1/plan-amounts/").json()["results"][0]
    assert (entry["amount"], entry["fy"], entry["period"], entry["plan_version"]) == ("123.45", 2026, None, 1)


def test_actual_amount_says_that_it_is_verified(reader):
    programme, user = reader
    fill(programme, 1)
    entry = client_of(user).get("/api/v1/actual-amounts/").json()["results"][0]
    assert (entry["state"], entry["amount"]) == ("verified", "1.00")


def test_milestone_shows_dates_known_to_a_month(reader):
    programme, user = reader
    april = ImpreciseDate(date(2011, 4, 1), date(2011, 4, 30), "month", "April 2011")
    factories.MilestoneFactory(programme=programme, plan=april)
    row = client_of(user).get("/api/v1/milestones/").json()["results"][0]
    assert row["plan"] == {
        "first_on": "2011-04-01",
        "last_on": "2011-04-30",
        "precision": "month",
        "text": "April 2011",
    }
    assert row["actual"] is None


def test_milestones_are_filtered_ordered_and_paged(reader):
    programme, user = reader
    for month in (3, 1, 2):
        factories.MilestoneFactory(programme=programme, forecast=date(2027, month, 1), ref=f"M-{month}")
    factories.MilestoneFactory(programme=programme, actual=date(2026, 1, 1), ref="M-done")
    client = client_of(user)
    due = {"is_achieved": "false", "ordering": "forecast_last_on", "page_size": 2, "due_by": "2027-03-01"}
    answer = client.get("/api/v1/milestones/", due).json()
    assert [row["ref"] for row in answer["results"]] == ["M-1", "M-2"]
    assert answer["count"] == 3
    assert client.get(answer["next"]).json()["results"][0]["ref"] == "M-3"


def test_wrong_filter_is_a_problem_that_names_the_field(reader):
    _, user = reader
    response = client_of(user).get("/api/v1/milestones/", {"due_by": "soon"})
    assert response.status_code == 400
    assert response.json()["errors"] == [{"field": "due_by", "message": "Enter a valid date."}]


def test_page_beyond_the_last_is_a_problem_of_404(reader):
    _, user = reader
    response = client_of(user).get("/api/v1/milestones/", {"page": 99})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_decisions_waiting_for_a_council(reader):
    programme, user = reader
    first, second, _ = factories.councils_of(programme)
    factories.DecisionFactory(programme=programme, ref="D-1", councils=[first])
    factories.DecisionFactory(programme=programme, ref="D-2", councils=[second])
    rows = client_of(user).get("/api/v1/decisions/", {"waiting_for": second.key}).json()["results"]
    assert [row["ref"] for row in rows] == ["D-2"]


def test_token_is_given_for_a_password_and_refused_for_a_wrong_one():
    user = factories.UserFactory(email="priya@council.example")
    user.set_password("a-long-enough-one")
    user.save()
    client = APIClient()
    wrong = client.post("/api/v1/token/", {"username": user.email, "password": "other"})
    assert wrong.status_code == 400
    assert wrong["Content-Type"] == "application/problem+json"
    answer = client.post("/api/v1/token/", {"username": user.email, "password": "a-long-enough-one"})
    assert answer.json() == {"token": Token.objects.get(user=user).key}


def test_left_person_reads_nothing(reader):
    _, user = reader
    user.roles_held.update(to_on=date(2020, 12, 31))
    assert client_of(user).get("/api/v1/programmes/").json()["results"] == []

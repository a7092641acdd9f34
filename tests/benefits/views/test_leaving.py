"""Carrick leaves on 31 March 2028: what to settle, keys replaced, later entries refused (scenario 16)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import Measure
from benefits.models import ActualAmount, BudgetReduction, ForecastAmount, FundContribution, ProposalAmount
from benefits.queries.savings import savings_against_plan
from core.clock import now
from core.enums import DatePrecision
from core.models import AuditEvent
from governance.enums import DecisionState
from programme.enums import LeavingStep, MemberStatus
from programme.models import Membership
from services.models import ApportionmentKey
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, key_of, shared_post

pytestmark = pytest.mark.django_db
LAST_DAY = date(2028, 3, 31)
LEFT = "Carrick left on 31 March 2028. Choose an earlier period"
POST = (
    "Carrick still shares Head of ICT after 31 March 2028. End it on 31 March 2028 and record it again "
    "without Carrick"
)
HAS_SHARE = "Carrick still has a share of Running costs after 31 March 2028. End that key on 31 March 2028"

FUND = (
    "Transition fund: £700.00 of what is not spent would go back to Carrick, in proportion to what each "
    "council paid in"
)
PLANNED = "ABC: plan version 1 holds 1 amount of Carrick after 31 March 2028. Propose a change of plan"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Noon on 5 June 2028, after Carrick's last day."""
    with time_machine.travel("2028-06-05 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def finance(scene: Scene) -> User:
    """Carrick's finance officer."""
    person = factories.UserFactory(name="C Finance")
    factories.role(person, RoleName.FINANCE_OFFICER, council=scene.councils[2])
    return person


def membership(scene: Scene) -> Membership:
    return Membership.objects.get(council=scene.councils[2])


def leave(scene: Scene) -> None:
    """Record it without asking what is open."""
    Membership.objects.filter(pk=membership(scene).pk).update(
        status=MemberStatus.LEFT,
        left_first_on=LAST_DAY,
        left_last_on=LAST_DAY,
        left_precision=DatePrecision.DAY,
    )


def open_things(scene: Scene, finance: User, count: int = 1) -> ApportionmentKey:
    """A key, a post, a claim, a fund, a benefit, a milestone, a decision and a later plan of Carrick."""
    carrick = scene.councils[2]
    for number in range(count):
        pool = CostPoolFactory(programme=scene.programme, ref=f"P-{number}", name="Running costs")
        key = key_of(pool, dict.fromkeys(scene.councils, 1))
        shared_post(scene.programme, {scene.councils[0]: 60, carrick: 40})
        factories.actual(scene.saving, carrick, 2027, 1 + number, 500_00, entered_by=finance)
        factories.BenefitFactory(
            programme=scene.programme, ref=f"L-{number}", title="Faster calls", owner=finance
        )
        factories.MilestoneFactory(programme=scene.programme, title="Go live", owner=finance)
        fund = factories.FundFactory(programme=scene.programme, name="Transition fund")
        paid = {"amount_pence": 700_00, "paid_on": date(2027, 4, 2), "entered_by": finance}
        fund.contributions.create(council=carrick, entered_at=moment(), **paid)
        factories.DecisionFactory(
            programme=scene.programme,
            ref=f"D-{number:03}",
            councils=scene.councils,
            state=DecisionState.RATIFYING,
        )
    factories.plan_version(
        scene.programme,
        1,
        amounts=[(scene.saving, carrick, 2028 + number, None, 9) for number in range(count)],
    )
    return key


def moment() -> Any:
    return now()


def test_page_walks_through_what_must_be_settled_in_order(scene: Scene, finance: User) -> None:
    key = open_things(scene, finance)
    row = membership(scene)
    at = f"/memberships/{row.pk}/leaving/"
    page = page_of(scene.manager).get(at, {"left_on": "31 3 2028"})
    assert [
        (group.step, [(item.text, item.blocks) for item in group.items]) for group in page.context["groups"]
    ] == [
        (LeavingStep.KEYS, [(f"{HAS_SHARE} and start another", True)]),
        (LeavingStep.CLAIMS, [("ABC: 1 claim of £500.00 waits to be verified or returned", False)]),
        (LeavingStep.COMPENSATION, []),
        (LeavingStep.FUNDS, [(FUND, False)]),
        (LeavingStep.BENEFITS, [("C Finance owns Faster calls. Hand it over", False)]),
        (
            LeavingStep.MILESTONES,
            [("C Finance answers for Go live. Choose another owner by 31 March 2028", False)],
        ),
        (LeavingStep.POSTS, [(POST, False)]),
        (
            LeavingStep.DECISIONS,
            [("Decision D-000 waits for Carrick: let it decide, or put a new version without it", False)],
        ),
        (LeavingStep.PLAN, [(PLANNED, False)]),
    ]
    links = [item.url for group in page.context["groups"] for item in group.items]
    assert f"/keys/{key.pk}/end/" == links[0]
    answers = [page_of(scene.manager).get(link).status_code for link in links]
    assert answers == [200] * 8
    api = api_of(scene.reader).get(
        "/api/v1/partnerships/" + row.partnership.key + "/leaving/?council=carrick&left_on=2028-03-31"
    )
    shown = [(item["step"], item["text"], item["blocks"]) for item in api.json()]
    assert shown == [
        (item.step.value, item.text, item.blocks) for group in page.context["groups"] for item in group.items
    ]
    heading = text_of(page)
    assert ("Carrick leaves on 31 March 2028" in heading, "Record that it left" in heading) == (True, False)
    wrong = page_of(scene.reader).get(f"/memberships/{row.pk}/leaving.csv?left_on=31+2+2028")
    assert wrong.status_code == 404
    file = page_of(scene.reader).get(f"/memberships/{row.pk}/leaving.csv?left_on=31+3+2028")
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode())))
    assert [one[1] for one in rows[1:]] == [text for _, text, _ in shown]


def test_council_leaves_only_once_its_keys_are_replaced_the_same_day(scene: Scene, finance: User) -> None:
    key = open_things(scene, finance)
    row = membership(scene)
    browser, api = page_of(scene.manager), api_of(scene.manager)
    sent = {"left_on": "31 3 2028", "why": "Carrick shares with others now", "seen_version": "1"}
    json = {"council": "carrick", "left_on": "2028-03-31", "why": sent["why"], "version": 1}
    at = f"/api/v1/partnerships/{row.partnership.key}/leave/"

    def refused() -> list[str]:
        said = refusals(browser.post(f"/memberships/{row.pk}/leave/", sent))
        found = problems(api.post(at, json, format="json"))
        assert said == [one["message"] for one in found]
        assert not AuditEvent.objects.filter(action="record_council_left").exists()
        return said

    assert refused() == [f"{HAS_SHARE} and start another"]
    ApportionmentKey.objects.filter(pk=key.pk).update(effective_to_on=LAST_DAY)
    missing = "No key shares Running costs from 1 April 2028 on. Start one without Carrick"
    assert refused() == [missing]
    a, b, _ = scene.councils
    key_of(key.pool, {a: 1, b: 1}, from_on=date(2028, 4, 1))
    assert browser.post(f"/memberships/{row.pk}/leave/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.left_last_on) == (MemberStatus.LEFT, LAST_DAY)
    page = text_of(browser.get(f"/memberships/{row.pk}/leaving/"))
    assert "Carrick left on 31 March 2028" in page
    assert "That it left is recorded." in page
    assert "Record that it left" not in page


def test_what_ends_after_the_last_day_is_listed_with_instalments_due_after_it(scene: Scene) -> None:
    """Carrick leaves on 15 September 2027: a part of that month and of that year lies after it."""
    carrick = scene.councils[2]
    times = [(2027, 5), (2027, 6), (2027, 7), (2028, None)]
    amounts = [(scene.saving, carrick, fy, month, 9) for fy, month in times]
    factories.plan_version(scene.programme, 1, amounts=[*amounts, (scene.cost, carrick, 2027, None, 9)])
    factories.agreed_compensation(scene.programme)

    def shown(day: str) -> list[str]:
        page = page_of(scene.manager).get(f"/memberships/{membership(scene).pk}/leaving/?left_on={day}")
        return [item.text for group in page.context["groups"] for item in group.items]

    later = "Carrick is to pay Ashmere £400.00 for 2027 to 2028, after {}. Agree what becomes of it"
    plan = "ABC: plan version 1 holds {} amounts of Carrick after {}. Propose a change of plan"
    owes = ["Carrick still owes Ashmere £600.00 for 2026 to 2027"]
    assert shown("15 9 2027") == [
        *owes,
        "Carrick still owes Ashmere £400.00 for 2027 to 2028",
        plan.format(4, "15 September 2027"),
    ]
    assert shown("30 9 2027")[-1] == plan.format(3, "30 September 2027")
    assert shown("31 3 2027") == [
        *owes,
        later.format("31 March 2027"),
        plan.format(5, "31 March 2027"),
    ]


def test_later_entries_are_refused_at_every_door(scene: Scene, finance: User) -> None:
    leave(scene)
    carrick = scene.councils[2]
    version = factories.plan_version(scene.programme, 1, amounts=[])
    proposal = factories.plan_proposal(scene.programme, based_on=version, created_by=scene.manager)
    fund = factories.FundFactory(programme=scene.programme)
    factories.BudgetLineFactory(council=carrick, ledger_code="4312", fy=2028)
    line = {"line": "ICT", "council": "carrick", "fy": 2028, "period": 1, "amount": "5.00"}
    of_programme = {"programme": "abc", **line}
    mine, manager = api_of(finance), api_of(scene.manager)
    browser = page_of(finance)
    form = browser.get("/programmes/abc/actuals/?council=carrick&year=2028-29").context["form"]
    boxes = {cell.box.name: cell.box.value for row in form.rows for cell in row.cells if cell.box}
    box = f"a-{scene.saving.pk}-2028-1-1"
    table = "Reference,Council,Financial year,April\r\nICT,Carrick,2028-29,5.00"
    doors: dict[str, Callable[[], Any]] = {
        "table": lambda: browser.post(
            "/programmes/abc/actuals/?council=carrick&year=2028-29",
            boxes | {"seen": form.seen, "why": "", box: "5"},
        ),
        "claim": lambda: browser.post(
            "/programmes/abc/claims/new/",
            {"line": scene.saving.pk, "council": carrick.pk, "month": "2028-1", "amount": "5"},
        ),
        "file": lambda: browser.post(
            "/programmes/abc/actuals/import/",
            {"file": SimpleUploadedFile("a.csv", table.encode(), "text/csv"), "then": "check"},
        ),
        "paste": lambda: browser.post("/programmes/abc/actuals/import/", {"rows": table}),
        "paste forecast": lambda: browser.post(
            "/programmes/abc/forecast/import/", {"rows": table, "as_at_on": "1 6 2028", "why": "As agreed"}
        ),
        "api": lambda: mine.post("/api/v1/actual-amounts/", of_programme, format="json"),
        "api bulk": lambda: mine.post(
            "/api/v1/actual-amounts/bulk/",
            {"programme": "abc", "amounts": [dict(line.items())]},
            format="json",
            headers={"Idempotency-Key": "one"},
        ),
        "api forecast": lambda: mine.post(
            "/api/v1/forecast-amounts/",
            {"programme": "abc", "as_at_on": "2028-06-01", "commentary": "As agreed", "amounts": [line]},
            format="json",
        ),
        "reduction": lambda: mine.post(
            "/api/v1/budget-reductions/",
            {"programme": "abc", "line": "ICT", "council": "carrick", "ledger_code": "4312", "fy": 2028}
            | {"amount": "5.00"},
            format="json",
        ),
        "fund": lambda: mine.post(
            f"/api/v1/funds/{fund.pk}/contributions/",
            {"council": "carrick", "amount": "5.00", "paid_on": "2028-04-02"},
            format="json",
        ),
        "plan": lambda: manager.put(
            f"/api/v1/plan-proposals/{proposal.pk}/amounts/",
            {"version": 1, "amounts": [line]},
            format="json",
        ),
    }
    said = {name: LEFT in ask().content.decode() for name, ask in doors.items()}
    assert said == dict.fromkeys(doors, True)
    stored = (ActualAmount, ForecastAmount, BudgetReduction, FundContribution, ProposalAmount)
    assert [model.objects.count() for model in stored] == [0] * 5
    early = mine.post("/api/v1/actual-amounts/", of_programme | {"fy": 2027, "period": 12}, format="json")
    assert early.status_code == 201
    back = {
        "council": "carrick",
        "amount": "-5.00",
        "paid_on": "2028-04-02",
        "explanation": "Paid back to it",
    }
    fund.contributions.create(
        council=carrick,
        amount_pence=500,
        paid_on=date(2027, 4, 2),
        entered_by=finance,
        entered_at=moment(),
    )
    assert mine.post(f"/api/v1/funds/{fund.pk}/contributions/", back, format="json").status_code == 201


def test_entries_before_a_council_joined_are_refused(scene: Scene, finance: User) -> None:
    day = date(2027, 7, 1)
    found = Membership.objects.filter(pk=membership(scene).pk)
    found.update(joined_first_on=day, joined_last_on=day, joined_precision=DatePrecision.DAY)
    version = factories.plan_version(scene.programme, 1, amounts=[])
    proposal = factories.plan_proposal(scene.programme, based_on=version, created_by=scene.manager)
    fund = factories.FundFactory(programme=scene.programme)
    line = {"line": "ICT", "council": "carrick", "fy": 2026, "period": 7, "amount": "5.00"}
    mine, manager, v1 = api_of(finance), api_of(scene.manager), "/api/v1"
    answers = [
        mine.post(f"{v1}/actual-amounts/", {"programme": "abc", **line}, format="json"),
        mine.post(
            f"{v1}/forecast-amounts/",
            {"programme": "abc", "as_at_on": "2028-06-01", "commentary": "As agreed", "amounts": [line]},
            format="json",
        ),
        mine.post(
            f"{v1}/funds/{fund.pk}/contributions/",
            {"council": "carrick", "amount": "5.00", "paid_on": "2027-06-30"},
            format="json",
        ),
        manager.put(
            f"{v1}/plan-proposals/{proposal.pk}/amounts/", {"version": 1, "amounts": [line]}, format="json"
        ),
    ]
    said = "Carrick joined on 1 July 2027. Choose a later period"
    assert [[one["message"] for one in problems(answer)] for answer in answers] == [[said]] * 4


def test_like_for_like_totals_of_earlier_years_stay_as_they_were(scene: Scene) -> None:
    a, b, c = scene.councils
    amounts = [(scene.saving, one, fy, None, 100 + fy) for one in (a, b, c) for fy in (2026, 2027)]
    factories.plan_version(scene.programme, 1, amounts=amounts)

    def totals(fy: int) -> tuple[object, object]:
        found = savings_against_plan(scene.programme, as_of=date(2028, 6, 5), fy=fy)
        own = found.of(Measure.GROSS)
        compared = found.like_for_like.at(Measure.GROSS, "current", fy) if found.like_for_like else None
        return own.at(fy).year.current if own else None, compared and compared.like_for_like

    before = {fy: totals(fy) for fy in (2026, 2027)}
    leave(scene)
    assert {fy: totals(fy) for fy in (2026, 2027)} == before == {2026: (6378, None), 2027: (6381, None)}


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(scene: Scene, finance: User, count: int) -> None:
    """Whatever is open, and in however many programmes."""
    open_things(scene, finance, count)
    mine, carrick = scene.programme, scene.councils[2]
    made = [factories.ProgrammeFactory(partnership=mine.partnership) for _ in range(count - 1)]
    for programme in (mine, *made):
        factories.agreed_compensation(programme)
        pool = CostPoolFactory(programme=programme, ref="K-1")
        key_of(pool, dict.fromkeys(scene.councils, 1))
        fund = factories.FundFactory(programme=programme, ref="K-1", pool=pool)
        paid = {"amount_pence": 700_00, "paid_on": date(2027, 4, 2), "entered_by": finance}
        fund.contributions.create(council=carrick, entered_at=moment(), **paid)
    for programme in made:
        line = factories.LineFactory(programme=programme)
        factories.plan_version(programme, 1, amounts=[(line, carrick, 2028, None, 9)])
    browser, pk = page_of(scene.manager), membership(scene).pk
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(f"/memberships/{pk}/leaving/?left_on=31+3+2028")
    groups = {group.step: len(group.items) for group in page.context["groups"]}
    steps = (LeavingStep.COMPENSATION, LeavingStep.FUNDS, LeavingStep.PLAN)
    assert [groups[step] for step in steps] == [2 * count, 2 * count, count]
    assert len(captured) == 37

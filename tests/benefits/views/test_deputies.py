"""Deputies of section 151 officers by page and API: named, dated, shown, and over by themselves."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.roles import end_role
from accounts.enums import RoleName
from accounts.models import RoleHeld
from benefits import policies
from benefits.enums import Outcome
from benefits.fairness_policies import check_receive
from benefits.models import CloseException, Verification
from core.errors import Refusal
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/programmes/abc/deputies/", "/programmes/abc/deputies/new/"
VERIFY = {"outcome": "verified"}
SIGNED = "B Doyle, deputy of Brockvale’s section 151 officer"


def typed(scene, **changes):
    return {
        "council": scene.brockvale.pk,
        "user": scene.finance.pk,
        "from_on": "24 11 2026",
        "to_on": "30 11 2026",
        **changes,
    }


def sent(scene, **changes):
    return {
        "council": "brockvale",
        "user": scene.finance.email,
        "from_on": "2026-12-01",
        "to_on": "2026-12-04",
        **changes,
    }


def named():
    return list(RoleHeld.objects.filter(role=RoleName.DEPUTY_S151).values_list("from_on", "to_on"))


def answer(claim):
    return f"/actual-amounts/{claim.pk}/answer/"


def test_deputy_named_by_page_and_api_is_shown_and_audited(scene):
    answered = page_of(scene.s151).post(NEW, typed(scene))
    assert (answered.status_code, answered.url) == (302, LIST)
    made = api_of(scene.s151).post("/api/v1/deputies/", sent(scene))
    assert (made.status_code, made.json() | {"id": 0}) == (
        201,
        {
            "id": 0,
            "council": "brockvale",
            "user": "B Doyle",
            "from_on": "2026-12-01",
            "to_on": "2026-12-04",
            "given_by": "T Grant",
            "state": "Later",
        },
    )
    assert named() == [(date(2026, 11, 24), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 4))]
    shown = text_of(page_of(scene.reader).get(LIST))
    assert "B Doyle Brockvale 24 November 2026 to 30 November 2026 Now T Grant" in shown
    assert "B Doyle Brockvale 1 December 2026 to 4 December 2026 Later T Grant" in shown
    assert [row["user"] for row in api_of(scene.reader).get("/api/v1/deputies/").json()["results"]] == [
        "B Doyle",
        "B Doyle",
    ]
    events = AuditEvent.objects.filter(action="give_role").order_by("pk")
    assert list(events.values_list("by__name", "channel", "after__to_on")) == [
        ("T Grant", "page", "2026-11-30"),
        ("T Grant", "api", "2026-12-04"),
    ]


def test_deputy_signs_for_that_council_on_those_days_under_the_same_refusals(scene):
    ashmere, brockvale, _ = scene.councils
    deputy = factories.UserFactory(name="B Doyle")
    factories.role(deputy, RoleName.HR_LEAD, council=brockvale)
    factories.deputy(brockvale, deputy, date(2026, 11, 24), date(2026, 11, 25), given_by=scene.s151)
    for council in (ashmere, brockvale):
        factories.reduction(scene.saving, council, 2026)
    claim, own = scene.claim(), scene.claim(entered_by=deputy)
    assert "T Grant, B Doyle" in text_of(page_of(deputy).get("/programmes/abc/to-enter/"))
    other = factories.actual(scene.saving, ashmere, 2026, 7, 1)
    owned = factories.LineFactory(
        programme=scene.programme, benefit=factories.BenefitFactory(programme=scene.programme, owner=deputy)
    )
    benefit = factories.actual(owned, brockvale, 2026, 7, 1)
    browser, api = page_of(deputy), api_of(deputy)
    for asked, words in {
        own: "You entered this amount. Another officer must verify it",
        other: "Only Ashmere's section 151 officer can verify this amount",
        benefit: "You own this benefit. Another officer must verify it",
    }.items():
        assert refusals(browser.post(answer(asked), VERIFY)) == [words]
        said = problems(api.post(f"/api/v1/actual-amounts/{asked.pk}/verify/"))
        assert said == [{"field": "", "message": words}]
    assert browser.post(answer(claim), VERIFY).status_code == 302
    row = Verification.objects.get()
    assert (row.actual, row.outcome, row.signature) == (claim, Outcome.VERIFIED, SIGNED)
    for page in (f"/entries/actual/{claim.pk}/", "/programmes/abc/claims/", f"/lines/{scene.saving.pk}/"):
        assert SIGNED in text_of(page_of(scene.reader).get(page))
    close = factories.period_close(brockvale, 2026, 6)
    spare = {"user": scene.finance.pk, "until_on": "30 11 2026", "reason": "The invoice came late"}
    assert browser.post(f"/programmes/abc/periods/{close.pk}/exceptions/new/", spare).status_code == 302
    assert CloseException.objects.get().entered_by == deputy
    reason = {"reason": "Entered in the wrong month"}
    assert browser.post(f"/actual-amounts/{claim.pk}/reverse/", reason).status_code == 302
    assert browser.get("/programmes/abc/claims/new/").status_code == 403
    assert browser.get(NEW).status_code == 403
    with time_machine.travel("2026-11-26 09:00:00+00:00", tick=False):
        late = scene.claim()
        words = "Only Brockvale's section 151 officer can verify this amount"
        assert refusals(page_of(deputy).post(answer(late), VERIFY)) == [words]
    assert Verification.objects.count() == 1


def test_deputy_ends_with_the_officer_who_named_them_and_with_their_own_role(scene):
    deputy = factories.UserFactory(name="D Marsh")
    works = factories.role(deputy, RoleName.HR_LEAD, council=scene.brockvale)
    held = factories.deputy(
        scene.brockvale, deputy, date(2026, 11, 1), date(2027, 11, 25), given_by=scene.s151
    )
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claim, verified = scene.claim(), scene.claim()
    close = factories.period_close(scene.brockvale, 2026, 6)
    officer = RoleHeld.objects.get(user=scene.s151)

    def may() -> list[bool]:
        """By the policies that every page and route asks."""
        day = date(2026, 11, 24)
        asked = [
            lambda: policies.check_verify(deputy, claim),
            lambda: policies.check_reverse(deputy, verified, is_verified=True),
            lambda: policies.check_grant_exception(deputy, scene.brockvale),
            lambda: policies.check_mark_double_count(deputy, scene.brockvale),
            lambda: check_receive(deputy, scene.brockvale),
        ]
        found = [is_let(one) for one in asked]
        is_named = policies.deputy_role(deputy, scene.brockvale, as_of=day) == held
        return [*found, is_named, policies.signs_for(deputy) == {scene.brockvale.pk}]

    assert may() == [True] * 7
    RoleHeld.objects.filter(pk=works.pk).update(to_on=date(2026, 11, 23))
    assert may() == [False] * 7
    RoleHeld.objects.filter(pk=works.pk).update(to_on=None)
    end_role(officer, by=scene.manager, last_on=date(2026, 11, 24))
    assert may() == [True] * 7
    RoleHeld.objects.filter(pk=officer.pk).update(to_on=date(2026, 11, 23))
    assert may() == [False] * 7
    newcomer = factories.UserFactory(name="E Ford")
    factories.role(newcomer, RoleName.S151, council=scene.brockvale)
    assert may() == [False] * 7
    api, browser = api_of(deputy), page_of(deputy)
    said = problems(api.post(f"/api/v1/actual-amounts/{claim.pk}/verify/"))
    assert said[0]["message"] == "Only Brockvale's section 151 officer can verify this amount"
    many = {"programme": "abc", "amounts": [claim.pk]}
    answered = api.post("/api/v1/actual-amounts/verify-many/", many, format="json").json()
    assert answered.get("verified", []) == []
    spare = {"user": scene.finance.pk, "until_on": "30 11 2026", "reason": "The invoice came late"}
    assert browser.post(f"/programmes/abc/periods/{close.pk}/exceptions/new/", spare).status_code == 403
    assert "D Marsh" not in text_of(page_of(scene.reader).get("/programmes/abc/to-enter/"))
    ended = "D Marsh Brockvale 1 November 2026 to 25 November 2027 Ended with the officer’s role T Grant"
    assert ended in text_of(page_of(scene.reader).get(LIST))
    (row,) = api_of(scene.reader).get("/api/v1/deputies/").json()["results"]
    assert row["state"] == "Ended with the officer’s role"
    assert page_of(newcomer).post(f"{LIST}{held.pk}/end/").status_code == 302
    held.refresh_from_db()
    assert held.to_on == date(2026, 11, 24)


def is_let(ask) -> bool:
    try:
        ask()
    except (Refusal, PermissionDenied):
        return False
    return True


def test_administrator_ends_a_deputy_whom_nobody_else_can(scene):
    held = factories.deputy(scene.brockvale, scene.finance, date(2026, 11, 1), date(2026, 12, 30))
    RoleHeld.objects.filter(role=RoleName.S151).update(to_on=date(2026, 11, 1))
    administrator = factories.UserFactory(name="A Reed")
    factories.role(administrator, RoleName.ADMINISTRATOR)
    address = f"/api/v1/deputies/{held.pk}/end/"
    assert api_of(scene.s151).post(address).status_code in (403, 404)
    answer = api_of(administrator).post(address)
    assert (answer.status_code, answer.json()["to_on"]) == (200, "2026-11-24")
    assert AuditEvent.objects.get(action="end_role").by == administrator


def test_deputy_that_cannot_be_is_refused_by_page_and_api(scene):
    factories.deputy(scene.brockvale, scene.finance, date(2026, 12, 10), date(2026, 12, 20))
    other = factories.UserFactory()
    factories.role(other, RoleName.FINANCE_OFFICER, council=scene.councils[0])
    browser, api = page_of(scene.s151), api_of(scene.s151)
    officer = "Choose an officer of Brockvale who has an active account"
    cases = [
        ({"from_on": "23 11 2026"}, {"from_on": "2026-11-23"}, "First day must be today or later"),
        ({"to_on": "23 11 2026"}, {"to_on": "2026-11-30"}, None),
        (
            {"from_on": "1 12 2026", "to_on": "10 12 2026"},
            {"to_on": "2026-12-10"},
            "They are named from 10 December 2026 to 20 December 2026 already. End that first",
        ),
    ]
    for on_page, in_api, words in cases:
        first = "24 November 2026" if "to_on" in on_page else ""
        expected = words or f"Last day must be on or after {first}"
        assert refusals(browser.post(NEW, typed(scene, **on_page))) == [expected]
        said = problems(api.post("/api/v1/deputies/", sent(scene, **in_api)))
        expected = words or "Last day must be on or after 1 December 2026"
        assert [one["message"] for one in said] == [expected]
    for user, words in ((scene.s151, "Someone else must be your deputy"), (other, officer)):
        assert refusals(browser.post(NEW, typed(scene, user=user.pk))) == ["Choose an officer"]
        said = problems(api.post("/api/v1/deputies/", sent(scene, user=user.email)))
        assert said == [{"field": "user", "message": words}]
    for user in (scene.manager, scene.finance, scene.reader):
        assert page_of(user).get(NEW).status_code == 403
        assert api_of(user).post("/api/v1/deputies/", sent(scene)).status_code == 403
    assert named() == [(date(2026, 12, 10), date(2026, 12, 20))]


def test_deputy_is_ended_today_or_before_it_begins(scene):
    running = factories.deputy(scene.brockvale, scene.finance, date(2026, 11, 1), date(2026, 11, 30))
    later = factories.deputy(scene.brockvale, scene.finance, date(2026, 12, 1), date(2026, 12, 9))
    past = factories.deputy(scene.brockvale, scene.finance, date(2026, 10, 1), date(2026, 10, 9))
    browser = page_of(scene.s151)
    assert page_of(scene.finance).post(f"{LIST}{running.pk}/end/").status_code == 403
    shown = text_of(browser.post(f"{LIST}{running.pk}/end/", follow=True))
    assert "B Doyle is no longer named after today" in shown
    assert api_of(scene.s151).post(f"/api/v1/deputies/{later.pk}/end/").status_code == 200
    said = problems(api_of(scene.s151).post(f"/api/v1/deputies/{past.pk}/end/"))
    assert said == [{"field": "", "message": "This deputy’s last day is over. Nothing is left to end"}]
    assert sorted(named()) == [
        (date(2026, 10, 1), date(2026, 10, 9)),
        (date(2026, 11, 1), date(2026, 11, 24)),
    ]
    actions = AuditEvent.objects.filter(action__in=("end_role", "withdraw_role")).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["end_role", "withdraw_role"]


def test_number_of_queries_of_the_list_at_one_row_and_at_three(scene):
    browser, found = page_of(scene.s151), []
    for months in ((1,), (2, 3)):
        for month in months:
            factories.deputy(scene.brockvale, None, date(2026, month, 1), date(2026, month, 9))
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        found.append(len(queries))
    assert found == [8, 8]

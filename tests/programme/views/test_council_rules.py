"""A council's own rules and closures: who records them, by page and API, and that none is edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from programme.models import Council, CouncilClosure, CouncilSetting
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NEW = "/councils/ashmere/rules/new/"
CLOSE = "/councils/ashmere/closures/new/"
RULES = "/api/v1/council-settings/"
CLOSURES = "/api/v1/council-closures/"
FULL = {
    "from_on": "18 5 2027",
    "callin_days": "3",
    "callin_unit": "working",
    "callin_cutoff": "noon",
    "callin_scope": "key_only",
    "callin_min_members": "3",
    "callin_after_reconsideration": "on",
    "notice_day_unit": "calendar",
    "agenda_day_unit": "working",
    "publication_days": "2",
    "key_threshold_pence": "100,000",
}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def council(db: None) -> Council:
    councils = [
        factories.CouncilFactory(short_name=name, key=name.lower(), name=f"{name} Council")
        for name in ("Ashmere", "Brockvale")
    ]
    factories.PartnershipFactory(key="ab", councils=councils)
    made: Council = councils[0]
    return made


def officer(council: Council, role: RoleName = RoleName.DEMOCRATIC_SERVICES) -> User:
    user: User = factories.UserFactory()
    factories.role(user, role, council=council)
    return user


def test_rules_by_page_and_api(council: Council) -> None:
    clerk = officer(council)
    assert page_of(clerk).post(NEW, FULL).status_code == 302
    body = {"council": "ashmere", "from_on": "2026-11-24", "callin_min_members": 2}
    answer = api_of(clerk).post(RULES, body, format="json")
    assert answer.status_code == 201
    assert {name: answer.json()[name] for name in ("callin_days", "callin_cutoff", "key_threshold")} == {
        "callin_days": 5,
        "callin_cutoff": "17:00:00",
        "key_threshold": None,
    }
    rows = CouncilSetting.objects.order_by("from_on").values_list(
        "from_on",
        "callin_days",
        "callin_cutoff",
        "callin_scope",
        "callin_min_members",
        "callin_after_reconsideration",
        "key_threshold_pence",
    )
    assert list(rows) == [
        (date(2026, 11, 24), 5, time(17), "all_executive", 2, False, None),
        (date(2027, 5, 18), 3, time(12), "key_only", 3, True, 100_000_00),
    ]
    event = AuditEvent.objects.filter(action="record_council_rules").order_by("pk").first()
    assert event is not None
    assert (event.by, event.scope, event.after["callin_cutoff"]) == (clerk, "ashmere", "12:00:00")


REFUSED: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (
        {"from_on": "1 4 2020"},
        {"from_on": "2020-04-01"},
        "Other rules apply from 1 April 2020 already. Choose another day",
    ),
    (
        {"from_on": "23 11 2026"},
        {"from_on": "2026-11-23"},
        "First day must be today or later: decisions of the past keep the rules they were taken under",
    ),
    ({"callin_days": "0"}, {"callin_days": 0}, "Call-in must last from 1 to 60 days"),
    (
        {"callin_min_members": ""},
        {"callin_min_members": None},
        "Enter how many councillors must sign a call-in",
    ),
    (
        {"callin_min_members": "0"},
        {"callin_min_members": 0},
        "The number of councillors must be from 1 to 200",
    ),
    ({"publication_days": "61"}, {"publication_days": 61}, "Days to publication must be from 0 to 60"),
    (
        {"key_threshold_pence": "-1"},
        {"key_threshold": "-1"},
        "Amount must be £0 or more",
    ),
]


@pytest.mark.parametrize(("typed", "sent", "message"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_cannot_be_is_refused_by_page_and_api(
    council: Council, typed: dict[str, str], sent: dict[str, Any], message: str
) -> None:
    factories.CouncilSettingFactory(council=council)
    clerk = officer(council)
    assert refusals(page_of(clerk).post(NEW, FULL | typed)) == [message]
    body = {"council": "ashmere", "from_on": "2027-05-18", "callin_min_members": 3}
    response = api_of(clerk).post(RULES, body | sent, format="json")
    assert [problem["message"] for problem in problems(response)] == [message]
    assert CouncilSetting.objects.count() == 1


def test_first_rules_of_a_council_may_begin_in_the_past(council: Council) -> None:
    assert page_of(officer(council)).post(NEW, FULL | {"from_on": "1 4 2020"}).status_code == 302
    assert CouncilSetting.objects.get().from_on == date(2020, 4, 1)


def test_only_rules_to_come_can_be_taken_back(council: Council) -> None:
    old = factories.CouncilSettingFactory(council=council)
    new = factories.CouncilSettingFactory(council=council, from_on=date(2026, 11, 25))
    clerk = officer(council)
    message = "These rules apply since 1 April 2020. Record new ones from a later day"
    browser, api = page_of(clerk), api_of(clerk)
    page = browser.post(f"/council-rules/{old.pk}/withdraw/", follow=True)
    assert message in text_of(page).replace("\xa0", " ")
    assert [one["message"] for one in problems(api.delete(f"{RULES}{old.pk}/"))] == [message]
    assert browser.post(f"/council-rules/{new.pk}/withdraw/").status_code == 302
    assert list(CouncilSetting.objects.all()) == [old]
    assert AuditEvent.objects.get(action="withdraw_council_rules").before == {"from_on": "2026-11-25"}


def test_closures_by_page_and_api(council: Council) -> None:
    clerk = officer(council, RoleName.MONITORING_OFFICER)
    browser, api = page_of(clerk), api_of(clerk)
    browser.post(CLOSE, {"day_on": "29 12 2026", "reason": "Christmas closure"})
    body = {"council": "ashmere", "day_on": "2026-12-30"}
    made = api.post(CLOSURES, body, format="json")
    assert made.status_code == 201
    for day, message in (
        ("2026-11-23", "Day must be today or later"),
        ("2026-12-29", "29 December 2026 is recorded already"),
    ):
        assert refusals(browser.post(CLOSE, {"day_on": day})) == [message]
        response = api.post(CLOSURES, body | {"day_on": day}, format="json")
        assert [one["message"] for one in problems(response)] == [message]
    assert list(CouncilClosure.objects.values_list("day_on", "reason")) == [
        (date(2026, 12, 29), "Christmas closure"),
        (date(2026, 12, 30), ""),
    ]
    assert api.delete(f"{CLOSURES}{made.json()['id']}/").status_code == 204
    past = factories.CouncilClosureFactory(council=council, day_on=date(2026, 11, 24))
    message = "24 November 2026 has been counted as closed and stays"
    assert [one["message"] for one in problems(api.delete(f"{CLOSURES}{past.pk}/"))] == [message]
    page = browser.post(f"/council-closures/{past.pk}/withdraw/", follow=True)
    assert message in text_of(page).replace("\xa0", " ")
    first = CouncilClosure.objects.get(day_on=date(2026, 12, 29))
    browser.post(f"/council-closures/{first.pk}/withdraw/")
    assert list(CouncilClosure.objects.all()) == [past]


def test_officers_of_another_council_read_and_do_not_write(council: Council) -> None:
    setting = factories.CouncilSettingFactory(council=council, from_on=date(2027, 1, 1))
    closure = factories.CouncilClosureFactory(council=council)
    other = officer(Council.objects.get(key="brockvale"))
    joint: User = factories.UserFactory()
    factories.role(joint, RoleName.PROGRAMME_MANAGER, partnership=council.memberships.get().partnership)
    for user in (other, joint):
        browser, api = page_of(user), api_of(user)
        body = {"council": "ashmere", "from_on": "2027-05-18", "callin_min_members": 3}
        answers = [
            browser.post(NEW, FULL),
            browser.post(CLOSE, {"day_on": "29 12 2026"}),
            browser.post(f"/council-rules/{setting.pk}/withdraw/"),
            browser.post(f"/council-closures/{closure.pk}/withdraw/"),
            api.post(RULES, body, format="json"),
            api.post(CLOSURES, {"council": "ashmere", "day_on": "2026-12-30"}, format="json"),
            api.delete(f"{RULES}{setting.pk}/"),
            api.delete(f"{CLOSURES}{closure.pk}/"),
        ]
        assert [answer.status_code for answer in answers] == [403] * 8
        page = text_of(browser.get("/councils/ashmere/rules/"))
        assert ("Record new rules" in page, "Take back" in page) == (False, False)
    assert (CouncilSetting.objects.count(), CouncilClosure.objects.count()) == (1, 1)


def test_page_shows_rules_of_today_to_come_and_before(council: Council) -> None:
    for from_on, days in ((date(2020, 4, 1), 5), (date(2026, 5, 1), 4), (date(2027, 5, 18), 3)):
        factories.CouncilSettingFactory(council=council, from_on=from_on, callin_days=days)
    factories.CouncilClosureFactory(council=council)
    page = text_of(page_of(officer(council)).get("/councils/ashmere/rules/")).replace("\xa0", " ")
    for words in (
        "Since 1 May 2026 Call-in after publication 4 working days, until 5pm on the last",
        "Who must sign a call-in 3 councillors",
        "A decision is key from No sum recorded",
        "From 18 May 2027 3 working days, until 5pm on the last",
        "From 1 April 2020 To 30 April 2026 5 working days, until 5pm on the last",
        "24 December 2026 Christmas closure",
    ):
        assert words in page
    own = text_of(page_of(officer(council)).get("/councils/ashmere/")).replace("\xa0", " ")
    assert "Since 1 May 2026 Call-in after publication 4 working days" in own


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(council: Council, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        factories.CouncilSettingFactory(council=council, from_on=date(2020 + number, 4, 1))
        factories.CouncilClosureFactory(council=council, day_on=date(2026, 12, 1 + number))
    browser = page_of(officer(council))
    with django_assert_num_queries(6):
        browser.get("/councils/ashmere/rules/")

"""A programme's own days of a rule: what then goes out, who may change them, and the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import RoleName
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.reminding.settings import set_reminder_rule
from programme.enums import ReminderStep
from programme.models import Milestone, Reminder, ReminderSetting
from programme.reminder_sources import source_of
from programme.rules.reminder_catalogue import RULES
from tests.factories import ReminderSettingFactory, UserFactory, role, sign_in
from tests.programme.reminders.conftest import TODAY, Scene

DUE, OVERDUE = RULES["milestone_due"], RULES["milestone_overdue"]
TOLD = ReminderStep.TOLD


def days_told(scene: Scene, *days: int) -> None:
    ReminderSetting.objects.update_or_create(
        programme=scene.programme,
        rule="milestone_due",
        defaults={
            "days": {"told": list(days)},
            "created_by": scene.owner,
            "updated_by": scene.owner,
        },
    )


def test_programme_reminds_on_its_own_days_and_others_on_the_usual_ones(scene: Scene) -> None:
    scene.milestone(date(2026, 12, 3), title="Seven before")
    scene.milestone(date(2026, 12, 8), title="Ten before")
    days_told(scene, 10, 2)
    assert scene.run() != []
    assert scene.reminders() == [("Ten before", 10)]


def test_rule_turned_off_makes_nothing_and_stops_what_waits(scene: Scene) -> None:
    scene.milestone(TODAY, title="Go-live")
    (digest_id,) = scene.run()
    ReminderSettingFactory(programme=scene.programme, is_on=False)
    assert scene.deliver(digest_id) == "withdrawn"
    scene.milestone(date(2026, 11, 25), title="Cutover")
    assert scene.run(date(2026, 11, 25)) == []


def test_days_changed_send_nothing_again_that_was_told(scene: Scene) -> None:
    scene.milestone(date(2026, 12, 14), title="Go-live")
    assert scene.run_and_deliver() == ["sent"]
    days_told(scene, 12, 7, 0)
    for day in (25, 26, 27):
        assert scene.run(date(2026, 11, day)) == []
    days_told(scene, 14, 7, 1, 0)
    assert scene.run(date(2026, 11, 30)) == []
    assert scene.run(date(2026, 12, 3)) != []
    assert scene.reminders() == [("Go-live", 7), ("Go-live", 14)]


def test_overdue_milestone_is_told_to_the_manager_then_to_the_senior_owner(scene: Scene) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    senior = scene.person("Sam Okafor", RoleName.SRO)
    scene.milestone(date(2026, 11, 23), title="Go-live")
    scene.milestone(date(2026, 11, 10), title="Cutover")
    scene.run()
    told = Reminder.objects.filter(rule="milestone_overdue").values_list("title", "recipient", "offset_days")
    assert sorted(told) == [
        ("Overdue: Cutover", manager.pk, -1),
        ("Overdue: Cutover", senior.pk, -14),
        ("Overdue: Go-live", manager.pk, -1),
    ]


def test_milestone_that_nobody_updates_is_told_after_35_days_and_to_lead_officers_a_week_later(
    scene: Scene,
) -> None:
    other = scene.person("Dev Lewis")
    updated_at = datetime(2026, 10, 20, 9, tzinfo=UTC)
    stale = scene.milestone(date(2027, 6, 1), title="Go-live", forecast_updated_at=updated_at)
    older = scene.milestone(date(2027, 6, 1), title="Cutover", forecast_updated_at=updated_at)
    Milestone.objects.filter(pk=older.pk).update(forecast_updated_at=updated_at - timedelta(days=7))
    scene.run()
    assert scene.reminders() == [
        ("Forecast not updated: Cutover", -7),
        ("Forecast not updated: Cutover", -7),
        ("Forecast not updated: Go-live", 0),
    ]
    assert other.reminders.count() == 1
    stale.set_date("forecast", ImpreciseDate.day(date(2027, 7, 1)))


def test_council_about_to_be_replaced_is_told_two_years_one_year_and_half_a_year_before(
    scene: Scene,
) -> None:
    council = scene.programme.partnership.councils.first()
    officer, senior = scene.person("W Shah", RoleName.S151), scene.person("Sam Okafor", RoleName.SRO)
    type(council).objects.filter(pk=council.pk).update(abolished_on=date(2027, 11, 24))
    scene.run()
    words = f"{council} is replaced on 24 November 2027: settle who follows in the programme"
    told = Reminder.objects.values_list("title", "recipient", "offset_days").order_by("recipient")
    assert list(told) == [(words, officer.pk, 365), (words, senior.pk, 365)]
    assert source_of("council_abolition").path(council.pk) == f"/councils/{council.key}/succession/"


def test_manager_sets_days_once_and_the_trail_says_from_what_to_what(scene: Scene) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    given: dict[str, Any] = {"by": manager, "is_on": True, "days": {TOLD: [10, 0]}}
    made = set_reminder_rule(scene.programme, DUE, seen_version=0, **given)
    again = set_reminder_rule(scene.programme, DUE, seen_version=1, **given)
    assert (made, again) == (again, made)
    event = AuditEvent.objects.get(action="set_reminder_rule")
    assert (event.before, event.after) == (
        {"is_on": True, "days": {"told": [14, 7, 1, 0]}},
        {"is_on": True, "days": {"told": [10, 0]}},
    )
    for version in (0, 7):
        with pytest.raises(StaleEdit):
            set_reminder_rule(scene.programme, DUE, by=manager, seen_version=version, is_on=False, days={})
    with pytest.raises(Refusal):
        set_reminder_rule(
            scene.programme, RULES["call_in_closes"], by=manager, seen_version=0, is_on=False, days={}
        )
    with pytest.raises(PermissionDenied):
        set_reminder_rule(scene.programme, OVERDUE, by=scene.owner, seen_version=0, is_on=False, days={})
    assert ReminderSetting.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_page_lists_every_rule_in_a_fixed_number_of_queries(
    scene: Scene, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    for rule in list(RULES)[:count]:
        ReminderSettingFactory(programme=scene.programme, rule=rule, updated_by=manager)
    sign_in(client, manager)
    with django_assert_num_queries(6):
        html = client.get(f"/programmes/{scene.programme.key}/reminders/").content.decode()
    assert "10 working days before, on the day" in html.lower()
    assert html.count("Changed by Mei Tan") == count


def test_manager_changes_a_rule_on_its_page_and_sees_who_did(scene: Scene, client: Client) -> None:
    sign_in(client, scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER))
    address = f"/programmes/{scene.programme.key}/reminders/milestone_overdue/"
    sent = {"seen_version": 0, "is_on": "on", "told_after": "2, 9", "escalated_after": "20"}
    assert client.post(address, sent).status_code == 302
    setting = ReminderSetting.objects.get()
    assert setting.days == {"told": [-2, -9], "escalated": [-20]}
    html = client.get(address).content.decode()
    assert "Told: 2 and 9 days after. Escalated: 20 days after" in html
    assert client.post(address, {**sent, "seen_version": 1, "told_after": "x"}).status_code == 422
    answer = client.put(
        f"/api/v1/programmes/{scene.programme.key}/reminder-rules/milestone_overdue/",
        {"version": 1, "is_on": True, "days": {"told": [-3]}},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["steps"][1]["days"]) == (200, [-20])


def test_page_of_a_programme_is_not_there_for_strangers(scene: Scene, client: Client) -> None:
    stranger = UserFactory()
    role(stranger, RoleName.ADMINISTRATOR)
    sign_in(client, stranger)
    assert client.get(f"/programmes/{scene.programme.key}/reminders/").status_code == 404

"""What comes into scope after its day: told all the same, once."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.enums import RoleName
from programme.models import Milestone, Reminder
from tests.programme.reminders.conftest import TODAY, Scene

TOMORROW = TODAY + timedelta(days=1)


def test_milestone_that_comes_in_late_reaches_manager_and_senior_owner_once(scene: Scene) -> None:
    scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    scene.person("Sam Okafor", RoleName.SRO)
    scene.run()
    scene.milestone(date(2026, 11, 3), title="Three weeks late")
    scene.milestone(TODAY, title="Today, after 7am")
    scene.milestone(date(2026, 5, 1), title="Half a year late")
    scene.milestone(date(2026, 12, 1), title="Its days are to come")
    scene.run(TOMORROW)
    told = Reminder.objects.values_list("title", "recipient__name", "offset_days")
    assert sorted(told) == [
        ("Overdue: Three weeks late", "Mei Tan", -1),
        ("Overdue: Three weeks late", "Sam Okafor", -14),
        ("Overdue: Today, after 7am", "Mei Tan", -1),
        ("Three weeks late", "Priya Raman", 0),
        ("Today, after 7am", "Priya Raman", 0),
    ]
    for days in (1, 2):
        assert scene.run(TOMORROW + timedelta(days=days)) == []
    assert Reminder.objects.count() == 5


def test_who_was_told_in_time_is_not_told_again_after_its_last_day(scene: Scene) -> None:
    scene.milestone(date(2026, 11, 25), title="Told a day before")
    scene.run()
    Milestone.objects.update(title="Told a day before, and renamed")
    scene.run(TODAY + timedelta(days=2))
    scene.run(TODAY + timedelta(days=3))
    assert sorted(Reminder.objects.values_list("offset_days", flat=True)) == [0, 1]

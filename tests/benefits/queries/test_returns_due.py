"""Who is reminded of a month's return, from the day it opens until nothing of it is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.enums import RoleName
from benefits.models import PeriodClose
from benefits.queries.returns_due import MonthlyReturns
from programme.rules.reminder_catalogue import RULES
from programme.rules.reminders import DueItem, reminder_day
from tests.benefits.story import Story
from tests.factories import UserFactory, actual, role

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 1), date(2026, 12, 31)
LATE_ON = date(2026, 12, 10)


def told(items: Any) -> list[tuple[str, date, str, list[int]]]:
    found: list[DueItem] = list(items)
    return [(one.parts[0].because, one.due_on, one.title, sorted(one.offsets)) for one in found]


@time_machine.travel("2026-12-03 07:00:00+00:00", tick=False)
def test_return_is_told_to_finance_when_it_opens_and_is_late_then_to_the_s151_officer(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    source, council = MonthlyReturns(), story.councils[0]
    for name in (RoleName.FINANCE_OFFICER, RoleName.S151):
        role(UserFactory(), name, council=council)
    with django_assert_max_num_queries(10):
        items = list(source.due_between(*DECEMBER))
    words = f"{council}: 2 amounts of November 2026 to enter"
    assert told(items) == [
        ("Finance officer", LATE_ON, words, [0, 5]),
        ("Section 151 officer", LATE_ON, words, [-2]),
    ]
    days = [reminder_day(LATE_ON, one, (), RULES["monthly_return"].unit) for one in (5, 0, -2)]
    assert days == [date(2026, 12, 3), LATE_ON, date(2026, 12, 14)]
    assert list(source.due_between(date(2026, 11, 1), date(2026, 11, 30))) == []
    assert source.path(items[0].object_id) == f"/programmes/{story.programme.key}/to-enter/"
    person, key = items[0].recipient_id, items[0].object_id
    actual(story.ict, council, 2026, 8, 1, entered_by=story.officer)
    still = {one.due_on: one.title for one in source.still_due(person, [key])}
    assert still[LATE_ON] == f"{council}: 1 amount of November 2026 to enter"
    PeriodClose.objects.create(council=council, fy=2026, period=8, entered_by=story.s151)
    assert LATE_ON not in {one.due_on for one in source.still_due(person, [key])}
    assert list(source.due_between(*DECEMBER)) == []

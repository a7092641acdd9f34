"""Stored sums are those of the entries: marked when they are not, and told of by the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from accounts.enums import RoleName
from benefits.actions.roll_ups import store_marked, store_roll_up
from benefits.enums import Measure, Outcome
from benefits.models import LedgerChange, Line, RollUp, RollUpCell, Verification
from benefits.queries.all_savings import (
    BEING_ADDED,
    AllChoice,
    all_savings,
    read_programmes,
)
from benefits.queries.roll_ups import differences, has_marks
from benefits.roll_up_marks import trigger_names
from core.models import AuditEvent
from programme.enums import MemberStatus
from programme.models import Membership
from services.enums import LineKind
from tests import factories
from tests.benefits.story import AS_OF, Story

pytestmark = pytest.mark.django_db
STORED = "2026-11-24"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Noon on 24 November 2026."""
    with time_machine.travel(f"{STORED} 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def reader(story: Story) -> Any:
    person = factories.UserFactory()
    factories.role(person, RoleName.MEMBER, partnership=story.programme.partnership)
    return person


def counted(story: Story) -> Line:
    """A line of cashable savings that no other benefit's total holds."""
    lines = story.programme.lines.filter(kind=LineKind.CASHABLE_SAVING, benefit__counted_in__isnull=True)
    return lines.filter(actualamounts__verification__isnull=True, actualamounts__isnull=False).first()


def verify_one(story: Story) -> None:
    Verification.objects.create(
        actual=counted(story).actualamounts.filter(verification__isnull=True).first(),
        outcome=Outcome.VERIFIED,
        verified_by=story.programme.created_by,
    )


def post_one(story: Story) -> None:
    line = counted(story)
    factories.actual(line, factories.councils_of(story.programme)[0], 2026, 5, 7_77)


def plan_one(story: Story) -> None:
    line, number = counted(story), story.programme.plan_versions.count() + 1
    amounts = [(line, factories.councils_of(story.programme)[0], 2027, None, 5_00)]
    factories.plan_version(story.programme, number, amounts=amounts, effective_on=date(2026, 11, 1))


def forecast_one(story: Story) -> None:
    line = counted(story)
    amounts = [(line, factories.councils_of(story.programme)[0], 2027, None, 6_00)]
    factories.forecast(story.programme, date(2026, 11, 20), amounts)


def change_kind(story: Story) -> None:
    Line.objects.filter(pk=counted(story).pk).update(kind="grant", benefit=None)


def count_elsewhere(story: Story) -> None:
    benefits = list(story.programme.benefits.filter(lines__isnull=False).distinct())
    benefits[0].counted_in = benefits[1]
    benefits[0].save()


def leave(story: Story) -> None:
    one = Membership.objects.filter(partnership=story.programme.partnership).last()
    one.status = MemberStatus.DECLINED
    one.save()


def lengthen(story: Story) -> None:
    story.programme.horizon_years += 1
    story.programme.save()


WRITES: list[Callable[[Story], None]] = [
    verify_one,
    post_one,
    plan_one,
    forecast_one,
    change_kind,
    count_elsewhere,
    leave,
    lengthen,
]


def test_every_write_that_changes_a_sum_leaves_a_mark_and_shows_at_once(story, reader):
    """Each is undone before the next. What is stored is wrong then, and nobody is shown it."""
    store_roll_up(story.programme, day=AS_OF)
    found = {}
    for write in WRITES:
        with transaction.atomic():
            write(story)
            marked = has_marks(story.programme)
            is_wrong = bool(differences(story.programme, AS_OF))
            at_once = all_savings(read_programmes(reader, as_of=AS_OF), AllChoice())
            store_roll_up(story.programme, day=AS_OF)
            stored = all_savings(read_programmes(reader, as_of=AS_OF), AllChoice())
            is_same = at_once.whole == stored.whole and at_once.rows == stored.rows
            found[write.__name__] = (marked, is_wrong, is_same, differences(story.programme, AS_OF))
            transaction.set_rollback(True)
        story.programme.refresh_from_db()
    assert found == {write.__name__: (True, True, True, []) for write in WRITES}


def test_database_has_every_trigger():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_marks_%'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%_marks_%'")
        assert sorted(name for (name,) in cursor.fetchall()) == sorted(trigger_names())


def test_plan_that_takes_effect_later_has_sums_from_its_day_on(story, reader):
    line, council = counted(story), factories.councils_of(story.programme)[0]
    day = AS_OF + timedelta(days=30)
    number = story.programme.plan_versions.count() + 1
    factories.plan_version(
        story.programme,
        number,
        amounts=[(line, council, 2027, None, 1_23)],
        effective_on=day,
        approved_on=AS_OF,
    )
    store_roll_up(story.programme, day=AS_OF)
    assert list(RollUp.objects.values_list("from_on", flat=True)) == [AS_OF, day]
    found = [
        all_savings(read_programmes(reader, as_of=one), AllChoice()).whole.current for one in (AS_OF, day)
    ]
    assert found == [204_000_000, 1_23]
    assert differences(story.programme, AS_OF) == []


def check(**options: Any) -> tuple[int, list[str]]:
    told = StringIO()
    try:
        call_command("check_rollups", stdout=told, **options)
    except SystemExit as end:
        return int(str(end)), told.getvalue().splitlines()
    return 0, told.getvalue().splitlines()


def test_check_tells_what_differs_and_repairs_only_when_told_to(story, reader):
    key = story.programme.key
    store_marked(at_most=10)
    assert check(programme=key) == (0, ["1 programmes compared, 0 with differences"])
    cell = RollUpCell.objects.get(
        roll_up__programme=story.programme, measure=Measure.GROSS, council=None, fy=2026
    )
    RollUpCell.objects.filter(pk=cell.pk).update(verified=1)
    said = f"{key}: {STORED} gross_cashable council all year 2026 verified: stored 1, entries give 1427245"
    assert check(programme=key) == (1, [said, "1 programmes compared, 1 with differences"])
    assert check(programme=key)[0] == 1
    assert not AuditEvent.objects.filter(action="repair_roll_up").exists()
    assert check(programme=key, repair=True)[0] == 0
    event = AuditEvent.objects.get(action="repair_roll_up")
    place = f"{STORED} gross_cashable council all year 2026 verified"
    assert (event.before, event.after) == ({place: 1}, {place: 1_427_245})
    assert check(programme=key) == (0, ["1 programmes compared, 0 with differences"])


def more_programmes(story: Story, count: int) -> None:
    partnership = story.programme.partnership
    for number in range(count):
        programme = factories.ProgrammeFactory(partnership=partnership, name=f"Another {number}")
        line = factories.LineFactory(
            programme=programme, benefit=factories.BenefitFactory(programme=programme)
        )
        amounts = [(line, factories.councils_of(programme)[0], 2026, None, 100_00)]
        factories.plan_version(programme, 1, amounts=amounts)


def test_queries_do_not_grow_with_the_number_of_programmes(story, reader, django_assert_num_queries):
    store_marked(at_most=10)
    with django_assert_num_queries(3):
        found = all_savings(read_programmes(reader, as_of=AS_OF), AllChoice(fy=2026))
    assert len(found.rows) == 1
    more_programmes(story, 3)
    store_marked(at_most=10)
    with django_assert_num_queries(3):
        found = all_savings(read_programmes(reader, as_of=AS_OF), AllChoice(fy=2026))
    assert len(found.rows) == 4
    assert found.year.current == 3_600_000 + 3 * 100_00
    assert (found.year.verified, found.known_rows) != (0, 4)
    readable = read_programmes(reader, as_of=AS_OF)
    with django_assert_num_queries(1):
        assert [one.name for one in readable.councils("", "")] == ["Ashmere", "Brockvale", "Carrick"]


def test_too_many_changed_at_once_are_not_shown_rather_than_shown_wrong(story, reader):
    store_marked(at_most=10)
    more_programmes(story, 2)
    found = all_savings(read_programmes(reader, as_of=AS_OF), AllChoice(), live=1)
    waiting = [row for row in found.rows if row.whole.current is BEING_ADDED]
    assert (len(found.rows), len(waiting)) == (3, 1)
    store_marked(at_most=5)
    assert not LedgerChange.objects.exists()
    assert (
        all_savings(read_programmes(reader, as_of=AS_OF), AllChoice()).whole.current
        == 204_000_000 + 2 * 100_00
    )


def test_stranger_sees_no_programme(story):
    store_marked(at_most=10)
    stranger = factories.UserFactory()
    found = all_savings(read_programmes(stranger, as_of=AS_OF), AllChoice())
    assert (found.rows, found.without) == ((), 0)
    nothing = read_programmes(stranger, as_of=AS_OF)
    assert (nothing.partnerships, list(nothing.fys), nothing.councils("", "")) == ([], [], [])

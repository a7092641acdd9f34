"""Stored sums are those of the entries: marked when they are not, and told of by the check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from benefits.actions.roll_ups import store_marked, store_roll_up
from benefits.enums import Measure, Outcome
from benefits.models import BudgetLine, BudgetReduction, LedgerChange, Line, RollUp, RollUpCell, Verification
from benefits.queries.all_savings import (
    BEING_ADDED,
    AllChoice,
    all_savings,
    read_programmes,
)
from benefits.queries.roll_ups import differences, has_marks, true_sums
from benefits.roll_up_marks import WATCHED, trigger_names
from core.models import AuditEvent
from programme.enums import MemberStatus
from programme.models import Council, CouncilSuccessor, Membership
from services.enums import LineKind
from tests import factories
from tests.benefits.story import AS_OF, Story

pytestmark = pytest.mark.django_db
STORED = "2026-11-24"
TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"')


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


def post_for_stranger(story: Story) -> None:
    factories.actual(counted(story), factories.CouncilFactory(), 2026, 5, 9_99)


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


def join(story: Story) -> None:
    Membership.objects.create(
        partnership=story.programme.partnership,
        council=factories.CouncilFactory(),
        status=MemberStatus.ACTIVE,
        order_index=9,
    )


def never_partner(story: Story) -> None:
    Membership.objects.filter(order_index=9).update(status=MemberStatus.DECLINED)


def not_even_asked(story: Story) -> None:
    Membership.objects.filter(order_index=9).delete()


def abolish(story: Story) -> None:
    Council.objects.filter(pk=story.councils[1].pk).update(abolished_on=date(2028, 4, 1))


def abolish_for(story: Story) -> None:
    """North follows; Brockvale's last day is not recorded yet."""
    succeed(story)
    Council.objects.filter(pk=story.councils[1].pk).update(abolished_on=None)


def succeed(story: Story) -> None:
    abolish(story)
    follow(story)


def follow(story: Story) -> None:
    by = story.officer
    CouncilSuccessor.objects.create(
        council=story.councils[1],
        successor=factories.CouncilFactory(key="north"),
        weight=1,
        from_on=date(2028, 4, 1),
        created_by=by,
        updated_by=by,
    )


def weigh_nothing(story: Story) -> None:
    CouncilSuccessor.objects.update(weight=0)


def unfollow(story: Story) -> None:
    CouncilSuccessor.objects.all().delete()


def reduce_one(story: Story) -> None:
    factories.reduction(story.ict, story.councils[0], 2026, pence=1_00)


def reduce_for_another(story: Story) -> None:
    factories.reduction(story.ict, factories.CouncilFactory(), 2026, pence=1_00)


def withdraw_one(story: Story) -> None:
    BudgetReduction.objects.update(
        withdrawn_at=datetime(2026, 11, 24, 9, tzinfo=UTC), withdrawn_by=story.officer, withdrawn_reason="No"
    )


def take_one_out(story: Story) -> None:
    BudgetReduction.objects.all().delete()


def name_its_council(story: Story) -> None:
    BudgetLine.objects.update(council=story.councils[0])


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
    lengthen,
    join,
    never_partner,
    not_even_asked,
    abolish,
    follow,
    weigh_nothing,
    unfollow,
    reduce_one,
    withdraw_one,
    take_one_out,
    name_its_council,
]
# What is there before the sums are stored, for writes that change it.
BEFORE: dict[Callable[[Story], None], Callable[[Story], None]] = {
    never_partner: join,
    not_even_asked: join,
    abolish: abolish_for,
    follow: abolish,
    weigh_nothing: succeed,
    unfollow: succeed,
    withdraw_one: reduce_one,
    take_one_out: reduce_one,
    name_its_council: reduce_for_another,
}
# Tables that are read while the sums are worked out, and why a write to one needs no mark.
UNWATCHED = {
    "benefits_forecastsnapshot": "its amounts are watched, and it never changes",
    "services_service": "its name is no part of a sum",
    "services_businesscaseline": "only the pool of a line is read, which is no part of a sum",
}


def test_every_write_that_changes_a_sum_leaves_a_mark_and_shows_at_once(story, reader):
    """Each is undone before the next. What is stored is wrong then, and nobody is shown it."""
    store_roll_up(story.programme, day=AS_OF)
    found = {}
    for write in WRITES:
        with transaction.atomic():
            if write in BEFORE:
                BEFORE[write](story)
                store_roll_up(story.programme, day=AS_OF)
            assert not has_marks(story.programme)
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


def test_every_table_that_a_sum_is_read_from_is_watched(story):
    """A reader that joins another table later is named here: watch its writes, or say why not."""
    succeed(story)
    post_for_stranger(story)
    with CaptureQueriesContext(connection) as asked:
        sums = true_sums(story.programme, AS_OF)
    read = {table for one in asked.captured_queries for table in TABLES.findall(one["sql"])}
    assert sums[0].cells
    assert read - {one.table for one in WATCHED} == set(UNWATCHED)
    assert {one.table for one in WATCHED} - read == set()


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

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection

from accounts.enums import RoleName
from benefits.actions.amounts import Amount, PlannedDate
from benefits.actions.plan import copy_plan_dates, is_intact, record_plan_version, take_up_plans
from benefits.models import PlanAmount
from core.errors import Refusal
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.milestone_dependency import add_dependency
from programme.enums import MemberStatus
from programme.models import Milestone, PlanDate, PlanVersion
from tests.benefits.actions.faults import unwritable
from tests.factories import (
    CouncilFactory,
    LineFactory,
    MilestoneFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
)

pytestmark = pytest.mark.django_db
WHY = "The councils agreed to start one saving earlier and one later."


@pytest.fixture
def programme():
    return ProgrammeFactory(key="abc", base_fy=2026, horizon_years=5)


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


@pytest.fixture
def line(programme):
    return LineFactory(programme=programme, ref="L-1")


def record(programme, by, number=1, *, amounts=(), dates=(), **changes):
    values = {
        "approved_on": date(2026, 3, 13),
        "effective_on": date(2026, 3, 14),
        "reason": "" if number == 1 else "approved_delay",
        "narrative": "" if number == 1 else WHY,
    }
    return record_plan_version(
        programme, by=by, entered_by=by, number=number, dates=dates, amounts=amounts, **(values | changes)
    )


def test_plan_version_is_written_whole_with_its_hash_and_audited(programme, manager, line):
    council, milestone = councils_of(programme)[0], MilestoneFactory(programme=programme, ref="M-1")
    day = ImpreciseDate.day(date(2027, 10, 1))
    version = record(
        programme,
        manager,
        amounts=[Amount(line, council, 2026, 4, 400_000), Amount(line, council, 2027, None, 4_800_000)],
        dates=[PlannedDate(milestone, day)],
        entered_at=datetime(2026, 3, 14, 9, tzinfo=UTC),
    )
    assert list(
        PlanAmount.objects.values_list("plan_version", "line", "council", "fy", "period", "amount_pence")
    ) == [
        (version.pk, line.pk, council.pk, 2026, 4, 400_000),
        (version.pk, line.pk, council.pk, 2027, None, 4_800_000),
    ]
    assert [planned.get_date("date") for planned in PlanDate.objects.all()] == [day]
    assert (version.date_count, version.amount_count, version.entered_by) == (1, 2, manager)
    assert is_intact(version)
    event = AuditEvent.objects.get()
    assert (event.action, event.scope, event.object_id, event.by) == (
        "record_plan_version",
        "abc",
        version.pk,
        manager,
    )
    assert event.after["content_hash"] == version.content_hash


def test_plan_hash_is_another_when_a_penny_differs(programme, manager, line):
    council = councils_of(programme)[0]
    first = record(programme, manager, amounts=[Amount(line, council, 2026, None, 1)])
    second = record(programme, manager, 2, amounts=[Amount(line, council, 2026, None, 2)])
    assert first.content_hash != second.content_hash
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM benefits_planamount")
        assert cursor.fetchone() == (2,)


def test_plan_tampered_with_is_not_intact(programme, manager, line):
    version = record(programme, manager, amounts=[Amount(line, councils_of(programme)[0], 2026, None, 1)])
    version.content_hash = "0" * 64
    assert not is_intact(version)


def test_first_plan_takes_the_typed_date_from_a_milestone_that_it_leaves_out(programme, manager):
    named, left_out, outside = (
        MilestoneFactory(programme=programme, ref=ref, plan=date(2027, 1, 1), stated_state=state)
        for ref, state in (("M-1", "planned"), ("M-2", "planned"), ("M-3", "external_date"))
    )
    record(programme, manager, dates=[PlannedDate(named, ImpreciseDate.day(date(2027, 1, 1)))])
    for milestone in (named, left_out, outside):
        milestone.refresh_from_db()
    assert [one.plan_first_on is None for one in (named, left_out, outside)] == [False, True, False]
    event = AuditEvent.objects.get(object_type="programme.milestone")
    assert (event.object_id, event.before, event.after) == (
        left_out.pk,
        {"plan": "2027-01-01", "version": 1},
        {"plan": None, "version": 2},
    )


def test_plan_in_effect_gives_milestones_their_plan_dates(programme, manager):
    milestone = MilestoneFactory(programme=programme, plan=date(2027, 1, 1))
    record(programme, manager, dates=[PlannedDate(milestone, ImpreciseDate.month(2027, 10))])
    milestone.refresh_from_db()
    assert milestone.get_date("plan") == ImpreciseDate.month(2027, 10)
    assert (milestone.version, milestone.updated_by) == (2, manager)


def test_plan_not_yet_in_effect_leaves_plan_dates_until_its_day(programme, manager):
    milestone = MilestoneFactory(programme=programme, plan=date(2027, 1, 1))
    planned = PlannedDate(milestone, ImpreciseDate.day(date(2099, 10, 1)))
    record(programme, manager, effective_on=date(2099, 1, 1), dates=[planned])
    milestone.refresh_from_db()
    assert milestone.get_date("plan") == ImpreciseDate.day(date(2027, 1, 1))
    assert [take_up_plans(as_of=day) for day in (date(2098, 12, 31), date(2099, 1, 1))] == [0, 1]
    assert copy_plan_dates(programme, by=manager, as_of=date(2099, 1, 1)) == 0
    assert Milestone.objects.get().get_date("plan") == planned.date


def test_dependency_that_a_coming_plan_breaks_is_refused(programme, manager):
    first, second = (MilestoneFactory(programme=programme, title=title) for title in ("Testing", "Go-live"))
    coming = [
        PlannedDate(first, ImpreciseDate.day(date(2099, 10, 2))),
        PlannedDate(second, ImpreciseDate.day(date(2099, 10, 1))),
    ]
    record(programme, manager, effective_on=date(2099, 1, 1), dates=coming)
    with pytest.raises(Refusal) as said:
        add_dependency(second, by=manager, predecessor=first)
    words = "Go-live waits for Testing. Its planned date must be 2 October 2099 or later"
    assert (said.value.message, said.value.field) == (words, "predecessor")


def test_plan_number_already_approved_is_refused(programme, manager):
    record(programme, manager)
    with pytest.raises(Refusal) as refused:
        record(programme, manager)
    assert (refused.value.message, refused.value.code) == (
        "This plan was approved on 13 March 2026 and cannot be changed. Start a re-baseline",
        "33",
    )


def test_plan_number_that_leaves_a_gap_is_refused(programme, manager):
    with pytest.raises(Refusal, match="The next plan version is number 1"):
        record(programme, manager, 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": " "}, "Choose a reason"),
        ({"narrative": "Too short"}, "Explain the change in at least 50 characters"),
        ({"approved_on": date(2099, 1, 1)}, "Approval date must be today or in the past"),
        ({"narrative": "x" * 4_001}, "Explanation must be 4,000 characters or less"),
    ],
)
def test_second_plan_without_what_it_needs_is_refused(programme, manager, changes, message):
    record(programme, manager)
    with pytest.raises(Refusal) as refused:
        record(programme, manager, 2, **changes)
    assert refused.value.message == message
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ([(2026, None, -1)], "Planned saving must be £0 or more. Record a cost as a cost line"),
        ([(2026, None, 10**12 + 1)], "Amount must be £10,000,000,000 or less"),
        ([(2027, None, 1), (2027, None, 2)], "There are two entries for 2027 to 2028. Keep one"),
        (
            [(2027, 1, 1), (2027, 1, 2)],
            "There are two entries for 1 April 2027 to 30 April 2027. Keep one",
        ),
        (
            [(2033, None, 1)],
            "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period",
        ),
        (
            [(2025, None, 1)],
            "2025 to 2026 is before the start of the appraisal period. Remove it or change the period",
        ),
        (
            [(2026, None, 10_000_000), (2026, 1, 9_999_999)],
            "Months add up to £99,999.99 but the year is £100,000.00. Change one of them",
        ),
        ([(2026, None, 100), (2026, 1, 100)], "There are two entries for 2026 to 2027. Keep one"),
    ],
)
def test_plan_amounts_that_cannot_be_are_refused(programme, manager, line, amounts, message):
    council = councils_of(programme)[0]
    with pytest.raises(Refusal) as refused:
        record(programme, manager, amounts=[Amount(line, council, *amount) for amount in amounts])
    assert refused.value.message == message
    assert PlanVersion.objects.count() == 0


def test_plan_of_a_line_or_milestone_of_another_programme_is_refused(programme, manager):
    stranger, council = LineFactory(ref="L-9"), councils_of(programme)[0]
    with pytest.raises(Refusal, match="L-9 is not a line of this programme"):
        record(programme, manager, amounts=[Amount(stranger, council, 2026, None, 1)])
    milestone = MilestoneFactory(ref="M-9")
    with pytest.raises(Refusal, match="M-9 is not a milestone of this programme"):
        record(programme, manager, dates=[PlannedDate(milestone, ImpreciseDate.day(date(2027, 1, 1)))])


def test_plan_with_two_dates_for_a_milestone_is_refused(programme, manager):
    milestone = MilestoneFactory(programme=programme, ref="M-1")
    dates = [PlannedDate(milestone, ImpreciseDate.day(date(2027, 1, day))) for day in (1, 2)]
    with pytest.raises(Refusal, match="There are two dates for M-1"):
        record(programme, manager, dates=dates)


def test_plan_for_a_council_that_left_joined_later_or_never_joined_is_refused(programme, manager, line):
    council = councils_of(programme)[2]
    membership = programme.partnership.memberships.get(council=council)
    membership.set_date("left", ImpreciseDate.day(date(2028, 3, 31)))
    membership.set_date("joined", ImpreciseDate.day(date(2026, 10, 1)))
    membership.status = MemberStatus.LEFT
    membership.save()
    name = council.short_name
    for fy, period, message in (
        (2028, None, f"{name} left on 31 March 2028. Choose an earlier period"),
        (2026, 6, f"{name} joined on 1 October 2026. Choose a later period"),
    ):
        with pytest.raises(Refusal) as refused:
            record(programme, manager, amounts=[Amount(line, council, fy, period, 1)])
        assert refused.value.message == message
    outsider = CouncilFactory(short_name="Elsewhere")
    with pytest.raises(Refusal, match="Elsewhere is not a partner in this programme"):
        record(programme, manager, amounts=[Amount(line, outsider, 2026, None, 1)])
    assert record(programme, manager, amounts=[Amount(line, council, 2027, None, 1)]).amount_count == 1


@pytest.mark.parametrize("table", ["core_auditevent", "benefits_planamount"])
def test_plan_is_not_written_when_a_part_of_it_fails(programme, manager, line, table):
    amounts = [Amount(line, councils_of(programme)[0], 2026, None, 1)]
    with unwritable(table), pytest.raises(DatabaseError):
        record(programme, manager, amounts=amounts)
    assert (PlanVersion.objects.count(), PlanAmount.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)

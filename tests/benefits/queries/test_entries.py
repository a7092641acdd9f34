from datetime import UTC, date, datetime

import pytest

from accounts.enums import RoleName
from benefits.enums import Basis, EntryKind, Measure
from benefits.queries.entries import (
    Question,
    entries_behind,
    find_entry,
    ledger_entries,
    line_entries,
)
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import NO_SERVICE, Choice
from benefits.queries.trace import DecisionLink, decisions_of, register_decisions
from tests.benefits.story import AS_OF
from tests.factories import UserFactory, actual, reduction, role

pytestmark = pytest.mark.django_db
CUT_OFF = date(2026, 10, 31)


def behind(story, basis, measure=Measure.GROSS, choice=None, to_date=None):
    question = Question(basis, measure, choice or Choice(), to_date)
    return entries_behind(story.programme, question, as_of=AS_OF)


@pytest.mark.parametrize(
    "measure", [Measure.GROSS, Measure.NET, Measure.ONE_OFF_COST, Measure.RECURRING_COST]
)
@pytest.mark.parametrize("basis", Basis)
def test_entries_add_up_to_the_number_of_the_dashboard(story, basis, measure):
    for council, fy in ((None, None), ("carrick", None), (None, 2026), ("ashmere", 2027)):
        result = savings_against_plan(story.programme, as_of=AS_OF, council=council, fy=fy)
        entries = behind(story, basis, measure, Choice(council or "", "", fy))
        assert entries.total_pence == getattr(result.total_of(measure), basis.value)


def test_entries_of_a_plan_to_date_add_up_to_it_with_the_months_of_a_year(story):
    result = savings_against_plan(story.programme, as_of=AS_OF)
    for measure in (Measure.GROSS, Measure.ONE_OFF_COST, Measure.NET):
        entries = behind(story, Basis.CURRENT, measure, to_date=CUT_OFF)
        assert entries.total_pence == result.total_of(measure).current_to_date
    joint = behind(story, Basis.CURRENT, Measure.ONE_OFF_COST, to_date=CUT_OFF)
    assert [(row.pence, row.counted_pence) for row in joint.rows] == [
        (20_000_000, 11_666_669),
        (20_000_000, 11_666_669),
        (20_000_000, 11_666_669),
    ]


def test_entries_say_who_entered_and_who_verified(story):
    entries = behind(story, Basis.VERIFIED, choice=Choice(council="carrick"))
    assert [
        (row.time_text, row.pence, row.state, row.entered_by, row.verified_by) for row in entries.rows
    ] == [
        ("July 2026", 95_842, "Verified", story.officer, story.s151),
        ("August 2026", 112_755, "Verified", story.officer, story.s151),
        ("September 2026", 112_755, "Verified", story.officer, story.s151),
    ]
    assert entries.words == "3 entries add up to £3,213.52"
    claimed = behind(story, Basis.CLAIMED)
    assert [(row.time_text, row.state, row.verified_by, row.verified_on) for row in claimed.rows] == [
        ("October 2026", "Claimed", None, None)
    ]


def test_entries_of_a_service_leave_out_other_lines(story):
    entries = behind(story, Basis.CURRENT, choice=Choice(service="S-3"))
    assert {row.line for row in entries.rows} == {story.offices}


def test_reversal_stands_beside_the_amount_it_takes_back(story):
    entry = story.ict.actualamounts.get(council=story.councils[0], period=7)
    actual(
        story.ict,
        story.councils[0],
        2026,
        7,
        -entry.amount_pence,
        explanation="Entered twice by mistake",
        reverses=entry,
        entered_at=datetime(2026, 11, 13, 9, tzinfo=UTC),
    )
    october = [
        row for row in behind(story, Basis.VERIFIED, choice=Choice(council="ashmere")).rows if row.period == 7
    ]
    assert [(row.pence, row.state, row.reverses_pk) for row in october] == [
        (138_107, "Verified", None),
        (-138_107, "Verified", entry.pk),
    ]


def test_banked_is_what_budgets_were_reduced_by_and_leads_to_its_entries(story):
    ashmere, _, carrick = story.councils
    told = {"entered_at": datetime(2026, 11, 1, 9, tzinfo=UTC)}
    reduction(story.ict, ashmere, 2026, pence=2_000_00, **told)
    reduction(story.ict, carrick, 2026, pence=9_000_00, **told)
    reduction(story.ict, carrick, 2027, pence=9_000_00, **told)
    withdrawn = reduction(story.ict, story.councils[1], 2026, pence=9_000_00, **told)
    withdrawn.withdrawn_at, withdrawn.withdrawn_by = told["entered_at"], story.s151
    withdrawn.withdrawn_reason = "Entered by mistake"
    withdrawn.save()
    result = savings_against_plan(story.programme, as_of=AS_OF)
    gross = [result.total_of(Measure.GROSS, council) for council in result.councils]
    assert [(one.verified, one.banked) for one in gross] == [
        (531_712, 2_000_00),
        (574_181, 0),
        (321_352, 321_352),
    ]
    assert result.headline.banked_cashable_pence == 2_000_00 + 321_352
    assert [point.banked for point in result.months[2:7]] == [0, 213_233, 408_597, 521_352, 521_352]
    entries = behind(story, Basis.BANKED, choice=Choice(council="ashmere"))
    assert [(row.period, row.pence, row.counted_pence) for row in entries.rows] == [
        (4, 117_391, 117_391),
        (5, 138_107, 82_609),
    ]
    assert (behind(story, Basis.BANKED).total_pence, entries.is_actual) == (521_352, True)
    before = savings_against_plan(story.programme, as_of=date(2026, 10, 31))
    assert before.total_of(Measure.GROSS).banked == 0


def test_line_shows_every_plan_version_the_current_forecast_and_what_was_returned(story):
    entries = line_entries(story.ict, as_of=AS_OF, choice=Choice(council="ashmere", fy=2026))
    assert [(row.plan_version.number, row.period) for row in entries.plan] == [
        (2, period) for period in range(4, 13)
    ]
    assert [row.state for row in entries.forecast] == ["Forecast of 20 November 2026"] * 9
    assert [row.pence for row in entries.actual] == [117_391, 138_107, 138_107, 138_107]
    whole = line_entries(story.ict, as_of=AS_OF, choice=Choice())
    assert [row.plan_version.number for row in whole.plan] == sorted(
        (row.plan_version.number for row in whole.plan), reverse=True
    )


def test_line_and_number_take_a_fixed_number_of_queries(story, django_assert_num_queries):
    with django_assert_num_queries(4):
        line_entries(story.ict, as_of=AS_OF, choice=Choice())
    with django_assert_num_queries(4):
        behind(story, Basis.CURRENT)
    with django_assert_num_queries(3):
        behind(story, Basis.VERIFIED)
    with django_assert_num_queries(4):
        behind(story, Basis.BANKED)


@pytest.mark.parametrize("kind", EntryKind)
def test_entry_is_found_by_a_reader_of_its_programme_alone(story, kind):
    rows = {
        EntryKind.PLAN: story.ict.planamounts,
        EntryKind.FORECAST: story.ict.forecastamounts,
        EntryKind.ACTUAL: story.ict.actualamounts,
    }[kind]
    reader, stranger = UserFactory(), UserFactory()
    role(reader, RoleName.MEMBER, council=story.councils[0])
    row = rows.first()
    found = find_entry(kind, row.pk, user=reader, as_of=AS_OF)
    assert (found.kind, found.pk, found.pence) == (kind, row.pk, row.amount_pence)
    assert find_entry(kind, row.pk, user=stranger, as_of=AS_OF) is None
    assert find_entry(kind, 0, user=reader, as_of=AS_OF) is None


def test_file_of_entries_holds_every_one(story, django_assert_num_queries):
    with django_assert_num_queries(3):
        entries = list(ledger_entries(story.programme, as_of=AS_OF))
    kinds = [entry.kind for entry in entries]
    assert {kind: kinds.count(kind) for kind in EntryKind} == {
        EntryKind.PLAN: sum(plan.amount_count for plan in story.plans),
        EntryKind.FORECAST: sum(snapshot.amounts.count() for snapshot in story.programme.forecasts.all()),
        EntryKind.ACTUAL: 15,
    }


def test_decisions_of_a_plan_come_from_the_floor_that_registered_them(story, monkeypatch):
    monkeypatch.setattr("benefits.queries.trace._finders", [])
    link = DecisionLink("D-05", "Approve the plan", "/decisions/5/", "In effect")
    asked = []

    def finder(keys):
        asked.append(list(keys))
        return {keys[0]: [link]}

    register_decisions(finder)
    register_decisions(finder)
    first, second = story.plans
    assert decisions_of(story.plans) == {first.pk: [link], second.pk: []}
    assert asked == [[first.pk, second.pk]]
    assert decisions_of([]) == {}


def test_entries_of_some_months_add_up_to_what_lies_in_them(story):
    """The number of entries and their sum, by basis and measure, from one day to another."""
    july, september = date(2026, 7, 1), date(2026, 9, 30)
    asked = [
        Question(Basis.VERIFIED, Measure.GROSS, Choice(), september, since=july),
        Question(Basis.CURRENT, Measure.GROSS, Choice(), september, since=july),
        Question(Basis.CURRENT, Measure.ONE_OFF_COST, Choice(), september, since=july),
        Question(Basis.VERIFIED, Measure.GROSS, Choice(), since=date(2026, 10, 1)),
        Question(Basis.CURRENT, Measure.GROSS, Choice(kind=Measure.CASHABLE), benefit="B-3"),
        Question(Basis.CURRENT, Measure.NET, Choice(kind=Measure.RECURRING_COST)),
        Question(Basis.CURRENT, Measure.NET, Choice(service=NO_SERVICE, fy=2027)),
    ]
    found = [entries_behind(story.programme, question, as_of=AS_OF) for question in asked]
    assert [(len(one.rows), one.total_pence) for one in found] == [
        (9, 1_140_000),
        (9, 1_200_000),
        (3, 15_000_003),
        (2, 287_245),
        (9, 36_000_000),
        (15, -20_000_000),
        (6, -19_000_000),
    ]

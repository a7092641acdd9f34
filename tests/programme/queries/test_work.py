"""One person's work list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from accounts.enums import RoleName
from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.enums import MilestoneState, ProgrammeState
from programme.models import Milestone, Programme
from programme.policies import powers_of
from programme.queries.work import Scope, WorkList, scopes_for, work_list
from programme.rules.worklist import Grouping, Section
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, councils_of, role

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


@pytest.fixture
def lead(programme: Programme) -> User:
    user = UserFactory()
    role(user, RoleName.COUNCIL_LEAD, council=councils_of(programme)[0])
    return user


def work_of(user: User, scope: Scope = Scope.MINE) -> WorkList:
    return work_list(user, scope=scope, as_of=TODAY, powers=powers_of(user))


def titles(work: WorkList) -> dict[Section, list[str]]:
    return {section: [row.milestone.title for row in rows] for section, rows in work.sections.items()}


def test_own_milestones_by_section(programme: Programme, lead: User) -> None:
    def own(title: str, **fields: object) -> Milestone:
        return MilestoneFactory(programme=programme, owner=lead, title=title, **fields)

    own("late 2", plan=date(2026, 11, 20))
    own("late 1", plan=date(2026, 11, 13))
    own("due", plan=date(2026, 11, 25))
    own("far", plan=date(2027, 1, 1), forecast=date(2027, 1, 1))
    own("undated")
    own("done first", plan=date(2026, 11, 1), actual=date(2026, 11, 1))
    own("done last", plan=date(2026, 11, 1), actual=date(2026, 11, 5))
    own("done in October", plan=date(2026, 11, 1), actual=date(2026, 10, 31))
    own("cancelled", plan=date(2026, 11, 1), stated_state=MilestoneState.CANCELLED)
    own("contract end", plan=date(2026, 11, 1), stated_state=MilestoneState.EXTERNAL_DATE)
    MilestoneFactory(programme=programme, plan=date(2026, 11, 13), title="someone else's")
    MilestoneFactory(owner=lead, plan=date(2026, 11, 13), title="no longer readable")
    work = work_of(lead)
    assert titles(work) == {
        Section.LATE: ["late 1", "late 2"],
        Section.DUE: ["due"],
        Section.UNANSWERED: ["undated"],
        Section.LATER: ["far"],
        Section.DONE: ["done last", "done first"],
    }
    assert work.sentence == (
        "4 milestones need you: 2 are late, 1 is due by 8 December 2026 and 1 waits for your answer."
    )
    assert work.programme == programme


def test_scopes_follow_the_roles(programme: Programme, lead: User) -> None:
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    assert scopes_for(powers_of(lead)) == [Scope.MINE, Scope.COUNCIL, Scope.TEAM]
    assert scopes_for(powers_of(manager)) == [Scope.MINE, Scope.MANAGED]
    assert scopes_for(powers_of(UserFactory())) == [Scope.MINE]


def test_council_scope_holds_what_names_the_council(programme: Programme, lead: User) -> None:
    first, second, _ = councils_of(programme)
    both = MilestoneFactory(programme=programme, plan=date(2026, 11, 20), title="both")
    both.councils.set([first, second])
    other = MilestoneFactory(programme=programme, plan=date(2026, 11, 20), title="other")
    other.councils.set([second])
    MilestoneFactory(programme=programme, plan=date(2026, 11, 20), title="joint")
    work = work_of(lead, Scope.COUNCIL)
    assert titles(work)[Section.LATE] == ["both"]
    assert [row.can_update for row in work.needing] == [False]


def test_team_scope_holds_what_people_of_the_same_council_own(programme: Programme, lead: User) -> None:
    first, second, _ = councils_of(programme)
    for council, title in ((first, "colleague's"), (second, "neighbour's")):
        owner = UserFactory()
        role(owner, RoleName.FINANCE_OFFICER, council=council)
        MilestoneFactory(programme=programme, owner=owner, plan=date(2026, 11, 20), title=title)
    MilestoneFactory(programme=programme, owner=lead, plan=date(2026, 11, 21), title="own")
    MilestoneFactory(programme=programme, plan=date(2026, 11, 20), title="nobody's")
    assert titles(work_of(lead, Scope.TEAM))[Section.LATE] == ["colleague's", "own"]


def test_stale_forecast_waits_for_an_answer_until_it_is_given(programme: Programme, lead: User) -> None:
    def own(title: str, told: datetime, **fields: object) -> Milestone:
        far = date(2027, 3, 1)
        made = {"programme": programme, "owner": lead, "plan": far, "forecast": far} | fields
        return MilestoneFactory(title=title, forecast_updated_at=told, **made)

    old, fresh = datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 10, 21, 12, tzinfo=UTC)
    own("stale", old)
    own("fresh", fresh)
    own("answered since", old, version=2, updated_at=fresh)
    paused = ProgrammeFactory(partnership=programme.partnership, state=ProgrammeState.PAUSED)
    own("of a paused programme", old, programme=paused)
    assert titles(work_of(lead))[Section.UNANSWERED] == ["stale"]


def test_managed_scope_holds_every_milestone_of_the_partnership(programme: Programme) -> None:
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    MilestoneFactory(programme=programme, plan=date(2026, 11, 20), title="theirs")
    MilestoneFactory(plan=date(2026, 11, 20), title="another partnership's")
    assert titles(work_of(manager, Scope.MANAGED))[Section.LATE] == ["theirs"]
    assert titles(work_of(manager))[Section.LATE] == []


def test_next_row_goes_round_the_rows_shown(programme: Programme, lead: User) -> None:
    made = [
        MilestoneFactory(programme=programme, owner=lead, plan=date(2026, 11, day)) for day in (13, 20, 25)
    ]
    work = work_of(lead)

    def following(milestone: Milestone, section: Section | None = None) -> Milestone | None:
        row = work.row_after(milestone.pk, section)
        return row.milestone if row else None

    assert [following(milestone) for milestone in made] == [made[1], made[2], made[0]]
    assert following(made[0], Section.DUE) == made[2]
    assert following(made[2], Section.DUE) is None


def test_next_row_by_date_goes_through_all_that_is_open(programme: Programme, lead: User) -> None:
    far = date(2027, 3, 1)
    dates = {"far": (far, far), "unanswered": (date(2027, 1, 1), None), "late": (date(2026, 11, 13), None)}
    made = {
        title: MilestoneFactory(programme=programme, owner=lead, title=title, plan=plan, forecast=forecast)
        for title, (plan, forecast) in dates.items()
    }
    work = replace(work_of(lead), grouping=Grouping.DATE)
    assert [row.milestone.title for row in work.shown(None)] == ["late", "unanswered", "far"]
    row = work.row_after(made["unanswered"].pk, None)
    assert row
    assert row.milestone == made["far"]


def test_list_over_two_programmes_belongs_to_none(programme: Programme, lead: User) -> None:
    other = ProgrammeFactory(partnership=programme.partnership)
    for one in (programme, other):
        MilestoneFactory(programme=one, owner=lead, plan=date(2026, 11, 20))
    assert work_of(lead).programme is None


def test_case_of_the_past_asks_nothing(programme: Programme, lead: User) -> None:
    past = ProgrammeFactory(
        partnership=programme.partnership, base_fy=None, facts=ImpreciseDate.month(2011, 3)
    )
    MilestoneFactory(programme=past, owner=lead, plan=ImpreciseDate.month(2011, 3))
    assert titles(work_of(lead)) == {section: [] for section in Section}

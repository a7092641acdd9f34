"""Partnerships, programmes and their page."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.enums import RoleName
from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.enums import FactKind, MemberStatus, PhaseState
from programme.models import Fact, Membership, Programme
from programme.policies import powers_of
from programme.queries.answers import Answer, programme_answers
from programme.queries.partners import members_of, partner_councils
from programme.queries.programmes import (
    PartnershipCard,
    partnerships_for,
    programme_page,
    programme_summaries,
)
from programme.queries.risks import risk_rows
from programme.rules.phase import PhaseProgress
from tests.factories import (
    LessonFactory,
    MilestoneFactory,
    PhaseFactory,
    ProgrammeFactory,
    RiskFactory,
    UserFactory,
    councils_of,
    plan_version,
    role,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(key="shared")


@pytest.fixture
def reader(programme: Programme) -> User:
    user = UserFactory()
    role(user, RoleName.AUDITOR, partnership=programme.partnership)
    return user


def page_of(programme: Programme, user: User):
    return programme_page(programme, as_of=TODAY, powers=powers_of(user))


def test_partner_councils_in_the_fixed_order_without_those_that_left(programme: Programme) -> None:
    first, second, third = councils_of(programme)
    Membership.objects.filter(council=second).update(status=MemberStatus.LEFT)
    Membership.objects.filter(council=first).update(order_index=9)
    assert partner_councils(programme.partnership_id) == [third, first]
    assert [member.council for member in members_of(programme.partnership)] == [second, third, first]


def test_partnerships_are_those_the_person_may_read(programme: Programme, reader: User) -> None:
    ProgrammeFactory()
    assert partnerships_for(reader) == [
        PartnershipCard(programme.partnership, councils_of(programme), [programme])
    ]


def test_summary_counts_what_is_late_and_names_what_is_next(programme: Programme, reader: User) -> None:
    MilestoneFactory(programme=programme, plan=date(2026, 11, 13))
    MilestoneFactory(programme=programme, plan=date(2026, 11, 20))
    MilestoneFactory(programme=programme, plan=date(2026, 11, 1), actual=date(2026, 11, 1))
    coming = MilestoneFactory(programme=programme, plan=date(2026, 11, 25))
    empty = ProgrammeFactory()
    past = ProgrammeFactory(base_fy=None, facts=ImpreciseDate.month(2011, 3))
    summaries = programme_summaries([programme, empty, past], as_of=TODAY, powers=powers_of(reader))
    assert [
        (found.programme, found.late, found.next_row and found.next_row.milestone, found.known_on)
        for found in summaries
    ] == [(programme, 2, coming, None), (empty, 0, None, None), (past, 0, None, date(2011, 3, 31))]


def test_page_has_phases_plans_and_facts(programme: Programme, reader: User) -> None:
    done = PhaseFactory(programme=programme, start=date(2026, 1, 5), stated_state=PhaseState.DONE_UNDATED)
    running = PhaseFactory(programme=programme, start=date(2026, 3, 16), due=date(2027, 2, 26))
    MilestoneFactory(programme=programme, phase=done, plan=date(2026, 2, 1), actual=date(2026, 2, 1))
    open_one = MilestoneFactory(programme=programme, phase=running, plan=date(2026, 12, 1))
    first = plan_version(programme, 1, dates=[(open_one, date(2026, 11, 1))])
    second = plan_version(programme, 2, dates=[(open_one, date(2026, 12, 1))], effective_on=date(2026, 6, 20))
    plan_version(programme, 3, effective_on=date(2027, 1, 1))
    line = Fact.objects.create(programme=programme, kind=FactKind.RED_LINE, ref="r", text="Stay sovereign")
    page = page_of(programme, reader)
    assert [(row.phase, row.word, row.achieved, row.milestones) for row in page.phases] == [
        (done, "Done", 1, 1),
        (running, "In progress", 0, 1),
    ]
    assert (page.original_plan, page.current_plan, page.is_replanned) == (first, second, True)
    assert page.facts == {kind: [line] if kind == FactKind.RED_LINE else [] for kind in FactKind}
    assert not page.is_history


def test_answers_of_a_living_programme(programme: Programme, reader: User) -> None:
    PhaseFactory(programme=programme, label="Vision", end=date(2026, 3, 1))
    PhaseFactory(programme=programme, label="Design", start=date(2026, 3, 16))
    MilestoneFactory(programme=programme, ref="M-13", title="Agreement signed", plan=date(2026, 11, 13))
    MilestoneFactory(programme=programme, ref="M-10", title="List checked", plan=date(2026, 11, 20))
    coming = MilestoneFactory(
        programme=programme,
        ref="M-24",
        title="Go-live",
        plan=date(2027, 10, 1),
        forecast=date(2027, 10, 19),
    )
    late_url = "/programmes/shared/milestones/?state=late"
    assert programme_answers(page_of(programme, reader)) == [
        Answer("Where are we?", "1 of 2 done", "Under way: Design."),
        Answer(
            "What is late?",
            "2 late",
            "2 milestones. The oldest, Agreement signed (M-13), is 11 days late.",
            late_url,
            "Go-live (M-24) is forecast 18 days after plan, on 19 October 2027.",
        ),
        Answer(
            "What comes next?",
            "In 329 days",
            "Go-live (M-24), on 19 October 2027.",
            f"/milestones/{coming.pk}/",
        ),
    ]


def test_answers_of_a_case_of_the_past(reader: User) -> None:
    past = ProgrammeFactory(base_fy=None, facts=ImpreciseDate.month(2011, 3))
    PhaseFactory(programme=past, label="Contract", stated_state=PhaseState.DONE)
    coming = MilestoneFactory(
        programme=past, ref="sov-m", title="Services in place", plan=ImpreciseDate.month(2011, 3)
    )
    assert programme_answers(page_of(past, reader)) == [
        Answer("Where are we?", "1 of 1 done", "Every phase is done."),
        Answer("What is late?", "None", "No milestone is past its date.", "#milestones"),
        Answer(
            "What comes next?",
            "Planned",
            "Services in place (sov-m), March 2011.",
            f"/milestones/{coming.pk}/",
        ),
    ]


def test_answers_of_an_empty_programme_are_none(programme: Programme, reader: User) -> None:
    assert programme_answers(page_of(programme, reader)) == []


def test_phase_ahead_comes_next(programme: Programme, reader: User) -> None:
    PhaseFactory(programme=programme, label="Vision", start=date(2027, 1, 1))
    (answer,) = programme_answers(page_of(programme, reader))
    assert answer == Answer("Where are we?", "0 of 1 done", "Next: Vision.")
    assert page_of(programme, reader).phases[0].progress == PhaseProgress.PLANNED


def test_risks_by_score_and_those_without_last(programme: Programme) -> None:
    unscored = RiskFactory(programme=programme, likelihood=None, impact=None)
    amber = RiskFactory(programme=programme, likelihood=3, impact=4)
    red = RiskFactory(programme=programme, likelihood=4, impact=4)
    LessonFactory(programme=programme)
    assert [
        (row.risk, row.score, row.rating and row.rating.word)
        for row in risk_rows(programme, as_of=date(2026, 11, 24))
    ] == [
        (red, 16, "Red"),
        (amber, 12, "Amber"),
        (unscored, None, None),
    ]

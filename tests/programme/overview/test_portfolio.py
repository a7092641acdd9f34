"""The portfolio: which programme is worst and why, never an average, never another partnership's (F-26)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import RoleName
from benefits.actions.roll_ups import store_roll_up
from benefits.enums import Measure
from programme.enums import MilestoneState, ProgrammeState
from programme.models import Programme
from programme.queries.overview.portfolio import portfolio_rating, portfolio_rows, portfolio_sentence
from programme.queries.overview.standings import standing_of, standings
from programme.rules.rag import Rating, RatingWord
from services.enums import LineKind
from tests.factories import (
    JudgementFactory,
    LineFactory,
    MilestoneFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    actual,
    councils_of,
    forecast,
    plan_version,
    role,
    sign_in,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
URL = "/portfolio/"


@pytest.fixture
def member(client: Client) -> Any:
    partnership = PartnershipFactory(name="Ash and Brook")
    user = UserFactory()
    role(user, RoleName.MEMBER, partnership=partnership)
    with time_machine.travel("2026-11-24 09:00:00+00:00", tick=False):
        yield partnership, user, sign_in(client, user)


def late(programme: Programme, ref: str, day: date) -> None:
    MilestoneFactory(programme=programme, ref=ref, title=f"Step {ref}", plan=day, forecast=day)


def test_names_the_worst_with_its_reason_and_nothing_of_strangers(member: Any) -> None:
    partnership, user, browser = member
    calm = ProgrammeFactory(partnership=partnership, name="Calm", key="calm")
    MilestoneFactory(programme=calm, ref="M-1", plan=date(2026, 12, 1), forecast=date(2026, 12, 1))
    worse = ProgrammeFactory(partnership=partnership, name="Worse", key="worse")
    late(worse, "M-1", date(2026, 11, 1))
    late(worse, "M-2", date(2026, 10, 1))
    MilestoneFactory(programme=worse, ref="M-3", plan=date(2027, 1, 4), forecast=date(2027, 1, 20))
    judged = ProgrammeFactory(partnership=partnership, name="Judged", key="judged")
    late(judged, "M-9", date(2026, 11, 20))
    JudgementFactory(programme=judged, point="Green", reason="It is only a formality.")
    ProgrammeFactory(partnership=partnership, name="Over", key="over", state=ProgrammeState.CLOSED)
    late(ProgrammeFactory(name="Strangers"), "M-1", date(2020, 1, 1))

    rows = {row.programme.name: row for row in portfolio_rows(user, as_of=TODAY)}
    assert sorted(rows) == ["Calm", "Judged", "Over", "Worse"]
    reason = "Step M-2 (M-2): 54 days overdue with no new forecast for 54 days; 1 other is Red too"
    standing = rows["Worse"].rating.standing
    assert (standing.rating, standing.late) == (Rating(RatingWord.RED, reason), 2)
    assert standing.next is not None
    assert (standing.next.ref, standing.next.due.last_on) == ("M-3", date(2027, 1, 20))
    running = [row for row in rows.values() if row.is_running]
    assert portfolio_rating(running) == Rating(RatingWord.RED, f"Worse: Milestones: {reason}")
    assert portfolio_sentence(running) == "Of 3 programmes, 1 is Red; 3 milestones are late."

    page = browser.get(URL).content.decode()
    places = [page.index(f">{name}</a>") for name in ("Worse", "Judged", "Calm")]
    assert places == sorted(places)
    assert "Worked out: Amber. Milestones: Step M-9 (M-9): 4 days overdue" in page
    assert "Strangers" not in page
    assert ">Over</a>" not in page
    assert ">Over</a>" in browser.get(f"{URL}?show=past").content.decode()
    assert ">Calm</a>" not in browser.get(f"{URL}?rating=red").content.decode()
    lines = b"".join(browser.get("/portfolio.csv?rating=red")).decode().splitlines()
    assert len(lines) == 2
    assert "Ash and Brook,Worse,Active,2026-11-24,Red," in lines[1]
    sheet = load_workbook(BytesIO(browser.get("/portfolio.xlsx?show=all").content))["portfolio"]
    assert [row[1].value for row in sheet.iter_rows(min_row=5)] == ["Worse", "Judged", "Calm", "Over"]
    found = browser.get("/api/v1/programmes/judged/rating/").json()
    assert (found["counts"]["word"], found["worked_out"]["word"], found["judged"]["point"]) == (
        "Green",
        "Amber",
        "Green",
    )
    assert [one["programme"] for one in browser.get("/api/v1/programmes/ratings/").json()] == [
        "calm",
        "judged",
        "over",
        "worse",
    ]


def ledger(programme: Programme) -> None:
    """A saving planned at £100 a year of which £50 is verified, and a cost of £30 against £20."""
    council = councils_of(programme)[0]
    saving = LineFactory(programme=programme)
    cost = LineFactory(programme=programme, kind=LineKind.ONE_OFF_COST)
    amounts = [(saving, council, 2026, 1, 100_00), (cost, council, 2026, 1, 20_00)]
    plan_version(programme, 1, amounts=amounts)
    forecast(programme, date(2026, 6, 1), [(saving, council, 2026, 1, 100_00)])
    actual(saving, council, 2026, 1, 50_00, verified_by=programme.created_by)
    actual(cost, council, 2026, 1, 30_00, verified_by=programme.created_by)


def test_what_the_database_picks_stands_as_if_every_milestone_were_judged() -> None:
    chance = Random(26)  # noqa: S311 - not a secret
    programmes = [
        ProgrammeFactory(facts_last_on=day, base_fy=None) for day in [None] * 25 + [date(2026, 11, 10)] * 5
    ]
    states = [*MilestoneState, *[MilestoneState.PLANNED] * 6]
    for programme in programmes:
        programme.rag_thresholds = chance.choice(
            [None, {"milestone_amber_days": 0}, {"milestone_amber_days": 60, "stale_forecast_days": 1}]
        )
        reach = chance.choice([3, 20, 90])
        for number in range(chance.randint(0, 6)):
            days = [TODAY + timedelta(days=chance.randint(-reach, 4 * reach)) for _ in range(3)]
            plan, forecast, actual = (
                one if chance.random() < odds else None
                for one, odds in zip(days, (0.9, 0.7, 0.3), strict=True)
            )
            state = chance.choice(states)
            MilestoneFactory(
                programme=programme, order_index=number, stated_state=state, plan=plan, forecast=forecast,
                actual=None if state == MilestoneState.DONE_UNDATED else actual,
            )  # fmt: skip
    found = standings(programmes, as_of=TODAY)
    assert found == {one.pk: standing_of(one, as_of=TODAY) for one in programmes}
    assert len({one.rating.word for one in found.values()}) >= 4


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_whether_sums_are_stored(
    member: Any, django_assert_num_queries: Any, number: int
) -> None:
    partnership, user, browser = member
    for index in range(number):
        programme = ProgrammeFactory(partnership=partnership, key=f"p-{index}", name=f"P {index}")
        ledger(programme)
        store_roll_up(programme)
        for step in range(number):
            late(programme, f"M-{step}", TODAY)
        JudgementFactory(programme=programme)
    with django_assert_num_queries(13):
        assert browser.get(URL).status_code == 200
    row = portfolio_rows(user, as_of=TODAY)[0]
    assert row.parts[0] == Rating(RatingWord.RED, "Verified to date: £30.00 below the Amber threshold")
    assert row.parts[2] == Rating(
        RatingWord.RED, f"{Measure.ONE_OFF_COST.label}: £8.00 above the Amber threshold"
    )


def test_what_was_just_posted_is_rated_from_the_entries(member: Any) -> None:
    partnership, user, _ = member
    programme = ProgrammeFactory(partnership=partnership)
    ledger(programme)
    live = portfolio_rows(user, as_of=TODAY)[0].parts
    store_roll_up(programme)
    assert portfolio_rows(user, as_of=TODAY)[0].parts == live

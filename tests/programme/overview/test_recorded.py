"""How forecasts moved, what was recorded on a past day, and the timeline: nothing is guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.actions.planning.milestone_terms import MilestoneTerms, create_milestone
from programme.models import Milestone, Programme
from programme.overview.slip_charts import burn_up_sentence, slippage_sentence
from programme.overview.timeline_chart import timeline_chart, timeline_sheets
from programme.policies import powers_of
from programme.queries.overview.recorded import forecasts_of, recorded_on, trail_of
from programme.queries.overview.slippage import slippage_of
from programme.queries.overview.timeline import timeline_of
from programme.rules.burn_up import BurnUpMonth, Dates, burn_up, months_of_change
from tests.factories import (
    MilestoneDependencyFactory,
    MilestoneFactory,
    PhaseFactory,
    ProgrammeFactory,
    UserFactory,
    plan_version,
    role,
    sign_in,
)

TODAY = date(2026, 11, 24)


@pytest.fixture
def told(db: None) -> Any:
    """A programme whose go-live was recorded on 1 June, forecast later on 1 September, achieved never."""
    programme = ProgrammeFactory(key="shared", name="Shared services")
    manager = UserFactory(name="Priya Raman")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    with at("2026-06-01"):
        first = made(programme, manager, "Go-live", date(2027, 1, 4))
        second = made(programme, manager, "Moved in", date(2027, 3, 1))
    with at("2026-07-01"):
        plan_version(programme, 1, dates=[(first, date(2027, 1, 4))], effective_on=date(2026, 7, 1))
    with at("2026-09-01"):
        first = updated(first, manager, forecast_on=date(2027, 2, 1))
    with at("2026-10-20"):
        second = updated(second, manager, achieved_on=date(2026, 10, 19))
        made(programme, manager, "Late idea", date(2027, 5, 1))
    with at("2026-10-30"):
        plan_version(programme, 2, dates=[(first, date(2027, 2, 1))], effective_on=date(2026, 11, 1))
    with at("2026-11-24"):
        yield programme, manager


def at(day: str) -> Any:
    return time_machine.travel(f"{day} 09:00:00+00:00", tick=False)


def made(programme: Programme, by: User, title: str, forecast_on: date) -> Milestone:
    forecast = ImpreciseDate.day(forecast_on)
    return create_milestone(programme, by=by, terms=MilestoneTerms(title), forecast=forecast)


def updated(milestone: Milestone, by: User, **changes: Any) -> Milestone:
    fresh = Milestone.objects.select_related("programme").get(pk=milestone.pk)
    return update_milestone(fresh, by=by, seen_version=fresh.version, **changes)


def days(programme: Programme, day: date) -> list[tuple[str, Any, Any, Any, str]]:
    found = recorded_on(programme, day, programme.milestones.all(), trail_of(programme))
    return [
        (one.title, one.plan_last_on, one.forecast_last_on, one.actual_last_on, one.stated_state)
        for one in found.milestones
    ]


def test_a_past_day_shows_what_was_recorded_then(told: Any) -> None:
    programme, _ = told
    go_live, moved = date(2027, 1, 4), date(2027, 2, 1)
    second = ("Moved in", None, date(2027, 3, 1), None, "planned")
    assert days(programme, date(2026, 5, 31)) == []
    assert days(programme, date(2026, 6, 1)) == [("Go-live", None, go_live, None, "planned"), second]
    assert days(programme, date(2026, 8, 31)) == [("Go-live", go_live, go_live, None, "planned"), second]
    assert days(programme, date(2026, 9, 1)) == [("Go-live", go_live, moved, None, "planned"), second]
    assert days(programme, TODAY) == [
        ("Go-live", moved, moved, None, "planned"),
        ("Moved in", None, date(2027, 3, 1), date(2026, 10, 19), "done"),
        ("Late idea", None, date(2027, 5, 1), None, "planned"),
    ]
    before = recorded_on(programme, date(2026, 5, 31), programme.milestones.all(), trail_of(programme))
    assert before.words == "Nothing was recorded here by 31 May 2026. The record begins on 1 June 2026."
    then = recorded_on(programme, date(2026, 9, 1), programme.milestones.all(), trail_of(programme))
    assert then.words.startswith(
        "As recorded at the end of 1 September 2026. 1 milestone was recorded only later and is left out."
    )


def test_slippage_since_a_day_and_against_both_plans(told: Any) -> None:
    programme, manager = told
    found = slippage_of(programme, since=date(2026, 8, 1), as_of=TODAY, powers=powers_of(manager))
    assert [
        (slip.row.milestone.title, slip.slippage_days, slip.original_days, slip.current_days)
        for slip in found.rows
    ] == [("Moved in", -133, None, None), ("Go-live", 28, 28, 0), ("Late idea", None, None, None)]
    assert slippage_sentence(found) == (
        "Go-live moved 28 days later since 1 August 2026. 1 milestone moved earlier. "
        "Of 1 milestone no forecast was recorded by then."
    )
    go_live = next(slip for slip in found.rows if slip.row.milestone.title == "Go-live")
    assert forecasts_of(go_live.row.milestone, trail_of(programme).of(go_live.row.pk)) == [
        (date(2026, 6, 1), ImpreciseDate.day(date(2027, 1, 4))),
        (date(2026, 9, 1), ImpreciseDate.day(date(2027, 2, 1))),
    ]
    later = slippage_of(programme, since=date(2026, 10, 31), as_of=TODAY, powers=powers_of(manager))
    assert [slip.slippage_days for slip in later.rows] == [0, 0, 0]
    early = slippage_of(programme, since=date(2026, 5, 1), as_of=TODAY, powers=powers_of(manager))
    assert slippage_sentence(early) == (
        "No forecast was recorded by 1 May 2026: the record begins on 1 June 2026."
    )


def test_burn_up_counts_to_the_end_of_each_month() -> None:
    one = Dates(date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 31))
    two = Dates(date(2026, 12, 1), date(2026, 12, 1), None, date(2027, 1, 15))
    months = burn_up([one, two, Dates(None, None, None, None)], as_of=date(2026, 11, 24))
    assert months == [
        BurnUpMonth(date(2026, 9, 30), 1, 0, 0, 0),
        BurnUpMonth(date(2026, 10, 31), 1, 1, 1, 1),
        BurnUpMonth(date(2026, 11, 30), 1, 1, 1, 1),
        BurnUpMonth(date(2026, 12, 31), 2, 2, 1, None),
        BurnUpMonth(date(2027, 1, 31), 2, 2, 2, None),
    ]
    assert [month.month_end.month for month in months_of_change(months)] == [9, 10, 12, 1]
    assert burn_up([], as_of=TODAY) == []
    assert burn_up_sentence(months, date(2026, 11, 24)) == (
        "1 milestone achieved by 31 October 2026, of 1 planned by then and 2 in all."
    )


def test_timeline_draws_every_dated_milestone_by_phase(told: Any) -> None:
    programme, manager = told
    phase = PhaseFactory(programme=programme, label="Design <1>", start=date(2026, 4, 1))
    first = MilestoneFactory(programme=programme, ref="M-91", phase=phase, plan=TODAY, forecast=TODAY)
    last = MilestoneFactory(
        programme=programme, ref="M-92", phase=phase, plan=date(2027, 6, 1), forecast=date(2027, 6, 1)
    )
    MilestoneDependencyFactory(predecessor=first, successor=last)
    found = timeline_of(programme, as_of=TODAY, powers=powers_of(manager))
    assert [(line.phase, line.row.milestone.ref, line.waits_for) for line in found.lines][:2] == [
        ("Design <1>", "M-91", ""),
        ("Design <1>", "M-92", "M-91"),
    ]
    chart = timeline_chart(found)
    assert chart is not None
    layout = chart.spec["layout"]
    assert layout["annotations"][1]["text"] == "Design &lt;1&gt;"
    assert len(layout["yaxis"]["ticktext"]) == 5
    assert chart.spec["height"] == 7 * 24 + 70
    assert chart.label.endswith("The table below has every date.")
    assert timeline_sheets(found) == ()


def test_long_timeline_has_a_drawing_for_each_sheet_of_paper(told: Any) -> None:
    programme, manager = told
    phase = PhaseFactory(programme=programme, label="Design", start=date(2026, 4, 1))
    for number in range(60):
        MilestoneFactory(programme=programme, ref=f"D-{number}", phase=phase, forecast=date(2027, 1, 1))
    found = timeline_of(programme, as_of=TODAY, powers=powers_of(manager))
    sheets = [one.spec["layout"] for one in timeline_sheets(found)]
    whole = timeline_chart(found)
    assert whole is not None
    assert [heads["annotations"][1]["text"] for heads in sheets] == ["Design", "Design (continued)"]
    names = [name for sheet in sheets for name in sheet["yaxis"]["ticktext"]]
    assert names == list(whole.spec["layout"]["yaxis"]["ticktext"])
    assert {str(sheet["xaxis"]) for sheet in sheets} == {str(whole.spec["layout"]["xaxis"])}
    page = sign_in(Client(), manager).get("/programmes/shared/timeline/").content.decode()
    assert page.count('data-for="timeline') == 3


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_pages(told: Any, django_assert_num_queries: Any, number: int) -> None:
    programme, manager = told
    for index in range(number):
        one = made(programme, manager, f"More {index}", date(2027, 4, 1))
        updated(one, manager, forecast_on=date(2027, 4, 2))
    browser = sign_in(Client(), manager)
    for address, queries in (("timeline/", 10), ("slippage/", 10), ("slippage.csv", 9), ("burn-up.csv", 8)):
        with django_assert_num_queries(queries):
            answer = browser.get(f"/programmes/shared/{address}")
            assert answer.status_code == 200
            assert b"Go-live" in answer.getvalue() or address == "burn-up.csv"


def test_list_and_files_show_a_past_day_to_be_read_only(told: Any) -> None:
    browser = sign_in(Client(), told[1])
    page = browser.get("/programmes/shared/milestones/?as_at=2026-08-31").content.decode()
    assert "This is the past, to be read only" in page
    assert ("4\xa0January 2027" in page, "1\xa0February 2027" in page) == (True, False)
    assert ("Late idea" in page, "/update/" in page, "shared/milestones/new/" in page) == (
        False,
        False,
        False,
    )
    lines = b"".join(browser.get("/programmes/shared/milestones.csv?as_at=2026-08-31")).decode().splitlines()
    assert [line.split(",")[1] for line in lines] == ["Milestone", "Go-live", "Moved in"]
    refused = browser.get("/programmes/shared/milestones/?as_at=2027-08-31").content.decode()
    assert "Enter a day in the past" in refused
    today = browser.get("/programmes/shared/milestones/").content.decode()
    assert "28 days late against the first plan" in today
    found = browser.get("/api/v1/programmes/shared/recorded/?as_at=2026-08-31").json()
    assert [(one["title"], one["forecast"]["last_on"], one["plan"]) for one in found["milestones"]] == [
        ("Go-live", "2027-01-04", {"first_on": "2027-01-04", "last_on": "2027-01-04"}),
        ("Moved in", "2027-03-01", None),
    ]
    slips = browser.get("/api/v1/programmes/shared/slippage/?since=2026-08-01").json()
    assert [
        (one["ref"], one["slippage_days"], one["original_days"], one["current_days"]) for one in slips
    ] == [
        ("M-2", -133, None, None),
        ("M-1", 28, 28, 0),
        ("M-3", None, None, None),
    ]

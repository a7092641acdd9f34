"""The steering group's dashboard of one programme: its sentences, what changed since it met, its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from benefits.models import PostsRemoved
from core.enums import PublicationClass
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.meetings import steering_meetings
from governance.dashboards.partnership import PartnershipFacts, partnership_dashboard
from governance.dashboards.partnership_charts import savings_chart
from governance.dashboards.programme import steering_dashboard
from governance.enums import Authority, BodyType, DecisionState, MeetingState
from programme.actions.raid import close_risk, terms_of, update_risk
from programme.enums import MemberStatus, PriceBasis
from programme.models import Membership, Programme
from services.enums import ConsultationKind
from services.models import Consultation
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of
from tests.governance import rows
from tests.pages import text_of
from tests.programme.overview.test_recorded import made, updated

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
PAGE, FILE = "/programmes/abc/steering/", "/programmes/abc/steering.csv"
MET = date(2026, 9, 22)


def at(day: str) -> Any:
    return time_machine.travel(f"{day} 09:00:00+00:00", tick=False)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def told(db: None) -> Any:
    """Verified £400 by the meeting of 22 September and £1,000 since; go-live slipped; D-08 waits."""
    scene = make_scene(base_fy=2026, horizon_years=1, price_basis=PriceBasis.NOMINAL)
    ashmere, brockvale, carrick = scene.councils
    with at("2026-06-01"):
        amounts = [(scene.saving, one, 2026, None, 1_200_00) for one in scene.councils]
        factories.plan_version(scene.programme, 1, amounts=amounts)
        factories.forecast(scene.programme, date(2026, 6, 1), amounts)
        go_live = made(scene.programme, scene.manager, "Go-live", date(2027, 1, 4))
        achieved = made(scene.programme, scene.manager, "Training held", date(2026, 11, 20))
    posted = ((5, 400_00, date(2026, 9, 10)), (7, 1_000_00, date(2026, 11, 10)))
    for period, pence, day in posted:
        factories.actual(
            scene.saving, brockvale, 2026, period, pence,
            entered_at=noon(day), verified_by=scene.s151, verified_at=noon(day),
        )  # fmt: skip
    with at("2026-10-20"):
        updated(go_live, scene.manager, forecast_on=date(2027, 1, 22), note="Records came late")
    with at("2026-11-20"):
        updated(achieved, scene.manager, achieved_on=date(2026, 11, 20))
    body = factories.BodyFactory(
        partnership=scene.programme.partnership, name="Joint steering group", type=BodyType.STEERING_GROUP
    )
    for day, state in ((MET, MeetingState.HELD), (date(2026, 11, 24), MeetingState.PLANNED)):
        factories.MeetingFactory(body=body, host=ashmere, starts_at=noon(day), state=state)
    rows.data_sharing(scene.programme, ref="D-08", title="Data-sharing agreement")
    factories.DecisionFactory(
        programme=scene.programme, ref="D-10", title="Joint committee", summary="Recommend one committee",
        state=DecisionState.TABLED, meeting_on=date(2026, 11, 24),
    )  # fmt: skip
    with at("2026-06-01"):
        records = factories.RiskFactory(
            programme=scene.programme, ref="R-1", title="Records", likelihood=3, impact=4
        )
        lease = factories.RiskFactory(programme=scene.programme, ref="R-2", title="Lease")
    with at("2026-10-05"):
        update_risk(records, by=scene.manager, seen_version=1, terms=replace(terms_of(records), likelihood=4))
        close_risk(lease, by=scene.manager, seen_version=1, why="The lease has ended")
        factories.RiskFactory(programme=scene.programme, ref="R-3", title="Winter", likelihood=1, impact=1)
        for council, posts in ((ashmere, 12), (brockvale, 3)):
            PostsRemoved.objects.create(
                programme=scene.programme, council=council, posts=posts, as_at_on=date(2026, 9, 30),
                evidence="HR return", entered_by=scene.manager,
            )  # fmt: skip
    review = factories.ServiceReviewFactory(
        service=factories.ServiceFactory(programme=scene.programme, name="Payroll")
    )
    Consultation.objects.create(
        review=review, council=carrick, kind=ConsultationKind.REDUNDANCY, affected_count=3,
        started_on=date(2026, 11, 2), created_by=scene.manager, updated_by=scene.manager,
    )  # fmt: skip
    with at("2026-11-24"):
        yield scene


def dashboard_of(scene: Scene, user: User | None = None) -> Any:
    reader = user or scene.reader
    programme = Programme.objects.visible_to(reader).select_related("partnership", "sro").get(key="abc")
    return steering_dashboard(SteeringFacts(programme, rows.TODAY, user=reader))


def test_meeting_that_nobody_recorded_is_named_beside_the_comparison(told: Scene) -> None:
    partnership = told.programme.partnership_id
    assert steering_meetings(partnership, as_of=date(2026, 11, 24)).passed_words == []
    found = steering_meetings(partnership, as_of=date(2026, 11, 25))
    assert (found.since, found.passed_words) == (
        MET,
        ["The meeting of 24 November 2026 is not recorded as held, so nothing is compared with that day."],
    )


def test_dashboard_answers_compares_and_shows_each_panel_with_its_file(told: Scene) -> None:
    found = dashboard_of(told)
    assert found.title == "Joint steering group, 24 November 2026"
    assert found.meetings.next_words == "Joint steering group meets today."
    assert [(one.question, one.word) for one in found.answers] == [
        ("How is the programme overall?", "Red"),
        ("Are we saving what we said?", "Red"),
        ("Is every council getting its fair share?", "Not assessable"),
        ("What is late?", "None"),
        ("What do we decide tonight?", "1 decision"),
        ("Who has still to ratify?", "1 waiting"),
    ]
    assert found.answers[4].text == "Tonight you are asked to decide on Joint committee (D-10)."
    assert found.since_heading == "Since your last meeting, on 22 September 2026"
    assert found.since == [
        "£1,000 more cashable saving is verified than then; the forecast has not changed.",
        "Go-live moved 18 days later since 22 September 2026.",
        "No decision took effect. Ashmere and Brockvale decided on Data-sharing agreement (D-08).",
        "New in the registers: Winter. Scored higher: Records (R-1) from 12 to 16. Closed: Lease.",
        "Started: Redundancy consultation of Carrick. Ashmere and Brockvale stated posts removed anew.",
    ]
    assert [panel.key for panel in found.panels] == [
        "savings", "councils", "fair", "milestones", "decisions", "risks", "people", "data",
    ]  # fmt: skip
    milestones = next(panel for panel in found.panels if panel.key == "milestones")
    assert milestones.sentence == (
        "1 milestone due by 22 February 2027; none are late. "
        "Go-live moved 18 days later since 22 September 2026."
    )
    assert [row.header for row in milestones.tables[0].table.rows] == ["Go-live"]
    page = page_of(told.reader)
    text = text_of(page.get(PAGE))
    for panel in found.panels:
        assert panel.sentence in text
        assert panel.sources
        for shown in panel.tables:
            lines = list(csv.reader(io.StringIO(b"".join(page.get(shown.csv_url)).decode())))
            assert len(lines) > 1, shown.csv_url
    sent = api_of(told.reader).get("/api/v1/programmes/abc/steering/").json()
    assert [(one["question"], one["text"]) for one in sent["answers"]] == [
        (one.question, one.text) for one in found.answers
    ]
    assert sent["since_last_meeting"] == found.since
    assert sent["last_meeting_on"] == "2026-09-22"
    assert [(one["key"], one["sentence"]) for one in sent["panels"]] == [
        (one.key, one.sentence) for one in found.panels
    ]
    by_file = {file["name"]: file for panel in sent["panels"] for file in panel["files"]}
    slipped = by_file["slippage"]
    moved = [dict(zip(slipped["columns"], row, strict=True)) for row in slipped["rows"]]
    assert {row["Milestone"]: row["Days slipped since"] for row in moved} == {
        "Training held": "0",
        "Go-live": "18",
    }
    lines = list(csv.reader(io.StringIO(b"".join(page.get(f"{FILE}?table=risks")).decode())))
    assert [lines[0], *lines[1:]] == [by_file["risks"]["columns"], *by_file["risks"]["rows"]]
    assert page.get(f"{FILE}?table=passwords").status_code == 404


def test_partnership_says_the_same_of_its_programme(told: Scene) -> None:
    programme, partnership = told.programme, told.programme.partnership
    late = factories.ProgrammeFactory(key="late", name="Late", partnership=partnership)
    past = factories.ProgrammeFactory(
        key="past", name="Past", partnership=partnership, base_fy=None, facts_last_on=date(2011, 3, 31)
    )
    facts = PartnershipFacts(partnership, rows.TODAY, told.reader)
    own = SteeringFacts(programme, rows.TODAY, user=told.reader).changes
    assert own is not None
    found = facts.changes[programme.pk]
    assert [one.row.pk for one in found.slippage.later] == [one.row.pk for one in own.slippage.later]
    assert replace(found, slippage=own.slippage) == own
    assert not facts.changes[late.pk].is_any
    dashboard = partnership_dashboard(facts)
    assert dashboard.since == [
        "Over 1 programme £1,000 more cashable saving is verified than then; the forecasts have not changed.",
        "1 milestone moved later, Go-live of ABC the most, by 18 days; 1 achieved.",
        *dashboard_of(told).since[2:],
    ]
    assert next(one for one in dashboard.panels if one.key == "savings").charts == ()
    drawn = savings_chart(replace(facts.savings, rows=facts.savings.rows * 2), csv_url="")
    assert drawn is not None
    assert drawn.headline == "ABC is £700 short of the £2,100 planned to date"
    assert drawn.label == "Bar chart. ABC £1,400; ABC £1,400. The table holds the same numbers."
    panel = next(one for one in dashboard.panels if one.key == "changes")
    assert panel.sentence == "1 of 2 programmes changed since 22 September 2026."
    assert [[cell.text for cell in row.cells] for row in panel.tables[0].table.rows] == [
        [
            "£1,000 more verified", "1 later, 1 achieved", "1 decided on by a council",
            "1 new, 1 higher, 1 closed",
            "Started: Redundancy consultation of Carrick. Ashmere and Brockvale stated posts removed anew.",
        ],
        ["No figures", "No change", "No change", "No change", "No change"],
        ["Known to 31 March 2011", "[z]", "[z]", "[z]", "[z]"],
    ]  # fmt: skip
    lines = list(
        csv.DictReader(io.StringIO(b"".join(page_of(told.reader).get(panel.tables[0].csv_url)).decode()))
    )
    assert [(line["Programme"], line["Verified more"], line["Days of the latest"]) for line in lines] == [
        ("ABC", "1000.00", "18"), ("Late", "0.00", "0"), (past.name, "[z]", "[z]"),
    ]  # fmt: skip


def test_small_numbers_are_withheld_in_page_file_and_answer(told: Scene) -> None:
    people = next(panel for panel in dashboard_of(told).panels if panel.key == "people")
    assert people.sentence == (
        "15 posts are removed so far. Numbers of fewer than 5, and those that would give one away, "
        "are withheld and shown as [c]. 1 consultation is under way."
    )
    counts, consultations = people.tables
    posts = counts.table.rows[0]
    assert [cell.text for cell in posts.cells] == ["[c]", "[c]", "[x]", "0", "15"]
    assert [cell.text for cell in consultations.table.rows[0].cells] == [
        "Payroll", "2 November 2026", "Under way", "fewer than 5",
    ]  # fmt: skip
    sent = api_of(told.reader).get("/api/v1/programmes/abc/steering/").json()
    files = {file["name"]: file for panel in sent["panels"] for file in panel["files"]}
    assert [row[2] for row in files["people"]["rows"][:3]] == ["[c]", "[c]", "[x]"]
    assert files["consultations"]["rows"][0][-1] == "fewer than 5"


def test_bare_programme_says_what_there_is_not(db: None) -> None:
    programme = factories.ProgrammeFactory(key="abc")
    body = factories.BodyFactory(
        partnership=programme.partnership, type=BodyType.NOT_STATED, authority=Authority.RECEIVES_REPORTS
    )
    factories.MeetingFactory(body=body, starts_at=noon(MET), state=MeetingState.HELD)
    reader = rows.reader_of(programme)
    with at("2026-11-24"):
        assert steering_meetings(programme.partnership_id, as_of=rows.TODAY).body is None
        found = steering_dashboard(SteeringFacts(programme, rows.TODAY, user=reader))
        assert page_of(reader).get(PAGE).status_code == 200
    assert found.since == ["The steering group has held no meeting yet, so there is nothing to compare with."]
    assert {panel.key: panel.sentence for panel in found.panels if panel.key != "fair"} == {
        "savings": "No plan, forecast or actual amount is recorded.",
        "councils": "No plan, forecast or actual amount is recorded.",
        "milestones": "No milestone is recorded.",
        "decisions": "Nothing is put to the next meeting. The steering group has no meeting planned.",
        "risks": "No open risk is recorded.",
        "people": "No council has stated how many posts are removed. No consultation is recorded.",
        "data": "Nothing has been returned yet.",
    }


def test_page_asks_as_much_of_the_database_for_one_as_for_three(
    told: Scene, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    factories.sign_in(client, told.reader)
    client.get(PAGE)
    with django_assert_num_queries(62):
        client.get(PAGE)
    for number in (2, 3):
        council = factories.CouncilFactory(key=f"more-{number}", short_name=f"More {number}")
        Membership.objects.create(
            partnership=told.programme.partnership, council=council, order_index=number + 3,
            status=MemberStatus.ACTIVE,
        )  # fmt: skip
        factories.MilestoneFactory(programme=told.programme, ref=f"N-{number}")
        factories.RiskFactory(programme=told.programme, ref=f"R-1{number}", likelihood=2, impact=number)
        rows.data_sharing(told.programme, ref=f"D-2{number}")
        factories.actual(
            told.saving, told.councils[0], 2026, number, 10_00, entered_at=noon(date(2026, 11, 2))
        )
    with django_assert_num_queries(62):
        client.get(PAGE)


def test_exempt_decision_is_withheld_and_said_to_be(told: Scene) -> None:
    secret = told.programme.decisions.get(ref="D-10")
    secret.summary, secret.publication_class = "Pay £71,111.13 to the bidder", PublicationClass.EXEMPT
    secret.exempt_paragraph, secret.public_interest_reason = 3, "Bids are still open"
    secret.exempt_review_on = date(2027, 1, 4)
    secret.save()
    found = dashboard_of(told)
    decisions = next(panel for panel in found.panels if panel.key == "decisions")
    assert decisions.sentence.endswith("1 item is exempt. It will be withheld from this version.")
    page, api = page_of(told.reader), api_of(told.reader)
    for answer in (page.get(PAGE), api.get("/api/v1/programmes/abc/steering/")):
        assert "71,111" not in answer.content.decode()
    sent = b"".join(page.get(f"{FILE}?table=decisions")).decode()
    assert "71,111" not in sent
    assert "Withheld: exempt under paragraph 3" in sent

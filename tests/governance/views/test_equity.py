"""The equity panel by page, file and API: shares beside keys, numbers withheld, differences explained."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from accounts.enums import RoleName
from benefits.actions.equity import record_posts_removed
from benefits.models import EquityNote, PostsRemoved
from core.models import AuditEvent
from core.publication import NOT_THE_TEXT
from core.rules.assessment import NotAssessable
from core.rules.dates import DatePrecision
from governance.actions.equity import explain_difference
from governance.casefiles.dumping import dump_case
from governance.casefiles.loading import load_documents
from governance.casefiles.reading import read_document
from governance.enums import MeetingState
from governance.equity_tables import panel_shares
from governance.queries.equity import equity_panel
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts
from governance.reporting.withheld import kept_back, withheld_blocks
from programme.enums import MemberStatus, SeriesName
from tests import factories
from tests.benefits.actions.faults import unwritable
from tests.benefits.scene import Scene, api_of, make_scene, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc/equity/"
TEXT = "Carrick ends its contract early"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    """Equal people; Carrick bears half of the cost, has the chair, and is host of two meetings of three."""
    made = make_scene(base_fy=2026)
    ashmere, brockvale, carrick = made.councils
    for council in made.councils:
        factories.CouncilFigureFactory(
            council=council, series=SeriesName.POPULATION, year=2025, quantity=100_000
        )
    costs = zip(made.councils, (25_00, 25_00, 50_00), strict=True)
    amounts = [(made.saving, council, 2026, None, 100_00) for council in made.councils]
    amounts += [(made.cost, council, 2026, None, pence) for council, pence in costs]
    factories.plan_version(made.programme, 1, amounts=amounts)
    body = factories.BodyFactory(partnership=made.programme.partnership)
    body.chair_terms.create(municipal_year=2026, chair=carrick)
    body.chair_terms.create(municipal_year=2027, chair=ashmere)
    for number, host in enumerate((carrick, carrick, brockvale), 1):
        starts_at = datetime(2026, 6, number, 18, tzinfo=UTC)
        factories.MeetingFactory(body=body, host=host, starts_at=starts_at, state=MeetingState.HELD)
    factories.MeetingFactory(body=body, host=ashmere, starts_at=datetime(2026, 12, 1, 18, tzinfo=UTC))
    return made


def state(scene: Scene, *posts: int) -> None:
    for council, number in zip(scene.councils, posts, strict=False):
        PostsRemoved.objects.create(
            programme=scene.programme,
            council=council,
            posts=number,
            as_at_on=date(2026, 10, 1),
            evidence="HR return",
            entered_by=scene.finance,
        )


def stored(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_panel_says_the_same_on_page_in_the_file_and_through_the_api(scene):
    state(scene, 12, 3, 8)
    page = text_of(page_of(scene.reader).get(PAGE))
    assert "Carrick’s share of one-off cost is 16.7 points above its share of population." in page
    to_entries = "One-off cost of Ashmere, current plan, whole period: show the entries"
    assert f"One-off cost Current plan, whole period 25.0 {to_entries} Flagged 33.3, −8.3" in page
    assert "Posts removed 12 [c] [c] 0 23" in page
    assert "Years in the chair 0 0 1 0 1 Meetings held 0 1 2 0 3" in page
    assert "Posts removed, so far: Fewer than 5 posts stand behind it" in page
    rows = stored(page_of(scene.reader).get("/programmes/abc/equity.csv"))
    assert ["One-off cost", "Current plan, whole period", "Carrick", "50.0"] in [row[:4] for row in rows]
    assert [row[3] for row in rows if row[0] == "Posts removed"] == ["[c]"] * 3
    numbers = stored(page_of(scene.reader).get("/programmes/abc/equity.csv?table=numbers"))
    assert [row[2] for row in numbers if row[0] == "Posts removed"] == ["12", "[c]", "[c]"]
    report = report_content(Facts(scene.programme, date(2026, 11, 24)), number=1, version="open")
    posts = next(one for one in report.tables if one.key == "posts").rows
    assert posts == (("Posts removed", 12, "[c]", "[c]", 0, 23),)
    panel = api_of(scene.reader).get("/api/v1/programmes/abc/equity/").json()
    posts = [one for one in panel["counts"] if one["subject"] == "posts"]
    assert [(one["number"], one["is_withheld"]) for one in posts] == [(12, False), (None, True), (None, True)]
    (carrick,) = (
        one
        for one in panel["shares"]
        if (one["subject"], one["council"]) == ("cost", "carrick") and one["taken_from"].startswith("Current")
    )
    assert (carrick["share"], carrick["other_share"], carrick["difference_points"]) == (
        "50.00",
        "33.33",
        "16.67",
    )
    assert {one["missing"] for one in panel["shares"] if one["subject"] == "posts"} == {
        "Fewer than 5 posts stand behind it, or would let a reader work out such a number"
    }
    scene.programme.partnership.memberships.filter(council=scene.councils[2]).update(
        status=MemberStatus.LEFT,
        left_first_on=date(2026, 10, 31),
        left_last_on=date(2026, 10, 31),
        left_precision=DatePrecision.DAY,
    )
    rows = equity_panel(scene.programme, today=date(2026, 11, 24)).rows
    past = {row.comparison.measured: row.comparison.rows for row in rows if row.when == "So far"}
    gone = NotAssessable("Carrick is no partner now, so the population of today says nothing of it")
    assert (past["Years in the chair"], past["Meetings held"]) == (gone, gone)


def test_difference_is_explained_by_its_council_or_the_manager_and_shown_beside_the_flag(scene):
    form = "/programmes/abc/equity/notes/new/"
    typed = {"council": scene.brockvale.pk, "subject": "cost", "text": "Brockvale paid less for its part"}
    assert page_of(scene.finance).post(form, typed).url == PAGE
    sent = {"council": "carrick", "subject": "cost", "text": TEXT}
    answer = api_of(scene.manager).post("/api/v1/programmes/abc/equity/notes/", sent, format="json")
    assert (answer.status_code, answer.json()["entered_by"]) == (201, "Priya")
    page = text_of(page_of(scene.reader).get(PAGE))
    assert f"{TEXT} Priya, 24 November 2026" in page
    shown = api_of(scene.reader).get("/api/v1/programmes/abc/equity/").json()["shares"]
    assert [one["explanations"][0]["text"] for one in shown if one["explanations"]] == [
        "Brockvale paid less for its part",
        TEXT,
    ]
    assert page_of(scene.reader).get(form).status_code == 403
    other = api_of(scene.finance).post("/api/v1/programmes/abc/equity/notes/", sent, format="json")
    assert other.status_code == 403
    short = "Explain the difference, in at least 10 characters"
    assert refusals(page_of(scene.finance).post(form, typed | {"text": "Because"})) == [short]
    answer = api_of(scene.manager).post(
        "/api/v1/programmes/abc/equity/notes/", sent | {"text": "Because"}, format="json"
    )
    assert problems(answer) == [{"field": "text", "message": short}]
    assert EquityNote.objects.count() == 2


def test_explanation_covers_a_difference_until_it_has_moved_by_more_than_the_limit(scene):
    def explain(text: str) -> None:
        explain_difference(
            scene.programme, by=scene.manager, council=scene.councils[2], subject="cost", text=text
        )

    def plan(number: int, *pounds: int) -> None:
        costs = zip(scene.councils, pounds, strict=True)
        amounts = [(scene.saving, council, 2026, None, 100_00) for council in scene.councils]
        amounts += [(scene.cost, council, 2026, None, pence * 100) for council, pence in costs]
        factories.plan_version(scene.programme, number, amounts=amounts, effective_on=date(2026, 11, number))

    def shown() -> tuple[bool, bool, list[str]]:
        panel = equity_panel(scene.programme, today=date(2026, 11, 24))
        (own,) = (one for one in panel.differences if (one.subject, one.council.name) == ("cost", "Carrick"))
        shares = [
            row
            for row in panel_shares(panel)
            if (row.row.comparison.subject, row.council.name) == ("cost", "Carrick")
        ]
        return own.is_explained, own.is_outdated, [str(row.explained_words) for row in shares]

    beside = ["Not applicable"] * 2
    before = "Explained before the figure changed"
    assert shown() == (False, False, ["Not explained yet", *beside])
    explain(TEXT)
    assert EquityNote.objects.get().explained == [
        {"basis": "current", "is_by_key": False, "points": "16.67"},
    ]
    assert shown() == (True, False, ["Explained", *beside])
    plan(2, 24, 24, 52)
    assert shown() == (True, False, ["Explained", *beside])
    plan(3, 22, 22, 56)
    assert shown() == (False, True, [before, *beside])
    page = text_of(page_of(scene.reader).get(PAGE))
    assert f"{before} {TEXT} Priya, 24 November 2026" in page
    shares = api_of(scene.reader).get("/api/v1/programmes/abc/equity/").json()["shares"]
    told = [one["is_explained"] for one in shares if (one["subject"], one["council"]) == ("cost", "carrick")]
    assert told == [False, None, None]
    rows = stored(page_of(scene.reader).get("/programmes/abc/equity.csv"))
    assert [row[8:10] for row in rows if row[0] == "One-off cost" and row[2] == "Carrick"] == [
        [before, f"{TEXT} (Priya, 24 November 2026)"],
        ["[z]", ""],
        ["[z]", ""],
    ]
    explain("Carrick pays for more of its exit")
    assert shown() == (True, False, ["Explained", *beside])


def test_posts_are_stated_by_the_councils_own_officers_and_not_told_by_the_trail(scene):
    form = "/programmes/abc/equity/posts/new/"
    typed = {"council": scene.brockvale.pk, "posts": "3", "as_at_on": "1 10 2026", "evidence": "HR return"}
    assert page_of(scene.finance).post(form, typed).url == PAGE
    sent = {"council": "brockvale", "posts": 4, "as_at_on": "2026-10-02", "evidence": "HR return"}
    answer = api_of(scene.finance).post("/api/v1/programmes/abc/equity/posts/", sent, format="json")
    assert (answer.status_code, set(answer.json())) == (201, {"id", "council", "as_at_on"})
    assert list(PostsRemoved.objects.order_by("pk").values_list("posts", flat=True)) == [3, 4]
    told = AuditEvent.objects.filter(action="record_posts_removed").values_list("after", flat=True)
    assert [set(after) for after in told] == [{"council", "as_at_on", "evidence"}] * 2
    hr = factories.UserFactory(name="E Ward")
    factories.role(hr, RoleName.HR_LEAD, council=scene.brockvale)
    asked = [page_of(user).get(form).status_code for user in (hr, scene.manager, scene.reader)]
    assert asked == [200, 403, 403]
    many = "Posts must be a whole number from 0 to 100,000"
    assert refusals(page_of(scene.finance).post(form, typed | {"posts": "100001"})) == [many]
    answer = api_of(scene.finance).post(
        "/api/v1/programmes/abc/equity/posts/", sent | {"posts": 100_001}, format="json"
    )
    assert problems(answer) == [{"field": "posts", "message": many}]


def test_nothing_is_written_when_the_audit_fails(scene):
    attempts = (
        lambda: explain_difference(
            scene.programme, by=scene.manager, council=scene.brockvale, subject="net", text=TEXT
        ),
        lambda: record_posts_removed(
            scene.programme,
            by=scene.finance,
            council=scene.brockvale,
            posts=9,
            as_at_on=date(2026, 10, 1),
            evidence="HR return",
        ),
    )
    with unwritable("core_auditevent"):
        for attempt in attempts:
            with pytest.raises(DatabaseError):
                attempt()
    assert (EquityNote.objects.count(), PostsRemoved.objects.count()) == (0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_takes_one_number_of_queries(scene, rows, django_assert_num_queries):
    for _ in range(rows):
        state(scene, 12, 13, 14)
        explain_difference(
            scene.programme, by=scene.manager, council=scene.brockvale, subject="cost", text=TEXT
        )
    browser = page_of(scene.reader)
    with django_assert_num_queries(20):
        browser.get(PAGE)


def test_withheld_explanation_is_told_by_nothing_but_the_exempt_report(scene):
    explained = {"by": scene.manager, "subject": "cost", "text": TEXT}
    explain_difference(scene.programme, council=scene.councils[2], **explained)
    why = {"exempt_paragraph": 3, "public_interest_reason": "Terms are open"}
    EquityNote.objects.update(publication_class="exempt", **why)
    sentence = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
    other = factories.UserFactory()
    factories.role(other, RoleName.FINANCE_OFFICER, council=scene.brockvale)
    ways = (PAGE, f"{PAGE[:-1]}.csv", "/api/v1/programmes/abc/equity/", "/programmes/abc/steering/")
    for user in (scene.reader, other, scene.manager):
        told = [page_of(user).get(way) for way in ways]
        words = [b"".join(one) if one.streaming else one.content for one in told]
        assert [TEXT.encode() in one for one in words] == [False] * 4
        assert [sentence.encode() in one for one in words[:3]] == [True] * 3
    sent = {"council": "carrick", "subject": "cost", "text": f"{sentence}. Public interest: Terms are open"}
    answer = api_of(scene.manager).post("/api/v1/programmes/abc/equity/notes/", sent, format="json")
    assert problems(answer) == [{"field": "text", "message": NOT_THE_TEXT}]
    file = dump_case(scene.programme)
    load_documents([read_document("case.yaml", file)], as_of=date(2026, 11, 24))
    assert (TEXT in file.decode(), EquityNote.objects.get().text) == (False, TEXT)
    facts = Facts(scene.programme, date(2026, 11, 24))
    for is_exempt in (False, True):
        block = str(withheld_blocks(facts, kept_back(facts, is_exempt=is_exempt))["14"])
        assert ("Terms are open" in block, TEXT in block) == (True, is_exempt)
    own = Facts(scene.programme, date(2026, 11, 24), scene.brockvale.key)
    assert "14" not in withheld_blocks(own, kept_back(own, is_exempt=True))


def test_explanation_stays_and_only_its_class_changes(scene):
    explain_difference(
        scene.programme, by=scene.manager, council=scene.councils[2], subject="cost", text=TEXT
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        EquityNote.objects.update(text="Another explanation")
    with pytest.raises(DatabaseError), transaction.atomic():
        EquityNote.objects.all().delete()
    assert EquityNote.objects.update(publication_class="confidential") == 1

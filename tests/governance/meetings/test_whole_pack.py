"""The whole pack of a meeting: what stands in it, for whom, and what is left to the exempt version."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from core.actions.publication import Withholding
from core.enums import PublicationClass
from core.exports.tables import Format
from core.models import ExemptAccess
from core.publishing.content import Figures, Head
from governance.actions.agenda import record_outcome
from governance.actions.papers import NewPaper, add_paper
from governance.models import Meeting
from governance.packs.tables import narrowed
from tests import factories
from tests.benefits.scene import api_of
from tests.core.exports.pdf_reading import read_pdf
from tests.governance.meetings.scene import NOW, MeetingScene, meeting_scene, pdf_file
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
SECRET = "It costs one million pounds"
EXEMPT = Withholding(PublicationClass.EXEMPT, 3, "The talks go on")
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
MARK = "Not for publication: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
LATER = "2026-11-24 12:16:00+00:00"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene() -> MeetingScene:
    return meeting_scene()


def browser(user: Any) -> Client:
    return factories.sign_in(Client(), user)


def bookmarks_of(content: bytes) -> list[str]:
    """The bookmarks under the title."""
    _title, parts = PdfReader(io.BytesIO(content)).outline
    return [str(part.title) for part in parts if not isinstance(part, list)]


def told(scene: MeetingScene) -> Meeting:
    """A meeting to come after one that resolved something, with an exempt item and two papers."""
    before = scene.hold()
    decision = factories.DecisionFactory(programme=scene.programme, ref="D-9", title="Share ICT")
    for title, asked in (("ICT", decision), ("Budget", None)):
        item = scene.item(before, title, decision=asked)
        record_outcome(item, by=scene.clerk, seen_version=item.version, outcome=f"{title}: agreed")
    meeting = scene.plan()
    item = scene.item(meeting, "Progress", text="What was done")
    add_paper(item, by=scene.clerk, paper=NewPaper("Report", pdf_file()))
    closed = scene.item(meeting, "Exit", text=SECRET, withholding=EXEMPT)
    add_paper(closed, by=scene.clerk, paper=NewPaper("Cost", pdf_file("million.pdf"), EXEMPT))
    review = factories.GateReviewFactory(programme=scene.programme)
    factories.GateRecommendationFactory(
        review=review, number=1, text="Name an owner", due_on=date(2027, 1, 4), owner=scene.manager
    )
    return meeting


def test_pack_holds_agenda_standing_papers_decisions_and_what_was_agreed_before(scene: MeetingScene) -> None:
    page = text_of(browser(scene.reader).get(f"/meetings/{told(scene).pk}/full/"))
    found = [
        words in page
        for words in (
            "2 items are exempt. They will be withheld from this version",
            f"Where we stand: {scene.programme.name}",
            "What was done",
            f"{SENTENCE}. Public interest: The talks go on",
            "The last meeting was held on 20 November 2026.",
            "ICT: agreed",
            "D-9 Share ICT: ",
            "Budget: agreed",
            "No decision of the councils",
            "Name an owner",
            "Scrutiny has made no recommendation.",
            "Report (PDF), item 1",
        )
    ]
    assert found == [True] * 12
    assert [words in page for words in (SECRET, MARK, "Cost (PDF)", "million.pdf")] == [False] * 4


def test_exempt_version_is_had_by_who_may_open_it_and_each_item_is_recorded(scene: MeetingScene) -> None:
    meeting = told(scene)
    member = factories.UserFactory()
    factories.role(member, "member", council=scene.councils[0])
    manager, reader = browser(scene.manager), browser(member)
    exempt, full = f"/meetings/{meeting.pk}/exempt/", f"/meetings/{meeting.pk}/full/"
    assert manager.get(exempt).headers["Location"] == full
    assert reader.post(f"{exempt}open/").headers["Location"] == full
    assert ExemptAccess.objects.count() == 0
    assert manager.post(f"{exempt}open/").headers["Location"] == exempt
    assert sorted(ExemptAccess.objects.values_list("by", "object_label")) == [
        (scene.manager.pk, "2. Exit"),
        (scene.manager.pk, "Cost"),
    ]
    page = text_of(manager.get(exempt))
    assert [words in page for words in (SECRET, f"Cost (PDF). {MARK}", "Do not pass it on")] == [True] * 3
    assert [words in page for words in (SENTENCE, "will be withheld", "million.pdf")] == [False] * 3
    paper = PdfReader(io.BytesIO(manager.get(f"{exempt[:-1]}.pdf").content))
    assert all("Exempt: not for publication" in leaf.extract_text() for leaf in paper.pages)
    assert SECRET not in text_of(manager.get(full))
    assert reader.get(exempt).headers["Location"] == full
    with time_machine.travel(LATER, tick=False):
        assert manager.get(exempt).headers["Location"] == full
        assert manager.get(f"/meetings/{meeting.pk}/exempt.pdf").headers["Location"] == full


def test_api_gives_the_same_pack_and_opens_what_the_page_opens(scene: MeetingScene) -> None:
    path = f"/api/v1/meetings/{told(scene).pk}/pack/"
    member = factories.UserFactory()
    factories.role(member, "member", council=scene.councils[0])
    manager, reader = api_of(scene.manager), api_of(member)
    pack = reader.get(path).json()
    assert SECRET not in str(pack)
    assert (pack["left_out"], pack["openable"], pack["is_exempt"], pack["pdf"][-9:]) == (
        "2 items are exempt. They will be withheld from this version",
        0,
        False,
        "/full.pdf",
    )
    told_of = [(one["title"], one["text"]["sentence"], one["papers"][0]["withheld"]) for one in pack["items"]]
    assert told_of == [("Progress", "", ""), ("Exit", SENTENCE, SENTENCE)]
    assert [one["title"] for one in (*pack["standing"], *pack["closing"])] == [
        f"Where we stand: {scene.programme.name}",
        f"Decisions, and what each council has still to agree: {scene.programme.name}",
        "What was agreed before, and what has become of it",
    ]
    assert SECRET not in str(reader.post(f"{path}open/").json())
    assert (ExemptAccess.objects.count(), manager.get(path).json()["openable"]) == (0, 2)
    opened = manager.post(f"{path}open/").json()
    assert (opened["is_exempt"], opened["items"][1]["text"]) == (
        True,
        {"text": SECRET, "is_withheld": False, "sentence": MARK, "reason": ""},
    )
    assert ExemptAccess.objects.count() == 2


def test_pack_is_one_tagged_pdf_with_bookmarks(scene: MeetingScene) -> None:
    answer = browser(scene.reader).get(f"/meetings/{told(scene).pk}/full.pdf")
    read = read_pdf(answer.content)
    assert (read.title, read.language) == ("Meeting pack: Joint committee, 20\xa0January 2027", "en-GB")
    assert (read.is_marked, read.ua_part, read.shows_title) == (True, "1", True)
    assert bookmarks_of(answer.content) == [
        "Contents",
        "Agenda",
        f"Where we stand: {scene.programme.name}",
        "Papers, item by item",
        f"Decisions, and what each council has still to agree: {scene.programme.name}",
        "What was agreed before, and what has become of it",
        "Annexes",
    ]
    assert SECRET not in read.text


@pytest.mark.parametrize("items", [1, 3])
def test_pack_takes_one_number_of_queries(
    scene: MeetingScene, django_assert_num_queries: AssertQueries, items: int
) -> None:
    before, meeting = scene.hold(), scene.plan(scene.plan().starts_at + timedelta(days=7))
    for number in range(items):
        decision = factories.DecisionFactory(programme=scene.programme)
        item = scene.item(before, f"Before {number}", decision=decision)
        record_outcome(item, by=scene.clerk, seen_version=item.version, outcome="Agreed")
        add_paper(scene.item(meeting, f"Item {number}"), by=scene.clerk, paper=NewPaper("A", pdf_file()))
    reader = browser(scene.reader)
    with django_assert_num_queries(47):
        reader.get(f"/meetings/{meeting.pk}/full/")


def test_narrowed_table_keeps_what_it_needs() -> None:
    money = Format.MONEY
    heads = (Head("Year"), Head("Plan", money), Head("Got", money), Head("Less", money, ("Got", "Plan")))
    table = Figures("a", "Savings", "£", heads, (("2026", 5, 7, 2),), ("All", 5, 7, 2))
    assert narrowed(table, ("Got", "Less")) == Figures(
        "a",
        "Savings",
        "£",
        (Head("Year"), Head("Got", money), Head("Less", money)),
        (("2026", 7, 2),),
        ("All", 7, 2),
    )

"""Pages of bodies and meetings, their papers, packs and PDF, as their readers and keepers use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.actions.publication import Withholding
from core.enums import PublicationClass
from governance.actions.agenda import Item, add_item
from governance.actions.papers import NewPaper, add_paper, replace_paper
from governance.actions.votes import declare_interest, record_votes
from governance.enums import InterestKind, MeetingState, VoteChoice
from governance.models import AgendaItem, Body, BodyMember, Meeting, Paper
from governance.rules.meetings import meeting_word
from tests import factories
from tests.api.test_reads import client_of
from tests.core.exports.pdf_reading import read_pdf
from tests.governance.meetings.scene import HELD_AT, NOW, PDF, MeetingScene, meeting_scene, pdf_file
from tests.html_forms import fill_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
SECRET = "It costs one million pounds"
EXEMPT = Withholding(PublicationClass.EXEMPT, 3, "The talks go on")
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene() -> MeetingScene:
    return meeting_scene()


def browser(user: Any) -> Client:
    return factories.sign_in(Client(), user)


def test_body_and_meeting_are_set_up_by_page(scene: MeetingScene) -> None:
    manager = browser(scene.manager)
    fill_in(
        manager,
        "/partnerships/abc/bodies/new/",
        {"name": "Board", "type": "board", "authority": "oversees", "seats_ashmere": "2"},
    )
    body = Body.objects.get(name="Board")
    fill_in(
        manager,
        f"/bodies/{body.pk}/members/new/",
        {
            "name": "Z Low",
            "council": str(scene.councils[0].pk),
            "from_on": "1 5 2026",
            "is_voting": "on",
        },
    )
    first = BodyMember.objects.get(name="Z Low")
    fill_in(manager, f"/body-members/{first.pk}/", {"to_on": "1 12 2026", "is_voting": "on"})
    fill_in(manager, f"/bodies/{body.pk}/chair/", {"chair": str(scene.councils[2].pk)})
    fill_in(
        manager,
        f"/bodies/{body.pk}/meetings/new/",
        {"starts_on": "20 1 2027", "starts_time": "6:30pm", "place": "Town Hall"},
    )
    page = text_of(manager.get(f"/bodies/{body.pk}/"))
    assert "Seats Ashmere, 2 seats" in page
    assert "Z Low Ashmere Votes 1 May 2026 Until 1 December 2026 None named" in page
    assert "2026 to 2027 Now Carrick" in page
    assert "By rotation Ashmere has the chair in 2027 to 2028" in page
    meeting = Meeting.objects.get(body=body)
    assert meeting.starts_at.isoformat() == "2027-01-20T18:30:00+00:00"
    fill_in(manager, f"/meetings/{meeting.pk}/update/", {"place": "Brockvale House"})
    fill_in(manager, f"/meetings/{meeting.pk}/items/new/", {"title": "Budget", "text": "<b>To agree</b>"})
    item = AgendaItem.objects.get()
    fill_in(manager, f"/agenda-items/{item.pk}/", {"title": "Budget of 2027"})
    prompt = text_of(manager.get(f"/meetings/{meeting.pk}/publish/"))
    assert "Publish it by 12 January 2027, the last day" in prompt
    fill_in(manager, f"/meetings/{meeting.pk}/publish/", {"published_on": "24 11 2026"})
    page = manager.get(f"/meetings/{meeting.pk}/")
    assert b"&lt;b&gt;To agree&lt;/b&gt;" in page.content
    assert "In time: 12 January 2027 was the last day: 5 clear working days" in text_of(page)


def test_votes_and_minutes_by_page(scene: MeetingScene) -> None:
    clerk, meeting = browser(scene.clerk), scene.hold(absent=(5,))
    decision = factories.DecisionFactory(programme=scene.programme, title="Share ICT")
    item = scene.item(meeting, "ICT", decision=decision)
    votes = {f"vote_{member.pk}": "for" for member in scene.members[:3]}
    fill_in(clerk, f"/agenda-items/{item.pk}/votes/", {**votes, "outcome": "That ICT be shared."})
    fill_in(
        clerk,
        f"/agenda-items/{item.pk}/interests/new/",
        {"member": str(scene.members[4].pk), "kind": "registrable", "text": "A cousin works there"},
    )
    fill_in(clerk, f"/meetings/{meeting.pk}/minutes/", {"minutes": "All agreed."})
    page = text_of(clerk.get(f"/meetings/{meeting.pk}/"))
    assert "Carried by 3 to 0" in page
    assert "That ICT be shared." in page
    assert "E Dean, Carrick: other registrable interest. A cousin works there Stayed in the room" in page
    assert f"Record the next step of decision {decision.ref}" in page
    assert "Quorate" in page
    assert "Draft All agreed." in page
    assert "Change what was resolved on item 1" in page
    fill_in(clerk, f"/agenda-items/{item.pk}/outcome/", {"outcome": "That ICT be shared from April."})
    assert "Resolved That ICT be shared from April." in text_of(clerk.get(f"/meetings/{meeting.pk}/"))
    later = scene.came(scene.plan(meeting.starts_at.replace(day=23)))
    fill_in(clerk, f"/meetings/{meeting.pk}/minutes/approve/", {"at": str(later.pk)})
    assert "Approved at the meeting of 23" in text_of(clerk.get(f"/meetings/{meeting.pk}/"))


def test_items_are_moved_and_removed_without_dragging(scene: MeetingScene) -> None:
    clerk, meeting = browser(scene.clerk), scene.plan()
    first, second = scene.item(meeting, "One"), scene.item(meeting, "Two")
    answer = clerk.post(f"/agenda-items/{second.pk}/move/", {"direction": "up"}, follow=True)
    assert "Two is item 1 now" in text_of(answer)
    clerk.post(f"/agenda-items/{first.pk}/remove/", {"seen_version": "9"})
    assert meeting.items.count() == 2
    clerk.post(f"/agenda-items/{first.pk}/remove/", {"seen_version": "1"})
    assert list(meeting.items.values_list("number", "title")) == [(1, "Two")]


def test_stale_edit_by_page_and_api_is_a_conflict(scene: MeetingScene) -> None:
    item = scene.item(scene.plan())
    sent = {"title": "New", "text": "", "seen_version": "7"}
    assert browser(scene.clerk).post(f"/agenda-items/{item.pk}/", sent).status_code == 409
    answer = client_of(scene.clerk).patch(f"/api/v1/agenda-items/{item.pk}/", {"version": 7, "title": "New"})
    assert answer.status_code == 409


def test_paper_is_sent_safely_and_replaced_never_overwritten(scene: MeetingScene) -> None:
    item = scene.item(scene.plan())
    paper = add_paper(item, by=scene.clerk, paper=NewPaper('../Q3 "budget"', pdf_file("../../x.html")))
    new = replace_paper(paper, by=scene.clerk, paper=NewPaper("Q3 budget", pdf_file(content=PDF + b"2")))
    assert (new.number, new.replaces, new.content_type) == (2, paper, "application/pdf")
    assert {len(row.path) for row in Paper.objects.all()} == {len("papers/") + 32}
    reader = browser(scene.reader)
    answer = reader.get(f"/papers/{paper.pk}/file/")
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert [answer.headers[name] for name in names] == [
        "application/pdf",
        'attachment; filename="..-Q3-budget-.pdf"',
        "nosniff",
        "private, no-store",
    ]
    assert answer.content == PDF
    assert reader.get(f"/papers/{new.pk}/file/").content == PDF + b"2"
    page = text_of(reader.get(f"/meetings/{item.meeting_id}/"))
    assert "Number 2," in page
    assert "number 1 of ../Q3" in page
    assert browser(factories.UserFactory()).get(f"/papers/{new.pk}/file/").status_code == 404
    again = browser(scene.clerk).post(
        f"/papers/{paper.pk}/replace/", {"title": "A", "publication_class": "open", "file": pdf_file()}
    )
    assert (again.status_code, Paper.objects.count()) == (422, 2)


def test_withheld_paper_and_text_open_only_by_the_deliberate_step(scene: MeetingScene) -> None:
    meeting = scene.plan()
    item = scene.item(meeting, "Exit", text=SECRET, withholding=EXEMPT)
    paper = add_paper(item, by=scene.clerk, paper=NewPaper("Cost", pdf_file("million.pdf"), EXEMPT))
    member = factories.UserFactory()
    factories.role(member, "member", council=scene.councils[0])
    for who in (scene.manager, member):
        for address in (f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/pack/"):
            page = text_of(browser(who).get(address))
            assert SENTENCE in page
            assert "The talks go on" in page
            assert SECRET not in page
            assert "million.pdf" not in page
        answer = client_of(who).get(f"/api/v1/meetings/{meeting.pk}/").json()["items"][0]
        assert answer["text"] == f"{SENTENCE}. Public interest: The talks go on"
        assert answer["papers"][0]["file_name"] == "withheld"
        assert client_of(who).get(f"/api/v1/papers/{paper.pk}/file/").status_code == 403
    assert browser(member).get(f"/papers/{paper.pk}/file/").status_code == 403
    manager = browser(scene.manager)
    assert SECRET.encode() not in manager.get(f"/agenda-items/{item.pk}/").content
    assert manager.get(f"/papers/{paper.pk}/file/").headers["Location"] == f"/exempt/papers/{paper.pk}/"
    manager.post(f"/exempt/papers/{paper.pk}/open/")
    assert manager.get(f"/papers/{paper.pk}/file/").content == PDF
    path, sent = f"/api/v1/papers/{paper.pk}/replace/", {"title": "Cost", "file": pdf_file("million.pdf")}
    made = client_of(scene.clerk).post(path, sent, format="multipart").json()
    assert (made["publication_class"], made["file_name"]) == ("exempt", "withheld")
    fill_in(manager, f"/agenda-items/{item.pk}/", {"title": "Exit from ICT"})
    item.refresh_from_db()
    assert (item.title, item.text) == ("Exit from ICT", SECRET)


def test_meeting_whose_day_has_passed_says_what_is_to_be_recorded(scene: MeetingScene) -> None:
    meeting, body = scene.plan(HELD_AT), f"/bodies/{scene.body.pk}/"
    own, attendance = meeting.get_absolute_url(), f'href="/meetings/{meeting.pk}/attendance/"'.encode()
    for address in (body, own):
        kept, read = browser(scene.clerk).get(address), browser(scene.reader).get(address)
        asked = "Day passed Nobody has recorded that it was held. Record who came, then write the minutes"
        assert (asked in text_of(kept), attendance in kept.content) == (True, True)
        assert "Day passed Nobody has recorded that it was held" in text_of(read)
        assert ("Record who came" in text_of(read), attendance in read.content) == (False, False)
    api = client_of(scene.reader)
    assert [row["is_to_record"] for row in api.get("/api/v1/meetings/").json()["results"]] == [True]
    scene.came(meeting)
    kept = text_of(browser(scene.clerk).get(body))
    assert ("Day passed" in kept, "Held Not published Not written Write the minutes" in kept) == (False, True)
    assert [row["is_to_record"] for row in api.get("/api/v1/meetings/").json()["results"]] == [False]
    assert meeting_word(MeetingState.PLANNED, HELD_AT, HELD_AT.date()) == "Planned"


@pytest.mark.parametrize("address", ["", "pack/", "decisions/"])
def test_meeting_takes_one_number_of_queries(
    scene: MeetingScene, django_assert_num_queries: AssertQueries, address: str
) -> None:
    meeting = scene.hold()
    reader, expected = browser(scene.reader), {"": 13, "pack/": 11, "decisions/": 11}[address]
    for wanted in (1, 2):
        for number in range(wanted):
            decision = factories.DecisionFactory(programme=scene.programme)
            item = add_item(meeting, by=scene.clerk, item=Item(f"Item {wanted}{number}", decision=decision))
            paper = add_paper(item, by=scene.clerk, paper=NewPaper("A", pdf_file()))
            replace_paper(paper, by=scene.clerk, paper=NewPaper("B", pdf_file()))
            record_votes(item, by=scene.clerk, seen_version=1, votes=scene.votes(*[VoteChoice.FOR] * 3))
            declare_interest(
                item, by=scene.clerk, member=scene.members[5], kind=InterestKind.PECUNIARY, text="Owns it"
            )
        with django_assert_num_queries(expected):
            reader.get(f"/meetings/{meeting.pk}/{address}")


def test_body_takes_one_number_of_queries(
    scene: MeetingScene, django_assert_num_queries: AssertQueries
) -> None:
    reader = browser(scene.reader)
    for day in (1, 2, 3):
        factories.MeetingFactory(body=scene.body, starts_at=scene.plan().starts_at.replace(year=2027 + day))
        Meeting.objects.filter(starts_at__year=2027).delete()
        with django_assert_num_queries(9):
            reader.get(f"/bodies/{scene.body.pk}/")


def test_api_lists_take_one_number_of_queries(
    scene: MeetingScene, django_assert_num_queries: AssertQueries
) -> None:
    client = client_of(scene.reader)
    for day in (1, 2, 3):
        meeting = factories.MeetingFactory(body=scene.body, starts_at=scene.plan().starts_at.replace(day=day))
        factories.PaperFactory(item__meeting=meeting)
        Meeting.objects.filter(items__isnull=True).delete()
        for route, expected in (("meetings", 8), ("agenda-items", 6), ("papers", 3), ("body-members", 3)):
            with django_assert_num_queries(expected):
                client.get(f"/api/v1/{route}/")


def test_packs_are_tagged_pdf_that_withhold_what_is_exempt(scene: MeetingScene) -> None:
    meeting = scene.hold()
    scene.item(meeting, "Exit", text=SECRET, withholding=EXEMPT)
    decision = factories.DecisionFactory(
        programme=scene.programme, ref="D-9", title="Share ICT", text="That it be"
    )
    item = scene.item(meeting, "ICT", decision=decision)
    record_votes(
        item, by=scene.clerk, seen_version=1, votes=scene.votes(*[VoteChoice.FOR] * 3), outcome="Agreed"
    )
    add_paper(item, by=scene.clerk, paper=NewPaper("Report", pdf_file()))
    answer = browser(scene.reader).get(f"/meetings/{meeting.pk}/pack.pdf")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Agenda-pack-Joint-committee-2026-11-20.pdf"'
    )
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "application/pdf", "private, no-store",
    )  # fmt: skip
    read = read_pdf(answer.content)
    assert (read.title, read.language) == ("Agenda pack: Joint committee, 20\xa0November 2026", "en-GB")
    assert (read.is_marked, read.ua_part, read.shows_title) == (True, "1", True)
    assert [tag for tag in read.tags if tag in {"H1", "H2", "H3", "LI"}] == [
        "H1",
        "H2",
        "H2",
        "H3",
        "LI",
        "H3",
    ]
    left_out = "1 item is exempt. It will be withheld from this version."
    for words in (
        left_out,
        SENTENCE,
        "The talks go on",
        "Report (PDF)",
        "Decision D-9: Share ICT",
        "That it be",
    ):
        assert words in read.text
    assert SECRET not in read.text
    listed = text_of(browser(scene.reader).get(f"/meetings/{meeting.pk}/decisions/"))
    assert "Agreed Carried by 3 to 0" in listed
    assert "Joint committee may decide within its terms." in listed


def test_own_body_is_kept_through_the_api(scene: MeetingScene) -> None:
    api, council = client_of(scene.clerk), scene.councils[1]
    sent = {"council": council.key, "name": "Cabinet", "type": "cabinet", "authority": "decides"}
    body = api.post("/api/v1/bodies/", {**sent, "seats": {council.key: 7}}).json()
    assert (body["council"], body["partnership"], body["seats"], body["version"]) == (council.key, None, 7, 1)
    change = api.patch(f"/api/v1/bodies/{body['id']}/", {"version": 1, "quorum_total": 3}).json()
    assert (change["quorum_total"], change["seats"], change["name"]) == (3, 7, "Cabinet")
    seat = {"name": "A Low", "from_on": "2026-05-01"}
    member = api.post(f"/api/v1/bodies/{body['id']}/members/", seat).json()
    ended = api.patch(f"/api/v1/body-members/{member['id']}/", {"version": 1, "to_on": "2027-05-01"}).json()
    assert (ended["name"], ended["council"], ended["to_on"]) == ("A Low", council.key, "2027-05-01")
    chair = {"version": 2, "municipal_year": 2026, "chair": council.key, "chair_member": member["id"]}
    assert api.put(f"/api/v1/bodies/{body['id']}/chair/", chair).json()["chair_member"] == member["id"]
    meeting = api.post(
        "/api/v1/meetings/", {"body": body["id"], "starts_at": "2026-11-23T18:00:00Z", "place": "Here"}
    ).json()
    at = f"/api/v1/meetings/{meeting['id']}/"
    item = api.post(f"{at}items/", {"title": "Budget"}).json()
    other = api.post(f"{at}items/", {"title": "Rates"}).json()
    assert api.post(f"/api/v1/agenda-items/{other['id']}/move/", {"way": "up"}).json()["number"] == 1
    assert api.post(f"/api/v1/agenda-items/{other['id']}/remove/", {"version": 1}).status_code == 204
    assert api.post(f"{at}publish/", {"version": 1}).json()["agenda_published_on"] == "2026-11-24"
    states = {str(member["id"]): "present"}
    assert api.post(f"{at}attendance/", {"version": 2, "states": {"x": "present"}}).status_code == 400
    held = api.post(f"{at}attendance/", {"version": 2, "states": states, "chaired_by": member["id"]}).json()
    assert (held["state"], held["attendances"]) == (
        "held", [{"member": member["id"], "name": "A Low", "state": "present"}],
    )  # fmt: skip
    votes = {"version": 1, "votes": {str(member["id"]): "for"}}
    refused = api.post(f"/api/v1/agenda-items/{item['id']}/votes/", votes)
    assert refused.json()["errors"][0]["message"] == (
        "Meeting is not quorate: 1 voting member is present and 3 are needed"
    )
    assert api.post(f"{at}minutes/", {"version": 3, "minutes": "Nothing."}).json()["minutes_state"] == "draft"
    assert date.fromisoformat(held["starts_at"][:10]) == date(2026, 11, 23)

"""Monthly bulletins: what they tell, who writes, sends and gets them, and that each goes out once."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal
from governance.actions import bulletins
from governance.actions.bulletins import (
    BulletinTexts,
    draft_due_bulletins,
    edit_bulletin,
    send_bulletin,
    start_bulletin,
)
from governance.bulletins.content import from_bytes, to_bytes
from governance.enums import BulletinState
from governance.models import Bulletin, SentBulletin
from governance.queries.bulletins import draft_content, fingerprint_of, told_of
from governance.rules.bulletins import check_month, first_month, parse_month
from programme.actions.deliveries import deliver_digest
from programme.actions.reminders import send_due_reminders
from programme.actions.reminding.wishes import stop_mail
from programme.models import BulletinSubscription, Reminder, ReminderRun
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of, problems, refusals
from tests.pages import text_of
from tests.programme.overview.test_recorded import made, updated

pytestmark = pytest.mark.django_db
LIST = "/programmes/abc/bulletins/"
OCTOBER = date(2026, 10, 1)
TUESDAY = "2026-11-24 09:00:00+00:00"


def at(day: str) -> Any:
    return time_machine.travel(f"{day} 09:00:00+00:00", tick=False)


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture
def sro(scene: Scene) -> User:
    user: User = factories.UserFactory(name="Sam")
    factories.role(user, RoleName.SRO, partnership=scene.programme.partnership)
    return user


@pytest.fixture
def scene(db: None) -> Any:
    """October 2026: training held, £700 more verified, go-live moved; testing is to come in November."""
    one = make_scene(base_fy=2026)
    ashmere, brockvale, _ = one.councils
    with at("2026-06-01"):
        factories.plan_version(
            one.programme,
            1,
            amounts=[(one.saving, council, 2026, None, 1_200_00) for council in one.councils],
        )
        go_live = made(one.programme, one.manager, "Go-live", date(2027, 1, 4))
        training = made(one.programme, one.manager, "Training held", date(2026, 10, 20))
        made(one.programme, one.manager, "Testing done", date(2026, 11, 30))
    for council, period, pence, on in (
        (ashmere, 4, 400_00, noon(9, 10)),
        (ashmere, 5, 500_01, noon(10, 1)),
        (brockvale, 5, 200_02, noon(10, 30)),
        (brockvale, 6, 900_00, noon(11, 2)),
    ):
        factories.actual(
            one.saving, council, 2026, period, pence, entered_at=on, verified_by=one.s151, verified_at=on
        )
    with at("2026-10-12"):
        updated(go_live, one.manager, forecast_on=date(2027, 1, 18), note="Records came late")
    with at("2026-11-03"):
        updated(training, one.manager, achieved_on=date(2026, 10, 22))
    with time_machine.travel(TUESDAY, tick=False) as clock:
        one.clock = clock  # type: ignore[attr-defined]
        yield one


def subscribe(scene: Scene, *people: User) -> None:
    for user in people:
        BulletinSubscription.objects.create(user=user, programme=scene.programme, subscribed_at=noon(11, 1))


def sent_by(sro: User, bulletin: Bulletin, reason: str = "") -> SentBulletin:
    seen = fingerprint_of(draft_content(bulletin))
    return send_bulletin(bulletin, by=sro, seen_version=bulletin.version, seen_content=seen, reason=reason)


def test_draft_tells_what_happened_to_the_penny(scene: Scene, django_assert_num_queries: Any) -> None:
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)
    content = draft_content(draft)
    told = {part.key: [(one.title, one.text) for one in part.items] for part in content.parts}
    assert told == {
        "achieved": [("Training held", "Achieved on 22 October 2026.")],
        "decided": [],
        "saved": [
            (
                "£700.03 of cashable saving verified",
                ("In October 2026, gross (before costs). By 31 October 2026 £1,100.03 is verified in all."),
            )
        ],
        "plan": [
            (
                "Go-live",
                "Now expected on 18 January 2027, 14 days later than the month before (4 January 2027).",
            )
        ],
        "ahead": [("Testing done", "Expected on 30 November 2026.")],
    }
    saved = next(part for part in content.parts if part.key == "saved").items[0]
    assert saved.figures == (
        ("Ashmere", 500_01),
        ("Brockvale", 200_02),
        ("Carrick", 0),
        ("Together", 700_03),
    )
    assert content.parts[1].nothing == "No decision took effect in October 2026."
    assert from_bytes(to_bytes(content)) == content


def test_month_in_which_nothing_happened_says_so_and_a_running_one_is_refused(scene: Scene) -> None:
    empty = start_bulletin(scene.programme, by=scene.manager, month_on=date(2026, 2, 1))
    page = text_of(page_of(scene.manager).get(empty.get_absolute_url()))
    assert "Nothing happened in February 2026 that this bulletin tells of" in page
    assert "No milestone is expected in March 2026." in page
    answer = page_of(scene.manager).post(f"{LIST}new/", {"month_on": "11 2026"})
    assert refusals(answer) == [
        "November 2026 is not over until 30 November 2026. Choose a month that has ended"
    ]
    assert [parse_month(text) for text in ("10 2026", "October 2026", "2026-10")] == [OCTOBER] * 3
    assert check_month(date(2026, 10, 31), date(2026, 11, 1), OCTOBER) == OCTOBER
    with pytest.raises(Refusal):
        check_month(OCTOBER, date(2026, 10, 31), OCTOBER)
    assert [first_month(base, date(2027, 1, 5)).year for base in (None, 2027, 2008, 1)] == [
        2026,
        2026,
        2008,
        1974,
    ]


def test_bulletin_is_drafted_written_approved_and_read(scene: Scene, sro: User) -> None:
    manager, owner, reader = (page_of(one) for one in (scene.manager, sro, scene.reader))
    subscribe(scene, scene.reader, scene.finance)
    User.objects.filter(pk=scene.finance.pk).update(wants_reminders=False)
    assert reader.get(f"{LIST}new/").status_code == 403
    manager.post(f"{LIST}new/", {"month_on": "October 2026"})
    draft = Bulletin.objects.get()
    address = draft.get_absolute_url()
    assert (reader.get(address).status_code, manager.get(f"{address}send/").status_code) == (403, 403)
    answer = manager.post(f"{LIST}new/", {"month_on": "10 2026"})
    assert refusals(answer) == [
        "There is a draft for October 2026 already. Change that one, or give it up first"
    ]
    page = manager.get(f"{address}update/").content.decode()
    keys = re.findall(r'name="note-([a-z]+(?:-[0-9]+)?)"', page)
    assert [key.partition("-")[0] for key in keys] == ["achieved", "saved", "moved", "ahead"]
    typed = {
        "introduction": "A good month. 3 posts went.",
        f"note-{keys[0]}": "Thanks to all who came.",
        f"left_out-{keys[2]}": "on",
        "seen_version": "1",
    }
    assert manager.post(f"{address}update/", typed).status_code == 302
    shown = text_of(owner.get(address))
    assert "Thanks to all who came." in shown
    assert "Paragraph: Training held" in shown
    assert "Left out Before: empty After: Go-live" in shown
    assert "The plan did not change" not in shown
    assert 'This could identify people. Use "fewer than 5"' in shown
    assert "2 subscribers get what stands below" in text_of(owner.get(f"{address}send/"))
    form = owner.get(f"{address}send/").context["form"].initial
    asked = owner.post(f"{address}send/", {**form, "reason": ""})
    assert refusals(asked)[0].startswith("This could identify people.")
    assert owner.post(f"{address}send/", {**form, "reason": "The posts are public."}).status_code == 302
    sent = SentBulletin.objects.get()
    page = text_of(reader.get(sent.get_absolute_url()))
    assert ("Bulletin 1, sent on 24 November 2026" in page, "£700.03" in page, "1,100.03" in page) == (
        True,
        True,
        True,
    )
    assert "Who it went to" not in page
    told = "It is in 2 inboxes in Concordat. By e-mail: 0 sent, 1 waiting for the next day with e-mail, 1 in"
    assert told in text_of(manager.get(sent.get_absolute_url()))
    assert owner.post(f"{address}send/", {**form, "reason": "Again."}).status_code == 403
    manager.post(f"{sent.get_absolute_url()}correct/", {"what_changed": "The date of the training."})
    correction = Bulletin.objects.drafts().get()
    second = sent_by(sro, correction, reason="The posts are public.")
    assert (second.number, second.corrects, second.bulletin.introduction) == (2, sent, typed["introduction"])
    assert "Bulletin 2 corrects this one." in text_of(reader.get(sent.get_absolute_url()))
    with pytest.raises(DatabaseError), transaction.atomic():
        SentBulletin.objects.filter(pk=sent.pk).update(number=9)


def test_bulletin_goes_out_once_to_those_who_asked_and_still_want_it(scene: Scene, sro: User) -> None:
    gone, stranger = factories.UserFactory(), factories.UserFactory()
    factories.role(gone, RoleName.COUNCIL_LEAD, council=scene.brockvale)
    subscribe(scene, scene.reader, scene.finance, gone, stranger)
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)
    ReminderRun.objects.create(day_on=date(2026, 11, 23))
    sent = sent_by(sro, draft)
    with pytest.raises(Refusal, match=r"This bulletin was sent on 24 November 2026 at 9am, as number 1"):
        sent_by(sro, draft)
    told = Reminder.objects.filter(rule="bulletin_sent")
    assert set(told.values_list("recipient", flat=True)) == {scene.reader.pk, scene.finance.pk, gone.pk}
    BulletinSubscription.objects.filter(user=gone).delete()
    for day in (24, 25, 26):
        scene.clock.move_to(f"2026-11-{day} 07:00:00+00:00")  # type: ignore[attr-defined]
        for key in send_due_reminders(day=date(2026, 11, day)) * 2:
            deliver_digest(digest_id=key)
    mails = {one.to[0]: str(one.body) for one in mail.outbox if "Bulletin 1" in one.body}
    assert set(mails) == {scene.reader.email, scene.finance.email}
    assert sum("Bulletin 1" in one.body for one in mail.outbox) == 2
    assert (told_of(sent).inboxes, told_of(sent).mailed, told_of(sent).waiting) == (3, 2, 0)
    link = re.search(r"https?://[^/]+(/\S+/stop/\S+|/\S*stop\S*)", mails[scene.reader.email])
    assert link is not None
    stopped = Client().post(link[1])
    assert "You get no more monthly bulletins" in text_of(stopped)
    assert set(BulletinSubscription.objects.values_list("user", flat=True)) == {
        scene.finance.pk,
        stranger.pk,
    }


def test_sending_that_fails_half_way_has_sent_nothing(
    scene: Scene, sro: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(scene, scene.reader)
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)

    def killed(_sent: SentBulletin) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bulletins, "tell_sent", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            sent_by(sro, draft)
    draft.refresh_from_db()
    assert (draft.state, SentBulletin.objects.count(), Reminder.objects.count()) == (
        BulletinState.DRAFT,
        0,
        0,
    )
    assert sent_by(sro, draft).number == 1


def test_what_is_recorded_after_its_bulletin_was_sent_stands_in_the_next(scene: Scene, sro: User) -> None:
    sent_by(sro, start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER))
    late = made(scene.programme, scene.manager, "Lease ended", date(2026, 10, 30))
    updated(late, scene.manager, achieved_on=date(2026, 10, 29))
    scene.clock.move_to("2026-12-02 09:00:00+00:00")  # type: ignore[attr-defined]
    november = start_bulletin(scene.programme, by=scene.manager, month_on=date(2026, 11, 1))
    achieved = draft_content(november).parts[0].items
    assert [(one.title, one.text) for one in achieved] == [
        (
            "Lease ended",
            "Achieved on 29 October 2026, and recorded after the bulletin of that month was sent.",
        )
    ]


def test_who_approves_sends_what_they_looked_at(scene: Scene, sro: User) -> None:
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)
    seen = fingerprint_of(draft_content(draft))
    made(scene.programme, scene.manager, "Contract signed", date(2026, 11, 27))
    with pytest.raises(Refusal, match="What the records say has changed since you looked"):
        send_bulletin(draft, by=sro, seen_version=1, seen_content=seen)


def test_nobody_sends_words_of_their_own_that_no_other_person_read(scene: Scene, sro: User) -> None:
    subscribe(scene, scene.reader)
    (draft,) = draft_due_bulletins(noon(11, 24))
    texts = BulletinTexts(introduction="All my own words")
    draft = edit_bulletin(draft, by=sro, seen_version=1, texts=texts)
    with pytest.raises(Refusal, match="Ask the programme manager to read the draft and save it"):
        sent_by(sro, draft)
    draft = edit_bulletin(draft, by=scene.manager, seen_version=2, texts=texts)
    assert edit_bulletin(draft, by=scene.manager, seen_version=3, texts=texts).version == 3
    assert edit_bulletin(draft, by=sro, seen_version=3, texts=texts).version == 3
    assert "Read and saved as it stood" in text_of(page_of(sro).get(draft.get_absolute_url()))
    assert sent_by(sro, draft).number == 1


def test_paragraph_under_what_has_gone_meanwhile_is_not_lost(scene: Scene) -> None:
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)
    address, manager = f"{draft.get_absolute_url()}update/", page_of(scene.manager)
    body = {"seen_version": "1", "introduction": "Kept.", "note-ahead-987654": "Thanks to all."}
    answer = manager.post(address, body)
    assert refusals(answer)[0].startswith("What this paragraph stood under is no longer in the bulletin")
    assert "Thanks to all." in answer.content.decode()
    Bulletin.objects.update(notes={"ahead-987654": "Thanks."})
    assert manager.post(address, body).status_code == 302
    assert Bulletin.objects.get().notes == {"ahead-987654": "Thanks to all."}


def test_draft_is_made_by_the_day_once_and_the_manager_told(scene: Scene) -> None:
    first = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    scene.clock.move_to(first)  # type: ignore[attr-defined]
    assert draft_due_bulletins(first) == []
    subscribe(scene, scene.reader)
    assert draft_due_bulletins(datetime(2026, 11, 28, 6, 30, tzinfo=UTC)) == []
    (made_now,) = draft_due_bulletins(first)
    assert (made_now.month_on, draft_due_bulletins(first)) == (date(2026, 11, 1), [])
    ReminderRun.objects.create(day_on=date(2026, 11, 30))
    scene.clock.move_to("2026-12-01 07:00:00+00:00")  # type: ignore[attr-defined]
    send_due_reminders(day=date(2026, 12, 1))
    told = Reminder.objects.filter(rule="bulletin_draft").values_list("recipient", "title")
    assert list(told) == [(scene.manager.pk, "Bulletin of ABC, November 2026 is drafted")]


def test_draft_that_waits_is_told_to_who_may_send_it_until_it_is_sent(scene: Scene, sro: User) -> None:
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)

    def told(day: int) -> set[tuple[User, str, int]]:
        Reminder.objects.all().delete()
        ReminderRun.objects.all().delete()
        ReminderRun.objects.create(day_on=date(2026, 11, day - 1))
        scene.clock.move_to(f"2026-11-{day} 07:00:00+00:00")  # type: ignore[attr-defined]
        send_due_reminders(day=date(2026, 11, day))
        rows = Reminder.objects.filter(rule="bulletin_waiting").select_related("recipient")
        return {(row.recipient, row.title, row.offset_days) for row in rows}

    title = "Bulletin of ABC, October 2026 waits to be read and sent"
    assert (told(25), told(26)) == (set(), {(sro, title, -2)})
    draft = edit_bulletin(draft, by=sro, seen_version=1, texts=BulletinTexts(introduction="Mine"))
    assert told(26) == {(scene.manager, title, -2)}
    draft = edit_bulletin(
        draft, by=scene.manager, seen_version=2, texts=BulletinTexts(introduction="Mine, and yours")
    )
    assert told(26) == {(sro, title, -2)}
    sent_by(sro, draft)
    assert told(26) == set()


def test_programme_that_cannot_be_drafted_stops_no_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.ProgrammeFactory(key="other", partnership=scene.programme.partnership)
    BulletinSubscription.objects.create(user=scene.reader, programme=other)
    subscribe(scene, scene.reader)
    begin = bulletins._begin

    def fails_for_first(programme: Any, *args: Any, **values: Any) -> Bulletin:
        if programme == scene.programme:
            raise ValueError
        return begin(programme, *args, **values)

    monkeypatch.setattr(bulletins, "_begin", fails_for_first)
    assert [one.programme for one in draft_due_bulletins(noon(11, 24))] == [other]


def test_subscriptions_are_ones_own_and_of_programmes_one_may_read(scene: Scene) -> None:
    reader = page_of(scene.reader)
    other = factories.ProgrammeFactory(key="other")
    body = {"seen_version": "0", "bulletins": ["abc"], "wanted": ["milestone_due"]}
    assert reader.post("/reminders/wishes/", body | {"bulletins": [other.key]}).status_code == 422
    assert reader.post("/reminders/wishes/", body).status_code == 302
    assert list(BulletinSubscription.objects.values_list("user", "programme__key")) == [
        (scene.reader.pk, "abc")
    ]
    assert "You get this bulletin each month" in text_of(reader.get(LIST))
    assert "1 person subscribes" in text_of(page_of(scene.manager).get(LIST))
    assert "person subscribes" not in text_of(reader.get(LIST))
    stop_mail(by=scene.reader, kind="bulletin_sent")
    assert not BulletinSubscription.objects.exists()
    assert reader.post("/reminders/wishes/", body | {"seen_version": "1"}).status_code == 409
    assert not BulletinSubscription.objects.exists()
    assert reader.post("/reminders/wishes/", body | {"seen_version": "2"}).status_code == 302
    reader.post("/reminders/wishes/", body | {"seen_version": "3", "bulletins": []})
    assert not BulletinSubscription.objects.exists()


def test_bulletins_of_all_programmes_for_who_leads_several(scene: Scene, sro: User) -> None:
    partnership = scene.programme.partnership
    other = factories.ProgrammeFactory(key="other", name="Other", partnership=partnership)
    factories.sent_bulletin(scene.programme)
    factories.BulletinFactory(programme=other, month_on=date(2026, 8, 1))
    factories.sent_bulletin(factories.ProgrammeFactory(key="foreign", name="Foreign"))
    owner, reader = page_of(sro), page_of(scene.reader)
    page = owner.get("/bulletins/")
    said = text_of(page)
    assert ("Drafts" in said, "August 2026 of Other" in said, "Bulletin 1 of ABC" in said) == (True,) * 3
    assert "Foreign" not in said
    narrowed = text_of(owner.get("/bulletins/?programme=other"))
    assert ("Bulletin 1" in narrowed, "August 2026" in narrowed) == (False, True)
    assert "Other" not in text_of(reader.get("/bulletins/"))
    file = b"".join(reader.get("/bulletins.csv")).decode()  # type: ignore[call-overload]
    assert [line.split(",")[1:4] for line in file.splitlines()[1:]] == [["ABC", "1", "September 2026"]]
    listed = api_of(scene.reader).get("/api/v1/sent-bulletins/?programme=abc").json()
    assert [(one["programme"], "content" in one) for one in listed["results"]] == [("abc", False)]
    body = {"seen_version": "0", "partnerships": [partnership.key], "wanted": ["milestone_due"]}
    assert reader.post("/reminders/wishes/", body).status_code == 302
    own = BulletinSubscription.objects.filter(user=scene.reader)
    assert set(own.values_list("programme__key", flat=True)) == {"abc", "other"}


def test_api_does_what_the_pages_do(scene: Scene, sro: User) -> None:
    manager, owner, reader = (api_of(one) for one in (scene.manager, sro, scene.reader))
    listed = "/api/v1/programmes/abc/bulletins/"
    running = manager.post(listed, {"month_on": "2026-11-03"}, format="json")
    assert problems(running)[0]["message"].startswith("November 2026 is not over until 30 November 2026")
    for wrong, said in (("0001-01-01", "from January 2026 on"), ("9999-12-01", "December 9999 is not over")):
        refused = manager.post(listed, {"month_on": wrong}, format="json")
        assert said in problems(refused)[0]["message"]
    begun = manager.post(listed, {"month_on": "2026-10-03"}, format="json").json()
    address = f"/api/v1/bulletins/{begun['id']}/"
    achieved = begun["content"]["parts"][0]["items"][0]
    assert (begun["version"], achieved["title"]) == (1, "Training held")
    change = {"version": 1, "introduction": "Good.", "notes": {achieved["key"]: "Thanks."}}
    changed = manager.patch(address, change, format="json").json()
    assert changed["content"]["parts"][0]["items"][0]["note"] == "Thanks."
    wrong = manager.patch(address, {"version": 2, "left_out": ["other-1"]}, format="json")
    assert problems(wrong)[0]["message"] == "Choose items of this bulletin"
    approval = {"version": 2, "seen_content": changed["seen_content"]}
    assert manager.post(f"{address}send/", approval, format="json").status_code == 403
    sent = owner.post(f"{address}send/", approval, format="json").json()
    assert (sent["number"], sent["content"]["introduction"]) == (1, "Good.")
    again = owner.post(f"{address}send/", approval, format="json")
    assert problems(again)[0]["message"].startswith("This bulletin was sent on 24 November 2026 at 9am")
    found = reader.get(listed).json()
    assert (len(found["sent"]), found["drafts"], found["subscribers"]) == (1, [], None)
    assert reader.get(f"/api/v1/sent-bulletins/{sent['id']}/").json() == sent
    assert reader.get(address).status_code == 403


def test_sent_bulletin_is_taken_away_by_who_reads_its_page(scene: Scene, sro: User) -> None:
    draft = start_bulletin(scene.programme, by=scene.manager, month_on=OCTOBER)
    saved = draft_content(draft).parts[2].items[0].key
    texts = BulletinTexts(introduction="One.\n\nTwo.", notes={saved: "Well\ndone."})
    sent = sent_by(sro, edit_bulletin(draft, by=scene.manager, seen_version=1, texts=texts))
    address = sent.get_absolute_url()
    word = page_of(scene.reader).get(f"{address}bulletin.docx")
    assert "abc-bulletin-1.docx" in word["Content-Disposition"]
    book = Document(io.BytesIO(word.content))
    said = [one.text for one in book.paragraphs]
    assert [text for text in said if text[:1].isdigit()] == [
        "1. Introduction",
        "2. Milestones achieved",
        "3. Decisions in effect",
        "4. Savings verified",
        "5. Changes to the plan",
        "6. Milestones in November 2026",
    ]
    assert {"One.", "Two.", "Training held: Achieved on 22 October 2026."} <= set(said)
    assert any(text.endswith("is verified in all. Well done.") for text in said)
    assert [cell.text for cell in book.tables[0].rows[-1].cells] == ["Together", "700.03"]
    assert page_of(scene.reader).get(f"{address}bulletin.pdf").content.startswith(b"%PDF-")
    assert page_of(scene.reader).get(f"{address}bulletin.exe").status_code == 404
    assert page_of(factories.UserFactory()).get(f"{address}bulletin.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(scene: Scene, count: int, django_assert_num_queries: Any) -> None:
    for number in range(1, count + 1):
        factories.sent_bulletin(scene.programme, number, date(2026, number, 1))
        factories.BulletinFactory(programme=scene.programme, month_on=date(2025, number, 1))
    manager = page_of(scene.manager)
    with django_assert_num_queries(10):
        assert text_of(manager.get(LIST)).count("Bulletin ") == count + 1
    with django_assert_num_queries(9):
        assert text_of(manager.get("/bulletins/")).count("Bulletin ") == count + 1

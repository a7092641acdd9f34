"""Sent bulletins go along in a case file, byte for byte, without drafts and without who subscribes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
import yaml
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.publishing.content import content_hash
from core.publishing.keeping import from_text, to_text
from governance.actions.bulletins import (
    BulletinTexts,
    correct_bulletin,
    edit_bulletin,
    send_bulletin,
    start_bulletin,
)
from governance.casefiles.dumping import bulletins, dump_case
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import read_document
from governance.models import Bulletin, SentBulletin
from governance.queries.bulletins import draft_content, fingerprint_of
from programme.models import BulletinSubscription, Milestone, Programme, Reminder
from tests import factories
from tests.governance.casefiles.samples import AS_OF, load, small
from tests.governance.casefiles.state import sandbox, state

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
MILESTONES = [
    {"id": "M-1", "label": "Training held", "actual": "2026-10-20"},
    {"id": "M-2", "label": "Testing done", "forecast": "2026-11-30"},
]


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


def _sent() -> Programme:
    """Bulletin 1 with a paragraph, without what lies ahead; bulletin 2 that corrects it; and a draft."""
    load(small(milestones=MILESTONES))
    programme = Programme.objects.get(key="small")
    manager, owner = (factories.UserFactory(email=f"{name}@ashmere.example") for name in ("priya", "sam"))
    for user, role in ((manager, RoleName.PROGRAMME_MANAGER), (owner, RoleName.SRO)):
        factories.role(user, role, partnership=programme.partnership)
    BulletinSubscription.objects.create(user=owner, programme=programme)
    first, second = (f"{kind}-{_milestone(ref)}" for kind, ref in (("achieved", "M-1"), ("ahead", "M-2")))
    texts = BulletinTexts(introduction="One.\n\nTwo: “quoted”", notes={first: "Thanks."}, left_out={second})
    draft = start_bulletin(programme, by=manager, month_on=OCTOBER)
    one = _send(edit_bulletin(draft, by=manager, seen_version=1, texts=texts), owner)
    _send(correct_bulletin(one, by=manager, what_changed="The day was wrong"), owner)
    draft = start_bulletin(programme, by=manager, month_on=date(2026, 9, 1))
    texts = BulletinTexts(introduction="UNSENT")
    edit_bulletin(draft, by=manager, seen_version=1, texts=texts)
    return programme


def _milestone(ref: str) -> int:
    return Milestone.objects.get(programme__key="small", ref=ref).pk


def _send(draft: Bulletin, owner: User) -> SentBulletin:
    seen = fingerprint_of(draft_content(draft))
    return send_bulletin(draft, by=owner, seen_version=draft.version, seen_content=seen)


def _again(content: bytes) -> Any:
    return load_documents([read_document("dump.yaml", content)], as_of=AS_OF).files[0]


def _kept() -> list[tuple[int, str, bytes]]:
    rows = SentBulletin.objects.order_by("number")
    return [(row.number, row.content_hash, bytes(row.content)) for row in rows]


def test_sent_bulletins_load_back_byte_for_byte_and_their_items_are_known_again(client: Client) -> None:
    with sandbox():
        first, kept, before = dump_case(_sent()), _kept(), state()
        report = _again(first)
        assert (report.has_changes, report.refused, report.kept) == (False, [], [])
    assert b"UNSENT" not in first
    factories.MilestoneFactory()  # so that the keys of the items are others here
    report = _again(first)
    assert (report.added["bulletin"], report.refused) == (2, [])
    assert _kept() == kept
    assert state()["governance.SentBulletin"] == before["governance.SentBulletin"]
    assert (BulletinSubscription.objects.count(), Reminder.objects.count()) == (0, 0)
    programme = Programme.objects.get(key="small")
    assert dump_case(programme) == first
    assert not _again(first).has_changes
    manager = User.objects.get(email="priya@ashmere.example")
    one, two = SentBulletin.objects.order_by("number")
    assert two.corrects == one
    client.force_login(manager)
    page = client.get(one.get_absolute_url()).content.decode()
    assert ("came out of a case file" in page, "Who it went to" in page) == (True, False)
    assert "<strong>Training held</strong>" in page  # and no link: its address is of another database
    again = draft_content(correct_bulletin(one, by=manager, what_changed="Another day"))
    assert [(item.title, item.note) for part in again.parts for item in part.items] == [
        ("Training held", "Thanks.")
    ]
    with time_machine.travel("2026-12-02 12:00:00+00:00", tick=False):
        november = start_bulletin(programme, by=manager, month_on=date(2026, 11, 1))
        assert not draft_content(november).parts[0].items


@pytest.mark.parametrize(
    ("pattern", "new", "message"),
    [
        (r"(content: .*?)Training", r"\1Drinking", "The content is not what its hash is of"),
        (r"number: 2", "number: 1", "There are two bulletins with the number 1"),
        (r"corrects: 1\n +", "", "There are two bulletins of October 2026"),
        (r"of: M-1", "of: M-9", "There is no M-9 in milestones"),
        (r"month: '?2026-10-01", "month: '2026-11-01", "a month that was over when the bulletin was sent"),
    ],
)
def test_bulletin_that_is_not_what_was_sent_is_refused(pattern: str, new: str, message: str) -> None:
    text = re.sub(pattern, new, dump_case(_sent()).decode(), count=1, flags=re.DOTALL)
    with pytest.raises(CaseFileProblems) as caught:
        _again(text.encode())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("forged", "message"),
    [
        ({"number": 9}, "The content is of another bulletin"),
        ({"introduction": ["One"]}, "The content cannot be read"),
        ({"number": "1"}, "The content cannot be read"),
    ],
)
def test_forged_content_is_refused_though_its_hash_is_right(forged: dict[str, Any], message: str) -> None:
    file = yaml.safe_load(dump_case(_sent()))
    entry = file["bulletins"][0]
    kept = from_text(json.dumps(json.loads(entry["content"]) | forged))
    entry |= {"content": to_text(kept), "sha256": content_hash(kept)}
    with pytest.raises(CaseFileProblems, match=message):
        _again(yaml.safe_dump(file, allow_unicode=True).encode())


def test_what_is_there_stays_and_what_does_not_fit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox():
        programme = _sent()
        text = dump_case(programme).decode().replace("text: Thanks.", "text: No thanks.")
        assert _again(text.encode()).refused == [
            "Bulletin 1: it was sent and cannot be changed. Correct it by a bulletin of its own",
            "Bulletin 2: it was sent and cannot be changed. Correct it by a bulletin of its own",
        ]
        dumped = dump_case(programme)
        monkeypatch.setattr(bulletins, "ROOM_BYTES", len(SentBulletin.objects.get(number=2).content))
        assert bulletins.dump_bulletins(programme) == []
        assert "2 early monthly bulletins" in bulletins.bulletins_left_out(programme)
    load(small(milestones=MILESTONES))
    factories.BulletinFactory(programme=Programme.objects.get(key="small"), month_on=OCTOBER)
    assert [one.partition(",")[0] for one in _again(dumped).refused] == [
        "Bulletin 1: there is another one of October 2026 here",
        "Bulletin 2: bulletin 1",
    ]

"""Published editions go along in a case file, byte for byte, without what is exempt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from core.publishing.content import Content, Notice, Section, Words
from core.publishing.keeping import from_text, to_bytes, to_text
from governance.casefiles.dumping import dump_case, editions
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import read_document
from governance.enums import FileFormat
from governance.models import Edition, EditionContent, EditionFile, PublishingJob, Report
from governance.queries.reporting.editions import file_bytes
from programme.models import Programme
from tests import factories
from tests.governance.casefiles.samples import AS_OF, load, small
from tests.governance.casefiles.state import sandbox, state

pytestmark = pytest.mark.django_db
TEXTS = {
    "summary": "One line.\n\nAnd another: \u201cquoted\u201d",
    "disbenefits": "None reported.",
    "narratives": {"10": "Tenth", "3": "Third"},
}
ODD = "Caf\u00e9 'and' \"more\": #1\n\tto\u0085the\u2028last \u007f  end \\u0041 \U0001f600"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def published() -> Programme:
    """Two joint editions, the second a correction, one of Ashmere, and a draft; one has an exempt version."""
    return _publish()


def _publish() -> Programme:
    load(small())
    programme = Programme.objects.get(key="small")
    by = factories.UserFactory(email="sam@ashmere.example", name="Sam")
    contents = {
        "open": Content("Report", "About", (("Programme", "Small"),), (_section(Words(ODD)),), (ODD,)),
        "exempt": Content("Report", "About", (), (_section(Notice("SECRET")),)),
    }
    shared = {"programme": programme, "as_of_on": date(2026, 10, 31), "created_by": by, "updated_by": by}
    first = _edition(1, contents, **TEXTS, **shared)
    _edition(2, None, corrects=first, what_changed="A total was wrong by a line", **shared)
    _edition(1, None, council=programme.partnership.councils.get(key="ashmere"), **shared)
    Report.objects.create(summary="UNPUBLISHED", **shared)
    return programme


def _section(block: Any) -> Section:
    return Section("1", "Summary", (block,))


def _edition(number: int, contents: Any, **fields: Any) -> Edition:
    return factories.edition_of(Report.objects.create(**fields), number, **(contents or {}))


def _again(content: bytes) -> Any:
    return load_documents([read_document("dump.yaml", content)], as_of=AS_OF)


def test_editions_load_back_byte_for_byte_with_the_exempt_version_and_drafts_left_out(client: Client) -> None:
    with sandbox():
        first = dump_case(_publish())
        before = state()
        kept = [(row.content_hash, row.content) for row in EditionContent.objects.open()]
        made = _files()
        report = _again(first)
        assert (report.has_changes, report.files[0].refused, report.files[0].kept) == (False, [], [])
        assert state() == before
    assert (b"SECRET" in first, b"UNPUBLISHED" in first) == (False, False)
    report = _again(first)
    assert report.files[0].added["edition"] == 3
    found = [(row.content_hash, row.content) for row in EditionContent.objects.all()]
    assert sorted(found) == sorted(kept)
    assert all(sha256(content).hexdigest() == digest for digest, content in found)
    assert _files() == made
    assert EditionFile.objects.count() == PublishingJob.objects.count() == 0
    after = state()
    assert after["governance.Edition"] == before["governance.Edition"]
    of_editions = [line for line in before["governance.Report"] if "UNPUBLISHED" not in line]
    assert after["governance.Report"] == of_editions
    assert dump_case(Programme.objects.get()) == first
    assert not _again(first).has_changes
    _reads_the_pages_without_a_shut_door(client)


def _files() -> list[bytes]:
    """What a download of each open version would be."""
    rows = EditionContent.objects.open().select_related("edition__programme")
    return sorted(file_bytes(row, FileFormat.CSV) for row in rows)


def _reads_the_pages_without_a_shut_door(client: Client) -> None:
    """Who may open what is exempt is told that there is none, jointly and for a council's own officers."""
    for edition in Edition.objects.filter(number=1):
        user = factories.UserFactory()
        place = {"council": edition.council} if edition.council else {}
        partnership = edition.programme.partnership
        role = RoleName.COUNCIL_LEAD if place else RoleName.AUDITOR
        factories.role(user, role, **(place or {"partnership": partnership}))
        client.force_login(user)
        page = client.get(edition.get_absolute_url()).content.decode()
        assert "This edition came out of a case file, which holds no exempt version" in page
        assert "Open the exempt version" not in page


@pytest.mark.parametrize(
    ("pattern", "new", "message"),
    [
        ("A total", "A total", None),
        (r"(content: .*?)About", r"\1Abort", "The content is not what its hash is of"),
        (r"number: 2", "number: 1", "There are two editions with the number 1"),
        (r"corrects: 1", "corrects: 7", "There is no earlier edition 7 of the same report"),
        (r"council: ashmere\n    as_of", "council: carrick\n    as_of", "Carrick is not a partner"),
        (r"section: '3'", "section: '7'", "There is no text for section 7"),
        (r"as_of: '?\d{4}", "as_of: '2999", "on or before the day of publication"),
    ],
)
def test_edition_that_is_not_what_was_published_is_refused(
    published: Programme, pattern: str, new: str, message: str | None
) -> None:
    factories.CouncilFactory(key="carrick", short_name="Carrick")
    text = re.sub(pattern, new, dump_case(published).decode(), count=1, flags=re.DOTALL)
    if message is None:
        assert not _again(text.encode()).has_changes
        return
    with pytest.raises(CaseFileProblems) as caught:
        _again(text.encode())
    assert message in str(caught.value)


def test_file_that_says_something_else_of_an_edition_changes_nothing(published: Programme) -> None:
    text = dump_case(published).decode().replace("A total was wrong", "A sum was wrong")
    report = _again(text.encode()).files[0]
    assert not report.has_changes
    assert report.refused == [
        "Edition 2: it is published and cannot be changed. Correct it by an edition of its own"
    ]


def test_early_editions_beyond_the_room_are_left_out_and_told(
    published: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = EditionContent.objects.open().order_by("-edition__published_at", "-edition__pk")
    monkeypatch.setattr(editions, "ROOM_BYTES", sum(len(row.content) for row in rows[:2]))
    assert "1 early edition" in editions.editions_left_out(published)
    dumped = editions.dump_editions(published)
    assert [(one.get("council"), one["number"], "corrects" in one) for one in dumped] == [
        (None, 2, False),
        ("ashmere", 1, False),
    ]
    assert not _again(dump_case(published)).has_changes


def test_text_of_a_content_is_one_line_without_controls_and_comes_back() -> None:
    kept = to_bytes(Content("T", ODD, ((ODD, ODD),), ()))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", to_text(kept))
    assert from_text(to_text(kept)) == kept

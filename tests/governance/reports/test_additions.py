"""What only the exempt version of a report says: who writes it, and what everybody else reads."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from core.errors import Refusal
from core.models import AuditEvent
from core.publishing.content import Content, Notice, Statement, Words
from governance.actions.publication import Withholding, release, review_withheld, withhold
from governance.actions.reporting.additions import AdditionWords, add_exempt_words, change_exempt_words
from governance.actions.reporting.drafts import NewReport, start_report
from governance.actions.reporting.publishing import cancel_publishing, retry_publishing
from governance.models import Edition, Report, ReportAddition
from governance.queries.exempt_content import content_of
from governance.queries.reporting.drafts import draft_content
from governance.queries.reporting.editions import edition_content
from tests.benefits.scene import api_of, page_of, refusals
from tests.governance.reports.scene import AS_OF, ReportScene
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SECRET = "The supplier may fail"
WHY = "Bids are still open"
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
SENT = {"text": SECRET, "exempt_paragraph": "3", "public_interest_reason": WHY}


def words(text: str = SECRET) -> AdditionWords:
    return AdditionWords(text, 3, WHY)


def added(scene: ReportScene, report: Report, place: str = "9") -> ReportAddition:
    return add_exempt_words(report, by=scene.people["sro"], place=place, words=words())


def said(content: Content, number: str) -> list[Any]:
    """The words of a section."""
    section = next(one for one in content.sections if one.number == number)
    return [block for block in section.blocks if isinstance(block, Words | Notice | Statement)]


def test_an_addition_is_written_read_changed_and_taken_away(scene: ReportScene):
    report = scene.write(scene.draft())
    manager, auditor = page_of(scene.people["manager"]), page_of(scene.people["auditor"])
    address = report.get_absolute_url()
    new = f"{address}additions/new/"
    assert refusals(manager.post(new, SENT | {"place": "9", "exempt_paragraph": ""})) == [
        "Choose the exempt paragraph"
    ]
    assert manager.post(new, SENT | {"place": "9"}).status_code == 302
    row = ReportAddition.objects.get()
    page = text_of(auditor.get(address))
    assert [one in page for one in ("Addition to section 9: Milestones", SENTENCE, WHY, SECRET)] == [
        True, True, True, False,
    ]  # fmt: skip
    change = f"/additions/{row.pk}/update/"
    assert (SECRET in text_of(manager.get(change)), auditor.get(change).status_code) == (False, 403)
    stood_for = SENT | {"text": f"{SENTENCE}. Public interest: {WHY}", "seen_version": "1"}
    manager.post(change, stood_for | {"public_interest_reason": "Talks go on for months"})
    manager.post(f"/exempt/report-additions/{row.pk}/open/")
    assert SECRET in text_of(manager.get(change))
    manager.post(change, SENT | {"text": "It has failed", "seen_version": "2"})
    row.refresh_from_db()
    assert (row.text, [one["text"] for one in row.earlier], row.version) == ("It has failed", [SECRET], 3)
    earlier = f"Text 1, by {scene.people['manager'].name}, 24 November 2026"
    assert content_of(row).texts == (("Text", "It has failed"), (earlier, SECRET))
    manager.post(change, SENT | {"text": "", "seen_version": "3"})
    assert manager.get(change).status_code == 404
    history = text_of(auditor.get(address))
    assert [one in history for one in ("Exempt addition taken away", SECRET, "It has failed")] == [
        True, False, False,
    ]  # fmt: skip
    trail = AuditEvent.objects.filter(object_type="governance.reportaddition")
    assert [one for one in trail if SECRET in f"{one.before}{one.after}{one.why}"] == []
    assert draft_content(report, number=1) == draft_content(report, number=1, version="open")


def test_the_open_version_says_why_and_the_exempt_one_says_it(scene: ReportScene):
    report = scene.write(scene.draft())
    added(scene, report)
    report.refresh_from_db()
    edition = scene.publish(report)
    notice = Notice(f"Addition to section 9: Milestones. {SENTENCE}. Public interest: {WHY}")
    contents = {one.is_exempt: edition_content(one) for one in edition.contents.all()}
    assert notice in said(contents[False], "9")
    assert SECRET not in str(contents[False])
    tables = {
        key: one for key, content in contents.items() for one in content.tables if one.key == "withheld"
    }
    row = ("Addition to section 9: Milestones", "9", SENTENCE, WHY)
    assert tables[False].rows == (row,)
    assert tables[True].rows == ((*row, f"Addition to section 9: Milestones: {SECRET}"),)
    marked = "Exempt, not for publication"
    assert said(contents[True], "9")[-2:] == [
        Notice(f"{marked}. {notice.text}"),
        Statement(SECRET, f"{marked}: Addition to section 9: Milestones"),
    ]
    new = NewReport(AS_OF, None, Edition.objects.get(), "The date was wrong")
    correction = start_report(scene.programme, by=scene.people["manager"], new=new)
    assert [(one.text, one.public_interest_reason) for one in correction.additions.all()] == [(SECRET, WHY)]


def test_only_who_writes_the_draft_and_opens_what_is_exempt_writes_it(scene: ReportScene):
    report = scene.draft()
    for name in ("auditor", "lead", "monitoring", "s151", "reader"):
        with pytest.raises(PermissionDenied):
            add_exempt_words(report, by=scene.people[name], place="9", words=words())
    row = added(scene, report)
    for name in ("auditor", "reader"):
        with pytest.raises(PermissionDenied):
            change_exempt_words(row, by=scene.people[name], seen_version=1, words=words("Other"))
    with pytest.raises(Refusal, match="There is an addition to this text already"):
        added(scene, report)
    with pytest.raises(Refusal, match="This stands in place of a text that was withheld"):
        add_exempt_words(report, by=scene.people["sro"], place="2", words=words(SENTENCE))
    assert ReportAddition.objects.count() == 1


def test_a_change_is_certified_anew_and_what_is_released_is_open(scene: ReportScene):
    report, officer = scene.write(scene.draft()), scene.people["monitoring"]
    row = added(scene, report, "summary")
    why = Withholding(exempt_paragraph=3, public_interest_reason=WHY)
    assert "1 addition to the exempt version is not certified" in text_of(
        page_of(scene.people["sro"]).get(f"{report.get_absolute_url()}check/")
    )
    review_withheld(row, why, by=officer, seen=row.standing)
    changed = change_exempt_words(row, by=scene.people["sro"], seen_version=2, words=words("Other words"))
    assert (changed.certified_at, changed.version) == (None, 3)
    report.refresh_from_db()
    job = scene.sign(report)
    cancel_publishing(job, by=scene.people["sro"])
    with time_machine.travel("2026-11-24 13:00:00+00:00", tick=False):
        release(changed, by=officer, seen=changed.standing)
    assert Words("Other words") in said(draft_content(report, number=1), "1")
    job.refresh_from_db()
    with pytest.raises(Refusal, match="The report was changed since"):
        retry_publishing(job, by=scene.people["sro"], deliver=[].append)
    with pytest.raises(Refusal, match="This was released"):
        change_exempt_words(changed, by=scene.people["sro"], seen_version=4, words=words())
    confidential = added(scene, report)
    withhold(confidential, Withholding("confidential"), by=officer, seen=confidential.standing)
    kept = change_exempt_words(confidential, by=scene.people["sro"], seen_version=2, words=words("More"))
    assert (kept.publication_class, kept.text) == ("confidential", "More")
    exempt = draft_content(report, number=1, version="exempt")
    assert [one.text for one in said(exempt, "9") if "Addition" in one.text] == [
        "Addition to section 9: Milestones. Withheld: confidential."
    ]


def test_the_api_lists_an_addition_without_its_text_and_changes_it(scene: ReportScene):
    report = scene.draft()
    path = f"/api/v1/reports/{report.pk}/additions/"
    sro, auditor = api_of(scene.people["sro"]), api_of(scene.people["auditor"])
    body = {"place": "7", "text": "x", "exempt_paragraph": 3, "public_interest_reason": WHY}
    assert sro.post(path, body, format="json").status_code == 400
    body = body | {"place": "disbenefits", "text": SECRET}
    assert auditor.post(path, body, format="json").status_code == 403
    made = sro.post(path, body, format="json")
    assert (made.status_code, made.json()["sentence"], SECRET in made.content.decode()) == (
        201, SENTENCE, False,
    )  # fmt: skip
    listed = auditor.get(path)
    assert ([one["place"] for one in listed.json()], SECRET in listed.content.decode()) == (
        ["disbenefits"], False,
    )  # fmt: skip
    own = f"/api/v1/report-additions/{made.json()['id']}/"
    changed = sro.put(own, body | {"text": "Other", "version": 1}, format="json")
    assert (changed.json()["version"], ReportAddition.objects.get().text) == (2, "Other")
    assert sro.put(own, body | {"text": "Late", "version": 1}, format="json").status_code == 409

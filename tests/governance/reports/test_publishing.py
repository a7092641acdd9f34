"""A report on its way to an edition: drafted, signed, made a step at a time, whatever gets lost meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from benefits.models import Line
from core import stored_files
from core.actions.jobs import MOST_TRIES
from core.clock import now
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent, ExemptAccess
from core.publishing.content import Notice, Words, content_hash
from governance.actions.reporting import publishing
from governance.actions.reporting.downloads import download_file, open_exempt_version
from governance.actions.reporting.drafts import NewReport, start_report, withdraw_report
from governance.actions.reporting.publishing import (
    cancel_publishing,
    retry_publishing,
    run_publishing,
    start_publishing,
    sweep_publishing,
)
from governance.casefiles.published import published_case
from governance.enums import FileFormat, PublishingState, ReportState
from governance.models import Edition, EditionContent, EditionFile, Paper, PublishingJob, Report
from governance.queries.open_publication.editions import previewed_edition
from governance.queries.reporting.checklist import checklist_of
from governance.queries.reporting.drafts import draft_content
from governance.queries.reporting.editions import MAKERS, edition_content
from governance.queries.reporting.history import report_history
from governance.report_policies import (
    can_draft,
    can_edit,
    can_open_exempt,
    can_publish,
    can_read_draft,
    powers_of,
)
from governance.reporting.facts import Facts
from governance.reporting.withheld import kept_back, withheld_blocks
from programme.models import Programme, Reminder
from services.enums import CostType, LineKind
from tests import factories
from tests.benefits.scene import page_of
from tests.governance.reports.scene import AS_OF, ReportScene, report_scene
from tests.pages import text_of
from tests.services.review_rows import ConsultationFactory

pytestmark = pytest.mark.django_db
FORMS = (FileFormat.XLSX, FileFormat.CSV)


@pytest.fixture
def scene(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The world at noon; a publication makes two formats, for the others are slow and made alike."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(publishing, "FileFormat", FORMS)
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield report_scene()


def test_who_may_do_what(scene: ReportScene):
    joint = factories.ReportFactory(programme=scene.programme)
    own = factories.ReportFactory(
        programme=scene.programme, council=scene.programme.partnership.councils.first()
    )
    councils = scene.programme.partnership.councils
    people = dict(scene.people)
    for name, council in (
        ("its auditor", own.council),
        ("another's auditor", councils.exclude(pk=own.council_id).first()),
    ):
        people[name] = factories.UserFactory()
        factories.role(people[name], RoleName.AUDITOR, council=council)
    found = {}
    for name, user in people.items():
        powers = powers_of(user, scene.programme)
        asked = {
            "drafts": can_draft(powers, None),
            "drafts own": can_draft(powers, own.council_id),
            "edits": can_edit(powers, joint),
            "edits own": can_edit(powers, own),
            "reads": can_read_draft(powers, joint),
            "signs": can_publish(powers),
            "exempt": can_open_exempt(powers, None),
            "exempt own": can_open_exempt(powers, own.council_id),
        }
        found[name] = {what for what, may in asked.items() if may}
    assert found == {
        "manager": {"drafts", "drafts own", "edits", "edits own", "reads", "exempt", "exempt own"},
        "sro": {"edits", "edits own", "reads", "signs", "exempt", "exempt own"},
        "lead": {"drafts own", "edits own", "exempt own"},
        "monitoring": {"exempt own"},
        "auditor": {"reads", "exempt", "exempt own"},
        "its auditor": {"exempt own"},
        "another's auditor": set(),
        "finance": set(),
        "s151": set(),
        "reader": set(),
    }


def test_one_draft_at_a_time_is_written_by_two_and_given_up(scene: ReportScene):
    report = scene.draft()
    with pytest.raises(Refusal, match="There is a draft already"):
        scene.draft()
    with pytest.raises(PermissionDenied, match="Only the programme manager can draft a report"):
        start_report(scene.programme, by=scene.people["sro"], new=NewReport(report.as_of_on))
    written = scene.write(report, "manager", summary="Well.", narratives={"9": "Late."})
    with pytest.raises(StaleEdit):
        scene.write(report, summary="Other.")
    first = report_history(written)[0]
    assert (first.what, [(one.label, one.before, one.after) for one in first.changes]) == (
        "Texts changed",
        [
            ("Summary", "", "Well."),
            ("Dis-benefits", "", "None reported."),
            ("How far pay and terms are harmonised", "", "Ashmere: compared."),
            ("Next report", "", "In May 2027"),
            ("9. Milestones", "", "Late."),
        ],
    )
    gone = withdraw_report(written, by=scene.people["manager"], seen_version=2, why="Begun for the wrong day")
    assert (gone.state, scene.draft().state) == (ReportState.WITHDRAWN, ReportState.DRAFT)
    with pytest.raises(Refusal, match="This report is given up, so it cannot be changed"):
        scene.write(gone)


def test_nothing_is_signed_without_disbenefits_by_the_wrong_person_or_over_a_change(scene: ReportScene):
    report = scene.draft()
    with pytest.raises(Refusals, match="Say whether there are any dis-benefits"):
        scene.sign(report)
    written = scene.write(report)
    with pytest.raises(PermissionDenied, match="Only the senior responsible owner can publish a report"):
        start_publishing(written, by=scene.people["manager"], seen_version=2, deliver=[].append)
    with pytest.raises(StaleEdit):
        scene.sign(report)
    Report.objects.filter(pk=report.pk).update(created_by=scene.people["sro"])
    with pytest.raises(Refusal, match="The person who proposed the change cannot approve it"):
        scene.sign(Report.objects.get(pk=report.pk))
    assert PublishingJob.objects.count() == 0


def test_warning_is_signed_with_a_reason_that_the_trail_keeps(scene: ReportScene):
    scene.claim(verified_pence=770_00, claimed_pence=230_00)
    report = scene.write(scene.draft(), summary="We lost 3 posts in Dover.")
    said = 'This could identify people. Use "fewer than 5"'
    with pytest.raises(Refusals, match=f"(?s){said}.*23% of reported savings are not verified"):
        scene.sign(report)
    why = "All three have agreed, and Brockvale verifies by Friday"
    signed = {"by": scene.people["sro"], "seen_version": report.version, "deliver": [].append}
    start_publishing(report, reason=why, **signed)
    assert AuditEvent.objects.get(action="start_publishing").why == why


def test_edition_is_frozen_hashed_told_and_the_same_byte_for_byte(
    scene: ReportScene, django_capture_on_commit_callbacks: Any
):
    report, told = scene.write(scene.draft()), []
    with django_capture_on_commit_callbacks(execute=True):
        job = scene.sign(report, told)
    assert told == [job.pk]
    with pytest.raises(Refusal, match="It is being published"):
        scene.sign(report)
    assert (run_publishing(job.pk), run_publishing(job.pk)) == (PublishingState.DONE, None)
    edition = Edition.objects.get()
    assert (edition.number, edition.published_by, edition.report.state) == (
        1,
        scene.people["sro"],
        ReportState.PUBLISHED,
    )
    rows = list(edition.contents.all())
    assert [(row.is_exempt, row.content_hash == content_hash(bytes(row.content))) for row in rows] == [
        (False, True),
        (True, True),
    ]
    content = edition_content(rows[0])
    assert dict(content.header)["Report hash"] == rows[0].content_hash
    for file in EditionFile.objects.all():
        again = MAKERS[FileFormat(file.format)](edition_content(file.content), edition.as_of_on)
        assert again == stored_files.read(file.path)
    told_people = set(Reminder.objects.values_list("recipient__name", "rule"))
    assert told_people == {
        (scene.people[name].name, "edition_published") for name in ("manager", "sro", "lead", "reader")
    }
    trail = AuditEvent.objects.filter(object_type="governance.edition").values_list("action", "channel")
    assert list(trail) == [("publish_edition", "task")]


def test_own_report_opens_to_that_council_what_concerns_it(scene: ReportScene):
    councils = {one.key: one for one in scene.programme.partnership.councils.all()}
    exempt = {"publication_class": "exempt", "exempt_paragraph": 3, "public_interest_reason": "Bids are open"}
    for key in ("ashmere", "brockvale"):
        factories.DecisionFactory(
            programme=scene.programme, councils=[councils[key]], text=f"Only {key} pays", **exempt
        )
    report = start_report(
        scene.programme, by=scene.people["lead"], new=NewReport(AS_OF, council=councils["ashmere"])
    )
    report = scene.write(report, "lead")
    assert [one.text for one in checklist_of(report).findings if one.code == "71"] == [
        "2 items are exempt. They will be withheld from this version"
    ]
    edition = scene.publish(report)
    row = edition.contents.get(is_exempt=True)
    texts = list(edition_content(row).texts)
    assert ("Only ashmere pays" in texts, "Only brockvale pays" in texts) == (True, False)
    opened = open_exempt_version(row, by=scene.people["monitoring"])
    assert (opened.by, ExemptAccess.objects.count()) == (scene.people["monitoring"], 1)
    leader, member = factories.UserFactory.create_batch(2)
    body = factories.BodyFactory(partnership=scene.programme.partnership)
    for user, is_executive in ((leader, True), (member, False)):
        seat = {"council": councils["ashmere"], "is_executive_member": is_executive}
        factories.BodyMemberFactory(body=body, user=user, from_on=AS_OF, **seat)
    assert open_exempt_version(row, by=leader).by == leader
    earlier = EditionContent(edition=edition, is_exempt=True, content=b"With what others withhold")
    refused = ((row, scene.people["s151"]), (row, member), (earlier, scene.people["monitoring"]))
    for version, user in refused:
        with pytest.raises(PermissionDenied, match="Your role does not open the exempt version"):
            open_exempt_version(version, by=user)


def test_item_of_a_councils_own_meeting_is_named_once_published_and_not_to_another_council(
    scene: ReportScene,
):
    councils = {one.key: one for one in scene.programme.partnership.councils.all()}
    cabinet = factories.BodyFactory(
        partnership=None, council=councils["brockvale"], type="cabinet", authority="decides"
    )
    meeting = factories.MeetingFactory(body=cabinet)
    exempt = {"publication_class": "exempt", "exempt_paragraph": 5, "public_interest_reason": "We may lose"}
    with time_machine.travel("2026-10-20 12:00:00+00:00", tick=False):
        decision = factories.DecisionFactory(programme=scene.programme, councils=list(councils.values()))
        item = factories.AgendaItemFactory(
            meeting=meeting, decision=decision, title="Claim of Fenwick", **exempt
        )
    Paper.objects.create(
        item=item, title="Advice on Fenwick", size_bytes=1, entered_by=scene.people["manager"],
        entered_at=item.created_at, **exempt,
    )  # fmt: skip

    def named(council: str) -> int:
        facts = Facts(scene.programme, AS_OF, council)
        blocks = withheld_blocks(facts, kept_back(facts, is_exempt=False))["11"]
        return sum("Fenwick" in block.text for block in blocks)

    assert (named(""), named("ashmere"), named("brockvale")) == (0, 0, 0)
    type(meeting).objects.update(agenda_published_on=AS_OF)
    assert (named(""), named("ashmere"), named("brockvale")) == (2, 0, 2)


def test_report_says_how_far_pay_and_terms_are_harmonised_and_what_that_costs(scene: ReportScene):
    report = scene.draft()
    found = [one.text for one in checklist_of(report).findings]
    assert "Say how far pay and terms are harmonised, council by council" in found
    people = next(one for one in draft_content(report, number=1).sections if one.number == "13")
    assert Notice("Say how far pay and terms are harmonised.") in people.blocks
    line = Line.objects.filter(programme=scene.programme, kind=LineKind.RECURRING_COST).first()
    line = line or factories.LineFactory(programme=scene.programme, kind=LineKind.RECURRING_COST)
    Line.objects.filter(pk=line.pk).update(cost_type=CostType.HARMONISATION)
    content = draft_content(scene.write(report), number=1)
    people = next(one for one in content.sections if one.number == "13")
    assert Words("Harmonisation of pay and terms: Ashmere: compared.") in people.blocks
    costs = next(one for one in content.tables if one.key == "harmonisation")
    assert [row[0] for row in costs.rows] == [line.title]


def test_worker_that_is_killed_goes_on_where_it_was_and_is_given_up_after_the_second_try(
    scene: ReportScene, monkeypatch: pytest.MonkeyPatch
):
    job = scene.sign(scene.write(scene.draft()))
    frozen = draft_content(job.report, number=1)

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> bytes:
        raise Killed

    broken = {**MAKERS, FileFormat.CSV: killed}
    monkeypatch.setattr(publishing, "MAKERS", broken)
    with pytest.raises(Killed):
        run_publishing(job.pk)
    assert (run_publishing(job.pk), Edition.objects.count()) == (None, 0)
    job.refresh_from_db()
    assert [one["name"] for one in job.made] == ["open", "exempt", "open.xlsx", "exempt.xlsx"]
    delivered: list[int] = []
    PublishingJob.objects.update(claimed_at=now() - timedelta(minutes=12))
    assert (sweep_publishing(deliver=delivered.append), delivered) == ([job.pk], [job.pk])
    monkeypatch.setattr(publishing, "MAKERS", MAKERS)
    scene.programme.name = "Changed meanwhile"
    scene.programme.save()
    assert run_publishing(job.pk) == PublishingState.DONE
    kept = edition_content(Edition.objects.get().contents.get(is_exempt=False))
    assert (kept.title, kept.sections) == (frozen.title, frozen.sections)
    PublishingJob.objects.filter(pk=job.pk).update(
        state=PublishingState.RUNNING, attempts=MOST_TRIES, claimed_at=now() - timedelta(minutes=12)
    )
    assert sweep_publishing(deliver=delivered.append) == []
    job.refresh_from_db()
    assert (job.state, job.error) == (PublishingState.FAILED, "It stopped twice. Try again")


def test_report_is_signed_though_the_broker_is_away(
    scene: ReportScene, django_capture_on_commit_callbacks: Any
):
    written = scene.write(scene.draft())

    def deliver(job_id: int) -> None:
        raise ConnectionError("The broker is away")

    with django_capture_on_commit_callbacks(execute=True):
        job = start_publishing(written, by=scene.people["sro"], seen_version=written.version, deliver=deliver)
    assert job.is_running


def test_lost_message_is_noticed_and_cancelled_work_leaves_no_edition(
    scene: ReportScene, monkeypatch: pytest.MonkeyPatch
):
    report = scene.write(scene.draft())
    job = scene.sign(report)
    PublishingJob.objects.update(waiting_since=now() - timedelta(minutes=2))
    assert sweep_publishing(deliver=[].append) == [job.pk]

    def cancel_meanwhile(content: Any, day: Any) -> bytes:
        cancel_publishing(job, by=scene.people["manager"])
        return b"late"

    monkeypatch.setattr(publishing, "MAKERS", {**MAKERS, FileFormat.XLSX: cancel_meanwhile})
    assert (run_publishing(job.pk), Edition.objects.count()) == (None, 0)
    with pytest.raises(Refusal, match="This is cancelled, so it cannot be cancelled now"):
        cancel_publishing(job, by=scene.people["manager"])
    monkeypatch.setattr(publishing, "MAKERS", MAKERS)
    retry_publishing(job, by=scene.people["sro"], deliver=[].append)
    assert run_publishing(job.pk) == PublishingState.DONE
    kept = set(EditionFile.objects.values_list("path", flat=True))
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        sweep_publishing(deliver=[].append)
    assert set(stored_files.kept("editions")) == kept
    with pytest.raises(Refusal, match="This report is published, so it cannot be changed"):
        retry_publishing(job, by=scene.people["sro"], deliver=[].append)


def test_changed_report_is_signed_anew_and_not_tried_again(scene: ReportScene):
    report = scene.write(scene.draft())
    job = scene.sign(report)
    with pytest.raises(Refusal, match="It is being published"):
        scene.write(report)
    cancel_publishing(job, by=scene.people["sro"])
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        scene.write(report, summary="Other.")
        with pytest.raises(Refusal, match="The report was changed since"):
            retry_publishing(job, by=scene.people["sro"], deliver=[].append)


def test_correction_is_an_edition_of_its_own_and_files_have_their_time(scene: ReportScene):
    review = factories.ServiceReviewFactory(service__programme=scene.programme)
    held = {"review": review, "council": scene.programme.partnership.councils.get(key="ashmere")}
    for begun in (date(2026, 10, 1), date(2026, 11, 1)):
        ConsultationFactory(**held, started_on=begun, ended_on=date(2026, 11, 2))
    first = scene.publish(scene.write(scene.draft(), summary="As it was."))
    with pytest.raises(Refusal, match="Say what the correction changes, and why, in at least 10 characters"):
        start_report(
            scene.programme, by=scene.people["manager"], new=NewReport(first.as_of_on, corrects=first)
        )
    draft = start_report(
        scene.programme,
        by=scene.people["manager"],
        new=NewReport(first.as_of_on, corrects=first, what_changed="The summary was wrong."),
    )
    assert (draft.summary, draft.disbenefits) == ("As it was.", "None reported.")
    second = scene.publish(draft)
    assert (second.number, second.corrects, second.what_changed) == (2, first, "The summary was wrong.")
    said = edition_content(second.contents.get(is_exempt=False))
    assert ("Corrects", "edition 1") in said.header
    texts = list(said.texts)
    assert [text for text in texts if "consultation" in text] == [
        "Ashmere: redundancy consultation, started 1 October 2026."
    ]
    assert texts[1] == "This edition corrects edition 1. The summary was wrong."
    assert not [text for text in (*texts, *said.tables) if "This is the first edition" in str(text)]
    exempt = first.contents.get(is_exempt=True)
    with pytest.raises(PermissionDenied, match="Your role does not open the exempt version"):
        download_file(exempt, FileFormat.CSV, by=scene.people["reader"])
    with pytest.raises(PermissionDenied):
        open_exempt_version(exempt, by=scene.people["reader"])
    before = download_file(exempt, FileFormat.CSV, by=scene.people["auditor"])
    with time_machine.travel("2028-01-03 12:00:00+00:00", tick=False):
        sweep_publishing(deliver=[].append)
        assert set(EditionFile.objects.values_list("path", flat=True)) == {""}
        after = download_file(exempt, FileFormat.CSV, by=scene.people["auditor"])
        page = text_of(page_of(scene.people["reader"]).get(first.get_absolute_url()))
    assert "The files first made on 24 November 2026 are no longer kept." in page
    assert (before.name, before) == ("abc-benefits-report-1-exempt.zip", after)
    assert (ExemptAccess.objects.count(), AuditEvent.objects.filter(action="download_edition").count()) == (
        2,
        2,
    )


def test_case_for_others_is_the_same_bytes_whatever_is_renamed_or_leaves(scene: ReportScene):
    programme, partnership = scene.programme, scene.programme.partnership
    brockvale = partnership.councils.get(key="brockvale")
    measured = {"measure_name": "Days to answer", "starting_value": 9, "target_value": 5}
    benefit = factories.BenefitFactory(programme=programme, title="Quicker answers", **measured)
    benefit.councils.add(brockvale)
    edition = scene.publish(scene.write(scene.draft()))

    def case() -> bytes:
        found = previewed_edition(Programme.objects.get(pk=programme.pk))
        assert found is not None
        return published_case(found)

    before = case()
    fields = yaml.safe_load(before)
    assert [(one["measure"], one["council"]) for one in fields["non_financial"]] == [
        ("Quicker answers: Days to answer", ["brockvale"])
    ]
    assert ("ABC" in fields["title"], len(fields["partners"])) == (True, 3)
    assert all(str(edition) in one["source"]["file"] for one in fields["non_financial"])
    type(brockvale).objects.filter(pk=brockvale.pk).update(name="Northmoor", short_name="N", type="county")
    Programme.objects.filter(pk=programme.pk).update(name="Renamed", price_basis="real")
    type(partnership).objects.filter(pk=partnership.pk).update(name="Other", model="host_authority")
    partnership.memberships.filter(council__key="carrick").update(status="left")
    partnership.memberships.filter(council__key="ashmere").delete()
    benefit.councils.clear()
    factories.role(factories.UserFactory(name="Days"), RoleName.MEMBER, partnership=partnership)
    assert case() == before

"""Publishing a report: signed, frozen, made as files a step at a time, and only then an edition (INV-36).

Nothing is published before the last step: a job that is cancelled or fails leaves no edition behind. What
was made stays with the job's row, so that a job that is taken up again goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.jobs import Deliver, Hold, Work, forget_files, hand_on, take
from core.actions.versions import check_seen
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.exports.pdf import PdfUnavailableError
from core.publishing.content import Content, InconsistentTableError
from core.publishing.keeping import to_bytes
from core.rules.text import check_reason, check_text
from core.stored_files import forget, keep, read
from governance.actions.reporting.drafts import lock_draft
from governance.actions.reporting.telling import tell_published
from governance.casefiles.published import case_to_keep
from governance.enums import FileFormat, PublishingState, ReportState
from governance.models import Edition, EditionContent, EditionFile, PublishingJob, Report
from governance.queries.reporting.checklist import checklist_of
from governance.queries.reporting.drafts import EXEMPT, OPEN, draft_content, facts_of, next_number
from governance.queries.reporting.editions import MAKERS, published
from governance.report_policies import check_edit, check_publish, powers_of
from governance.rules.reports import Checklist

FOLDER = "editions"
KEPT_FOR = timedelta(days=365)
GIVEN_UP = "It stopped twice. Try again"
FILE_GONE = "What was made so far is gone. Try again"
NUMBER_TAKEN = "Another edition was published meanwhile. Try again"
NOT_CONSISTENT = "A total does not follow from its rows. Report this fault: nothing was published"
CHANGED_SINCE = "The report was changed since. Look at it and publish it again"
VERSIONS = (OPEN, EXEMPT)
WORK = Work(
    PublishingJob,
    {PublishingState.WAITING: PublishingState.RUNNING},
    PublishingState.FAILED,
    GIVEN_UP,
)


@transaction.atomic
def start_publishing(
    report: Report,
    *,
    by: User,
    seen_version: int,
    deliver: Deliver,
    reason: str = "",
    channel: Channel = Channel.PAGE,
) -> PublishingJob:
    """Sign a draft and have it published; refuses what the checklist says must be put right first.

    What it only warns of (row 86) needs a reason, which the audit trail keeps.
    """
    check_publish(powers_of(by, report.programme), report)
    locked = lock_draft(report)
    check_seen(locked, seen_version)
    why = check_text(reason, "Reason", 500, "reason")
    _check_list(checklist_of(locked), why)
    job = PublishingJob.objects.create(report=locked, created_by=by)
    _record(job, by=by, action="start_publishing", channel=channel, why=why)
    transaction.on_commit(lambda: deliver(job.pk), robust=True)
    return job


@transaction.atomic
def cancel_publishing(job: PublishingJob, *, by: User, channel: Channel = Channel.PAGE) -> PublishingJob:
    """Publish nothing of it; refuses one that has ended."""
    check_edit(powers_of(by, job.report.programme), job.report)
    locked = PublishingJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not locked.is_running:
        raise Refusal(f"This is {str(locked.get_state_display()).lower()}, so it cannot be cancelled now")
    locked.state, locked.ended_at = PublishingState.CANCELLED, now()
    locked.save(update_fields=["state", "ended_at"])
    _record(locked, by=by, action="cancel_publishing", channel=channel)
    return locked


@transaction.atomic
def retry_publishing(
    job: PublishingJob, *, by: User, deliver: Deliver, channel: Channel = Channel.PAGE
) -> PublishingJob:
    """Begin again what failed or was cancelled; refuses a report that was changed since it was signed."""
    check_publish(powers_of(by, job.report.programme), job.report)
    report = lock_draft(job.report)
    locked = PublishingJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if locked.state not in (PublishingState.FAILED, PublishingState.CANCELLED):
        raise Refusal(f"This is {str(locked.get_state_display()).lower()}, so it cannot be tried again")
    changed = report.additions.filter(updated_at__gt=locked.created_at)
    if report.updated_at > locked.created_at or changed.exists():
        raise Refusal(CHANGED_SINCE)
    _check_list(checklist_of(report), "It was given when this was signed")
    values: dict[str, Any] = {"number": None, "frozen_at": None, "made": [], "error": "", "ended_at": None}
    values |= {"state": PublishingState.WAITING, "waiting_since": now(), "attempts": 0}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    _record(locked, by=by, action="retry_publishing", channel=channel)
    transaction.on_commit(lambda: deliver(locked.pk), robust=True)
    return locked


def run_publishing(job_id: int) -> str | None:
    """Do what is left of a job, a step at a time; the state it ends in, None where nothing is to do.

    Safe to call at any time and any number of times.
    """
    hold = take(WORK, job_id)
    if hold is None:
        return None
    try:
        while True:
            job = _job(job_id)
            step = next_step(job)
            if step is None:
                return _publish(hold, job)
            if not step(hold, job):
                return None
    except FileNotFoundError:
        return hold.end(PublishingState.FAILED, error=FILE_GONE, made=[], ended_at=now())
    except InconsistentTableError:
        return hold.end(PublishingState.FAILED, error=NOT_CONSISTENT, ended_at=now())
    except Refusal as said:
        return hold.end(PublishingState.FAILED, error=said.message[:500], ended_at=now())


Step = Callable[[Hold, PublishingJob], bool]


def next_step(job: PublishingJob) -> Step | None:
    """What is to be done next before it can be published; None where all is made."""
    if job.frozen_at is None:
        return _freeze
    done = {one["name"] for one in job.made}
    for form in FileFormat:
        if f"{OPEN}.{form.value}" not in done:
            return lambda hold, at: _make(hold, at, form)
    return None


def sweep_publishing(*, deliver: Deliver) -> list[int]:
    """Hand on again what was lost or left behind; forget files that have had their time."""
    due = EditionFile.objects.filter(kept_until__lt=today()).exclude(path="")
    for file in due:
        EditionFile.objects.filter(pk=file.pk).update(path="", kept_until=None)
        forget(file.path)
    keys = hand_on(WORK, deliver=deliver)
    needed = set(EditionFile.objects.exclude(path="").values_list("path", flat=True))
    for made in PublishingJob.objects.live().values_list("made", flat=True):
        needed |= {one["path"] for one in made}
    forget_files(FOLDER, needed, now())
    return keys


def _check_list(found: Checklist, reason: str) -> None:
    if found.blocking:
        raise Refusals([Refusal(one.text, code=one.code) for one in found.blocking])
    if found.warnings and not reason:
        raise Refusals([Refusal(one.text, "reason", one.code) for one in found.warnings])
    if found.warnings:
        check_reason(reason, "Say why it is published all the same", "reason", "86")


def _freeze(hold: Hold, job: PublishingJob) -> bool:
    """Read everything once and keep what both versions say; False where the hold is lost."""
    report = job.report
    number = next_number(report.programme_id, report.council_id)
    facts = facts_of(report)
    contents = {one: draft_content(report, number=number, version=one, facts=facts) for one in VERSIONS}
    contents[OPEN] = _with_case(report, number, contents[OPEN])
    made = [_kept(name, to_bytes(one)) for name, one in contents.items()]
    return hold.mark(number=number, frozen_at=now(), made=made, attempts=1)


def _with_case(report: Report, number: int, content: Content) -> Content:
    """The open version with its case file; the report of one council is no case for others."""
    if report.council_id is not None:
        return content
    edition = Edition(programme=report.programme, number=number, as_of_on=report.as_of_on)
    return replace(content, case=case_to_keep(edition, content))


def _make(hold: Hold, job: PublishingJob, form: FileFormat) -> bool:
    """One format of both versions; False where the hold is lost."""
    made = list(job.made)
    for version in VERSIONS:
        name = f"{version}.{form.value}"
        frozen = next(one for one in job.made if one["name"] == version)
        content = published(read(frozen["path"]), frozen["sha256"], job.frozen_at or now())
        try:
            made.append(_kept(name, MAKERS[form](content, job.report.as_of_on)))
        except PdfUnavailableError:
            made.append({"name": name, "path": "", "sha256": "", "size": 0})
    return hold.mark(made=made, attempts=1)


def _kept(name: str, content: bytes) -> dict[str, Any]:
    digest = sha256(content).hexdigest()
    return {"name": name, "path": keep(FOLDER, content), "sha256": digest, "size": len(content)}


def _publish(hold: Hold, job: PublishingJob) -> str | None:
    """The edition, all of it in one transaction with the job's own end."""
    with transaction.atomic():
        report = (
            Report.objects.select_for_update(of=("self",))
            .select_related("programme", "council")
            .get(pk=job.report_id)
        )
        number = next_number(report.programme_id, report.council_id)
        if job.number != number:
            raise Refusal(NUMBER_TAKEN)
        edition = _edition(report, job, number)
        ended = hold.end(PublishingState.DONE, ended_at=now())
        if ended is None:
            transaction.set_rollback(True)
            return None
        Report.objects.filter(pk=report.pk).update(
            state=ReportState.PUBLISHED,
            edition=edition,
            version=report.version + 1,
            updated_at=now(),
            updated_by=job.created_by,
        )
        hashes = {"exempt" if one.is_exempt else "open": one.content_hash for one in edition.contents.all()}
        audit.record(
            edition,
            by=job.created_by,
            action="publish_edition",
            channel=Channel.TASK,
            scope=report.programme.key,
            after={"number": edition.number, "as_of_on": edition.as_of_on.isoformat(), "hashes": hashes},
        )
    tell_published(edition)
    return ended


def _edition(report: Report, job: PublishingJob, number: int) -> Edition:
    edition = Edition.objects.create(
        programme=report.programme,
        council=report.council,
        number=number,
        as_of_on=report.as_of_on,
        corrects=report.corrects,
        what_changed=report.what_changed,
        published_at=job.frozen_at or now(),
        published_by=job.created_by,
    )
    made = {one["name"]: one for one in job.made}
    for version in VERSIONS:
        one = made[version]
        content = EditionContent.objects.create(
            edition=edition,
            is_exempt=version == EXEMPT,
            content=read(one["path"]),
            content_hash=one["sha256"],
        )
        EditionFile.objects.bulk_create(_files(content, version, made))
    return edition


def _files(content: EditionContent, version: str, made: dict[str, dict[str, Any]]) -> list[EditionFile]:
    found = [(form, made[f"{version}.{form.value}"]) for form in FileFormat]
    return [
        EditionFile(
            content=content,
            format=form,
            path=one["path"],
            kept_until=today() + KEPT_FOR,
            size_bytes=one["size"],
            sha256=one["sha256"],
        )
        for form, one in found
        if one["path"]
    ]


def _job(job_id: int) -> PublishingJob:
    rows = PublishingJob.objects.select_related(
        "report__programme__partnership", "report__council", "report__corrects", "created_by"
    )
    return rows.get(pk=job_id)


def _record(job: PublishingJob, *, by: User, action: str, channel: Channel, why: str = "") -> None:
    audit.record(
        job,
        by=by,
        action=action,
        channel=channel,
        scope=job.report.programme.key,
        after={"state": job.state, "version": job.report.version},
        why=why,
    )

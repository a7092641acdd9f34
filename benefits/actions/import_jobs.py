"""Large files of amounts: sent, checked by the worker, confirmed, and imported whole or not at all.

Whatever is lost on the way or killed, `sweep_imports` hands it on again (`core.actions.jobs`).
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from benefits.entry_imports import AmountImport, Told, read_amounts, store_amounts
from benefits.enums import EntryKind, ImportState
from benefits.models import ImportJob
from benefits.models.import_job import CANCELLABLE
from benefits.policies import check_own_import
from benefits.queries.entry_table import entered_councils
from core.actions import audit
from core.actions.jobs import Deliver, Hold, Work, forget_files, hand_on, take
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.imports.files import Uploaded
from core.imports.pasted import PastedText
from core.rules.money import format_amount
from core.rules.text import check_text
from core.rules.words import count_of
from core.stored_files import keep, read
from programme.models import Programme

MOST_ROWS = 50_000
MOST_SHOWN = 200
FILE_GONE = "The file is gone. Send it again"
GIVEN_UP = "The import stopped. Send the file again"
NOT_CONFIRMED = "Nobody confirmed it within 30 days. Send the file again"
FOLDER = "imports"
KEPT_FOR = timedelta(days=30)
WORK = Work(
    ImportJob,
    {ImportState.WAITING: ImportState.CHECKING, ImportState.CONFIRMED: ImportState.STORING},
    ImportState.FAILED,
    GIVEN_UP,
)


@transaction.atomic
def start_import(
    programme: Programme,
    kind: EntryKind,
    *,
    by: User,
    uploaded: Uploaded,
    told: Told,
    deliver: Deliver,
    channel: Channel = Channel.PAGE,
) -> ImportJob:
    """Keep the file and have it checked; refuses a person who may enter nothing here."""
    if not entered_councils(programme, by, kind):
        raise Refusal("Only an officer of a partner council can enter its amounts", "file")
    job = ImportJob.objects.create(
        programme=programme,
        kind=kind,
        file_name=(uploaded.name or "file")[-200:],
        path=keep(FOLDER, uploaded.read()),
        why=check_text(told.why, "Explanation", 500, "why"),
        as_at_on=told.as_at_on,
        created_by=by,
    )
    _audit(job, by=by, action="start_import", channel=channel)
    transaction.on_commit(lambda: deliver(job.pk), robust=True)
    return job


@transaction.atomic
def confirm_import(
    job: ImportJob, *, by: User, deliver: Deliver, channel: Channel = Channel.PAGE
) -> ImportJob:
    """Have what was shown imported; refuses all but who sent it."""
    check_own_import(by, job)
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if not locked.can_be_confirmed:
        word, cure = str(locked.get_state_display()).lower(), _cure(locked)
        raise Refusal(f"This file is {word}, so it cannot be imported now. {cure}")
    locked.state, locked.waiting_since, locked.attempts = ImportState.CONFIRMED, now(), 0
    locked.save(update_fields=["state", "waiting_since", "attempts"])
    _audit(locked, by=by, action="confirm_import", channel=channel)
    transaction.on_commit(lambda: deliver(locked.pk), robust=True)
    return locked


@transaction.atomic
def cancel_import(job: ImportJob, *, by: User, channel: Channel = Channel.PAGE) -> ImportJob:
    """Import nothing of it; refuses all but who sent it, and once it is being stored."""
    check_own_import(by, job)
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if locked.state not in CANCELLABLE:
        word = str(locked.get_state_display()).lower()
        raise Refusal(f"This file is {word}, so it cannot be cancelled now")
    locked.state, locked.ended_at = ImportState.CANCELLED, now()
    locked.save(update_fields=["state", "ended_at"])
    _audit(locked, by=by, action="cancel_import", channel=channel)
    return locked


def run_import(job_id: int) -> str | None:
    """Do the present step of a job unless another has it; the state it ends in, None where nothing is to do.

    Safe to call at any time and any number of times.
    """
    hold = take(WORK, job_id)
    if hold is None:
        return None
    job = ImportJob.objects.select_related("programme__partnership", "created_by").get(pk=job_id)
    try:
        ended = _check(hold, job) if hold.state == ImportState.CHECKING else _store(hold, job)
    except FileNotFoundError:
        ended = hold.end(ImportState.FAILED, error=FILE_GONE, ended_at=now())
    except (Refusal, Refusals, StaleEdit) as said:
        ended = hold.end(ImportState.FAILED, error=_why_not(said), ended_at=now())
    return ended


def sweep_imports(*, deliver: Deliver) -> list[int]:
    """Hand on again what the broker lost or a killed worker left; give up what was begun too often.

    Files that no import needs any more are forgotten: they hold what councils spend.
    """
    moment = now()
    ImportJob.objects.filter(state=ImportState.READY, claimed_at__lt=moment - KEPT_FOR).update(
        state=ImportState.FAILED, error=NOT_CONFIRMED, ended_at=moment
    )
    keys = hand_on(WORK, deliver=deliver)
    forget_files(FOLDER, set(ImportJob.objects.open().values_list("path", flat=True)), moment)
    return keys


def _why_not(said: Refusal | Refusals | StaleEdit) -> str:
    """Why it was not imported: the first reason in full, and how many more there are."""
    if not isinstance(said, Refusals):
        return said.message[:500]
    first, *others = said.refusals
    more = f". {count_of(len(others), 'more amount')} cannot be imported either" if others else ""
    return f"{first.message[: 500 - len(more)]}{more}"


def _check(hold: Hold, job: ImportJob) -> str | None:
    found = _read(hold, job, is_tried=True)
    problems = sorted(found.table.problems, key=lambda one: one.row)
    return hold.end(
        ImportState.REFUSED if problems else ImportState.READY,
        rows=len(found.table.rows),
        rows_done=len(found.table.rows),
        change_count=len(found.changes),
        changes=_shown(found),
        problem_count=len(problems),
        problems=[[one.row, one.column, one.text, one.message] for one in problems[:MOST_SHOWN]],
        seen=found.mark,
        ended_at=now() if problems else None,
    )


def _store(hold: Hold, job: ImportJob) -> str | None:
    """All of it in one transaction with the job's own end: a killed worker leaves nothing behind."""
    found = _read(hold, job, is_tried=False)
    with transaction.atomic():
        count = store_amounts(
            job.programme, EntryKind(job.kind), found, by=job.created_by, told=_told(job), mark=job.seen
        )
        ended = hold.end(ImportState.DONE, change_count=count, ended_at=now())
        if ended is None:
            transaction.set_rollback(True)
        else:
            _audit(job, by=job.created_by, action="import_amounts", channel=Channel.TASK, amounts=count)
    return ended


def _cure(job: ImportJob) -> str:
    """What to do about a file that cannot be imported now."""
    if job.is_running:
        return "Wait until it is ready"
    if job.state in (ImportState.DONE, ImportState.READY):
        return "Nothing in it is left to import"
    return "Send it again"


def _read(hold: Hold, job: ImportJob, *, is_tried: bool) -> AmountImport:
    """The file, read anew, for the councils that its sender may enter amounts of today."""
    kind = EntryKind(job.kind)
    return read_amounts(
        job.programme,
        kind,
        PastedText(read(job.path), job.file_name),
        by=job.created_by,
        councils=entered_councils(job.programme, job.created_by, kind),
        told=_told(job),
        most_rows=MOST_ROWS,
        progress=lambda done, rows: _tell(hold, done, rows),
        is_tried=is_tried,
    )


def _tell(hold: Hold, done: int, rows: int) -> None:
    """How far it is, which also tells that the worker lives; stops where the job was cancelled meanwhile."""
    if not hold.mark(rows=rows, rows_done=done):
        raise Refusal("The import was cancelled. Send the file again to import it")


def _shown(found: AmountImport) -> list[list[str]]:
    """The first changes as the page prints them: line, reference, council, time, now and after it."""
    return [
        [
            one.typed.line.title,
            one.typed.line.ref,
            str(one.typed.council),
            str(one.typed.span),
            "none" if one.before is None else format_amount(one.before),
            "none" if one.typed.pence is None else format_amount(one.typed.pence),
        ]
        for one in found.changes[:MOST_SHOWN]
    ]


def _told(job: ImportJob) -> Told:
    return Told(job.why, job.as_at_on)


def _audit(job: ImportJob, *, by: User, action: str, channel: Channel, **more: int) -> None:
    audit.record(
        job,
        by=by,
        action=action,
        channel=channel,
        scope=job.programme.key,
        after={"kind": job.kind, "state": job.state, **more},
    )

"""Large files of amounts: sent, checked by the worker, confirmed, and imported whole or not at all.

Whatever the broker loses and whatever worker is killed: the row in the database says what is to be done, and
`sweep_imports` hands it on again. A step that was begun MOST_TRIES times and never ended is given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from benefits.entry_imports import AmountImport, Told, read_amounts, store_amounts
from benefits.enums import EntryKind, ImportState
from benefits.models import ImportJob
from benefits.models.import_job import CANCELLABLE
from benefits.policies import check_own_import
from benefits.queries.entry_table import entered_councils
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.imports.files import Uploaded
from core.imports.pasted import PastedText
from core.rules.money import format_amount
from core.rules.text import check_text
from core.rules.words import count_of
from core.stored_files import forget, keep, kept, read
from programme.models import Programme

logger = logging.getLogger(__name__)

MOST_ROWS = 50_000
MOST_SHOWN = 200
MOST_TRIES = 2
# Longer than the task's hard time limit, so that a hold this old has no living worker behind it.
STALE_AFTER = timedelta(minutes=11)
# A message that the broker has not delivered by then counts as lost; a second one does no harm.
LOST_AFTER = timedelta(minutes=1)
FILE_GONE = "The file is gone. Send it again"
GIVEN_UP = "The import stopped. Send the file again"
NOT_CONFIRMED = "Nobody confirmed it within 30 days. Send the file again"
FOLDER = "imports"
KEPT_FOR = timedelta(days=30)
# What each waiting state is taken up as.
_BEGUN = {ImportState.WAITING: ImportState.CHECKING, ImportState.CONFIRMED: ImportState.STORING}
Deliver = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Hold:
    """One worker's hold on a job. Another may take over once it is stale; then its marks do nothing."""

    pk: int
    key: str
    state: ImportState

    def mark(self, **values: object) -> bool:
        """Write `values` to the job; False where the hold is lost, or the job was cancelled."""
        held = ImportJob.objects.filter(pk=self.pk, claim_key=self.key, state=self.state)
        return bool(held.update(claimed_at=now(), **values))


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
    transaction.on_commit(lambda: deliver(job.pk))
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
    transaction.on_commit(lambda: deliver(locked.pk))
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
    hold = _take(job_id)
    if hold is None:
        logger.info("Import %s is gone, done or in other hands", job_id)
        return None
    job = ImportJob.objects.select_related("programme__partnership", "created_by").get(pk=job_id)
    try:
        ended = _check(hold, job) if hold.state == ImportState.CHECKING else _store(hold, job)
    except FileNotFoundError:
        ended = _end(hold, state=ImportState.FAILED, error=FILE_GONE, ended_at=now())
    except (Refusal, Refusals, StaleEdit) as said:
        ended = _end(hold, state=ImportState.FAILED, error=_why_not(said), ended_at=now())
    return ended


def sweep_imports(*, deliver: Deliver) -> list[int]:
    """Hand on again what the broker lost or a killed worker left; give up what was begun too often.

    Files that no import needs any more are forgotten: they hold what councils spend.
    """
    moment = now()
    left = Q(state__in=_BEGUN.values(), claimed_at__lt=moment - STALE_AFTER)
    ImportJob.objects.filter(left, attempts__gte=MOST_TRIES).update(
        state=ImportState.FAILED, error=GIVEN_UP, ended_at=moment
    )
    ImportJob.objects.filter(state=ImportState.READY, claimed_at__lt=moment - KEPT_FOR).update(
        state=ImportState.FAILED, error=NOT_CONFIRMED, ended_at=moment
    )
    _forget_files(moment)
    lost = Q(state__in=_BEGUN, waiting_since__lt=moment - LOST_AFTER)
    keys = list(ImportJob.objects.filter(left | lost).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        deliver(key)
    return keys


def _forget_files(moment: datetime) -> None:
    """Forget the files of imports that have ended, and those that never got a row."""
    needed = set(ImportJob.objects.open().values_list("path", flat=True))
    for path, since in kept(FOLDER).items():
        if path not in needed and since < moment - STALE_AFTER:
            forget(path)


def _why_not(said: Refusal | Refusals | StaleEdit) -> str:
    """Why it was not imported: the first reason in full, and how many more there are."""
    if not isinstance(said, Refusals):
        return said.message[:500]
    first, *others = said.refusals
    more = f". {count_of(len(others), 'more amount')} cannot be imported either" if others else ""
    return f"{first.message[: 500 - len(more)]}{more}"


def _take(job_id: int) -> _Hold | None:
    """Take the job where it waits, or where its holder is gone; None where it is not to be had."""
    moment, key = now(), uuid4().hex
    for waiting, begun in _BEGUN.items():
        free = Q(state=waiting) | Q(state=begun, claimed_at__lt=moment - STALE_AFTER)
        taken = ImportJob.objects.filter(free, pk=job_id, attempts__lt=MOST_TRIES).update(
            state=begun, claimed_at=moment, claim_key=key, attempts=F("attempts") + 1
        )
        if taken:
            return _Hold(job_id, key, begun)
    return None


def _check(hold: _Hold, job: ImportJob) -> str | None:
    found = _read(hold, job, is_tried=True)
    problems = sorted(found.table.problems, key=lambda one: one.row)
    return _end(
        hold,
        state=ImportState.REFUSED if problems else ImportState.READY,
        rows=len(found.table.rows),
        rows_done=len(found.table.rows),
        change_count=len(found.changes),
        changes=_shown(found),
        problem_count=len(problems),
        problems=[[one.row, one.column, one.text, one.message] for one in problems[:MOST_SHOWN]],
        seen=found.mark,
        ended_at=now() if problems else None,
    )


def _store(hold: _Hold, job: ImportJob) -> str | None:
    """All of it in one transaction with the job's own end: a killed worker leaves nothing behind."""
    found = _read(hold, job, is_tried=False)
    with transaction.atomic():
        count = store_amounts(
            job.programme, EntryKind(job.kind), found, by=job.created_by, told=_told(job), mark=job.seen
        )
        ended = _end(hold, state=ImportState.DONE, change_count=count, ended_at=now())
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


def _read(hold: _Hold, job: ImportJob, *, is_tried: bool) -> AmountImport:
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


def _tell(hold: _Hold, done: int, rows: int) -> None:
    """How far it is, which also tells that the worker lives; stops where the job was cancelled meanwhile."""
    if not hold.mark(rows=rows, rows_done=done):
        raise Refusal("The import was cancelled. Send the file again to import it")


def _end(hold: _Hold, **values: object) -> str | None:
    """The state it ends in; None where the hold was lost, or the job cancelled, meanwhile."""
    if not hold.mark(**values):
        logger.warning("Import %s was taken over or cancelled meanwhile", hold.pk)
        return None
    return str(values["state"])


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

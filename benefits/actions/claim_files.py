"""Evidence files of actual amounts: kept for good, one or more at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from benefits.actions.actual import claim_actual, lock_actual
from benefits.actions.amounts import Amount
from benefits.enums import Outcome
from benefits.models import ActualAmount, ClaimFile
from benefits.policies import check_add_files
from core import stored_files
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal
from core.imports.documents import Document, read_document
from core.imports.files import Uploaded

FOLDER = "evidence"
MOST_AT_ONCE = 10
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file in the data folder that has no row yet."""

    document: Document
    name: str
    path: str


def add_files(
    actual: ActualAmount, *, by: User, files: Sequence[Uploaded], channel: Channel = Channel.PAGE
) -> list[ClaimFile]:
    """The files, beside those that are there. All or none: refuses each as row 81 does."""
    check_add_files(by, actual)
    if not files:
        raise Refusal("Choose a file", "evidence_files", "81")
    with _kept(files) as kept, transaction.atomic():
        locked = lock_actual(actual)
        _check_counts(locked)
        return _store(locked, kept, by=by, channel=channel)


def claim_with_files(
    amount: Amount, *, by: User, ledger_code: str, evidence: str, files: Sequence[Uploaded]
) -> ActualAmount:
    """A claimed amount with its evidence; where either is refused, neither is stored."""
    with _kept(files) as kept, transaction.atomic():
        actual = claim_actual(amount, by=by, ledger_code=ledger_code, evidence=evidence)
        _store(actual, kept, by=by, channel=Channel.PAGE)
        return actual


@contextmanager
def _kept(files: Sequence[Uploaded]) -> Iterator[list[_Kept]]:
    """Keep the files; those whose rows are not stored after all are deleted again."""
    if len(files) > MOST_AT_ONCE:
        raise Refusal(f"Choose {MOST_AT_ONCE} files or fewer", "evidence_files", "81")
    documents = [(_read(file), (file.name or "")[-_LONGEST_NAME:]) for file in files]
    kept: list[_Kept] = []
    try:
        for document, name in documents:
            kept.append(_Kept(document, name, stored_files.keep(FOLDER, document.content)))
        yield kept
    except BaseException:
        for one in kept:
            stored_files.forget(one.path)
        raise


def _read(file: Uploaded) -> Document:
    try:
        return read_document(file)
    except Refusal as refusal:
        raise Refusal(refusal.message, "evidence_files", refusal.code) from None


def _store(actual: ActualAmount, kept: Sequence[_Kept], *, by: User, channel: Channel) -> list[ClaimFile]:
    rows = [
        ClaimFile.objects.create(
            actual=actual,
            path=one.path,
            file_name=one.name,
            content_type=one.document.type.content_type,
            size_bytes=len(one.document.content),
            sha256=hashlib.sha256(one.document.content).hexdigest(),
            entered_by=by,
        )
        for one in kept
    ]
    for row in rows:
        audit.record(
            row,
            by=by,
            action="add_claim_file",
            channel=channel,
            scope=actual.line.programme.key,
            after={"actual": actual.pk, "file_name": row.file_name, "sha256": row.sha256},
        )
    return rows


def _check_counts(actual: ActualAmount) -> None:
    """Refuse evidence for what counts nowhere: a returned amount, one taken back, or what takes it back."""
    answer = getattr(actual, "verification", None)
    if answer is not None and answer.outcome == Outcome.RETURNED:
        raise Refusal("This amount was returned, so it counts nowhere. Enter a new amount", "evidence_files")
    if actual.reverses_id is not None or ActualAmount.objects.filter(reverses=actual).exists():
        raise Refusal("This amount has been reversed, so it needs no evidence", "evidence_files")

"""The evidence files of actual amounts, and one of them as it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from benefits.enums import Outcome
from benefits.models import ActualAmount, ClaimFile
from benefits.policies import can_add_files
from core import stored_files
from core.imports.documents import ENDINGS
from core.rules.calendar import fy_file_key


@dataclass(frozen=True, slots=True)
class SentFile:
    """The bytes of a file, how it is sent, and the name it is saved under."""

    content: bytes
    content_type: str
    name: str


def sent_file(row: ClaimFile) -> SentFile:
    """The file, named by its amount and the ending of what it is, not as it was called."""
    actual = row.actual
    time = f"{fy_file_key(actual.fy)}-{actual.period:02}"
    name = f"{actual.line.ref}-{actual.council.key}-{time}-{row.pk}.{ENDINGS[row.content_type]}"
    return SentFile(stored_files.read(row.path), row.content_type, name)


def files_of(actual: int) -> tuple[ClaimFile, ...]:
    """The evidence of one actual amount, in the order in which it came. One query."""
    return tuple(ClaimFile.objects.filter(actual=actual).select_related("entered_by"))


def may_add_files(user: User, actual: int) -> bool:
    """Whether `user` may add evidence to this amount now: it is claimed or verified, and not taken back."""
    rows = ActualAmount.objects.filter(pk=actual, reverses__isnull=True, reversed_by__isnull=True)
    row = (
        rows.exclude(verification__outcome=Outcome.RETURNED)
        .select_related("council", "line__benefit", "line__programme")
        .first()
    )
    return row is not None and can_add_files(user, row)

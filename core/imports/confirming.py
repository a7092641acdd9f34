"""Rows that were shown and wait to be confirmed: kept on the server, whatever their size.

The page holds a signed name for them, good for the same person and the same purpose. Who never confirms
leaves a file behind, which goes after a few days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing

from core import stored_files
from core.clock import now
from core.errors import Refusal
from core.imports.pasted import PastedText

FOLDER = "to-confirm"
KEPT_FOR = timedelta(days=3)
GONE = "What was shown is no longer kept. Send the file again"


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows that were shown, and the name of the file they came in."""

    rows: PastedText
    file_name: str
    path: str


def keep_shown(rows: str, *, by: Any, purpose: str, file_name: str = "") -> str:
    """Keep the rows; returns the name under which the same person confirms them for the same `purpose`."""
    return signing.dumps([stored_files.keep(FOLDER, rows.encode()), by.pk, purpose, file_name], salt=FOLDER)


def find_shown(name: str, *, by: Any, purpose: str) -> Shown:
    """The rows of a name; refuses one of somebody else, of another purpose, or whose rows are gone."""
    try:
        path, person, kept_for, file_name = signing.loads(name, salt=FOLDER, max_age=KEPT_FOR)
        if (person, kept_for) != (by.pk, purpose):
            raise Refusal(GONE, "file")
        return Shown(PastedText(stored_files.read(path)), file_name, path)
    except (signing.BadSignature, FileNotFoundError):
        raise Refusal(GONE, "file") from None


def forget_unconfirmed() -> None:
    """Forget rows that nobody confirmed in time."""
    oldest = now() - KEPT_FOR
    for path, since in stored_files.kept(FOLDER).items():
        if since < oldest:
            stored_files.forget(path)


def forget_shown(shown: Shown) -> None:
    """Forget rows that were taken."""
    stored_files.forget(shown.path)

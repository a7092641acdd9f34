"""Evidence files of actual amounts, with their content for as long as a case file has room for it."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict

from benefits.models import ClaimFile
from core import stored_files
from governance.casefiles.dumping.shape import Fields, compact, email_of, moment_of
from programme.models import Programme

# A case file holds at most 10MB. Of files beyond this it says which they are, and they are taken along apart.
ROOM_BYTES = 1_000_000


def dump_claim_files(programme: Programme) -> dict[int, list[Fields]]:
    """The files of each amount by its key, in the order in which they were added."""
    rows = ClaimFile.objects.filter(actual__line__programme=programme).select_related("entered_by")
    found: dict[int, list[Fields]] = defaultdict(list)
    left = ROOM_BYTES
    for row in rows.order_by("pk"):
        content = _content(row) if row.size_bytes <= left else None
        left -= len(content or b"")
        found[row.actual_id].append(_file(row, content))
    return found


def _content(row: ClaimFile) -> bytes | None:
    try:
        return stored_files.read(row.path)
    except FileNotFoundError:
        return None


def _file(row: ClaimFile, content: bytes | None) -> Fields:
    return compact(
        {
            "name": row.file_name,
            "sha256": row.sha256,
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
            "content": b64encode(content).decode() if content else None,
        }
    )

"""What an import would do, in words, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.actions.service_writes import Write
from services.queries.service_history import ValueChange, about_words, action_words, value_changes

PREVIEW_ROWS = 200


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One thing that would be added or changed."""

    service: str
    what: str
    is_new: bool
    changes: tuple[ValueChange, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first things that would be added or changed, and how many more there are."""

    rows: tuple[PreviewRow, ...]
    more: int


def preview(writes: Sequence[Write]) -> Preview:
    """What the writes would do, the first of them in words."""
    rows = tuple(_row(write) for write in writes[:PREVIEW_ROWS])
    return Preview(rows, max(0, len(writes) - PREVIEW_ROWS))


def _row(write: Write) -> PreviewRow:
    about = about_words(write.about)
    what = action_words(write.action).replace("Added", "Add").replace("Changed", "Change")
    return PreviewRow(
        service=f"{write.service.ref} {write.service.name}",
        what=f"{what}: {about}" if about else what,
        is_new=write.is_new,
        changes=value_changes(write.before, write.after),
    )

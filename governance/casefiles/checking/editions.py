"""Rules of published editions: each says what its hash is of, and corrects only what came before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.clock import london_date
from core.publishing.content import content_hash
from core.publishing.keeping import UnknownFormError, from_bytes, from_text
from core.rules.text import check_reason
from governance.casefiles.checking.common import check_person
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from governance.rules.reports import SAY_WHAT_CHANGED, check_narratives

OTHER_HASH = "The content is not what its hash is of. Take both from the file that Concordat wrote"
UNREADABLE = "The content cannot be read. Take it from the file that Concordat wrote"
LATER_FORM = "The content was written by a later release of Concordat. Load it there"


def check_editions(file: CaseFile, world: World) -> None:
    """Note what is wrong in the editions of a programme."""
    partners = {entry.text("council") for entry in file.entries("partners")}
    numbers: set[tuple[str, int | None]] = set()
    entries = file.entries("editions")
    known = {(entry.text("council"), entry.integer("number")) for entry in entries}
    for entry in entries:
        council, number = entry.text("council"), entry.integer("number")
        if council and council not in partners:
            entry.add(f"{world.council_name(council)} is not a partner in this programme", "council")
        if (council, number) in numbers:
            entry.add(f"There are two editions with the number {number}. Keep one", "number")
        numbers.add((council, number))
        check_person(entry, "by", world)
        _check_days(entry, world)
        _check_correction(entry, known)
        texts = {one.text("section"): one.text("text") for one in entry.entries("narratives")}
        entry.refused(partial(check_narratives, texts), "narratives")
        check_kept(entry, from_bytes)


def _check_days(entry: Entry, world: World) -> None:
    at, as_of = entry.moment("at"), entry.day("as_of")
    if at and london_date(at) > world.as_of:
        entry.add("Date of publication must be today or in the past", "at")
    elif at and as_of and as_of > london_date(at):
        entry.add("This must be on or before the day of publication", "as_of")


def _check_correction(entry: Entry, known: set[tuple[str, int | None]]) -> None:
    corrected = entry.integer("corrects")
    if corrected is None:
        return
    if corrected >= (entry.integer("number") or 0) or (entry.text("council"), corrected) not in known:
        entry.add(f"There is no earlier edition {corrected} of the same report in editions", "corrects")
    entry.refused(lambda: check_reason(entry.text("what_changed"), SAY_WHAT_CHANGED), "what_changed")


def check_kept(entry: Entry, read: Callable[[bytes], object]) -> None:
    """Note a content that is not what its hash is of, or that `read` does not know."""
    try:
        kept = from_text(entry.raw("content", ""))
        if content_hash(kept) != entry.text("sha256"):
            entry.add(OTHER_HASH, "content")
        else:
            read(kept)
    except UnknownFormError:
        entry.add(LATER_FORM, "content")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        entry.add(UNREADABLE, "content")

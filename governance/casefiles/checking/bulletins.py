"""Rules of sent bulletins: what its hash is of, of which month, and what it corrects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from core.clock import london_date
from core.rules.text import check_reason
from governance.bulletins.content import from_bytes
from governance.bulletins.keys import OF_MILESTONES, OF_NOTHING
from governance.casefiles.checking.common import check_person, check_reference, ids_of
from governance.casefiles.checking.editions import check_kept
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from governance.enums import BulletinItemKind
from governance.rules.bulletins import month_end, month_words
from governance.rules.reports import SAY_WHAT_CHANGED

OTHER_BULLETIN = "The content is of another bulletin. Take both from the file that Concordat wrote"
Section = tuple[Collection[str], str]


def check_bulletins(file: CaseFile, world: World) -> None:
    """Note what is wrong in the sent bulletins of a programme."""
    entries = file.entries("bulletins")
    months = {entry.integer("number"): entry.day("month") for entry in entries}
    sections = _sections(file) if entries else {}
    numbers: set[int | None] = set()
    first_of = set()
    for entry in entries:
        number, month = entry.integer("number"), entry.day("month")
        if number in numbers:
            entry.add(f"There are two bulletins with the number {number}. Keep one", "number")
        numbers.add(number)
        check_person(entry, "by", world)
        _check_days(entry, world)
        if entry.integer("corrects") is not None:
            _check_correction(entry, months)
        elif month in first_of and month:
            said = f"There are two bulletins of {month_words(month)}. Say which one the later one corrects"
            entry.add(said, "month")
        else:
            first_of.add(month)
        for item in entry.entries("items"):
            _check_item(item, sections)
        check_kept(entry, partial(_check_content, entry))


def _sections(file: CaseFile) -> Mapping[str, Section]:
    """By kind of item what it may be of, and the section that names it."""
    milestones = ids_of(file, "milestones")
    versions = {str(version.integer("number")) for version in file.entries("plan_versions")}
    return {
        **dict.fromkeys(OF_MILESTONES, (milestones, "milestones")),
        BulletinItemKind.DECIDED: (ids_of(file, "decisions"), "decisions"),
        BulletinItemKind.VERSION: (versions, "plan_versions"),
    }


def _check_days(entry: Entry, world: World) -> None:
    at, month = entry.moment("at"), entry.day("month")
    if at and london_date(at) > world.as_of:
        entry.add("Date of sending must be today or in the past", "at")
    if month and month.day != 1:
        entry.add("A month is named by its first day", "month")
    elif at and month and month_end(month) >= london_date(at):
        entry.add("This must be a month that was over when the bulletin was sent", "month")


def _check_correction(entry: Entry, months: Mapping[int | None, object]) -> None:
    corrected = entry.integer("corrects") or 0
    if corrected >= (entry.integer("number") or 0) or months.get(corrected) != entry.day("month"):
        entry.add(f"There is no earlier bulletin {corrected} of the same month in bulletins", "corrects")
    entry.refused(lambda: check_reason(entry.text("what_changed"), SAY_WHAT_CHANGED), "what_changed")


def _check_content(entry: Entry, kept: bytes) -> None:
    """Note a content that calls itself another bulletin than the one it stands for."""
    content = from_bytes(kept)
    if (content.number, content.corrects) != (entry.integer("number"), entry.integer("corrects") or 0):
        entry.add(OTHER_BULLETIN, "content")


def _check_item(item: Entry, sections: Mapping[str, Section]) -> None:
    kind = item.text("kind")
    if kind in OF_NOTHING and "of" in item:
        item.add("This tells of no single milestone, decision or plan version. Leave it out", "of")
    elif kind in sections and "of" not in item:
        item.add(f"Say which of {sections[kind][1]} it tells of", "of")
    elif kind in sections:
        check_reference(item, "of", *sections[kind])

"""A programme that everybody may read, with an edition that holds one table."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from core.exports.tables import Format
from core.publishing.content import Content, Figures, Head, Notice, Section, Words
from core.publishing.tidy import tables_archive
from core.stored_files import keep
from governance.enums import FileFormat, ReportState
from governance.models import Edition, OpenPage
from programme.models import Programme
from tests import factories

WITHHELD = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
NUMBER = 7


def sample(said: str = "Saved so far: £1,234.50.") -> Content:
    """Two sections: a sentence, then a table with something withheld beside it."""
    heads = (Head("Council"), Head("Verified", Format.MONEY, is_summed=True))
    figures = Figures("savings", "Savings verified", "£", heads, (("Ashmere", 123_450),), ("Total", 123_450))
    sections = (
        Section("1", "Summary", (Words(said),)),
        Section("3", "Savings against plan", (Notice(WITHHELD), figures)),
    )
    return Content("Benefits report: Shared", "Open version", (("Edition", "7"),), sections)


def open_edition(
    programme: Programme,
    content: Content,
    *,
    number: int = NUMBER,
    exempt: Content | None = None,
    files: Mapping[FileFormat, bytes] | None = None,
    is_on: bool = True,
) -> Edition:
    """An edition with its files kept, and the public page of its programme, which is turned on."""
    report = factories.ReportFactory(programme=programme, state=ReportState.WITHDRAWN)
    versions = {"open": content} if exempt is None else {"open": content, "exempt": exempt}
    edition = factories.edition_of(report, number, **versions)
    made = files or {FileFormat.CSV: tables_archive(content)}
    for row in edition.contents.all():
        for form, kept in made.items():
            row.files.create(
                format=form,
                path=keep("editions", kept),
                size_bytes=len(kept),
                sha256=sha256(kept).hexdigest(),
            )
    if not OpenPage.objects.filter(programme=programme).exists():
        factories.OpenPageFactory(programme=programme, is_on=is_on)
    return edition

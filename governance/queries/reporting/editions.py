"""Editions: what each says, and the files that can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from core.clock import london_date
from core.exports.workbook import workbook_bytes
from core.publishing import files, open_document, paper, tidy, word
from core.publishing.compare import Change, compare
from core.publishing.content import Content
from core.publishing.keeping import from_bytes
from core.rules.calendar import format_date
from core.stored_files import read
from governance.enums import FileFormat
from governance.models import Edition, EditionContent, EditionFile
from governance.reporting.contents import NOT_FOR_PUBLICATION_OF_COUNCIL
from governance.reporting.meanings import MEANINGS

# What every edition has of its own, so that it says nothing of how two differ.
_OWN = ("Edition", "Published", "Report hash")
Maker = Callable[[Content, date], bytes]
MAKERS: Mapping[FileFormat, Maker] = {
    FileFormat.XLSX: lambda content, day: workbook_bytes(files.as_document(content, day)),
    FileFormat.ODS: open_document.spreadsheet_bytes,
    FileFormat.DOCX: word.word_bytes,
    FileFormat.CSV: lambda content, day: tidy.tables_archive(content, MEANINGS),
    FileFormat.PDF: lambda content, day: paper.document_pdf(content),
}
CONTENT_TYPES: Mapping[FileFormat, str] = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.CSV: "application/zip",
    FileFormat.PDF: "application/pdf",
}
ENDINGS: Mapping[FileFormat, str] = {one: "zip" if one == FileFormat.CSV else one.value for one in FileFormat}


def published(kept: bytes, kept_hash: str, published_at: datetime) -> Content:
    """What was kept, with the day of its publication and its hash, as they stand on every page."""
    content = from_bytes(kept)
    more = (("Published", format_date(london_date(published_at))), ("Report hash", kept_hash))
    return replace(content, header=(*content.header, *more))


def edition_content(row: EditionContent) -> Content:
    """What an edition says in one version; the same for ever."""
    return published(bytes(row.content), row.content_hash, row.edition.published_at)


def council_of_exempt(row: EditionContent) -> int | None:
    """The council that all exempt content of a version concerns; None where it may concern others too.

    So it is of joint editions, and of those of one council that were frozen with what others withhold.
    """
    is_of_council = NOT_FOR_PUBLICATION_OF_COUNCIL.encode() in bytes(row.content)
    return row.edition.council_id if is_of_council else None


def open_changes(before: Edition, after: Edition) -> list[Change]:
    """Every difference between the open versions of two editions. One query."""
    rows = EditionContent.objects.open().filter(edition__in=[before, after]).select_related("edition")
    by_edition = {row.edition_id: row for row in rows}
    return changes_between(by_edition[before.pk], by_edition[after.pk])


def changes_between(before: EditionContent, after: EditionContent) -> list[Change]:
    """Every difference between what two editions say, without what each has of its own."""
    found = compare(edition_content(before), edition_content(after))
    return [one for one in found if one.section or one.row not in _OWN]


def first_files_gone(row: EditionContent) -> date | None:
    """The day on which files were first made that are no longer kept; None where all are. One query."""
    gone = row.files.filter(path="").order_by("-made_at").first()
    return london_date(gone.made_at) if gone else None


def file_bytes(row: EditionContent, form: FileFormat) -> bytes:
    """A file of an edition: the one that is kept, else made again from the frozen content.

    The release that made it makes the same bytes again; a later one may lay the same content out otherwise.
    Raises PdfUnavailableError where no PDF can be made.
    """
    file = row.files.filter(format=form).exclude(path="").first()
    if file is not None and (kept := _kept(file)) is not None:
        return kept
    return MAKERS[form](edition_content(row), row.edition.as_of_on)


def file_name(edition: Edition, form: FileFormat, *, is_exempt: bool) -> str:
    """abc-benefits-report-2.pdf; of one council, and the exempt version, by their names."""
    return f"{file_stem(edition)}{'-exempt' if is_exempt else ''}.{ENDINGS[form]}"


def file_stem(edition: Edition) -> str:
    """What the names of all its files begin with."""
    council = f"-{edition.council.key}" if edition.council else ""
    return f"{edition.programme.key}{council}-benefits-report-{edition.number}"


def _kept(file: EditionFile) -> bytes | None:
    try:
        return read(file.path)
    except FileNotFoundError:
        return None

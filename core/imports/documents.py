"""What kind of document an uploaded file is, by its content and never by its name (row 81)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from core.errors import Refusal
from core.imports.files import LIMIT_BYTES, Uploaded
from core.imports.package import BROKEN, no_macros

_OFFICE = "application/vnd.openxmlformats-officedocument"
_CONTENT_TYPES = "[Content_Types].xml"
_LIMIT_PART = 1024 * 1024
_LEAST_COLUMNS = 2

# Parts and words by which a document carries something that runs.
_MACRO_PARTS = re.compile(
    r"(^|/)vbaproject\.bin$|(^|/)macrosheets/|(^|/)activex/|^basic/|^scripts/", re.IGNORECASE
)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject", re.IGNORECASE)
_PDF_SCRIPTS = (b"/JavaScript", b"/Launch")
_NOT_CSV = ("<", "{\\rtf", "#!", "%!")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of file that may be kept: its ending, and what it is called when it is sent."""

    ending: str
    content_type: str


PDF = DocumentType("pdf", "application/pdf")
PNG = DocumentType("png", "image/png")
JPG = DocumentType("jpg", "image/jpeg")
CSV = DocumentType("csv", "text/csv; charset=utf-8")
DOCX = DocumentType("docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = DocumentType("xlsx", f"{_OFFICE}.spreadsheetml.sheet")
ODS = DocumentType("ods", "application/vnd.oasis.opendocument.spreadsheet")

ENDINGS = {kind.content_type: kind.ending for kind in (PDF, PNG, JPG, CSV, DOCX, XLSX, ODS)}
_STARTS = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPG), (b"%PDF-", PDF))
_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))
_MIMETYPES = {ODS.content_type.encode(): ODS}


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was taken in: its bytes and what they are."""

    content: bytes
    type: DocumentType


def read_document(uploaded: Uploaded) -> Document:
    """The uploaded file; refuses the wrong type, size, an empty file and macros (row 81)."""
    if uploaded.size >= LIMIT_BYTES:
        raise Refusal("File must be smaller than 10MB", "file", "81")
    content = uploaded.read()
    if not content.strip():
        raise Refusal("File must not be empty", "file", "81")
    return Document(content, document_type(content))


def document_type(content: bytes) -> DocumentType:
    """What the bytes are; refuses what is none of the kinds that may be kept, and what holds macros."""
    for start, kind in _STARTS:
        if content.startswith(start):
            if kind == PDF and any(word in content for word in _PDF_SCRIPTS):
                raise no_macros()
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _packed_type(content)
    if _is_csv(content):
        return CSV
    raise _refused_type()


def _packed_type(content: bytes) -> DocumentType:
    """A DOCX, XLSX or ODS by the parts in its package; nothing is unpacked but two short parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [part.filename for part in package.infolist()]
            listed = _part(package, _CONTENT_TYPES) if _CONTENT_TYPES in names else b""
            mimetype = _part(package, "mimetype") if "mimetype" in names else b""
    except BROKEN:
        raise _refused_type() from None
    if any(_MACRO_PARTS.search(name) for name in names) or _MACRO_TYPES.search(listed):
        raise no_macros()
    kind = _MIMETYPES.get(mimetype.strip())
    if kind is None and listed:
        kind = next((kind for part, kind in _PARTS if part in names), None)
    if kind is None:
        raise _refused_type()
    return kind


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_LIMIT_PART)


def _is_csv(content: bytes) -> bool:
    """Whether the bytes are UTF-8 text in rows of the same two or more columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if _CONTROLS.search(text) or text.lstrip().startswith(_NOT_CSV):
        return False
    try:
        widths = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row}
    except csv.Error:
        return False
    return len(widths) == 1 and min(widths) >= _LEAST_COLUMNS


def _refused_type() -> Refusal:
    return Refusal("File must be a CSV, ODS, XLSX, PDF, DOCX, PNG or JPG", "file", "81")

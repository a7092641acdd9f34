"""What a workbook packs, looked at before it is opened: type, macros, size, entities, cells and rows.

A file of a few kilobytes can unpack to millions of cells, so they are counted first, part by part, and no
more is held at once than one piece of a part. A row is held whole when it is read, and so are the formats:
each has a limit of its own, so that reading costs no more memory than what it gives.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.errors import Refusal

LIMIT_CELLS = 1_000_000
LIMIT_ROW_CELLS = 16_384
LIMIT_ROW_BYTES = 2 * 1024 * 1024
LIMIT_UNPACKED_BYTES = 100 * 1024 * 1024
NOTHING = "Nothing was imported"

# Marks a cell needs at most, with its text among the shared ones, and what a part has besides its cells.
_MARKS_OF_A_CELL = 16
_MARKS_BESIDES = 100_000
_BY_ROWS = ("xl/worksheets/", "xl/sharedstrings.xml")
_HELD_WHOLE = ("xl/styles.xml", "xl/workbook.xml", "[content_types].xml", "docprops/", "_rels/", "xl/_rels/")
_LEAST_CELL_BYTES = len("<c/>")
_PIECE_BYTES = 1024 * 1024
_OVERLAP_BYTES = _PIECE_START = 64
_BLANK = b" \t\r\n\x00"
_MACROS = (b"vbaproject", b"macroenabled")
_MACRO_PART = "vbaproject.bin"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CELL_OR_ROW = re.compile(rb"<(?:[^\s<>/:]+:)?(?:c|row)[\s/>]")
_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:[^\s<>/:]+:)?(?:row|si)[\s/>]")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

# What reading a workbook that breaks its own format can raise, from the package down to the XML in it.
BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(slots=True)
class _Count:
    """What was found in the parts so far."""

    cells: int = 0
    marks: int = 0
    has_formula: bool = False

    def add(self, piece: bytes) -> None:
        """Count a piece of a part; refuses as soon as there is too much."""
        if _DECLARATION.search(piece):
            raise unreadable()
        self.cells += sum(1 for _ in _CELL_OR_ROW.finditer(piece))
        self.marks += piece.count(b"<")
        self.has_formula = self.has_formula or bool(_FORMULA.search(piece))
        if self.cells > LIMIT_CELLS:
            raise too_many()


@dataclass(slots=True)
class _Part:
    """What was found in one part: its marks, and what there is since its latest row or shared text began."""

    name: str
    marks: int = 0
    row_bytes: int = 0
    row_cells: int = 0

    def add(self, piece: bytes) -> None:
        """Count the next piece; refuses a part that is held whole, or a row, that is too large."""
        self.marks += piece.count(b"<")
        if self.name.startswith(_HELD_WHOLE) and self.marks > _MARKS_BESIDES:
            raise too_many()
        if self.name.startswith(_BY_ROWS):
            self._rows(piece)

    def _rows(self, piece: bytes) -> None:
        starts = [found.start() for found in _ROW.finditer(piece)]
        self._grow(piece, 0, starts[0] if starts else len(piece))
        for start, end in pairwise([*starts, len(piece)]):
            self.row_bytes = self.row_cells = 0
            self._grow(piece, start, end)

    def _grow(self, piece: bytes, start: int, end: int) -> None:
        """A row that goes on; its cells are counted only where it is long enough to hold too many."""
        self.row_bytes += end - start
        if self.row_bytes > LIMIT_ROW_CELLS * _LEAST_CELL_BYTES:
            self.row_cells += sum(1 for _ in _CELL.finditer(piece, start, end))
        if self.row_bytes > LIMIT_ROW_BYTES or self.row_cells > LIMIT_ROW_CELLS:
            raise too_wide()


def check_package(content: bytes) -> bool:
    """Refuse what is no workbook, has macros or entities or is too large; whether it has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _checked(package)
    except BROKEN:
        raise wrong_type() from None


def _checked(package: zipfile.ZipFile) -> bool:
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if any(name.endswith(_MACRO_PART) for name in names):
        raise no_macros()
    if "xl/workbook.xml" not in names:
        raise wrong_type()
    if sum(part.file_size for part in parts) > LIMIT_UNPACKED_BYTES:
        raise too_many()
    count = _Count()
    for part in parts:
        own = _Part(part.filename.lower())
        for end, fresh in _pieces(package, part):
            piece = end + fresh
            if part.filename == "[Content_Types].xml" and any(word in piece.lower() for word in _MACROS):
                raise no_macros()
            count.add(piece)
            own.add(fresh)
    if count.marks > _MARKS_BESIDES + _MARKS_OF_A_CELL * count.cells:
        raise too_many()
    return count.has_formula


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """The pieces of a part that is XML, each after the end of the one before; none of another part."""
    end = b""
    with package.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            if not end and not _is_markup(piece):
                return
            yield end, piece
            end = piece[-_OVERLAP_BYTES:]


def _is_markup(start: bytes) -> bool:
    """Whether a part starts as XML does; refuses XML of two bytes a character, which no program writes."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)
    if text.startswith(_BYTE_ORDER_MARKS) or (text.startswith(b"<") and b"\x00" in start[:_PIECE_START]):
        raise unreadable()
    return not text or text.startswith(b"<")


def wrong_type() -> Refusal:
    """Row 81: neither of the two kinds of file that are read."""
    return Refusal("File must be a CSV or XLSX", "file", "81")


def no_macros() -> Refusal:
    """Row 81: a workbook that brings its own program."""
    return Refusal("File must not contain macros", "file", "81")


def unreadable() -> Refusal:
    """Row 82: a workbook that breaks its own format."""
    return Refusal(f"The workbook cannot be read. Save it again as XLSX. {NOTHING}", "file", "82")


def too_wide() -> Refusal:
    """Row 82: a row that no spreadsheet writes."""
    cells = f"{LIMIT_ROW_CELLS:,} cells or {LIMIT_ROW_BYTES // 1024**2}MB"
    return Refusal(f"No row may hold more than {cells}. {NOTHING}", "file", "82")


def too_many() -> Refusal:
    """Row 82: more than any table of ours can hold."""
    return Refusal(f"File must hold {LIMIT_CELLS:,} cells or fewer. {NOTHING}", "file", "82")

"""What a workbook packs, looked at before it is opened: type, macros, size, entities and number of cells.

A file of a few kilobytes can unpack to millions of cells, so they are counted first, part by part, and no
more is held at once than one piece of a part.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Refusal

LIMIT_CELLS = 1_000_000
LIMIT_UNPACKED_BYTES = 150 * 1024 * 1024
NOTHING = "Nothing was imported"

# Marks a cell needs at most, with its text among the shared ones, and what a workbook has besides its cells.
_MARKS_OF_A_CELL = 16
_MARKS_BESIDES = 100_000
_PIECE_BYTES = 1024 * 1024
_OVERLAP_BYTES = _PIECE_START = 64
_BLANK = b" \t\r\n\x00"
_MACROS = (b"vbaproject", b"macroenabled")
_MACRO_PART = "vbaproject.bin"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CELL_OR_ROW = re.compile(rb"<(?:[^\s<>/:]+:)?(?:c|row)[\s/>]")
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
        for piece in _pieces(package, part):
            if part.filename == "[Content_Types].xml" and any(word in piece.lower() for word in _MACROS):
                raise no_macros()
            count.add(piece)
    if count.marks > _MARKS_BESIDES + _MARKS_OF_A_CELL * count.cells:
        raise too_many()
    return count.has_formula


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part that is XML, each with the end of the one before; none of another part."""
    end = b""
    with package.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            if not end and not _is_markup(piece):
                return
            yield end + piece
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


def too_many() -> Refusal:
    """Row 82: more than any table of ours can hold."""
    return Refusal(f"File must hold {LIMIT_CELLS:,} cells or fewer. {NOTHING}", "file", "82")

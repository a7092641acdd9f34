"""How many pages Chromium printed, and whether there is anything on each."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(?:^|\s)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_IS_PAGE = re.compile(rb"/Type\s*/Page\b")
_CONTENTS = re.compile(rb"/Contents\s+(\d+) 0 R")
# The operators that show text.
_TEXT = re.compile(rb"\bT[jJ]\b")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One sheet: how many pieces of text are on it."""

    texts: int


def printed_pages(pdf: bytes) -> list[PrintedPage]:
    """The sheets of a PDF that Chromium made, in no particular order."""
    objects: dict[bytes, bytes] = dict(_OBJECT.findall(pdf))
    sheets = [body for body in objects.values() if _IS_PAGE.search(body.partition(b"stream")[0])]
    return [PrintedPage(len(_TEXT.findall(_content(objects, sheet)))) for sheet in sheets]


def _content(objects: dict[bytes, bytes], sheet: bytes) -> bytes:
    reference = _CONTENTS.search(sheet)
    stream = _STREAM.search(objects[reference[1]]) if reference else None
    return zlib.decompress(stream[1]) if stream else b""

"""A PDF as a second program sees it: title, language, and the tags of its structure with their words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class PdfRead:
    """What a reader of the file, or a screen reader, is told."""

    title: str
    language: str
    shows_title: bool
    is_marked: bool
    ua_part: str
    tags: tuple[str, ...]
    text: str


def read_pdf(content: bytes) -> PdfRead:
    """The parts of a PDF that make it accessible, and its text with each gap one space."""
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    return PdfRead(
        title=str(reader.metadata.title if reader.metadata else ""),
        language=str(root.get("/Lang", "")),
        shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        is_marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        ua_part=metadata.partition("pdfuaid:part")[2].lstrip('>="')[:1],
        tags=tuple(_tags(root["/StructTreeRoot"])),
        text=" ".join(" ".join(page.extract_text() for page in reader.pages).split()),
    )


def _tags(node: Any) -> Iterator[str]:
    """Tags in reading order."""
    node = node.get_object()
    if "/S" in node:
        yield str(node["/S"]).removeprefix("/")
    inner = node.get("/K", [])
    for part in inner if isinstance(inner, list) else [inner]:
        found = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(found, dict) and ("/S" in found or "/K" in found):
            yield from _tags(found)

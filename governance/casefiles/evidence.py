"""Evidence files as a case file writes them: the file itself in base64, or what it was."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from dataclasses import dataclass

from core.imports.documents import Document, read_document
from governance.casefiles.entries import Entry


@dataclass
class _Given:
    """A file in a case file, as one that was uploaded."""

    name: str | None
    content: bytes
    size: int

    def read(self) -> bytes:
        """All its bytes."""
        return self.content


def document_in(entry: Entry) -> Document:
    """The file in an entry; refuses what may not be uploaded either (row 81).

    Raises ValueError where the content is not base64.
    """
    content = _content(entry)
    return read_document(_Given(entry.text("name"), content, len(content)))


def sha256_of(entry: Entry) -> str:
    """The SHA-256 of the content, or the one that the file gives where the content is left out."""
    return hashlib.sha256(_content(entry)).hexdigest() if "content" in entry else entry.text("sha256")


def _content(entry: Entry) -> bytes:
    return b64decode("".join(entry.text("content").split()), validate=True)

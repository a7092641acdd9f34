"""One paper, its file, and whether a person may have it."""

from __future__ import annotations

from dataclasses import dataclass

from core import stored_files
from core.imports.documents import ENDINGS
from governance.models import Paper


@dataclass(frozen=True, slots=True)
class PaperFile:
    """The bytes of a paper's file, how it is sent, and the name it is saved under."""

    content: bytes
    content_type: str
    name: str


def paper_file(paper: Paper) -> PaperFile:
    """The file of a paper. Its name is its title with the ending of what it is, not what it was called."""
    ending = ENDINGS[paper.content_type]
    name = f"{paper.title} {paper.number}.{ending}" if paper.number > 1 else f"{paper.title}.{ending}"
    return PaperFile(stored_files.read(paper.path), paper.content_type, name)

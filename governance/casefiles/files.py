"""Files on disk to documents, and which of the files beside the cases are not cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.casefiles.problems import CaseFileProblems, Problem
from governance.casefiles.reading import MAX_BYTES, Document, read_document
from governance.casefiles.writing import to_yaml

_COMPANIONS = {
    "questions and their expected answers": frozenset({"rules", "questions"}),
    "figures of the sector": frozenset({"figures"}),
    "conventions": frozenset({"dates", "qualifiers", "milestone_state"}),
}


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Documents to load, and a line for each file that is not a case."""

    documents: list[Document]
    skipped: list[str]


def read_files(paths: Sequence[str]) -> FilesRead:
    """The files as documents; raises CaseFileProblems with what is wrong in any of them."""
    problems: list[Problem] = []
    documents: list[Document] = []
    skipped: list[str] = []
    for name in dict.fromkeys(paths):
        try:
            document = read_document(name, _content(name))
        except CaseFileProblems as error:
            problems += error.problems
            continue
        kind = _companion_kind(document.data)
        if kind:
            skipped.append(f"{name} holds {kind}. It is not a case file and was left out")
        elif not {"key", "councils", "partnerships"} & document.data.keys():
            problems.append(document.problem((), "This is not a case file: it has no key. Add key and title"))
        else:
            documents.append(document)
    if problems:
        raise CaseFileProblems(problems)
    return FilesRead(documents, skipped)


def document_of(name: str, data: dict[str, Any]) -> Document:
    """The document that a file holding `data` would be read as; raises CaseFileProblems as a file does."""
    return read_document(name, to_yaml(data))


def _content(name: str) -> bytes:
    """The bytes of a file, never more than one beyond the limit; says what to do where it cannot be read."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        message = "There is no file of this name. Check the name and the folder"
    except IsADirectoryError:
        message = "This is a folder. Name the files in it"
    except OSError as error:
        message = f"The file cannot be opened: {(error.strerror or 'unknown reason').lower()}"
    raise CaseFileProblems([Problem(name, 0, "", message)])


def _companion_kind(data: dict[str, Any]) -> str:
    for kind, keys in _COMPANIONS.items():
        if keys <= data.keys() and "key" not in data:
            return kind
    return ""

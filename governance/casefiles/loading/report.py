"""What a load did, or would do: one block of lines a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.rules.words import count_of, listed

_PLURALS = {"body": "bodies", "person": "people", "money entry": "money entries"}


@dataclass(slots=True)
class FileReport:
    """What one file did. `refused` is what the file asks for and the database keeps as it is."""

    name: str
    title: str
    added: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether anything was added or changed."""
        return bool(self.added or self.changed)

    def lines(self) -> Iterator[str]:
        """The report in plain words."""
        yield f"{self.name}: {self.title}"
        if self.added:
            yield f"  Added: {listed([_counted(noun, number) for noun, number in self.added.items()])}"
        yield from (f"  Changed: {words}" for words in self.changed)
        yield from (f"  Not changed: {words}" for words in self.refused)
        yield from (f"  Kept, though the file does not name it: {words}" for words in self.kept)
        if not self.has_changes:
            yield "  No change"


@dataclass(slots=True)
class LoadReport:
    """What all files of one call did."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether any file added or changed anything."""
        return any(file.has_changes for file in self.files)

    def lines(self) -> Iterator[str]:
        """The reports of all files, in order."""
        for file in self.files:
            yield from file.lines()


def _counted(noun: str, number: int) -> str:
    if number == 1 or noun not in _PLURALS:
        return count_of(number, noun)
    return f"{number:,} {_PLURALS[noun]}"

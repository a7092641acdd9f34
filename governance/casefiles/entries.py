"""One mapping of a document: its values with their meaning, and a way to say what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from benefits.queries.published_cases import ENDING
from core.errors import Refusal, Refusals
from core.rules.dates import ImpreciseDate
from governance.casefiles.problems import Path, Problem
from governance.casefiles.reading import Document
from governance.casefiles.values import to_date, to_day, to_fy, to_moment, to_number, to_pence

Value = TypeVar("Value")


@dataclass(slots=True)
class CaseFile:
    """A document, the problems found in it, and the list entries that are too broken to check further.

    `left_out` are the sections of a published case that are not read.
    """

    document: Document
    problems: list[Problem] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.document.name

    @property
    def key(self) -> str:
        """Key of the programme; empty for a file that carries councils only."""
        key = self.document.data.get("key")
        return key if isinstance(key, str) else ""

    @property
    def is_published(self) -> bool:
        """Whether it is a case that other councils publish, which changes nothing that is here."""
        return self.key.endswith(ENDING)

    @property
    def root(self) -> Entry:
        """The file as one entry."""
        return Entry(self, (), self.document.data)

    def entries(self, section: str) -> list[Entry]:
        """The entries of a section, without the broken ones."""
        return self.root.entries(section)

    def section(self, name: str) -> Entry:
        """A section that is one mapping; empty where it is not given."""
        return self.root.entry(name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a case file. A value that is missing, null or unreadable comes out as None or empty."""

    file: CaseFile
    path: Path
    data: dict[str, Any]

    def __contains__(self, name: str) -> bool:
        return self.data.get(name) is not None

    def has(self, name: str) -> bool:
        """Whether the file writes the field, be it with null."""
        return name in self.data

    def raw(self, name: str, default: Any = None) -> Any:
        """The value as read; `default` for null."""
        value = self.data.get(name)
        return default if value is None else value

    def text(self, name: str, default: str = "") -> str:
        """Text without spaces around it."""
        value = self.data.get(name)
        return value.strip() if isinstance(value, str) else default

    def yes(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(name)
        return value if isinstance(value, bool) else default

    def integer(self, name: str) -> int | None:
        """A whole number."""
        value = self.data.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self, name: str, decimals: int = 3) -> Decimal | None:
        """An exact number."""
        return self._convert(name, (int, Decimal), lambda value: to_number(value, decimals))

    def pence(self, name: str) -> int | None:
        """Pence of an amount in pounds."""
        return self._convert(name, (int, Decimal, str), to_pence)

    def day(self, name: str) -> date | None:
        """One exact day."""
        return self._convert(name, (str,), to_day)

    def date(self, name: str) -> ImpreciseDate | None:
        """A day, or a date known less exactly."""
        return self._convert(name, (str, dict), to_date)

    def moment(self, name: str) -> datetime | None:
        """A moment in UTC."""
        return self._convert(name, (str,), to_moment)

    def fy(self, name: str) -> int | None:
        """First calendar year of a financial year."""
        return self._convert(name, (str,), to_fy)

    def strings(self, name: str) -> list[str]:
        """A list of texts; empty where the field holds anything else."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        return [item.strip() for item in value if isinstance(item, str)]

    def entry(self, name: str) -> Entry:
        """The mapping in this field; empty where there is none."""
        value = self.data.get(name)
        return Entry(self.file, (*self.path, name), value if isinstance(value, dict) else {})

    def entries(self, name: str) -> list[Entry]:
        """The mappings in the list of this field, without those known to be broken."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        found = (
            Entry(self.file, (*self.path, name, index), item)
            for index, item in enumerate(value)
            if isinstance(item, dict)
        )
        return [entry for entry in found if entry.path not in self.file.broken]

    def add(self, message: str, *names: str | int) -> None:
        """Note a problem with this entry, or with the value at `names` inside it."""
        self.file.problems.append(self.file.document.problem((*self.path, *names), message))

    def refused(self, rule: Callable[[], object], *names: str) -> bool:
        """Whether `rule` refuses; its message is noted at `names`."""
        try:
            rule()
        except Refusal as refusal:
            self.add(refusal.message, *names)
            return True
        return False

    def refused_each(self, rule: Callable[[], object], names: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether `rule` refuses; each message is noted at the field that `names` gives for its own."""
        try:
            rule()
        except Refusal as refusal:
            said = [refusal]
        except Refusals as refusals:
            said = refusals.refusals
        else:
            return False
        for one in said:
            self.add(one.message, *names.get(one.field or "", ()))
        return True

    def _convert(self, name: str, kinds: tuple[type, ...], convert: Callable[[Any], Value]) -> Value | None:
        value = self.data.get(name)
        if not isinstance(value, kinds) or isinstance(value, bool):
            return None
        try:
            return convert(value)
        except (Refusal, KeyError, TypeError):
            return None


def needed(value: Value | None) -> Value:
    """A value of a document that was checked, and so is there."""
    if value is None:
        raise TypeError("a checked document lacks a value that its schema requires")
    return value


def broken_entries(problems: Iterator[Path]) -> set[Path]:
    """The list entries closest around each problem: their fields cannot be relied on."""
    found: set[Path] = set()
    for path in problems:
        while path and not isinstance(path[-1], int):
            path = path[:-1]
        if path:
            found.add(path)
    return found

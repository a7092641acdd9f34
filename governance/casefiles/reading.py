"""Bytes of a YAML file to plain values, with the line of each. YAML can smuggle nothing else in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from governance.casefiles.problems import CaseFileProblems, Path, Problem

MAX_BYTES = 10_000_000
MAX_DEPTH = 12
MAX_VALUES = 500_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,12}")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_YES_NO = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_ALLOWED_CONTROLS = frozenset("\n\t")
_HINTS = {
    "mapping values are not allowed": "Put quotation marks around a text that holds a colon and a space",
    "could not find expected ':'": "Write each field as name: value, on a line of its own",
    "expected <block end>": "Check the spaces at the start of this line and of the one before",
    "did not find expected key": "Check the spaces at the start of this line and of the one before",
    "did not find expected '-' indicator": "Check the spaces at the start of this line and of the one before",
    "expected ',' or": "Close the bracket, or put a comma between the values",
    "did not find expected ',' or": "Close the bracket, or put a comma between the values",
    "unexpected end of stream": "Close the quotation mark",
    "found undefined alias": "Write the value out again: *names are not used in case files",
    "control characters are not allowed": "Take out the control characters",
    "special characters are not allowed": "Take out the control characters",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: plain values (dict, list, str, int, Decimal, bool, None) and the line of each."""

    name: str
    data: dict[str, Any]
    lines: dict[Path, int] = field(repr=False)

    def line_of(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, message: str) -> Problem:
        """A problem with the value at `path`."""
        return Problem(self.name, self.line_of(path), self.field_name(path), message)

    def field_name(self, path: Path) -> str:
        """The field as people find it: milestones[M-14].due; without an id, the position from 1."""
        words = ""
        value: Any = self.data
        for step in path:
            value = _step_into(value, step)
            if isinstance(step, int):
                words += f"[{_label_of(value) or step + 1}]"
            else:
                words += f".{step}" if words else step
        return words


def read_document(name: str, content: bytes) -> Document:
    """The document in `content`, the bytes of a YAML file; raises CaseFileProblems with all that is wrong."""
    if len(content) > MAX_BYTES:
        raise _refused(name, 0, f"The file must be smaller than {MAX_BYTES // 1_000_000}MB")
    text = _decode(name, content)
    reader = _Reader(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.YAMLError as error:
        reader.problems.append(_syntax_problem(name, text, error))
    if reader.problems:
        raise CaseFileProblems(reader.problems)
    if not isinstance(reader.root, dict):
        raise _refused(name, 1, "Write fields, each as name: value. The first of a case file is key")
    return Document(name, reader.root, reader.lines)


@dataclass(slots=True)
class _Level:
    """A mapping or list that is being filled, where it stands, and the key that waits for its value."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _Reader:
    """Builds plain values from parser events, without recursion, noting lines and problems as it goes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._open: list[_Level] = []
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add one parser event."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(line)
        elif isinstance(event, yaml.AliasEvent):
            self._note(line, "Write the value out again: *names are not used in case files")
            self._place(None, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _start_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(line, "Keep one case in a file: take out the line ---")

    def _start(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self._refuse_tag(event, line)
        made: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._waits_for_key():
            self._stop(line, "Write the name of the field as plain text")
        path = self._place(made, line)
        self._open.append(_Level(made, path))
        if len(self._open) > MAX_DEPTH:
            self._stop(line, f"Values are nested more than {MAX_DEPTH} deep")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._refuse_tag(event, line)
        self._refuse_controls(event.value, line)
        if self._waits_for_key():
            self._take_key(event.value, line)
        else:
            self._place(event.value if event.style else _plain_value(event.value), line)

    def _waits_for_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _take_key(self, key: str, line: int) -> None:
        level = self._open[-1]
        first = self.lines.get((*level.path, key)) if key in level.value else None
        if first is not None:
            self._note(line, f"{key} is already given on line {first}. Keep one")
        self.lines[*level.path, key] = line
        level.key = key

    def _place(self, value: Any, line: int) -> Path:
        """Put `value` where it belongs; its path."""
        self._values += 1
        if self._values > MAX_VALUES:
            self._stop(line, f"The file holds more than {MAX_VALUES:,} values")
        if not self._open:
            self.root = value
            self.lines[()] = line
            return ()
        level = self._open[-1]
        if isinstance(level.value, list):
            path = (*level.path, len(level.value))
            level.value.append(value)
            self.lines[path] = line
            return path
        key, level.key = level.key or "", None
        level.value[key] = value
        return (*level.path, key)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.tag is not None:
            self._note(line, "Take out the word that starts with !")

    def _refuse_controls(self, text: str, line: int) -> None:
        if any(
            letter not in _ALLOWED_CONTROLS and unicodedata.category(letter) in {"Cc", "Cs"}
            for letter in text
        ):
            self._note(line, "Take out the control characters")

    def _note(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.name, line, "", message))

    def _stop(self, line: int, message: str) -> NoReturn:
        self._note(line, message)
        raise CaseFileProblems(self.problems)


def _plain_value(text: str) -> Any:
    """What an unquoted value means: null, true or false, an integer, an exact decimal, or else text."""
    if text in _NULLS:
        return None
    if text in _YES_NO:
        return _YES_NO[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def _decode(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _refused(name, 0, "This is not a text file. Save the case file as text in UTF-8")
    if not text.strip():
        raise _refused(name, 0, "The file is empty")
    return text.replace("\r\n", "\n")


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    """The parser's complaint in words that say what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else _line_of_character(text, getattr(error, "position", 0))
    return Problem(name, line, "", _syntax_message(text, line, str(error)))


def _syntax_message(text: str, line: int, said: str) -> str:
    lines = text.split("\n")
    around = lines[max(0, line - 2) : line]
    if any("\t" in words[: len(words) - len(words.lstrip())] for words in around):
        return "Start the line with spaces, not with a tab"
    for words, hint in _HINTS.items():
        if words in said:
            return hint
    return "This line does not follow the rules of YAML. Check its spaces, colons and quotation marks"


def _line_of_character(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _refused(name: str, line: int, message: str) -> CaseFileProblems:
    return CaseFileProblems([Problem(name, line, "", message)])


def _step_into(value: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, dict) else None
    return value[step] if isinstance(value, list) and step < len(value) else None


def _label_of(value: Any) -> str:
    """What tells an entry of a list from its neighbours, where it has something."""
    names: Iterator[Any] = (
        value.get(key) for key in ("id", "key", "number", "email") if isinstance(value, dict)
    )
    return next((str(name) for name in names if isinstance(name, str | int)), "")

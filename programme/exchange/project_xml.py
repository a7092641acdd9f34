"""A plan saved by Microsoft Project as XML, as rows of our own columns.

Tasks that are summaries become phases; links from finish to start become what waits for what. What has no
place here is named, never dropped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from core.errors import Refusal
from core.imports.package import NOTHING
from programme.exchange.plan_columns import TITLES

_SPACE = "{http://schemas.microsoft.com/project}"
_KINDS = {"0": "finish to finish", "2": "start to finish", "3": "start to start"}
_FINISH_TO_START = "1"
# Formats of a lag that count working time: minutes, hours, days, weeks, months; each also as an estimate.
_WORKING_TIME = frozenset({"3", "5", "7", "9", "11", "35", "37", "39", "41", "43"})
_TENTHS = 10
_USUAL_DAY = 480
_NO_DATE = "NA"
# More than any plan of 10MB holds: the names of its fields are long.
_MOST_MARKS = 1_000_000
_YES = "1"


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """The tasks taken as rows of text under our own titles, and in words what is left out."""

    rows: list[list[str]]
    left_out: list[str]


@dataclass(slots=True)
class _Reader:
    """The tasks of one file, by their keys in it."""

    root: Any
    owners: Mapping[str, str]
    has_plan: bool
    left_out: list[str] = field(default_factory=list)
    assigned: dict[str, list[str]] = field(default_factory=dict)

    def rows(self, *, all_tasks: bool) -> list[list[str]]:
        """A row each for the tasks that are taken, the titles first."""
        self.assigned = _assigned(self.root)
        tasks = list(self._tasks())
        phases = _phases(tasks)
        chosen = [task for task in tasks if _is_taken(task, all_tasks=all_tasks)]
        numbers = {_text(task, "UID"): _row_number(task) for task in chosen}
        names = {_text(task, "UID"): _text(task, "Name") for task in tasks}
        return [
            list(TITLES.values()),
            *(self._row(task, phases.get(_text(task, "UID"), ""), numbers, names) for task in chosen),
        ]

    def _tasks(self) -> Iterator[Any]:
        """Every real task; those that are switched off, or of another plan, are named."""
        for task in self.root.iterfind(f"{_SPACE}Tasks/{_SPACE}Task"):
            if _text(task, "IsNull") == _YES or _text(task, "UID") == "0" or not _text(task, "Name"):
                continue
            if _text(task, "Active") == "0":
                self._leave(task, "it is switched off in the plan")
            elif _text(task, "ExternalTask") == _YES:
                self._leave(task, "it is a task of another plan")
            else:
                yield task

    def _row(self, task: Any, phase: str, numbers: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
        plan, forecast, achieved = self._dates(task)
        values = {
            "title": _text(task, "Name"),
            "number": _row_number(task),
            "phase": phase,
            "owner": self._owner(task),
            "plan_on": plan,
            "forecast_on": forecast,
            "achieved_on": achieved,
            "waits_for": "; ".join(self._waits(task, numbers, names)),
            "note": _text(task, "Notes"),
        }
        return [values.get(name, "") for name in TITLES]

    def _dates(self, task: Any) -> tuple[str, str, str]:
        """Plan, forecast and achieved date; before a plan is approved the baseline, or the finish, is it."""
        finish, achieved = _day(task, "Finish"), _day(task, "ActualFinish")
        baseline = next((_day(one, "Finish") for one in _baselines(task)), "")
        if self.has_plan:
            return "", finish, achieved
        return baseline or finish, finish if baseline else "", achieved

    def _owner(self, task: Any) -> str:
        """The first person assigned to the task who has a role here, by e-mail address."""
        named = self.assigned.get(_text(task, "UID"), [])
        for name in named:
            if name.casefold() in self.owners:
                return self.owners[name.casefold()]
        if named:
            self._leave(task, f"nobody of that name has a role here: {named[0]}", what="its owner")
        return ""

    def _waits(self, task: Any, numbers: Mapping[str, str], names: Mapping[str, str]) -> Iterator[str]:
        for link in task.iterfind(f"{_SPACE}PredecessorLink"):
            uid = _text(link, "PredecessorUID")
            lag, why_not = self._lag(link)
            if uid not in numbers:
                why_not = why_not or "that is not among what is taken"
            if why_not:
                self._leave(task, why_not, what=f"its link to {names.get(uid, 'another task')}")
            else:
                yield f"{numbers[uid]}FS+{lag}d" if lag else numbers[uid]

    def _lag(self, link: Any) -> tuple[int, str]:
        """Working days in between, a part of a day counting as one; or why the link is left out."""
        kind = _text(link, "Type") or _FINISH_TO_START
        if kind != _FINISH_TO_START:
            return 0, f"it is {_KINDS.get(kind, 'of a kind that is not known')}"
        tenths, unit = _number(_text(link, "LinkLag")), _text(link, "LagFormat") or "7"
        if tenths and unit not in _WORKING_TIME:
            return 0, "its lag is not in working days"
        if tenths < 0:
            return 0, "it starts before that ends"
        a_day = _number(_text(self.root, "MinutesPerDay")) or _USUAL_DAY
        return ceil(tenths / _TENTHS / a_day), ""

    def _leave(self, task: Any, why: str, what: str = "") -> None:
        about = f"{_row_number(task)} {_text(task, 'Name')}"
        self.left_out.append(f"{about}: {what} is left out, because {why}" if what else f"{about}: {why}")


def read_project(
    content: bytes, *, all_tasks: bool, owners: Mapping[str, str], has_plan: bool
) -> ProjectPlan:
    """The milestones of a plan, or `all_tasks` that are no summaries; refuses what is no such file (row 82).

    `owners` gives the e-mail address for a small-letter name or address. Entities and declarations of the
    file are refused before they are read.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if content.count(b"<") > _MOST_MARKS:
        raise _unreadable()
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise _unreadable() from None
    if root.tag != f"{_SPACE}Project":
        raise _unreadable()
    reader = _Reader(root, owners, has_plan)
    rows = reader.rows(all_tasks=all_tasks)
    if len(rows) == 1:
        what = "no tasks" if all_tasks else "no milestones. Choose every task"
        raise Refusal(f"The plan holds {what}. {NOTHING}", "file", "82")
    return ProjectPlan(rows, reader.left_out)


def is_project(content: bytes) -> bool:
    """Whether the bytes look like XML and not like rows."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _assigned(root: Any) -> dict[str, list[str]]:
    """By task, the addresses and names of those who are to do it."""
    resources = {
        _text(one, "UID"): [text for name in ("EmailAddress", "Name") if (text := _text(one, name))]
        for one in root.iterfind(f"{_SPACE}Resources/{_SPACE}Resource")
    }
    found: dict[str, list[str]] = defaultdict(list)
    for one in root.iterfind(f"{_SPACE}Assignments/{_SPACE}Assignment"):
        found[_text(one, "TaskUID")] += resources.get(_text(one, "ResourceUID"), [])
    return found


def _phases(tasks: Sequence[Any]) -> dict[str, str]:
    """For each task the summary it stands under: the outermost, unless one alone holds the whole plan."""
    outer = [task for task in tasks if _level(task) == 1]
    depth = 1
    if len(outer) == 1 and any(_is_summary(task) and _level(task) > 1 for task in tasks):
        depth = 2
    found, phase = {}, ""
    for task in tasks:
        if _level(task) <= depth:
            phase = _text(task, "Name") if _is_summary(task) and _level(task) == depth else ""
        elif phase:
            found[_text(task, "UID")] = phase
    return found


def _row_number(task: Any) -> str:
    """The number that people see beside a task; its key where the program that saved it gave none."""
    return _text(task, "ID") or _text(task, "UID")


def _is_taken(task: Any, *, all_tasks: bool) -> bool:
    return not _is_summary(task) and (all_tasks or _text(task, "Milestone") == _YES)


def _is_summary(task: Any) -> bool:
    return _text(task, "Summary") == _YES


def _level(task: Any) -> int:
    return _number(_text(task, "OutlineLevel")) or 1


def _baselines(task: Any) -> list[Any]:
    """The first baseline, where there is one; later ones are versions of the same."""
    return [one for one in task.iterfind(f"{_SPACE}Baseline") if _text(one, "Number") in ("", "0")]


def _day(element: Any, name: str) -> str:
    moment = _text(element, name)
    return "" if moment == _NO_DATE else moment[:10]


def _text(element: Any, name: str) -> str:
    return str(element.findtext(f"{_SPACE}{name}") or "").strip()


def _number(text: str) -> int:
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):
        return 0


def _unreadable() -> Refusal:
    words = "The file cannot be read as a Microsoft Project plan. Save the plan as XML there"
    return Refusal(f"{words}. {NOTHING}", "file", "82")

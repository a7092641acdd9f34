"""What a plan from elsewhere may tell of a milestone, and which of its columns seems to tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanField:
    """One thing that is read: its name, its title in our own files, and titles that others give it."""

    name: str
    title: str
    known_as: tuple[str, ...]
    hint: str = ""


FIELDS = (
    PlanField("title", "Title", ("task name", "name", "milestone", "milestone name", "task", "activity")),
    PlanField(
        "number",
        "Number",
        ("id", "no", "ref", "reference", "unique id", "wbs", "task id", "row", "#"),
        "What other rows name it by in the column of what they wait for",
    ),
    PlanField("phase", "Phase", ("stage", "workstream", "work package", "summary task", "group", "section")),
    PlanField(
        "owner",
        "Owner",
        ("responsible", "lead", "assigned to", "resource names", "resource", "who", "owner email", "email"),
        "A name or an e-mail address of somebody with a role in this partnership",
    ),
    PlanField(
        "plan_on",
        "Plan date",
        ("planned date", "plan", "baseline finish", "baseline", "planned finish", "target date", "due date"),
        "Only until a plan is approved",
    ),
    PlanField(
        "forecast_on",
        "Forecast",
        ("forecast date", "finish", "end", "end date", "finish date", "expected", "expected date", "date"),
    ),
    PlanField(
        "achieved_on",
        "Achieved on",
        ("actual", "actual date", "actual finish", "completed", "completed on", "done on", "date achieved"),
    ),
    PlanField(
        "waits_for",
        "Waits for",
        ("predecessors", "predecessor", "depends on", "dependencies", "after"),
        "Numbers or titles of other rows: 3; 5FS+10d. The lag is in working days",
    ),
    PlanField("is_key", "Key milestone", ("key", "critical", "is key"), "Yes or no"),
    PlanField("note", "Note", ("notes", "comment", "comments", "description")),
    PlanField("evidence", "Evidence", ("link", "document")),
)
TITLES: Mapping[str, str] = {field.name: field.title for field in FIELDS}
_NOT_LETTERS = re.compile(r"[^\w#]+")


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """For each field the index of the column that seems to hold it; no column is taken for two fields."""
    folded = [_folded(title) for title in header]
    found: dict[str, int] = {}
    for field in FIELDS:
        names = [_folded(name) for name in (field.title, *field.known_as)]
        free = [name for name in names if name in folded and folded.index(name) not in found.values()]
        if free:
            found[field.name] = folded.index(free[0])
    return found


def _folded(title: str) -> str:
    """A title as it is compared: letters and numbers in one case, each gap one space."""
    return " ".join(_NOT_LETTERS.sub(" ", title.replace("_", " ").lower()).split())

"""What a new programme can start from: phases, gates and usual milestones, dated from its first day.

The templates are rows of core/reference/programme_templates.csv; nothing here knows any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Refusal
from core.rules.calendar import add_working_days
from core.rules.reference import ReferenceTable, Row, rows_of, versions

TABLE = ReferenceTable.PROGRAMME_TEMPLATES
NO_TEMPLATE = "Choose a template"


@dataclass(frozen=True, slots=True)
class TemplatePhase:
    """A phase of a template; its days count in working days from the start."""

    ref: str
    label: str
    start_days: int
    due_days: int
    start_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class TemplateMilestone:
    """A milestone of a template, the phase it is in and those that it waits for, by reference."""

    ref: str
    title: str
    phase: str
    kind: str
    gate_number: int | None
    is_key: bool
    due_days: int
    waits_for: tuple[str, ...]
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A way to start, with its source; `dated` gives its days."""

    key: str
    name: str
    version: str
    source: str
    phases: tuple[TemplatePhase, ...]
    milestones: tuple[TemplateMilestone, ...]

    def dated(self, start_on: date, holidays: Collection[date]) -> Template:
        """The template with its days counted in working days from `start_on`."""

        def day(days: int) -> date:
            return add_working_days(start_on, days, holidays)

        phases = (replace(one, start_on=day(one.start_days), due_on=day(one.due_days)) for one in self.phases)
        milestones = (replace(one, due_on=day(one.due_days)) for one in self.milestones)
        return replace(self, phases=tuple(phases), milestones=tuple(milestones))


def templates() -> list[Template]:
    """Every template of the newest version, in the order of the file."""
    version = versions(TABLE)[-1].version
    by_key: dict[str, list[Row]] = {}
    for row in rows_of(TABLE, version):
        by_key.setdefault(row["template"], []).append(row)
    return [_template(key, version, rows) for key, rows in by_key.items()]


def template_named(key: str) -> Template:
    """The template of this key; refuses one that is not there."""
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise Refusal(NO_TEMPLATE, "template")
    return found


def _template(key: str, version: str, rows: Iterable[Row]) -> Template:
    listed = list(rows)
    return Template(
        key=key,
        name=listed[0]["name"],
        version=version,
        source=listed[0]["source"],
        phases=tuple(_phase(row) for row in listed if row["item"] == "phase"),
        milestones=tuple(_milestone(row) for row in listed if row["item"] == "milestone"),
    )


def _phase(row: Mapping[str, str]) -> TemplatePhase:
    return TemplatePhase(row["ref"], row["title"], int(row["start_days"]), int(row["due_days"]))


def _milestone(row: Mapping[str, str]) -> TemplateMilestone:
    return TemplateMilestone(
        ref=row["ref"],
        title=row["title"],
        phase=row["phase"],
        kind=row["kind"],
        gate_number=int(row["gate"]) if row["gate"] else None,
        is_key=row["is_key"] == "yes",
        due_days=int(row["due_days"]),
        waits_for=tuple(row["waits_for"].split()),
    )

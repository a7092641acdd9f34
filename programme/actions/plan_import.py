"""Add the milestones of a plan from elsewhere: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.imports.tables import ImportRow
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.actions.milestone_dependency import add_dependency
from programme.actions.milestone_file import named
from programme.actions.planning.milestone_terms import MilestoneTerms, create_milestone
from programme.actions.planning.parts import PhaseTerms, create_part
from programme.exchange.plan_columns import TITLES
from programme.exchange.plan_rows import Matching, NewLink, NewPlan, read_plan
from programme.exchange.plan_sheet import PlanSheet
from programme.models import Milestone, MilestoneDependency, Phase, Programme
from programme.policies import check_plan
from programme.queries.history import IMPORTED_FROM
from programme.queries.planning.plans import latest_plan
from programme.rules.planning.terms import sealed

Made = TypeVar("Made")
# Which column of a file a refusal of a link is about.
_OF_LINKS = {"predecessor": "waits_for", "lag_days": "waits_for"}


@transaction.atomic
def try_plan(programme: Programme, sheet: PlanSheet, matching: Matching, *, by: User) -> NewPlan:
    """What the rows would add, and among its problems what an action would refuse; leaves nothing behind."""
    adding = _read(programme, sheet, matching, by, "a file", Channel.IMPORT)
    adding.add()
    transaction.set_rollback(True)
    return adding.plan


@transaction.atomic
def import_plan(
    programme: Programme,
    sheet: PlanSheet,
    matching: Matching,
    *,
    by: User,
    file_name: str,
    channel: Channel = Channel.IMPORT,
) -> NewPlan:
    """Add the phases, milestones and dependencies of the rows, each by its own action.

    Refuses as rows 33 and 83, and then stores nothing. The same file a second time is refused: its
    milestones are there already.
    """
    adding = _read(programme, sheet, matching, by, named(file_name), channel)
    adding.add()
    adding.plan.table.check()
    adding.plan.made = list(adding.made.values())
    audit.record(
        programme,
        by=by,
        action="import_plan",
        channel=channel,
        scope=programme.key,
        after={
            IMPORTED_FROM: adding.file_name,
            "milestones": [one.ref for one in adding.plan.made],
            "links": len(adding.plan.links),
        },
    )
    return adding.plan


def _read(
    programme: Programme, sheet: PlanSheet, matching: Matching, by: User, file_name: str, channel: Channel
) -> _Adding:
    """The rows, read while nobody else adds to the programme. Refuses plan dates once a plan is approved."""
    check_plan(by, programme)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    latest = latest_plan(locked)
    if latest is not None and "plan_on" in matching:
        said = sealed(latest.approved_on)
        raise Refusal(said.message, "plan_on", said.code)
    return _Adding(locked, read_plan(locked, sheet, matching), by, file_name, channel)


@dataclass(slots=True)
class _Adding:
    """What is being added to a programme, row by row; what is refused is among the problems of the plan."""

    programme: Programme
    plan: NewPlan
    by: User
    file_name: str
    channel: Channel
    phases: dict[str, Phase] = field(default_factory=dict)
    made: dict[int, Milestone] = field(default_factory=dict)

    def add(self) -> None:
        """Add phases, then the milestones of sound rows, then what they wait for."""
        self._add_phases()
        for row in self.plan.table.rows:
            if self.plan.table.is_sound(row):
                milestone = self._told(row, lambda row=row: self._milestone(row))  # type: ignore[misc]
                if milestone is not None:
                    self.made[row.number] = milestone
        for link in self.plan.links:
            self._told(link.row, lambda link=link: self._link(link), _OF_LINKS)  # type: ignore[misc]

    def _add_phases(self) -> None:
        """Every phase by its name in small letters, those that are new behind the others."""
        self.phases = {one.label.casefold(): one for one in self.programme.phases.all()}
        for label in self.plan.phases:
            terms = PhaseTerms(label)
            phase = create_part(self.programme, by=self.by, terms=terms, channel=self.channel)
            self.phases[label.casefold()] = cast(Phase, phase)

    def _milestone(self, row: ImportRow) -> Milestone:
        """The milestone of a row, with what it says was achieved."""
        values = row.values
        made = create_milestone(
            self.programme,
            by=self.by,
            terms=MilestoneTerms(
                title=values["title"],
                phase=self.phases.get((values.get("phase") or "").casefold()),
                owner=values.get("owner"),
                is_critical=bool(values.get("is_key")),
                plan=_day(row, "plan_on"),
            ),
            forecast=_day(row, "forecast_on"),
            note=values.get("note") or "",
            channel=self.channel,
            imported_from=self.file_name,
        )
        given = {name: values[name] for name in ("achieved_on", "evidence") if values.get(name)}
        if not given:
            return made
        return update_milestone(
            made,
            by=self.by,
            seen_version=made.version,
            **given,
            channel=self.channel,
            imported_from=self.file_name,
        )

    def _link(self, link: NewLink) -> MilestoneDependency | None:
        """What a row waits for; None where either was refused itself."""
        after = self.made.get(link.after_row) if link.after_row else link.after
        waits = self.made.get(link.row.number)
        if after is None or waits is None:
            return None
        return add_dependency(
            waits, by=self.by, predecessor=after, lag_days=link.lag_days, channel=self.channel
        )

    def _told(
        self, row: ImportRow, make: Callable[[], Made], columns: Mapping[str, str] | None = None
    ) -> Made | None:
        """What was made; None where it was refused, which is then told of the row's cell."""
        try:
            with transaction.atomic():
                return make()
        except Refusals as said:
            refusals = said.refusals
        except Refusal as refusal:
            refusals = [refusal]
        read = {column.name for column in self.plan.table.columns}
        for one in refusals:
            name = (columns or {}).get(one.field or "", one.field or "title")
            self.plan.table.refuse(row, name if name in read else TITLES.get(name, name), one.message)
        return None


def _day(row: ImportRow, name: str) -> ImpreciseDate | None:
    day = row.values.get(name)
    return ImpreciseDate.day(day) if day else None

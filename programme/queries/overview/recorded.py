"""What was recorded of a programme's milestones at the end of a past day, read back from the audit trail.

Nothing is guessed: what is not in the trail is said in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from core.clock import end_of, london_date
from core.models import AuditEvent
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.words import count_of, listed
from programme.enums import MilestoneState
from programme.models import Milestone, PlanDate, Programme
from programme.queries.history import decode_date

_PLAIN = ("title", "evidence", "note")
_DONE = (MilestoneState.DONE, MilestoneState.DONE_UNDATED)
_REMOVED = "remove_milestone"


@dataclass(frozen=True, slots=True)
class Edited:
    """One entry of the trail about a milestone."""

    at: datetime
    action: str
    label: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def on(self) -> date:
        """The day it was written, in London."""
        return london_date(self.at)


@dataclass(frozen=True, slots=True)
class Trail:
    """Every entry about the milestones of a programme by key, the first one first."""

    edits: Mapping[int, Sequence[Edited]]

    def of(self, key: int) -> Sequence[Edited]:
        """Those of one milestone."""
        return self.edits.get(key, ())

    @property
    def begins_on(self) -> date | None:
        """The first day on which anything was recorded."""
        return min((rows[0].on for rows in self.edits.values()), default=None)


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """The milestones as they were recorded at the end of a day, and what the trail cannot say of it."""

    day: date
    milestones: list[Milestone]
    not_yet: int = 0
    gone: tuple[str, ...] = ()
    begins_on: date | None = None
    originals: Mapping[int, ImpreciseDate] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What to know of the list before reading it."""
        if not self.milestones:
            begins = f" The record begins on {format_date(self.begins_on)}." if self.begins_on else ""
            return f"Nothing was recorded here by {format_date(self.day)}.{begins}"
        parts = [f"As recorded at the end of {format_date(self.day)}."]
        if self.not_yet:
            is_one = self.not_yet == 1
            parts.append(
                f"{count_of(self.not_yet, 'milestone')} {'was' if is_one else 'were'} recorded only later "
                f"and {'is' if is_one else 'are'} left out."
            )
        if self.gone:
            parts.append(f"Removed since, so not shown: {listed(self.gone)}.")
        parts.append("Phase, kind, owner, councils and what waits for what are shown as they are today.")
        return " ".join(parts)


def trail_of(programme: Programme, keys: Collection[int] | None = None) -> Trail:
    """The trail of a programme's milestones, or of those of these keys. One query."""
    events = AuditEvent.objects.filter(scope=programme.key, object_type=Milestone._meta.label_lower)
    if keys is not None:
        events = events.filter(object_id__in=keys)
    return _trail(events)


def later_trail(programmes: Iterable[Programme], day: date) -> Trail:
    """The whole trail of those milestones of which anything was recorded after `day`. One query."""
    events = AuditEvent.objects.filter(
        scope__in=[one.key for one in programmes], object_type=Milestone._meta.label_lower
    )
    return _trail(events.filter(object_id__in=events.filter(at__gte=end_of(day)).values("object_id")))


def _trail(events: QuerySet[AuditEvent]) -> Trail:
    found: dict[int, list[Edited]] = defaultdict(list)
    rows = events.order_by("pk").values_list("object_id", "at", "action", "object_label", "before", "after")
    for key, at, action, label, before, after in rows:
        found[key].append(Edited(at, action, label, before, after))
    return Trail(found)


def recorded_on(
    programme: Programme, day: date, milestones: Iterable[Milestone], trail: Trail
) -> RecordedDay:
    """The milestones, as they are today, turned back to the end of `day`. One query, for the plan then."""
    present = list(milestones)
    plans, originals = _plans_on(programme, day)
    there = [one for one in present if _began_on(one, trail) <= day]
    keys = {one.pk for one in present}
    gone = [
        rows[-1].label
        for key, rows in trail.edits.items()
        if key not in keys and rows[0].on <= day < rows[-1].on and rows[-1].action == _REMOVED
    ]
    return RecordedDay(
        day=day,
        milestones=[_turned_back(one, day, trail.of(one.pk), plans, originals) for one in there],
        not_yet=len(present) - len(there),
        gone=tuple(gone),
        begins_on=min((_began_on(one, trail) for one in present), default=None),
        originals=originals,
    )


def forecasts_of(milestone: Milestone, edits: Sequence[Edited]) -> list[tuple[date, ImpreciseDate | None]]:
    """Each forecast with the day it was made, the first one first; no query.

    Of several on one day the last counts. The first is of the day the milestone was recorded, or of an
    earlier one where its source says when it was made.
    """
    found: dict[date, ImpreciseDate | None] = {}
    for index, edit in enumerate(edits):
        if "forecast" in edit.after:
            found[_made_on(edit) if index == 0 else edit.on] = decode_date(edit.after["forecast"])
    if not found and milestone.get_date("forecast") and not edits:
        made_at = milestone.forecast_updated_at or milestone.created_at
        found[london_date(made_at)] = milestone.get_date("forecast")
    return sorted(found.items(), key=lambda pair: pair[0])


def forecast_on(forecasts: Sequence[tuple[date, ImpreciseDate | None]], day: date) -> ImpreciseDate | None:
    """The forecast that stood at the end of `day`; None where none was made by then."""
    return next((made for on, made in reversed(forecasts) if on <= day), None)


def _made_on(edit: Edited) -> date:
    """When the first forecast was made: as its source says, never later than it was recorded."""
    stated = edit.after.get("forecast_updated_at")
    return min(london_date(datetime.fromisoformat(stated)), edit.on) if stated else edit.on


def _began_on(milestone: Milestone, trail: Trail) -> date:
    edits = trail.of(milestone.pk)
    return edits[0].on if edits else london_date(milestone.created_at)


def _turned_back(
    milestone: Milestone,
    day: date,
    edits: Sequence[Edited],
    plans: Mapping[int, ImpreciseDate],
    originals: Mapping[int, ImpreciseDate],
) -> Milestone:
    """A copy with the values that stood before every later entry; nothing is saved."""
    was: dict[str, Any] = {}
    for edit in reversed([one for one in edits if one.on > day]):
        was |= edit.before
    then = copy(milestone)
    for name in _PLAIN:
        if name in was:
            setattr(then, name, was[name] or "")
    for name in ("forecast", "actual"):
        if name in was:
            then.set_date(name, decode_date(was[name]))
    if "is_critical" in was:
        then.is_critical = bool(was["is_critical"])
    then.set_date("plan", plans.get(then.pk) or _typed_plan(then, day, edits))
    then.stated_state = _state_then(then, was)
    made = [one.at for one in edits if one.on <= day and "forecast" in one.after]
    then.forecast_updated_at = made[-1] if made else None
    then.original_plan_dates = []  # type: ignore[attr-defined]
    if milestone.pk in originals:
        first = PlanDate(milestone=milestone)
        first.set_date("date", originals[milestone.pk])
        then.original_plan_dates = [first]  # type: ignore[attr-defined]
    return then


def _typed_plan(then: Milestone, day: date, edits: Sequence[Edited]) -> ImpreciseDate | None:
    """The plan date typed by then, for a milestone that no plan in effect names."""
    if not edits:
        return then.get_date("plan")
    typed = [one.after["plan"] for one in edits if one.on <= day and "plan" in one.after]
    return decode_date(typed[-1]) if typed else None


def _state_then(then: Milestone, was: Mapping[str, Any]) -> str:
    """What was stated then; where the trail only has the date of achievement, what follows from it."""
    if was.get("stated_state"):
        return str(was["stated_state"])
    state = then.stated_state
    if "is_cancelled" in was:
        state = MilestoneState.PLANNED if not was["is_cancelled"] else MilestoneState.CANCELLED
    if "actual" in was:
        is_done = then.actual_last_on is not None
        return MilestoneState.DONE if is_done else MilestoneState.PLANNED if state in _DONE else state
    return state


def _plans_on(programme: Programme, day: date) -> tuple[dict[int, ImpreciseDate], dict[int, ImpreciseDate]]:
    """By milestone the plan date in effect on a day, and that of the original plan.

    A milestone that the current version does not name keeps the date it had. A plan recorded later did not
    stand in the record yet, whatever day it is in effect from.
    """
    rows = PlanDate.objects.filter(
        plan_version__programme=programme,
        plan_version__effective_on__lte=day,
        plan_version__entered_at__lt=end_of(day),
    ).select_related("plan_version")
    current: dict[int, ImpreciseDate] = {}
    original: dict[int, ImpreciseDate] = {}
    for row in rows.order_by("plan_version__number"):
        stated = row.get_date("date")
        if stated is not None:
            current[row.milestone_id] = stated
            if row.plan_version.number == 1:
                original[row.milestone_id] = stated
    return current, original

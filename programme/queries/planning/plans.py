"""What plan a programme has, which milestones it names, and which plans are proposed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Min, OuterRef

from programme.models import Milestone, PlanDate, PlanVersion, Programme
from programme.rules.milestone_update import programme_period


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """A plan that councils have not approved yet: the last day of each milestone that it names, by key."""

    number: int
    is_submitted: bool
    dates: Mapping[int, date]


ProposedPlanSource = Callable[[Programme], Sequence[ProposedPlan]]
_SOURCES: list[ProposedPlanSource] = []


def register_proposed_plans(source: ProposedPlanSource) -> None:
    """Let a higher floor say which plans are proposed, drafts and submitted ones, and not settled."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def proposed_plans(programme: Programme) -> list[ProposedPlan]:
    """The plans proposed for the programme and not settled yet."""
    return [plan for source in _SOURCES for plan in source(programme)]


def latest_plan(programme: Programme) -> PlanVersion | None:
    """The plan that was approved last, in effect or not yet; None before the first. One query."""
    return programme.plan_versions.order_by("number").last()


def coming_dates(programme: Programme, as_of: date) -> list[Mapping[int, date]]:
    """Last days of milestones, by key, in each plan that is approved and takes effect after `as_of`.

    Two queries, one where there is none.
    """
    versions = programme.plan_versions.order_by("number")
    current = max((one.number for one in versions if one.effective_on <= as_of), default=0)
    coming = [one for one in versions if one.number > current]
    if not coming:
        return []
    found: dict[int, dict[int, date]] = {one.pk: {} for one in coming}
    rows = PlanDate.objects.filter(plan_version__in=found, date_last_on__isnull=False)
    for version, milestone, day in rows.values_list("plan_version", "milestone", "date_last_on"):
        found[version][milestone] = day
    return list(found.values())


def plan_naming(milestone: Milestone, as_of: date) -> PlanVersion | None:
    """The plan in effect on `as_of`, or approved for later, that names the milestone. Two queries at most."""
    versions = PlanVersion.objects.filter(programme=milestone.programme_id)
    current = versions.effective(as_of).last()
    if current is not None:
        versions = versions.filter(number__gte=current.number)
    return versions.filter(dates__milestone=milestone).order_by("number").last()


def period_of(programme: Programme) -> tuple[date, date] | None:
    """First and last day of the programme, or None where its base year is not stated. One query."""
    if programme.base_fy is None:
        return None
    first_start = programme.phases.aggregate(first=Min("start_first_on"))["first"]
    return programme_period(programme.base_fy, programme.horizon_years, first_start)


def plan_words(milestone: Milestone, as_of: date) -> str:
    """That the plan in effect does not name the milestone, in words; empty where it does. One query."""
    named = PlanDate.objects.filter(plan_version=OuterRef("pk"), milestone=milestone)
    versions = PlanVersion.objects.filter(programme=milestone.programme_id).effective(as_of)
    current = versions.annotate(is_named=Exists(named)).last()
    if current is None or current.is_named:
        return ""
    return f"Not in plan version {current.number}. A re-baseline can take it in"

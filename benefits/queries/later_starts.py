"""Which savings start later when milestones that enable them move, and what that costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Subquery

from benefits.enums import BenefitClass, BenefitState, Recurrence
from benefits.models import Benefit, PlanAmount
from benefits.queries.benefits_map import BenefitsMap, linked_map, node_of
from benefits.rules.benefits_map import enablers
from benefits.rules.later_start import delay_cost, full_year_worth, start_of
from core.clock import today
from programme.models import PlanVersion, Programme
from programme.queries.knock_on import LaterStart, Shift
from programme.queries.schedule import expected_on
from services.enums import LineKind

_TO_COME = (BenefitState.IDENTIFIED, BenefitState.PROFILED, BenefitState.APPROVED, BenefitState.ENABLING)
_IN_POUNDS = (BenefitClass.CASHABLE, BenefitClass.NON_CASHABLE)
ONCE, INSIDE, NO_POUNDS, UNPLANNED = (
    "It comes once: later, not less",
    "Counted in another benefit",
    "Not counted in pounds",
    "What a full year is worth is not stated",
)


def later_starts(programme: Programme, shifts: Mapping[int, Shift]) -> list[LaterStart]:
    """Benefits that have not started and wait, by whatever way on the map, for a milestone that moves later.

    Three queries, one where the map holds no link from a milestone that moves.
    """
    later = {key: shift for key, shift in shifts.items() if shift[1] > shift[0]}
    contents = linked_map(programme)
    if not later.keys() & contents.milestones.keys():
        return []
    rows = programme.benefits.filter(state__in=_TO_COME, is_disbenefit=False)
    benefits = list(rows.order_by("order_index", "pk"))
    planned = _planned(programme)
    found = [_later(benefit, contents, later, planned[benefit.pk]) for benefit in benefits]
    return [one for one in found if one is not None]


def _later(
    benefit: Benefit, contents: BenefitsMap, shifts: Mapping[int, Shift], planned: Mapping[int, int]
) -> LaterStart | None:
    keys = [node.key for node in enablers(node_of(benefit), contents.links)]
    before = {key: expected_on(contents.milestones[key]) for key in keys}
    after: Sequence[date | None] = [shifts[key][1] if key in shifts else before[key] for key in keys]
    from_on, to_on = start_of(benefit.starts_on, before.values()), start_of(benefit.starts_on, after)
    if from_on is None or to_on is None or to_on <= from_on:
        return None
    worth = full_year_worth(benefit.full_year_pence, planned, from_on)
    note = _note(benefit, worth)
    return LaterStart(
        title=str(benefit),
        url=benefit.get_absolute_url(),
        from_on=from_on,
        to_on=to_on,
        kind=benefit.get_benefit_class_display(),
        cost_pence=None if note or worth is None else delay_cost(worth, from_on, to_on),
        note=note,
    )


def _note(benefit: Benefit, worth: int | None) -> str:
    """Why no cost is given; empty where one is."""
    if benefit.counted_in_id is not None:
        return INSIDE
    if benefit.recurrence in (Recurrence.ONE_OFF, Recurrence.TOTAL):
        return ONCE
    if worth is None:
        return UNPLANNED if benefit.benefit_class in _IN_POUNDS else NO_POUNDS
    return ""


def _planned(programme: Programme) -> Mapping[int, Mapping[int, int]]:
    """Pence of the plan in effect, by benefit and financial year. One query."""
    versions = PlanVersion.objects.effective(today()).filter(programme=programme)
    current = Subquery(versions.order_by("-number").values("pk")[:1])
    rows = PlanAmount.objects.filter(plan_version=current, line__benefit__isnull=False)
    rows = rows.exclude(line__kind=LineKind.DISBENEFIT)
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for benefit, fy, pence in rows.values_list("line__benefit", "fy", "amount_pence"):
        found[benefit][fy] += pence
    return defaultdict(dict, {key: dict(years) for key, years in found.items()})

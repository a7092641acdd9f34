"""What the gates of a benefit read, from the rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Subquery

from benefits.enums import OPEN_PROPOSALS, BenefitState, Frequency, Outcome
from benefits.models import ActualAmount, Benefit, PlanAmount, ProposalAmount
from benefits.models.benefit import DOAM
from benefits.queries.benefits_map import BenefitsMap, enablers_in, linked_map, node_of
from benefits.rules.benefits_map import reaches_objective
from benefits.rules.gates import GateFacts, LastPlanned
from benefits.rules.targets import MONTHS, At, direction_of
from core.clock import today
from core.rules.calendar import format_fy, month_name, month_number, period_start
from programme.models import PlanVersion
from programme.queries.people import possible_owners

Planned = tuple[int, int | None, int]


def gate_facts(
    benefit: Benefit, *, why: str = "", lesson: str = "", contents: BenefitsMap | None = None
) -> GateFacts:
    """The facts of one benefit as they stand today. About seven queries."""
    planned, actuals = planned_of(benefit, today()), _actuals_of(benefit)
    contents = contents or linked_map(benefit.programme)
    node = node_of(benefit)
    final = final_target(benefit)
    values = readings_of(benefit)
    planned_pence = sum(pence for _, _, pence in planned)
    is_worded = bool(benefit.target_text) and not benefit.no_target_reason
    return GateFacts(
        was_approved=benefit.approved_on is not None
        or benefit.state not in (BenefitState.IDENTIFIED, BenefitState.PROFILED),
        benefit_class=benefit.benefit_class,
        is_disbenefit=benefit.is_disbenefit,
        has_active_owner=has_active_owner(benefit),
        description=benefit.description,
        counterfactual=benefit.counterfactual,
        measure_name=benefit.measure_name,
        starting_value=benefit.starting_value,
        starting_on=benefit.starting_on,
        starting_reason=benefit.starting_reason,
        has_target=final is not None or bool(planned_pence) or is_worded,
        has_plan=bool(planned_pence) or bool(benefit.trajectory.all()) or _is_proposed(benefit),
        no_target_reason=benefit.no_target_reason,
        tests={test: getattr(benefit, f"has_{test}") for test in DOAM},
        reaches_objective=reaches_objective(node, contents.links),
        starts_on=benefit.starts_on,
        early_reason=benefit.early_reason,
        enablers=enablers_in(contents, node),
        planned_pence=planned_pence,
        last_planned=_last_planned(actuals, planned),
        values=[At(one.month, one.value, final, step_of(benefit)) for one in values],
        direction=direction_of(benefit.direction, benefit.starting_value, final),
        evidence_count=len(benefit.evidence.all()),
        unverified_count=sum(one.waits for one in actuals),
        why=why,
        lesson=lesson,
    )


def has_active_owner(benefit: Benefit) -> bool:
    """Whether its owner has an active account and a role in it today (row 45). One query at most."""
    owner = benefit.owner_id
    return owner is not None and possible_owners(benefit.programme).filter(pk=owner).exists()


def final_target(benefit: Benefit) -> Decimal | None:
    """What the measure aims at in the end: its target, or its last planned value. Reads the trajectory."""
    if benefit.target_value is not None:
        return benefit.target_value
    planned = {month_number(row.fy, row.period): row.value for row in benefit.trajectory.all()}
    return planned[max(planned)] if planned else None


def step_of(benefit: Benefit) -> int:
    """Months from one reading to the next; 0 where that is not stated."""
    return MONTHS.get(Frequency(benefit.frequency), 0)


def readings_of(benefit: Benefit) -> list[At]:
    """Readings of the whole benefit in order of time, of several for one time the last. Reads readings."""
    rows = [row for row in benefit.readings.all() if row.council_id is None]
    latest = {month_number(row.fy, row.period): row.value for row in rows}
    return [At(month, latest[month]) for month in sorted(latest)]


def planned_of(benefit: Benefit, as_of: date) -> list[Planned]:
    """Year, period and pence of what the plan in effect holds for the benefit. One query."""
    versions = PlanVersion.objects.effective(as_of).filter(programme=benefit.programme_id)
    current = Subquery(versions.order_by("-number").values("pk")[:1])
    rows = PlanAmount.objects.filter(plan_version=current, line__benefit=benefit, amount_pence__gt=0)
    return list(rows.values_list("fy", "period", "amount_pence"))


def _is_proposed(benefit: Benefit) -> bool:
    """Whether a proposed plan holds pounds for the benefit. One query."""
    rows = ProposalAmount.objects.filter(proposal__state__in=OPEN_PROPOSALS, amount_pence__gt=0)
    return rows.filter(line__benefit=benefit).exists()


@dataclass(frozen=True, slots=True)
class _Actual:
    """One actual amount; `is_verified` holds for the reversal of a verified one too."""

    fy: int
    period: int | None
    pence: int
    is_verified: bool
    waits: bool


def _actuals_of(benefit: Benefit) -> list[_Actual]:
    """Actual amounts of its lines, with what was said of each. One query."""
    rows = ActualAmount.objects.filter(line__benefit=benefit).values_list(
        *("fy", "period", "amount_pence", "verification__outcome"),
        *("reverses__verification__outcome", "reverses", "reversed_by"),
    )
    return [
        _Actual(
            fy,
            period,
            pence,
            (own or reversed_) == Outcome.VERIFIED,
            own is None and reverses is None and reversed_by is None,
        )
        for fy, period, pence, own, reversed_, reverses, reversed_by in rows
    ]


def _last_planned(actuals: Sequence[_Actual], planned: Sequence[Planned]) -> LastPlanned | None:
    """The last period with planned pounds: a month, or a year where anything in it is planned as a whole."""
    if not planned:
        return None
    fy = max(year for year, _, _ in planned)
    periods = [period for year, period, _ in planned if year == fy]
    months = [period for period in periods if period is not None]
    period = max(months) if len(months) == len(periods) else None
    held = sum(
        one.pence
        for one in actuals
        if one.is_verified and one.fy == fy and (period is None or one.period == period)
    )
    first = period_start(fy, period or 1)
    words = f"{month_name(first)} {first.year}" if period is not None else format_fy(fy)
    wanted = sum(pence for year, one, pence in planned if year == fy and period in (None, one))
    return LastPlanned(words, wanted, held)

"""Which benefits of a programme are at risk, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch

from benefits.models import Benefit, MeasureReading
from benefits.queries.benefits_map import BenefitsMap, enablers_in, linked_map, node_of
from benefits.rules.at_risk import RUNNING, Measured, RiskFacts, risk_reasons
from benefits.rules.gates import Enabler
from benefits.rules.targets import direction_of
from benefits.rules.trajectory import time_words
from core.rules.calendar import month_number
from programme.models import Programme

MEASURED = ("trajectory", Prefetch("readings", MeasureReading.objects.select_related("council")))
Pounds = tuple[int | None, int | None]


def measured_benefits(programme: Programme) -> list[Benefit]:
    """The benefits of a programme in their order, with service and MEASURED. Three queries."""
    rows = Benefit.objects.filter(programme=programme).select_related("service")
    return list(rows.prefetch_related(*MEASURED))


def reasons_by_benefit(
    programme: Programme,
    benefits: Sequence[Benefit],
    pounds: Mapping[int, Pounds] | None = None,
    contents: BenefitsMap | None = None,
) -> dict[int, tuple[str, ...]]:
    """Why each benefit is at risk, by key. Benefits come with MEASURED; `pounds` are planned and forecast.

    `contents` is the benefits map where it is read already. One query at most.
    """
    running = [one for one in benefits if one.state in RUNNING]
    waiting = enablers_by_benefit(programme, running, contents)
    found = {}
    for benefit in benefits:
        planned, forecast = (pounds or {}).get(benefit.pk, (None, None))
        found[benefit.pk] = risk_reasons(
            RiskFacts(
                state=benefit.state,
                planned_pence=planned,
                forecast_pence=forecast,
                starts_on=benefit.starts_on,
                enablers=waiting.get(benefit.pk, ()),
                latest=latest_of(benefit),
                direction=direction_of(benefit.direction, benefit.starting_value, benefit.target_value),
                unit=benefit.measure_unit,
                thresholds=programme.thresholds,
            )
        )
    return found


def enablers_by_benefit(
    programme: Programme, benefits: Sequence[Benefit], contents: BenefitsMap | None = None
) -> dict[int, tuple[Enabler, ...]]:
    """The milestones that each benefit waits for, by key; `contents` where the map is read already."""
    if not benefits:
        return {}
    read = contents or linked_map(programme)
    return {benefit.pk: tuple(enablers_in(read, node_of(benefit))) for benefit in benefits}


def latest_of(benefit: Benefit) -> Measured | None:
    """The latest reading of the whole, with what was planned for its time."""
    planned = {(row.fy, row.period): row.value for row in benefit.trajectory.all()}
    readings = [row for row in benefit.readings.all() if row.council_id is None]
    if not readings:
        return None
    last = max(readings, key=lambda row: (month_number(row.fy, row.period), row.pk))
    time = last.fy, last.period
    return Measured(time_words(*time), last.value, planned.get(time))

"""The cashable saving before costs of many programmes as it was recorded at the end of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from benefits.enums import Measure, Outcome
from benefits.models import ActualAmount, ForecastAmount, PlanAmount
from benefits.queries.ledgers import answer_before, current_somewhere
from benefits.rules.measures import measure_of, parts_of
from core.clock import end_of
from programme.models import PlanVersion
from services.enums import LineKind

_Place = tuple[int, int]  # line and council


@dataclass(frozen=True, slots=True)
class GrossOn:
    """Pence of the whole period of one programme: planned, forecast, claimed or verified, and verified.

    None where there was no plan in effect, no forecast, or one that left out what was planned (INV-01).
    """

    planned: int | None = None
    forecast: int | None = None
    returned: int = 0
    verified: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded."""
        return self == GrossOn()


def gross_on(programmes: Collection[int], day: date) -> dict[int, GrossOn]:
    """By programme what its own page adds up for that day: plans in effect, forecasts made, returns entered
    and answered by its end. Four queries, whatever the number of programmes."""
    planned = _planned(programmes, day)
    forecast = _forecast(programmes, day)
    returned = _returned(programmes, day)
    found = {}
    for programme in programmes:
        plan, expected = planned.get(programme), forecast.get(programme)
        verified = returned[programme, True]
        found[programme] = GrossOn(
            planned=None if plan is None else sum(plan.values()),
            forecast=_whole(plan or {}, expected),
            returned=verified + returned[programme, False],
            verified=verified,
        )
    return found


def _whole(plan: dict[_Place, int], expected: dict[_Place, int] | None) -> int | None:
    """The forecast where every line that is planned has one."""
    if expected is None or any(pence and place not in expected for place, pence in plan.items()):
        return None
    return sum(expected.values())


def _lines() -> Q:
    """Lines that count in the gross cashable saving."""
    parts = parts_of(Measure.GROSS)
    found = Q()
    for kind in LineKind:
        for is_budgeted in (True, False):
            if measure_of(kind, is_budgeted=is_budgeted) in parts:
                found |= Q(line__kind=kind, line__is_budgeted=is_budgeted)
    return found


def _planned(programmes: Collection[int], day: date) -> dict[int, dict[_Place, int]]:
    versions = PlanVersion.objects.effective(day).filter(programme__in=programmes, approved_on__lte=day)
    current = dict(versions.values_list("programme", "pk"))
    found: dict[int, dict[_Place, int]] = {programme: {} for programme in current}
    rows = PlanAmount.objects.filter(_lines(), plan_version__in=current.values()).counted()
    held = rows.order_by().values_list("line__programme", "line", "council")
    for programme, line, council, pence in held.annotate(whole_pence=Sum("amount_pence")):
        found[programme][line, council] = pence
    return found


def _forecast(programmes: Collection[int], day: date) -> dict[int, dict[_Place, int]]:
    """Of each programme for which anything was forecast: the latest of each line and council."""
    made = ForecastAmount.objects.filter(snapshot__programme__in=programmes, snapshot__as_at_on__lte=day)
    rows = made.filter(snapshot__in=current_somewhere(made)).order_by("-snapshot__as_at_on", "-snapshot")
    columns = ("line__programme", "line", "council", "snapshot", "snapshot__as_at_on")
    is_gross = Q(_lines(), Q(line__benefit__isnull=True) | Q(line__benefit__counted_in__isnull=True))
    found: dict[int, dict[_Place, int]] = {}
    latest: dict[_Place, int] = {}
    sums = rows.values_list(*columns).annotate(whole_pence=Sum("amount_pence", filter=is_gross))
    for programme, line, council, snapshot, _, pence in sums:
        own = found.setdefault(programme, {})
        if latest.setdefault((line, council), snapshot) == snapshot and pence is not None:
            own[line, council] = pence
    return found


def _returned(programmes: Collection[int], day: date) -> dict[tuple[int, bool], int]:
    """By programme, and whether it was verified by then; what was returned by then does not count."""
    end = end_of(day)
    rows = ActualAmount.objects.filter(_lines(), line__programme__in=programmes, entered_at__lt=end)
    answered = rows.counted().annotate(
        answer=Coalesce(answer_before(end, "verification"), answer_before(end, "reverses__verification"))
    )
    found: dict[tuple[int, bool], int] = defaultdict(int)
    sums = (
        answered.order_by().values_list("line__programme", "answer").annotate(whole_pence=Sum("amount_pence"))
    )
    for programme, answer, pence in sums:
        if answer != Outcome.RETURNED:
            found[programme, answer == Outcome.VERIFIED] += pence
    return found

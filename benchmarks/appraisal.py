"""How long an appraisal and its simulated range take, from stored lines to results."""

import time
from collections.abc import Callable
from datetime import date
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import Programme
from services.enums import CaseState, LineKind
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine, CaseOption
from services.queries.appraisal import appraise_case
from services.rules.discount import schedule_of
from services.rules.monte_carlo import simulate
from tests.factories import BusinessCaseFactory, CaseOptionFactory, ProgrammeFactory, councils_of
from tests.services.factories import CostPoolFactory, key_of

OPTIONS, COUNCILS, LINES, YEARS = 6, 4, 200, 10
MOST_QUERIES = 15
ROUNDS = 15
FIRST_FY = 2026
_KINDS = (LineKind.CASHABLE_SAVING, LineKind.RECURRING_COST, LineKind.ONE_OFF_COST, LineKind.INCOME)


def make_case() -> BusinessCase:
    """A draft with 6 options and 200 lines of 4 councils over 10 years: half joint, half of each council."""
    programme = ProgrammeFactory(partnership__councils=COUNCILS, base_fy=FIRST_FY)
    case = BusinessCaseFactory(
        programme=programme, state=CaseState.DRAFT, base_fy=FIRST_FY, horizon_years=YEARS
    )
    options = [
        CaseOptionFactory(
            business_case=case, is_bau=number == 0, is_preferred=number == 1, order_index=number
        )
        for number in range(OPTIONS)
    ]
    _make_lines(programme, case, options)
    return BusinessCase.objects.select_related("programme__partnership").get(pk=case.pk)


def print_appraisal() -> None:
    """Measure and print the appraisal of the large case, its queries, and 10,000 runs of its range."""
    case = make_case()
    with CaptureQueriesContext(connection) as queries:
        result = appraise_case(case)
    if len(queries) > MOST_QUERIES:
        raise SystemExit(f"The appraisal takes {len(queries)} queries.")
    lines = [line for option in result.options for line in option.lines]
    schedule = schedule_of(result.references[0].used.version)
    print(f"\n{'':<46}{'median ms':>12}")
    words = f"appraisal, {OPTIONS} x {COUNCILS} x {LINES} x {YEARS}, {len(queries)} queries"
    print(f"{words:<46}{median_ms(lambda: appraise_case(case)):>12.1f}")
    words = f"simulated range, {len(lines)} lines, 10,000 runs"
    print(f"{words:<46}{median_ms(lambda: simulate(lines, schedule, seed=1), rounds=3):>12.1f}")


def median_ms(call: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Median of several calls in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return median(times) * 1000


def _make_lines(programme: Programme, case: BusinessCase, options: list[CaseOption]) -> None:
    councils = councils_of(programme)
    pool = CostPoolFactory(programme=programme)
    key_of(
        pool, dict(zip(councils, (130_200, 140_600, 106_300, 90_100), strict=True)), from_on=date(2020, 4, 1)
    )
    lines = BusinessCaseLine.objects.bulk_create(
        BusinessCaseLine(
            business_case=case,
            option=options[number % OPTIONS],
            ref=f"L-{number}",
            title=f"Line {number}",
            kind=_KINDS[number % len(_KINDS)],
            pool=pool,
            low_percent=90,
            high_percent=120,
            order_index=number,
        )
        for number in range(LINES)
    )
    BusinessCaseAmount.objects.bulk_create(
        BusinessCaseAmount(
            line=line, council=council, fy=FIRST_FY + index, amount_pence=100_000_01 + 977 * index + number
        )
        for number, line in enumerate(lines)
        for council in ([None] if number % 2 else councils)
        for index in range(YEARS + 1)
    )

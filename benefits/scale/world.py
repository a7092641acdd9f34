"""Made-up programmes with plans, forecasts, claims and answers that keep every rule of the ledgers.

The same seed, day and size give the same rows. Every amount is a possible one: claims are of months that are
over, verified by their own council's section 151 officer, and savings have a reduced budget behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random

from django.db import transaction

from accounts.models import User
from benefits.enums import BenefitClass, BenefitKind, Outcome
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetLine,
    BudgetReduction,
    ForecastAmount,
    ForecastSnapshot,
    Line,
    PlanAmount,
    Verification,
)
from benefits.rules.plan_hash import plan_hash
from benefits.scale.people import Partners, make_manager, make_partnerships, partners_of, partnerships_needed
from benefits.scale.tables import Waiting
from core.actions import audit
from core.clock import LONDON
from core.enums import Channel, Qualifier
from core.rules.calendar import financial_year, fy_start, period_end
from programme.enums import PriceBasis
from programme.models import Council, PlanVersion, Programme
from services.enums import LineKind, ServiceStatus
from services.models import Service

YEARS_BEFORE, YEARS = 4, 6
ROWS_A_BATCH = 60_000
EXACT = Qualifier.EXACT.value
WHY = "As the budget report of the month shows"
_KINDS = (
    (LineKind.CASHABLE_SAVING, BenefitKind.CASHABLE_SAVING, BenefitClass.CASHABLE),
    (LineKind.RECURRING_COST, None, None),
    (LineKind.CASHABLE_SAVING, BenefitKind.CASHABLE_SAVING, BenefitClass.CASHABLE),
    (LineKind.ONE_OFF_COST, None, None),
    (LineKind.NON_CASHABLE, BenefitKind.NON_CASHABLE, BenefitClass.NON_CASHABLE),
    (LineKind.INCOME, BenefitKind.INCOME, BenefitClass.CASHABLE),
    (LineKind.COST_AVOIDANCE, BenefitKind.COST_AVOIDANCE, BenefitClass.NON_CASHABLE),
)
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How many programmes, how many monthly figures in all, which seed, and the day they stand at."""

    programmes: int
    figures: int
    seed: int
    day: date

    @property
    def first_fy(self) -> int:
        """The first year of every programme."""
        return financial_year(self.day) - YEARS_BEFORE

    @property
    def months(self) -> list[tuple[int, int]]:
        """Every month of every programme, as financial year and period."""
        return [(fy, number) for fy in self.fys for number in range(1, 13)]

    @property
    def fys(self) -> range:
        """The years of every programme."""
        return range(self.first_fy, self.first_fy + YEARS)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One line of one council, what it is planned to bring a month, and where its saving was budgeted."""

    line: Line
    council: Council
    month_pence: int

    @property
    def code(self) -> str:
        """The ledger code of its saving."""
        return f"{self.line.programme_id}-{self.line.ref}"


@transaction.atomic
def make_world(size: Size, told: Told) -> dict[str, int]:
    """Make everything, or nothing; how many rows of each table. `told` hears of programmes and figures."""
    manager = make_manager()
    made = make_partnerships(partnerships_needed(size.programmes), manager, fy_start(size.first_fy))
    waiting, random, figures = Waiting(), Random(size.seed), 0  # noqa: S311
    for number in range(size.programmes):
        wanted = (size.figures - figures) // (size.programmes - number)
        figures += _Maker(size, partners_of(made, number), manager, waiting, random).make(number, wanted)
        if waiting.count >= ROWS_A_BATCH:
            waiting.write()
            told(number + 1, figures)
    waiting.end()
    told(size.programmes, figures)
    return {**waiting.written, "monthly figures": figures}


@dataclass(slots=True)
class _Maker:
    """Makes one programme."""

    size: Size
    partners: Partners
    manager: User
    waiting: Waiting
    random: Random

    def make(self, number: int, wanted: int) -> int:
        """The programme with about `wanted` monthly figures; how many it has."""
        programme = self._programme(number)
        replanned = number % 2 == 1
        over = [month for month in self.size.months if period_end(*month) < self.size.day]
        a_cell = len(over) + len(self.size.months) * (2 if replanned else 1)
        lines = self._lines(programme, max(1, ceil(wanted / a_cell / len(self.partners.councils))))
        cells = [
            _Cell(line, council, self.random.randint(40, 4_000) * 1_00)
            for line in lines
            for council in self.partners.councils
        ]
        figures = self._plans(programme, cells, replanned=replanned)
        figures += self._forecast(programme, cells, over)
        self._budgets(cells)
        figures += sum(self._actuals(cell, over) for cell in cells)
        after = {"figures": figures, "seed": self.size.seed}
        audit.record(
            programme,
            by=self.manager,
            action="seed_scale",
            channel=Channel.IMPORT,
            scope=programme.key,
            after=after,
        )
        return figures

    def _programme(self, number: int) -> Programme:
        return Programme.objects.create(
            key=f"scale-{number + 1}",
            name=f"Measured programme {number + 1}",
            partnership=self.partners.partnership,
            base_fy=self.size.first_fy,
            horizon_years=YEARS - 1,
            price_basis=PriceBasis.NOMINAL,
            created_by=self.manager,
            updated_by=self.manager,
        )

    def _lines(self, programme: Programme, count: int) -> Sequence[Line]:
        by = {"created_by": self.manager, "updated_by": self.manager}
        services = Service.objects.bulk_create(
            Service(programme=programme, ref=f"S-{n}", name=f"Service {n}", status=ServiceStatus.SHARED, **by)
            for n in (1, 2)
        )
        kinds = [_KINDS[n % len(_KINDS)] for n in range(count)]
        benefits = Benefit.objects.bulk_create(
            Benefit(
                programme=programme,
                ref=f"B-{n}",
                title=f"Lower cost of service part {n}",
                order_index=n,
                kind=kind,
                benefit_class=benefit_class,
                service=services[n % 2],
                **by,
            )
            for n, (_, kind, benefit_class) in enumerate(kinds, 1)
            if kind is not None and benefit_class is not None
        )
        by_ref = {benefit.ref: benefit for benefit in benefits}
        return Line.objects.bulk_create(
            Line(
                programme=programme,
                ref=f"L-{n}",
                title=f"Line {n}",
                order_index=n,
                kind=kind,
                benefit=by_ref.get(f"B-{n}"),
                is_budgeted=kind == LineKind.INCOME,
                **by,
            )
            for n, (kind, _, _) in enumerate(kinds, 1)
        )

    def _plans(self, programme: Programme, cells: Sequence[_Cell], *, replanned: bool) -> int:
        """The original by year; the second version of every other programme by month."""
        yearly = [(cell, fy, None, cell.month_pence * 12) for cell in cells for fy in self.size.fys]
        self._plan(programme, 1, yearly, fy_start(self.size.first_fy))
        if not replanned:
            monthly: list[tuple[_Cell, int, int | None, int]] = []
        else:
            monthly = [
                (cell, fy, period, cell.month_pence * (9 if fy < self.size.first_fy + 2 else 11) // 10)
                for cell in cells
                for fy, period in self.size.months
            ]
            self._plan(programme, 2, monthly, fy_start(self.size.first_fy + 2))
        return len(monthly)

    def _plan(
        self,
        programme: Programme,
        number: int,
        amounts: Sequence[tuple[_Cell, int, int | None, int]],
        effective_on: date,
    ) -> None:
        hashed = plan_hash(
            (),
            [(cell.line.ref, cell.council.key, fy, period, pence) for cell, fy, period, pence in amounts],
        )
        reason = "" if number == 1 else "approved_delay"
        narrative = "" if number == 1 else "The councils agreed to start later and to save more afterwards."
        version = self.waiting.add(
            PlanVersion, programme.pk, number, effective_on - timedelta(days=20), effective_on, reason,
            narrative, 0, len(amounts), hashed, _at(effective_on), self.manager.pk,
        )  # fmt: skip
        for cell, fy, period, pence in amounts:
            self.waiting.add(PlanAmount, version, cell.line.pk, cell.council.pk, fy, period, pence, EXACT)

    def _forecast(self, programme: Programme, cells: Sequence[_Cell], over: Sequence[tuple[int, int]]) -> int:
        """What was expected at the end of the last month, month by month."""
        day = period_end(*over[-1]) if over else self.size.day
        snapshot = self.waiting.add(ForecastSnapshot, programme.pk, day, WHY, _at(day), self.manager.pk)
        for cell in cells:
            for fy, period in self.size.months:
                pence = cell.month_pence * self.random.randint(88, 104) // 100
                self.waiting.add(
                    ForecastAmount, snapshot, "", cell.line.pk, cell.council.pk, fy, period, pence, EXACT
                )
        return len(cells) * len(self.size.months)

    def _budgets(self, cells: Sequence[_Cell]) -> None:
        """A reduced budget behind every cashable saving, year by year (INV-21)."""
        moment = _at(fy_start(self.size.first_fy))
        by = self.manager.pk
        for cell in cells:
            if cell.line.kind != LineKind.CASHABLE_SAVING:
                continue
            for fy in self.size.fys:
                budget = self.waiting.add(
                    BudgetLine, cell.council.pk, cell.code, fy, cell.month_pence * 100, "Measured budget",
                    1, moment, by, moment, by,
                )  # fmt: skip
                self.waiting.add(
                    BudgetReduction, cell.line.pk, budget, cell.month_pence * 12, "", "", moment, by
                )

    def _actuals(self, cell: _Cell, over: Sequence[tuple[int, int]]) -> int:
        """A claim a month, answered after a month; the last two months wait. Few are returned or reversed."""
        reversals = 0
        code = cell.code if cell.line.kind == LineKind.CASHABLE_SAVING else ""
        for index, (fy, period) in enumerate(over):
            pence = cell.month_pence * self.random.randint(78, 108) // 100
            end = period_end(fy, period)
            claim = self._claim(cell, fy, period, pence, end + timedelta(days=1), code)
            chance = self.random.random()
            if index >= len(over) - 2:
                continue
            outcome, reason = (Outcome.RETURNED, "No budget went down for it") if chance < 0.02 else (
                Outcome.VERIFIED, ""
            )  # fmt: skip
            officer = self.partners.s151[cell.council.pk]
            self.waiting.add(
                Verification, claim, outcome.value, reason, _at(end + timedelta(days=25)), officer.pk
            )
            if chance > 0.99:
                reversals += 1
                self._claim(cell, fy, period, -pence, end + timedelta(days=40), code, reverses=claim)
        return len(over) + reversals

    def _claim(
        self, cell: _Cell, fy: int, period: int, pence: int, day: date, code: str, reverses: int | None = None
    ) -> int:
        moment = _at(min(day, self.size.day - timedelta(days=1)))
        return self.waiting.add(
            ActualAmount, reverses, WHY, code, "", cell.line.pk, cell.council.pk, fy, period, pence, EXACT,
            moment, self.manager.pk,
        )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=LONDON)

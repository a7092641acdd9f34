"""The same figures worked out a second time, from raw rows and from the text of domain.md alone.

Nothing of the product's queries or rules is used: kinds, signs, cut-off, reversals and what is missing are
written again here the plainest way, their arithmetic in `arithmetic`. "[x]" is not available,
"[z]" not applicable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from benefits.models import ActualAmount, BudgetReduction, ForecastAmount, Line, PlanAmount
from programme.models import CouncilFigure, Membership, PlanVersion, Programme
from tests.benefits.proof.arithmetic import Pence, X, Z, minus, month_end, percent, spread, year_of

ORIGINAL, CURRENT, FORECAST = "original", "current", "forecast"
CLAIMED, VERIFIED, BANKED = "claimed", "verified", "banked"
LEDGERS = (ORIGINAL, CURRENT, FORECAST, CLAIMED, VERIFIED, BANKED)
RETURNED = (CLAIMED, VERIFIED, BANKED)
NO_SERVICE = "no-one-service"
Part = tuple[str, bool | None]
# A part is a kind of line, and of income whether a budget holds it (F-02, INV-17, INV-22).
CASHABLE, BUDGETED, UNBUDGETED = ("cashable_saving", None), ("income", True), ("income", False)
GRANT, DISBENEFIT = ("grant", None), ("disbenefit", None)
RECURRING, ONE_OFF = ("recurring_cost", None), ("one_off_cost", None)
NON_CASHABLE, AVOIDED = ("non_cashable", None), ("cost_avoidance", None)
COSTS = (DISBENEFIT, RECURRING, ONE_OFF)
GROSS = "Gross cashable saving, before costs"
NET = "Net saving, after costs"
MEASURES: Mapping[str, Mapping[Part, int]] = {
    "Cashable saving": {CASHABLE: 1},
    "Additional income raised in a budget": {BUDGETED: 1},
    "Additional income in no budget": {UNBUDGETED: 1},
    "Non-cashable saving": {NON_CASHABLE: 1},
    "Cost avoidance": {AVOIDED: 1},
    "Grant": {GRANT: 1},
    "Dis-benefit": {DISBENEFIT: 1},
    "Recurring cost": {RECURRING: 1},
    "One-off cost": {ONE_OFF: 1},
    GROSS: {CASHABLE: 1, BUDGETED: 1},
    NET: {CASHABLE: 1, BUDGETED: 1, GRANT: 1, DISBENEFIT: -1, RECURRING: -1, ONE_OFF: -1},
}


@dataclass(frozen=True)
class Item:
    """A line as its row says."""

    pk: int
    ref: str
    title: str
    part: Part
    service: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Row:
    """One amount that counts on one ledger."""

    item: Item
    council: str
    ledger: str
    fy: int
    period: int | None
    pence: int

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Twelve values, April first."""
        if self.period is None:
            return spread(self.pence, self.fy, self.item.starts_on, self.item.ends_on)
        return tuple(self.pence if number == self.period else 0 for number in range(1, 13))


@dataclass(frozen=True)
class Narrowed:
    """What a reader chose of the books: a council's key, a service's reference, a year, a measure."""

    council: str = ""
    service: str = ""
    fy: int | None = None
    measure: str = ""

    @property
    def shown(self) -> str:
        """What the page is of."""
        return self.measure or GROSS


class Books:
    """The figures of a programme as they stood at the end of a day, for all of it or narrowed."""

    def __init__(self, programme: Programme, as_of: date, narrowed: Narrowed = Narrowed()) -> None:
        self.programme, self.as_of, self.narrowed = programme, as_of, narrowed
        self._read_partners()
        self._read_rows()
        self.rows = [row for row in self.every_row if self.is_chosen(row.item, row.council)]
        self.used = {item.part for item in self.items.values() if self.is_chosen(item, None)}

    def _read_partners(self) -> None:
        partners = Membership.objects.filter(
            partnership=self.programme.partnership_id, status__in=("active", "left")
        ).order_by("order_index")
        found = list(
            partners.values_list("council__key", "council__short_name", "joined_first_on", "left_last_on")
        )
        self.names = {key: name for key, name, _, _ in found}
        self.days = {key: (joined, left) for key, _, joined, left in found}
        self.keys = [key for key in self.names if self.narrowed.council in {"", key}]

    def _read_rows(self) -> None:
        self.items = _items(self.programme)
        versions = self._versions()
        self.first = versions.get(1)
        self.latest = versions[max(versions)] if versions else None
        self.end = datetime.combine(self.as_of + timedelta(days=1), time(), ZoneInfo("Europe/London"))
        answered = self._answered()
        self.every_row = [*self._plans(), *self._forecasts(), *answered, *self._banked(answered)]
        ends = {month_end(row.fy, row.period or 12) for row in answered}
        self.cut_off = max((day for day in ends if day <= self.as_of), default=None)

    def _versions(self) -> dict[int, int]:
        rows = PlanVersion.objects.filter(
            programme=self.programme, effective_on__lte=self.as_of, approved_on__lte=self.as_of
        )
        return dict(rows.values_list("number", "pk"))

    def _plans(self) -> list[Row]:
        rows = PlanAmount.objects.filter(line__programme=self.programme).values_list(
            "plan_version", "line", "council__key", "fy", "period", "amount_pence"
        )
        return [
            Row(self.items[line], council, ledger, fy, period, pence)
            for version, line, council, fy, period, pence in rows
            for ledger, wanted in ((ORIGINAL, self.first), (CURRENT, self.latest))
            if version == wanted and line in self.items
        ]

    def _forecasts(self) -> list[Row]:
        """For each line and council the latest snapshot that holds it; of one day, the one entered last."""
        rows = list(
            ForecastAmount.objects.filter(
                line__programme=self.programme, snapshot__as_at_on__lte=self.as_of
            ).values_list(
                "snapshot__as_at_on", "snapshot", "line", "council__key", "fy", "period", "amount_pence"
            )
        )
        latest: dict[tuple[int, str], tuple[date, int]] = {}
        for day, snapshot, line, council, *_ in rows:
            latest[line, council] = max(latest.get((line, council), (day, snapshot)), (day, snapshot))
        kept = [row for row in rows if latest[row[2], row[3]] == (row[0], row[1])]
        self.has_forecast = bool(kept)
        return [
            Row(self.items[line], council, FORECAST, fy, period, pence)
            for _, _, line, council, fy, period, pence in kept
            if line in self.items
        ]

    def _answered(self) -> list[Row]:
        """Claimed or verified by the end of the day; a reversal counts as what it takes back."""
        rows = ActualAmount.objects.filter(
            line__programme=self.programme, entered_at__lt=self.end
        ).values_list(
            "pk", "reverses", "line", "council__key", "fy", "period", "amount_pence",
            "verification__outcome", "verification__verified_at",
        )  # fmt: skip
        said = {pk: outcome for pk, *_, outcome, at in rows if outcome and at < self.end}
        found = []
        for pk, reverses, line, council, fy, period, pence, _, _ in rows:
            outcome = said.get(pk) or said.get(reverses)
            if outcome != "returned" and line in self.items:
                ledger = VERIFIED if outcome == "verified" else CLAIMED
                found.append(Row(self.items[line], council, ledger, fy, period, pence))
        return found

    def _banked(self, answered: Iterable[Row]) -> list[Row]:
        """Verified, and out of a budget: of a cashable saving no more than was taken out in the year."""
        reduced: dict[tuple[int, str, int], int] = {}
        reductions = BudgetReduction.objects.filter(line__programme=self.programme, entered_at__lt=self.end)
        for line, council, fy, pence, withdrawn_at in reductions.values_list(
            "line", "budget_line__council__key", "budget_line__fy", "amount_pence", "withdrawn_at"
        ):
            if withdrawn_at is None or withdrawn_at >= self.end:
                reduced[line, council, fy] = reduced.get((line, council, fy), 0) + pence
        months: dict[tuple[Item, str, int], dict[int, int]] = {}
        for row in answered:
            if row.ledger == VERIFIED and row.item.part not in (NON_CASHABLE, AVOIDED, UNBUDGETED):
                year = months.setdefault((row.item, row.council, row.fy), {})
                year[row.period or 0] = year.get(row.period or 0, 0) + row.pence
        found = []
        for (item, council, fy), year in months.items():
            limit = reduced.get((item.pk, council, fy), 0) if item.part == CASHABLE else None
            saved = banked = 0
            for period in sorted(year):
                saved += year[period]
                now = saved if limit is None else min(saved, limit)
                found.append(Row(item, council, BANKED, fy, period, now - banked))
                banked = now
        return found

    def is_chosen(self, item: Item, council: str | None) -> bool:
        narrowed = self.narrowed
        is_of_council = council is None or (narrowed.council in {"", council} and council in self.names)
        is_of_kind = not narrowed.measure or item.part in MEASURES[narrowed.measure]
        return is_of_council and is_of_kind and narrowed.service in {"", item.service or NO_SERVICE}

    @cached_property
    def fys(self) -> list[int]:
        """Every year of the appraisal period, and any before or after in which anything stands."""
        held = {row.fy for row in self.every_row}
        if not held:
            return []
        base = self.programme.base_fy
        if base is not None:
            held |= {base, base + self.programme.horizon_years}
        return list(range(min(held), max(held) + 1))

    @property
    def shown_fys(self) -> list[int]:
        """The year chosen, or all."""
        return [fy for fy in self.fys if self.narrowed.fy in {None, fy}]

    @property
    def shown_measures(self) -> list[str]:
        """Measures of which any chosen line is a part."""
        names = [self.narrowed.measure] if self.narrowed.measure else MEASURES
        return [name for name in names if self.used & MEASURES[name].keys()]

    def pence(
        self, measure: str, ledger: str, councils: Iterable[str], fys: Iterable[int], upto: date | None = None
    ) -> int:
        """The plain sum with its signs; with `upto` only the months that were over by then."""
        keys, years = list(councils), list(fys)
        return sum(
            sign * sum(cell if upto is None else cell[: _months_over(fy, upto)])
            for part, sign in MEASURES[measure].items()
            for key in keys
            for fy in years
            if (cell := self._cells.get((part, ledger, key, fy)))
        )

    @cached_property
    def _cells(self) -> dict[tuple[Part, str, str, int], list[int]]:
        """Twelve months of each part, ledger, council and year; together they are the amounts themselves."""
        cells: dict[tuple[Part, str, str, int], list[int]] = {}
        for row in self.rows:
            cell = cells.setdefault((row.item.part, row.ledger, row.council, row.fy), [0] * 12)
            for place, pence in enumerate(row.months):
                cell[place] += pence
        assert sum(map(sum, cells.values())) == sum(row.pence for row in self.rows)
        return cells

    def figure(
        self, measure: str, name: str, councils: Sequence[str], fys: Sequence[int], *, is_year: bool = True
    ) -> Pence:
        """What a table shows: `name` is a ledger, or a plan to the cut-off such as "current to date".

        With `is_year` a figure of a year, or up to its end, that has not begun is not applicable.
        """
        ledger = name.removesuffix(" to date")
        is_returned = ledger in RETURNED or name.endswith("to date")
        if ledger == FORECAST and self.is_forecast_missing(measure, councils):
            return X
        if is_returned and self.cut_off is None:
            return X
        if is_returned and is_year and self.cut_off and date(fys[-1], 4, 1) > self.cut_off:
            return Z
        if (ledger == ORIGINAL and self.first is None) or (ledger == CURRENT and self.latest is None):
            return X
        upto = self.cut_off if name.endswith("to date") else None
        return self.pence(measure, ledger, councils, fys, upto)

    def of_plan(
        self,
        measure: str,
        ledger: str,
        plan: str,
        councils: Sequence[str],
        fys: Sequence[int],
        *,
        is_year: bool = True,
    ) -> str:
        """What stands on a ledger in percent of a plan, without the savings for which nothing is planned."""
        value, planned = (
            self.figure(measure, name, councils, fys, is_year=is_year) for name in (ledger, plan)
        )
        left_out = self.without_target(measure, ledger, councils, fys, is_year=is_year)
        return percent(minus(value, left_out), planned)

    def without_target(
        self, measure: str, ledger: str, councils: Sequence[str], fys: Sequence[int], *, is_year: bool
    ) -> Pence:
        """What stands on a ledger of savings for which nothing is planned; costs always count."""
        whole = self.figure(measure, ledger, councils, fys, is_year=is_year)
        if isinstance(whole, str):
            return whole
        return sum(
            MEASURES[measure][row.item.part] * row.pence
            for row in self.rows
            if row.item.part in MEASURES[measure].keys() - set(COSTS)
            and row.item.pk not in self._planned
            and (row.ledger, row.council in councils, row.fy in fys) == (ledger, True, True)
        )

    @cached_property
    def _planned(self) -> set[int]:
        """Lines for which the current plan holds an amount."""
        return {row.item.pk for row in self.every_row if row.ledger == CURRENT and row.pence}

    def is_forecast_missing(self, measure: str, councils: Iterable[str]) -> bool:
        """Whether nothing is forecast, or a line planned for one of these councils is not."""
        if not self.has_forecast:
            return True
        return any((part, key) in self._not_forecast for part in MEASURES[measure] for key in councils)

    @cached_property
    def _not_forecast(self) -> set[tuple[Part, str]]:
        """Parts and councils in which a line is planned in any year, and not forecast."""
        expected = {(row.item, row.council) for row in self.rows if row.ledger == FORECAST}
        years: dict[tuple[Item, str, int], int] = {}
        for row in self.rows:
            if row.ledger == CURRENT:
                place = row.item, row.council, row.fy
                years[place] = years.get(place, 0) + row.pence
        return {
            (item.part, council)
            for (item, council, _), pence in years.items()
            if pence and (item, council) not in expected
        }

    def month_points(self, councils: Sequence[str], fys: Sequence[int]) -> list[dict[str, Pence]]:
        """The measure shown, from the first of these months to the end of each."""
        points, sums = [], dict.fromkeys(LEDGERS, 0)
        parts = MEASURES[self.narrowed.shown]
        no_forecast = self.is_forecast_missing(self.narrowed.shown, councils)
        for fy in fys:
            for number in range(1, 13):
                for ledger in LEDGERS:
                    sums[ledger] += sum(
                        sign * cell[number - 1]
                        for part, sign in parts.items()
                        for key in councils
                        if (cell := self._cells.get((part, ledger, key, fy)))
                    )
                points.append(self._point(month_end(fy, number), sums, no_forecast))
        return points

    def _point(self, end: date, sums: Mapping[str, int], no_forecast: bool) -> dict[str, Pence]:
        point: dict[str, Pence] = dict(sums)
        if self.first is None:
            point[ORIGINAL] = X
        if self.latest is None:
            point[CURRENT] = X
        if no_forecast:
            point[FORECAST] = X
        if self.cut_off is None or end > self.cut_off:
            point |= dict.fromkeys(RETURNED, X if self.cut_off is None else Z)
        return point

    @property
    def programme_months(self) -> list[int]:
        """The years of the main chart: to the end of next year, or the year chosen."""
        if self.narrowed.fy:
            return self.shown_fys
        last = max(min(year_of(self.as_of) + 1, self.fys[-1]), self.fys[0]) if self.fys else 0
        return [fy for fy in self.fys if fy <= last]

    def outturn(self, measure: str, councils: Sequence[str], year: int | None = None) -> Pence:
        """Returned so far in a year, then the forecast of the months after each line's last one (F-17).

        This year unless another is given.
        """
        if self.is_forecast_missing(measure, councils):
            return X
        fy, total = year or year_of(self.as_of), 0
        parts = MEASURES[measure]
        for item in {row.item for row in self.rows if row.item.part in parts}:
            for council in councils:
                own = [row for row in self.rows if (row.item, row.council, row.fy) == (item, council, fy)]
                back = [row for row in own if row.ledger in {CLAIMED, VERIFIED}]
                last = self._last_return(item, council)
                ahead = sum(
                    pence
                    for row in own
                    if row.ledger == FORECAST
                    for number, pence in enumerate(row.months, 1)
                    if month_end(fy, number) > last
                )
                total += parts[item.part] * (sum(row.pence for row in back) + ahead)
        return total

    def _last_return(self, item: Item, council: str) -> date:
        """The end of the last month that a council returned of a line, in whatever year."""
        return max(
            (
                month_end(row.fy, row.period or 12)
                for row in self.rows
                if (row.item, row.council) == (item, council) and row.ledger in {CLAIMED, VERIFIED}
            ),
            default=date.min,
        )

    def headline(self, councils: Sequence[str]) -> dict[str, int]:
        """Net cash saving that is verified, its three parts, and what is kept out of it (INV-17)."""

        def back(part: Part, *ledgers: str) -> int:
            return sum(
                row.pence
                for row in self.rows
                if row.item.part == part
                and row.ledger in ledgers
                and row.council in councils
                and self.narrowed.fy in {None, row.fy}
            )

        cashable, income, costs = (back(part, VERIFIED) for part in (CASHABLE, BUDGETED, RECURRING))
        claimed = back(CASHABLE, CLAIMED) + back(BUDGETED, CLAIMED) - back(RECURRING, CLAIMED)
        both = (CLAIMED, VERIFIED)
        return {
            "Net cash saving, verified": cashable + income - costs,
            "Verified cashable savings": cashable,
            "Of the cashable savings, banked": back(CASHABLE, BANKED),
            "Verified budgeted income": income,
            "Verified recurring costs": costs,
            "Claimed only, not in the net": claimed,
            "Non-cashable, not in the net": back(NON_CASHABLE, *both),
            "Cost avoidance, not in the net": back(AVOIDED, *both),
            "Unbudgeted income, not in the net": back(UNBUDGETED, *both),
        }

    @property
    def throughout(self) -> list[str]:
        """Councils that were partners on every day of the years shown; founders from the start (INV-43)."""
        joined = [day for day, _ in self.days.values()]
        start = min(day for day in joined if day) if joined and all(joined) else None
        first, last = date(self.shown_fys[0], 4, 1), date(self.shown_fys[-1] + 1, 3, 31)
        return [
            key
            for key, (came, went) in self.days.items()
            if (came is None or came == start or came <= first) and (went is None or went >= last)
        ]

    def nets(self, ledger: str, councils: Sequence[str]) -> list[Pence]:
        """Net saving of each year, all years."""
        return [self.figure(NET, ledger, councils, [fy], is_year=False) for fy in self.fys]

    @property
    def people(self) -> dict[str, int]:
        """The latest population of each council that is known by the year of the day."""
        rows = CouncilFigure.objects.filter(series="population", year__lte=self.as_of.year)
        return {
            key: int(number) for key, number in rows.order_by("year").values_list("council__key", "quantity")
        }


def _months_over(fy: int, day: date) -> int:
    """How many months of a year were over by the end of a day."""
    return sum(month_end(fy, number) <= day for number in range(1, 13))


def _items(programme: Programme) -> dict[int, Item]:
    """Lines that count: not those of a benefit that is counted in another (INV-18)."""
    rows = Line.objects.filter(programme=programme, benefit__counted_in__isnull=True).values_list(
        "pk", "ref", "title", "kind", "is_budgeted", "service__ref", "benefit__service__ref",
        "starts_on", "ends_on",
    )  # fmt: skip
    return {
        pk: Item(
            pk, ref, title, (kind, is_budgeted if kind == "income" else None), own or theirs or "", *days
        )
        for pk, ref, title, kind, is_budgeted, own, theirs, *days in rows
    }

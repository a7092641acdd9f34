"""What an appraisal is worked out from: the stored lines of a case with each council's share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from core.clock import london_date
from core.enums import PublicationClass
from core.publication import left_out
from core.rules.apportionment import Weight
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from core.rules.suppression import is_small
from programme.models import Council
from services.enums import CaseState, LineKind
from services.models import ApportionmentRun, BusinessCase, BusinessCaseAmount, CaseOption
from services.queries.shares import PoolKeys, kept_shares, pool_keys
from services.queries.stored_case import StoredCase
from services.rules.case_line import is_in_prices_of
from services.rules.optimism_bias import BiasBounds, optimism_bias_of, optimism_bias_on, optimism_uplift
from services.rules.option_flows import FlowLine

_DRAFTING = frozenset(
    {CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW, CaseState.WITHDRAWN}
)
_NO_BIAS = Fraction(0)
_AS_ONE_PERSON = 1

OwnYears = dict[int | None, dict[int, int]]


class LineRow(NamedTuple):
    """The columns of a line that its appraisal needs."""

    pk: int
    option_id: int
    ref: str
    title: str
    kind: str
    cost_type: str
    pool_id: int | None
    price_basis: str
    price_base_fy: int | None
    low_percent: int
    high_percent: int
    bias_category: str
    bias_mitigation_percent: int | None
    staff_count: int | None
    publication_class: str

    @property
    def is_exempt(self) -> bool:
        """Whether its amounts are withheld from the public."""
        return self.publication_class != PublicationClass.OPEN


@dataclass(frozen=True, slots=True)
class OptionInputs:
    """An option with its lines as flows, and what is missing to appraise it.

    A line with joint and own amounts stands there twice, under one reference. `pools` holds the pool of
    each joint line, `own_councils` the places of the councils that entered amounts of their own,
    `few_people` the lines about fewer than 5 people, even those that cannot be shared or have no amount,
    and the exempt ones; `has_exempt` is whether there are any of these.
    """

    option: CaseOption
    lines: tuple[FlowLine, ...]
    titles: Mapping[str, str]
    pools: Mapping[str, int]
    own_councils: frozenset[int]
    few_people: frozenset[str]
    has_exempt: bool
    missing: tuple[NotAssessable, ...]


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """A case, its councils in their order, and its options in theirs; `left_out` as an open file says."""

    case: BusinessCase
    councils: tuple[Council, ...]
    options: tuple[OptionInputs, ...]
    opens_exempt: bool = False
    left_out: str = ""

    @property
    def length(self) -> int:
        """Number of years with year 0."""
        return self.case.horizon_years + 1

    @property
    def fys(self) -> tuple[int, ...]:
        """Financial years of the appraisal period."""
        return tuple(range(self.case.base_fy, self.case.base_fy + self.length))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Everything read of a case, by the ids that join it."""

    case: BusinessCase
    keys: PoolKeys
    kept: Mapping[tuple[int, int], Mapping[int, int]] | None
    kept_weights: Mapping[tuple[int, int], tuple[Weight, ...]]
    bounds: Mapping[str, BiasBounds]
    places: Mapping[int, int] = field(default_factory=dict)
    opens_exempt: bool = False

    def people(self, row: LineRow) -> int | None:
        """How many people a line is about; one where it is exempt and the reader may not open that."""
        return _AS_ONE_PERSON if row.is_exempt and not self.opens_exempt else row.staff_count


def is_drafting(case: BusinessCase) -> bool:
    """Whether the case is not issued yet, so that each council's own costs are its own affair."""
    return case.issued_at is None and case.state in _DRAFTING


def day_of(case: BusinessCase, today: date) -> date:
    """The day whose reference data count where the case has kept no version: of its issue, else today."""
    return london_date(case.issued_at) if case.issued_at else today


def case_inputs(
    case: BusinessCase, *, today: date, stored: StoredCase | None = None, opens_exempt: bool = False
) -> CaseInputs:
    """Stored lines as flows: a draft by the keys in force, an issued case by its kept runs.

    For a reader who opens what is exempt (`opens_exempt`), an exempt line is a line like others.

    Five queries for a draft and seven for an issued case, four fewer where `stored` has read them already;
    one more where a council of a key or amount has never been a partner.
    """
    rows = _line_rows(case, stored)
    amounts = _amounts(case, stored)
    kept = None if is_drafting(case) else kept_shares(case)
    holders = {council for own in amounts.values() for council in own if council is not None}
    holders |= {council for shares in (kept or {}).values() for council in shares}
    keys = pool_keys(case.programme, also=holders, members=stored.members if stored else None)
    places = {council.pk: place for place, council in enumerate(keys.councils)}
    kept_weights = {} if kept is None else _kept_weights(case, keys.councils)
    reading = _Reading(case, keys, kept, kept_weights, _bounds(case, today), places, opens_exempt)
    options = stored.options if stored else tuple(case.options.order_by("order_index", "pk"))
    by_option: dict[int, list[LineRow]] = {option.pk: [] for option in options}
    for row in rows:
        by_option[row.option_id].append(row)
    return CaseInputs(
        case,
        keys.councils,
        tuple(_option(reading, option, by_option[option.pk], amounts) for option in options),
        opens_exempt,
        left_out(rows),
    )


def _line_rows(case: BusinessCase, stored: StoredCase | None) -> list[LineRow]:
    if stored:
        return [LineRow(*(getattr(line, name) for name in LineRow._fields)) for line in stored.lines]
    columns = [name.removesuffix("_id") for name in LineRow._fields]
    rows = case.lines.order_by("order_index", "pk").values_list(*columns)
    return [LineRow(*values) for values in rows]


def _amounts(case: BusinessCase, stored: StoredCase | None) -> dict[int, OwnYears]:
    """Pence of each line by council, None for all jointly, and by year."""
    if stored:
        entered = [one for line in stored.lines for one in line.amounts.all()]
        rows = [(one.line_id, one.council_id, one.fy, one.amount_pence) for one in entered]
    else:
        kept = BusinessCaseAmount.objects.filter(line__business_case=case).order_by()
        rows = list(kept.values_list("line", "council", "fy", "amount_pence"))
    amounts: dict[int, OwnYears] = {}
    for line, council, fy, pence in rows:
        amounts.setdefault(line, {}).setdefault(council, {})[fy] = pence
    return amounts


def _bounds(case: BusinessCase, today: date) -> Mapping[str, BiasBounds]:
    return optimism_bias_of(case.bias_version) if case.bias_version else optimism_bias_on(day_of(case, today))


def _option(
    reading: _Reading, option: CaseOption, rows: Sequence[LineRow], amounts: Mapping[int, OwnYears]
) -> OptionInputs:
    missing = [
        *_price_problems(reading.case, rows),
        *_year_problems(reading.case, rows, amounts),
        *([] if rows or option.is_bau else [NotAssessable(f"{option.name} has no lines")]),
    ]
    flows: list[FlowLine] = []
    own_councils: set[int] = set()
    for row in rows:
        for part in _flows(reading, row, amounts.get(row.pk, {})):
            if isinstance(part, NotAssessable):
                missing.append(part)
            else:
                flows.append(part)
        own_councils |= {reading.places[council] for council in amounts.get(row.pk, {}) if council}
    return OptionInputs(
        option=option,
        lines=tuple(flows),
        titles={row.ref: row.title for row in rows},
        pools={row.ref: row.pool_id for row in rows if row.pool_id is not None},
        own_councils=frozenset(own_councils),
        few_people=frozenset(row.ref for row in rows if is_small(reading.people(row))),
        has_exempt=not reading.opens_exempt and any(row.is_exempt for row in rows),
        missing=tuple(dict.fromkeys(missing)),
    )


def _price_problems(case: BusinessCase, rows: Iterable[LineRow]) -> list[NotAssessable]:
    """Lines that are not in prices of the base year (INV-33, row 29)."""
    is_mixed = any(not is_in_prices_of(case.base_fy, row.price_basis, row.price_base_fy) for row in rows)
    words = (
        f"Convert nominal amounts to {format_fy(case.base_fy)} prices before working out net present value"
    )
    return [NotAssessable(words)] if is_mixed else []


def _year_problems(
    case: BusinessCase, rows: Iterable[LineRow], amounts: Mapping[int, OwnYears]
) -> list[NotAssessable]:
    """Lines without an amount, and amounts outside the appraisal period (row 16)."""
    first, last = case.base_fy, case.base_fy + case.horizon_years
    problems = []
    for row in rows:
        years = {fy for own in amounts.get(row.pk, {}).values() for fy in own}
        if not years:
            problems.append(NotAssessable(f"No amount is entered for {row.title} ({row.ref})"))
        problems += [_outside(fy, last) for fy in sorted(years) if not first <= fy <= last]
    return problems


def _outside(fy: int, last: int) -> NotAssessable:
    side, remedy = ("after the end", "extend") if fy > last else ("before the start", "move")
    return NotAssessable(
        f"{format_fy(fy)} is {side} of the appraisal period. Remove it or {remedy} the period"
    )


def _flows(reading: _Reading, row: LineRow, own: OwnYears) -> Iterable[FlowLine | NotAssessable]:
    """The joint part of a line, then what councils entered for themselves; each where there is one."""
    if None in own:
        yield _joint(reading, row, own[None])
    entered = {reading.places[council]: years for council, years in own.items() if council is not None}
    if entered:
        fys = _fys(reading.case)
        shares = tuple(
            tuple(entered.get(place, {}).get(fy, 0) for fy in fys) for place in range(len(reading.places))
        )
        yield _line(reading, row, shares)


def _joint(reading: _Reading, row: LineRow, years: Mapping[int, int]) -> FlowLine | NotAssessable:
    by_year: list[Sequence[int]] = []
    for fy in _fys(reading.case):
        shares = _shares(reading, row, fy, years.get(fy, 0))
        if isinstance(shares, NotAssessable):
            return shares
        by_year.append(shares)
    return _line(reading, row, tuple(zip(*by_year, strict=True)), _weights(reading, row, years))


def _shares(reading: _Reading, row: LineRow, fy: int, pence: int) -> Sequence[int] | NotAssessable:
    """Each council's share of one amount: as kept when the case was issued, else by the key in force."""
    if pence == 0:
        return (0,) * len(reading.places)
    if reading.kept is not None:
        kept = reading.kept.get((row.pk, fy))
        if kept is None:
            return NotAssessable(f"No shares of {row.title} ({row.ref}) in {format_fy(fy)} were kept")
        return tuple(kept.get(council, 0) for council in reading.places)
    if row.pool_id is None:
        return NotAssessable(f"Choose the key that shares {row.title} ({row.ref})")
    return reading.keys.share(row.pool_id, fy, pence)


def _line(
    reading: _Reading,
    row: LineRow,
    shares: tuple[tuple[int, ...], ...],
    weights: tuple[Weight, ...] | None = None,
) -> FlowLine:
    """A line of these shares; joint where there are weights, even none that hold for every year."""
    return FlowLine(
        ref=row.ref,
        kind=LineKind(row.kind),
        cost_type=row.cost_type,
        amounts_pence=tuple(map(sum, zip(*shares, strict=True))),
        shares_pence=shares,
        low_percent=row.low_percent,
        high_percent=row.high_percent,
        bias=_bias(reading, row),
        staff_count=reading.people(row),
        is_joint=weights is not None,
        weights=weights or (),
    )


def _bias(reading: _Reading, row: LineRow) -> Fraction:
    bounds = reading.bounds.get(row.bias_category)
    if bounds is None:
        return _NO_BIAS
    return optimism_uplift(bounds.upper_percent, row.bias_mitigation_percent or 0)


def _weights(reading: _Reading, row: LineRow, years: Mapping[int, int]) -> tuple[Weight, ...]:
    """Weights of the one key that shares every amount of a line; empty where keys change."""
    if row.pool_id is None:
        return ()
    by_year = {
        reading.keys.weights(row.pool_id, fy)
        if reading.kept is None
        else reading.kept_weights.get((row.pk, fy), ())
        for fy, pence in years.items()
        if pence
    }
    return by_year.pop() if len(by_year) == 1 else ()


def _kept_weights(
    case: BusinessCase, councils: Sequence[Council]
) -> dict[tuple[int, int], tuple[Weight, ...]]:
    """Weights of the one key of each kept run, by line and financial year; the latest run counts."""
    runs = ApportionmentRun.objects.filter(line__business_case=case).order_by("pk")
    found: dict[tuple[int, int], tuple[Weight, ...]] = {}
    for line, fy, parts in runs.values_list("line", "fy", "weights"):
        if line is None:
            continue
        own = {one["council"]: Decimal(one["weight"]) for one in parts[0]["weights"]} if parts else {}
        in_order = tuple(own.get(council.key, Decimal(0)) for council in councils)
        found[line, fy] = in_order if len(parts) == 1 else ()
    return found


def _fys(case: BusinessCase) -> range:
    return range(case.base_fy, case.base_fy + case.horizon_years + 1)

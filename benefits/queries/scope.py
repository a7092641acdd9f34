"""The part of the ledgers that a reader chose, and the figures of one measure, council and year in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figures, add_up
from benefits.queries.ledgers import Ledgers, LineFacts, PartnerCouncil, Returned, YearAmount
from benefits.rules.measures import COST_MEASURES, PARTS, parts_of
from core.rules.assessment import NotAssessable
from core.rules.calendar import financial_year, fy_end, fy_start, period
from core.rules.words import listed
from programme.models import Programme
from programme.queries.partners import partners_between

NO_PLAN = NotAssessable("No plan version is recorded")
NO_AMOUNT = NotAssessable("No amount is recorded for this choice")
NO_FORECAST = NotAssessable("No forecast is recorded")
NO_RETURN = NotAssessable("No actual amount has been returned")


K = TypeVar("K")
_BASES = tuple(Basis)
# Stands for a service's reference where lines that belong to no one service are meant.
NO_SERVICE = "no-one-service"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader narrowed the figures to: a council's key, a service's reference, a financial year.

    `kind` is the plain measure that lines of one kind count in.
    """

    council: str = ""
    service: str = ""
    fy: int | None = None
    kind: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.council or self.service or self.kind or self.fy is not None)

    @property
    def measure(self) -> Measure:
        """What the figures are of: the kind chosen, else the cashable saving before costs."""
        return Measure(self.kind) if self.kind else Measure.GROSS

    def takes(self, line: LineFacts) -> bool:
        """Whether a line is of the service and the kind chosen."""
        service = line.service_ref or NO_SERVICE
        return self.service in {"", service} and self.kind in {"", line.measure}


@dataclass(frozen=True, slots=True)
class Scope:
    """Chosen lines and councils, with their amounts by measure, council, basis and year.

    `targeted` are the keys of lines for which the current plan holds an amount, other than £0, for any
    council or year.
    """

    as_of: date
    choice: Choice
    ledgers: Ledgers
    councils: tuple[PartnerCouncil, ...]
    lines: tuple[LineFacts, ...]
    returned: tuple[Returned, ...]
    fys: tuple[int, ...]
    by_cell: Mapping[tuple[Measure, int, Basis, int], Sequence[YearAmount]]
    unforecast: Mapping[tuple[Measure, int], Sequence[str]]
    targeted: frozenset[int]
    _known: dict[tuple[Measure, int, int], Figures] = field(default_factory=dict, repr=False, compare=False)
    _parts: dict[Measure, dict[Measure, int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def cut_off(self) -> date | None:
        """The data cut-off of the programme."""
        return self.ledgers.cut_off

    @property
    def this_fy(self) -> int:
        """The financial year of the day asked about."""
        return financial_year(self.as_of)

    @property
    def partners_now(self) -> frozenset[int]:
        """Keys of the councils that are partners on the day asked about."""
        return self._partners(self.as_of, self.as_of)

    def partners_in(self, fy: int) -> frozenset[int]:
        """Keys of the councils that are partners in a year, each area once."""
        return self._partners(fy_start(fy), fy_end(fy))

    def _partners(self, first_on: date, last_on: date) -> frozenset[int]:
        there = partners_between(self.ledgers.partners, first_on, last_on)
        return frozenset(council.pk for council in there)

    @property
    def chosen_fys(self) -> tuple[int, ...]:
        """The year chosen, or all."""
        return tuple(fy for fy in self.fys if self.choice.fy in {None, fy})

    @property
    def measures(self) -> list[Measure]:
        """Measures that any chosen line counts in, then those made of them unless one kind is chosen."""
        used = {line.measure for line in self.lines}
        return [
            measure
            for measure in Measure
            if measure in used or (not self.choice.kind and used & PARTS.get(measure, {}).keys())
        ]

    def parts(self, measure: Measure) -> dict[Measure, int]:
        """Parts of a measure that any chosen line counts in, each with its sign."""
        if measure not in self._parts:
            used = {line.measure for line in self.lines}
            self._parts[measure] = {part: sign for part, sign in parts_of(measure).items() if part in used}
        return self._parts[measure]

    def cell(self, measure: Measure, council: PartnerCouncil, basis: Basis, fy: int) -> Sequence[YearAmount]:
        """Amounts of one plain measure."""
        return self.by_cell.get((measure, council.pk, basis, fy), ())

    def figures(self, measure: Measure, council: PartnerCouncil, fy: int) -> Figures:
        """Figures of a measure for one council in one year, worked out once."""
        key = measure, council.pk, fy
        if key not in self._known:
            parts = self.parts(measure)
            if parts == {measure: 1}:
                self._known[key] = self._plain(measure, council, fy)
            else:
                self._known[key] = add_up(
                    [(sign, self.figures(part, council, fy)) for part, sign in parts.items()]
                )
        return self._known[key]

    def no_forecast(self, measure: Measure, councils: Iterable[PartnerCouncil]) -> NotAssessable | None:
        """Why there is no forecast of a measure for these councils; None where there is one.

        A planned line that a council has not forecast makes the sum missing: it is not £0.
        """
        if self.ledgers.forecast_as_at is None:
            return NO_FORECAST
        gaps = {
            council.name: titles
            for council in councils
            for part in self.parts(measure)
            if (titles := self.unforecast.get((part, council.pk)))
        }
        if not gaps:
            return None
        titles = listed(list(dict.fromkeys(title for titles in gaps.values() for title in titles)))
        return NotAssessable(f"No forecast of {titles} for {listed(list(gaps))}")

    def _plain(self, measure: Measure, council: PartnerCouncil, fy: int) -> Figures:
        cells = {basis: self.by_cell.get((measure, council.pk, basis, fy), ()) for basis in _BASES}
        held = {basis: sum([amount.pence for amount in cell]) for basis, cell in cells.items()}
        plan, original = self.ledgers.current, self.ledgers.original
        has_returns = self.cut_off is not None
        no_forecast = self.no_forecast(measure, [council])
        return Figures(
            original=held[Basis.ORIGINAL] if original else NO_PLAN,
            current=held[Basis.CURRENT] if plan else NO_PLAN,
            forecast=no_forecast or held[Basis.FORECAST],
            claimed=held[Basis.CLAIMED] if has_returns else NO_RETURN,
            verified=held[Basis.VERIFIED] if has_returns else NO_RETURN,
            banked=held[Basis.BANKED] if has_returns else NO_RETURN,
            original_to_date=self._to_date(cells[Basis.ORIGINAL], fy)
            if original and has_returns
            else NO_RETURN,
            current_to_date=self._to_date(cells[Basis.CURRENT], fy) if plan and has_returns else NO_RETURN,
            forecast_no_target=no_forecast or self._without_target(measure, cells[Basis.FORECAST]),
            verified_no_target=self._without_target(measure, cells[Basis.VERIFIED])
            if has_returns
            else NO_RETURN,
            limits=self.ledgers.thresholds,
        )

    def _without_target(self, measure: Measure, amounts: Sequence[YearAmount]) -> int:
        """Pence of savings for which nothing is planned; a cost that is not planned counts all the same."""
        if measure in COST_MEASURES:
            return 0
        return sum([amount.pence for amount in amounts if amount.line.pk not in self.targeted])

    def _to_date(self, amounts: Sequence[YearAmount], fy: int) -> int:
        """What was planned of these amounts of a year up to the data cut-off."""
        months = self._months_over(fy)
        if months == 12:
            return sum([amount.pence for amount in amounts])
        return sum(sum(amount.months[:months]) for amount in amounts) if months else 0

    def _months_over(self, fy: int) -> int:
        """How many months of `fy` the data cut-off covers, 0 to 12."""
        if self.cut_off is None or self.cut_off < fy_start(fy):
            return 0
        return 12 if self.cut_off >= fy_end(fy) else period(self.cut_off)


def scope_of(programme: Programme, ledgers: Ledgers, choice: Choice, as_of: date) -> Scope:
    """The chosen part of the ledgers; amounts of lines counted elsewhere are left out (INV-18)."""
    councils = tuple(council for council in ledgers.councils if choice.council in {"", council.key})
    lines = tuple(line for line in ledgers.lines if line.is_counted and choice.takes(line))
    line_pks, council_pks = {line.pk for line in lines}, {council.pk for council in councils}
    amounts = [
        amount
        for amount in ledgers.amounts
        if amount.line.pk in line_pks and amount.council_pk in council_pks
    ]
    return Scope(
        as_of=as_of,
        choice=choice,
        ledgers=ledgers,
        councils=councils,
        lines=lines,
        returned=tuple(
            entry
            for entry in ledgers.returned
            if entry.line_pk in line_pks and entry.council_pk in council_pks
        ),
        fys=fys_of(programme, ledgers),
        by_cell=_by_cell(amounts),
        unforecast=_unforecast(amounts),
        targeted=frozenset(
            amount.line.pk for amount in ledgers.amounts if amount.basis == Basis.CURRENT and amount.pence
        ),
    )


def parts_by(scope: Scope, key_of: Callable[[LineFacts], K]) -> dict[K, Scope]:
    """The scope taken apart by something of its lines, in their order; each part holds its own amounts."""
    lines: dict[K, list[LineFacts]] = defaultdict(list)
    amounts: dict[K, list[YearAmount]] = defaultdict(list)
    for line in scope.lines:
        lines[key_of(line)].append(line)
    for cell in scope.by_cell.values():
        for amount in cell:
            amounts[key_of(amount.line)].append(amount)
    return {
        key: changed(
            scope,
            lines=tuple(own),
            returned=(),
            by_cell=_by_cell(amounts[key]),
            unforecast=_unforecast(amounts[key]),
        )
        for key, own in lines.items()
    }


def changed(scope: Scope, **parts: Any) -> Scope:
    """The scope with other parts; what was worked out of the first one is forgotten."""
    return replace(scope, _known={}, _parts={}, **parts)


def only(scope: Scope, keeps: Callable[[LineFacts], bool]) -> Scope:
    """The scope with the lines alone that `keeps` keeps."""
    lines = tuple(line for line in scope.lines if keeps(line))
    kept = {line.pk for line in lines}
    amounts = [one for cell in scope.by_cell.values() for one in cell if one.line.pk in kept]
    return changed(
        scope, lines=lines, returned=(), by_cell=_by_cell(amounts), unforecast=_unforecast(amounts)
    )


def fys_of(programme: Programme, ledgers: Ledgers) -> tuple[int, ...]:
    """Financial years of the appraisal period, and any before or after that hold an amount."""
    return appraisal_fys(programme, {amount.fy for amount in ledgers.amounts})


def appraisal_fys(programme: Programme, held: Iterable[int]) -> tuple[int, ...]:
    """The same for years in which something is held; none where nothing is."""
    years = set(held)
    if years and programme.base_fy is not None:
        years |= {programme.base_fy, programme.base_fy + programme.horizon_years}
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _by_cell(amounts: Iterable[YearAmount]) -> dict[tuple[Measure, int, Basis, int], list[YearAmount]]:
    cells: dict[tuple[Measure, int, Basis, int], list[YearAmount]] = defaultdict(list)
    for amount in amounts:
        cells[amount.line.measure, amount.council_pk, amount.basis, amount.fy].append(amount)
    return dict(cells)


def _unforecast(amounts: Sequence[YearAmount]) -> dict[tuple[Measure, int], list[str]]:
    """Titles of planned lines for which a council has no forecast, by measure and council."""
    forecast = {(amount.line.pk, amount.council_pk) for amount in amounts if amount.basis == Basis.FORECAST}
    missing: dict[tuple[Measure, int], dict[str, None]] = defaultdict(dict)
    for amount in amounts:
        is_forecast = (amount.line.pk, amount.council_pk) in forecast
        if amount.basis == Basis.CURRENT and amount.pence and not is_forecast:
            missing[amount.line.measure, amount.council_pk][amount.line.title] = None
    return {key: list(titles) for key, titles in missing.items()}

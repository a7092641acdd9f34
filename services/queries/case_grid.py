"""The lines of one option of a business case as a table: a row a line and council, a column a year.

Page, file and API read the same grid, so they agree on what a person may see. Of a case not issued, the
amounts that a council entered itself are held from those who may not see its drafts. A line about fewer
than 5 people, and one that would give it away, shows its amounts to those alone who enter them (INV-38). An
exempt one shows them on the page alone, to those who enter it or may open it (INV-37).
Where an amount is withheld, so is every total that would tell it, and what the line as a whole states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.enums import PublicationClass
from core.publication import left_out
from core.rules.assessment import Withheld
from programme.models import Council
from services.enums import CaseState, CostType
from services.models import BusinessCase, BusinessCaseLine, CaseOption
from services.policies import Powers, can_edit_case, sees_costs_of
from services.queries.case_amounts import Cell, StoredAmount, stored_amounts
from services.queries.case_partners import CasePartners, case_partners
from services.queries.case_prices import lines_in_other_prices
from services.queries.few_people import lines_withheld
from services.rules.case_entry import Period
from services.rules.net import BENEFIT_KINDS

Pence = int | None | Withheld


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line's amounts by year, joint or of one council; None where none is entered.

    `withheld` says why the amounts are not shown; then all of them and their total are withheld.
    `hides_stated` says why the person may not see what the line as a whole states of its people and money.
    """

    line: BusinessCaseLine
    council: Council | None
    amounts: tuple[int | None, ...]
    can_edit: bool
    withheld: Withheld | None = None
    hides_stated: Withheld | None = None

    @property
    def who(self) -> str:
        """Who bears it: a council, or all of them by the key of a pool."""
        if self.council is not None:
            return str(self.council)
        shared = self.line.pool or self.line.key_text
        return f"Joint, by {shared}" if shared else "Joint"

    @property
    def total(self) -> Pence:
        """The sum over the years; None where none is entered."""
        return self.withheld or _sum(self.amounts)

    @property
    def shown(self) -> tuple[Pence, ...]:
        """Each year's amount as it may be shown."""
        return tuple(self.withheld for _ in self.amounts) if self.withheld else self.amounts

    @property
    def is_contingent(self) -> bool:
        """Whether it is the cost of going back, which is in no total (F-32)."""
        return self.line.cost_type == CostType.EXIT

    @property
    def is_benefit(self) -> bool:
        """Whether it adds to the benefits."""
        return self.line.kind in BENEFIT_KINDS


@dataclass(frozen=True, slots=True)
class GridTotal:
    """A total by year and over all years; withheld where a part of it is."""

    label: str
    amounts: tuple[int | Withheld, ...]
    total: int | Withheld


@dataclass(frozen=True, slots=True)
class CaseGrid:
    """The lines of one option, or of all of them, with what the person may do.

    `left_out` says of the whole case how many lines its files withhold.
    """

    case: BusinessCase
    options: tuple[CaseOption, ...]
    option: CaseOption | None
    years: tuple[int, ...]
    partners: CasePartners
    rows: tuple[GridRow, ...]
    totals: tuple[GridTotal, ...]
    can_edit_all: bool
    edited_councils: tuple[Council, ...]
    other_prices: bool
    left_out: str = ""

    @property
    def can_edit(self) -> bool:
        """Whether the person may change anything here."""
        return self.can_edit_all or bool(self.edited_councils)

    @property
    def held_by(self) -> tuple[str, ...]:
        """Reasons for which amounts are withheld, each once."""
        return tuple(dict.fromkeys(row.withheld.reason for row in self.rows if row.withheld))


def shown_option(case: BusinessCase, ref: str) -> CaseOption | None:
    """The option of that reference, else the preferred one, else the first that changes anything."""
    options = list(case.options.all())
    named = [option for option in options if ref and option.ref == ref]
    preferred = [option for option in options if option.is_preferred]
    others = [option for option in options if not option.is_bau]
    return next(iter([*named, *preferred, *others, *options]), None)


def case_grid(
    case: BusinessCase, powers: Powers, *, option: CaseOption | None = None, is_page: bool = False
) -> CaseGrid:
    """The grid of an option in seven queries, or of the whole case in six, whatever the size.

    For those who may not change every line, up to three more, and eight where a line is about few people.
    `is_page` is for the page alone: a file and an answer of the API show nothing that is exempt.

    Rows come line by line; of a line first its joint amounts, then each council's in the fixed order.
    """
    options = tuple(case.options.select_related("variant_of", "without_council"))
    lines = case.lines.select_related("pool", "option").order_by(
        "option__order_index", "option", "order_index", "pk"
    )
    if option is not None:
        lines = lines.filter(option=option)
    partners = case_partners(case.programme)
    years = tuple(Period(case.base_fy, case.horizon_years).years)
    can_edit_all = can_edit_case(powers, case)
    has_exempt = any(line.is_withheld for line in lines)
    private = _private(case, powers, can_edit_all=can_edit_all, is_page=is_page, has_exempt=has_exempt)
    view = _View(case, powers, partners, years, can_edit_all, private, is_page)
    amounts = stored_amounts(case)
    rows = tuple(row for line in lines for row in view.rows(line, amounts.get(line.pk, {})))
    return CaseGrid(
        case=case,
        options=options,
        option=option,
        years=years,
        partners=partners,
        rows=rows,
        totals=_totals(rows, len(years)),
        can_edit_all=view.can_edit_all,
        edited_councils=view.edited_councils,
        other_prices=lines_in_other_prices(case).exists(),
        left_out=left_out(case.lines.exclude(publication_class=PublicationClass.OPEN) if option else lines),
    )


def stated_withheld(case: BusinessCase, line: BusinessCaseLine, powers: Powers) -> Withheld | None:
    """Why the person may not see what a line as a whole states of people and money; None where they may.

    Two queries; nine where a line of the case is about few people.
    """
    if can_edit_case(powers, case):
        return None
    private = lines_withheld(case, opens_exempt=opens_exempt_of(case, powers)).get(line.ref)
    if private:
        return private
    bearers = Council.objects.filter(pk__in=line.amounts.values("council")).order_by("name")
    return next((held_by(one) for one in bearers if not sees_costs_of(powers, case, one)), None)


def opens_exempt_of(case: BusinessCase, powers: Powers) -> bool:
    """Whether the person opens every exempt line of a case: in the programme, or in their own council.

    One query where the person has such a role for a council alone.
    """
    if powers.opens_exempt:
        return True
    if not powers.opens_own_exempt_of:
        return False
    exempt = case.lines.exclude(publication_class=PublicationClass.OPEN)
    others = exempt.filter(amounts__council__isnull=False)
    return not others.exclude(amounts__council__in=powers.opens_own_exempt_of).exists()


def _private(
    case: BusinessCase, powers: Powers, *, can_edit_all: bool, is_page: bool, has_exempt: bool
) -> Mapping[str, Withheld]:
    """Why lines are not shown; who enters all lines reads all of them on the page, open ones in a file."""
    if can_edit_all and (is_page or not has_exempt):
        return {}
    opens_exempt = is_page and has_exempt and opens_exempt_of(case, powers)
    return lines_withheld(case, opens_exempt=opens_exempt)


def held_by(council: Council) -> Withheld:
    """Why the own costs of a council in a draft are not shown."""
    return Withheld(f"Held by {council} until the case is issued")


@dataclass(frozen=True, slots=True)
class _View:
    """What one person sees and may change of a case."""

    case: BusinessCase
    powers: Powers
    partners: CasePartners
    years: tuple[int, ...]
    can_edit_all: bool
    private: Mapping[str, Withheld]
    is_page: bool

    @property
    def edited_councils(self) -> tuple[Council, ...]:
        """Councils whose amounts the person may change now."""
        if self.case.state != CaseState.DRAFT:
            return ()
        return tuple(one for one in self.partners.councils if self.powers.edits_council(one))

    def rows(self, line: BusinessCaseLine, amounts: Mapping[Cell, StoredAmount]) -> list[GridRow]:
        """The rows of one line."""
        bearers = {council for council, _ in amounts}
        councils = [council for council in self.partners.councils if council.pk in bearers]
        shown: list[Council | None] = [None] if None in bearers or not bearers else []
        shown += councils
        hides_stated = next(filter(None, (self._withheld(line, council) for council in shown)), None)
        is_closed = line.is_withheld and not self.powers.opens_line_of(bearers)
        return [self._row(line, council, amounts, hides_stated, is_closed=is_closed) for council in shown]

    def _row(
        self,
        line: BusinessCaseLine,
        council: Council | None,
        amounts: Mapping[Cell, StoredAmount],
        hides_stated: Withheld | None,
        *,
        is_closed: bool,
    ) -> GridRow:
        key = council.pk if council else None
        own = tuple(amounts[key, fy].pence if (key, fy) in amounts else None for fy in self.years)
        can_edit = not is_closed and (self.can_edit_all or council in self.edited_councils)
        is_entered = can_edit and (self.is_page or line.ref not in self.private)
        withheld = None if is_entered else self._withheld(line, council)
        return GridRow(line, council, own, can_edit, withheld, hides_stated)

    def _withheld(self, line: BusinessCaseLine, council: Council | None) -> Withheld | None:
        sees_all = self.can_edit_all or council is None
        if council is not None and not sees_all and not sees_costs_of(self.powers, self.case, council):
            return held_by(council)
        return self.private.get(line.ref)


def _totals(rows: Sequence[GridRow], length: int) -> tuple[GridTotal, ...]:
    counted = [row for row in rows if not row.is_contingent]
    withheld = next((row.withheld for row in counted if row.withheld), None)
    if withheld:
        missing = tuple(withheld for _ in range(length))
        return tuple(GridTotal(label, missing, withheld) for label in ("Benefits", "Costs", "Net benefit"))
    benefits = _by_year([row for row in counted if row.is_benefit], length)
    costs = _by_year([row for row in counted if not row.is_benefit], length)
    net = tuple(benefit - cost for benefit, cost in zip(benefits, costs, strict=True))
    named = (("Benefits", benefits), ("Costs", costs), ("Net benefit", net))
    return tuple(GridTotal(label, flow, sum(flow)) for label, flow in named)


def _by_year(rows: Sequence[GridRow], length: int) -> tuple[int, ...]:
    return tuple(sum(row.amounts[index] or 0 for row in rows) for index in range(length))


def _sum(amounts: Sequence[int | None]) -> int | None:
    entered = [pence for pence in amounts if pence is not None]
    return sum(entered) if entered else None

"""A proposed plan beside the plan it would replace and the original: amounts, dates, worth, opinions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benefits.models import PlanAmount, PlanOpinion, PlanProposal
from benefits.queries.bearers import with_bearers
from benefits.queries.ledgers import LineFacts, PartnerCouncil, line_facts
from benefits.queries.plan_prices import prices_of
from benefits.queries.proposal_decisions import ProposalDecision, decisions_of_proposals
from benefits.queries.scope import appraisal_fys
from benefits.rules.appraisal_years import appraisal_years, left_out
from benefits.rules.plan_change import (
    Outlook,
    Prices,
    difference_in_words,
    moved_in_words,
    outlook,
)
from core.clock import today
from core.rules.assessment import NotAssessable
from core.rules.dates import ImpreciseDate
from programme.models import Council, Milestone, PlanDate, PlanVersion
from programme.queries.partners import entering_councils, partner_councils

LineYear = tuple[int, int, int]
"""Keys of a line and a council, and a financial year."""
Amounts = Mapping[LineYear, int]


@dataclass(frozen=True, slots=True)
class AmountChange:
    """One line of one council in one year: pence in the original plan, the one before, and the proposed."""

    line: LineFacts
    council: PartnerCouncil
    fy: int
    original_pence: int | None
    before_pence: int | None
    after_pence: int

    @property
    def words(self) -> str:
        """The difference from the plan before."""
        return difference_in_words(self.line.measure, self.before_pence or 0, self.after_pence)


@dataclass(frozen=True, slots=True)
class DateChange:
    """A milestone whose date in the plan changes."""

    milestone: Milestone
    original: ImpreciseDate | None
    before: ImpreciseDate | None
    after: ImpreciseDate | None

    @property
    def words(self) -> str:
        """The difference from the plan before."""
        return moved_in_words(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Worth:
    """Net benefit and payback of one council, or of all (None): originally, before, and as proposed."""

    council: PartnerCouncil | None
    original: Outlook | None
    before: Outlook | None
    after: Outlook


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the section 151 officer of one council supports the plan; None: not answered."""

    council: Council
    is_affected: bool
    opinion: PlanOpinion | None

    @property
    def word(self) -> str:
        """In, out, or not answered."""
        if self.opinion is None:
            return "Not answered"
        return "In" if self.opinion.is_in else "Out"


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """All that a proposed plan changes. `unchanged` counts amounts, `unmoved` dates that stay.

    `prices` says how net present values were worked out, or why there are none; `outside` which years with
    amounts no worth counts.
    """

    proposal: PlanProposal
    original: PlanVersion | None
    before: PlanVersion | None
    changes: tuple[AmountChange, ...]
    unchanged: int
    moved: tuple[DateChange, ...]
    unmoved: int
    worth: tuple[Worth, ...]
    prices: Prices | NotAssessable
    outside: str
    answers: tuple[Answer, ...]
    decisions: tuple[ProposalDecision, ...]

    @property
    def npv_basis(self) -> str:
        """The prices and rates of the net present values, or why there are none, and what they leave out."""
        said = self.prices.reason if isinstance(self.prices, NotAssessable) else self.prices.words
        return f"{said}. {self.outside}" if self.outside else said


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Pence by line, council and year in the original plan, the one before and the proposed; None: none."""

    first: Amounts | None
    before: Amounts | None
    after: Amounts

    @property
    def held(self) -> set[LineYear]:
        """Where any of them holds something."""
        return {*(self.first or {}), *(self.before or {}), *self.after}

    def years_of(self, lines: Container[int]) -> set[int]:
        """Years in which any of them holds more or less than £0 of these lines."""
        plans = (self.first or {}, self.before or {}, self.after)
        return {fy for plan in plans for (line, _, fy), pence in plan.items() if pence and line in lines}


def plan_changes(proposal: PlanProposal) -> PlanChanges:
    """A proposed plan beside the one it is based on and the original.

    Eleven queries, and those of the decisions: the number does not depend on how much changes.
    """
    original = PlanVersion.objects.filter(programme=proposal.programme_id, number=1).first()
    versions = [version for version in (original, proposal.based_on) if version is not None]
    planned = _planned(versions)
    after = sums_by_place(proposal.amounts.values_list("line", "council", "fy", "amount_pence"))
    first, before = planned.get(_pk(original)), planned.get(_pk(proposal.based_on))
    amounts = _Amounts(first, before, after)
    lines, bearing = tuple(line_facts(proposal.programme)), {council for _, council, _ in amounts.held}
    councils = with_bearers(entering_councils(proposal.programme), bearing)
    changes, unchanged = _changes(lines, councils, amounts)
    moved, unmoved = _moved(proposal, original)
    prices = prices_of(proposal.programme, as_of=today())
    return PlanChanges(
        proposal=proposal,
        original=original,
        before=proposal.based_on,
        changes=changes,
        unchanged=unchanged,
        moved=moved,
        unmoved=unmoved,
        worth=_worth(proposal, lines, councils, amounts, prices),
        prices=prices,
        outside=left_out(
            _appraisal_years(proposal), amounts.years_of({line.pk for line in lines if line.is_counted})
        ),
        answers=_answers(proposal, councils_changed(before or {}, after)),
        decisions=tuple(decisions_of_proposals([proposal])[proposal.pk]),
    )


def _pk(version: PlanVersion | None) -> int:
    return version.pk if version is not None else 0


def _planned(versions: Sequence[PlanVersion]) -> dict[int, dict[LineYear, int]]:
    """What each version holds, by its key."""
    rows = PlanAmount.objects.filter(plan_version__in=versions).values_list(
        "plan_version", "line", "council", "fy", "amount_pence"
    )
    found: dict[int, list[tuple[int, int, int, int]]] = {version.pk: [] for version in versions}
    for version, *rest in rows:
        found[version].append((rest[0], rest[1], rest[2], rest[3]))
    return {key: sums_by_place(own) for key, own in found.items()}


def sums_by_place(rows: Iterable[tuple[int, int, int, int]]) -> dict[LineYear, int]:
    """Pence by line, council and year; months add up to their year."""
    sums: dict[LineYear, int] = defaultdict(int)
    for line, council, fy, pence in rows:
        sums[line, council, fy] += pence
    return dict(sums)


def _changes(
    lines: Sequence[LineFacts], councils: Sequence[Council], amounts: _Amounts
) -> tuple[tuple[AmountChange, ...], int]:
    """The amounts that differ, line by line, councils in order; and how many stay."""
    of_line = {line.pk: (order, line) for order, line in enumerate(lines)}
    of_council = {one.pk: (order, PartnerCouncil.of(one)) for order, one in enumerate(councils)}
    before = amounts.before or {}
    places = before.keys() | amounts.after.keys()
    differing = _differing(before, amounts.after)
    differing.sort(key=lambda place: (of_line[place[0]][0], of_council[place[1]][0], place[2]))
    changes = tuple(
        AmountChange(
            line=of_line[place[0]][1],
            council=of_council[place[1]][1],
            fy=place[2],
            original_pence=None if amounts.first is None else amounts.first.get(place, 0),
            before_pence=None if amounts.before is None else before.get(place, 0),
            after_pence=amounts.after.get(place, 0),
        )
        for place in differing
    )
    return changes, len(places) - len(differing)


def councils_planned(proposal: PlanProposal) -> list[Council]:
    """The partner councils with amounts in the proposed plan or the one before it. Up to four queries."""
    held = set(proposal.amounts.exclude(amount_pence=0).values_list("council", flat=True))
    if proposal.based_on is not None:
        held |= set(proposal.based_on.amounts.exclude(amount_pence=0).values_list("council", flat=True))
    return [one for one in partner_councils(proposal.programme.partnership_id) if one.pk in held]


def councils_changed(before: Amounts, after: Amounts) -> set[int]:
    """Keys of the councils of which a plan changes any amount."""
    return {council for _, council, _ in _differing(before, after)}


def _differing(before: Amounts, after: Amounts) -> list[LineYear]:
    return [place for place in before.keys() | after.keys() if before.get(place, 0) != after.get(place, 0)]


def _moved(proposal: PlanProposal, original: PlanVersion | None) -> tuple[tuple[DateChange, ...], int]:
    """The milestones whose plan date differs, in their order; and how many stay."""
    versions = [version.pk for version in (original, proposal.based_on) if version is not None]
    planned: dict[int, dict[int, ImpreciseDate | None]] = defaultdict(dict)
    for row in PlanDate.objects.filter(plan_version__in=versions):
        planned[row.plan_version_id][row.milestone_id] = row.get_date("date")
    after = {row.milestone_id: row.get_date("date") for row in proposal.dates.all()}
    first, before = planned[_pk(original)], planned[_pk(proposal.based_on)]
    milestones = Milestone.objects.filter(pk__in=before.keys() | after.keys()).order_by("order_index", "pk")
    rows = [DateChange(one, first.get(one.pk), before.get(one.pk), after.get(one.pk)) for one in milestones]
    moved = tuple(row for row in rows if row.before != row.after)
    return moved, len(rows) - len(moved)


def _worth(
    proposal: PlanProposal,
    lines: Sequence[LineFacts],
    councils: Sequence[Council],
    amounts: _Amounts,
    prices: Prices | NotAssessable,
) -> tuple[Worth, ...]:
    """What each plan comes to, for all councils and for each, without lines counted elsewhere (INV-18)."""
    held = amounts.held
    fys = _appraisal_years(proposal) or appraisal_fys(proposal.programme, {fy for _, _, fy in held})
    measures = {line.pk: line.measure for line in lines if line.is_counted}

    def of(plan: Amounts | None, council: int | None) -> Outlook | None:
        if plan is None:
            return None
        own = ((place, pence) for place, pence in plan.items() if council in {None, place[1]})
        counted = ((measures[line], fy, pence) for (line, _, fy), pence in own if line in measures)
        return outlook(counted, fys, prices)

    bearing = {council for _, council, _ in held}
    columns = [PartnerCouncil.of(council) for council in councils if council.pk in bearing]
    rows = []
    for column in (None, *columns) if held else ():
        key = column.pk if column else None
        after = of(amounts.after, key)
        if after is not None:
            rows.append(Worth(column, of(amounts.first, key), of(amounts.before, key), after))
    return tuple(rows)


def _appraisal_years(proposal: PlanProposal) -> tuple[int, ...]:
    return appraisal_years(proposal.programme.base_fy, proposal.programme.horizon_years)


def _answers(proposal: PlanProposal, changed: set[int]) -> tuple[Answer, ...]:
    """Each affected partner council's answer, and any other that was given.

    Where only dates move every partner council is affected.
    """
    opinions = {row.council_id: row for row in proposal.opinions.select_related("entered_by").order_by("pk")}
    rows = []
    for council in partner_councils(proposal.programme.partnership_id):
        is_affected = not changed or council.pk in changed
        if is_affected or council.pk in opinions:
            rows.append(Answer(council, is_affected, opinions.get(council.pk)))
    return tuple(rows)

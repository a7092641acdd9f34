"""Who claims what from where in a programme, and who else in its partnership claims from the same codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, Subquery, Sum

from benefits.enums import BenefitClass, BenefitState
from benefits.models import ActualAmount, Benefit, BenefitLink, BudgetReduction, Line, PlanAmount
from benefits.rules.double_counts import Claimant, Place, plain_cause
from programme.models import PlanVersion, Programme
from services.enums import LineKind

SAVINGS = (
    LineKind.CASHABLE_SAVING,
    LineKind.INCOME,
    LineKind.NON_CASHABLE,
    LineKind.COST_AVOIDANCE,
)
_IN_POUNDS = (BenefitClass.CASHABLE, BenefitClass.NON_CASHABLE)
Planned = tuple[int, int, int, int]


@dataclass(frozen=True)
class Claims:
    """Claimants of a programme and of others that share a code with it; the benefits among them by key.

    `reasons` say why a reduction is not what another programme claims there.
    """

    claimants: tuple[Claimant, ...]
    benefits: Mapping[str, Benefit]
    lines: Mapping[int, Line]
    reasons: Mapping[tuple[str, Place], str]


def read_met(programme: Programme) -> Met:
    """What a programme claims and took out of budgets, and others at the same places. Four queries."""
    own = Q(line__programme=programme)
    claimed, reduced = _claimed(own), _reduced(own)
    places = {row.place for row in (*claimed, *reduced) if row.place.code}
    if places:
        others = Q(line__programme__partnership=programme.partnership_id) & ~own
        codes, councils = {place.code for place in places}, {place.council for place in places}
        met = _claimed(others & Q(ledger_code__in=codes, council__in=councils) & ~Q(ledger_code=""))
        claimed += [row for row in met if row.place in places]
        reduced += [
            row for row in _reduced(others & Q(budget_line__ledger_code__in=codes)) if row.place in places
        ]
    return Met(claimed, reduced)


def may_meet(programme: Programme, met: Met) -> bool:
    """Whether anything can be flagged at all: where not, no claimant need be read. Two queries at most.

    Where two claim from one code, where a benefit is counted in another, or where two of one service have
    the same cause or wait for the same milestone.
    """
    at: dict[Place, set[str]] = defaultdict(set)
    for row in (*met.claimed, *met.reduced):
        at[row.place].add(row.claimant)
    if any(place.code and len(found) > 1 for place, found in at.items()):
        return True
    rows = Benefit.objects.filter(programme=programme, is_disbenefit=False).order_by()
    benefits = list(rows.values_list("pk", "service", "service_feature", "counted_in"))
    if any(counted_in is not None for *_, counted_in in benefits):
        return True
    services = Counter(service for _, service, *_ in benefits)
    alike = [(pk, service, cause) for pk, service, cause, _ in benefits if service and services[service] > 1]
    milestones = _milestones(programme) if alike else {}
    reasons = Counter(
        (service, reason)
        for pk, service, cause in alike
        for reason in (plain_cause(cause), *milestones.get(pk, ()))
        if reason
    )
    return any(number > 1 for number in reasons.values())


def read_claims(programme: Programme, met: Met | None = None, *, as_of: date) -> Claims:
    """Every claimant of a programme, and others of its partnership where they meet. Eight queries.

    `met` is what `read_met` says, where it is read already: then four.
    """
    claimed, reduced = met or read_met(programme)
    planned = _planned(programme, as_of)
    lines = _lines({row.line for row in (*claimed, *reduced)} | {line for line, *_ in planned})
    benefits = {
        key_of(one): one
        for one in [*_benefits(programme, lines.values()), *_of_others(lines.values(), programme)]
    }
    found = _Facts.of(lines, claimed, reduced, planned)
    milestones = _milestones(programme)
    of_benefits = [_of_benefit(key, one, found, milestones) for key, one in benefits.items()]
    without = {key_of(line): line for line in lines.values() if line.benefit is None}
    of_lines = [_of_line(key, line, found) for key, line in without.items()]
    return Claims((*of_benefits, *of_lines), benefits, lines, found.reasons)


def key_of(row: Benefit | Line) -> str:
    """The claimant that a benefit is, or whose line it is: a line without a benefit claims by itself."""
    if isinstance(row, Benefit):
        return f"benefit {row.pk}"
    return _key(row.pk, row.benefit_id)


def _key(line: int, benefit: int | None) -> str:
    return f"line {line}" if benefit is None else f"benefit {benefit}"


@dataclass(frozen=True, slots=True)
class _Row:
    """Pence of one line at one place; `reason` is why it is not what another programme claims there."""

    line: int
    claimant: str
    place: Place
    pence: int
    reason: str = ""


class Met(NamedTuple):
    """What stands as claimed, and as taken out of budgets."""

    claimed: list[_Row]
    reduced: list[_Row]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows come to, by claimant."""

    claimed: Mapping[str, Mapping[Place, int]]
    reduced: Mapping[str, Mapping[Place, int]]
    planned: Mapping[str, Mapping[tuple[int, int], int]]
    reasons: Mapping[tuple[str, Place], str]

    @classmethod
    def of(
        cls,
        lines: Mapping[int, Line],
        claimed: Iterable[_Row],
        reduced: Iterable[_Row],
        planned: Iterable[Planned],
    ) -> _Facts:
        """The rows added up."""
        plans: dict[str, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
        for line, council, fy, pence in planned:
            plans[key_of(lines[line])][council, fy] += pence
        reasons = {(row.claimant, row.place): row.reason for row in reduced if row.reason}
        return cls(_sums(claimed), _sums(reduced), plans, reasons)


def _sums(rows: Iterable[_Row]) -> dict[str, dict[Place, int]]:
    found: dict[str, dict[Place, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        found[row.claimant][row.place] += row.pence
    return found


def _claimed(of: Q) -> list[_Row]:
    """What stands as claimed or verified, reversals taken off. One query."""
    rows = ActualAmount.objects.standing().filter(of, line__kind__in=SAVINGS).order_by()
    by = ("line", "line__benefit", "council", "fy", "ledger_code")
    return [
        _Row(line, _key(line, benefit), Place(council, fy, code.strip()), pence)
        for line, benefit, council, fy, code, pence in rows.values_list(*by).annotate(Sum("amount_pence"))
    ]


def _reduced(of: Q) -> list[_Row]:
    """What stands as taken out of budgets. One query."""
    rows = BudgetReduction.objects.standing().filter(of, line__kind__in=SAVINGS)
    of_budget = ("budget_line__council", "budget_line__fy", "budget_line__ledger_code")
    values = rows.order_by("pk").values_list(
        "line", "line__benefit", *of_budget, "amount_pence", "not_same_reason"
    )
    return [
        _Row(line, _key(line, benefit), Place(council, fy, code.strip()), pence, reason)
        for line, benefit, council, fy, code, pence, reason in values
    ]


def _planned(programme: Programme, as_of: date) -> list[Planned]:
    """Line, council, year and pence of what the plan in effect holds. One query."""
    versions = PlanVersion.objects.effective(as_of).filter(programme=programme)
    current = Subquery(versions.order_by("-number").values("pk")[:1])
    rows = PlanAmount.objects.filter(plan_version=current, line__kind__in=SAVINGS).order_by()
    return list(rows.values_list("line", "council", "fy").annotate(Sum("amount_pence")))


def _lines(keys: Iterable[int]) -> dict[int, Line]:
    rows = Line.objects.filter(pk__in=keys).select_related(
        "programme", "benefit__programme", "benefit__counted_in"
    )
    return {row.pk: row for row in rows.order_by("programme", "order_index", "pk")}


def _benefits(programme: Programme, lines: Iterable[Line]) -> list[Benefit]:
    """Its benefits; one that is withdrawn only where anything is claimed or planned for it. One query."""
    with_pounds = {line.benefit_id for line in lines}
    rows = Benefit.objects.filter(programme=programme, is_disbenefit=False)
    ordered = rows.select_related("programme", "counted_in").order_by("order_index", "pk")
    return [one for one in ordered if one.state != BenefitState.WITHDRAWN or one.pk in with_pounds]


def _milestones(programme: Programme) -> dict[int, frozenset[int]]:
    """The milestones that enable each benefit, directly or through steps of the map. One query."""
    steps: dict[int, set[int]] = defaultdict(set)
    before: dict[int, set[int]] = defaultdict(set)
    of_benefits: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for link in BenefitLink.objects.filter(programme=programme):
        if link.to_step_id is not None:
            _add(link, steps[link.to_step_id], before[link.to_step_id])
        elif link.to_benefit_id is not None:
            _add(link, *of_benefits[link.to_benefit_id])
    return {
        benefit: frozenset(found | _behind(last, steps, before))
        for benefit, (found, last) in of_benefits.items()
    }


def _add(link: BenefitLink, milestones: set[int], before: set[int]) -> None:
    if link.from_milestone_id is not None:
        milestones.add(link.from_milestone_id)
    elif link.from_step_id is not None:
        before.add(link.from_step_id)


def _behind(last: set[int], milestones: Mapping[int, set[int]], before: Mapping[int, set[int]]) -> set[int]:
    """The milestones behind some steps; each step is looked at once, so a loop ends."""
    left, seen, found = list(last), set(last), set[int]()
    while left:
        step = left.pop()
        found |= milestones.get(step, set())
        more = before.get(step, set()) - seen
        seen |= more
        left += more
    return found


def _of_others(lines: Iterable[Line], programme: Programme) -> list[Benefit]:
    found = (line.benefit for line in lines if line.programme_id != programme.pk)
    return [benefit for benefit in found if benefit is not None and not benefit.is_disbenefit]


def _of_benefit(
    key: str, benefit: Benefit, facts: _Facts, milestones: Mapping[int, frozenset[int]]
) -> Claimant:
    return Claimant(
        key,
        str(benefit),
        benefit.programme_id,
        percent=benefit.attribution_percent,
        counted_in=f"benefit {benefit.counted_in_id}" if benefit.counted_in_id is not None else "",
        is_in_pounds=benefit.benefit_class in _IN_POUNDS,
        service=benefit.service_id or 0,
        cause=plain_cause(benefit.service_feature),
        milestones=milestones.get(benefit.pk, frozenset()),
        starts_on=benefit.starts_on,
        ends_on=benefit.ends_on,
        claimed=facts.claimed.get(key, {}),
        reduced=facts.reduced.get(key, {}),
        planned=facts.planned.get(key, {}),
    )


def _of_line(key: str, line: Line, facts: _Facts) -> Claimant:
    return Claimant(
        key,
        str(line),
        line.programme_id,
        claimed=facts.claimed.get(key, {}),
        reduced=facts.reduced.get(key, {}),
        planned=facts.planned.get(key, {}),
    )

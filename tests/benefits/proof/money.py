"""The money of a programme made at random: plans, forecasts, and amounts claimed, answered and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from benefits.actions.actual import reverse_actual, verify_actual
from benefits.actions.amounts import Amount
from benefits.actions.budget import Reduction, record_budget_line, record_budget_reduction
from benefits.actions.entry_actuals import enter_actuals
from benefits.actions.forecast import record_forecast
from benefits.actions.plan_content import save_amounts
from benefits.actions.plan_proposal import propose_plan, submit_plan_proposal
from benefits.actions.typed import Typed
from benefits.enums import Outcome, RebaselineReason
from benefits.models import ActualAmount, BudgetReduction, Line, PlanProposal
from benefits.rules.entry import Span
from governance.actions.council_decisions import Outcome as Decided
from governance.actions.council_decisions import record_council_decision
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState
from governance.models import CouncilDecision
from programme.models import Council
from services.enums import LineKind
from tests import factories
from tests.benefits.proof.frame import World, shared

WHY = "Explained by the officers in the notes of the quarter"
NARRATIVE = "The councils looked at what is left to do and agreed to plan it again from here."
Place = tuple[Line, Council, int, int | None]
Plan = dict[Place, int]
CODES = LineKind.CASHABLE_SAVING


def first_plan(world: World) -> Plan:
    """Every line, most councils, most years: whole years, months of some, and joint costs by the key."""
    plan: Plan = {}
    for line in world.lines:
        if line.pk in world.joint:
            plan |= _joint(world, line, world.fys)
            continue
        for council in world.partners:
            plan |= _own(world, line, council, world.fys)
    return plan


def next_plan(world: World, before: Plan) -> Plan:
    """The plan as it is changed: other amounts, joint costs shared again, nothing of who is no partner."""
    plan: Plan = {}
    for (line, council, fy, period), pence in before.items():
        if line.pk in world.joint or world.chance(0.04) or not world.may_hold(council, fy, period):
            continue
        plan[line, council, fy, period] = world.pence() if world.chance(0.25) else pence
    for line in world.lines:
        if line.pk in world.joint:
            plan |= _joint(world, line, world.fys)
        elif world.joiner in world.partners and world.joiner not in {place[1] for place in before}:
            plan |= _own(world, line, world.joiner, world.fys)
    return plan


def make_current(world: World, plan: Plan, decided_on: date) -> None:
    """Propose the plan, submit it, and let the full council of each partner approve it on one day."""
    is_first = not world.programme.plan_versions.exists()
    reason = "" if is_first else RebaselineReason.SCOPE_CHANGE
    proposal = propose_plan(world.programme, by=world.manager, reason_code=reason, narrative=NARRATIVE)
    amounts = [Amount(*place, pence) for place, pence in plan.items()]
    proposal = save_amounts(proposal, by=world.manager, seen_version=proposal.version, amounts=amounts)
    proposal = submit_plan_proposal(proposal, by=world.manager, seen_version=proposal.version)
    world.at(decided_on)
    _every_council_approves(world, proposal, decided_on)


def forecast_all(world: World, plan: Plan, as_at_on: date) -> None:
    """What is expected of every line; of some programmes one line of one council is left out."""
    world.at(as_at_on)
    pairs = list(dict.fromkeys((line, council) for line, council, _, _ in plan))
    if world.chance(0.25):
        pairs.remove(world.random.choice(pairs))
    _forecast(world, plan, pairs, as_at_on)


def forecast_some(world: World, plan: Plan, as_at_on: date) -> None:
    """What is expected of some lines of some councils, which takes the place of what was."""
    world.at(as_at_on)
    pairs = list(dict.fromkeys((line, council) for line, council, _, _ in plan))
    wanted = world.random.sample(pairs, max(1, len(pairs) // 4))
    if world.joiner is not None:
        wanted += [pair for pair in pairs if pair[1] == world.joiner and pair not in wanted]
    _forecast(world, plan, wanted, as_at_on)


def claim_months(world: World, months: Sequence[tuple[int, int]], on: date) -> None:
    """Each council enters amounts of some of its lines for these months, and of some months before."""
    world.at(on)
    for council in world.councils:
        typed = [
            one
            for line in world.lines
            if world.chance(0.24)
            for fy, period in months
            if world.may_hold(council, fy, period) and world.chance(0.75)
            for one in _typed(world, line, council, fy, period)
        ]
        finance = world.officers[council.pk].finance
        if typed:
            enter_actuals(world.programme, by=finance, typed=typed)


def answer_claims(world: World, on: date) -> None:
    """Most of what waits is verified, some returned, some left as it is."""
    world.at(on)
    waiting = ActualAmount.objects.filter(
        line__programme=world.programme,
        verification__isnull=True,
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    for actual in waiting.select_related("line", "council").order_by("pk"):
        drawn = world.random.random()
        s151 = world.officers[actual.council_id].s151
        if drawn < 0.65:
            _reduce_budget(world, actual)
            verify_actual(actual, by=s151, outcome=Outcome.VERIFIED)
        elif drawn < 0.78:
            verify_actual(actual, by=s151, outcome=Outcome.RETURNED, reason="Booked to another code")


def take_some_back(world: World, on: date) -> None:
    """Some verified amounts are reversed by the section 151 officer, some claims by who entered them."""
    world.at(on)
    standing = ActualAmount.objects.filter(
        line__programme=world.programme, reverses__isnull=True, reversed_by__isnull=True
    ).exclude(verification__outcome=Outcome.RETURNED)
    for actual in standing.select_related("verification").order_by("pk"):
        if world.chance(0.1):
            officers = world.officers[actual.council_id]
            by = officers.s151 if hasattr(actual, "verification") else officers.finance
            reverse_actual(actual, by=by, reason="Counted twice in the ledger")


def _joint(world: World, line: Line, fys: Iterable[int]) -> Plan:
    return {
        (line, council, fy, None): pence
        for fy in fys
        if world.chance(0.8)
        for council, pence in shared(world, fy, world.pence(300_000)).items()
        if world.may_hold(council, fy, None)
    }


def _own(world: World, line: Line, council: Council, fys: Iterable[int]) -> Plan:
    """Whole years or months; nothing of some lines for some councils."""
    plan: Plan = {}
    if world.chance(0.15):
        return plan
    for fy in fys:
        drawn = world.random.random()
        if drawn < 0.55:
            plan[line, council, fy, None] = world.pence(90_000)
        elif drawn < 0.85:
            for period in sorted(world.random.sample(range(1, 13), world.random.randrange(1, 13))):
                plan[line, council, fy, period] = world.pence(9_000)
    return {place: pence for place, pence in plan.items() if world.may_hold(council, *place[2:])}


def _every_council_approves(world: World, proposal: PlanProposal, day: date) -> None:
    number = PlanProposal.objects.filter(programme=world.programme).count()
    decision = factories.DecisionFactory(
        programme=world.programme,
        ref=f"D-{number}",
        state=DecisionState.RATIFYING,
        plan_proposal=proposal,
        recommended_on=day - timedelta(days=14),
        text="The councils adopt the plan.",
    )
    for place, council in enumerate(world.partners):
        factories.CouncilDecisionFactory(
            decision=decision, council=council, order_index=place, approval_body=ApprovalBody.FULL_COUNCIL
        )
    said = Decided(CouncilDecisionState.APPROVED, day, "It costs less.", "None considered.")
    for row in CouncilDecision.objects.filter(decision=decision).order_by("pk"):
        clerk = world.officers[row.council_id].clerk
        record_council_decision(row, said, by=clerk, seen_version=row.version)


def _forecast(world: World, plan: Plan, pairs: Sequence[tuple[Line, Council]], as_at_on: date) -> None:
    wanted = set(pairs)
    amounts = [
        Amount(line, council, fy, period, _expected(world, pence), WHY)
        for (line, council, fy, period), pence in plan.items()
        if (line, council) in wanted and world.may_hold(council, fy, period)
    ]
    if world.chance(0.3):
        line, council = pairs[0]
        after = world.fys[-1] + 1
        if world.may_hold(council, after, None):
            amounts.append(Amount(line, council, after, None, world.pence(), WHY))
    if amounts:
        record_forecast(world.programme, by=world.manager, as_at_on=as_at_on, commentary=WHY, amounts=amounts)


def _expected(world: World, planned: int) -> int:
    drawn = world.random.random()
    if drawn < 0.3:
        return planned
    return -world.pence(3_000) if drawn < 0.36 else world.pence(60_000)


def _typed(world: World, line: Line, council: Council, fy: int, period: int) -> list[Typed]:
    rows = ActualAmount.objects.filter(line=line, council=council, fy=fy, period=period)
    if rows.filter(verification__outcome=Outcome.VERIFIED, reversed_by__isnull=True).exists():
        return []
    pence = -world.pence(2_000) if world.chance(0.08) else world.pence(12_000)
    code = _code(line) if line.kind == CODES else ""
    return [Typed(line, council, Span(fy, period, period), pence, WHY, ledger_code=code)]


def _code(line: Line) -> str:
    return f"{line.programme_id}{line.ref}"


def _reduce_budget(world: World, actual: ActualAmount) -> None:
    """The budget of a cashable saving, and what was taken out of it; once a line, council and year."""
    line, council, fy = actual.line, actual.council, actual.fy
    reduced = BudgetReduction.objects.filter(line=line, budget_line__council=council, budget_line__fy=fy)
    if line.kind != CODES or reduced.exists():
        return
    finance, code = world.officers[council.pk].finance, _code(line)
    record_budget_line(
        council, by=finance, ledger_code=code, fy=fy, budget_pence=10**10, name="Staff and contracts"
    )
    record_budget_reduction(Reduction(line, council, code, fy, world.pence() + 1), by=finance)

"""One council's own page: what it has to decide, what it saves, what is late, and its dated figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.models import User
from benefits.enums import Measure
from benefits.queries.by_year import MeasureFigures
from benefits.queries.compensation import compensation_balance
from benefits.queries.equity import EquityComparison
from benefits.queries.figures import Figures
from benefits.queries.ledgers import Ledgers, PartnerCouncil, read_ledgers
from benefits.queries.no_worse_off import (
    Missing,
    NoWorseOffTests,
    Standing,
    StandingTest,
    worse_off_tests,
)
from benefits.queries.savings import SavingsAgainstPlan, summarise
from benefits.queries.scope import Choice, scope_of
from benefits.rules.equity import EquityRow
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from governance.models import Decision
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.council_answers import (
    MemberAnswer,
    decisions_answer,
    fairness_answer,
    milestones_answer,
    net_answer,
    points_in_words,
    savings_answer,
)
from governance.rules.position import Position
from programme.enums import MemberStatus, SeriesName
from programme.models import Council, CouncilFigure, Membership, Partnership, Programme
from programme.policies import Powers
from programme.queries.council_rules import RulesRow, current_rules
from programme.queries.milestones import MilestoneRow, known_on, milestone_rows
from programme.rules.worklist import Section, due_until
from services.enums import TestBasis
from services.queries.fairness import BASES
from services.rules.no_worse_off import CouncilPosition

NO_PROGRAMME = NotAssessable("No programme is recorded")
_PARTNERS = (MemberStatus.ACTIVE, MemberStatus.LEFT)
_BY_FINANCIAL_YEAR = (SeriesName.EXPENDITURE, SeriesName.NET_BUDGET, SeriesName.TAX_BASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A partnership the council is in, with its dates and shares."""

    membership: Membership
    joined: ImpreciseDate | None
    left: ImpreciseDate | None

    @property
    def left_in_words(self) -> str:
        """When it left, or that it has not."""
        if self.left:
            return str(self.left)
        return "Has not left" if self.membership.status == MemberStatus.ACTIVE else "Not stated"

    @property
    def money(self) -> str:
        """Its share of the money, as agreed."""
        return _share(self.membership.financial_share_percent)

    @property
    def votes(self) -> str:
        """Its share of the votes, which is another fact than its share of the money."""
        return _share(self.membership.voting_share_percent)


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision with this council's own position on it."""

    row: DecisionRow
    position: Position


@dataclass(frozen=True, slots=True)
class OwnYear:
    """The council's saving of one financial year, and its net position at the end of it."""

    fy: int
    saving: Figures | None
    net: Figures | None


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The council's row of a comparison of shares; None where the shares cannot be worked out."""

    comparison: EquityComparison
    row: EquityRow | None

    @property
    def difference(self) -> str:
        """How far its share is from the one it is compared with."""
        return points_in_words(self.row.difference_points) if self.row else ""


@dataclass(frozen=True, slots=True)
class OwnTest:
    """The council's own result of the no-worse-off test on one standing and basis."""

    test: StandingTest
    position: CouncilPosition | Missing

    @property
    def net(self) -> int | Missing:
        """Pence without compensation."""
        return self.position.net_pence if isinstance(self.position, CouncilPosition) else self.position

    @property
    def compensation(self) -> int | Missing:
        """Pence of compensation that is agreed; less than nothing where it pays."""
        return (
            self.position.compensation_pence if isinstance(self.position, CouncilPosition) else self.position
        )

    @property
    def after(self) -> int | Missing:
        """Pence with compensation."""
        return self.position.after_pence if isinstance(self.position, CouncilPosition) else self.position

    @property
    def result(self) -> str:
        """Yes, No, or why it cannot be said."""
        if not isinstance(self.position, CouncilPosition):
            return str(self.position)
        return "Yes" if self.position.is_passed else "No"


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """One figure of a dated series."""

    figure: CouncilFigure
    year: str

    @property
    def value(self) -> str:
        """130,200, 47,215.4 or £16,420,000.00."""
        if self.figure.amount_pence is not None:
            return format_pounds(self.figure.amount_pence)
        quantity = self.figure.quantity or Decimal(0)
        return f"{quantity.quantize(Decimal(1)) if quantity == quantity.to_integral() else quantity:,}"


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """All that the page of one council shows, for one of the programmes it is in."""

    council: Council
    as_of: date
    programmes: tuple[Programme, ...]
    programme: Programme | None
    places: tuple[Place, ...]
    partners: tuple[Council, ...]
    answers: tuple[MemberAnswer, ...]
    decisions: tuple[OwnDecision, ...]
    savings: SavingsAgainstPlan | None
    own_savings: SavingsAgainstPlan | None
    saving: MeasureFigures | None
    years: tuple[OwnYear, ...]
    shares: tuple[OwnShare, ...]
    tests: tuple[OwnTest, ...]
    binding: str
    late: tuple[MilestoneRow, ...]
    due: tuple[MilestoneRow, ...]
    rules: RulesRow | None
    figures: tuple[DatedFigure, ...]

    @property
    def is_history(self) -> bool:
        """Whether only the outcomes of its decisions are known."""
        return bool(self.decisions) and all(one.row.is_reported for one in self.decisions)


def council_page(
    council: Council, *, user: User, powers: Powers, as_of: date, chosen: str = ""
) -> CouncilPage:
    """The page of a council, for the programme of the key `chosen`, else for its latest one."""
    places = _places(council, user)
    programmes = _programmes(places)
    programme = next((one for one in programmes if one.key == chosen), next(iter(programmes), None))
    day = known_on(programme, as_of) if programme else as_of
    ledgers = read_ledgers(programme, as_of=day) if programme else None
    scope = scope_of(programme, ledgers, Choice(), day) if programme and ledgers else None
    savings = summarise(programme, scope) if programme and scope else None
    own = next((one for one in savings.all_councils if one.pk == council.pk), None) if savings else None
    tests = _all_tests(programme, ledgers, user, day) if own else None
    own_tests = _tests(tests, own)
    decisions = _decisions(council, programme, day) if programme else ()
    rows = _milestones(council, programme, day, powers) if programme else []
    late = tuple(row for row in rows if row.section == Section.LATE)
    due = tuple(row for row in rows if row.section == Section.DUE)
    return CouncilPage(
        council=council,
        as_of=day,
        programmes=programmes,
        programme=programme,
        places=places,
        partners=_partners(places, programme),
        answers=_answers(savings, own, own_tests, decisions, late, due, day),
        decisions=decisions,
        savings=savings,
        own_savings=_own_savings(programme, ledgers, council, day) if own else None,
        saving=savings.of(Measure.GROSS, own) if savings and own else None,
        years=_years(savings, own),
        shares=_shares(savings, own),
        tests=own_tests,
        binding=tests.binding_words if tests else "",
        late=late,
        due=due,
        rules=current_rules(council, as_of),
        figures=_figures(council),
    )


def councils_for(user: User) -> list[tuple[Council, list[Partnership]]]:
    """Councils that `user` may read, by name, with the partnerships they may read. Two queries."""
    visible = Partnership.objects.visible_to(user)
    memberships = (
        Membership.objects.filter(partnership__in=visible, status__in=_PARTNERS)
        .select_related("council", "partnership")
        .order_by("council__name", "partnership__name")
    )
    found: dict[Council, list[Partnership]] = {}
    for membership in memberships:
        found.setdefault(membership.council, []).append(membership.partnership)
    return list(found.items())


def _share(percent: Decimal | None) -> str:
    return "Not stated" if percent is None else f"{percent.normalize():f}%"


def _places(council: Council, user: User) -> tuple[Place, ...]:
    memberships = (
        council.memberships.filter(partnership__in=Partnership.objects.visible_to(user))
        .select_related("partnership", "source")
        .prefetch_related("partnership__programmes", "partnership__memberships__council")
        .order_by("partnership__name")
    )
    return tuple(Place(one, one.get_date("joined"), one.get_date("left")) for one in memberships)


def _programmes(places: Sequence[Place]) -> tuple[Programme, ...]:
    """Programmes of its partnerships: first those in which it is or was a partner, and the latest first."""
    found = [
        (place.membership.status not in _PARTNERS, -(programme.base_fy or 0), programme.name, programme)
        for place in places
        for programme in place.membership.partnership.programmes.all()
    ]
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def _partners(places: Sequence[Place], programme: Programme | None) -> tuple[Council, ...]:
    """The partner councils of the programme, in their fixed order."""
    if programme is None:
        return ()
    memberships = next(
        place.membership.partnership.memberships.all()
        for place in places
        if place.membership.partnership_id == programme.partnership_id
    )
    active = [one for one in memberships if one.status == MemberStatus.ACTIVE]
    return tuple(one.council for one in sorted(active, key=lambda one: (one.order_index, one.council.name)))


def _decisions(council: Council, programme: Programme, as_of: date) -> tuple[OwnDecision, ...]:
    """Decisions that ask this council, those that wait for it first."""
    asked = Decision.objects.filter(programme=programme, council_decisions__council=council)
    found = [
        OwnDecision(row, position)
        for row in decision_rows(asked, as_of=as_of)
        if (position := row.position_of(council))
    ]
    return tuple(sorted(found, key=lambda one: not one.row.waits_for(council)))


def _milestones(council: Council, programme: Programme, as_of: date, powers: Powers) -> list[MilestoneRow]:
    """Open milestones of the council, and those of all partners."""
    own = programme.milestones.open().filter(Q(councils=council) | Q(councils__isnull=True))
    return milestone_rows(own, as_of=as_of, powers=powers)


def _years(savings: SavingsAgainstPlan | None, own: PartnerCouncil | None) -> tuple[OwnYear, ...]:
    if savings is None or own is None:
        return ()
    saving, net = savings.of(Measure.GROSS, own), savings.of(Measure.NET, own)
    return tuple(
        OwnYear(
            fy,
            year.year if saving and (year := saving.at(fy)) else None,
            until.cumulative if net and (until := net.at(fy)) else None,
        )
        for fy in savings.fys
        if saving or net
    )


def _shares(savings: SavingsAgainstPlan | None, own: PartnerCouncil | None) -> tuple[OwnShare, ...]:
    if savings is None or own is None or not savings.has_ledgers:
        return ()
    return tuple(OwnShare(one, _own_row(one, own)) for one in savings.equity)


def _all_tests(
    programme: Programme | None, ledgers: Ledgers | None, user: User, day: date
) -> NoWorseOffTests | None:
    """The no-worse-off tests of every council; None where there is no ledger to test."""
    if programme is None or ledgers is None or ledgers.is_empty:
        return None
    scope = scope_of(programme, ledgers, Choice(), day)
    return worse_off_tests(programme, scope, compensation_balance(programme, user))


def _own_savings(
    programme: Programme | None, ledgers: Ledgers | None, council: Council, day: date
) -> SavingsAgainstPlan | None:
    """The savings narrowed to this council, month by month."""
    if programme is None or ledgers is None:
        return None
    return summarise(programme, scope_of(programme, ledgers, Choice(council=council.key), day))


def _tests(found: NoWorseOffTests | None, own: PartnerCouncil | None) -> tuple[OwnTest, ...]:
    """Its own positions: so far with what is to come first, then on the plans."""
    if found is None or own is None:
        return ()
    place = found.councils.index(own)
    order = (Standing.NOW, Standing.CURRENT, Standing.ORIGINAL)
    return tuple(
        OwnTest(test, test.positions[place])
        for test in (found.on(standing, basis) for standing in order for basis in BASES)
    )


def _own_row(comparison: EquityComparison, own: PartnerCouncil) -> EquityRow | None:
    if not isinstance(comparison.rows, tuple):
        return None
    return next((row for row in comparison.rows if row.council == own.name), None)


def _figures(council: Council) -> tuple[DatedFigure, ...]:
    figures = council.figures.select_related("source").order_by("series", "year")
    return tuple(
        DatedFigure(one, format_fy(one.year) if one.series in _BY_FINANCIAL_YEAR else str(one.year))
        for one in figures
    )


def _answers(
    savings: SavingsAgainstPlan | None,
    own: PartnerCouncil | None,
    tests: Sequence[OwnTest],
    decisions: Sequence[OwnDecision],
    late: Sequence[MilestoneRow],
    due: Sequence[MilestoneRow],
    as_of: date,
) -> tuple[MemberAnswer, ...]:
    if savings is None or own is None:
        return ()
    waiting = [
        (one.row.decision.title, one.position)
        for one in decisions
        if one.position.council in one.row.start.waiting_for
    ]
    return (
        _savings_answer(savings, own),
        _net_answer(savings, own, _present(tests)),
        _fairness_answer(savings, own),
        decisions_answer(waiting),
        milestones_answer(
            late=[row.milestone.title for row in late], due=len(due), due_until=due_until(as_of)
        ),
    )


def _savings_answer(savings: SavingsAgainstPlan, own: PartnerCouncil) -> MemberAnswer:
    total = savings.total_of(Measure.GROSS, own)
    if total is None:
        reason = NotAssessable("No cashable saving is recorded")
        return savings_answer(planned=reason, verified=reason, claimed=0, rating="", cut_off=None)
    return savings_answer(
        planned=total.current_to_date,
        verified=total.verified,
        claimed=total.claimed,
        rating=total.realised_rating.word,
        cut_off=savings.cut_off,
    )


def _present(tests: Sequence[OwnTest]) -> int | None:
    """Its position now at net present value, in pence; None where it cannot be worked out."""
    found = (one.net for one in tests if (one.test.standing, one.test.basis) == (Standing.NOW, TestBasis.NPV))
    return next((net for net in found if isinstance(net, int)), None)


def _net_answer(savings: SavingsAgainstPlan, own: PartnerCouncil, present: int | None) -> MemberAnswer:
    total = savings.total_of(Measure.NET, own)
    if total is None:
        reason = NotAssessable("No plan of savings and costs is recorded")
        return net_answer(planned=reason, forecast=reason, last_fy=None)
    return net_answer(
        planned=total.current,
        forecast=total.forecast,
        last_fy=max(savings.fys, default=None),
        present_pence=present,
    )


def _fairness_answer(savings: SavingsAgainstPlan, own: PartnerCouncil) -> MemberAnswer:
    comparison = savings.equity[0]
    row = _own_row(comparison, own)
    reason = "" if isinstance(comparison.rows, tuple) else comparison.rows.reason
    return fairness_answer(
        share=row.share_percent if row else None,
        key=row.other_percent if row else None,
        is_flagged=bool(row and row.is_flagged),
        reason=reason,
        is_by_key=comparison.is_by_key,
    )

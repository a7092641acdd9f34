"""Rows for tests: one factory a model, and short functions for what takes several rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

import factory
from django.test import Client
from django.utils import timezone

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.enums import BenefitClass, EntryKind, MapStepKind, Outcome, ProposalState, StatedSection
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetLine,
    BudgetReduction,
    ClaimFile,
    ForecastAmount,
    ForecastSnapshot,
    Fund,
    ImportJob,
    Line,
    MapStep,
    PeriodClose,
    PlanAmount,
    PlanProposal,
    ProposalAmount,
    ProposalDate,
    StatedFigure,
    Verification,
)
from benefits.rules.plan_hash import plan_hash
from core.publishing.content import Content, content_hash
from core.publishing.keeping import to_bytes
from core.rules.dates import ImpreciseDate
from core.stored_files import keep
from governance.bulletins.content import to_bytes as to_bulletin_bytes
from governance.enums import Authority, BulletinState, DecisionState, ReportState
from governance.models import (
    AgendaItem,
    Body,
    BodyMember,
    Bulletin,
    CallIn,
    CouncilDecision,
    Decision,
    DecisionCondition,
    Edition,
    Meeting,
    OpenPage,
    Paper,
    PublishingJob,
    Report,
    ReportAddition,
    ScrutinyRecommendation,
    ScrutinyResponse,
    SentBulletin,
)
from governance.queries.bulletins import draft_content
from programme.enums import (
    AgreementKind,
    CouncilType,
    GovernanceModel,
    JudgementSubject,
    PartnershipModel,
    PriceBasis,
    SavedPage,
    SeriesName,
)
from programme.models import (
    Agreement,
    Council,
    CouncilClosure,
    CouncilFigure,
    CouncilSetting,
    GateRecommendation,
    GateReview,
    Judgement,
    Lesson,
    Membership,
    Milestone,
    MilestoneComment,
    MilestoneDependency,
    Objective,
    Partnership,
    Phase,
    PlanDate,
    PlanVersion,
    Programme,
    ReminderSetting,
    Risk,
    SavedView,
    Tranche,
)
from programme.rules.delivery_confidence import DeliveryConfidence
from services.enums import (
    CaseStage,
    CaseState,
    LineKind,
    MeasureKind,
    ReviewState,
    ServiceStatus,
    TestBasis,
)
from services.models import (
    BusinessCase,
    BusinessCaseLine,
    CaseOption,
    Compensation,
    Service,
    ServiceCost,
    ServiceCouncil,
    ServiceMeasure,
    ServiceReview,
)

Row = TypeVar("Row")
Amount = tuple[Line, Council, int, int | None, int]
FIRST_NUMBER = 1000
COUNCIL_NAMES = ("Ashmere", "Brockvale", "Carrick", "Dunmoor", "Elverton", "Farley", "Gresham", "Holt")


class RowFactory(factory.django.DjangoModelFactory, Generic[Row]):
    """Base of all factories. Calling one gives the row, saved."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _setup_next_sequence(cls) -> int:
        """Number from 1000: a reference that a test writes by hand (AG-9) never meets a made one."""
        return FIRST_NUMBER

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        """Take a whole date (`plan=date(2026, 11, 24)`) for the four columns that hold it."""
        columns = {field.attname for field in cls._meta.model._meta.concrete_fields}
        whole = [name for name in kwargs if f"{name}_first_on" in columns]
        for name in whole:
            kwargs |= _date_columns(name, kwargs.pop(name))
        return kwargs


class UserFactory(RowFactory[User]):
    """A person without a password; sign in with `sign_in`."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@council.example")
    password = "!"


class EditedFactory(RowFactory[Row]):
    """Base of the factories of rows that people edit."""

    class Meta:
        abstract = True

    created_by = factory.SubFactory(UserFactory)
    updated_by = factory.SelfAttribute("created_by")


class CouncilFactory(EditedFactory[Council]):
    """Ashmere, Brockvale, Carrick and so on, in turn."""

    class Meta:
        model = Council

    @classmethod
    def _setup_next_sequence(cls) -> int:
        """Number from 0, the first of the names."""
        return 0

    key = factory.Sequence(lambda n: f"council-{n}")
    short_name = factory.Sequence(lambda n: COUNCIL_NAMES[n] if n < len(COUNCIL_NAMES) else f"Council {n}")
    name = factory.LazyAttribute(lambda council: f"{council.short_name} District Council")
    type = CouncilType.DISTRICT
    governance_model = GovernanceModel.LEADER_CABINET


class CouncilFigureFactory(RowFactory[CouncilFigure]):
    """A population of one year."""

    class Meta:
        model = CouncilFigure

    council = factory.SubFactory(CouncilFactory)
    series = SeriesName.POPULATION
    year = 2026
    quantity = 100_000


class CouncilSettingFactory(RowFactory[CouncilSetting]):
    """Call-in of five working days to 5pm, which three councillors must sign."""

    class Meta:
        model = CouncilSetting

    council = factory.SubFactory(CouncilFactory)
    from_on = date(2020, 4, 1)
    callin_min_members = 3


class CouncilClosureFactory(RowFactory[CouncilClosure]):
    """Closed on Christmas Eve 2026."""

    class Meta:
        model = CouncilClosure

    council = factory.SubFactory(CouncilFactory)
    day_on = date(2026, 12, 24)
    reason = "Christmas closure"


class PartnershipFactory(EditedFactory[Partnership]):
    """A partnership of `councils` active members: a number, or the councils themselves."""

    class Meta:
        model = Partnership

    key = factory.Sequence(lambda n: f"partnership-{n}")
    name = factory.Sequence(lambda n: f"Partnership {n}")
    model = PartnershipModel.JOINT_WORKING

    @factory.post_generation
    def councils(self: Any, create: bool, extracted: int | Sequence[Council] | None, **kwargs: Any) -> None:
        """Make the memberships, in order."""
        wanted = 3 if extracted is None else extracted
        members = CouncilFactory.create_batch(wanted) if isinstance(wanted, int) else wanted
        Membership.objects.bulk_create(
            Membership(partnership=self, council=council, order_index=index)
            for index, council in enumerate(members)
        )


class ProgrammeFactory(EditedFactory[Programme]):
    """An active programme of a new partnership; `partnership__councils=2` for two councils."""

    class Meta:
        model = Programme

    key = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")
    partnership = factory.SubFactory(PartnershipFactory)
    base_fy = 2026
    price_basis = PriceBasis.REAL


class OfProgrammeFactory(EditedFactory[Row]):
    """Base of the factories of rows of a programme."""

    class Meta:
        abstract = True

    programme = factory.SubFactory(ProgrammeFactory)
    order_index = factory.Sequence(lambda n: n)


class PhaseFactory(OfProgrammeFactory[Phase]):
    """A phase; `start`, `due` and `end` take whole dates."""

    class Meta:
        model = Phase

    ref = factory.Sequence(lambda n: f"P-{n}")
    label = factory.Sequence(lambda n: f"Phase {n}")


class MilestoneFactory(OfProgrammeFactory[Milestone]):
    """A milestone; `plan`, `forecast` and `actual` take a date or an ImpreciseDate."""

    class Meta:
        model = Milestone

    ref = factory.Sequence(lambda n: f"M-{n}")
    title = factory.Sequence(lambda n: f"Milestone {n}")


class TrancheFactory(OfProgrammeFactory[Tranche]):
    """A tranche."""

    class Meta:
        model = Tranche

    ref = factory.Sequence(lambda n: f"T-{n}")
    label = factory.Sequence(lambda n: f"Tranche {n}")


class MilestoneDependencyFactory(EditedFactory[MilestoneDependency]):
    """A milestone that waits for another of its programme."""

    successor = factory.SubFactory(MilestoneFactory)
    predecessor = factory.LazyAttribute(lambda made: MilestoneFactory(programme=made.successor.programme))

    class Meta:
        model = MilestoneDependency


class CommentFactory(RowFactory[MilestoneComment]):
    """A comment on a milestone that names nobody."""

    milestone = factory.SubFactory(MilestoneFactory)
    text = "The supplier asks for a week more."
    entered_by = factory.SubFactory(UserFactory)

    class Meta:
        model = MilestoneComment


class RiskFactory(OfProgrammeFactory[Risk]):
    """A risk with a score of 12."""

    class Meta:
        model = Risk

    ref = factory.Sequence(lambda n: f"R-{n}")
    title = factory.Sequence(lambda n: f"Risk {n}")
    likelihood = 3
    has_occurred = False
    impact = 4


class GateReviewFactory(EditedFactory[GateReview]):
    """A review at gate 3, Amber on three points, its checklist not answered."""

    class Meta:
        model = GateReview

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda n: f"GR-{n:02d}")
    gate = 3
    held_on = date(2026, 9, 15)
    reviewers = "A Lane, Example County Council"
    delivery_confidence = "Amber"
    summary = "Feasible, if the records are cleaned in time."


class GateRecommendationFactory(EditedFactory[GateRecommendation]):
    """An essential recommendation, open and without an owner."""

    class Meta:
        model = GateRecommendation

    review = factory.SubFactory(GateReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Recommendation {n}")
    urgency = "essential"
    due_on = date(2026, 12, 1)


class JudgementFactory(EditedFactory[Judgement]):
    """A judgement of a programme's rating, in force for the whole of 2026."""

    class Meta:
        model = Judgement

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda number: f"J-{number:02d}")
    subject = JudgementSubject.OVERALL
    point = DeliveryConfidence.AMBER
    reason = "What is late blocks nothing"
    given_by = factory.SubFactory(UserFactory)
    given_on = date(2026, 1, 1)
    until_on = date(2026, 12, 31)
    computed_word = "Red"
    computed_reason = "Milestones: Go-live: 31 days late"


class LessonFactory(OfProgrammeFactory[Lesson]):
    """A lesson."""

    class Meta:
        model = Lesson

    ref = factory.Sequence(lambda n: f"L-{n}")
    text = factory.Sequence(lambda n: f"Lesson {n}")


class SavedViewFactory(EditedFactory[SavedView]):
    """A view of the benefits register that its programme shares."""

    programme = factory.SubFactory(ProgrammeFactory)
    page = SavedPage.BENEFITS
    name = factory.Sequence("View {}".format)
    query = "state=approved"
    is_shared = True

    class Meta:
        model = SavedView


class ReminderSettingFactory(EditedFactory[ReminderSetting]):
    """A programme that reminds of milestones ten days before and on the day."""

    programme = factory.SubFactory(ProgrammeFactory)
    rule = "milestone_due"
    days = factory.LazyFunction(lambda: {"told": [10, 0]})

    class Meta:
        model = ReminderSetting


class ServiceFactory(OfProgrammeFactory[Service]):
    """A service planned to be shared."""

    class Meta:
        model = Service

    ref = factory.Sequence(lambda n: f"S-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    status = ServiceStatus.PLANNED


class ServiceCouncilFactory(RowFactory[ServiceCouncil]):
    """One council's own version of a service."""

    class Meta:
        model = ServiceCouncil

    service = factory.SubFactory(ServiceFactory)
    council = factory.SubFactory(CouncilFactory)


class ServiceCostFactory(RowFactory[ServiceCost]):
    """What a council spends on a service in a year."""

    class Meta:
        model = ServiceCost

    provision = factory.SubFactory(ServiceCouncilFactory)
    fy = 2026
    amount_pence = 100_000_00


class ServiceMeasureFactory(RowFactory[ServiceMeasure]):
    """How much work a council's service does in a year."""

    class Meta:
        model = ServiceMeasure

    provision = factory.SubFactory(ServiceCouncilFactory)
    kind = MeasureKind.VOLUME
    name = factory.Sequence(lambda n: f"Measure {n}")
    fy = 2026
    value = 10_000


class ServiceReviewFactory(EditedFactory[ServiceReview]):
    """A review of a service."""

    class Meta:
        model = ServiceReview

    service = factory.SubFactory(ServiceFactory)
    ref = factory.Sequence(lambda n: f"SR-{n}")
    state = ReviewState.OPTIONS


class BusinessCaseFactory(EditedFactory[BusinessCase]):
    """Version 1 of a full business case."""

    class Meta:
        model = BusinessCase

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda n: f"BC-{n}")
    title = factory.Sequence(lambda n: f"Business case {n}")
    stage = CaseStage.FBC
    base_fy = 2026


class CaseOptionFactory(RowFactory[CaseOption]):
    """An option to share."""

    class Meta:
        model = CaseOption

    business_case = factory.SubFactory(BusinessCaseFactory)
    ref = factory.Sequence(lambda n: f"OPT-{n}")
    name = factory.Sequence(lambda n: f"Option {n}")


class BusinessCaseLineFactory(RowFactory[BusinessCaseLine]):
    """A saving in a business case."""

    class Meta:
        model = BusinessCaseLine

    business_case = factory.SubFactory(BusinessCaseFactory)
    option = factory.SubFactory(CaseOptionFactory, business_case=factory.SelfAttribute("..business_case"))
    ref = factory.Sequence(lambda n: f"BL-{n}")
    title = factory.Sequence(lambda n: f"Case line {n}")
    kind = LineKind.CASHABLE_SAVING


class BenefitFactory(OfProgrammeFactory[Benefit]):
    """A cashable benefit."""

    class Meta:
        model = Benefit

    ref = factory.Sequence(lambda n: f"B-{n}")
    title = factory.Sequence(lambda n: f"Lower cost of service {n}")
    benefit_class = BenefitClass.CASHABLE


class ObjectiveFactory(OfProgrammeFactory[Objective]):
    """What a programme is for."""

    class Meta:
        model = Objective

    ref = factory.Sequence(lambda n: f"O-{n}")
    title = factory.Sequence(lambda n: f"Objective {n}")


class MapStepFactory(OfProgrammeFactory[MapStep]):
    """A business change."""

    class Meta:
        model = MapStep

    ref = factory.Sequence(lambda n: f"CH-{n}")
    kind = MapStepKind.CHANGE
    title = factory.Sequence(lambda n: f"Change {n}")


class LineFactory(OfProgrammeFactory[Line]):
    """A cashable saving without a benefit; give `benefit` where one matters."""

    class Meta:
        model = Line

    ref = factory.Sequence(lambda n: f"LN-{n}")
    title = factory.Sequence(lambda n: f"Line {n}")
    kind = LineKind.CASHABLE_SAVING


class AgreementFactory(EditedFactory[Agreement]):
    """An inter-authority agreement that is not in force."""

    class Meta:
        model = Agreement

    partnership = factory.SubFactory(PartnershipFactory)
    ref = factory.Sequence(lambda n: f"AG-{n}")
    kind = AgreementKind.IAA
    title = factory.Sequence(lambda n: f"Agreement {n}")


class ImportJobFactory(RowFactory[ImportJob]):
    """A large file of actual amounts that waits to be checked."""

    class Meta:
        model = ImportJob

    programme = factory.SubFactory(ProgrammeFactory)
    kind = EntryKind.ACTUAL
    file_name = "amounts.csv"
    path = "imports/none"
    created_by = factory.SubFactory(UserFactory)


class BudgetLineFactory(EditedFactory[BudgetLine]):
    """A budget of £80,000."""

    class Meta:
        model = BudgetLine

    council = factory.SubFactory(CouncilFactory)
    ledger_code = factory.Sequence(lambda n: f"{4000 + n}")
    fy = 2026
    budget_pence = 80_000_00
    name = "Staff"


class FundFactory(EditedFactory[Fund]):
    """A transition fund without money in it."""

    class Meta:
        model = Fund

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda n: f"FUND-{n}")
    name = "Transition fund"


class StatedFigureFactory(OfProgrammeFactory[StatedFigure]):
    """A saving as a source prints it."""

    class Meta:
        model = StatedFigure

    ref = factory.Sequence(lambda n: f"F-{n}")
    section = StatedSection.SAVING
    label = factory.Sequence(lambda n: f"Figure {n}")
    amount_pence = 100_000_00


class BodyFactory(EditedFactory[Body]):
    """A steering group, which recommends."""

    class Meta:
        model = Body

    partnership = factory.SubFactory(PartnershipFactory)
    ref = factory.Sequence(lambda n: f"BODY-{n}")
    name = "Joint steering group"
    authority = Authority.RECOMMENDS


class BodyMemberFactory(EditedFactory[BodyMember]):
    """A voting member since May 2026."""

    class Meta:
        model = BodyMember

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"Member {n}")
    from_on = date(2026, 5, 1)


class MeetingFactory(EditedFactory[Meeting]):
    """A meeting on an evening of January 2027."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    starts_at = datetime(2027, 1, 20, 18, tzinfo=UTC)


class AgendaItemFactory(EditedFactory[AgendaItem]):
    """An item of an agenda."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Item {n}")


class PaperFactory(RowFactory[Paper]):
    """An open paper whose file is kept."""

    class Meta:
        model = Paper

    item = factory.SubFactory(AgendaItemFactory)
    title = factory.Sequence(lambda n: f"Paper {n}")
    path = factory.LazyFunction(lambda: keep("papers", b"%PDF-1.7"))
    file_name = "report.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = "0" * 64
    entered_by = factory.SubFactory(UserFactory)


class ClaimFileFactory(RowFactory[ClaimFile]):
    """Evidence of an actual amount whose file is kept."""

    class Meta:
        model = ClaimFile

    actual = factory.LazyFunction(lambda: _claimed())  # noqa: PLW0108 - defined below
    path = factory.LazyFunction(lambda: keep("evidence", b"%PDF-1.7"))
    file_name = "invoice.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = "0" * 64
    entered_by = factory.SubFactory(UserFactory)


class DecisionFactory(OfProgrammeFactory[Decision]):
    """A recommendation that councils are deciding on; `councils` makes an awaiting row for each."""

    class Meta:
        model = Decision

    ref = factory.Sequence(lambda n: f"D-{n}")
    title = factory.Sequence(lambda n: f"Decision {n}")
    state = DecisionState.RATIFYING

    @factory.post_generation
    def councils(self, create: bool, extracted: Iterable[Council] | None, **kwargs: Any) -> None:
        """Make one awaiting council decision for each council given."""
        for index, council in enumerate(extracted or ()):
            CouncilDecisionFactory(decision=self, council=council, order_index=index)


class CouncilDecisionFactory(EditedFactory[CouncilDecision]):
    """One council's own decision, awaited; `decided` takes a whole date."""

    class Meta:
        model = CouncilDecision

    decision = factory.SubFactory(DecisionFactory)
    council = factory.SubFactory(CouncilFactory)


class CallInFactory(EditedFactory[CallIn]):
    """An open call-in of one council's decision."""

    class Meta:
        model = CallIn

    council_decision = factory.SubFactory(CouncilDecisionFactory)
    raised_at = factory.LazyFunction(timezone.now)
    grounds = "The cost to residents was not considered."


class DecisionConditionFactory(EditedFactory[DecisionCondition]):
    """A condition that is not met yet."""

    class Meta:
        model = DecisionCondition

    decision = factory.SubFactory(DecisionFactory)
    text = "The lease is signed."


def councils_of(programme: Programme) -> list[Council]:
    """The partner councils of a programme, in their fixed order."""
    memberships = programme.partnership.memberships.select_related("council").order_by("order_index")
    return [membership.council for membership in memberships]


def role(
    user: User,
    name: RoleName,
    *,
    council: Council | None = None,
    partnership: Partnership | None = None,
    from_on: date = date(2020, 1, 1),
    to_on: date | None = None,
) -> RoleHeld:
    """Give a person a role for a council or a partnership; a deputy's always has a last day."""
    if name == RoleName.DEPUTY_S151 and to_on is None:
        to_on = date(2099, 12, 31)
    return RoleHeld.objects.create(
        user=user, role=name, council=council, partnership=partnership, from_on=from_on, to_on=to_on
    )


def sign_in(client: Client, user: User) -> Client:
    """The same client, signed in as `user`."""
    client.force_login(user)
    return client


def plan_version(
    programme: Programme,
    number: int,
    *,
    amounts: Sequence[Amount] = (),
    dates: Sequence[tuple[Milestone, date | ImpreciseDate]] = (),
    effective_on: date = date(2026, 4, 1),
    approved_on: date | None = None,
) -> PlanVersion:
    """A plan version with all its entries; the milestones get their plan dates."""
    version = PlanVersion.objects.create(
        programme=programme,
        number=number,
        approved_on=approved_on or effective_on - timedelta(days=1),
        effective_on=effective_on,
        reason="" if number == 1 else "approved_delay",
        narrative="" if number == 1 else "The councils agreed to start one saving earlier and one later.",
        date_count=len(dates),
        amount_count=len(amounts),
        content_hash=_plan_hash(amounts, dates),
        entered_by=programme.created_by,
    )
    PlanAmount.objects.bulk_create(PlanAmount(plan_version=version, **_amount(entry)) for entry in amounts)
    for milestone, day in dates:
        PlanDate.objects.create(plan_version=version, milestone=milestone, **_date_columns("date", day))
        milestone.set_date("plan", _imprecise(day))
        milestone.save()
    return version


def plan_proposal(
    programme: Programme,
    *,
    based_on: PlanVersion | None = None,
    amounts: Sequence[Amount] = (),
    dates: Sequence[tuple[Milestone, date | ImpreciseDate]] = (),
    created_by: User | None = None,
    submitted_by: User | None = None,
    reason_code: str = "approved_delay",
    narrative: str = "The councils agreed to start one saving earlier and one later.",
) -> PlanProposal:
    """A proposed plan with all its entries; submitted where `submitted_by` is given."""
    author = created_by or programme.created_by
    proposal = PlanProposal.objects.create(
        programme=programme,
        number=based_on.number + 1 if based_on else 1,
        based_on=based_on,
        reason_code=reason_code if based_on else "first_plan",
        narrative=narrative,
        created_by=author,
        updated_by=author,
    )
    ProposalAmount.objects.bulk_create(ProposalAmount(proposal=proposal, **_amount(one)) for one in amounts)
    for milestone, day in dates:
        ProposalDate.objects.create(proposal=proposal, milestone=milestone, **_date_columns("date", day))
    if submitted_by is not None:
        proposal.state = ProposalState.SUBMITTED
        proposal.submitted_at, proposal.submitted_by = timezone.now(), submitted_by
        proposal.content_hash = _plan_hash(amounts, dates)
        proposal.save()
    return proposal


def forecast(
    programme: Programme,
    as_at_on: date,
    amounts: Sequence[Amount],
    *,
    entered_by: User | None = None,
    entered_at: datetime | None = None,
    explanation: str = "",
) -> ForecastSnapshot:
    """A forecast snapshot with its amounts, entered on the day it is as at unless told otherwise."""
    snapshot = ForecastSnapshot.objects.create(
        programme=programme,
        as_at_on=as_at_on,
        entered_by=entered_by or programme.created_by,
        entered_at=entered_at or _noon(as_at_on),
    )
    ForecastAmount.objects.bulk_create(
        ForecastAmount(snapshot=snapshot, explanation=explanation, **_amount(entry)) for entry in amounts
    )
    return snapshot


def _claimed() -> ActualAmount:
    line = LineFactory()
    return actual(line, councils_of(line.programme)[0], 2026, 1, 100)


def actual(
    line: Line,
    council: Council,
    fy: int,
    period: int,
    pence: int,
    *,
    entered_by: User | None = None,
    entered_at: datetime | None = None,
    verified_by: User | None = None,
    verified_at: datetime | None = None,
    **fields: Any,
) -> ActualAmount:
    """An amount claimed, and verified where `verified_by` is given."""
    times = {"entered_at": entered_at} if entered_at else {}
    entry = ActualAmount.objects.create(
        **_amount((line, council, fy, period, pence)),
        entered_by=entered_by or line.created_by,
        **times,
        **fields,
    )
    if verified_by:
        Verification.objects.create(
            actual=entry,
            outcome=Outcome.VERIFIED,
            verified_by=verified_by,
            verified_at=verified_at or entry.entered_at,
        )
    return entry


def deputy(
    council: Council,
    user: User | None = None,
    from_on: date = date(2026, 11, 1),
    to_on: date = date(2026, 12, 31),
    *,
    given_by: User | None = None,
) -> RoleHeld:
    """Someone who stands in for the section 151 officer of a council."""
    return RoleHeld.objects.create(
        user=user or UserFactory(),
        role=RoleName.DEPUTY_S151,
        council=council,
        from_on=from_on,
        to_on=to_on,
        given_by=given_by,
    )


def reduction(
    line: Line, council: Council, fy: int, *, code: str = "", pence: int = 10_00, **fields: Any
) -> BudgetReduction:
    """A budget of a council reduced for a line in a year; a new budget of £80,000 without a `code`."""
    named = {"ledger_code": code} if code else {}
    budget = BudgetLine.objects.filter(council=council, fy=fy, **named).first() if code else None
    budget = budget or BudgetLineFactory(council=council, fy=fy, **named)
    by = fields.pop("entered_by", None) or line.created_by
    return BudgetReduction.objects.create(
        line=line, budget_line=budget, amount_pence=pence, entered_by=by, **fields
    )


def period_close(council: Council, fy: int, period: int, *, by: User | None = None) -> PeriodClose:
    """A month that a council has closed."""
    return PeriodClose.objects.create(
        council=council, fy=fy, period=period, entered_by=by or council.created_by
    )


def _plan_hash(amounts: Sequence[Amount], dates: Sequence[tuple[Milestone, date | ImpreciseDate]]) -> str:
    days = [(milestone.ref, _imprecise(day)) for milestone, day in dates]
    return plan_hash(
        [(ref, day.first_on, day.last_on, day.precision) for ref, day in days],
        [(line.ref, council.key, fy, period, pence) for line, council, fy, period, pence in amounts],
    )


def _amount(entry: Amount) -> dict[str, Any]:
    line, council, fy, period, pence = entry
    return {"line": line, "council": council, "fy": fy, "period": period, "amount_pence": pence}


def _imprecise(day: date | ImpreciseDate) -> ImpreciseDate:
    return day if isinstance(day, ImpreciseDate) else ImpreciseDate.day(day)


def _date_columns(name: str, day: date | ImpreciseDate | None) -> dict[str, Any]:
    if day is None:
        return {}
    value = _imprecise(day)
    return {
        f"{name}_first_on": value.first_on,
        f"{name}_last_on": value.last_on,
        f"{name}_precision": value.precision,
        f"{name}_text": value.text,
    }


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001 - made aware


class ScrutinyRecommendationFactory(EditedFactory[ScrutinyRecommendation]):
    """Made on 2 November 2026."""

    class Meta:
        model = ScrutinyRecommendation

    programme = factory.SubFactory(ProgrammeFactory)
    ref = factory.Sequence(lambda n: f"SR-{n}")
    text = "Publish the shares of each council"
    made_on = date(2026, 11, 2)


class ReportFactory(EditedFactory[Report]):
    """A joint draft to 31 October 2026."""

    class Meta:
        model = Report

    programme = factory.SubFactory(ProgrammeFactory)
    as_of_on = date(2026, 10, 31)


class ReportAdditionFactory(EditedFactory[ReportAddition]):
    """What the exempt version of a draft adds to its section about milestones."""

    class Meta:
        model = ReportAddition

    report = factory.SubFactory(ReportFactory)
    place = "9"
    text = "The supplier may fail"
    publication_class = "exempt"
    exempt_paragraph = 3
    public_interest_reason = "Bids are still open"
    exempt_review_on = date(2027, 11, 24)


class BulletinFactory(EditedFactory[Bulletin]):
    """A draft about October 2026."""

    class Meta:
        model = Bulletin

    programme = factory.SubFactory(ProgrammeFactory)
    month_on = date(2026, 10, 1)


def sent_bulletin(programme: Programme, number: int = 1, month_on: date = date(2026, 9, 1)) -> SentBulletin:
    """A bulletin that was sent, with nothing in it."""
    draft: Bulletin = BulletinFactory(programme=programme, month_on=month_on)
    kept = to_bulletin_bytes(draft_content(draft, number=number, parts=()))
    sent = SentBulletin.objects.create(
        programme=programme,
        number=number,
        month_on=month_on,
        content=kept,
        content_hash=content_hash(kept),
        sent_by=draft.created_by,
    )
    Bulletin.objects.filter(pk=draft.pk).update(state=BulletinState.SENT, sent=sent)
    return sent


class OpenPageFactory(EditedFactory[OpenPage]):
    """A public page that is on."""

    class Meta:
        model = OpenPage

    programme = factory.SubFactory(ProgrammeFactory)
    is_on = True


class PublishingJobFactory(RowFactory[PublishingJob]):
    """A report that waits to be published."""

    class Meta:
        model = PublishingJob

    report = factory.SubFactory(ReportFactory)
    created_by = factory.SelfAttribute("report.created_by")


def edition_of(report: Report, number: int = 1, **contents: Content) -> Edition:
    """A report published as an edition; `contents` are what it says, by open and exempt."""
    edition = Edition.objects.create(
        programme=report.programme,
        council=report.council,
        number=number,
        as_of_on=report.as_of_on,
        corrects=report.corrects,
        what_changed=report.what_changed,
        published_by=report.created_by,
    )
    for version, content in (contents or {"open": Content("Benefits report", "", (), ())}).items():
        kept = to_bytes(content)
        edition.contents.create(is_exempt=version == "exempt", content=kept, content_hash=content_hash(kept))
    Report.objects.filter(pk=report.pk).update(state=ReportState.PUBLISHED, edition=edition)
    return edition


def scrutiny_response(programme: Programme, council: Council, **fields: Any) -> ScrutinyResponse:
    """An answer that a council's executive owes by 2 January 2027."""
    row = ScrutinyRecommendationFactory(programme=programme)
    given = {"response_due_on": date(2027, 1, 2), "created_by": row.created_by, "updated_by": row.created_by}
    return ScrutinyResponse.objects.create(recommendation=row, council=council, **given | fields)


def agreed_compensation(programme: Programme, ref: str = "D-77") -> Compensation:
    """Compensation of an issued case for the first council, agreed by a decision in effect.

    Each of the two others pays £600 in 2026 to 2027 and £400 in 2027 to 2028.
    """
    beneficiary, *payers = councils_of(programme)[:3]
    DecisionFactory(programme=programme, ref=ref, state=DecisionState.EFFECTIVE)
    case = BusinessCaseFactory(programme=programme)
    made = Compensation.objects.create(
        business_case=case,
        beneficiary=beneficiary,
        basis=TestBasis.NPV,
        decision_ref=ref,
        created_by=programme.created_by,
        updated_by=programme.created_by,
    )
    for fy, pence in ((2026, 600_00), (2027, 400_00)):
        made.payments.create(council=beneficiary, fy=fy, amount_pence=pence * len(payers))
        for payer in payers:
            made.payments.create(council=payer, fy=fy, amount_pence=-pence)
    case.state, case.content_hash = CaseState.ISSUED, "0" * 64
    case.issued_at, case.issued_by = case.created_at, programme.created_by
    case.save()
    return made

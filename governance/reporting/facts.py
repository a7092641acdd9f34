"""What a report is made of: each thing read once, when a section first asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from benefits.enums import Every, Outcome, Sums
from benefits.models import ActualAmount, Line
from benefits.panels import Panels
from benefits.queries.as_stated import StatedPart, figures_as_stated, read_stated
from benefits.queries.double_counts import DoubleCounts, double_counts
from benefits.queries.funds import FundStatement, fund_statements
from benefits.queries.ledgers import Ledgers, PartnerCouncil, read_ledgers
from benefits.queries.over_time import OverTime, over_time
from benefits.queries.plan_prices import prices_of_case
from benefits.queries.plans import VersionWorth, version_worth
from benefits.queries.register import BenefitRow, register_of
from benefits.queries.savings import SavingsAgainstPlan, summarise
from benefits.queries.scope import Choice, scope_of
from benefits.queries.stated import StatedFigures
from benefits.queries.stated_summary import StatedSummary, stated_summary
from benefits.queries.worth_now import worth_now
from benefits.rules.appraisal_years import left_out
from benefits.rules.plan_change import Prices
from core.clock import end_of
from core.publishing.content import Content
from core.rules.assessment import NotAssessable
from governance.models import ReportAddition
from governance.queries.decisions import Board, decision_board
from governance.queries.equity import EquityPanel, equity_panel
from governance.queries.scrutiny import RecommendationRow, recommendation_rows
from programme.models import Lesson, Programme
from programme.policies import Powers
from programme.queries.agreements import AgreementRow, partnership_agreements
from programme.queries.assurance.gate_reviews import GateReviewRow, gate_review_rows
from programme.queries.milestones import known_on
from programme.queries.programmes import ProgrammePage, programme_page
from programme.queries.risks import RiskRow, lessons_of, risk_rows
from services.enums import CaseState, CostType
from services.models import BusinessCase
from services.policies import Powers as OfficerPowers
from services.queries.appraisal import CaseAppraisal, appraise_case
from services.queries.appraisal_sensitivity import OptionSensitivity, option_sensitivity
from services.queries.fairness import Fairness, case_fairness
from services.rules.option_result import Measures

NO_CASE = NotAssessable("No business case has been issued")
# Nobody reads an edition in person: nothing in it depends on who made it.
NOBODY = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())
NO_OFFICER = OfficerPowers(0, frozenset(), frozenset())
_AGREED = (CaseState.APPROVED, CaseState.RECOMMENDED, CaseState.ISSUED)


@dataclass(frozen=True)
class Texts:
    """What people wrote for a report; what is empty is drafted from the figures, or said to be missing.

    `corrects` is the number of the edition that it corrects, and `what_changed` what that changes.
    """

    summary: str = ""
    request: str = ""
    disbenefits: str = ""
    harmonisation: str = ""
    next_report: str = ""
    narratives: dict[str, str] = field(default_factory=dict)
    corrects: int | None = None
    what_changed: str = ""


@dataclass(frozen=True)
class Facts:
    """One programme as it was recorded on `as_of`; with `council_key`, the report of that council alone.

    `previous` is what the last edition said, which this one is compared with; `additions` what the exempt
    version says beside its texts.
    """

    programme: Programme
    as_of: date
    council_key: str = ""
    texts: Texts = field(default_factory=Texts)
    previous: Content | None = None
    additions: tuple[ReportAddition, ...] = ()

    @cached_property
    def seen_on(self) -> date:
        """The day that all is judged on: for a case of the past the last day its source knew."""
        return known_on(self.programme, self.as_of)

    @cached_property
    def ledgers(self) -> Ledgers:
        """The three ledgers."""
        return read_ledgers(self.programme, as_of=self.seen_on)

    @cached_property
    def savings(self) -> SavingsAgainstPlan:
        """Savings against plan of what the report is about."""
        return self._savings(self.council_key)

    @cached_property
    def by_council(self) -> tuple[tuple[PartnerCouncil, SavingsAgainstPlan], ...]:
        """The same of each council, in the fixed order."""
        councils = [one for one in self.ledgers.councils if self.council_key in ("", one.key)]
        return tuple((council, self._savings(council.key)) for council in councils)

    @cached_property
    def panels(self) -> Panels:
        """The panels of the savings pages, with the sentences that they say."""
        choice = Choice(self.council_key, "", None, "")
        return Panels(self.programme, scope_of(self.programme, self.ledgers, choice, self.seen_on))

    @cached_property
    def in_years(self) -> OverTime:
        """The cashable saving of each financial year alone: what the chart of section 3 draws."""
        return over_time(self.panels.scope, Every.YEAR, Sums.IN_PERIOD)

    @cached_property
    def stated(self) -> StatedFigures:
        """What the sources of a case of the past state."""
        return read_stated(self.programme)

    @cached_property
    def stated_parts(self) -> tuple[StatedPart, ...]:
        """The same by section, in their order."""
        return figures_as_stated(self.stated)

    @cached_property
    def stated_summary(self) -> StatedSummary:
        """What they come to together."""
        return stated_summary(self.stated, horizon_years=self.programme.horizon_years or 1)

    @property
    def is_stated(self) -> bool:
        """Whether only stated figures are known, and no ledger."""
        return self.ledgers.is_empty and bool(self.stated.figures)

    @cached_property
    def benefits(self) -> tuple[BenefitRow, ...]:
        """The benefits register."""
        return register_of(self.programme, self.ledgers)

    @cached_property
    def doubles(self) -> DoubleCounts:
        """What may be counted twice, and what was said of it."""
        return double_counts(self.programme, as_of=self.seen_on)

    @cached_property
    def funds(self) -> list[FundStatement]:
        """Funds and their balances."""
        return fund_statements(self.programme)

    @cached_property
    def versions(self) -> list[VersionWorth]:
        """Plan versions, the latest first."""
        return version_worth(self.programme, as_of=self.seen_on)

    @cached_property
    def page(self) -> ProgrammePage:
        """Milestones and phases."""
        return programme_page(self.programme, as_of=self.as_of, powers=NOBODY)

    @cached_property
    def board(self) -> Board:
        """Decisions, each council's answer to each."""
        return decision_board(self.programme, as_of=self.seen_on, is_kept=True)

    @cached_property
    def equity(self) -> EquityPanel:
        """What each council gets, bears and does."""
        return equity_panel(self.programme, today=self.as_of)

    @cached_property
    def risks(self) -> list[RiskRow]:
        """The open entries of the registers, the highest score first."""
        return [row for row in risk_rows(self.programme, as_of=self.seen_on) if not row.is_closed]

    @cached_property
    def gate_reviews(self) -> list[GateReviewRow]:
        """Gate reviews with the answers to their checklists, the latest first."""
        return gate_review_rows(self.programme, as_of=self.seen_on)

    @cached_property
    def lessons(self) -> list[Lesson]:
        """What was learnt."""
        return lessons_of(self.programme)

    @cached_property
    def recommendations(self) -> list[RecommendationRow]:
        """What scrutiny asked for, and the answers."""
        return recommendation_rows(self.programme, powers=NO_OFFICER, as_of=self.seen_on)

    @cached_property
    def agreements(self) -> list[AgreementRow]:
        """Agreements of the partnership."""
        return partnership_agreements(self.programme.partnership_id, as_of=self.seen_on)

    @cached_property
    def case(self) -> CaseAppraisal | None:
        """The latest business case that was issued, appraised as files show it; None without one."""
        cases = BusinessCase.objects.filter(programme=self.programme, state__in=_AGREED)
        latest = cases.select_related("service").order_by("-issued_at", "-number", "-pk").first()
        return None if latest is None else appraise_case(latest, today=self.seen_on)

    @cached_property
    def case_prices(self) -> Prices | NotAssessable:
        """What brings amounts of the ledgers to the prices and rates of that case."""
        if self.case is None:
            return NO_CASE
        return prices_of_case(self.programme, self.case.case, as_of=self.seen_on)

    @cached_property
    def worth_now(self) -> Measures | NotAssessable:
        """What the programme, or the one council, is worth now over the years of that case."""
        if self.case is None:
            return NO_CASE
        service = self.case.case.service
        choice = Choice(self.council_key, service.ref if service else "", None, "")
        scope = scope_of(self.programme, self.ledgers, choice, self.seen_on)
        return worth_now(scope, self.case.fys, self.case_prices)

    @cached_property
    def outside_case(self) -> str:
        """Which years with amounts the case does not count; empty where it counts all."""
        return left_out(self.case.fys, {one.fy for one in self.ledgers.amounts}) if self.case else ""

    @cached_property
    def fairness(self) -> Fairness | None:
        """Whether any council is worse off in that case; None without one."""
        chosen = self.case.preferred if self.case else None
        return case_fairness(self.case, chosen) if self.case and chosen else None

    @cached_property
    def harmonisation_lines(self) -> frozenset[int]:
        """Keys of the lines that are costs of harmonising pay and terms. One query."""
        lines = Line.objects.filter(programme=self.programme, cost_type=CostType.HARMONISATION)
        return frozenset(lines.values_list("pk", flat=True))

    @cached_property
    def standing_amounts(self) -> list[ActualAmount]:
        """Amounts that councils had returned by the day, without those sent back. One query."""
        end = end_of(self.seen_on)
        rows = ActualAmount.objects.filter(line__programme=self.programme, entered_at__lt=end)
        rows = rows.exclude(verification__outcome=Outcome.RETURNED, verification__verified_at__lt=end)
        rows = rows.filter(council__key=self.council_key) if self.council_key else rows
        related = ("council", "verification__verified_by", "verification__deputy_role", "reverses")
        return list(rows.select_related(*related).order_by("pk"))

    @property
    def verified_amounts(self) -> list[ActualAmount]:
        """Those that an officer had verified by then."""
        end = end_of(self.seen_on)
        return [
            one
            for one in self.standing_amounts
            if hasattr(one, "verification") and one.verification.verified_at < end
        ]

    @cached_property
    def sensitivity(self) -> OptionSensitivity | None:
        """What that case was tested against; None without one."""
        chosen = self.case.preferred if self.case else None
        return option_sensitivity(self.case, chosen, has_range=False) if self.case and chosen else None

    def _savings(self, council: str) -> SavingsAgainstPlan:
        choice = Choice(council, "", None, "")
        return summarise(self.programme, scope_of(self.programme, self.ledgers, choice, self.seen_on))

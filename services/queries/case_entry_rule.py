"""Whether a business case passes the savings entry rule of its programme (F-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.calendar import financial_year
from programme.models import Council
from services.enums import LineKind
from services.models import BusinessCase, QualityJudgement, Service, ServiceCost
from services.queries.appraisal import CaseAppraisal, OptionAppraisal
from services.queries.entry_tests import reduction_asked
from services.queries.few_people import why_withheld
from services.rules.east_kent_rule import (
    DEFAULT_PERCENT,
    DEFAULT_YEAR_OF_OPERATION,
    EntryTest,
    amount_of_period,
    savings_entry_test,
    year_of_operation,
)
from services.rules.option_flows import FlowLine, benefits_by_year, recurring_by_year

BUDGET_KINDS = frozenset({LineKind.CASHABLE_SAVING, LineKind.INCOME})

Outcome = EntryTest | NotAssessable | NotApplicable | Withheld


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """What the partners ask: a percentage of the starting budget by a year of operation, and quality."""

    percent: Decimal = Decimal(DEFAULT_PERCENT)
    year: int = DEFAULT_YEAR_OF_OPERATION
    quality: str = ""


@dataclass(frozen=True, slots=True)
class StartingBudget:
    """What one council spends on the service in the year before go-live, in pence; None if not stated."""

    council: Council
    amount_pence: int | None


@dataclass(frozen=True, slots=True)
class CaseEntryRule:
    """The rule for one option: the year tested, its saving a year, the budgets, and how the test ends."""

    option: OptionAppraisal
    terms: RuleTerms
    days: tuple[date, date] | None
    budget_fy: int | None
    budgets: tuple[StartingBudget, ...]
    saving: int | NotAssessable | Withheld
    outcome: Outcome


def judgements_of(case: BusinessCase) -> list[QualityJudgement]:
    """What was judged of the quality of a version, the latest first. One query."""
    return list(case.quality_judgements.select_related("entered_by").order_by("-pk"))


def asked_terms(case: BusinessCase, judged: Sequence[QualityJudgement]) -> RuleTerms:
    """What a criterion of the programme asks, else 10% by year 2, and the latest judgement. One query."""
    percent = reduction_asked(case.programme)
    quality = judged[0].certainty if judged else ""
    return RuleTerms(quality=quality) if percent is None else RuleTerms(percent, quality=quality)


def case_entry_rules(
    appraisal: CaseAppraisal, options: Sequence[OptionAppraisal], terms: RuleTerms
) -> list[CaseEntryRule]:
    """The recurring cash saving of the year of operation of each option against the combined starting budget.

    The planned day of the service is go-live. Two queries, whatever the number of options.
    """
    service = appraisal.case.service
    planned = service.get_date("planned") if service else None
    if service is None or planned is None:
        why = NotAssessable("The case is for no single service with a planned day of go-live")
        return [CaseEntryRule(option, terms, None, None, (), why, why) for option in options]
    days = year_of_operation(planned.first_on, terms.year)
    budget_fy = financial_year(planned.first_on) - 1
    budgets = _budgets(service, appraisal.councils, budget_fy)
    found = []
    for option in options:
        saving = _saving(appraisal, option, days)
        outcome = _outcome(saving, budgets, terms) if isinstance(saving, int) else saving
        found.append(CaseEntryRule(option, terms, days, budget_fy, budgets, saving, outcome))
    return found


def _outcome(saving: int, budgets: Sequence[StartingBudget], terms: RuleTerms) -> Outcome:
    stated = {str(one.council): one.amount_pence for one in budgets}
    return savings_entry_test(saving, stated, terms.quality, percent=terms.percent)


def _budgets(service: Service, councils: Sequence[Council], fy: int) -> tuple[StartingBudget, ...]:
    """The starting budget of each partner that has the service."""
    costs = ServiceCost.objects.filter(provision__service=service, fy=fy)
    stated = dict(costs.values_list("provision__council", "amount_pence"))
    having = set(service.provisions.values_list("council", flat=True))
    return tuple(
        StartingBudget(council, stated.get(council.pk)) for council in councils if council.pk in having
    )


def _saving(
    appraisal: CaseAppraisal, option: OptionAppraisal, days: tuple[date, date]
) -> int | NotAssessable | Withheld:
    """What the budget falls by; withheld beside a line about few people, which it could single out."""
    if option.joint_change_withheld:
        return option.joint_change_withheld
    if option.missing:
        return option.missing[0]
    usual = appraisal.bau.lines if appraisal.bau else ()
    if option.protection.lines or (appraisal.bau and appraisal.bau.protection.lines):
        return why_withheld(option.protection)
    length = len(appraisal.fys)
    flows = zip(
        appraisal.fys, _recurring_cash(option.lines, length), _recurring_cash(usual, length), strict=True
    )
    return amount_of_period({fy: own - bau for fy, own, bau in flows}, *days)


def _recurring_cash(lines: Sequence[FlowLine], length: int) -> list[int]:
    """Cashable savings and income less recurring costs, by year: what moves the revenue budget."""
    cash = [line for line in lines if line.kind in BUDGET_KINDS]
    gains = benefits_by_year(cash, length=length)
    costs = recurring_by_year(lines, length=length)
    return [gain - cost for gain, cost in zip(gains, costs, strict=True)]

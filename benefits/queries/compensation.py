"""Compensation between the councils of a programme: what is due, paid, confirmed and outstanding (F-22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from benefits.models import CouncilPayment
from benefits.rules.payments import YearDue
from core.rules.assessment import Withheld
from core.rules.calendar import financial_year
from programme.models import Council, Programme
from services.enums import CaseState, TestBasis
from services.models import BusinessCase, Compensation
from services.policies import Powers, powers_of
from services.queries.appraisal import appraise_case
from services.queries.decision_choices import DecisionChoice, decisions_of
from services.queries.fairness import case_fairness
from services.queries.few_people import lines_withheld

# A draft’s compensation is its own matter; of a version that no longer counts nothing is due.
_COUNTS = (CaseState.ISSUED, CaseState.RECOMMENDED, CaseState.APPROVED)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One payer’s part of an arrangement in one year."""

    payer: Council
    year: YearDue


@dataclass(frozen=True, slots=True)
class TrackedCompensation:
    """One arrangement, the decision that it names, what is due by payer and year, and every payment."""

    compensation: Compensation
    decision: DecisionChoice | None
    rows: tuple[DueRow, ...]
    payments: tuple[CouncilPayment, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether its decision is in force, so that it is due."""
        return self.decision is not None and self.decision.is_in_force

    def year_of(self, payer: Council, fy: int) -> YearDue:
        """What the payer owes for the year; nothing where the schedule does not name it."""
        found = (row.year for row in self.rows if (row.payer.pk, row.year.fy) == (payer.pk, fy))
        return next(found, YearDue(fy, 0))


@dataclass(frozen=True, slots=True)
class CompensationBalance:
    """Every arrangement of a programme that counts, as one person may see it.

    `withheld` says why some are left out: what is paid tells the figures that it makes good.
    """

    tracked: tuple[TrackedCompensation, ...]
    withheld: Withheld | None

    @property
    def agreed(self) -> tuple[TrackedCompensation, ...]:
        """Those that are due."""
        return tuple(one for one in self.tracked if one.is_agreed)

    @property
    def binding(self) -> TestBasis | None:
        """The basis of what is agreed, else of what is proposed; None where there is not one."""
        used = {TestBasis(one.compensation.basis) for one in self.agreed or self.tracked}
        return used.pop() if len(used) == 1 else None

    def scheduled(self) -> dict[int, dict[int, int]]:
        """What each council receives (positive) or pays by agreement, by council and year."""
        return _flows(
            (row.payer.pk, one.compensation.beneficiary_id, row.year.fy, row.year.due_pence)
            for one in self.agreed
            for row in one.rows
        )

    def paid(self) -> dict[int, dict[int, int]]:
        """What has changed hands so far, by council and the year of payment."""
        return _flows(
            (row.payer_id, row.receiver_id, financial_year(row.paid_on), row.amount_pence)
            for one in self.agreed
            for row in one.payments
            if not waits(row)
        )

    def to_come(self, as_of: date) -> dict[int, dict[int, int]]:
        """What is still due, by council and year; what is late is expected this year."""
        this_fy = financial_year(as_of)
        return _flows(
            (
                row.payer.pk,
                one.compensation.beneficiary_id,
                max(this_fy, row.year.fy),
                max(0, row.year.outstanding_pence),
            )
            for one in self.agreed
            for row in one.rows
        )


def compensation_balance(programme: Programme, user: User) -> CompensationBalance:
    """What is due and paid between the councils. Four queries without any arrangement, nine with one case."""
    powers = powers_of(user, programme)
    stored = list(_stored(programme))
    if not stored:
        return CompensationBalance((), None)
    hidden = _hidden(stored, powers)
    decisions = {choice.ref: choice for choice in decisions_of(programme)}
    shown = [one for one in stored if one.business_case_id not in hidden]
    payments = _payments(shown)
    tracked = tuple(_track(one, decisions.get(one.decision_ref), payments.get(one.pk, [])) for one in shown)
    return CompensationBalance(tracked, next(iter(hidden.values()), None))


def tracked_for(compensation: Compensation, user: User) -> TrackedCompensation | Withheld:
    """One arrangement as a person may see it, read anew; lock it before relying on what is due."""
    balance = compensation_balance(compensation.business_case.programme, user)
    found = (one for one in balance.tracked if one.compensation.pk == compensation.pk)
    return next(found, None) or balance.withheld or Withheld("This version of the case no longer counts")


def _stored(programme: Programme) -> QuerySet[Compensation]:
    rows = Compensation.objects.filter(business_case__programme=programme, business_case__state__in=_COUNTS)
    return (
        rows.select_related("business_case__programme__partnership", "beneficiary")
        .prefetch_related("payments__council")
        .order_by("pk")
    )


def _hidden(stored: Sequence[Compensation], powers: Powers) -> dict[int, Withheld]:
    """Cases whose figures are withheld from the person, with the reason. One query a case."""
    cases: dict[int, BusinessCase] = {one.business_case_id: one.business_case for one in stored}
    found: dict[int, Withheld] = {}
    for case in cases.values():
        if not lines_withheld(case, opens_exempt=powers.opens_exempt):
            continue
        appraisal = appraise_case(case, powers)
        withheld = case_fairness(appraisal, appraisal.preferred).withheld if appraisal.preferred else None
        if withheld:
            found[case.pk] = withheld
    return found


def _payments(compensations: Sequence[Compensation]) -> dict[int, list[CouncilPayment]]:
    rows = CouncilPayment.objects.filter(compensation__in=[one.pk for one in compensations])
    found: dict[int, list[CouncilPayment]] = defaultdict(list)
    for row in rows.select_related(
        "payer",
        "receiver",
        "entered_by",
        "receipt__entered_by",
        "reversed_by__receipt",
        "reverses__receipt",
    ).order_by("paid_on", "pk"):
        found[row.compensation_id].append(row)
    return found


def is_confirmed(payment: CouncilPayment) -> bool:
    """Whether the receiver has confirmed it: a payment that it came, a reversal that it did not stay."""
    return hasattr(payment, "receipt")


def waits(payment: CouncilPayment) -> bool:
    """Whether it is the reversal of a confirmed payment that the receiver has not confirmed.

    Until the receiver does, the payment counts as it did.
    """
    reverses = payment.reverses
    return reverses is not None and hasattr(reverses, "receipt") and not hasattr(payment, "receipt")


def _track(
    compensation: Compensation, decision: DecisionChoice | None, payments: Sequence[CouncilPayment]
) -> TrackedCompensation:
    due: dict[tuple[int, int], int] = defaultdict(int)
    councils: dict[int, Council] = {}
    for row in compensation.payments.all():
        if row.amount_pence < 0:
            due[row.council_id, row.fy] -= row.amount_pence
            councils[row.council_id] = row.council
    paid: dict[tuple[int, int], int] = defaultdict(int)
    confirmed: dict[tuple[int, int], int] = defaultdict(int)
    for payment in payments:
        key = payment.payer_id, payment.fy
        councils.setdefault(payment.payer_id, payment.payer)
        if waits(payment):
            continue
        paid[key] += payment.amount_pence
        confirmed[key] += payment.amount_pence if is_confirmed(payment) else 0
    keys = sorted(due.keys() | paid.keys(), key=lambda key: (key[1], councils[key[0]].short_name))
    rows = tuple(
        DueRow(councils[payer], YearDue(fy, due[payer, fy], paid[payer, fy], confirmed[payer, fy]))
        for payer, fy in keys
    )
    return TrackedCompensation(compensation, decision, rows, tuple(payments))


def _flows(moves: Iterable[tuple[int, int, int, int]]) -> dict[int, dict[int, int]]:
    """Payments as what each council has in each year; each is taken from one and given to the other."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for payer, receiver, fy, pence in moves:
        found[payer][fy] -= pence
        found[receiver][fy] += pence
    return {council: dict(years) for council, years in found.items()}


def flow_of(flows: Mapping[int, Mapping[int, int]], council: int, fy: int) -> int:
    """What a council has of such flows in one year."""
    return flows.get(council, {}).get(fy, 0)

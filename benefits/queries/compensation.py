"""Compensation between the councils of a programme: what is due, paid, confirmed and outstanding (F-22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from benefits.models import CouncilPayment
from benefits.rules.payments import YearDue
from core.rules.assessment import Withheld
from core.rules.calendar import financial_year
from programme.models import Council, Programme
from programme.queries.partners import partners_over_time_of
from services.enums import CaseState, TestBasis
from services.models import BusinessCase, BusinessCaseLine, Compensation, CompensationPayment
from services.policies import Powers, powers_in
from services.queries.appraisal import appraise_case
from services.queries.decision_choices import DecisionChoice, decisions_of_each
from services.queries.fairness import case_fairness
from services.queries.few_people import is_private, lines_withheld

# A draft’s compensation is its own matter; of a version that no longer counts nothing is due.
_COUNTS = (CaseState.ISSUED, CaseState.RECOMMENDED, CaseState.APPROVED)
NO_LONGER = Withheld("This version of the case no longer counts")


@dataclass(frozen=True, slots=True)
class DueRow:
    """One payer’s part of an arrangement in one year; nothing is due before the arrangement is agreed."""

    payer: Council
    receiver: Council
    year: YearDue
    is_agreed: bool

    @property
    def due_pence(self) -> int | None:
        """What is to be paid for the year; None where nothing is agreed."""
        return self.year.due_pence if self.is_agreed else None

    @property
    def outstanding_pence(self) -> int | None:
        """What is still to be paid of it; None where nothing is agreed."""
        return self.year.outstanding_pence if self.is_agreed else None


@dataclass(frozen=True, slots=True)
class TrackedCompensation:
    """One arrangement, the decision that it names, what is due by payer and year, and every payment.

    Payments that were made under an earlier version of the case are among them. `approved` is the version
    that stands, where the arrangement is of a later one that councils have not approved. `is_agreed` once
    its decision is in force and its version the one that counts, so that it is due.
    """

    compensation: Compensation
    decision: DecisionChoice | None
    approved: BusinessCase | None
    is_agreed: bool
    rows: tuple[DueRow, ...]
    payments: tuple[CouncilPayment, ...]

    @property
    def is_over(self) -> bool:
        """Whether its version no longer counts: it is here for what was paid."""
        return not _counts(self.compensation)

    @property
    def outstanding_pence(self) -> int:
        """What is still due, in all years."""
        return sum(row.outstanding_pence or 0 for row in self.rows)

    def year_of(self, payer: Council, fy: int) -> YearDue:
        """What the payer owes for the year; nothing where the schedule does not name it."""
        found = (row.year for row in self.rows if (row.payer.pk, row.year.fy) == (payer.pk, fy))
        return next(found, YearDue(fy, 0))


@dataclass(frozen=True, slots=True)
class CompensationBalance:
    """Every arrangement of a programme that counts or was paid under, as one person may see it.

    `withheld` says why some are left out: what is paid tells the figures that it makes good.
    """

    tracked: tuple[TrackedCompensation, ...]
    withheld: Withheld | None

    @property
    def agreed(self) -> tuple[TrackedCompensation, ...]:
        """Those that are due."""
        return tuple(one for one in self.tracked if one.is_agreed)

    @property
    def rows(self) -> tuple[DueRow, ...]:
        """Every payer’s part by year, due or not: what a table or file of the balance lists."""
        return tuple(row for one in self.tracked for row in one.rows)

    @property
    def binding(self) -> TestBasis | None:
        """The basis of what is agreed, else of what is proposed; None where there is not one."""
        proposed = tuple(one for one in self.tracked if not one.is_over)
        used = {TestBasis(one.compensation.basis) for one in self.agreed or proposed}
        return used.pop() if len(used) == 1 else None

    def scheduled(self) -> dict[int, dict[int, int]]:
        """What each council receives (positive) or pays by agreement, by council and year."""
        return _flows((row.payer.pk, row.receiver.pk, row.year.fy, row.due_pence or 0) for row in self.rows)

    def paid(self, last_fy: int | None = None) -> dict[int, dict[int, int]]:
        """What has changed hands so far, by council and the year of payment, whatever became of the case.

        What was paid for a year up to `last_fy` counts in that year at the latest.
        """
        return _flows(
            (
                row.payer_id,
                row.receiver_id,
                _counted_fy(financial_year(row.paid_on), row.fy, last_fy),
                row.amount_pence,
            )
            for one in self.tracked
            for row in one.payments
            if not row.waits
        )

    def to_come(self, as_of: date, last_fy: int | None = None) -> dict[int, dict[int, int]]:
        """What is still due, by council and year; what is late is expected this year.

        What is due for a year up to `last_fy` counts in that year at the latest.
        """
        this_fy = financial_year(as_of)
        return _flows(
            (
                row.payer.pk,
                row.receiver.pk,
                _counted_fy(max(this_fy, row.year.fy), row.year.fy, last_fy),
                row.outstanding_pence or 0,
            )
            for row in self.rows
        )


def compensation_balance(programme: Programme, user: User) -> CompensationBalance:
    """What is due and paid between the councils. One query without any, nine with one case."""
    return compensation_balances([programme], user)[programme.pk]


def compensation_balances(programmes: Sequence[Programme], user: User) -> dict[int, CompensationBalance]:
    """The same of each programme, by its primary key; the number of programmes adds no query.

    A case adds some only where it, or another version of it, has lines that may have to be withheld.
    """
    stored = _stored(programmes)
    found = {one.pk: CompensationBalance((), None) for one in programmes}
    if not stored:
        return found
    chains = _chains(stored)
    hidden = _hidden(chains, powers_in(user, programmes))
    shown = [chain for chain in chains if not hidden.keys() & {one.business_case_id for one in chain}]
    payments = _payments(one for chain in shown for one in chain)
    decisions, councils = decisions_of_each(programmes), _councils(programmes)
    for programme in programmes:
        own = [chain for chain in shown if chain[-1].business_case.programme_id == programme.pk]
        known = {choice.ref: choice for choice in decisions[programme.pk]}
        tracked = tuple(
            _track(chain, stored, payments, known, councils[programme.partnership_id]) for chain in own
        )
        withheld = (
            hidden[one.business_case_id]
            for chain in chains
            for one in chain
            if one.business_case_id in hidden and one.business_case.programme_id == programme.pk
        )
        found[programme.pk] = CompensationBalance(tracked, next(withheld, None))
    return found


def _track(
    chain: Sequence[Compensation],
    stored: Sequence[Compensation],
    payments: Mapping[int, Sequence[CouncilPayment]],
    decisions: Mapping[str, DecisionChoice],
    councils: Sequence[Council],
) -> TrackedCompensation:
    *_, last = chain
    made = [payment for one in chain for payment in payments[one.pk]]
    made.sort(key=lambda payment: (payment.paid_on, payment.pk))
    decision, approved = decisions.get(last.decision_ref), _approved(stored, last)
    is_agreed = _counts(last) and approved is None and decision is not None and decision.is_in_force
    rows = tuple(_due_rows(last, made, councils, is_agreed))
    return TrackedCompensation(last, decision, approved, is_agreed, rows, tuple(made))


def _councils(programmes: Iterable[Programme]) -> dict[int, list[Council]]:
    """The councils that enter, in their fixed order, by partnership. One or two queries."""
    found = partners_over_time_of({one.partnership_id for one in programmes})
    return {key: [one.council for one in own] for key, own in found.items()}


def tracked_for(compensation: Compensation, user: User) -> TrackedCompensation | Withheld:
    """One arrangement that counts, as a person may see it, read anew; lock it before relying on it."""
    balance = compensation_balance(compensation.business_case.programme, user)
    found = (one for one in balance.tracked if one.compensation.pk == compensation.pk and not one.is_over)
    return next(found, None) or balance.withheld or NO_LONGER


def holding(payment: CouncilPayment, user: User) -> TrackedCompensation | Withheld:
    """The arrangement in which a payment counts now, whichever version of the case it was made under."""
    balance = compensation_balance(payment.compensation.business_case.programme, user)
    return (
        next((one for one in balance.tracked if payment in one.payments), None)
        or balance.withheld
        or NO_LONGER
    )


def _stored(programmes: Iterable[Programme]) -> list[Compensation]:
    """Arrangements of versions that count, and those under which something was paid."""
    own = CompensationPayment.objects.select_related("council")
    rows = Compensation.objects.filter(business_case__programme__in=programmes).filter(
        Q(business_case__state__in=_COUNTS)
        | Exists(CouncilPayment.objects.filter(compensation=OuterRef("pk")))
    )
    return list(
        rows.select_related("business_case__programme__partnership", "beneficiary")
        .prefetch_related(Prefetch("payments", own))
        .order_by("business_case__number", "pk")
    )


def _counts(compensation: Compensation) -> bool:
    return compensation.business_case.state in _COUNTS


def _is_approved(compensation: Compensation) -> bool:
    return compensation.business_case.state == CaseState.APPROVED


def _case_and_council(compensation: Compensation) -> tuple[int, str, int]:
    """What an arrangement is of in whatever version: the case and the council that is paid."""
    case = compensation.business_case
    return case.programme_id, case.ref, compensation.beneficiary_id


def _chains(stored: Sequence[Compensation]) -> list[list[Compensation]]:
    """Each arrangement that counts, after those of versions that no longer do whose payments it takes on.

    What was paid to a council under an earlier version of the case is taken off what the approved version
    makes due, on the same basis if it can be. Where no version takes them on, they stand by themselves.
    """
    standing = [one for one in stored if _counts(one)]
    before: dict[int, list[Compensation]] = defaultdict(list)
    alone: dict[tuple[int, str, int], list[Compensation]] = defaultdict(list)
    for one in stored:
        if _counts(one):
            continue
        same = _case_and_council(one)
        after = [other for other in standing if _case_and_council(other) == same]
        if after:
            before[min(after, key=_distance(one)).pk].append(one)
        else:
            alone[same].append(one)
    return [*([*before[one.pk], one] for one in standing), *alone.values()]


def _distance(one: Compensation) -> Callable[[Compensation], tuple[bool, bool, int]]:
    return lambda other: (not _is_approved(other), other.basis != one.basis, other.pk)


def _approved(stored: Sequence[Compensation], proposed: Compensation) -> BusinessCase | None:
    """The approved version that stands until councils approve the one of an arrangement."""
    if _is_approved(proposed):
        return None
    same = _case_and_council(proposed)
    found = (one for one in stored if _is_approved(one) and _case_and_council(one) == same)
    return next((one.business_case for one in found), None)


def _hidden(chains: Sequence[Sequence[Compensation]], powers: Mapping[int, Powers]) -> dict[int, Withheld]:
    """Cases whose figures are withheld from the person, with the reason.

    One query, and more for each case of which a version has a private line.
    """
    cases: dict[int, BusinessCase] = {
        one.business_case_id: one.business_case for chain in chains for one in chain
    }
    private = BusinessCaseLine.objects.filter(
        is_private(), business_case__programme__in={case.programme_id for case in cases.values()}
    )
    named = set(private.values_list("business_case__programme", "business_case__ref"))
    found: dict[int, Withheld] = {}
    for case in cases.values():
        own = powers[case.programme_id]
        if (case.programme_id, case.ref) not in named or not lines_withheld(
            case, opens_exempt=own.opens_exempt
        ):
            continue
        appraisal = appraise_case(case, own)
        withheld = case_fairness(appraisal, appraisal.preferred).withheld if appraisal.preferred else None
        if withheld:
            found[case.pk] = withheld
    return found


def _payments(compensations: Iterable[Compensation]) -> dict[int, list[CouncilPayment]]:
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


def _due_rows(
    compensation: Compensation,
    payments: Sequence[CouncilPayment],
    councils: Sequence[Council],
    is_agreed: bool,
) -> Iterator[DueRow]:
    """Payers in their fixed order within each year."""
    due: dict[tuple[int, int], int] = defaultdict(int)
    paid: dict[tuple[int, int], int] = defaultdict(int)
    confirmed: dict[tuple[int, int], int] = defaultdict(int)
    payers: dict[int, Council] = {}
    if _counts(compensation):
        for row in compensation.payments.all():
            if row.amount_pence < 0:
                due[row.council_id, row.fy] -= row.amount_pence
                payers[row.council_id] = row.council
    for payment in payments:
        key = payment.payer_id, payment.fy
        payers[payment.payer_id] = payment.payer
        if not payment.waits:
            paid[key] += payment.amount_pence
            confirmed[key] += payment.amount_pence if payment.is_confirmed else 0
    order = {council.pk: place for place, council in enumerate(councils)}
    keys = due.keys() | paid.keys()
    for payer, fy in sorted(keys, key=lambda key: (key[1], order.get(key[0], len(order)), key[0])):
        year = YearDue(fy, due[payer, fy], paid[payer, fy], confirmed[payer, fy])
        yield DueRow(payers[payer], compensation.beneficiary, year, is_agreed)


def _flows(moves: Iterable[tuple[int, int, int, int]]) -> dict[int, dict[int, int]]:
    """Payments as what each council has in each year; each is taken from one and given to the other."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for payer, receiver, fy, pence in moves:
        found[payer][fy] -= pence
        found[receiver][fy] += pence
    return {council: dict(years) for council, years in found.items()}


def _counted_fy(fy: int, own_fy: int, last_fy: int | None) -> int:
    return fy if last_fy is None else min(fy, max(own_fy, last_fy))


def flow_of(flows: Mapping[int, Mapping[int, int]], council: int, fy: int) -> int:
    """What a council has of such flows in one year."""
    return flows.get(council, {}).get(fy, 0)

"""The no-worse-off test and compensation in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.exports.tables import Value
from core.rules.calendar import fy_file_key
from services.appraisal_files.fields import Field, FileTable, Place, Unit
from services.enums import TestBasis
from services.models import Compensation
from services.queries.agreements import Agreement
from services.queries.appraisal_report import AppraisalReport
from services.queries.fairness import CouncilTest, Payment
from services.rules.compensation import CompensationProposal
from services.rules.no_worse_off import CouncilPosition


@dataclass(frozen=True, slots=True)
class OptionTest:
    """One council's test of one option."""

    option: str
    test: CouncilTest


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one council would receive or pay on one basis, or why that is not said."""

    option: str
    basis: TestBasis
    council: str
    balance: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Agreed:
    """One payment of a stored arrangement."""

    agreement: Agreement
    payment: Payment

    @property
    def compensation(self) -> Compensation:
        """The stored arrangement."""
        return self.agreement.arrangement.compensation


def position_table(report: AppraisalReport) -> FileTable[OptionTest]:
    """Each council's position in cash and in net present value."""

    def of(value: Callable[[CouncilPosition], Value]) -> Callable[[OptionTest], Value]:
        def figure(row: OptionTest) -> Value:
            position = row.test.position
            return value(position) if isinstance(position, CouncilPosition) else position

        return figure

    return FileTable(
        "no_worse_off",
        "Is each council no worse off?",
        [
            Field("option", "Option", lambda row: row.option, place=Place.OPTION),
            Field("council", "Council", lambda row: str(row.test.council), place=Place.COUNCIL),
            Field("basis", "Basis", lambda row: str(row.test.basis.label), place=Place.ITEM),
            Field("net", "Net against business as usual", of(lambda one: one.net_pence), Unit.MONEY),
            Field("compensation", "Compensation", of(lambda one: one.compensation_pence), Unit.MONEY),
            Field("after", "After compensation", of(lambda one: one.after_pence), Unit.MONEY),
            Field("is_passed", "No worse off", of(lambda one: "yes" if one.is_passed else "no")),
        ],
        [
            OptionTest(fairness.option.option.ref, test)
            for fairness in report.fairness
            for test in fairness.tests
        ],
    )


def proposal_table(report: AppraisalReport) -> FileTable[Proposed]:
    """What payments would make no council worse off."""
    rows = []
    for fairness in report.fairness:
        ref = fairness.option.option.ref
        for basis, found in fairness.proposals.items():
            for name in report.appraisal.names:
                is_known = isinstance(found, CompensationProposal)
                balance = found.balance_pence[name] if isinstance(found, CompensationProposal) else found
                after = found.after_pence[name] if isinstance(found, CompensationProposal) else found
                if balance or not is_known:
                    rows.append(Proposed(ref, basis, name, balance, after))
    return FileTable(
        "compensation_proposed",
        "Payments that would leave no council worse off",
        [
            Field("option", "Option", lambda row: row.option, place=Place.OPTION),
            Field("basis", "Basis", lambda row: str(row.basis.label), place=Place.ITEM),
            Field("council", "Council", lambda row: row.council, place=Place.COUNCIL),
            Field("balance", "Receives, or pays if negative", lambda row: row.balance, Unit.MONEY),
            Field("after", "Position after it", lambda row: row.after, Unit.MONEY),
        ],
        rows,
    )


def payment_table(report: AppraisalReport) -> FileTable[Agreed]:
    """The payments of every stored arrangement, and where the decision stands that agrees it."""
    return FileTable(
        "compensation_agreed",
        "Compensation recorded",
        [
            Field(
                "beneficiary",
                "For",
                lambda row: (
                    f"{row.compensation.beneficiary}, {str(row.compensation.get_basis_display()).lower()}"
                ),
                place=Place.ITEM,
            ),
            Field("council", "Council", lambda row: str(row.payment.council), place=Place.COUNCIL),
            Field(
                "financial_year", "Financial year", lambda row: fy_file_key(row.payment.fy), place=Place.YEAR
            ),
            Field(
                "amount", "Receives, or pays if negative", lambda row: row.payment.amount_pence, Unit.MONEY
            ),
            Field("decision", "Decision", lambda row: row.compensation.decision_ref or None),
            Field("decision_state", "State of the decision", lambda row: _state(row.agreement)),
            Field("is_agreed", "Agreed", lambda row: "yes" if row.agreement.is_agreed else "no"),
        ],
        [Agreed(one, payment) for one in report.agreements for payment in one.arrangement.payments],
    )


def _state(agreement: Agreement) -> str | None:
    """Where the named decision stands; None where none is named, or none of this programme."""
    return agreement.decision.state if agreement.decision else None

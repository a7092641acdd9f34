"""Files of the pages about fairness: one ordered column specification each, on the query of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benefits.models import CouncilPayment
from benefits.queries.compensation import CompensationBalance, DueRow, TrackedCompensation
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.no_worse_off import Missing, NoWorseOffTests, NowParts, Standing, StandingTest
from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import fy_file_key
from services.enums import TestBasis
from services.rules.no_worse_off import CouncilPosition

NOT_SPLIT = NotApplicable("Only today’s position in cash is made of what came and what is to come")

NOT_DUE = NotApplicable("Nothing is due under an arrangement that is not agreed, or no longer counts")


@dataclass(frozen=True, slots=True)
class WorseOffRow:
    """One council in one test, or why it cannot be worked out.

    `parts` says of today’s position in cash what was verified, what is claimed, and what is to come.
    """

    test: StandingTest
    council: PartnerCouncil
    position: CouncilPosition | Missing
    parts: NowParts | NotAssessable | NotApplicable


def no_worse_off_table(result: NoWorseOffTests, council: str = "") -> Table[WorseOffRow]:
    """A row a test and council; of the council of that key alone where one is named."""
    rows = [row for row in worse_off_rows(result) if council in ("", row.council.key)]
    return Table("no-worse-off", "Is any council worse off?", _WORSE_OFF_COLUMNS, rows)


def worse_off_rows(result: NoWorseOffTests) -> Iterator[WorseOffRow]:
    """Every council of every test, in order."""
    for test in result.tests:
        is_split = (test.standing, test.basis) == (Standing.NOW, TestBasis.NOMINAL)
        parts = result.now if is_split else (NOT_SPLIT,) * len(result.councils)
        for council, position, part in zip(result.councils, test.positions, parts, strict=True):
            yield WorseOffRow(test, council, position, part)


def balance_table(balance: CompensationBalance) -> Table[tuple[TrackedCompensation, DueRow]]:
    """A row a payer and year, as on the page."""
    rows = [(one, row) for one in balance.tracked for row in one.rows]
    return Table("compensation", "Compensation due and paid", _BALANCE_COLUMNS, rows)


def payment_table(balance: CompensationBalance) -> Table[CouncilPayment]:
    """A row a payment, reversals among them."""
    rows = [row for one in balance.tracked for row in one.payments]
    return Table("payments", "Payments of compensation", _PAYMENT_COLUMNS, rows)


def _of(value: Callable[[CouncilPosition], Value]) -> Callable[[WorseOffRow], Value]:
    return lambda row: value(row.position) if isinstance(row.position, CouncilPosition) else row.position


def _part(value: Callable[[NowParts], int]) -> Callable[[WorseOffRow], Value]:
    return lambda row: value(row.parts) if isinstance(row.parts, NowParts) else row.parts


def _due(pence: int | None) -> Value:
    return NOT_DUE if pence is None else pence


def _standing(row: WorseOffRow) -> str:
    return Standing(row.test.standing).label


_WORSE_OFF_COLUMNS: list[Column[WorseOffRow]] = [
    Column("Worked out from", _standing),
    Column("Basis", lambda row: str(row.test.basis.label)),
    Column("Council", lambda row: row.council.name),
    Column("Verified so far", _part(lambda part: part.verified_pence), Format.MONEY),
    Column("Claimed, not verified", _part(lambda part: part.claimed_pence), Format.MONEY),
    Column("Still to come", _part(lambda part: part.to_come_pence), Format.MONEY),
    Column("Net position", _of(lambda one: one.net_pence), Format.MONEY),
    Column("Compensation", _of(lambda one: one.compensation_pence), Format.MONEY),
    Column("After compensation", _of(lambda one: one.after_pence), Format.MONEY),
    Column("No worse off", _of(lambda one: "Yes" if one.is_passed else "No")),
]
_BALANCE_COLUMNS: list[Column[tuple[TrackedCompensation, DueRow]]] = [
    Column("Arrangement", lambda pair: str(pair[0].compensation)),
    Column("Agreed", lambda pair: "Yes" if pair[0].is_agreed else "No"),
    Column("From", lambda pair: str(pair[1].payer)),
    Column("To", lambda pair: str(pair[1].receiver)),
    Column("Financial year", lambda pair: fy_file_key(pair[1].year.fy)),
    Column("Due", lambda pair: _due(pair[1].due_pence), Format.MONEY),
    Column("Paid", lambda pair: pair[1].year.paid_pence, Format.MONEY),
    Column("Confirmed", lambda pair: pair[1].year.confirmed_pence, Format.MONEY),
    Column("Outstanding", lambda pair: _due(pair[1].outstanding_pence), Format.MONEY),
]
_PAYMENT_COLUMNS: list[Column[CouncilPayment]] = [
    Column("Paid on", lambda row: row.paid_on, Format.DATE),
    Column("From", lambda row: str(row.payer)),
    Column("To", lambda row: str(row.receiver)),
    Column("Financial year", lambda row: fy_file_key(row.fy)),
    Column("Amount", lambda row: row.amount_pence, Format.MONEY),
    Column("Confirmed", lambda row: "Yes" if row.is_confirmed else "No"),
    Column("State", lambda row: str(row.state.label)),
    Column("Evidence", lambda row: row.evidence),
    Column("Reversal of an earlier payment because", lambda row: row.explanation),
    Column("Entered by", lambda row: str(row.entered_by)),
]

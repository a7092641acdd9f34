"""Section 4: what each council gets and bears, by which key, and whether any is worse off (F-21, F-35)."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.enums import EquitySubject
from core.exports.tables import Column, Format, Table, Value
from core.publishing.content import Block, Words
from governance.queries.equity import PanelRow
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.tracing import page
from services.queries.fairness import CouncilTest, verdict
from services.rules.no_worse_off import CouncilPosition

_BASES = 2
_MONEY = (EquitySubject.NET, EquitySubject.COST)
Share = tuple[PanelRow, str, Value, Value]


def shares(facts: Facts) -> list[Block]:
    """Shares of net saving and one-off cost beside the agreed keys, in words which keys those are."""
    compared = [row for row in facts.equity.rows if row.comparison.subject in _MONEY][:_BASES]
    rows = [row for one in compared for row in _rows(facts, one)]
    columns: list[Column[Share]] = [
        Column("What is shared", lambda row: row[0].comparison.measured),
        Column("Council", lambda row: row[1]),
        Column("Share, %", lambda row: row[2], Format.PERCENT),
        Column("Compared with", lambda row: row[0].comparison.compared_with),
        Column("Share compared with, %", lambda row: row[3], Format.PERCENT),
    ]
    keys = dict.fromkeys(
        f"{one.comparison.measured}: {one.comparison.note.rstrip(chr(46))}."
        for one in compared
        if one.comparison.note
    )
    table = Table("", "Share of each council, current plan, whole period", columns, rows, "%")
    address = page("governance:equity_page", facts.programme.key)
    return [frozen(table, "council-shares", notes=keys, trace=address)] if rows else []


def no_worse_off(facts: Facts) -> list[Block]:
    """Each council's position in cash and in present value, before and after compensation."""
    fairness = facts.fairness
    if fairness is None:
        return [Words("No issued business case says whether any council is worse off.")]
    rows = [test for test in fairness.tests if facts.council_key in ("", test.council.key)]
    columns: list[Column[CouncilTest]] = [
        Column("Basis", lambda test: str(test.basis.label)),
        Column("Council", lambda test: test.council.short_name),
        Column("Net position", lambda test: _of(test, "net_pence"), Format.MONEY),
        Column("Compensation, received or paid", lambda test: _of(test, "compensation_pence"), Format.MONEY),
        Column("After compensation", lambda test: _of(test, "after_pence"), Format.MONEY),
        Column("No worse off", _passed),
    ]
    table = Table(
        "",
        "Is any council worse off? By the business case, with the compensation that it records",
        columns,
        rows,
        "£",
    )
    said = " ".join(
        f"{basis.label}: {verdict(fairness.on(basis))}." for basis in dict.fromkeys(t.basis for t in rows)
    )
    return [
        Words(_own(rows) if facts.council_key else said),
        frozen(table, "no-worse-off", trace=_of_case(facts)),
    ]


def _of_case(facts: Facts) -> str:
    return page("services:case_fairness", facts.case.case.pk) if facts.case else ""


def _own(rows: list[CouncilTest]) -> str:
    return " ".join(f"{test.basis.label}: {verdict([test])}." for test in rows)


def _rows(facts: Facts, row: PanelRow) -> Iterator[Share]:
    found = row.comparison.rows
    if isinstance(found, tuple):
        names = {council.name for council, _ in facts.by_council}
        yield from (
            (row, one.council, one.share_percent, one.other_percent) for one in found if one.council in names
        )
    else:
        yield from ((row, council.name, found, found) for council, _ in facts.by_council)


def _of(test: CouncilTest, name: str) -> Value:
    position = test.position
    value: Value = getattr(position, name) if isinstance(position, CouncilPosition) else position
    return value


def _passed(test: CouncilTest) -> Value:
    if not isinstance(test.position, CouncilPosition):
        return test.position
    return "Yes" if test.position.is_passed else "No"

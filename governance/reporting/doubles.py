"""What may be counted twice, as a report may say it: of other programmes only that there are some."""

from __future__ import annotations

from benefits.double_count_files import ANSWER_COLUMNS, FLAG_COLUMNS, SHARE_COLUMNS, FlagLine, ShareLine
from benefits.queries.double_counts import FlagClaim
from core.exports.tables import Column, Table
from core.publishing.content import Block, Figures
from core.rules.calendar import format_fy
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.tracing import page
from programme.models import Council

_FLAG = ("Kind", "Council", "Claimed by", "Claimed or verified", "May be counted twice", "State")
_SAID = "What the flag said"


def double_tables(facts: Facts) -> list[Block]:
    """Shares of each ledger code, flags and how they were resolved; each only where there are any."""
    found = [_shares(facts), _flags(facts), _answers(facts)]
    return [table for table in found if table.rows]


def _shares(facts: Facts) -> Figures:
    rows = [row for row in facts.doubles.shares if _is_of(facts, row.council)]
    lines = [
        ShareLine(row, claim)
        for row in rows
        for claim in (*(one for one in row.claims if _is_own(facts, one)), None)
    ]
    year = Column[ShareLine]("Financial year", lambda line: format_fy(line.row.fy))
    columns = [year if column.title == year.title else column for column in SHARE_COLUMNS]
    table = Table("", "Who claims which share of each ledger code", columns, lines)
    notes = [_OTHERS] if any(not _is_own(facts, one) for row in rows for one in row.claims) else []
    return frozen(table, "code-shares", but=("Programme",), notes=notes, trace=_list(facts))


_OTHERS = (
    "Another programme claims a share of some codes. It is not shown here; what is left is what both leave."
)


def _flags(facts: Facts) -> Figures:
    rows = [row for row in facts.doubles.flags if row.council is None or _is_of(facts, row.council)]
    lines = [FlagLine(row, claim) for row in rows for claim in row.claims]
    by_title = {column.title: column for column in FLAG_COLUMNS}
    columns = [by_title[title] for title in _FLAG]
    columns[_FLAG.index("Claimed by")] = Column("Claimed by", lambda line: _claimed_by(facts, line.claim))
    pounds = _FLAG.index("Claimed or verified")
    columns[pounds] = Column(
        columns[pounds].title,
        lambda line: line.claim.pence if _is_own(facts, line.claim) else None,
        columns[pounds].format,
    )
    return frozen(
        Table("", "What may be counted twice", columns, lines),
        "double-counting",
        unit="£",
        trace=_list(facts),
    )


def _answers(facts: Facts) -> Figures:
    """How flags were resolved; their words are left out where they name what another programme claims."""
    table = Table("", "How flags of double counting were resolved", ANSWER_COLUMNS, facts.doubles.answers)
    named = [claim for row in facts.doubles.flags for claim in row.claims]
    is_plain = all(_is_own(facts, claim) for claim in named) and not facts.council_key
    return frozen(table, "double-counting-answers", but=() if is_plain else (_SAID,), trace=_list(facts))


def _list(facts: Facts) -> str:
    return page("benefits:double_count_list", facts.programme.key)


def _claimed_by(facts: Facts, claim: FlagClaim) -> str:
    return claim.title if _is_own(facts, claim) else "Another programme"


def _is_own(facts: Facts, claim: FlagClaim) -> bool:
    return claim.programme.pk == facts.programme.pk


def _is_of(facts: Facts, council: Council) -> bool:
    return facts.council_key in ("", council.key)

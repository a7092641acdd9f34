"""Files about what may be counted twice, and who claims which share of each code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benefits.queries.double_counts import AnswerRow, DoubleCounts, FlagClaim, FlagRow, ShareRow
from core.clock import london_date
from core.exports.tables import Column, Format, Table
from core.rules.assessment import NotApplicable
from core.rules.calendar import fy_file_key

_NOBODY = NotApplicable("Nobody claims it")
_WHOLE = NotApplicable("It claims the whole")


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One claimant of a flag that is open."""

    row: FlagRow
    claim: FlagClaim


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One claimant of a code in a year; without one, what all of them leave."""

    row: ShareRow
    claim: FlagClaim | None


def _percent(line: ShareLine) -> int:
    return line.row.left_percent if line.claim is None else line.claim.percent


FLAG_COLUMNS: list[Column[FlagLine]] = [
    Column("Flag", lambda line: line.row.ref),
    Column("Kind", lambda line: str(line.row.flag.kind.label)),
    Column("What may be counted twice", lambda line: line.row.text),
    Column("Council", lambda line: str(line.row.council) if line.row.council else None),
    Column("Claimed by", lambda line: line.claim.title),
    Column("Programme", lambda line: line.claim.programme.name),
    Column("Claimed or verified", lambda line: line.claim.pence, Format.MONEY),
    Column("Part of the effect, %", lambda line: line.claim.percent, Format.NUMBER),
    Column("Reason", lambda line: line.claim.reason or _WHOLE),
    Column("Said at entry", lambda line: line.claim.said_at_entry or None),
    Column("May be counted twice", lambda line: line.row.doubtful_pence, Format.MONEY),
    Column("State", lambda line: "To resolve" if line.row.is_open else "Resolved"),
]
ANSWER_COLUMNS: list[Column[AnswerRow]] = [
    Column("Answered on", lambda row: london_date(row.answer.entered_at), Format.DATE),
    Column("By", lambda row: row.answer.entered_by.name),
    Column("What the flag said", lambda row: row.answer.flag_text),
    Column("Answer", lambda row: row.answer.outcome_text),
    Column("Why", lambda row: row.answer.why),
    Column("Then in doubt", lambda row: row.answer.doubtful_pence, Format.MONEY),
    Column("Now", lambda row: row.standing),
]
SHARE_COLUMNS: list[Column[ShareLine]] = [
    Column("Council", lambda line: line.row.council.name),
    Column("Financial year", lambda line: fy_file_key(line.row.fy)),
    Column("Ledger code", lambda line: line.row.code),
    Column("Claimed by", lambda line: line.claim.title if line.claim else "Nobody: what is left"),
    Column("Programme", lambda line: line.claim.programme.name if line.claim else _NOBODY),
    Column("Share, %", _percent, Format.NUMBER),
    Column("Reason", lambda line: line.claim.reason or _WHOLE if line.claim else _NOBODY),
    Column("Claimed or verified", lambda line: line.claim.pence if line.claim else _NOBODY, Format.MONEY),
]


def flag_table(found: DoubleCounts) -> Table[FlagLine]:
    """Every flag with its claimants, those to resolve first."""
    rows = [FlagLine(row, claim) for row in found.flags for claim in row.claims]
    return Table("Double counting", "What may be counted twice", FLAG_COLUMNS, rows, found.sentence)


def answer_table(found: DoubleCounts) -> Table[AnswerRow]:
    """What was said of flags, the last answer first."""
    return Table("Answers", "How flags of double counting were resolved", ANSWER_COLUMNS, found.answers)


def share_table(rows: Iterable[ShareRow]) -> Table[ShareLine]:
    """Who claims which share of each code, council and year, and what is left."""
    lines = [ShareLine(row, claim) for row in rows for claim in (*row.claims, None)]
    return Table("Attribution", "Who claims which share of each ledger code", SHARE_COLUMNS, lines)

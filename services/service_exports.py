"""Comparison, contract ends and candidates as files, with the rows of their pages."""

from __future__ import annotations

from dataclasses import dataclass

from core.exports.tables import Column, Format, Table, Value
from core.rules.calendar import fy_file_key
from services.queries.candidates import CandidateRow, Candidates, UnrankedRow
from services.queries.comparison import Comparison, CouncilRate, ServiceComparison
from services.queries.contracts import ContractRow, ContractTimeline


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One council's line of one service."""

    compared: ServiceComparison
    row: CouncilRate


def comparison_table(comparison: Comparison) -> Table[ComparedRow]:
    """A row for each service and council; what is not stated is [x] and named in the last column."""
    rows = [ComparedRow(one, row) for one in comparison.services for row in one.rows]
    return Table("comparison", "Services across councils", _COMPARISON, rows)


def timeline_table(timeline: ContractTimeline) -> Table[ContractRow]:
    """A row for each contract, soonest end first."""
    return Table("contracts", "When contracts end", _CONTRACTS, timeline.rows)


def candidate_table(candidates: Candidates) -> Table[CandidateRow | UnrankedRow]:
    """A row for each service ranked, best first, then those not ranked."""
    rows: list[CandidateRow | UnrankedRow] = [*candidates.rows, *candidates.unranked]
    return Table("candidates", "Candidates for sharing", _CANDIDATES, rows)


def _points(row: CandidateRow | UnrankedRow, name: str) -> Value:
    return getattr(row.candidate, name) if isinstance(row, CandidateRow) else None


def _words(row: CandidateRow | UnrankedRow) -> Value:
    if isinstance(row, UnrankedRow):
        return f"Not ranked: {row.unranked.reason}"
    return ". ".join(row.candidate.reasons) or None


def _population(row: CouncilRate) -> Value:
    return row.population.quantity if row.population else None


def _missing(row: CandidateRow | UnrankedRow) -> Value:
    return "; ".join(row.candidate.missing) or None if isinstance(row, CandidateRow) else None


_COMPARISON: list[Column[ComparedRow]] = [
    Column("Reference", lambda line: line.compared.service.ref),
    Column("Service", lambda line: line.compared.service.name),
    Column("Financial year", lambda line: fy_file_key(line.compared.fy) if line.compared.fy else None),
    Column("Council", lambda line: str(line.row.council)),
    Column("Cost (£)", lambda line: line.row.cost_pence, Format.MONEY),
    Column("Volume of work", lambda line: line.compared.measure),
    Column("Volume", lambda line: line.row.volume.value if line.row.volume else None, Format.NUMBER),
    Column("Unit cost (£)", lambda line: line.row.unit_pence, Format.MONEY),
    Column("Population", lambda line: _population(line.row), Format.NUMBER),
    Column("Population of", lambda line: str(line.row.population.year) if line.row.population else None),
    Column("Cost per head (£)", lambda line: line.row.head_pence, Format.MONEY),
    Column("Unit cost: highest less lowest (£)", lambda line: line.compared.unit_difference, Format.MONEY),
    Column("Unit cost: highest to lowest", lambda line: line.compared.unit_ratio, Format.NUMBER),
    Column("Per head: highest less lowest (£)", lambda line: line.compared.head_difference, Format.MONEY),
    Column("Per head: highest to lowest", lambda line: line.compared.head_ratio, Format.NUMBER),
    Column("Not stated", lambda line: "; ".join(line.row.missing) or None),
]
_CONTRACTS: list[Column[ContractRow]] = [
    Column("Contract ends on", lambda row: row.end_on, Format.DATE),
    Column("Can end from", lambda row: row.break_on, Format.DATE),
    Column("Reference", lambda row: row.service.ref),
    Column("Service", lambda row: row.service.name),
    Column("Council", lambda row: str(row.council)),
    Column("Provider name", lambda row: row.provider_name or None),
    Column("Start work by", lambda row: row.start_on, Format.DATE),
    Column("Stage", lambda row: row.stage_words),
]
_CANDIDATES: list[Column[CandidateRow | UnrankedRow]] = [
    Column("Place", lambda row: row.place if isinstance(row, CandidateRow) else None, Format.NUMBER),
    Column("Reference", lambda row: row.service.ref),
    Column("Service", lambda row: row.service.name),
    Column("Points", lambda row: _points(row, "points"), Format.NUMBER),
    Column("Reasons", _words),
    Column("Not stated", _missing),
]

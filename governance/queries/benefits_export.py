"""All that a programme's benefits file holds, read by the queries that the pages use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis
from benefits.queries.ledgers import Ledgers, LineFacts, PartnerCouncil, read_ledgers
from benefits.queries.register import BenefitRow, register_of
from benefits.queries.savings import SavingsAgainstPlan, summarise
from benefits.queries.scope import Choice, scope_of
from core.models import Source
from core.publication import left_out
from governance.queries.decisions import DecisionRow, decision_rows
from governance.queries.export.provenance import Provenance, read_provenance
from governance.queries.export.stated import StatedExport, stated_export
from programme.models import Programme
from programme.policies import Powers
from programme.queries.milestones import known_on
from programme.queries.partners import Member, members_of
from programme.queries.programmes import ProgrammePage, programme_page

# Nobody reads a file in person, so nothing in it depends on who may change what.
_NOBODY = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class LineAmount:
    """Pence of one line for one council in one financial year, by basis; only what was entered."""

    line: LineFacts
    council: PartnerCouncil
    fy: int
    by_basis: Mapping[Basis, int]


@dataclass(frozen=True, slots=True)
class BenefitsExport:
    """One programme as it was known on `as_of`, ready to be written as a file.

    `seen_on` is the day that everything is judged on: `as_of`, or for a case of the past the last day its
    source knew.
    """

    programme: Programme
    as_of: date
    seen_on: date
    members: tuple[Member, ...]
    savings: SavingsAgainstPlan
    benefits: tuple[BenefitRow, ...]
    line_amounts: tuple[LineAmount, ...]
    provenance: Provenance
    page: ProgrammePage
    decisions: tuple[DecisionRow, ...]
    sources: Mapping[int, str]
    stated: StatedExport

    @property
    def left_out(self) -> str:
        """What the file says of the decisions whose words are withheld from it (row 71)."""
        return left_out(row.decision for row in self.decisions)

    def source_of(self, source_id: int | None) -> str:
        """Where a phase, a milestone or a decision stands; empty where it has no source."""
        return "" if source_id is None else self.sources[source_id]


def benefits_export(programme: Programme, *, as_of: date) -> BenefitsExport:
    """Everything the file holds. The number of queries is the same whatever the programme's size."""
    seen_on = known_on(programme, as_of)
    ledgers = read_ledgers(programme, as_of=seen_on)
    page = programme_page(programme, as_of=as_of, powers=_NOBODY)
    decisions = tuple(decision_rows(programme.decisions.all(), as_of=seen_on))
    return BenefitsExport(
        programme=programme,
        as_of=as_of,
        seen_on=seen_on,
        members=tuple(members_of(programme.partnership)),
        savings=summarise(programme, scope_of(programme, ledgers, Choice(), seen_on)),
        benefits=register_of(programme, ledgers),
        line_amounts=_line_amounts(ledgers),
        provenance=read_provenance(programme, ledgers, as_of=seen_on),
        page=page,
        decisions=decisions,
        sources=_sources(page, decisions),
        stated=stated_export(programme),
    )


def _sources(page: ProgrammePage, decisions: Iterable[DecisionRow]) -> dict[int, str]:
    """Sources of milestones, phases and decisions. One query."""
    wanted = {row.milestone.source_id for row in page.rows}
    wanted |= {row.phase.source_id for row in page.phases}
    wanted |= {row.decision.source_id for row in decisions}
    return {
        source.pk: str(source)
        for source in Source.objects.filter(pk__in=[pk for pk in wanted if pk is not None])
    }


def _line_amounts(ledgers: Ledgers) -> tuple[LineAmount, ...]:
    """In the order of lines, councils and years."""
    councils = {council.pk: index for index, council in enumerate(ledgers.councils)}
    lines = {line.pk: index for index, line in enumerate(ledgers.lines)}
    held: dict[tuple[int, int, int], dict[Basis, int]] = defaultdict(dict)
    for amount in ledgers.amounts:
        if amount.council_pk in councils:
            key = lines[amount.line.pk], councils[amount.council_pk], amount.fy
            held[key][amount.basis] = amount.pence
    return tuple(
        LineAmount(ledgers.lines[line], ledgers.councils[council], fy, by_basis)
        for (line, council, fy), by_basis in sorted(held.items(), key=lambda pair: pair[0])
    )

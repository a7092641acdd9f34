"""The plan versions of a programme, and what is proposed to follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import OPEN_PROPOSALS, Measure, ProposalState, RebaselineReason
from benefits.models import PlanAmount, PlanProposal
from benefits.queries.ledgers import line_facts
from benefits.queries.proposal_decisions import ProposalDecision, decisions_of_proposals, what_it_waits_for
from benefits.queries.trace import DecisionLink, decisions_of
from benefits.rules.measures import parts_of
from core.rules.calendar import format_date
from programme.models import PlanVersion, Programme


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A plan version, whether it is the one in effect, and the decisions that approved it."""

    version: PlanVersion
    is_current: bool
    decisions: tuple[DecisionLink, ...]

    @property
    def reason(self) -> str:
        """Why it replaced the one before, in words; empty for a first plan."""
        known = dict(RebaselineReason.choices)
        return str(known.get(self.version.reason, self.version.reason))

    @property
    def standing(self) -> str:
        """Original, current, both or neither."""
        parts = ["Original"] if self.version.number == 1 else []
        parts += ["Current"] if self.is_current else []
        return " and ".join(parts).capitalize() or "Replaced"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed plan, what it waits for, and the decisions on it."""

    proposal: PlanProposal
    waits: str
    decisions: tuple[ProposalDecision, ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """All plan versions, the latest first, and all proposals, the latest first."""

    versions: tuple[VersionRow, ...]
    proposals: tuple[ProposalRow, ...]

    @property
    def open_proposal(self) -> PlanProposal | None:
        """The proposal that is a draft or submitted."""
        rows = (row.proposal for row in self.proposals if row.proposal.state in OPEN_PROPOSALS)
        return next(rows, None)


@dataclass(frozen=True, slots=True)
class VersionWorth:
    """A plan version with its gross cashable saving over all years, and that of the original, in pence."""

    row: VersionRow
    gross_pence: int
    original_pence: int


def version_worth(programme: Programme, *, as_of: date) -> list[VersionWorth]:
    """Every plan version, the latest first, without lines that another total holds. Two more queries."""
    rows = plans_of(programme, as_of=as_of).versions
    gross = parts_of(Measure.GROSS)
    counted = {line.pk for line in line_facts(programme) if line.is_counted and line.measure in gross}
    sums: dict[int, int] = defaultdict(int)
    amounts = PlanAmount.objects.filter(plan_version__programme=programme)
    for version, line, pence in amounts.values_list("plan_version", "line", "amount_pence"):
        sums[version] += pence if line in counted else 0
    first = next((sums[row.version.pk] for row in rows if row.version.number == 1), 0)
    return [VersionWorth(row, sums[row.version.pk], first) for row in rows]


def open_proposal(programme: Programme) -> PlanProposal | None:
    """The proposal of a programme that is a draft or submitted; there is one at most. One query."""
    return PlanProposal.objects.filter(programme=programme, state__in=OPEN_PROPOSALS).first()


def plans_of(programme: Programme, *, as_of: date) -> Plans:
    """Plan versions and proposals of a programme. Two queries, and those of their decisions."""
    versions = list(programme.plan_versions.select_related("entered_by").order_by("-number"))
    current = next((version.pk for version in versions if version.effective_on <= as_of), None)
    approved_by = decisions_of(versions)
    proposals = list(
        PlanProposal.objects.filter(programme=programme)
        .select_related("created_by", "submitted_by", "plan_version")
        .order_by("-number", "-pk")
    )
    asked = decisions_of_proposals(proposals)
    return Plans(
        versions=tuple(
            VersionRow(version, version.pk == current, tuple(approved_by[version.pk])) for version in versions
        ),
        proposals=tuple(
            ProposalRow(one, waits_in_words(one, asked[one.pk]), tuple(asked[one.pk])) for one in proposals
        ),
    )


def waits_in_words(proposal: PlanProposal, decisions: Sequence[ProposalDecision]) -> str:
    """Where a proposal stands and what it waits for, in sentences."""
    if proposal.state == ProposalState.DRAFT:
        return "It waits to be submitted."
    if proposal.state == ProposalState.SUBMITTED:
        return f"{what_it_waits_for(decisions)}."
    if proposal.plan_version is not None:
        version = proposal.plan_version
        return f"Plan version {version.number} is in effect from {format_date(version.effective_on)}."
    return f"{proposal.ended_reason.rstrip('.')}."

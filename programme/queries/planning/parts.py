"""The phases and the tranches of a programme, each with how much belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.dates import ImpreciseDate
from programme.models import Milestone, Phase, Programme, Tranche
from programme.queries.programmes import PHASE_WORDS
from programme.rules.phase import phase_state


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase, its dates, where it stands in a word, and how many milestones it has."""

    phase: Phase
    start: ImpreciseDate | None
    due: ImpreciseDate | None
    end: ImpreciseDate | None
    word: str
    milestones: int


@dataclass(frozen=True, slots=True)
class TrancheLine:
    """A tranche and the milestones of the services that go live in it, by their order."""

    tranche: Tranche
    milestones: Sequence[Milestone]

    @property
    def word(self) -> str:
        """Whether it is decided."""
        return "Indicative" if self.tranche.is_indicative else "Decided"


def phase_lines(programme: Programme, as_of: date) -> list[PhaseLine]:
    """The phases in order, as they stand on `as_of`. Two queries."""
    phases = programme.phases.prefetch_related("milestones")
    return [_phase_line(phase, as_of) for phase in phases]


def tranche_lines(programme: Programme) -> list[TrancheLine]:
    """The tranches in order. Two queries, one where there is none."""
    rows = programme.tranches.prefetch_related("milestones")
    return [TrancheLine(row, list(row.milestones.all())) for row in rows]


def _phase_line(phase: Phase, as_of: date) -> PhaseLine:
    start, due, end = (phase.get_date(name) for name in ("start", "due", "end"))
    progress = phase_state(start=start, due=due, actual_end=end, stated_state=phase.stated_state, as_of=as_of)
    return PhaseLine(phase, start, due, end, PHASE_WORDS[progress], len(phase.milestones.all()))

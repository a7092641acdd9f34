"""Partnerships and programmes that a person can see, and one programme as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.enums import FactKind, MemberStatus
from programme.models import Council, Fact, Milestone, Partnership, Phase, PlanVersion, Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, known_on, milestone_rows, scheduled
from programme.queries.schedule import schedule_of
from programme.rules.phase import PhaseProgress, phase_state
from programme.rules.worklist import Section

PHASE_WORDS = {
    PhaseProgress.DONE: "Done",
    PhaseProgress.OVERDUE: "Overdue",
    PhaseProgress.IN_PROGRESS: "In progress",
    PhaseProgress.PLANNED: "Planned",
    PhaseProgress.INDICATIVE: "Indicative",
}


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase with where it stands and how many of its milestones are achieved."""

    phase: Phase
    start: ImpreciseDate | None
    due: ImpreciseDate | None
    end: ImpreciseDate | None
    progress: PhaseProgress
    achieved: int
    milestones: int

    @property
    def word(self) -> str:
        """Its state in words."""
        return PHASE_WORDS[self.progress]

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return self.progress == PhaseProgress.DONE


@dataclass(frozen=True, slots=True)
class PartnershipCard:
    """A partnership in a list."""

    partnership: Partnership
    councils: list[Council]
    programmes: list[Programme]


@dataclass(frozen=True, slots=True)
class ProgrammeSummary:
    """One programme in a list: what is late, what comes next; `known_on` is only for a case of the past."""

    programme: Programme
    known_on: date | None
    late: int
    next_row: MilestoneRow | None


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Everything that the page of a programme shows from this floor."""

    programme: Programme
    as_of: date
    is_history: bool
    phases: list[PhaseRow]
    rows: list[MilestoneRow]
    facts: dict[FactKind, list[Fact]]
    original_plan: PlanVersion | None
    current_plan: PlanVersion | None

    @property
    def late(self) -> list[MilestoneRow]:
        """Milestones whose date has gone by, oldest first."""
        return [row for row in self.rows if row.section == Section.LATE]

    @property
    def upcoming(self) -> list[MilestoneRow]:
        """Milestones to come that have a date, soonest first."""
        return [row for row in self.rows if row.section in (Section.DUE, Section.LATER) and row.due]

    @property
    def is_replanned(self) -> bool:
        """Whether the current plan is not the original one."""
        return self.current_plan is not None and self.current_plan != self.original_plan


def partnerships_for(user: User) -> list[PartnershipCard]:
    """Partnerships that `user` may read, each with its partner councils and programmes. Three queries."""
    partnerships = Partnership.objects.visible_to(user).prefetch_related("memberships__council", "programmes")
    return [_card(partnership) for partnership in partnerships]


def programme_summaries(
    programmes: Sequence[Programme], *, as_of: date, powers: Powers
) -> list[ProgrammeSummary]:
    """How the programmes stand on `as_of`, in the order given. Three queries."""
    by_programme: dict[int, list[MilestoneRow]] = {programme.pk: [] for programme in programmes}
    waiting = Milestone.objects.filter(programme__in=by_programme).open()
    for row in milestone_rows(waiting, as_of=as_of, powers=powers):
        by_programme[row.milestone.programme_id].append(row)
    return [_summary(programme, by_programme[programme.pk], as_of) for programme in programmes]


def programme_page(programme: Programme, *, as_of: date, powers: Powers) -> ProgrammePage:
    """The page of a programme on `as_of`. Seven queries, and one more where milestones wait for others."""
    rows = milestone_rows(programme.milestones.all(), as_of=as_of, powers=powers)
    rows = scheduled(rows, schedule_of(programme))
    seen_on = known_on(programme, as_of)
    plans = list(programme.plan_versions.effective(as_of))
    facts: dict[FactKind, list[Fact]] = {kind: [] for kind in FactKind}
    for fact in programme.facts.select_related("source"):
        facts[FactKind(fact.kind)].append(fact)
    return ProgrammePage(
        programme=programme,
        as_of=seen_on,
        is_history=seen_on < as_of,
        phases=[_phase_row(phase, rows, seen_on) for phase in programme.phases.all()],
        rows=rows,
        facts=facts,
        original_plan=next((plan for plan in plans if plan.number == 1), None),
        current_plan=plans[-1] if plans else None,
    )


def _card(partnership: Partnership) -> PartnershipCard:
    members = sorted(partnership.memberships.all(), key=lambda member: member.order_index)
    councils = [member.council for member in members if member.status == MemberStatus.ACTIVE]
    return PartnershipCard(partnership, councils, list(partnership.programmes.all()))


def _summary(programme: Programme, rows: list[MilestoneRow], as_of: date) -> ProgrammeSummary:
    seen_on = known_on(programme, as_of)
    late = sum(row.section == Section.LATE for row in rows)
    ahead = (row for row in rows if row.section in (Section.DUE, Section.LATER) and row.due)
    return ProgrammeSummary(programme, seen_on if seen_on < as_of else None, late, next(ahead, None))


def _phase_row(phase: Phase, rows: list[MilestoneRow], as_of: date) -> PhaseRow:
    start, due, end = (phase.get_date(name) for name in ("start", "due", "end"))
    own = [row for row in rows if row.milestone.phase_id == phase.pk]
    return PhaseRow(
        phase=phase,
        start=start,
        due=due,
        end=end,
        progress=phase_state(
            start=start, due=due, actual_end=end, stated_state=phase.stated_state, as_of=as_of
        ),
        achieved=sum(row.is_done for row in own),
        milestones=len(own),
    )

"""One person's work list: milestones late, due and done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from accounts.models import RoleHeld, User
from core.clock import london_date
from programme.models import Milestone, Programme
from programme.policies import Powers
from programme.queries.milestones import MilestoneRow, by_date, milestone_rows
from programme.queries.milestones_late import STALE_AFTER
from programme.querysets import QUIET
from programme.rules.worklist import (
    Ahead,
    Grouping,
    Section,
    Span,
    ahead_of,
    due_until,
    is_this_month,
    needs_answer,
    needs_sentence,
    span_of,
)

NEEDING = (Section.LATE, Section.DUE, Section.UNANSWERED)


class Scope(StrEnum):
    """Whose milestones a work list holds."""

    MINE = "mine"
    COUNCIL = "council"
    TEAM = "team"
    MANAGED = "managed"


SCOPE_LABELS = {
    Scope.MINE: "Mine",
    Scope.COUNCIL: "My council’s",
    Scope.TEAM: "My team’s",
    Scope.MANAGED: "All that I manage",
}
SCOPE_MEANINGS = {
    Scope.MINE: "Milestones that you own.",
    Scope.COUNCIL: "Milestones that name a council for which you hold a role, whoever owns them.",
    Scope.TEAM: "Milestones of everybody who holds a role for the same council as you.",
    Scope.MANAGED: "Every milestone of the partnerships whose programmes you manage.",
}


@dataclass(frozen=True, slots=True)
class WorkList:
    """Milestones by section, each in the order of the page; and how the page parts them."""

    scope: Scope
    as_of: date
    sections: dict[Section, list[MilestoneRow]]
    grouping: Grouping = Grouping.NEED

    @property
    def due_until(self) -> date:
        """The last day that counts as due."""
        return due_until(self.as_of)

    @property
    def needing(self) -> list[MilestoneRow]:
        """What is late, then what is due, then what waits for an answer."""
        return [row for section in NEEDING for row in self.sections[section]]

    @property
    def sentence(self) -> str:
        """How much there is to do, in one sentence."""
        late, due, unanswered = (len(self.sections[section]) for section in NEEDING)
        return needs_sentence(late, due, unanswered, self.due_until)

    @property
    def programme(self) -> Programme | None:
        """The one programme that all of the list belongs to, if there is one."""
        found = {row.milestone.programme_id: row.milestone.programme for row in self._all()}
        return next(iter(found.values())) if len(found) == 1 else None

    def shown(self, section: Section | None) -> list[MilestoneRow]:
        """The rows of one section; without one all that need something, or by date all that are open."""
        if section is not None:
            return self.sections[section]
        return self.needing if self.grouping == Grouping.NEED else self._open()

    def spans(self, section: Section | None) -> dict[Span, list[MilestoneRow]]:
        """The rows shown by when they are due."""
        found: dict[Span, list[MilestoneRow]] = {span: [] for span in Span}
        for row in self.shown(section):
            found[span_of(row.due, row.as_of)].append(row)
        return found

    @property
    def ahead(self) -> dict[Ahead, int]:
        """How many of all that is open lie how far off."""
        found = [ahead_of(row.due, row.as_of) for row in self._open()]
        return {ahead: found.count(ahead) for ahead in Ahead}

    def row_after(self, pk: int, section: Section | None) -> MilestoneRow | None:
        """The next row to update after the milestone `pk` among those shown; after the last the first."""
        rows = [row for row in self.shown(section) if row.can_update or row.pk == pk]
        place = next((index for index, row in enumerate(rows) if row.pk == pk), -1)
        others = [row for row in rows[place + 1 :] + rows[: max(place, 0)] if row.pk != pk]
        return others[0] if others else None

    def _open(self) -> list[MilestoneRow]:
        rows = [row for section in (*NEEDING, Section.LATER) for row in self.sections[section]]
        return sorted(rows, key=by_date)

    def _all(self) -> list[MilestoneRow]:
        return [row for rows in self.sections.values() for row in rows]


def scopes_for(powers: Powers) -> list[Scope]:
    """The scopes that make sense for a person: their own, their council's, their team's, all they manage."""
    offered = {
        Scope.MINE: True,
        Scope.COUNCIL: powers.councils,
        Scope.TEAM: powers.councils,
        Scope.MANAGED: powers.managed,
    }
    return [scope for scope, is_offered in offered.items() if is_offered]


def work_list(
    user: User, *, scope: Scope, as_of: date, powers: Powers, grouping: Grouping = Grouping.NEED
) -> WorkList:
    """The work list of `user` on `as_of`. Three queries."""
    rows = milestone_rows(_in_scope(user, scope, as_of, powers), as_of=as_of, powers=powers)
    sections: dict[Section, list[MilestoneRow]] = {section: [] for section in Section}
    for row in rows:
        section = Section.UNANSWERED if _is_unanswered(row) else row.section
        # A case of the past, seen from the last day that its source knew, asks nothing of anybody.
        if row.as_of != as_of and section != Section.DONE:
            continue
        if section and (section != Section.DONE or is_this_month(row.actual, as_of)):
            sections[section].append(row)
    sections[Section.DONE].reverse()
    return WorkList(scope, as_of, sections, grouping)


def _is_unanswered(row: MilestoneRow) -> bool:
    """Whether a milestone for later waits for an answer."""
    milestone = row.milestone
    if row.section != Section.LATER or milestone.programme.state in QUIET:
        return False
    came_at = milestone.forecast_updated_at or milestone.created_at
    told_on = london_date(milestone.updated_at if milestone.version > 1 else came_at)
    return needs_answer(row.forecast is not None, told_on, row.as_of, STALE_AFTER)


def _in_scope(user: User, scope: Scope, as_of: date, powers: Powers) -> QuerySet[Milestone]:
    """Milestones of the scope that are open or were achieved this month."""
    recent = Milestone.objects.visible_to(user).filter(
        Q(actual_last_on__isnull=True) | Q(actual_last_on__gte=as_of.replace(day=1))
    )
    if scope == Scope.COUNCIL:
        return recent.filter(councils__in=powers.councils).distinct()
    if scope == Scope.TEAM:
        people = RoleHeld.objects.current(as_of).filter(council__in=powers.councils)
        return recent.filter(owner__in=people.values("user"))
    if scope == Scope.MANAGED:
        return recent.filter(programme__partnership__in=powers.managed)
    return recent.owned_by(user)

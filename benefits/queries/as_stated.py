"""What a source states where there are no ledgers: its own figures, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.enums import Recurrence, StatedSection
from benefits.models import StatedFigure
from benefits.queries.stated import StatedFigures
from core.enums import Qualifier
from core.rules.assessment import NotAssessable
from programme.enums import MemberStatus
from programme.models import Programme

NOT_STATED = NotAssessable("The source gives no figure")


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One figure as a table shows it."""

    figure: StatedFigure
    councils_text: str

    @property
    def amount(self) -> int | NotAssessable:
        """Pence as printed; a negative saving is a cost."""
        pence = self.figure.amount_pence
        return NOT_STATED if pence is None else pence

    @property
    def exactness(self) -> str:
        """About, over, almost; empty for an exact figure."""
        if self.figure.qualifier in {Qualifier.EXACT, Qualifier.NOT_STATED}:
            return ""
        return self.figure.get_qualifier_display().capitalize()

    @property
    def kind_text(self) -> str:
        """Achieved, a year; planned, in total."""
        words = [self.figure.get_stated_kind_display()] if self.figure.stated_kind else []
        words.append(Recurrence(self.figure.recurrence).label)
        return ", ".join(words).capitalize()


@dataclass(frozen=True, slots=True)
class StatedPart:
    """The figures of one section: savings, costs, funding, cost of separating again."""

    section: StatedSection
    rows: tuple[StatedRow, ...]


def read_stated(programme: Programme) -> StatedFigures:
    """The stated figures with their sources, and the programme's partners in their order. Three queries."""
    memberships = programme.partnership.memberships.filter(status=MemberStatus.ACTIVE)
    partners = [row.council for row in memberships.select_related("council").order_by("order_index")]
    figures = StatedFigure.objects.filter(programme=programme).select_related("source")
    return StatedFigures(tuple(partners), tuple(figures.prefetch_related("councils")))


def figures_as_stated(stated: StatedFigures) -> tuple[StatedPart, ...]:
    """Every figure that the programme's sources state, by section, in their order."""
    rows = [StatedRow(figure, _councils_text(figure)) for figure in stated.figures]
    parts = (
        StatedPart(section, tuple(row for row in rows if row.figure.section == section))
        for section in StatedSection
    )
    return tuple(part for part in parts if part.rows)


def _councils_text(figure: StatedFigure) -> str:
    names: Sequence[str] = sorted(council.short_name for council in figure.councils.all())
    if not names:
        return "All together" if figure.is_combined else "Not stated"
    return ", ".join(names) + (" together" if figure.is_combined and len(names) > 1 else "")

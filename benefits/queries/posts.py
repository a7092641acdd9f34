"""Posts removed by each council, as they may be shown (INV-38)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benefits.models import PostsRemoved
from benefits.queries.ledgers import PartnerCouncil
from core.rules.suppression import SUPPRESSED, Suppressed, suppress
from programme.models import Programme


@dataclass(frozen=True, slots=True)
class PostsShown:
    """Posts removed so far by each council in order, and by all; None where a council has stated none.

    Fewer than 5 are withheld, and with them so many others that nobody can work them out.
    """

    by_council: tuple[int | Suppressed | None, ...]
    total: int | Suppressed | None

    @property
    def is_suppressed(self) -> bool:
        """Whether any number is withheld; then no share may be shown either."""
        return SUPPRESSED in (*self.by_council, self.total)


def posts_shown(programme: Programme, councils: tuple[PartnerCouncil, ...], as_of: date) -> PostsShown:
    """The latest number that each council stated by `as_of`. One query."""
    rows = PostsRemoved.objects.filter(programme=programme, as_at_on__lte=as_of).order_by("as_at_on", "pk")
    latest = dict(rows.values_list("council", "posts"))
    stated = [latest[council.pk] for council in councils if council.pk in latest]
    if not stated:
        return PostsShown((None,) * len(councils), None)
    table = suppress([[posts] for posts in stated])
    shown = iter(cells[0] for cells in table.cells)
    return PostsShown(
        tuple(next(shown) if council.pk in latest else None for council in councils), table.grand_total
    )

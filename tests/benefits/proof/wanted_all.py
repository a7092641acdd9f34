"""What the page of all programmes must show of a programme: what its own page shows, to the penny."""

from __future__ import annotations

from typing import Any

from benefits.enums import Measure
from benefits.queries.all_savings import AllChoice, all_savings, read_programmes
from benefits.queries.by_year import measures_by_year
from benefits.queries.figures import FIGURE_NAMES, Figures
from benefits.queries.ledgers import read_ledgers
from benefits.queries.scope import Choice, scope_of
from core.exports.cells import shorthand
from tests.benefits.proof.frame import World
from tests.benefits.proof.world import LAST_DAY

SUMMED = (Measure.GROSS, Measure.NET)
KINDS = ("", *(measure.value for measure in Measure if measure not in SUMMED))


def wrong_of_all_programmes(world: World, kinds: tuple[str, ...]) -> list[Any]:
    """Where the page of all programmes differs: council, kind, year, what it shows and what is right."""
    found = []
    for council in ("", world.councils[-1].key):
        for kind in kinds:
            wanted = _own_page(world, council, kind)
            for fy in (None, *world.fys):
                got = _all_page(world, AllChoice(council=council, kind=kind, fy=fy))
                if got != wanted.get(fy):
                    found.append((council, kind, fy, got, wanted.get(fy)))
    return found


def _own_page(world: World, council: str, kind: str) -> dict[int | None, dict[str, Any]]:
    """The figures of the programme's own page by year, and in sum; empty where no line counts in them."""
    ledgers = read_ledgers(world.programme, as_of=LAST_DAY)
    scope = scope_of(world.programme, ledgers, Choice(council=council, kind=kind), LAST_DAY)
    rows = [row for row in measures_by_year(scope) if row.council is None]
    return {
        fy: _shown(figures)
        for row in rows
        if row.measure == (kind or Measure.GROSS)
        for fy, figures in ((None, row.total), *((year.fy, year.year) for year in row.years))
    }


def _all_page(world: World, choice: AllChoice) -> dict[str, Any] | None:
    found = all_savings(read_programmes(world.reader, as_of=LAST_DAY), choice)
    rows = [row for row in found.rows if row.programme.pk == world.programme.pk]
    return _shown(rows[0].year) if rows else None


def _shown(figures: Figures) -> dict[str, Any]:
    return {name: shorthand(getattr(figures, name)) or getattr(figures, name) for name in FIGURE_NAMES}

"""Rules of the sections councils and partnerships, which any file may carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from governance.casefiles.checking.common import check_councils, check_unique, check_unique_time
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.enums import SeriesName

MONEY_SERIES = frozenset({SeriesName.EXPENDITURE.value, SeriesName.NET_BUDGET.value})


def check_register(file: CaseFile, world: World) -> None:
    """Note what is wrong in a file's councils and partnerships."""
    check_unique(file.entries("councils"), "key")
    check_unique(file.entries("partnerships"), "key")
    for council in file.entries("councils"):
        check_unique_time(council.entries("settings"), "from", lambda setting: setting.day("from"))
        _check_figures(council)
    for partnership in file.entries("partnerships"):
        check_councils(partnership, "members", world)


def check_told_once(files: Sequence[CaseFile]) -> None:
    """Note each council that two files of one call describe differently: neither would be right."""
    told: dict[tuple[str, str], tuple[Any, CaseFile]] = {}
    for file in files:
        for council in file.entries("councils"):
            for name, value in council.data.items():
                first = told.setdefault((council.text("key"), name), (value, file))
                if first[0] != value:
                    council.add(f"{first[1].name} says something else. Make both say the same", name)


def _check_figures(council: Entry) -> None:
    seen: set[tuple[str, int | None]] = set()
    if "headcount_2014" in council:
        seen.add((SeriesName.HEADCOUNT.value, 2014))
    if "service_expenditure_2013_14_gbp_m" in council:
        seen.add((SeriesName.EXPENDITURE.value, 2013))
    for figure in council.entries("figures"):
        series, year = figure.text("series"), figure.integer("year")
        wanted, other = ("amount_gbp", "quantity") if series in MONEY_SERIES else ("quantity", "amount_gbp")
        if wanted not in figure:
            figure.add(f"Add {wanted}")
        if other in figure:
            figure.add(f"Take it out: {series} is given by {wanted}", other)
        if (series, year) in seen:
            figure.add(f"There are two figures of {series} for {year}. Keep one", "year")
        seen.add((series, year))

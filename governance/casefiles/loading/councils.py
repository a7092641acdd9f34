"""Councils with their figures and settings, and partnerships as a register lists them.

Several files may speak of one council: each changes only what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from core.models import Source
from core.rules.dates import ImpreciseDate
from core.rules.words import listed
from governance.casefiles.checking.world import short_name_of
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, details_of, qualifier_of
from governance.casefiles.loading.partnership import members_part
from governance.casefiles.loading.rows import Part, Wanted, save_row
from governance.casefiles.plain import plain
from programme.enums import SeriesName
from programme.models import Council, CouncilFigure, CouncilSetting, Membership, Partnership

COUNCIL_DETAILS = (
    "type_basis",
    "in_table2",
    "region",
    "political_control",
    "urban_rural",
    "partnership",
    "other_partnerships",
    "year_formed",
    "year_formed_basis",
    "note",
)
AS_HERE = "A published case of other councils changes no council that is here"
PARTNERSHIP_DETAILS = ("in_table2", "case_file", "note")
_PENCE_IN_A_MILLION = 100_000_000


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a council for one year."""

    series: str
    year: int
    quantity: Decimal | None
    amount_pence: int | None
    qualifier: str
    source: Source | None


def load_register(loading: Loading, file: CaseFile) -> None:
    """Load the councils and partnerships that a file lists."""
    for entry in file.entries("councils"):
        _load_council(loading, entry, is_published=file.is_published)
    for entry in file.entries("partnerships"):
        _load_registered(loading, entry)


def _load_council(loading: Loading, entry: Entry, *, is_published: bool) -> None:
    """A council as the file says; a published case of others changes none that is here."""
    key = entry.text("key")
    council = loading.councils.get(key) or Council(key=key)
    values: dict[str, Any] = {"name": entry.text("name")}
    if council.pk is None or "short_name" in entry:
        values["short_name"] = short_name_of(entry)
    readers: dict[str, Callable[[], Any]] = {
        "type": lambda: entry.text("type"),
        "governance_model": lambda: entry.text("governance_model"),
        "ons_code": lambda: entry.text("ons_code"),
        "lgr_status": lambda: entry.text("lgr_status"),
        "abolished_on": lambda: entry.day("abolished_on"),
        "source": lambda: loading.source(entry),
    }
    for name, read in readers.items():
        if entry.has(name):
            values[name] = read() if name in entry else getattr(Council(), name)
    values["details"] = council.details | details_of(entry, COUNCIL_DETAILS)
    parts = _parts(loading, council, entry)
    locked = frozenset({*values, *(part.name for part in parts)}) if is_published else frozenset()
    wanted = Wanted(
        "council",
        f"Council {key}",
        key,
        values,
        parts=parts,
        locked=locked,
        why_locked=AS_HERE,
        is_shared=True,
    )
    loading.councils[key] = save_row(loading, council, wanted)


def _parts(loading: Loading, council: Council, entry: Entry) -> list[Part]:
    return [_figures_part(loading, council, entry), _settings_part(council, entry)]


def _figures_part(loading: Loading, council: Council, entry: Entry) -> Part:
    rows = list(council.figures.select_related("source")) if council.pk else []
    existing = {(row.series, row.year): row for row in rows}
    wanted = {(row.series, row.year): row for row in _figure_rows(loading, entry)}

    def write() -> None:
        for slot, figure in wanted.items():
            row = existing.get(slot) or CouncilFigure(council=council, series=slot[0], year=slot[1])
            row.quantity, row.amount_pence = figure.quantity, figure.amount_pence
            row.qualifier, row.source = figure.qualifier, figure.source
            row.save()

    return Part(
        "figures",
        _plain_figures([row for slot, row in existing.items() if slot in wanted]),
        _plain_figures(list(wanted.values())),
        write,
    )


def _plain_figures(rows: list[CouncilFigure] | list[FigureRow]) -> list[list[Any]]:
    return sorted(
        [
            row.series,
            row.year,
            "" if row.quantity is None else format(row.quantity.normalize(), "f"),
            row.amount_pence or 0,
            str(row.qualifier),
            str(row.source or ""),
        ]
        for row in rows
    )


def _figure_rows(loading: Loading, entry: Entry) -> list[FigureRow]:
    source = loading.source(entry)
    rows = []
    headcount = entry.integer("headcount_2014")
    if headcount is not None:
        rows.append(FigureRow(SeriesName.HEADCOUNT.value, 2014, Decimal(headcount), None, "exact", source))
    millions = entry.number("service_expenditure_2013_14_gbp_m")
    if millions is not None:
        pence = int(millions * _PENCE_IN_A_MILLION)
        rows.append(FigureRow(SeriesName.EXPENDITURE.value, 2013, None, pence, "exact", source))
    return rows + [_figure_row(loading, figure) for figure in entry.entries("figures")]


def _figure_row(loading: Loading, figure: Entry) -> FigureRow:
    return FigureRow(
        figure.text("series"),
        needed(figure.integer("year")),
        figure.number("quantity"),
        figure.pence("amount_gbp"),
        qualifier_of(figure),
        loading.source(figure),
    )


def _settings_part(council: Council, entry: Entry) -> Part:
    existing = {row.from_on: row for row in council.settings.all()} if council.pk else {}
    wanted = {row.from_on: row for row in map(_setting, entry.entries("settings"))}

    def write() -> None:
        for from_on, row in wanted.items():
            row.council = council
            row.pk = existing[from_on].pk if from_on in existing else None
            row.save()

    def as_plain(rows: dict[date, CouncilSetting]) -> list[list[Any]]:
        return [
            [
                from_on.isoformat(),
                row.callin_days,
                str(row.callin_unit),
                row.callin_cutoff.strftime("%H:%M"),
                row.publication_days,
            ]
            for from_on, row in sorted(rows.items())
            if from_on in wanted
        ]

    return Part("settings", as_plain(existing), as_plain(wanted), write)


def _setting(entry: Entry) -> CouncilSetting:
    row = CouncilSetting(from_on=needed(entry.day("from")), callin_cutoff=time(17))
    for name in ("callin_days", "publication_days"):
        number = entry.integer(name)
        if number is not None:
            setattr(row, name, number)
    if "callin_unit" in entry:
        row.callin_unit = entry.text("callin_unit")
    if "callin_cutoff" in entry:
        row.callin_cutoff = time.fromisoformat(entry.text("callin_cutoff"))
    return row


def _load_registered(loading: Loading, entry: Entry) -> None:
    """A partnership as a register lists it. A case file says more of it, and is not overruled here."""
    key = entry.text("key")
    partnership = Partnership.objects.filter(key=key).first() or Partnership(key=key)
    members = loading.councils_of(entry.strings("members"))
    values: dict[str, Any] = {"formed": _formed(entry)}
    if partnership.pk is None:
        names = listed([council.short_name for council in members])
        values["name"] = entry.text("name") or names or key
    details = details_of(entry, PARTNERSHIP_DETAILS)
    if "source" in entry:
        details["formed_source"] = plain(entry.raw("source"))
    values["details"] = details
    parts = [] if partnership.pk and partnership.memberships.exists() else [_listed(partnership, members)]
    wanted = Wanted("partnership", f"Partnership {key}", key, values, parts=parts, is_shared=True)
    save_row(loading, partnership, wanted)


def _listed(partnership: Partnership, members: list[Council]) -> Part:
    """The councils of a partnership that has none yet, by name."""
    in_order = enumerate(sorted(members, key=lambda council: council.name))
    wanted = {council.key: Membership(council=council, order_index=index) for index, council in in_order}
    return members_part(partnership, {}, wanted)


def _formed(entry: Entry) -> ImpreciseDate | None:
    year = entry.integer("year_formed")
    return ImpreciseDate.year(year) if year else entry.date("formed")

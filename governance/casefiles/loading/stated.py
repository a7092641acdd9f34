"""Figures as a source prints them. What it does not state stays empty, never 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benefits.enums import Recurrence, StatedSection
from benefits.models import StatedFigure
from core.rules.money import pounds_plain
from governance.casefiles.checking.figures import COMBINED, councils_of, is_council_key
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading, qualifier_of
from governance.casefiles.loading.rows import Wanted, report_kept, save_row
from programme.models import Programme

Values = dict[str, Any]


def load_stated(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Savings, costs, grants and costs of separating again, as printed."""
    existing = {
        figure.ref: figure
        for figure in programme.stated_figures.select_related("source").prefetch_related("councils")
    }
    named: list[str] = []
    for section, (kind, read) in _SECTIONS.items():
        for index, entry in enumerate(file.entries(section)):
            ref = entry.text("id")
            named.append(ref)
            figure = existing.get(ref) or StatedFigure(programme=programme, ref=ref)
            values = _common(loading, entry) | read(entry) | {"section": kind.value, "order_index": index}
            councils = loading.councils_of(values.pop("councils"))
            wanted = Wanted("stated figure", f"Figure {ref}", file.key, values, councils)
            save_row(loading, figure, wanted)
    report_kept(loading, "figure", existing, named)


def _common(loading: Loading, entry: Entry) -> Values:
    return {
        "label": entry.text("label"),
        "stated_kind": "",
        "category": "",
        "group": "",
        "amount_pence": entry.pence("amount_gbp"),
        "recurrence": entry.text("recurrence") or Recurrence.NOT_STATED.value,
        "period_text": entry.text("period"),
        "is_combined": False,
        "councils": [],
        "counts_in_total": entry.yes("counts_in_total", default=True),
        "note": entry.text("note"),
        "details": {},
        "qualifier": qualifier_of(entry),
        "source": loading.source(entry),
    }


def _saving(entry: Entry) -> Values:
    details: Values = {
        name: entry.yes(name) for name in ("cashable", "net_of_costs") if isinstance(entry.raw(name), bool)
    }
    printed = entry.pence("table_value_gbp")
    if printed is not None:
        details["table_value_gbp"] = pounds_plain(printed)
    return {
        "stated_kind": entry.text("kind"),
        "group": entry.text("contract"),
        "is_combined": entry.text("council") == COMBINED,
        "councils": councils_of(entry),
        "details": details,
    }


def _cost(entry: Entry) -> Values:
    borne_by = entry.strings("borne_by")
    details: Values = {"borne_by": borne_by} if borne_by else {}
    if "apportionment" in entry:
        apportionment = entry.entry("apportionment")
        shares = apportionment.entry("shares_pct")
        details["apportionment"] = {
            "basis": apportionment.text("basis"),
            "shares_pct": {key: str(shares.number(key)) for key in shares.data} or None,
        }
    return {
        "category": entry.text("category"),
        "councils": [name for name in dict.fromkeys(borne_by) if is_council_key(name)],
        "details": details,
    }


def _grant(entry: Entry) -> Values:
    funder = entry.text("funder")
    return {
        "recurrence": entry.text("per") or Recurrence.NOT_STATED.value,
        "details": {"funder": funder} if funder else {},
    }


def _exit_cost(entry: Entry) -> Values:
    total = entry.pence("total_gbp")
    details: Values = {"per": entry.text("per")} if entry.text("per") else {}
    if total is not None:
        details["total_gbp"] = pounds_plain(total)
    return {"label": entry.text("scope"), "recurrence": Recurrence.ONE_OFF.value, "details": details}


_SECTIONS: dict[str, tuple[StatedSection, Callable[[Entry], Values]]] = {
    "savings": (StatedSection.SAVING, _saving),
    "costs": (StatedSection.COST, _cost),
    "funding": (StatedSection.FUNDING, _grant),
    "unravelling": (StatedSection.EXIT_COST, _exit_cost),
}

"""What each table of the savings page must show, from the books: by table, row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benefits.models import Line
from tests.benefits.proof.arithmetic import Pence, minus, month_end, payback_months, percent, year_of
from tests.benefits.proof.books import (
    BANKED,
    CLAIMED,
    CURRENT,
    FORECAST,
    GROSS,
    LEDGERS,
    NET,
    ORIGINAL,
    VERIFIED,
    Books,
)
from tests.benefits.proof.books import COSTS as PARTS_OF_COST
from tests.benefits.proof.wanted_files import groups
from tests.benefits.proof.words import cell, day, duration, per_cent, signed, year

Wanted = dict[tuple[str, str, str], str]
SHORT = {
    ORIGINAL: "Original plan",
    CURRENT: "Current plan",
    FORECAST: "Forecast",
    CLAIMED: "Claimed",
    VERIFIED: "Verified",
    BANKED: "Banked",
}
# Tables whose figures are compared as files.
AS_FILES = {"equity", "returns"}
# Columns of the compared tables that hold words.
WORDS = {"Rating", "Kind"}
COSTS = ("One-off cost", "Recurring cost", "Dis-benefit")
OTHERS = (
    "Non-cashable saving",
    "Cost avoidance",
    "Additional income raised in a budget",
    "Additional income in no budget",
    "Grant",
    "Dis-benefit",
)
YEARS = {
    "years-gross_cashable": GROSS,
    "years-one_off_cost": "One-off cost",
    "years-recurring_cost": "Recurring cost",
    "years-net_cash": NET,
}


def page(books: Books) -> Wanted:
    """Every number of the page."""
    makers: tuple[Callable[[Books], Wanted], ...] = (
        progress, years, months, variances, councils, headline, net, costs, others, lines, paybacks, compared,
    )  # fmt: skip
    wanted: Wanted = {}
    for make in makers:
        wanted |= make(books)
    return wanted


def progress(books: Books) -> Wanted:
    """Verified so far, and the forecast to the ends of this year, the next and the last one."""
    if GROSS not in books.shown_measures:
        return {}
    fys, rows = books.shown_fys, {}
    if books.cut_off:
        rows[f"Verified to {day(books.cut_off)}"] = [
            *(
                cell(books.figure(GROSS, name, books.keys, fys, is_year=False))
                for name in ("original to date", "current to date", VERIFIED)
            ),
            books.of_plan(GROSS, VERIFIED, "current to date", books.keys, fys, is_year=False),
        ]
    this = year_of(books.as_of)
    for fy in {this, this + 1, fys[-1]} & set(fys):
        upto = [one for one in fys if one <= fy]
        rows[f"Forecast to {day(month_end(fy, 12))}"] = [
            *(
                cell(books.figure(GROSS, ledger, books.keys, upto))
                for ledger in (ORIGINAL, CURRENT, FORECAST)
            ),
            books.of_plan(GROSS, FORECAST, CURRENT, books.keys, upto),
        ]
    return {
        ("progress", header, column): text
        for header, (original, plan, now, of_plan) in rows.items()
        for column, text in {
            "Original plan": original,
            "Current plan": plan,
            "Now": now,
            "Of plan": per_cent(of_plan),
        }.items()
    }


def years(books: Books) -> Wanted:
    """Each measure that has a table of its own, year by year and in all."""
    wanted: Wanted = {}
    for table, measure in YEARS.items():
        if measure in books.shown_measures:
            spans = [*((year(fy), [fy], True) for fy in books.shown_fys), ("Total", books.shown_fys, False)]
            for header, fys, is_year in spans:
                for ledger in LEDGERS:
                    value = books.figure(measure, ledger, books.keys, fys, is_year=is_year)
                    wanted[table, header, SHORT[ledger]] = cell(value)
    return wanted


def months(books: Books) -> Wanted:
    """The points of the main chart."""
    fys = books.programme_months
    ends = [month_end(fy, number) for fy in fys for number in range(1, 13)]
    points = books.month_points(books.keys, fys)
    return {
        ("months", day(end), SHORT[ledger]): cell(point[ledger])
        for end, point in zip(ends, points, strict=True)
        for ledger in (ORIGINAL, CURRENT, FORECAST, VERIFIED)
        if GROSS in books.shown_measures
    }


def variances(books: Books) -> Wanted:
    """Both variances, by year and cumulative."""
    wanted: Wanted = {}
    if GROSS not in books.shown_measures:
        return wanted
    fys = books.shown_fys
    for place, fy in enumerate(fys):
        spans = {
            ("variances-by-year", year(fy)): [fy],
            ("variances-cumulative", f"To {day(month_end(fy, 12))}"): fys[: place + 1],
        }
        for (table, header), span in spans.items():
            wanted |= {(table, header, name): text for name, text in _variance(books, span).items()}
    return wanted


def councils(books: Books) -> Wanted:
    """One year, a column a council."""
    fy = books.narrowed.fy or year_of(books.as_of)
    if GROSS not in books.shown_measures or fy not in books.shown_fys:
        return {}
    by = day(books.cut_off) if books.cut_off else "now"
    named = {
        f"Original plan to {by}": "original to date",
        f"Plan to {by}": "current to date",
        f"Verified to {by}": VERIFIED,
        "Of that, banked": BANKED,
        "Claimed, not yet verified": CLAIMED,
        "Original plan for the year": ORIGINAL,
        "Plan for the year": CURRENT,
        "Forecast for the year": FORECAST,
    }
    wanted: Wanted = {}
    for column, keys in _columns(books).items():
        held = {header: books.figure(GROSS, name, keys, [fy]) for header, name in named.items()}
        wanted |= {("councils", header, column): cell(value) for header, value in held.items()}
        of_plan = books.of_plan(GROSS, FORECAST, CURRENT, keys, [fy])
        wanted["councils", "Forecast against plan", column] = per_cent(of_plan)
    return wanted


def headline(books: Books) -> Wanted:
    """The verified net in its three parts, and what stands beside it."""
    titles = {
        "Verified cashable savings": "Verified cashable savings",
        "plus verified budgeted income": "Verified budgeted income",
        "less verified recurring costs": "Verified recurring costs",
        "Net cash saving, verified": "Net cash saving, verified",
        "of these banked, not added again": "Of the cashable savings, banked",
    }
    fy = books.narrowed.fy or year_of(books.as_of)
    if GROSS not in books.shown_measures or fy not in books.shown_fys:
        return {}  # stands in the section of the councils
    return {
        ("headline", header, column): cell(books.headline(keys)[title])
        for column, keys in _columns(books).items()
        for header, title in titles.items()
    }


def net(books: Books) -> Wanted:
    """Net position at the end of each year on the current plan, and in all on each."""
    if NET not in books.shown_measures:
        return {}
    wanted: Wanted = {}
    fys = books.shown_fys
    for column, keys in _columns(books).items():
        for place, fy in enumerate(fys):
            value = books.figure(NET, CURRENT, keys, fys[: place + 1])
            wanted["net", f"To {day(month_end(fy, 12))}", column] = cell(value)
        for ledger in (ORIGINAL, CURRENT, FORECAST):
            whole = books.figure(NET, ledger, keys, fys, is_year=False)
            wanted["net", f"{SHORT[ledger]}, whole period", column] = cell(whole)
    return wanted


def costs(books: Books) -> Wanted:
    """Costs to the data cut-off."""
    wanted: Wanted = {}
    for measure in COSTS if books.cut_off else ():
        if measure in books.shown_measures:
            original, plan, verified, claimed = (
                books.figure(measure, name, books.keys, books.shown_fys, is_year=False)
                for name in ("original to date", "current to date", VERIFIED, CLAIMED)
            )
            texts = {
                "Original plan": cell(original),
                "Current plan": cell(plan),
                "Verified": cell(verified),
                "Claimed": cell(claimed),
                "Of plan": per_cent(percent(verified, plan)),
            }
            wanted |= {("costs", measure, name): text for name, text in texts.items()}
    return wanted


def others(books: Books) -> Wanted:
    """What frees no budget, and dis-benefits, over the whole period."""
    return {
        ("other", measure, SHORT[ledger]): cell(
            books.figure(measure, ledger, books.keys, books.shown_fys, is_year=False)
        )
        for measure in OTHERS
        if measure in books.shown_measures
        for ledger in LEDGERS
    }


def lines(books: Books) -> Wanted:
    """The lines behind the totals."""
    return {
        ("lines", item.title, SHORT[ledger]): cell(
            sum(
                row.pence
                for row in books.rows
                if row.item == item and row.ledger == ledger and row.fy in books.shown_fys
            )
        )
        for item in books.items.values()
        if books.is_chosen(item, None)
        for ledger in LEDGERS
    }


def paybacks(books: Books) -> Wanted:
    """When the outlay has come back."""
    return {
        ("payback", SHORT[ledger], column): duration(payback_months(books.nets(ledger, keys)))
        for ledger in (ORIGINAL, CURRENT, FORECAST)
        for column, keys in _columns(books).items()
        if not books.narrowed.service
    }


def compared(books: Books) -> Wanted:
    """All partners beside the councils that were partners throughout."""
    kept, fys = books.throughout, books.shown_fys
    if books.narrowed.council or set(kept) == set(books.keys) or GROSS not in books.shown_measures:
        return {}
    spans: list[tuple[str, str, Sequence[int]]] = [(year(fy), GROSS, [fy]) for fy in fys]
    spans += [("Total", GROSS, fys), ("Net, after all costs", NET, fys)]
    wanted: Wanted = {}
    for header, measure, span in spans:
        for ledger, word in ((CURRENT, "Plan"), (FORECAST, "Forecast"), (VERIFIED, "Verified")):
            whole = books.figure(measure, ledger, books.keys, span, is_year=header[:2] == "20")
            part: Pence = whole
            if isinstance(whole, int):
                part = books.pence(measure, ledger, kept, span) if kept else "[z]"
            wanted["like-for-like", header, f"{word}, all partners"] = cell(whole)
            wanted["like-for-like", header, f"{word}, like for like"] = cell(part)
    return wanted


def _variance(books: Books, fys: Sequence[int]) -> Mapping[str, str]:
    held = {name: books.figure(GROSS, name, books.keys, fys) for name in (*LEDGERS, "current to date")}
    return {
        **{SHORT[ledger]: cell(held[ledger]) for ledger in LEDGERS},
        "Forecast less current": signed(minus(held[FORECAST], held[CURRENT])),
        "Forecast less original": signed(minus(held[FORECAST], held[ORIGINAL])),
        "Verified less plan to date": signed(minus(held[VERIFIED], held["current to date"])),
        "Realised": per_cent(books.of_plan(GROSS, VERIFIED, "current to date", books.keys, fys)),
    }


def _columns(books: Books) -> dict[str, list[str]]:
    """A column a council, and their total where there is more than one."""
    found = groups(books)
    whole = found.pop("All councils")
    return found | ({"Total": whole} if len(books.keys) > 1 else {})


def register(books: Books) -> dict[tuple[str, str], str]:
    """What each benefit with pounds holds on each ledger, over all years."""
    refs = dict(Line.objects.filter(benefit__isnull=False).values_list("pk", "benefit__ref"))
    worse = set(Line.objects.filter(benefit__is_disbenefit=True).values_list("pk", flat=True))
    held: dict[tuple[str, str], int] = {}
    for row in books.every_row:
        takes_off = (row.item.part in PARTS_OF_COST) is not (row.item.pk in worse)
        for ledger in LEDGERS if row.item.pk in refs else ():
            place, pence = (refs[row.item.pk], ledger), -row.pence if takes_off else row.pence
            held[place] = held.get(place, 0) + (pence if row.ledger == ledger else 0)
    return {(ref, ledger): cell(pence) for (ref, ledger), pence in held.items() if ledger != FORECAST}


def council_years(books: Books, key: str) -> dict[tuple[str, str], str]:
    """A council's own page: its saving year by year, and its net position at the end of each."""
    heads = {**SHORT, CLAIMED: "Claimed, not verified"}
    fys, wanted = books.fys, {}
    spans = [*((year(fy), [fy], True) for fy in fys), ("All years", fys, False)]
    for header, span, is_year in spans:
        for ledger in (ORIGINAL, CURRENT, FORECAST, CLAIMED, VERIFIED):
            value = books.figure(GROSS, ledger, [key], span, is_year=is_year)
            wanted[header, heads[ledger]] = cell(value)
        upto = [fy for fy in fys if fy <= span[-1]]
        for ledger, word in ((CURRENT, "current plan"), (FORECAST, "forecast")):
            whole = books.figure(NET, ledger, [key], upto) if is_year else "[z]"
            wanted[header, f"Net position, {word}"] = cell(whole)
    return wanted

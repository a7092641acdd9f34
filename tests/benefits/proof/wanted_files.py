"""What each table of the files must hold, from the books: by place and column, as the file writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from tests.benefits.proof.arithmetic import (
    Pence,
    half_up,
    minus,
    month_end,
    one_decimal,
    payback_months,
    shares,
    year_of,
)
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
from tests.benefits.proof.words import duration, plain, year_key

Wanted = dict[tuple[str, ...], str]
ALL, NOW = "All councils", "Returns so far and forecast to come"
GAINS = ("Cashable saving", "Additional income raised in a budget", "Grant", "Dis-benefit")
SPENT = (("one_off_cost", None), ("recurring_cost", None), ("disbenefit", None))
LOSSES = ("Recurring cost", "One-off cost")
TITLES = {
    ORIGINAL: "Original plan",
    CURRENT: "Current plan",
    FORECAST: "Forecast",
    CLAIMED: "Claimed, not verified",
    VERIFIED: "Verified",
    BANKED: "Banked",
}


def groups(books: Books) -> dict[str, list[str]]:
    """The councils shown, one by one, and all of them."""
    return {**{books.names[key]: [key] for key in books.keys}, ALL: books.keys}


def figures(books: Books) -> Wanted:
    """Every measure, council and span with all its columns."""
    wanted: Wanted = {}
    for measure in books.shown_measures:
        for name, councils in groups(books).items():
            for span, spelled, fys, is_year in _spans(books):
                columns = figure_columns(books, measure, councils, fys, is_year=is_year)
                wanted |= {(measure, name, spelled, span, title): text for title, text in columns.items()}
    return wanted


def figure_columns(
    books: Books, measure: str, councils: Sequence[str], fys: Sequence[int], *, is_year: bool
) -> dict[str, str]:
    """One row of figures, with what follows from them."""
    names = (*LEDGERS, "original to date", "current to date")
    held = {name: books.figure(measure, name, councils, fys, is_year=is_year) for name in names}
    forecast, verified = held[FORECAST], held[VERIFIED]
    money: dict[str, Pence] = {TITLES[ledger]: held[ledger] for ledger in LEDGERS} | {
        "Original plan to the data cut-off": held["original to date"],
        "Current plan to the data cut-off": held["current to date"],
        "Forecast less current plan": minus(forecast, held[CURRENT]),
        "Forecast less original plan": minus(forecast, held[ORIGINAL]),
        "Verified less current plan to date": minus(verified, held["current to date"]),
        "Verified less original plan to date": minus(verified, held["original to date"]),
    }
    return {title: plain(value) for title, value in money.items()} | {
        "Forecast, % of current plan": books.of_plan(
            measure, FORECAST, CURRENT, councils, fys, is_year=is_year
        ),
        "Realised, % of plan to date": books.of_plan(
            measure, VERIFIED, "current to date", councils, fys, is_year=is_year
        ),
    }


def months(books: Books) -> Wanted:
    """The points of the main chart, and of each council for one year."""
    wanted = _points(books, ALL, books.keys, books.programme_months)
    if books.fys:
        fy = books.narrowed.fy or year_of(books.as_of)
        for key in books.keys:
            wanted |= _points(books, books.names[key], [key], [fy])
    return wanted


def headline(books: Books) -> Wanted:
    """The verified net with its parts."""
    return {
        (name, title): plain(pence)
        for name, councils in groups(books).items()
        for title, pence in books.headline(councils).items()
    }


def like_for_like(books: Books) -> Wanted:
    """All partners beside those that were partners throughout; nothing where all were."""
    kept = books.throughout
    if books.narrowed.council or set(kept) == set(books.keys):
        return {}
    spans = [*((year_key(fy), [fy]) for fy in books.shown_fys), ("All years", books.shown_fys)]
    wanted: Wanted = {}
    for measure in (GROSS, NET):
        if measure not in books.shown_measures:
            continue
        for ledger in (ORIGINAL, CURRENT, FORECAST, VERIFIED):
            for spelled, fys in spans:
                whole = books.figure(measure, ledger, books.keys, fys, is_year=spelled != "All years")
                part = whole if isinstance(whole, str) else _of_kept(books, measure, ledger, kept, fys)
                place = measure, TITLES[ledger], spelled
                wanted |= {(*place, "All partners"): plain(whole), (*place, "Like for like"): plain(part)}
    return wanted


def paybacks(books: Books) -> Wanted:
    """When the outlay has come back, on each plan and on the forecast."""
    wanted: Wanted = {}
    for ledger in (ORIGINAL, CURRENT, FORECAST):
        for name, councils in groups(books).items():
            months = payback_months(books.nets(ledger, councils))
            by = _paid_back_by(months, books.fys[0]) if isinstance(months, int) else None
            place = TITLES[ledger], name
            wanted[(*place, "Simple payback")] = duration(months)
            wanted[(*place, "Paid back by")] = by.isoformat() if by else "[x]"
    return wanted


def equity(books: Books) -> Wanted:
    """Each council's share of net, cost and gross saving beside what they are compared with (F-35)."""
    net, cost, gross = (_whole_period(books, measure) for measure in (NET, "One-off cost", GROSS))
    pairs = (
        ("Net saving", net, "Population", _by_people(books, NET)),
        ("One-off cost", cost, "Population", _by_people(books, "One-off cost")),
        ("Gross cashable saving", gross, "One-off cost", cost),
    )
    wanted: Wanted = {}
    for measured, own, other, beside in pairs:
        for name, columns in _share_columns(books, own, beside).items():
            wanted |= {(measured, other, name, title): text for title, text in columns.items()}
    return wanted


def _whole_period(books: Books, measure: str) -> dict[str, int | None]:
    is_used = measure in books.shown_measures and books.latest is not None
    return {key: books.pence(measure, "current", [key], books.fys) if is_used else None for key in books.keys}


def _by_people(books: Books, measure: str) -> dict[str, Fraction | None]:
    """Each year's amount shared by the population of those that are partners in that year."""
    people, found = books.people, dict.fromkeys(books.keys, Fraction(0))
    unknown = set() if measure in books.shown_measures else set(books.keys)
    for fy in books.fys if not unknown else ():
        first, last = date(fy, 4, 1), date(fy + 1, 3, 31)
        there = [
            key
            for key in books.keys
            if (books.days[key][0] or first) <= last and (books.days[key][1] or last) >= first
        ]
        pence = books.pence(measure, "current", books.keys, [fy])
        if pence:
            unknown |= {key for key in there if key not in people}
            whole = sum(people.get(key, 0) for key in there) or 1
            for key in there:
                found[key] += Fraction(pence * people.get(key, 0), whole)
    return {key: None if key in unknown else part for key, part in found.items()}


def _share_columns(
    books: Books, measured: Mapping[str, int | None], other: Mapping[str, int | Fraction | None]
) -> dict[str, dict[str, str]]:
    """In per cent with one decimal; one row without shares where there are none."""
    titles = ("Share, %", "Share compared with, %", "Difference, points", "Flagged")
    own, beside = shares(measured), shares(other)
    if isinstance(own, str) or isinstance(beside, str):
        return {ALL: dict.fromkeys((*titles,), "[x]") | {"Basis": "Current plan"}}
    found = {}
    for key in measured:
        gap = own[key] - beside[key]
        texts = (one_decimal(own[key]), one_decimal(beside[key]), one_decimal(gap))
        flagged = "yes" if abs(gap) > Fraction(5) else "no"
        found[books.names[key]] = dict(zip(titles, (*texts, flagged), strict=True)) | {
            "Basis": "Current plan"
        }
    return found


def no_worse_off(books: Books) -> Wanted:
    """Each council's net position over the appraisal period, in cash and in net present value (F-21)."""
    standings = {"Original plan": ORIGINAL, "Current plan": CURRENT, NOW: NOW}
    wanted: Wanted = {}
    for standing, ledger in standings.items():
        for key in books.keys:
            net, present = _net_positions(books, ledger, key)
            wanted[standing, "Cash", books.names[key], "Net position"] = plain(net)
            wanted[standing, "Net present value", books.names[key], "Net position"] = plain(present)
    return wanted


def _net_positions(books: Books, ledger: str, key: str) -> tuple[Pence, Pence]:
    if ledger == NOW and books.is_forecast_missing(NET, [key]):
        return "[x]", "[x]"
    base = books.programme.base_fy or 0
    cash = present = 0
    for index in range(books.programme.horizon_years + 1):
        held = [_year_of(books, measure, ledger, key, base + index) for measure in GAINS + LOSSES]
        gains = held[0] + held[1] + held[2] - held[3]
        losses = held[4] + held[5]
        factor = 1 / Fraction(1035, 1000) ** index
        cash += gains - losses
        present += half_up(gains * factor) - half_up(losses * factor)
    return cash, present


def _year_of(books: Books, measure: str, ledger: str, key: str, fy: int) -> int:
    if ledger == NOW:
        found = books.outturn(measure, [key], fy)
        return found if isinstance(found, int) else 0
    return books.pence(measure, ledger, [key], [fy])


def of_all_programmes(books: Books, fy: int) -> dict[tuple[str, str], str]:
    """What the page of all programmes says of this one: of all its years, and of one."""
    names = (*LEDGERS, "original to date", "current to date")
    parts = (("whole", books.fys), ("year", [fy]))
    left_out = {
        (part, f"{ledger}_no_target"): plain(
            books.without_target(GROSS, ledger, books.keys, fys, is_year=part == "year")
        )
        for part, fys in parts
        for ledger in (FORECAST, VERIFIED)
    }
    return left_out | {
        (part, name.replace(" ", "_")): plain(
            books.figure(GROSS, name, books.keys, fys, is_year=part == "year")
        )
        for part, fys in parts
        for name in names
    }


def returns(books: Books) -> Wanted:
    """How far each council's returns of savings, and of costs, have come."""
    words = {CLAIMED: "Claimed, not verified", VERIFIED: "Verified"}
    wanted: Wanted = {}
    for key in books.keys:
        for noun, is_cost in (("Savings", False), ("Costs", True)):
            own = [
                (row.ledger, month_end(row.fy, row.period or 12))
                for row in books.rows
                if row.council == key and row.ledger in words and (row.item.part in SPENT) == is_cost
            ]
            every, verified = [end for _, end in own], [end for one, end in own if one == VERIFIED]
            latest = sorted({one for one, end in own if end == books.cut_off})
            texts = {
                f"{noun} returned up to": max(every).isoformat() if every else "[x]",
                f"{noun} verified up to": max(verified).isoformat() if verified else "[x]",
                f"{noun} of the latest month": words[latest[0]] if latest else "Not returned",
            }
            wanted |= {(books.names[key], title): text for title, text in texts.items()}
    return wanted


def lines(books: Books) -> Wanted:
    """What each line that counts holds over the councils and years shown."""
    chosen = [item for item in books.items.values() if books.is_chosen(item, None)]
    return {
        (item.ref, TITLES[ledger]): plain(
            sum(
                row.pence
                for row in books.rows
                if row.item == item and row.ledger == ledger and row.fy in books.shown_fys
            )
        )
        for item in chosen
        for ledger in LEDGERS
    }


def _spans(books: Books) -> list[tuple[str, str, list[int], bool]]:
    fys = books.shown_fys
    return [
        *(("In the year", year_key(fy), [fy], True) for fy in fys),
        *(
            ("Up to the end of the year", year_key(fy), fys[: place + 1], True)
            for place, fy in enumerate(fys)
        ),
        ("Whole period", "All years", fys, False),
    ]


def _points(books: Books, name: str, councils: Sequence[str], fys: Sequence[int]) -> Wanted:
    ends = [month_end(fy, number) for fy in fys for number in range(1, 13)]
    return {
        (name, end.isoformat(), TITLES[ledger]): plain(value)
        for end, point in zip(ends, books.month_points(councils, fys), strict=True)
        for ledger, value in point.items()
    }


def _of_kept(books: Books, measure: str, ledger: str, kept: Sequence[str], fys: Sequence[int]) -> Pence:
    return books.pence(measure, ledger, kept, fys) if kept else "[z]"


def _paid_back_by(months: int, first_fy: int) -> date:
    """The last day of the month in which it has come back."""
    fy, number = first_fy + (months - 1) // 12, (months - 1) % 12 + 1
    return month_end(fy, number)

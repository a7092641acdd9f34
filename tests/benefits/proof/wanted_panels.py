"""What each panel of savings must hold, from the books: by place and column, as the file writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from fractions import Fraction

from benefits.models import Benefit, Line, PlanAmount
from programme.models import PlanVersion
from services.models import Service
from tests.benefits.proof.arithmetic import (
    Pence,
    X,
    Z,
    divide,
    half_up,
    minus,
    month_end,
    percent,
    year_of,
)
from tests.benefits.proof.books import (
    CLAIMED,
    CURRENT,
    FORECAST,
    GROSS,
    LEDGERS,
    MEASURES,
    RETURNED,
    VERIFIED,
    Books,
    Item,
)
from tests.benefits.proof.wanted_files import ALL, TITLES, Wanted
from tests.benefits.proof.words import plain

LENGTHS = {"Months": 1, "Quarters": 3, "Years": 12}
CUMULATIVE, ALONE = "Cumulative", "In each period alone"
CLASSES = (GROSS, "Additional income in no budget", "Non-cashable saving", "Cost avoidance")
FACTORS = {"High": Fraction(1), "Medium": Fraction(3, 4), "Low": Fraction(1, 2)}


def over_time(books: Books) -> Wanted:
    """Every period, by month, quarter and year, alone and as running sums."""
    wanted: Wanted = {}
    for every, length in LENGTHS.items():
        fys = books.shown_fys if every == "Years" else books.programme_months
        points = books.month_points(books.keys, fys)
        for ledger in LEDGERS:
            sums = _known(points, ledger)
            ends = sums[length - 1 :: length]
            alone = [after - before for before, after in zip([0, *ends], ends, strict=False)]
            for way, values in ((CUMULATIVE, ends), (ALONE, alone)):
                for place, value in enumerate(values):
                    fy, number = fys[place * length // 12], place * length % 12 + 1
                    first = month_end(fy, number).replace(day=1)
                    told = _told(books, ledger, first, value)
                    wanted[every, way, first.isoformat(), TITLES[ledger]] = plain(told)
    return wanted


def _known(points: Sequence[Mapping[str, Pence]], ledger: str) -> list[int]:
    """Running sums, also where they are not shown."""
    known = [point[ledger] for point in points]
    last, found = 0, []
    for value in known:
        last = value if isinstance(value, int) else last
        found.append(last)
    return found


def _told(books: Books, ledger: str, first: date, value: int) -> Pence:
    if ledger == FORECAST and books.is_forecast_missing(GROSS, books.keys):
        return X
    if ledger in RETURNED:
        return X if books.cut_off is None else value if first <= books.cut_off else Z
    return value


def causes(books: Books) -> dict[tuple[str, str], str]:
    """From the original plan to the forecast: what each plan version changed, and what has changed since."""
    lines = cause_lines(books)
    versions = _versions(books)
    wanted: dict[tuple[str, str], str] = {}

    def total(title: str) -> int:
        return sum(values[title] for values in lines.values())

    def step(name: str, change: Pence, level: int) -> None:
        wanted[name, "Adds or takes off"], wanted[name, "Leads to"] = plain(change), plain(level)

    level = total("Original plan")
    step("Original plan", X, level)
    for number in versions[1:]:
        change = total(f"Changed by version {number}")
        level += change
        step(f"Change of scope (plan version {number})", change, level)
    if len(versions) > 1:
        step("Current plan", X, total("Current plan"))
    if not books.is_forecast_missing(GROSS, books.keys):
        for name in ("Other amounts than planned", "Comes in another year"):
            level += total(name)
            step(name, total(name), level)
        step("Forecast", X, total("Forecast"))
    return wanted


def cause_lines(books: Books) -> dict[str, dict[str, int]]:
    """The same line by line, in pence."""
    held: dict[tuple[int, int, str, int], int] = {}
    rows = PlanAmount.objects.filter(line__programme=books.programme).values_list(
        "plan_version__number", "line", "council__key", "fy", "amount_pence"
    )
    for number, line, council, fy, pence in rows:
        held[number, line, council, fy] = held.get((number, line, council, fy), 0) + pence
    versions = _versions(books)
    found = {}
    for item in books.items.values():
        if item.part in MEASURES[GROSS] and books.is_chosen(item, None):
            sums = [
                sum(held.get((number, item.pk, key, fy), 0) for key in books.keys for fy in books.shown_fys)
                for number in versions
            ]
            values = {"Original plan": sums[0], "Current plan": sums[-1]}
            for number, before, after in zip(versions[1:], sums, sums[1:], strict=False):
                values[f"Changed by version {number}"] = after - before
            if not books.is_forecast_missing(GROSS, books.keys):
                values |= _since(books, item, versions[-1], held)
            found[item.ref] = values
    return found


def causes_by_line(books: Books) -> Wanted:
    """The same as its file writes it."""
    return {
        (ref, title): plain(pence)
        for ref, values in cause_lines(books).items()
        for title, pence in values.items()
    }


def _since(
    books: Books, item: Item, latest: int, held: Mapping[tuple[int, int, str, int], int]
) -> dict[str, int]:
    """What moved between years, and what is more or less, council by council."""
    timing = change = 0
    for key in books.keys:
        expected: dict[int, int] = {}
        for row in books.rows:
            if (row.item, row.council, row.ledger) == (item, key, FORECAST):
                expected[row.fy] = expected.get(row.fy, 0) + row.pence
        gaps = {fy: expected.get(fy, 0) - held.get((latest, item.pk, key, fy), 0) for fy in books.fys}
        moved = _moved(gaps)
        timing += sum(moved.get(fy, 0) for fy in books.shown_fys)
        change += sum(gaps[fy] - moved.get(fy, 0) for fy in books.shown_fys)
    whole = sum(
        row.pence
        for row in books.rows
        if row.item == item and row.ledger == FORECAST and row.fy in books.shown_fys
    )
    return {"Other amounts than planned": change, "Comes in another year": timing, "Forecast": whole}


def _moved(gaps: Mapping[int, int]) -> dict[int, int]:
    """What is less in some years and more in others has moved; the larger side shares it in proportion."""
    more = sorted(fy for fy, gap in gaps.items() if gap > 0)
    less = sorted(fy for fy, gap in gaps.items() if gap < 0)
    moved = min(sum(gaps[fy] for fy in more), -sum(gaps[fy] for fy in less))
    if not moved:
        return {}
    found = dict(zip(more, divide(moved, [Fraction(gaps[fy]) for fy in more]), strict=True))
    shares = divide(moved, [Fraction(-gaps[fy]) for fy in less])
    return found | {fy: -share for fy, share in zip(less, shares, strict=True)}


def confidence(books: Books) -> Wanted:
    """Delivered, on track and at risk, of each council and in all."""
    wanted: Wanted = {}
    sums = dict.fromkeys(("Delivered", "On track", "At risk", "Expected"), 0)
    for key in books.keys:
        own = dict.fromkeys(sums, 0)
        for item in _gross_items(books):
            for name, pence in _delivery(books, item, key).items():
                own[name] += pence
        wanted |= {(books.names[key], name): plain(pence) for name, pence in own.items()}
        sums = {name: sums[name] + own[name] for name in sums}
    return wanted | {(ALL, name): plain(pence) for name, pence in sums.items()}


def confidence_by_benefit(books: Books) -> Wanted:
    """The same of each benefit, and of the lines that belong to none."""
    refs = dict(Line.objects.filter(benefit__isnull=False).values_list("pk", "benefit__ref"))
    held = {row.item for row in books.rows if row.ledger in {CLAIMED, VERIFIED, FORECAST}}
    sums: dict[tuple[str, str], int] = {}
    for item in _gross_items(books):
        for key in books.keys if item in held else ():
            for name, pence in _delivery(books, item, key).items():
                place = refs.get(item.pk, X), name
                sums[place] = sums.get(place, 0) + pence
    return {place: plain(pence) for place, pence in sums.items() if place[1] != "Expected"}


def _delivery(books: Books, item: Item, key: str) -> dict[str, int]:
    """Verified is delivered; what a doubtful line is still to give, and what is late, is at risk."""
    own = [row for row in books.rows if (row.item, row.council) == (item, key)]
    back = [row for row in own if row.ledger in {CLAIMED, VERIFIED}]
    last = max((month_end(row.fy, row.period or 12) for row in back), default=date.min)
    ahead = [
        (month_end(row.fy, number), pence)
        for row in own
        if row.ledger == FORECAST
        for number, pence in enumerate(row.months, 1)
        if month_end(row.fy, number) > last
    ]
    late = sum(pence for end, pence in ahead if books.cut_off and end <= books.cut_off)
    pending = sum(pence for _, pence in ahead) - late
    pending += sum(row.pence for row in back if row.ledger == CLAIMED)
    delivered = sum(row.pence for row in back if row.ledger == VERIFIED)
    is_doubtful = _is_doubtful(books, item)
    found = {
        "Delivered": delivered,
        "On track": 0 if is_doubtful else pending,
        "At risk": late + (pending if is_doubtful else 0),
    }
    return found | {"Expected": sum(found.values())}


def _is_doubtful(books: Books, item: Item) -> bool:
    """A benefit that nobody has approved; of a line without one, a forecast under 95% of its plan."""
    if Line.objects.filter(pk=item.pk, benefit__isnull=False).exists():
        return True
    plan, forecast = (
        sum(row.pence for row in books.every_row if row.item == item and row.ledger == ledger)
        for ledger in (CURRENT, FORECAST)
    )
    return 100 * forecast < 95 * plan if plan > 0 else forecast < plan


def weighed(books: Books) -> Wanted:
    """The forecast by how sure its benefits are, plain and weighed (F-18)."""
    sure = dict(Line.objects.filter(benefit__isnull=False).values_list("pk", "benefit__confidence"))
    sums: dict[str, int] = {}
    for row in books.rows:
        if row.item.part in MEASURES[GROSS] and row.ledger == FORECAST:
            word = sure.get(row.item.pk, "").capitalize() or "Not stated"
            sums[word] = sums.get(word, 0) + row.pence
    wanted: Wanted = {}
    for word, pence in sums.items():
        if pence:
            factor = FACTORS.get(word)
            weight: Pence = X if factor is None else half_up(pence * factor)
            wanted |= {(word, "Forecast"): plain(pence), (word, "Weighed"): plain(weight)}
    return wanted


def realisation(books: Books) -> Wanted:
    """How much of each plan is realised, in four groupings; what has no target is in no percentage."""
    wanted: Wanted = {}
    for key in books.keys:
        wanted |= _realised(books, "Council", books.names[key], "", GROSS, [key], lambda item: True)
    for measure in CLASSES:
        if measure in books.shown_measures:
            name = {GROSS: "Cashable"}.get(measure, measure)
            wanted |= _realised(books, "Class", name, "", measure, books.keys, lambda item: True)
    names = dict(Service.objects.filter(programme=books.programme).values_list("ref", "name"))
    for service in {item.service for item in _gross_items(books)}:
        wanted |= _realised(
            books,
            "Service",
            names.get(service, "No one service"),
            "",
            GROSS,
            books.keys,
            lambda item, service=service: item.service == service,
        )
    benefits = dict(Line.objects.filter(benefit__isnull=False).values_list("pk", "benefit"))
    for benefit in Benefit.objects.filter(programme=books.programme):
        for measure in CLASSES:
            own = {pk for pk, of in benefits.items() if of == benefit.pk}
            if any(item.part in MEASURES[measure] and item.pk in own for item in books.items.values()):
                wanted |= _realised(
                    books,
                    "Benefit",
                    benefit.title,
                    benefit.ref,
                    measure,
                    books.keys,
                    lambda item, own=own: item.pk in own,
                )
    return wanted


def _realised(
    books: Books,
    by: str,
    name: str,
    ref: str,
    measure: str,
    keys: Sequence[str],
    keeps: Callable[[Item], bool],
) -> Wanted:
    targeted = {row.item.pk for row in books.every_row if row.ledger == CURRENT and row.pence}
    whole = _only(books, lambda item: keeps(item) and item.part in MEASURES[measure])
    counted = _only(whole, lambda item: item.pk in targeted)
    fy, fys = books.narrowed.fy or year_of(books.as_of), books.shown_fys
    has_target = bool(counted.used)
    original, plan, verified = (
        whole.figure(measure, one, keys, fys, is_year=False)
        for one in ("original to date", "current to date", VERIFIED)
    )
    own_plan, own = (
        counted.figure(measure, one, keys, fys, is_year=False) for one in ("current to date", VERIFIED)
    )
    year = {one: whole.figure(measure, one, keys, [fy], is_year=False) for one in (CURRENT, FORECAST)}
    own_year = {one: counted.figure(measure, one, keys, [fy], is_year=False) for one in (CURRENT, FORECAST)}
    texts = {
        "Original plan to date": plain(original),
        "Plan to date": plain(plan),
        "Verified to date": plain(verified),
        "Realised, %": percent(own, own_plan) if has_target else Z,
        "Verified less plan": plain(minus(own, own_plan)) if has_target else Z,
        "Plan of the year": plain(year[CURRENT]),
        "Forecast of the year": plain(year[FORECAST]),
        "Forecast, % of plan": percent(own_year[FORECAST], own_year[CURRENT]) if has_target else Z,
        "Target": "Set" if has_target else "No target set",
    }
    return {(by, name, ref or "[x]", measure, title): text for title, text in texts.items()}


def _only(books: Books, keeps: Callable[[Item], bool]) -> Books:
    """The books with some of their lines alone."""
    kept = copy(books)
    for name in ("_cells", "_not_forecast"):
        kept.__dict__.pop(name, None)
    kept.rows = [row for row in books.rows if keeps(row.item)]
    kept.items = {pk: item for pk, item in books.items.items() if keeps(item)}
    kept.used = {item.part for item in kept.items.values() if books.is_chosen(item, None)}
    return kept


def _gross_items(books: Books) -> list[Item]:
    return [
        item for item in books.items.values() if item.part in MEASURES[GROSS] and books.is_chosen(item, None)
    ]


def _versions(books: Books) -> list[int]:
    rows = PlanVersion.objects.filter(
        programme=books.programme, effective_on__lte=books.as_of, approved_on__lte=books.as_of
    )
    return sorted(rows.values_list("number", flat=True))

"""Every total of a programme made at random is the same everywhere, and the same worked out from raw rows.

`tests.benefits.proof.seeds` says how to ask for other programmes, and how to repeat one that failed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from benefits.actions.roll_ups import store_roll_up
from benefits.queries.roll_ups import differences as differences_of_sums
from benefits.queries.roll_ups import differences as stored_differences
from benefits.queries.roll_ups import has_marks
from benefits.views.savings import CSV_TABLES
from core.clock import LONDON
from governance.benefits_files.formats import json_bytes
from governance.queries.benefits_export import benefits_export
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts
from services.models import ApportionmentRun
from tests import factories
from tests.api.test_reads import client_of
from tests.benefits.proof import shown_panels, wanted_charts, wanted_files, wanted_pages
from tests.benefits.proof import wanted_panels as panels
from tests.benefits.proof.arithmetic import divide, month_end
from tests.benefits.proof.books import CLAIMED, CURRENT, FORECAST, VERIFIED, Books, Narrowed
from tests.benefits.proof.checks import (
    FILES,
    OTHER_SHEETS,
    PANELS,
    by_place,
    page_address,
    shown_wrong,
    wrong_in_files,
    wrong_on_page,
)
from tests.benefits.proof.frame import World
from tests.benefits.proof.money import claim_months
from tests.benefits.proof.office import recalculated, sums_of, with_sums
from tests.benefits.proof.readings import (
    api_rows,
    csv_of,
    differences,
    page_of,
    pence,
    sheets_of,
    sums,
)
from tests.benefits.proof.reports import pounds_that_differ, without_results
from tests.benefits.proof.seeds import SEEDS
from tests.benefits.proof.wanted_all import KINDS, wrong_of_all_programmes
from tests.benefits.proof.wanted_export import exported, wanted_export
from tests.benefits.proof.words import year_key
from tests.benefits.proof.world import EARLIER_DAYS, LAST_DAY, make_world

DRILLED = 8
# What need not be tried of each programme is tried of the last one.
of_the_last = pytest.mark.parametrize("world", SEEDS[-1:], ids=lambda seed: f"seed-{seed}", indirect=True)


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed-{seed}")
def world(request: pytest.FixtureRequest, module_db: None) -> Iterator[World]:
    with time_machine.travel("2026-02-09 10:00:00+00:00", tick=False) as clock, transaction.atomic():
        yield make_world(request.param, clock)
        transaction.set_rollback(True)


@pytest.fixture
def draw(request: pytest.FixtureRequest, world: World) -> Random:
    """What one test draws by chance: the same whether it runs alone or after others."""
    world.random = Random(request.node.name)  # noqa: S311 - repeats, and keeps no secret
    return world.random


@pytest.fixture(scope="module")
def kept() -> dict[str, tuple[bytes, dict[str, int]]]:
    """The workbooks of the module, which LibreOffice opens all at once, with what they must add up to."""
    return {}


@pytest.fixture
def reader(world: World, db: None) -> Client:
    world.at(LAST_DAY)
    return factories.sign_in(Client(), world.reader)


@pytest.fixture(scope="module")
def books(world: World) -> Books:
    return Books(world.programme, LAST_DAY)


def test_each_number_of_the_page(world: World, reader: Client, books: Books) -> None:
    assert wrong_on_page(reader, page_address(world), books) == []


def test_each_number_of_the_csv_files(world: World, reader: Client, books: Books) -> None:
    assert wrong_in_files(world, reader, books) == []


@of_the_last
def test_no_table_and_no_file_is_left_out(world: World, reader: Client, books: Books) -> None:
    shown = set(page_of(reader.get(page_address(world))).tables)
    compared = {table for table, _, _ in wanted_pages.page(books)} | wanted_pages.AS_FILES
    assert shown - compared == set()
    assert set(CSV_TABLES) - set(FILES) == {"not-assessable"}
    sheets = {sheet for _, sheet, _ in (*FILES.values(), *PANELS.values())}
    assert set(sheets_of(workbook(world, reader))) - sheets - OTHER_SHEETS == set()


def test_each_number_of_a_page_and_its_files_that_are_narrowed(
    world: World, reader: Client, draw: Random
) -> None:
    council, service = draw.choice(world.councils), draw.choice(world.services)
    fy = draw.choice(world.fys)
    choices = [
        (Narrowed(council=council.key), {"council": council.key}),
        (Narrowed(service=service.ref), {"service": service.ref}),
        (Narrowed(fy=fy), {"year": year_key(fy)}),
        (
            Narrowed(council=council.key, fy=fy, service=service.ref),
            {"council": council.key, "service": service.ref, "year": year_key(fy)},
        ),
    ]
    for narrowed, asked in draw.sample(choices, 2):
        books = Books(world.programme, LAST_DAY, narrowed)
        assert (asked, wrong_on_page(reader, page_address(world), books, **asked)) == (asked, [])
        files = ("figures", "months", "headline", "lines", "like-for-like")
        assert (asked, wrong_in_files(world, reader, books, *files, **asked)) == (asked, [])


def test_each_point_of_the_charts(world: World, reader: Client, books: Books) -> None:
    charts = page_of(reader.get(page_address(world))).charts
    wanted = {"chart-programme": wanted_charts.main_chart(books)} | {
        f"chart-{key}": wanted_charts.council_chart(books, key) for key in books.keys
    }
    found = {name: wanted_charts.series_of(charts[name]) for name in wanted}
    assert differences(wanted, found) == []
    for key in books.keys:
        verified = wanted[f"chart-{key}"].get(VERIFIED, {})
        bases = wanted_charts.bars_stand_on(charts[f"chart-{key}"])
        claimed = wanted[f"chart-{key}"].get(CLAIMED, {})
        assert bases == {month: verified.get(month, 0) for month in claimed}


def workbook(world: World, reader: Client) -> bytes:
    return reader.get(f"/programmes/{world.programme.key}/downloads/savings.xlsx").content


def test_each_number_of_the_workbook(
    world: World, reader: Client, books: Books, kept: dict[str, tuple[bytes, dict[str, int]]]
) -> None:
    content = workbook(world, reader)
    kept[str(world.seed)] = with_sums(content, books)
    sheets = sheets_of(content)
    wrong = []
    for places, sheet, wanted in FILES.values():
        found = by_place(sheets.get(sheet, []), places)
        wrong += [(sheet, *one) for one in differences(wanted(books), found)]
    assert wrong == []


@of_the_last
def test_workbooks_add_up_to_the_same_in_libreoffice(
    world: World,
    reader: Client,
    books: Books,
    kept: dict[str, tuple[bytes, dict[str, int]]],
    tmp_path: Path,
) -> None:
    kept = kept or {str(world.seed): with_sums(workbook(world, reader), books)}
    given = {name: content for name, (content, _) in kept.items()}
    content = report_content(Facts(world.programme, LAST_DAY), number=1, version="open")
    reports = without_results(content, LAST_DAY)
    opened = recalculated(given | reports, tmp_path)
    wrong = {name: pounds_that_differ(content, opened.pop(name)) for name in reports}
    assert [found for found in wrong.values() if found] == []
    assert {name: sums_of(content) for name, content in opened.items()} == {
        name: wanted for name, (_, wanted) in kept.items()
    }
    for name, content in opened.items():
        before, after = sheets_of(given[name]), sheets_of(content)
        assert (name, differences(before, after)) == (name, [])


def test_each_number_of_the_panels(world: World, reader: Client, books: Books) -> None:
    sheets = sheets_of(workbook(world, reader))
    wrong = []
    for name, (places, sheet, wanted) in PANELS.items():
        in_book = by_place(sheets.get(sheet, []), places)
        wrong += [(sheet, *one) for one in shown_wrong(wanted(books), in_book)]
        rows = csv_of(reader.get(f"{page_address(world)}{name}.csv"))
        in_file = by_place(rows, places)
        chosen = {place: text for place, text in wanted(books).items() if place in in_file}
        assert chosen, name
        wrong += [(name, *one) for one in shown_wrong(chosen, in_file)]
    assert wrong == []


def test_panels_show_and_draw_what_their_files_hold(world: World, reader: Client, books: Books) -> None:
    over_time, causes, sure = (make(books) for make in (panels.over_time, panels.causes, panels.confidence))
    first = page_of(reader.get(f"{page_address(world)}over-time/"))
    assert differences(shown_panels.over_time_rows(books, over_time), first.tables["over-time"].cells()) == []
    assert (
        differences(
            shown_panels.over_time_chart(books), wanted_charts.series_of(first.charts["chart-over-time"])
        )
        == []
    )
    second = page_of(reader.get(f"{page_address(world)}causes/"))
    assert differences(shown_panels.cause_rows(causes), second.tables["causes"].cells()) == []
    assert wanted_charts.steps_of(second.charts["chart-causes"]) == shown_panels.cause_steps(causes)
    third = page_of(reader.get(f"{page_address(world)}confidence/"))
    assert differences(shown_panels.confidence_rows(sure), third.tables["confidence"].cells()) == []
    drawn = (
        wanted_charts.steps_of(third.charts["chart-confidence"]) if "chart-confidence" in third.charts else []
    )
    assert drawn == shown_panels.confidence_bars(books, sure)


def test_panels_of_the_api_hold_what_their_files_hold(world: World, reader: Client, books: Books) -> None:
    client = client_of(world.reader)
    folder = f"/api/v1/programmes/{world.programme.key}/savings/"
    periods = client.get(f"{folder}over-time/", {"every": "quarter", "sums": "in-period"}).json()["periods"]
    found = {
        ("Quarters", panels.ALONE, period["first_on"], wanted_files.TITLES[ledger]): text
        for period in periods
        for ledger, text in period["figures"].items()
    }
    wanted = {place: text for place, text in panels.over_time(books).items() if place in found}
    assert differences(shown_panels.nothing_for_missing(wanted), found) == []
    steps = client.get(f"{folder}causes/").json()["steps"]
    leads = {(step["step"], "Leads to"): step["leads_to"] for step in steps}
    assert leads == {place: text for place, text in panels.causes(books).items() if place[1] == "Leads to"}
    councils = client.get(f"{folder}confidence/").json()["councils"]
    found = {
        (books.names[one["council"]], name.capitalize().replace("_", " ")): text
        for one in councils
        for name, text in one["delivery"].items()
    }
    assert (
        differences(
            {place: text for place, text in panels.confidence(books).items() if place[0] != "All councils"},
            found,
        )
        == []
    )


def test_page_and_files_as_they_were_on_earlier_days(world: World, reader: Client, draw: Random) -> None:
    for day in draw.sample(EARLIER_DAYS, 1):
        world.at(day)
        books = Books(world.programme, day)
        factories.sign_in(reader, world.reader)
        assert (day, wrong_on_page(reader, page_address(world), books)) == (day, [])
        assert (day, wrong_in_files(world, reader, books, "figures", "months", "lines")) == (day, [])


def test_numbers_of_the_page_lead_to_entries_that_add_up_to_them(
    world: World, reader: Client, draw: Random
) -> None:
    tables = page_of(reader.get(page_address(world))).tables
    links = [link for table in tables.values() for link in table.links if "/entries/?" in link[1]]
    for text, address in draw.sample(links, min(DRILLED, len(links))):
        shown = page_of(reader.get(address))
        entries = shown.table_with("Adds")
        adds = [cells[entries.heads.index("Adds") - 1] for _, cells in entries.rows]
        found = pence(re.findall(r"−?£[\d,.]+", shown.title)[-1])
        assert (address, sum(int(pence(one)) for one in adds)) == (address, pence(text))
        assert (address, found) == (address, pence(text))


def test_rows_of_the_api_add_up_to_the_same(world: World, reader: Client, books: Books) -> None:
    client = client_of(world.reader)
    counted = {item.ref for item in books.items.values()}
    key = world.programme.key
    actual = sums(api_rows(client, "actual-amounts", programme=key), "amount", "line", "council", "state")
    number = max(world.programme.plan_versions.values_list("number", flat=True))
    plan = api_rows(client, "plan-amounts", programme=key, plan_version=str(number))
    found = {
        place: pence for place, pence in actual.items() if place[0] in counted and place[2] != "returned"
    }
    found |= {
        (*place, CURRENT): pence
        for place, pence in sums(plan, "amount", "line", "council").items()
        if place[0] in counted
    }
    wanted: dict[tuple[Any, ...], int] = {}
    for row in books.every_row:
        if row.ledger in {CLAIMED, VERIFIED, CURRENT}:
            place = row.item.ref, row.council, row.ledger
            wanted[place] = wanted.get(place, 0) + row.pence
    assert differences(wanted, found) == []


def test_forecasts_of_the_api_give_the_current_one(world: World, reader: Client, books: Books) -> None:
    rows = api_rows(client_of(world.reader), "forecast-amounts", programme=world.programme.key)
    latest: dict[tuple[str, str], str] = {}
    for row in rows:
        place = row["line"], row["council"]
        latest[place] = max(latest.get(place, ""), row["as_at_on"])
    kept = [row for row in rows if row["as_at_on"] == latest[row["line"], row["council"]]]
    counted = {item.ref for item in books.items.values()}
    found = {
        place: one
        for place, one in sums(kept, "amount", "line", "council", "fy").items()
        if place[0] in counted
    }
    wanted: dict[tuple[Any, ...], int] = {}
    for row in books.every_row:
        if row.ledger == FORECAST:
            place = row.item.ref, row.council, row.fy
            wanted[place] = wanted.get(place, 0) + row.pence
    assert differences(wanted, found) == []


def test_benefits_file_holds_the_same(world: World, reader: Client, books: Books) -> None:
    content = json.loads(json_bytes(benefits_export(world.programme, as_of=LAST_DAY)))
    assert differences(wanted_export(books), exported(content)) == []


def test_no_worse_off_in_cash_and_in_present_value(world: World, reader: Client, books: Books) -> None:
    places = ("Worked out from", "Basis", "Council")
    rows = csv_of(reader.get(f"/programmes/{world.programme.key}/no-worse-off.csv"))
    assert shown_wrong(wanted_files.no_worse_off(books), by_place(rows, places)) == []


def test_all_programmes_by_stored_sums_and_at_once_after_an_entry(
    world: World, reader: Client, draw: Random
) -> None:
    client, fy = client_of(world.reader), draw.choice(world.fys)
    store_roll_up(world.programme)
    for is_stored in (True, False):
        if not is_stored:
            claim_months(world, [(2027, 1), (2027, 2)], LAST_DAY)
        assert (is_stored, has_marks(world.programme)) == (is_stored, not is_stored)
        (row,) = client.get("/api/v1/savings/", {"year": year_key(fy)}).json()["programmes"]
        found = {
            (part, name): text
            for part in ("whole", "year")
            for name, text in row[part].items()
            if name != "missing"
        }
        wanted = wanted_files.of_all_programmes(Books(world.programme, LAST_DAY), fy)
        assert (is_stored, differences(shown_panels.nothing_for_missing(wanted), found)) == (is_stored, [])
    store_roll_up(world.programme)
    assert differences_of_sums(world.programme, LAST_DAY) == []


def test_each_benefit_of_the_register(world: World, reader: Client, books: Books) -> None:
    wanted = wanted_pages.register(books)
    folder = f"/programmes/{world.programme.key}/benefits"
    shown = page_of(reader.get(f"{folder}/")).table_with("Banked")
    refs = {benefit.title: benefit.ref for benefit in world.benefits}
    on_page = {
        (refs[header], name): text for header, cells in shown.by_row().items() for name, text in cells.items()
    }
    rows = csv_of(reader.get(f"{folder}.csv"))
    in_file = {(row["Reference"], name): text for row in rows for name, text in row.items()}
    for (ref, ledger), text in wanted.items():
        assert (ref, ledger, on_page[ref, wanted_pages.SHORT[ledger]]) == (ref, ledger, text)
        assert (ref, ledger, pence(in_file[ref, wanted_files.TITLES[ledger]])) == (ref, ledger, pence(text))


def test_each_year_of_the_councils_own_pages(world: World, reader: Client, books: Books) -> None:
    for key in books.keys:
        answer = reader.get(f"/councils/{key}/", {"programme": world.programme.key})
        shown = page_of(answer).table_with("Net position, forecast")
        found = {
            (header, name): text for header, cells in shown.by_row().items() for name, text in cells.items()
        }
        assert (key, differences(wanted_pages.council_years(books, key), found)) == (key, [])


def test_file_of_entries_holds_every_row_once(world: World, reader: Client, books: Books) -> None:
    rows = csv_of(reader.get(f"/programmes/{world.programme.key}/downloads/entries.csv"))
    counted = {item.ref for item in books.items.values()}
    number = max(world.programme.plan_versions.values_list("number", flat=True))
    states = {f"Plan version {number}": CURRENT, "Claimed": CLAIMED, "Verified": VERIFIED}
    kept = [row for row in rows if row["Of"] in states and row["Line reference"] in counted]
    found = {
        (line, states[state]): one
        for (line, state), one in sums(kept, "Amount", "Line reference", "Of").items()
    }
    wanted: dict[tuple[Any, ...], int] = {}
    for row in books.every_row:
        if row.ledger in states.values():
            wanted[row.item.ref, row.ledger] = wanted.get((row.item.ref, row.ledger), 0) + row.pence
    assert differences(wanted, found) == []


def test_shares_of_joint_amounts_sum_and_are_the_largest_remainders(world: World, reader: Client) -> None:
    runs = ApportionmentRun.objects.filter(pool__programme=world.programme)
    assert runs.exists()
    order = {council.key: place for place, council in enumerate(world.councils)}
    for run in runs:
        months = divide(run.total_pence, [Fraction(1)] * 12)
        wanted: dict[str, int] = {}
        for part in run.weights:
            begins, ends = (date.fromisoformat(part[name]) for name in ("from_on", "to_on"))
            own = [month_end(run.fy, number) for number in range(1, 13)]
            total = sum(one for one, end in zip(months, own, strict=True) if begins <= end <= ends)
            weights = sorted(part["weights"], key=lambda one: order[one["council"]])
            shares = divide(total, [Fraction(one["weight"]) for one in weights])
            for one, share in zip(weights, shares, strict=True):
                wanted[one["council"]] = wanted.get(one["council"], 0) + share
        found = dict(run.shares.values_list("council__key", "share_pence"))
        assert (found, sum(found.values())) == (wanted, run.total_pence)


@of_the_last
def test_files_of_one_cut_off_are_the_same_bytes_at_any_hour(world: World, reader: Client) -> None:
    names = ("savings.xlsx", "savings-by-year.csv", "savings-by-month.csv", "benefits.csv", "entries.csv")
    made = []
    for hour in (8, 19):
        world.clock.move_to(datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, hour, 47, tzinfo=LONDON))
        folder = f"/programmes/{world.programme.key}/downloads/"
        made.append([reader.get(folder + name).getvalue() for name in names])
    assert made[0] == made[1]


@of_the_last
def test_page_of_all_programmes_shows_the_same_read_from_entries_and_stored(world: World, db: None) -> None:
    world.at(LAST_DAY)
    assert has_marks(world.programme)
    assert wrong_of_all_programmes(world, ("",)) == []
    store_roll_up(world.programme)
    assert not has_marks(world.programme)
    assert wrong_of_all_programmes(world, KINDS) == []
    assert stored_differences(world.programme, LAST_DAY) == []

"""The file of every programme of the demonstration, in each format, beside the queries of the pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from benefits.enums import Measure
from benefits.queries.as_stated import read_stated
from benefits.queries.savings import savings_against_plan
from core.rules.money import pounds_plain
from governance.benefits_files.formats import FORMATS, csv_bytes, json_bytes, xlsx_bytes
from governance.demonstration.golden import KEY
from governance.demonstration.timing import ANCHOR
from governance.queries.benefits_export import BenefitsExport, benefits_export
from governance.queries.decisions import not_ratified
from programme.models import Programme
from programme.policies import Powers
from programme.queries.milestones import known_on, milestone_rows
from programme.queries.programmes import programme_page
from programme.rules.milestone import MilestoneProgress
from tests.governance.export.readers import (
    csv_rows,
    figures_of_csv,
    figures_of_json,
    figures_of_query,
    figures_of_workbook,
    sheet_rows,
    without_reasons,
)

CASES = [
    "breckland_south_holland",
    "bromsgrove_redditch",
    "chiltern_south_bucks",
    "east_kent",
    "huntingdonshire_cambridgeshire",
    "pannel",
    "south_hams_west_devon",
    "south_oxfordshire_vale",
    "twenty20",
]
EVERYTHING = [*CASES, KEY]
# Whose file is written whole several times: one that only a source tells of, and the living one.
TWO = pytest.mark.parametrize("programme", ["south_oxfordshire_vale", KEY], indirect=True)
NOBODY = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())
AssertQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture(params=EVERYTHING)
def programme(request: pytest.FixtureRequest, demonstration: list[str], db: None) -> Programme:
    return Programme.objects.select_related("partnership").get(key=request.param)


def export_of(key: str, as_of: date = ANCHOR) -> BenefitsExport:
    programme = Programme.objects.select_related("partnership").get(key=key)
    return benefits_export(programme, as_of=as_of)


def file_of(key: str, as_of: date = ANCHOR) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_bytes(export_of(key, as_of)))
    return found


def pick(rows: list[dict[str, Any]], *names: str, **wanted: Any) -> list[tuple[Any, ...]]:
    return [
        tuple(row[name] for name in names)
        for row in rows
        if all(row[key] == value for key, value in wanted.items())
    ]


@TWO
def test_figures_in_every_format_are_those_of_the_page(programme: Programme) -> None:
    savings = savings_against_plan(programme, as_of=known_on(programme, ANCHOR))
    export = benefits_export(programme, as_of=ANCHOR)
    expected = figures_of_query(savings)
    from_json = figures_of_json(json_bytes(export))
    assert figures_of_csv(csv_bytes(export)) == from_json
    names = {"All councils": "all"} | {council.name: council.key for council in savings.all_councils}
    measures = {str(measure.label): measure.value for measure in Measure}
    workbook = figures_of_workbook(xlsx_bytes(export), measures=measures, councils=names)
    assert workbook == without_reasons(from_json)
    if savings.measures:
        assert from_json == expected
    else:
        assert {table for table, *_ in from_json} == {"whole_period"}
        assert {status for status, _ in from_json.values()} == {"not_assessable"}


def test_milestones_phases_and_decisions_are_those_of_the_pages(programme: Programme) -> None:
    file = file_of(programme.key)
    seen_on = known_on(programme, ANCHOR)
    rows = milestone_rows(programme.milestones.all(), as_of=ANCHOR, powers=NOBODY)
    assert pick(file["overdue_milestones"], "milestone", "days_overdue") == [
        (row.milestone.ref, (seen_on - row.due.last_on).days)
        for row in rows
        if row.progress == MilestoneProgress.OVERDUE and row.due
    ]
    assert [ref for (ref,) in pick(file["next_milestones"], "milestone")] == [
        row.milestone.ref for row in rows if row.progress == MilestoneProgress.UPCOMING and row.due
    ]
    page = programme_page(programme, as_of=ANCHOR, powers=NOBODY)
    assert pick(file["phases"], "phase", "state_name") == [(row.phase.ref, row.word) for row in page.phases]
    ratified = {row["decision"]: tuple(row["not_ratified"]) for row in file["decisions"]}
    assert ratified == not_ratified(programme, as_of=seen_on)


@TWO
def test_workbook_and_csv_hold_every_row_of_the_json(programme: Programme) -> None:
    export = benefits_export(programme, as_of=ANCHOR)
    file = json.loads(json_bytes(export))
    tables = {key: rows for key, rows in file.items() if isinstance(rows, list)}
    lines: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in csv_rows(csv_bytes(export)):
        lines[line["table"]].add(tuple(line[name] for name in ("item", "council", "financial_year")))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(export)))
    sheets = dict(zip(["programme", *tables], book.sheetnames[3:], strict=False))
    for key, rows in tables.items():
        assert len(sheet_rows(book[sheets[key]])) == len(rows), key
        assert bool(lines[key]) == bool(rows), key


def test_totals_are_the_sums_of_the_councils_in_the_file(programme: Programme) -> None:
    file = file_of(programme.key)
    for table in ("by_year", "cumulative", "whole_period", "net_position", "headline"):
        groups: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in file[table]:
            groups[row.get("measure"), row.get("financial_year")][row["council"]] = row
        for rows in groups.values():
            whole = rows.pop("all")
            for figure, value in whole.items():
                if isinstance(value, str) and _is_money(figure):
                    assert sum(Decimal(row[figure]) for row in rows.values()) == Decimal(value), figure


def _is_money(figure: str) -> bool:
    about = {"council", "council_name", "financial_year", "measure", "measure_name", "source"}
    return figure not in about and "percent" not in figure


def test_line_of_the_csv_is_told_from_every_other(programme: Programme) -> None:
    names = ("table", "item", "council", "financial_year", "measure")
    keys = [
        tuple(line[name] for name in names)
        for line in csv_rows(csv_bytes(benefits_export(programme, as_of=ANCHOR)))
    ]
    assert len(set(keys)) == len(keys) > 100


@TWO
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_file_made_twice_has_the_same_bytes(programme: Programme, form: str) -> None:
    made = [FORMATS[form](benefits_export(programme, as_of=ANCHOR)) for _ in range(2)]
    assert made[0] == made[1]


def test_every_case_says_what_it_cannot_say(demonstration: list[str], db: None) -> None:
    for key in CASES:
        file = file_of(key)
        reasons = {row["reason"] for row in file["not_assessable"] if row["table"] == "whole_period"}
        assert reasons == {
            "No plan version is recorded",
            "No forecast is recorded",
            "No actual amount has been returned",
        }, key
        assert not pick(file["headline"], "net_cash_saving", net_cash_saving="0.00"), key
        assert file["by_year"] == file["cumulative"] == file["lines"] == [], key


def test_stated_figures_are_as_printed_with_qualifier_and_source(programme: Programme) -> None:
    file = file_of(programme.key)
    stated = read_stated(programme)
    found = {row["figure"]: row for row in file["stated_figures"]}
    assert set(found) == {figure.ref for figure in stated.figures}
    for figure in stated.figures:
        row = found[figure.ref]
        printed = (
            {"not_assessable": "The source gives no figure"}
            if figure.amount_pence is None
            else pounds_plain(figure.amount_pence)
        )
        words = {} if figure.qualifier == "exact" else {"amount": figure.get_qualifier_display()}
        assert (row["amount"], row["qualifiers"], row["source"]) == (printed, words, str(figure.source))


def test_south_and_vale_pay_back_in_3_302_years(demonstration: list[str], db: None) -> None:
    file = file_of("south_oxfordshire_vale")
    saving = "Planned saving, a year, 2011/12 against 2008/09"
    assert pick(file["stated_totals"], "council", "amount", "share", figures_name=saving) == [
        ("south_oxfordshire", "624420.00", "45.4"),
        ("vale_of_white_horse", "750510.00", "54.6"),
        ("all", "1374930.00", "100.0"),
    ]
    assert pick(
        file["stated_payback"], "reading", "one_off_cost", "yearly_saving", "payback_years", council="all"
    ) == [("yearly_as_stated", "4540000.00", "1374930.00", "3.302")]
    alone = {"not_assessable": "One-off cost is not stated for South Oxfordshire alone"}
    assert pick(file["stated_payback"], "payback_years", council="south_oxfordshire") == [(alone,)]
    assert pick(file["stated_net_position"], "year_of_operation", "position", council="all") == [
        ("year 1", "-3165070.00"),
        ("year 2", "-1790140.00"),
        ("year 3", "-415210.00"),
        ("year 4", "959720.00"),
        ("year 5", "2334650.00"),
    ]


def test_south_and_vale_shares_are_not_compared_with_a_cost_that_is_not_split(
    demonstration: list[str], db: None
) -> None:
    file = file_of("south_oxfordshire_vale")
    councils = "South Oxfordshire and Vale of White Horse"
    reason = f"Redundancy on moving to one client team is not split between {councils}"
    assert pick(file["equity"], "council", "compared_share", "is_flagged", basis="As stated") == [
        (council, {"not_assessable": reason}, {"not_assessable": reason})
        for council in ("south_oxfordshire", "vale_of_white_horse")
    ]
    gathered = [row for row in file["not_assessable"] if row["reason"] == reason]
    assert pick(gathered, "table", "councils") == [("equity", ["South Oxfordshire", "Vale of White Horse"])]


def test_yearly_and_whole_life_savings_are_never_added(demonstration: list[str], db: None) -> None:
    totals = file_of("pannel")["stated_totals"]
    assert pick(totals, "figures_name", "amount", council="all")[2:4] == [
        ("Achieved saving, a year", "443350.00"),
        ("Achieved saving, in total, contract life", "1497888.00"),
    ]


def test_figures_of_two_documents_are_kept_apart(demonstration: list[str], db: None) -> None:
    file = file_of("bromsgrove_redditch")
    names = ("figures_name", "reading", "one_off_cost", "yearly_saving", "payback_years", "qualifiers")
    assert pick(file["stated_payback"], *names, council="all") == [
        (
            "Achieved saving, a year", "yearly_as_stated", "1100000.00", "500000.00", "2.200",
            {"yearly_saving": "floor", "payback_years": "ceiling"},
        ),
        ("Achieved saving, not stated how often", "read_as_yearly", "1100000.00", "500000.00", "2.200", {}),
        ("Achieved saving, a year, 2016", "yearly_as_stated", "1300000.00", "2300000.00", "0.565", {}),
    ]  # fmt: skip
    exit_cost = pick(file["stated_totals"], "amount", "note", figures_name="Cost of separating again, once")
    assert exit_cost == [("800000.00", "Another source states another amount")]


def test_first_year_saving_is_read_as_yearly_and_says_so(demonstration: list[str], db: None) -> None:
    found = file_of("south_hams_west_devon")["stated_payback"]
    names = ("reading", "payback_years", "payback_months", "qualifiers")
    about = dict.fromkeys(("one_off_cost", "yearly_saving", "payback_years"), "approximate")
    assert pick(found, *names, council="all") == [("read_as_yearly", "0.857", 11, about)]


def test_achieved_saving_in_percent_of_a_plan_that_is_a_floor_is_a_ceiling(
    demonstration: list[str], db: None
) -> None:
    found = file_of("breckland_south_holland")["stated_progress"]
    assert pick(found, "realised_percent", "qualifiers", council="all") == [
        ("220.0", {"realised_percent": "ceiling"})
    ]
    forest = file_of("twenty20")["stated_progress"]
    assert pick(forest, "realised_percent", council="forest_of_dean") == [("23.3",)]
    not_split = {"not_assessable": "Planned saving is not stated for Cotswold alone"}
    assert pick(forest, "realised_percent", council="cotswold") == [(not_split,)]


def test_council_that_stayed_out_has_not_ratified(demonstration: list[str], db: None) -> None:
    decisions = file_of("east_kent")["decisions"]
    assert {name for row in decisions for name in row["not_ratified"]} == {"Shepway"}


def test_past_case_is_seen_from_the_day_asked_about(demonstration: list[str], db: None) -> None:
    file = file_of("bromsgrove_redditch", date(2009, 2, 15))
    assert (file["programme"]["as_of"], file["programme"]["seen_on"]) == ("2009-02-15", "2009-02-15")
    assert [ref for (ref,) in pick(file["overdue_milestones"], "milestone")] == [
        "br-m-p1-identify",
        "br-m-p1-implement",
        "br-m-p2-targets",
    ]
    states = pick(file_of("chiltern_south_bucks", date(2016, 11, 30))["phases"], "phase", "state")
    assert states == [("csb-p1", "done"), ("csb-p2", "in_progress"), ("csb-p3", "in_progress")]


def test_caveats_of_the_source_come_along(demonstration: list[str], db: None) -> None:
    caveats = [text for (text,) in pick(file_of("bromsgrove_redditch")["caveats"], "text")]
    assert "GBP 250,000 per council: a year, or net over the period?" in caveats


@TWO
def test_number_of_queries_is_at_most_38(
    programme: Programme, django_assert_max_num_queries: AssertQueries
) -> None:
    with django_assert_max_num_queries(38):
        export = benefits_export(programme, as_of=ANCHOR)
        for write in FORMATS.values():
            write(export)

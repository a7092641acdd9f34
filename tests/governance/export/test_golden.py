"""The golden programme's file on 24 November 2026: every figure of the story, to the penny."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from benefits.enums import Basis, Measure
from benefits.queries.entries import Question, entries_behind
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import Choice, scope_of
from benefits.queries.worth_now import worth_now
from core.exports.tables import Format
from core.exports.workbook import workbook_bytes
from core.publishing.content import Content, Figures, Picture
from core.publishing.files import as_document
from core.publishing.screen import screen_sections
from core.rules.assessment import NotAssessable
from core.rules.calendar import parse_fy
from governance.benefits_files.formats import csv_bytes, json_bytes, xlsx_bytes
from governance.demonstration.golden import KEY
from governance.demonstration.timing import ANCHOR
from governance.queries.benefits_export import BenefitsExport, benefits_export
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts, Texts
from programme.enums import PriceBasis
from programme.models import Programme
from services.rules.option_result import Measures
from tests.governance.export import report_figures as wanted
from tests.governance.export.readers import csv_rows, day, sheet_rows
from tests.governance.export.report_figures import rows as rows_of
from tests.pages import text_of

COUNCILS = ["ashmere", "brockvale", "carrick", "all"]
YEARS = ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31", "2031-32"]


@pytest.fixture
def export(golden: Programme) -> BenefitsExport:
    return benefits_export(golden, as_of=ANCHOR)


@pytest.fixture
def file(export: BenefitsExport) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_bytes(export))
    return found


def rows(file: dict[str, Any], table: str, **wanted: str) -> list[dict[str, Any]]:
    return [row for row in file[table] if all(row[key] == value for key, value in wanted.items())]


def by_council(file: dict[str, Any], table: str, figure: str, **wanted: str) -> list[Any]:
    """One figure for each council in order, then for all."""
    found = {row["council"]: row[figure] for row in rows(file, table, **wanted)}
    return [found[council] for council in COUNCILS]


def by_year(file: dict[str, Any], table: str, figure: str, council: str, **wanted: str) -> list[Any]:
    found = {row["financial_year"]: row[figure] for row in rows(file, table, council=council, **wanted)}
    return [found[year] for year in YEARS]


def test_file_says_what_it_was_read_from(file: dict[str, Any]) -> None:
    assert file["format"] == "concordat-benefits-1"
    assert file["currency"] == "GBP"
    assert file["programme"] == {
        "key": "abc-shared-services",
        "name": "Ashmere, Brockvale and Carrick shared services",
        "partnership": "Ashmere, Brockvale and Carrick",
        "as_of": "2026-11-24",
        "seen_on": "2026-11-24",
        "data_cut_off": "2026-10-31",
        "original_plan_version": 1,
        "original_plan_effective_on": "2026-03-14",
        "current_plan_version": 2,
        "current_plan_effective_on": "2026-06-20",
        "forecast_as_at": "2026-11-20",
        "base_year": "2026 to 2027",
        "price_basis": "Constant prices",
        "withheld": None,
    }


def test_savings_of_the_year_are_those_of_the_story(file: dict[str, Any]) -> None:
    found = {
        figure: by_council(file, "by_year", figure, measure="cashable_saving", financial_year="2026-27")
        for figure in (
            "original_plan",
            "current_plan",
            "forecast",
            "current_plan_to_date",
            "verified",
            "claimed",
        )
    }
    assert found == {
        "original_plan": ["0.00", "0.00", "0.00", "0.00"],
        "current_plan": ["12429.63", "13422.42", "10147.95", "36000.00"],
        "forecast": ["12222.47", "13198.71", "9978.82", "35400.00"],
        "current_plan_to_date": ["5524.28", "5965.52", "4510.20", "16000.00"],
        "verified": ["5317.12", "5741.81", "3213.52", "14272.45"],
        "claimed": ["0.00", "0.00", "1127.55", "1127.55"],
    }
    realised = by_council(
        file, "by_year", "realised_percent", measure="cashable_saving", financial_year="2026-27"
    )
    assert realised == ["96.3", "96.2", "71.3", "89.2"]


def test_savings_by_year_and_cumulative(file: dict[str, Any]) -> None:
    def of(table: str, figure: str) -> list[Any]:
        return by_year(file, table, figure, "all", measure="cashable_saving")

    assert of("by_year", "original_plan") == [
        "0.00", "180000.00", "420000.00", "480000.00", "480000.00", "480000.00",
    ]  # fmt: skip
    assert of("by_year", "current_plan") == [
        "36000.00", "204000.00", "360000.00", "480000.00", "480000.00", "480000.00",
    ]  # fmt: skip
    assert of("by_year", "forecast")[:3] == ["35400.00", "188655.74", "360000.00"]
    assert of("cumulative", "original_plan")[:2] == ["0.00", "180000.00"]
    assert of("cumulative", "current_plan")[:2] == ["36000.00", "240000.00"]
    assert of("cumulative", "forecast")[:2] == ["35400.00", "224055.74"]
    assert of("cumulative", "forecast_less_current_plan")[:2] == ["-600.00", "-15944.26"]
    assert of("by_year", "verified")[1] == {
        "not_applicable": "The time is not over, or nothing has been returned for it"
    }


def test_shares_of_the_business_case_come_out_to_the_penny(file: dict[str, Any]) -> None:
    savings = by_council(
        file, "by_year", "original_plan", measure="cashable_saving", financial_year="2029-30"
    )
    assert savings == ["165727.92", "178965.79", "135306.29", "480000.00"]
    nets = by_council(file, "net_position", "net_original", financial_year="2027-28")
    assert nets == ["-1662.69", "2198.35", "-10535.66", "-10000.00"]
    ends = by_council(file, "net_position", "position_original", financial_year="2031-32")
    assert ends == ["385290.36", "436035.51", "18674.13", "840000.00"]


def test_costs_are_one_off_and_recurring(file: dict[str, Any]) -> None:
    one_off = rows(file, "by_year", measure="one_off_cost", council="all", financial_year="2026-27")
    assert [(row["current_plan_to_date"], row["verified"]) for row in one_off] == [("325000.00", "312480.00")]
    planned = by_council(file, "by_year", "original_plan", measure="one_off_cost", financial_year="2026-27")
    assert planned == ["200000.00", "200000.00", "450000.00", "850000.00"]
    recurring = by_year(file, "by_year", "current_plan", "all", measure="recurring_cost")
    assert recurring == ["0.00"] + ["40000.00"] * 5


def test_headline_has_its_three_parts_and_nothing_else(file: dict[str, Any]) -> None:
    parts = ("verified_cashable_savings", "verified_budgeted_income", "verified_recurring_costs")
    found = {
        figure: by_council(file, "headline", figure) for figure in ("net_cash_saving", *parts, "claimed_only")
    }
    assert found == {
        "net_cash_saving": ["5317.12", "5741.81", "3213.52", "14272.45"],
        "verified_cashable_savings": ["5317.12", "5741.81", "3213.52", "14272.45"],
        "verified_budgeted_income": ["0.00"] * 4,
        "verified_recurring_costs": ["0.00"] * 4,
        "claimed_only": ["0.00", "0.00", "1127.55", "1127.55"],
    }


def test_payback_counts_all_costs(file: dict[str, Any]) -> None:
    found = {
        row["basis"]: (row["counted_from"], row["payback_years"], row["payback_months"], row["paid_back_by"])
        for row in rows(file, "payback", council="all")
    }
    assert found["original"] == ("2026-04-01", "4.091", 50, "2030-05-31")
    assert sorted(found) == ["current", "forecast", "original"]
    carrick = rows(file, "payback", council="carrick", basis="original")
    assert carrick[0]["payback_years"] == "5.849"


def test_equity_compares_benefit_with_cost(file: dict[str, Any]) -> None:
    found = rows(file, "equity", comparison="gross_cashable_saving_against_one_off_cost")
    assert [(row["council"], row["share"], row["compared_share"], row["is_flagged"]) for row in found] == [
        ("ashmere", "34.5", "25.0", True),
        ("brockvale", "37.3", "25.0", True),
        ("carrick", "28.2", "50.0", True),
    ]


def test_overdue_and_next_milestones(file: dict[str, Any]) -> None:
    assert [(row["milestone"], row["due_by"], row["days_overdue"]) for row in file["overdue_milestones"]] == [
        ("M-13", "2026-11-13", 11),
        ("M-10", "2026-11-20", 4),
    ]
    upcoming = [(row["milestone"], row["due_by"]) for row in file["next_milestones"]]
    assert upcoming[:4] == [
        ("M-19", "2026-11-25"), ("M-20", "2026-11-26"), ("M-21", "2026-11-27"), ("M-12", "2026-11-30"),
    ]  # fmt: skip
    go_live = rows(file, "next_milestones", milestone="M-24")[0]
    assert (go_live["current_plan"], go_live["forecast"], go_live["days_from_plan"]) == (
        "1 October 2027", "19 October 2027", 18,
    )  # fmt: skip


def test_decisions_name_who_has_not_ratified(file: dict[str, Any]) -> None:
    assert {row["decision"]: row["not_ratified"] for row in file["decisions"]} == {
        "D-05": [],
        "D-06": [],
        "D-07": ["Ashmere", "Brockvale", "Carrick"],
        "D-08": ["Carrick"],
        "D-09": [],
        "D-10": ["Ashmere", "Brockvale", "Carrick"],
        "D-11": ["Ashmere", "Brockvale", "Carrick"],
    }
    assert [
        (row["decision"], row["can_start"], row["effective_on"])
        for row in file["decisions"]
        if row["decision"] in {"D-06", "D-08", "D-09"}
    ] == [("D-06", "Yes", "2026-06-20"), ("D-08", "Not yet", "2026-12-12"), ("D-09", "Not yet", "2026-11-28")]
    own = {row["council"]: row["state"] for row in rows(file, "council_decisions", decision="D-08")}
    assert own == {"ashmere": "Approved", "brockvale": "Approved", "carrick": "Deferred"}


def test_phases_have_their_state(file: dict[str, Any]) -> None:
    assert [(row["phase_name"], row["state"]) for row in file["phases"]] == [
        ("Vision", "done"),
        ("Business case", "done"),
        ("Design", "in_progress"),
        ("Transform", "planned"),
        ("Operate and improve", "planned"),
    ]


def test_only_a_measure_without_a_value_is_not_assessable_where_every_ledger_is_there(
    file: dict[str, Any],
) -> None:
    assert file["not_assessable"] == [
        {
            "number": "1",
            "table": "benefits",
            "sheet": "Benefits",
            "figures": ["progress"],
            "councils": [],
            "reason": "No value has been measured since the start",
        }
    ]


def test_amounts_of_the_ledger_carry_their_source(file: dict[str, Any]) -> None:
    ict = rows(file, "lines", line="L-2", council="carrick", financial_year="2026-27")[0]
    assert (ict["verified"], ict["claimed"]) == ("3213.52", "1127.55")
    assert ict["qualifiers"] == {}
    assert ict["source"].startswith("Carrick general ledger")
    total = rows(file, "whole_period", measure="cashable_saving", council="all")[0]
    assert total["source"] == "Ashmere general ledger; Brockvale general ledger; Carrick general ledger"


def test_lines_add_up_to_the_years(file: dict[str, Any]) -> None:
    for figure in ("original_plan", "current_plan", "forecast", "claimed", "verified"):
        lines = sum(
            Decimal(row[figure])
            for row in file["lines"]
            if row[figure] and row["measure"] == "cashable_saving"
        )
        total = rows(file, "whole_period", measure="cashable_saving", council="all")[0]
        assert lines == Decimal(total[figure]), figure


def test_csv_has_one_value_a_line(export: BenefitsExport) -> None:
    wanted = {
        "table": "by_year",
        "item": "cashable_saving",
        "council": "carrick",
        "financial_year": "2026-27",
        "measure": "verified",
    }
    found = [
        line
        for line in csv_rows(csv_bytes(export))
        if all(line[name] == value for name, value in wanted.items())
    ]
    assert found == [
        {
            **wanted,
            "item_name": "Cashable saving",
            "council_name": "Carrick",
            "value": "3213.52",
            "unit": "GBP",
            "status": "given",
            "qualifier": "exact",
            "source": "Carrick general ledger",
            "note": "",
        }
    ]


def test_workbook_has_a_sheet_a_table(export: BenefitsExport) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(export)))
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Programme", "Councils", "Headline", "By year", "Cumulative",
        "Whole period", "Net position", "Payback", "Equity", "Figures as stated", "Stated totals",
        "Stated payback", "Stated net position", "Stated progress", "Overdue milestones", "Next milestones",
        "Phases", "Decisions", "Council decisions", "Returns", "Benefits", "Lines", "Caveats",
        "Not assessable", "Data dictionary",
    ]  # fmt: skip
    headline = sheet_rows(book["Headline"])
    assert [(row["Council"], row["Net cash saving, verified"]) for row in headline] == [
        ("Ashmere", 5317.12), ("Brockvale", 5741.81), ("Carrick", 3213.52), ("All councils", 14272.45),
    ]  # fmt: skip
    overdue = sheet_rows(book["Overdue milestones"])
    assert [(row["Reference"], day(row["Due by"])) for row in overdue] == [
        ("M-13", "2026-11-13"), ("M-10", "2026-11-20"),
    ]  # fmt: skip
    waiting = {row["Reference"]: row["Not ratified by"] for row in sheet_rows(book["Decisions"])}
    assert (waiting["D-08"], waiting["D-09"]) == ("Carrick", "none")
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert book.properties.created.date() == ANCHOR


@pytest.fixture
def report(golden: Programme) -> Content:
    texts = Texts(disbenefits="None reported.", next_report="May 2027")
    return report_content(Facts(golden, ANCHOR, texts=texts), number=1, version="open")


def test_report_says_the_figures_that_are_worked_out_by_hand(report: Content) -> None:
    found = {key: rows_of(report, key) for key in ("worth", "savings-gross", "savings-net", "costs")}
    assert found == {
        "worth": wanted.WORTH,
        "savings-gross": wanted.GROSS,
        "savings-net": wanted.NET,
        "costs": wanted.COSTS,
    }
    assert {str(row[0]): row[1] for row in rows_of(report, "councils-net")} == wanted.ORIGINAL_NETS
    assert rows_of(report, "no-worse-off") == wanted.WORSE_OFF
    assert wanted.CARRICK_2029 in rows_of(report, "council-carrick")
    assert [row[1] for row in rows_of(report, "questions")] == wanted.ANSWERS


def behind(programme: Programme, address: str) -> int:
    """What the entries to which an address leads come to."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    choice = Choice(council=asked.get("council", ""), fy=parse_fy(asked["year"]) if "year" in asked else None)
    question = Question(Basis(asked["basis"]), Measure(asked["measure"]), choice)
    return entries_behind(programme, question, as_of=date.fromisoformat(asked["on"])).total_pence


def test_every_number_of_a_report_leads_to_what_is_behind_it(
    report: Content, golden: Programme, client: Client
) -> None:
    client.force_login(User.objects.get(email="priya.raman@ashmere.example"))
    numbers = {Format.MONEY, Format.NUMBER, Format.PERCENT}
    tables = [one for one in report.tables if numbers & {head.format for head in one.heads}]
    assert [one.key for one in tables if not one.traces] == []
    addresses = {address for one in report.tables for address in one.traces}
    assert [one for one in addresses if client.get(one).status_code != 200] == []
    compared = 0
    for table in tables:
        for place, row in enumerate(table.all_rows):
            for index, cell in enumerate(row):
                address = table.trace_of(place, index) if index else ""
                if address:
                    assert (table.key, row[0], index, behind(golden, address)) == (
                        table.key, row[0], index, cell,
                    )  # fmt: skip
                    compared += 1
    assert compared > 100
    sheets = openpyxl.load_workbook(BytesIO(workbook_bytes(as_document(report, ANCHOR))))
    net = sheet_rows(sheets["savings-net"])[0]["Traced to"]
    assert net == f"/programmes/{KEY}/savings/entries/?measure=net_cash&on=2026-11-24&year=2026-27"
    page = render_to_string(
        "publishing/screen/document.html",
        {"content": report, "sections": screen_sections(report, is_traced=True)},
    )
    link = net.replace("&", "&amp;")
    assert (page.count(f'href="{link}"'), page.count(f'href="{link}&amp;basis=forecast"')) == (1, 1)
    assert "Which entries do you want to see?" in text_of(client.get(net))
    then = client.get(net.replace("2026-11-24", "2026-06-30").replace("&year=2026-27", "&basis=forecast"))
    assert "as recorded on 30 June 2026" in text_of(then).replace("\xa0", " ")
    known = savings_against_plan(golden, as_of=date(2026, 6, 30)).total_of(Measure.NET)
    assert known is not None
    assert then.context["entries"].total_pence == known.forecast != 82_405_574


def test_worth_now_is_in_the_prices_of_the_case_or_says_why_it_is_not(golden: Programme) -> None:
    golden.price_basis = PriceBasis.NOMINAL
    facts = Facts(golden, ANCHOR)
    content = report_content(facts, number=1, version="open")
    assert dict(rows_of(content, "worth"))["Net present value now, by what is returned and forecast"] == "[x]"
    table = next(one for one in content.tables if one.key == "worth")
    assert table.notes[0].startswith(
        "[x] What it is worth now cannot be worked out: there is no deflator for 2031"
    )
    scope = scope_of(golden, facts.ledgers, Choice(), facts.seen_on)
    found = worth_now(scope, range(2026, 2031), facts.case_prices)
    assert isinstance(found, Measures)
    # 188,655.74 and 190,000 x 105.3095 / 107.3546
    assert (found.rows[1].benefits_pence, found.rows[1].costs_pence) == (18_506_186, 18_638_051)
    golden.price_basis, golden.base_fy = PriceBasis.REAL, 2025
    other = NotAssessable("The programme’s amounts are in prices of another year than the business case")
    assert Facts(golden, ANCHOR).worth_now == other


def test_report_shows_how_each_measure_moved(report: Content) -> None:
    table = next(one for one in report.tables if one.key == "measures")
    of = {row[0]: dict(zip([head.title for head in table.heads], row, strict=True)) for row in table.rows}
    claims = of["Faster decisions on new benefit claims"]
    moved = [claims[one] for one in ("Starting value", "Latest value", "Target", "Moved since the start")]
    assert moved == ["26", "22", "13", "Down, which is better"]
    measured = [row for row in rows_of(report, "measure-values") if row[1] == "Time to decide a new claim"]
    assert [row[4] for row in measured if row[4] != "[x]"][-1] == "22"


def test_report_has_every_section_and_its_chart_draws_the_table_above_it(report: Content) -> None:
    assert [section.number for section in report.sections] == [*map(str, range(1, 17)), "A", "B"]
    blocks = report.sections[2].blocks
    place = next(index for index, block in enumerate(blocks) if isinstance(block, Picture))
    picture, above = blocks[place], blocks[place - 1]
    assert isinstance(picture, Picture)
    assert isinstance(above, Figures)
    assert (picture.of, above.key) == ("savings-gross", "savings-gross")
    drawn = {trace["name"]: [round(100 * one) for one in trace["y"]] for trace in picture.spec["data"]}
    held = {head.title: [row[place] for row in above.rows] for place, head in enumerate(above.heads)}
    assert drawn == {
        name: [value for value in held[name] for _ in range(ends) if value != "[z]"]
        for name, ends in (
            ("Verified", 1), ("Claimed, not verified", 1),
            ("Original plan", 2), ("Current plan", 2), ("Forecast", 2),
        )
    }  # fmt: skip


def test_report_says_how_the_eight_lessons_stand(report: Content) -> None:
    answers = [row[1] for row in rows_of(report, "eight-lessons")]
    assert len(answers) == 8
    assert set(answers) <= {"Met", "Partly met", "Not met"}


def test_report_of_one_council_holds_no_other_councils_tables(golden: Programme) -> None:
    content = report_content(Facts(golden, ANCHOR, "carrick"), number=1, version="open")
    worth = dict(rows_of(content, "worth"))
    assert worth["Net present value in the full business case"] == "−£35,799.19"  # domain.md 4.9
    # 9,978.82 - 450,000 + (53,179.78 - 11,275.52 - 50,000) / 1.035 + 90,204.19 x 0.933511 + 124,030.77 a year
    assert worth["Net present value now, by what is returned and forecast"] == "−£39,251.69"
    assert (
        worth["Investment, one-off costs in the current plan"] == "£500,000.00"
    )  # a third of 750,000, 250,000
    own = {"council-carrick", "returns", "verified-by", "data-quality", "no-worse-off", "council-shares"}
    own |= {"equity", "posts", "chairs-and-meetings"}
    found = {one.key: json.dumps(one.all_rows) for one in content.tables if one.key in own}
    assert set(found) == own
    assert {
        key: name for key, text in found.items() for name in ("Ashmere", "Brockvale") if name in text
    } == {}
    assert [one.key for one in content.tables if one.key.startswith("council-")] == [
        "council-carrick", "council-shares", "council-decisions",
    ]  # fmt: skip


def test_report_of_the_past_says_what_its_source_states(demonstration: list[str], db: None) -> None:
    programme = Programme.objects.get(key="south_oxfordshire_vale")
    content = report_content(Facts(programme, ANCHOR), number=1, version="open")
    assert rows_of(content, "worth") == wanted.STATED_WORTH
    assert rows_of(content, "stated-councils") == wanted.STATED_COUNCILS
    lines = {(row[0], row[1]): row[2] for row in rows_of(content, "stated-savings")}
    assert {place: lines[place] for place in wanted.STATED_LINES} == wanted.STATED_LINES
    costs = {row[0]: row[2] for row in rows_of(content, "stated-costs")}
    assert {name: costs[name] for name in wanted.STATED_COSTS} == wanted.STATED_COSTS
    assert {row[-1] for row in rows_of(content, "stated-savings")} != {"[z]"}


def test_report_of_every_case_of_the_past_can_be_made(demonstration: list[str], db: None) -> None:
    made = {
        programme.key: len(report_content(Facts(programme, ANCHOR), number=1, version="open").sections)
        for programme in Programme.objects.order_by("key")
    }
    assert len(made) > 8
    assert set(made.values()) == {18}

"""Figures of the golden programme (domain.md 4.9, F-13, F-14, F-21, F-22), and where they are read back."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from django.test import Client
from rest_framework.test import APIClient

from tests.html_tables import table_of
from tests.pages import text_of

COUNCILS = ("Ashmere", "Brockvale", "Carrick")
YEARS = ("2026", "2027", "2028", "2029", "2030", "2031")
OPTION = "SHARE"
BIASED = "Costs with optimism bias and benefits 10% lower"

# The table of 4.9 by index, in pounds: all that is joint, before Carrick's own contract exit.
JOINT_YEARS = {
    "benefits": ("0.00", "180000.00", "420000.00", "480000.00", "480000.00", "480000.00"),
    "recurring": ("0.00", "40000.00", "40000.00", "40000.00", "40000.00", "40000.00"),
    "one_off": ("600000.00", "150000.00", "0.00", "0.00", "0.00", "0.00"),
    "net": ("-600000.00", "-10000.00", "380000.00", "440000.00", "440000.00", "440000.00"),
    "pv_benefits": ("0.00", "173913.04", "392074.49", "432932.50", "418292.27", "404147.12"),
    "pv_costs": ("600000.00", "183574.88", "37340.43", "36077.71", "34857.69", "33678.93"),
}
JOINT = {
    "net": "1090000.00",
    "pvb": "1821359.42",
    "pvc": "925529.64",
    "npv": "895829.78",
    "bcr": "1.97",
    "payback": "3.523",
    "discounted_payback": "3.642",
    "roi": "145.3",
    "costs with bias, benefits 10% lower": "591525.72",
    "benefits may fall by": "49.18",
    "costs may rise by": "96.79",
}
# With the exit: each council's own, in their order, and the sum that tables of councils print.
SPLIT = {
    "savings of index 3": ("165727.92", "178965.79", "135306.29"),
    "net of index 1": ("-1662.69", "2198.35", "-10535.66"),
    "net": ("385290.36", "436035.51", "18674.13", "840000.00"),
    "npv": ("318189.37", "363439.62", "-35799.19", "645829.80"),
    "joint npv": "645829.78",
    "no worse off, cash": ("385290.36 yes", "436035.51 yes", "18674.13 yes"),
    "no worse off, npv": ("318189.37 yes", "363439.62 yes", "-35799.19 no"),
    "compensation": ("-16711.32", "-19087.87", "35799.19"),
    "after it": ("301478.05", "344351.75", "0.00"),
}


def joint_of_api(client: APIClient, case: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Years and measures of all councils as the API answers them."""
    answer = _json(client, case)
    years = [row for row in answer["years"] if _is(row, council="joint")]
    (measures,) = [row for row in answer["measures"] if _is(row, council="joint")]
    (switching,) = [row for row in answer["switching_values"] if _is(row)]
    (biased,) = [row for row in answer["scenarios"] if _is(row, council="joint", scenario=BIASED)]
    read = {name: measures[name] for name in JOINT if name in measures}
    read["costs with bias, benefits 10% lower"] = biased["npv"]
    read["benefits may fall by"] = switching["benefits_may_fall"]
    read["costs may rise by"] = switching["costs_may_rise"]
    return {name: tuple(row[name] for row in years) for name in JOINT_YEARS}, read


def split_of_api(client: APIClient, case: int) -> dict[str, Any]:
    """What each council gets as the API answers it."""
    answer = _json(client, case)
    years = {(row["council"], row["financial_year"]): row for row in answer["years"] if _is(row)}
    measures = {row["council"]: row for row in answer["measures"] if _is(row)}
    fairness = client.get(f"/api/v1/business-cases/{case}/fairness/").json()

    def test(basis: str) -> tuple[str, ...]:
        rows = {row["council"]: row for row in fairness["no_worse_off"] if _is(row, basis=basis)}
        return tuple(f"{rows[name]['net']} {rows[name]['is_passed']}" for name in COUNCILS)

    proposed = {row["council"]: row for row in fairness["compensation_proposed"] if _is(row)}
    return {
        "savings of index 3": tuple(years[name, "2029-30"]["benefits"] for name in COUNCILS),
        "net of index 1": tuple(years[name, "2027-28"]["net"] for name in COUNCILS),
        "net": tuple(measures[name]["net"] for name in (*COUNCILS, "sum")),
        "npv": tuple(measures[name]["npv"] for name in (*COUNCILS, "sum")),
        "joint npv": measures["joint"]["npv"],
        "no worse off, cash": test("Cash"),
        "no worse off, npv": test("Net present value"),
        "compensation": tuple(proposed[name]["balance"] for name in COUNCILS),
        "after it": tuple(proposed[name]["after"] for name in COUNCILS),
    }


def joint_of_pages(client: Client, case: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Years and measures of all councils as the tables and words of the pages print them."""
    page, sensitivity = _page(client, case, "appraisal"), _page(client, case, "sensitivity")
    table = table_of(page, "table-years")
    names = ("benefits", "recurring", "one_off", "net", "", "pv_benefits", "pv_costs")
    rows = [table[f"{year} to {int(year) + 1}"] for year in YEARS]
    years = {name: tuple(_plain(row[place]) for row in rows) for place, name in enumerate(names) if name}
    last = {label: cells[-1] for label, cells in table_of(page, "table-options").items()}
    words = text_of(sensitivity)
    return years, {
        "net": _plain(last["Net benefit"]),
        "pvb": _plain(last["Present value of benefits"]),
        "pvc": _plain(last["Present value of costs"]),
        "npv": _plain(last["Net present value"]),
        "bcr": last["Benefit-cost ratio"],
        "payback": _found(r"([\d.]{5}) years", last["Payback"]),
        "discounted_payback": _found(r"([\d.]{5}) years", last["Discounted payback"]),
        "roi": last["Return on investment over 5 years"].removesuffix("%"),
        "costs with bias, benefits 10% lower": _plain(table_of(sensitivity, "table-scenarios")[BIASED][0]),
        "benefits may fall by": _found(r"Benefits may fall by ([\d.]+)%", words),
        "costs may rise by": _found(r"Costs may rise by ([\d.]+)%", words),
    }


def split_of_pages(client: Client, case: int) -> dict[str, Any]:
    """What each council gets as the tables of the pages print it, and the file beside the first of them."""
    page, fairness = _page(client, case, "appraisal"), _page(client, case, "councils")
    councils, years = table_of(page, "table-councils"), table_of(page, "table-council-years")
    positions, proposal = table_of(fairness, "table-positions"), table_of(fairness, "table-proposal-npv")

    def test(place: int) -> tuple[str, ...]:
        rows = [positions[name] for name in COUNCILS]
        return tuple(f"{_plain(row[place])} {row[place + 1].lower()}" for row in rows)

    return {
        "savings of index 3": _savings_in_file(client, case, "2029-30"),
        "net of index 1": tuple(map(_plain, years["2027 to 2028"][:3])),
        "net": tuple(map(_plain, councils["Net benefit"])),
        "npv": tuple(map(_plain, councils["Net present value"])),
        "joint npv": _plain(table_of(page, "table-options")["Net present value"][-1]),
        "no worse off, cash": test(0),
        "no worse off, npv": test(2),
        "compensation": tuple(_plain(proposal[name][1]) for name in COUNCILS),
        "after it": tuple(_plain(proposal[name][2]) for name in COUNCILS),
    }


def _savings_in_file(client: Client, case: int, year: str) -> tuple[str, ...]:
    answer = client.get(f"/business-cases/{case}/appraisal/years.csv?option={OPTION}")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    found = {row["Council"]: row["Benefits"] for row in rows if row["Financial year"] == year}
    return tuple(found[name] for name in COUNCILS)


def _json(client: APIClient, case: int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/business-cases/{case}/appraisal/")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def _is(row: dict[str, Any], **wanted: str) -> bool:
    """Whether a row is of the option to share, with these values."""
    return row["option"] == OPTION and all(row[name] == value for name, value in wanted.items())


def _page(client: Client, case: int, name: str) -> Any:
    return client.get(f"/business-cases/{case}/{name}/?option={OPTION}")


def _plain(text: str) -> str:
    """An amount as the pages print it, as the API does: -1662.69 of −1,662.69."""
    return text.replace(",", "").replace("−", "-").replace("+", "")


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, (pattern, text[:200])
    return found[1]

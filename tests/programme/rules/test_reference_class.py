"""The class of past cases: each figure follows from the casebook's own records, and ranges need three."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.rules.dates import ImpreciseDate
from core.rules.reference import rows_of, versions
from programme.enums import PartnershipModel
from programme.rules.reference_class import (
    TABLE,
    HistoryMeasure,
    bound_of_ratio,
    history,
    kinds,
    like,
    months_between,
    reference_class,
)
from tests.installation import PROJECT

BOUNDS = {"exact": "", "about": "about", "over": "at least"}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture(scope="module")
def cases() -> dict[str, dict[str, Any]]:
    """Every case of the casebook that the table names, by its key."""
    found = {}
    for key in sorted({one.case for one in history()}):
        text = Path(PROJECT / "casebook" / f"{key}.yaml").read_text(encoding="utf-8")
        found[key] = yaml.load(text, Loader=LOADER)  # noqa: S506
    return found


def record(case: dict[str, Any], ref: str) -> dict[str, Any]:
    rows = [row for part in ("milestones", "phases", "savings", "costs") for row in case[part]]
    return next(row for row in rows if row["id"] == ref)


def dates_of(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (row[name]["from"], row[name]["to"], row[name]["text"])
        for name in ("start", "actual", "actual_end", "due")
        if row.get(name)
    ]


def test_every_row_says_what_the_casebook_says(cases: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for row in rows_of(TABLE, versions(TABLE)[-1].version):
        case, refs = cases[row["case"]], row["records"].split()
        found = [record(case, ref) for ref in refs]
        documents = {one["source"]["loc"] for one in found or [case["model"]]}
        said: list[bool] = [
            row["title"] == case["title"].split(":")[0],
            row["kind"] == case["model"]["primary"],
            all(place in row["found_in"] for place in documents),
            bool(row["caveat"]),
        ]
        if row["from_text"]:
            start = (row["from_first_on"], row["from_last_on"], row["from_text"])
            end = (row["to_first_on"], row["to_last_on"], row["to_text"])
            said += [start in dates_of(found[0]), end in dates_of(found[1])]
            said += [row["step_from"] == found[0]["label"], row["step_to"] == found[1]["label"]]
        elif row["amount"]:
            amounts = [one["amount_gbp"] for one in found]
            parts = [int(row[name]) for name in ("amount", "of_amount") if row[name]]
            splits = {(sum(amounts[:at]), sum(amounts[at:])) for at in range(1, len(amounts) + 1)}
            said.append(tuple([*parts, 0][:2]) in splits)
            bounds = {BOUNDS[one["qualifier"]] for one in found}
            said.append({row["amount_is"], row["of_amount_is"]} <= bounds | {""})
        wrong += [] if all(said) else [(row["measure"], row["case"], said)]
    assert wrong == []


def test_every_case_of_the_casebook_is_in_every_measure(cases: dict[str, dict[str, Any]]) -> None:
    folder = sorted(path.stem for path in (PROJECT / "casebook").glob("*.yaml"))
    others = {"conventions", "councils", "questions", "sector_context"}
    assert [name for name in folder if name not in others] == sorted(cases)
    told = {measure: {one.case for one in reference_class(measure).figures} for measure in HistoryMeasure}
    assert told == {key: set(cases) for key in HistoryMeasure}


def test_ranges_and_cases_one_by_one() -> None:
    said = {measure: reference_class(measure).sentence for measure in HistoryMeasure}
    assert said == {
        HistoryMeasure.TIME_TO_LIVE: "3 partnerships took 21 to 32 months to go-live",
        HistoryMeasure.REALISED: "Breckland and South Holland reported at most 220.0% of the planned saving. "
        "Fewer than three cases: no range is given",
        HistoryMeasure.PAYBACK: "Bromsgrove and Redditch needed at most 26.4 months, Bromsgrove and Redditch "
        "needed 6.8 months and South Hams and West Devon needed about 10.3 months to pay back. "
        "Fewer than three cases: no range is given",
        HistoryMeasure.YEARLY_SAVING: "6 partnerships reported about £71,000 to £1.15 million a year for "
        "each partner council",
    }
    planned = {measure: [one.words for one in reference_class(measure).beside] for measure in HistoryMeasure}
    assert planned == {
        HistoryMeasure.TIME_TO_LIVE: ["29 to 31 months"],
        HistoryMeasure.REALISED: ["at most 59.2%"],
        HistoryMeasure.PAYBACK: ["39.6 months"],
        HistoryMeasure.YEARLY_SAVING: ["about £750,000", "£687,465"],
    }
    none = reference_class(HistoryMeasure.REALISED, PartnershipModel.HOST_AUTHORITY)
    assert none.sentence == "No report tells of a partnership of which this has happened"


def test_kind_narrows_where_it_leaves_a_range() -> None:
    assert set(kinds()) <= set(PartnershipModel.values)
    saving, time = HistoryMeasure.YEARLY_SAVING, HistoryMeasure.TIME_TO_LIVE
    assert like(saving, "shared_management").range == (Fraction(175_000_00), Fraction(1_150_000_00))
    assert like(time, "shared_management").kind == ""
    assert [one.case for one in reference_class(time, "host_authority").figures] == ["east_kent"]


def test_months_are_as_precise_as_their_dates() -> None:
    year, autumn = ImpreciseDate.year(2003), ImpreciseDate.season(2008, "autumn")
    assert months_between(year, ImpreciseDate.month(2005, 9)) == (21, 32)
    assert months_between(autumn, ImpreciseDate.month(2011, 4)) == (29, 31)
    assert months_between(ImpreciseDate.day(date(2008, 6, 30)), ImpreciseDate.month(2010, 6)) == (24, 24)


def test_bound_of_a_ratio() -> None:
    pairs = [("", ""), ("", "at least"), ("at least", ""), ("about", "about"), ("at least", "at least")]
    assert [bound_of_ratio(*pair) for pair in pairs] == ["", "at most", "at least", "about", "about"]

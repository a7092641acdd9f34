"""The case file of the golden programme: the story on its own day, and what holds on every other."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import RoleName
from core.rules.money import parse_pounds
from governance.casefiles.checking import check_documents
from governance.casefiles.reading import read_document
from governance.demonstration import milestones
from governance.demonstration.golden import golden_case
from governance.demonstration.money import COUNCILS
from governance.demonstration.people import PASSWORD, PEOPLE, demonstration_sign_ins
from governance.demonstration.timing import ANCHOR, Timing
from governance.demonstration.writing import case_bytes
from programme.rules.schedule import Dependency, broken_links
from tests.thoroughness import examples

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))

# Milestone, plan, forecast, achieved, as the pages of 24 November 2026 have them.
PAGE_MILESTONES = {
    "M-10": ("Carrick server list checked", "2026-11-20", "2026-11-20"),
    "M-12": ("Staff consultation opens", "2026-11-30", "2026-11-30"),
    "M-13": ("Data-sharing agreement signed", "2026-11-13", "2026-11-13"),
    "M-14": ("Joint committee in force", "2027-01-08", "2027-01-16"),
    "M-15": ("Staff consultation closes", "2027-01-15", "2027-01-15"),
    "M-16": ("First test move of records", "2027-01-11", "2027-01-29"),
    "M-17": ("Single ICT service desk opens", "2027-02-01", "2027-01-25"),
    "M-18": ("Shared team leaders appointed", "2027-02-19", "2027-02-19"),
    "M-19": ("Equality impact assessment published", "2026-11-25", "2026-11-25"),
    "M-20": ("Steering group actions sent out", "2026-11-26", "2026-11-26"),
    "M-21": ("Brockvale call-in result recorded", "2026-11-27", "2026-11-27"),
    "M-22": ("Records supplier’s plan accepted", "2026-12-04", "2026-12-04"),
    "M-23": ("Gate 2 recommendation 3 closed", "2026-12-07", "2026-12-07"),
    "M-24": ("Go-live, shared service", "2027-10-01", "2027-10-19"),
}

# Decision: state, recommended, and for each council its state, day decided, published and next meeting.
PAGE_DECISIONS: dict[str, tuple[str, str | None, list[tuple[str | None, ...]]]] = {
    "D-05": (
        "effective",
        "2026-01-27",
        [
            ("approved", "2026-02-18", "2026-02-20", None),
            ("approved", "2026-02-25", "2026-02-27", None),
            ("approved", "2026-03-05", "2026-03-06", None),
        ],
    ),
    "D-06": (
        "effective",
        "2026-05-19",
        [
            ("approved", "2026-06-03", "2026-06-05", None),
            ("approved", "2026-06-10", "2026-06-12", None),
            ("approved", "2026-06-11", "2026-06-12", None),
        ],
    ),
    "D-07": (
        "blocked",
        "2026-07-14",
        [
            ("approved", "2026-09-16", "2026-09-18", "2027-01-20"),
            ("approved_amended", "2026-10-07", "2026-10-09", "2027-02-03"),
            ("approved", "2026-10-08", "2026-10-09", "2027-02-04"),
        ],
    ),
    "D-08": (
        "ratifying",
        "2026-09-22",
        [
            ("approved", "2026-10-14", "2026-10-16", None),
            ("approved", "2026-10-21", "2026-10-23", None),
            ("deferred", "2026-11-05", None, "2026-12-03"),
        ],
    ),
    "D-09": (
        "callin",
        "2026-09-22",
        [
            ("approved", "2026-10-21", "2026-10-23", None),
            ("approved", "2026-11-18", "2026-11-20", None),
            ("approved", "2026-11-05", "2026-11-06", None),
        ],
    ),
    "D-10": (
        "tabled",
        None,
        [
            ("awaiting", None, None, "2026-12-16"),
            ("awaiting", None, None, "2027-01-06"),
            ("awaiting", None, None, "2027-01-14"),
        ],
    ),
    "D-11": (
        "tabled",
        None,
        [
            ("awaiting", None, None, "2027-01-20"),
            ("awaiting", None, None, "2027-02-03"),
            ("awaiting", None, None, "2027-02-04"),
        ],
    ),
}


@pytest.fixture(scope="module")
def case() -> dict[str, Any]:
    return golden_case(ANCHOR)


def test_milestones_are_those_of_the_pages(case: dict[str, Any]) -> None:
    found = {
        entry["id"]: (entry["label"], entry["due"], entry["forecast"])
        for entry in case["milestones"]
        if entry["id"] in PAGE_MILESTONES
    }
    assert found == PAGE_MILESTONES
    open_ones = [entry["id"] for entry in case["milestones"] if not entry["actual"]]
    assert open_ones == [f"M-{number}" for number in range(10, 27)]
    assert sum(entry["critical"] for entry in case["milestones"]) == 15


def test_programme_manager_has_two_late_milestones_and_six_due(case: dict[str, Any]) -> None:
    own = [
        entry
        for entry in case["milestones"]
        if entry["owner"] == "priya.raman@ashmere.example" and not entry["actual"]
    ]
    late = [entry["id"] for entry in own if entry["forecast"] < "2026-11-24"]
    due = [entry["id"] for entry in own if "2026-11-24" <= entry["forecast"] <= "2026-12-08"]
    assert late == ["M-10", "M-13"]
    assert due == ["M-12", "M-19", "M-20", "M-21", "M-22", "M-23"]


def test_decisions_are_those_of_the_pages(case: dict[str, Any]) -> None:
    def answer(entry: dict[str, Any]) -> tuple[str | None, ...]:
        return entry["state"], entry["decided"], entry["published_on"], entry["next_meeting_on"]

    found = {
        entry["id"]: (entry["state"], entry["recommended_on"], [answer(row) for row in entry["councils"]])
        for entry in case["decisions"]
    }
    assert found == PAGE_DECISIONS
    by_ref = {entry["id"]: entry for entry in case["decisions"]}
    assert by_ref["D-10"]["councils"][0]["notice_published_on"] == "2026-11-16"
    assert by_ref["D-10"]["councils"][2]["approval_body"] == "full_council"
    assert by_ref["D-08"]["councils"][0]["approval_body"] == "executive_member"
    assert [row["version"] for row in by_ref["D-07"]["councils"]] == [1, 1, 1]
    assert by_ref["D-07"]["version"] == 2


def test_plans_take_effect_with_their_decisions(case: dict[str, Any]) -> None:
    found = [(plan["number"], plan["approved_on"], plan["effective_on"]) for plan in case["plan_versions"]]
    assert found == [(1, "2026-03-05", "2026-03-14"), (2, "2026-06-11", "2026-06-20")]


def test_carricks_october_is_claimed_and_all_else_verified(case: dict[str, Any]) -> None:
    waiting = [entry for entry in case["actuals"] if not entry["verification"]]
    assert [(entry["id"], entry["amount_gbp"], entry["at"][:10]) for entry in waiting] == [
        ("L-2/carrick/2026-27/7", "1127.55", "2026-11-10")
    ]
    assert {entry["verification"]["at"][:10] for entry in case["actuals"] if entry["verification"]} == {
        "2026-05-18",
        "2026-06-17",
        "2026-07-17",
        "2026-08-17",
        "2026-09-17",
        "2026-10-19",
        "2026-11-17",
    }


def test_risks_lead_with_the_four_of_the_page(case: dict[str, Any]) -> None:
    assert Counter(entry.get("register", "risk") for entry in case["risks"]) == {
        "risk": 13, "assumption": 2, "issue": 1, "dependency": 1,
    }  # fmt: skip
    scored = [
        (entry["id"], entry["likelihood"] * entry["impact"])
        for entry in case["risks"]
        if "likelihood" in entry
    ]
    top = sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:5]
    assert top[:4] == [("R-03", 16), ("R-05", 12), ("R-07", 12), ("R-09", 10)]
    assert top[4][1] < 10


def test_one_person_signs_in_for_each_role() -> None:
    sign_ins = demonstration_sign_ins()
    assert [role for role, _, _, _ in sign_ins] == [str(role.label) for role in RoleName]
    assert {password for _, _, _, password in sign_ins} == {PASSWORD}
    assert sign_ins[0] == (
        "Programme manager",
        "Priya Raman",
        "priya.raman@ashmere.example",
        PASSWORD,
    )
    assert len({email for _, _, email, _ in sign_ins}) == 13
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


@given(DAYS)
@settings(max_examples=examples(20), deadline=None)
def test_plan_and_forecast_keep_the_order_of_what_waits(as_of: date) -> None:
    timing = Timing(as_of)
    steps = {step.ref: step for step in milestones.steps(timing)}
    keys = {ref: number for number, ref in enumerate(steps)}
    links = [
        Dependency(keys[one["waits_for"]], keys[one["milestone"]], one["lag_days"])
        for one in milestones.dependencies_section(timing)
    ]
    for dates in (
        {keys[ref]: step.plan for ref, step in steps.items()},
        {keys[ref]: step.forecast or step.plan for ref, step in steps.items()},
    ):
        assert broken_links(dates, links, holidays=timing.holidays) == []
    assert len(links) > 4


@given(DAYS)
@settings(max_examples=examples(40), deadline=None)
def test_nothing_has_happened_after_the_day(as_of: date) -> None:
    case = golden_case(as_of)
    day = as_of.isoformat()
    happened = [entry["actual"] for entry in case["milestones"] if entry["actual"]]
    happened += [entry["at"][:10] for entry in case["actuals"]]
    happened += [entry["verification"]["at"][:10] for entry in case["actuals"] if entry["verification"]]
    happened += [entry["as_at"] for entry in case["forecasts"]]
    happened += [plan["effective_on"] for plan in case["plan_versions"]]
    for decision in case["decisions"]:
        for row in decision["councils"]:
            happened += [
                row[name] for name in ("decided", "published_on", "notice_published_on") if row[name]
            ]
    assert max(happened) <= day
    assert [forecast["as_at"] for forecast in case["forecasts"]] == sorted(
        forecast["as_at"] for forecast in case["forecasts"]
    )


@given(DAYS)
@settings(max_examples=examples(25), deadline=None)
def test_forecast_of_a_returned_month_is_what_was_returned(as_of: date) -> None:
    case = golden_case(as_of)
    expected: dict[tuple[Any, ...], int] = {}
    for forecast in case["forecasts"]:
        expected |= {slot(entry): parse_pounds(entry["amount_gbp"]) for entry in forecast["amounts"]}
    returned = {slot(entry): parse_pounds(entry["amount_gbp"]) for entry in case["actuals"]}
    monthly = {key: pence for key, pence in returned.items() if key[0] != "L-9"}
    assert {key: expected[key] for key in monthly} == monthly


@given(DAYS)
@settings(max_examples=examples(25), deadline=None)
def test_last_month_has_every_councils_return_and_waits_for_carrick(as_of: date) -> None:
    case = golden_case(as_of)
    ict = [entry for entry in case["actuals"] if entry["line"] == "L-2"]
    last = ict[-3:]
    assert [entry["council"] for entry in last] == list(COUNCILS)
    assert len({(entry["fy"], entry["period"]) for entry in last}) == 1
    assert [bool(entry["verification"]) for entry in last] == [True, True, False]
    assert as_of - date.fromisoformat(last[0]["at"][:10]) < timedelta(days=50)


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)))
@settings(
    max_examples=examples(4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db
def test_case_file_passes_every_check_of_the_loader(as_of: date) -> None:
    with time_machine.travel(as_of):
        document = read_document("golden.yaml", case_bytes(golden_case(as_of)))
        [file] = check_documents([document], as_of)
    assert file.key == "abc-shared-services"


def slot(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What an amount is for."""
    return entry["line"], entry["council"], entry["fy"], entry.get("period")

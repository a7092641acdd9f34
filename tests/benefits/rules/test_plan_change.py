"""What a change of plan does to its present value, and the way to its decision (F-06, F-11, INV-05)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from benefits.enums import Measure
from benefits.rules.appraisal_years import appraisal_years, left_out
from benefits.rules.plan_change import Prices, npv_in_words, outlook, present_value
from benefits.rules.plan_route import CouncilStanding, RouteFacts, RoutePlace, route, still_missing
from core.rules.assessment import NotAssessable
from services.rules.deflators import Deflators
from services.rules.discount import DiscountSchedule, RateBand

SCHEDULE = DiscountSchedule("s", "rates-1", date(2026, 4, 1), "here", (RateBand(1, 30, Decimal("3.5")),))
REAL = Prices(SCHEDULE, 2026)
CASH = Prices(
    SCHEDULE,
    2026,
    Deflators(
        "prices-1", date(2026, 4, 1), "here", {2026: Decimal(100), 2027: Decimal("104.04")}, frozenset()
    ),
)
PLAN = [
    (Measure.ONE_OFF_COST, 2026, 10_000_000),
    (Measure.CASHABLE, 2027, 5_000_000),
    (Measure.CASHABLE, 2027, 1_200_000),
    (Measure.DISBENEFIT, 2027, 200_000),
    (Measure.RECURRING_COST, 2028, 100_000),
    (Measure.CASHABLE, 2028, 8_000_000),
    (Measure.NON_CASHABLE, 2028, 9_999_999),
]


def test_present_value_is_discounted_by_year_as_in_a_business_case():
    # year 1: 60,000.00 / 1.035 = 57,971.01; year 2: 80,000.00 / 1.035² = 74,680.86 less 933.51
    found = outlook(PLAN, (2026, 2027, 2028), REAL)
    assert (found.net_pence, found.npv) == (3_900_000, 5_797_101 + 7_468_086 - 93_351 - 10_000_000)


def test_cash_of_the_day_is_brought_to_the_base_year_first_and_rounded_once_a_year():
    # £500,000.00 of a year with index 104.04 is £480,584.39 (F-11), and that over 1.035 is £464,332.74
    assert present_value([0, 50_000_000], [0, 0], CASH) == 46_433_274
    # three amounts of 15p are 45p, 43p real: each alone would round to 14p, 42p together
    parts = [(Measure.CASHABLE, 2027, 15)] * 3
    assert (CASH.real(45, 2027), 3 * CASH.real(15, 2027)) == (43, 42)
    assert outlook(parts, (2026, 2027), CASH).npv == 42  # 43 / 1.035; of 42p it would be 41p


def test_years_outside_the_appraisal_period_are_named_and_counted_nowhere():
    fys = appraisal_years(2026, 2)
    others = [(Measure.CASHABLE, 2025, 7), (Measure.ONE_OFF_COST, 2029, 9), (Measure.CASHABLE, 2031, 1)]
    assert outlook([*PLAN, *others], fys, REAL) == outlook(PLAN, fys, REAL)
    assert (fys, left_out(fys, [2031, 2025, 2026, 2029, 2025])) == (
        (2026, 2027, 2028),
        (
            "Amounts of 2025 to 2026, 2029 to 2030 and 2031 to 2032 are not counted: the appraisal period is "
            "1 April 2026 to 31 March 2029"
        ),
    )
    assert (left_out(fys, fys), appraisal_years(None, 2), left_out((), [2026])) == ("", (), "")


def test_present_value_that_cannot_be_worked_out_says_why():
    missing = NotAssessable("Whether the programme’s amounts are in real prices or in cash is not stated")
    found = [
        present_value([0, 0, 0], [0, 0, 0], missing),
        present_value([0, 0, 0], [0, 0, 0], CASH),
        present_value([1], [0], REAL),
    ]
    assert found == [
        missing,
        NotAssessable("There is no deflator for 2028 to 2029. They run from 2026 to 2027 to 2027 to 2028"),
        NotAssessable("Appraisal period must be a whole number of years from 1 to 60"),
    ]


def test_change_of_present_value_in_words():
    assert [
        npv_in_words(3, 1),
        npv_in_words(1, 3),
        npv_in_words(2, 2),
        npv_in_words(1, NotAssessable("No")),
    ] == [
        "£0.02 less",
        "£0.02 more",
        "No change",
        "No",
    ]


def test_prices_are_named():
    said = "In 2026 to 2027 prices, discounted by the rates in force from 1 April 2026 (here)"
    assert [REAL.words, CASH.words] == [
        said,
        f"{said}; prices by the deflators in force from 1 April 2026",
    ]


def facts(**changes):
    given = {
        "number": 2,
        "reason_code": "approved_delay",
        "narrative": "W" * 50,
        "has_changes": True,
        "is_submitted": True,
        "in_effect_from": "",
        "decision": "",
        "waits": "This plan takes effect when a decision of every council does",
        "councils": (),
        "planned": ("Ashmere", "Brockvale"),
    }
    return RouteFacts(**(given | changes))


def test_route_of_an_empty_draft_names_every_missing_step():
    empty = facts(reason_code="", narrative="", has_changes=False, is_submitted=False, waits="It waits")
    assert still_missing(route(empty)) == [
        "Choose a reason",
        "Change an amount or a date",
        "The programme manager or the senior responsible owner submits it",
        "Draft a decision that approves plan version 2 and asks Ashmere and Brockvale",
        "Ashmere has not been asked",
        "Brockvale has not been asked",
        "It waits",
    ]
    short = facts(narrative="W" * 49)
    assert still_missing(route(short))[0] == "Explain the change in at least 50 characters"


def test_route_with_a_decision_says_who_has_not_approved():
    standing = (
        CouncilStanding("Brockvale", "Approved", agrees=True),
        CouncilStanding("Carrick", "Awaiting", agrees=False),
    )
    steps = route(facts(decision="D-014", councils=standing, waits="Carrick has not decided yet"))
    assert [(step.text, step.is_done, step.waits, step.place) for step in steps[3:]] == [
        (
            "Decision D-014",
            True,
            "Draft a decision that approves plan version 2 and asks Ashmere and Brockvale",
            RoutePlace.DECISION,
        ),
        ("Ashmere approves", False, "Ashmere has not been asked", RoutePlace.DECISION),
        ("Brockvale approves", True, "Approved: Brockvale has not approved it", RoutePlace.DECISION),
        ("Carrick approves", False, "Awaiting: Carrick has not approved it", RoutePlace.DECISION),
        ("In effect", False, "Carrick has not decided yet", RoutePlace.DECISION),
    ]


def test_route_of_a_plan_in_effect_misses_nothing():
    done = facts(
        decision="D-014",
        in_effect_from="20 June 2027",
        councils=[CouncilStanding(name, "Approved", agrees=True) for name in ("Ashmere", "Brockvale")],
    )
    assert still_missing(route(done)) == []
    assert route(done)[-1].text == "In effect from 20 June 2027"

"""What a profile, its planned values and the end of its programme refuse."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from benefits.enums import BenefitClass, BenefitKind, Direction
from benefits.rules.agreed import check_unlocked
from benefits.rules.closure import OpenBenefit, check_closable, missing
from benefits.rules.gates import Enabler
from benefits.rules.profile import ProfileFacts, check_profile
from benefits.rules.templates import template, templates
from benefits.rules.trajectory import Planned, check_trajectory
from core.errors import Refusal, Refusals

GOOD = ProfileFacts(
    title="Faster claims",
    title_reason="",
    benefit_class=BenefitClass.QUANTIFIABLE,
    kind=BenefitKind.MEASURE,
    has_active_owner=True,
    direction=Direction.LOWER,
    starting_value=Decimal(26),
    target_value=Decimal(13),
    attribution_percent=100,
    attribution_reason="",
    as_of=date(2026, 11, 24),
)
GO_LIVE = Enabler("Go-live", planned_on=date(2027, 4, 1))


def said(**changes: object) -> list[tuple[str, str | None, str]]:
    """What is wrong with a good profile after the changes."""
    try:
        check_profile(replace(GOOD, **changes))
    except Refusals as refusals:
        return [(one.message, one.field, one.code) for one in refusals.refusals]
    return []


def test_profile_is_refused_with_each_reason() -> None:
    worse = {"target_value": Decimal(31)}
    percent = {"measure_unit": "%", "direction": Direction.HIGHER, "starting_value": Decimal(98)}
    table = [
        ({}, []),
        (
            worse,
            [
                (
                    "Target is higher than the starting value but the measure should decrease",
                    "target_value",
                    "48",
                )
            ],
        ),
        (worse | {"is_disbenefit": True}, []),
        (
            {"benefit_class": BenefitClass.CASHABLE},
            [("Change in a measure is quantifiable. Change the class or the kind", "kind", "2.9")],
        ),
        ({"benefit_class": BenefitClass.CASHABLE, "kind": BenefitKind.NOT_STATED}, []),
        (
            {"benefit_class": BenefitClass.QUALITATIVE, "kind": BenefitKind.INCOME},
            [("Additional income is cashable or non-cashable. Change the class or the kind", "kind", "2.9")],
        ),
        (
            percent | {"target_value": Decimal("135.00")},
            [("Percentage is usually between 0 and 100. Confirm 135% is correct", "target_value", "49")],
        ),
        (percent | {"target_value": Decimal(135), "percent_reason": "Of the year before"}, []),
        (percent | {"target_value": Decimal(100)}, []),
        (
            {"starting_on": date(2026, 11, 25)},
            [("Day of the starting value must be today or in the past", "starting_on", "11")],
        ),
        (
            {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 1)},
            [("End date must be after 1 April 2026", "ends_on", "12")],
        ),
        (
            {"starts_on": date(2027, 3, 1), "enablers": [GO_LIVE]},
            [("This benefit starts before go-live on 1 April 2027. Give a reason", "early_reason", "51")],
        ),
        (
            {"starts_on": date(2027, 3, 1), "enablers": [GO_LIVE], "early_reason": "A pilot comes first"},
            [],
        ),
        (
            {"shares": [Decimal(60), Decimal("39.9")]},
            [("Percentages must add up to 100. They add up to 99.9", "shares", "20")],
        ),
        (
            {"shares": [Decimal(101), Decimal(-1)]},
            [("Each share must be from 0 to 100 per cent", "shares", "20")],
        ),
        ({"shares": [Decimal("33.3"), Decimal("66.7")]}, []),
        (
            {"tests": {"attribution": (True, " "), "observable": (True, "Seen"), "measurement": (False, "")}},
            [("Say how the benefit meets the test of attribution", "doam_attribution", "2.9")],
        ),
    ]
    assert [(changes, said(**changes)) for changes, _ in table] == table


def test_target_of_an_approved_benefit_stands() -> None:
    check_unlocked("profiled", None, ["target_value"])
    check_unlocked("realising", None, ["description", "owner", "review_on"])
    with pytest.raises(Refusal) as refused:
        check_unlocked("realising", date(2027, 1, 16), ["description", "target_value"])
    assert (refused.value.message, refused.value.field) == (
        (
            "This benefit was approved on 16 January 2027 with its measure and its target. "
            "Reopen its profile before you change them"
        ),
        "target_value",
    )


def planned(*entries: Planned, needs_confirming: bool = False) -> str:
    try:
        check_trajectory(entries, first_fy=2026, last_fy=2031, needs_confirming=needs_confirming)
    except Refusal as refusal:
        return f"{refusal.code}: {refusal.message}"
    return ""


def test_planned_values_are_refused_twice_or_outside_the_period() -> None:
    value = Decimal(20)
    found = [
        planned(Planned(2026, 7, value), Planned(2026, None, value), Planned(2031, None, value)),
        planned(Planned(2026, 7, value), Planned(2026, 7, value)),
        planned(Planned(2033, None, value)),
        planned(Planned(2025, None, value)),
        planned(Planned(2026, None, Decimal(135)), needs_confirming=True),
    ]
    outside = "of the appraisal period. Remove it or"
    assert found == [
        "",
        "15: There are two entries for October 2026. Keep one",
        f"16: 2033 to 2034 is after the end {outside} extend the period",
        f"16: 2025 to 2026 is before the start {outside} change the period",
        "49: Percentage is usually between 0 and 100. Confirm 135% is correct",
    ]


def test_programme_closes_once_every_open_benefit_is_handed_over() -> None:
    closes_on = date(2032, 3, 31)
    kept = OpenBenefit("B-1", "Lower cost", True, date(2032, 9, 30))
    early = OpenBenefit("B-2", "Faster claims", True, closes_on)
    orphan = OpenBenefit("B-3", "Better cover", False, None)
    review = "a review date after 31 March 2032"
    owner = "an owner who has an active account"
    assert [missing(one, closes_on) for one in (kept, early, orphan)] == [[], [review], [owner, review]]
    assert [missing(one, None) for one in (early, orphan)] == [[], [owner, "a review date"]]
    check_closable([kept], closes_on, closes_on)
    with pytest.raises(Refusals) as refused:
        check_closable([kept, early, orphan], closes_on, date(2032, 4, 1))
    assert [one.message for one in refused.value.refusals] == [
        f"B-2 Faster claims needs {review}",
        f"B-3 Better cover needs {owner} and {review}",
    ]
    for day, words in ((closes_on, "on 31 March 2032"), (None, "on a day that is not chosen yet")):
        with pytest.raises(Refusal) as too_soon:
            check_closable([kept], day, date(2032, 3, 30))
        assert too_soon.value.message == f"The programme closes {words}. Close it then"


def test_templates_of_the_usual_benefits_pass_the_rules_of_a_profile() -> None:
    assert [one.name for one in templates()] == [
        "Management posts",
        "Procurement",
        "ICT",
        "Processing time",
        "Resilience",
    ]
    for one in templates():
        found = one.initial
        check_profile(
            replace(
                GOOD,
                title=str(found["title"]),
                benefit_class=BenefitClass(found["benefit_class"]),
                kind=BenefitKind(found["kind"]),
                direction=Direction(found["direction"]),
                starting_value=None,
                target_value=None,
            )
        )
        assert one.source
    assert template("ict") == templates()[2]
    assert template("none") is None

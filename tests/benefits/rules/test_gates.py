"""What each step of a benefit asks for first (domain.md 2.9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from benefits.enums import BenefitClass, BenefitStep, Direction
from benefits.rules.gates import TESTS, Enabler, GateFacts, LastPlanned, early, stops_before
from benefits.rules.targets import At, is_at_target_twice
from core.rules.calendar import month_number

GO_LIVE = Enabler("Go-live", planned_on=date(2027, 4, 1), expected_on=date(2027, 5, 26))
COMPLETE = GateFacts(
    benefit_class=BenefitClass.QUANTIFIABLE,
    has_active_owner=True,
    description="Days from claim to decision",
    counterfactual="The days would have stayed at 26",
    measure_name="Days",
    starting_value=Decimal(26),
    starting_on=date(2026, 3, 31),
    has_target=True,
    has_plan=True,
    tests=dict.fromkeys(TESTS, True),
    reaches_objective=True,
    starts_on=date(2027, 4, 1),
    direction=Direction.LOWER,
)


def said(step: BenefitStep, **changes: object) -> list[str]:
    """What stops a step of a benefit that is complete but for the changes."""
    return [one.message for one in stops_before(replace(COMPLETE, **changes), step)]


START_46 = "Enter the starting value, or say why there is none"
OWNER_45 = "Choose a benefit owner who has an active account"
EARLY_51 = "This benefit starts before go-live on 1 April 2027. Give a reason"
EXPLAIN_34 = "Explain the change in at least 50 characters"


def test_each_gate_names_what_is_missing() -> None:
    approve, whole = BenefitStep.APPROVE, "The scheme ended, and its budget with it: the council decided so."
    last = LastPlanned("March 2032", 100_00, 99_99)
    table = [
        (BenefitStep.PROFILE, {}, []),
        (BenefitStep.PROFILE, {"has_active_owner": False}, [OWNER_45]),
        (
            BenefitStep.PROFILE,
            {"description": "", "measure_name": ""},
            ["Describe the benefit", "Enter the measure"],
        ),
        (BenefitStep.PROFILE, {"benefit_class": BenefitClass.QUALITATIVE, "measure_name": ""}, []),
        (approve, {}, []),
        (approve, {"starting_value": None, "starting_on": None}, [START_46]),
        (approve, {"starting_value": None, "starting_reason": "Nobody counted"}, []),
        (approve, {"starting_on": None}, ["Enter the day of the starting value"]),
        (
            approve,
            {"has_plan": False},
            ["Plan its pounds or its values over time, or say why no target is set"],
        ),
        (approve, {"has_plan": False, "no_target_reason": "Not to become a ceiling"}, []),
        (
            approve,
            {"tests": {"description": True}},
            [
                "Say how the benefit meets the test of an observable outcome",
                "Say how the benefit meets the test of attribution",
                "Say how the benefit meets the test of measurement",
            ],
        ),
        (
            approve,
            {"counterfactual": ""},
            ["Say what would have happened anyway, without this programme"],
        ),
        (approve, {"reaches_objective": False}, ["Link the benefit to an objective on the benefits map"]),
        (approve, {"reaches_objective": False, "is_disbenefit": True}, []),
        (approve, {"enablers": [GO_LIVE], "starts_on": date(2027, 3, 31)}, [EARLY_51]),
        (approve, {"enablers": [GO_LIVE]}, []),
        (BenefitStep.ENABLE, {"enablers": [GO_LIVE]}, []),
        (BenefitStep.START, {}, []),
        (
            BenefitStep.START,
            {"enablers": [GO_LIVE]},
            ["This benefit starts before go-live on 26 May 2027. Give a reason"],
        ),
        (BenefitStep.START, {"enablers": [GO_LIVE], "why": "The pilot saves already"}, []),
        (BenefitStep.START, {"enablers": [replace(GO_LIVE, is_achieved=True)]}, []),
        (
            BenefitStep.START,
            {"enablers": [Enabler("ICT desk opens")]},
            ["This benefit starts before ICT desk opens. Give a reason"],
        ),
        (
            BenefitStep.REALISE,
            {"last_planned": last},
            ["£99.99 is verified of the £100 planned for March 2032, the last planned period"],
        ),
        (BenefitStep.REALISE, {"last_planned": replace(last, verified_pence=100_00)}, []),
        (
            BenefitStep.REALISE,
            {"values": [At(1, Decimal(14), Decimal(13))]},
            ["The measure must be at its target for two periods running"],
        ),
        (
            BenefitStep.REALISE,
            {"values": [At(1, Decimal(13), Decimal(13)), At(2, Decimal(12), Decimal(13), 1)]},
            [],
        ),
        (BenefitStep.REALISE, {"has_target": False}, ["Add evidence that the benefit is there"]),
        (BenefitStep.REALISE, {"has_target": False, "evidence_count": 1}, []),
        (BenefitStep.CLOSE, {"unverified_count": 1}, ["1 amount is claimed and not yet verified"]),
        (BenefitStep.CLOSE, {"unverified_count": 2}, ["2 amounts are claimed and not yet verified"]),
        (BenefitStep.CLOSE, {}, []),
        (BenefitStep.FAIL, {}, ["Say what was learnt, in at least 10 characters"]),
        (BenefitStep.FAIL, {"lesson": "Count before you promise"}, []),
        (BenefitStep.REOPEN, {"why": "Too short a reason"}, [EXPLAIN_34]),
        (BenefitStep.REOPEN, {"why": whole}, []),
        (BenefitStep.WITHDRAW, {}, ["Explain why, in at least 10 characters"]),
        (BenefitStep.WITHDRAW, {"why": "Recorded twice"}, []),
        (BenefitStep.WITHDRAW, {"why": "Recorded twice", "was_approved": True}, [EXPLAIN_34]),
        (
            BenefitStep.WITHDRAW,
            {"why": whole, "was_approved": True, "planned_pence": 774_000_00},
            ["The current plan holds £774,000 for this benefit. Start a re-baseline that takes it out"],
        ),
    ]
    assert [(step, changes, said(step, **changes)) for step, changes, _ in table] == table


def test_early_start_is_measured_against_the_last_enabler_that_has_a_plan() -> None:
    first = Enabler("Team in place", planned_on=date(2026, 4, 30))
    assert early(date(2027, 4, 1), [first, GO_LIVE, Enabler("Undated")]) is None
    refusal = early(date(2026, 5, 1), [first, GO_LIVE])
    assert refusal is not None
    assert (refusal.message, refusal.field, refusal.code) == (EARLY_51, "early_reason", "51")
    assert early(None, [GO_LIVE]) is None
    assert early(date(2026, 5, 1), []) is None


def test_two_periods_at_target_must_follow_each_other() -> None:
    def at(month: int, value: int, step: int = 0) -> At:
        return At(month, Decimal(value), Decimal(13), step)

    october, november = month_number(2026, 7), month_number(2026, 8)
    lower = Direction.LOWER
    assert is_at_target_twice([at(october, 13), at(november, 12, 1)], lower)
    assert not is_at_target_twice([at(october, 13), at(november, 14, 1)], lower)
    assert not is_at_target_twice([at(november, 13, 1)], lower)
    assert not is_at_target_twice([at(october - 1, 13), at(november, 12, 1)], lower)
    assert is_at_target_twice([at(october - 1, 13), at(november, 12)], lower)
    assert is_at_target_twice([at(october - 2, 13), at(november - 0, 13, 3)], Direction.ON_TARGET)
    assert not is_at_target_twice([at(october, 13), at(november, 12, 1)], Direction.HIGHER)
    assert month_number(2026, None) == month_number(2026, 12) == month_number(2027, 1) - 1

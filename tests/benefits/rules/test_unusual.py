"""What is to be looked at twice before a claim is verified."""

from benefits.rules.unusual import Look

K = 1_000_00


def test_usual_claims_raise_no_flag_up_to_each_limit():
    assert [
        look.flags
        for look in (
            Look(5 * K, 5 * K),
            Look(11 * K, 11 * K, planned_pence=10 * K, before_pence=10 * K),
            Look(15 * K, 15 * K, before_pence=10 * K),
            Look(2 * K, 2 * K, before_pence=K),
        )
    ] == [()] * 4


def test_each_reason_to_look_twice_is_named():
    assert Look(-K, 12 * K, 2, 20 * K, 30 * K).flags == (
        "It is negative",
        "One of 2 amounts for this month",
        "£8,000 below plan",
        "£18,000 less than the month before",
    )
    assert Look(15 * K + 1, 15 * K + 1, before_pence=10 * K).flags == (
        "£5,000.01 more than the month before",
    )
    assert Look(11 * K + 1, 11 * K + 1, planned_pence=10 * K).flags == ("£1,000.01 above plan",)

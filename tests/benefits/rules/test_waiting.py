"""How long claims wait, and the register in one sentence."""

from benefits.enums import Measure
from benefits.rules.waiting import (
    BANDS,
    Apart,
    Waiting,
    WaitingClaim,
    ageing_sentence,
    apart,
    band_words,
    banded,
    counted_pence,
    in_band,
    register_sentence,
    total_waiting,
)

STATES = [("Identified", 2), ("Approved", 0), ("Realising", 1)]


def test_bands_hold_every_age_once():
    words = ["Up to 10 working days", "11 to 20 working days", "More than 20 working days"]
    assert [band_words(*band) for band in BANDS] == words
    found = {days: [in_band(days, band) for band in BANDS].index(True) for days in (0, 10, 11, 20, 21, 900)}
    assert found == {0: 0, 10: 0, 11: 1, 20: 1, 21: 2, 900: 2}
    assert all(sum(in_band(days, band) for band in BANDS) == 1 for days in range(60))


def test_a_saving_and_a_cost_are_never_added_up():
    saving, cost = (
        WaitingClaim(10_000_00, 3, is_cashable=True),
        WaitingClaim(-10_000_00, 21, is_cashable=False),
    )
    none = Apart(Waiting(0, 0, 0), Waiting(0, 0, 0))
    assert [band.claims for band in banded([saving, cost])] == [
        Apart(Waiting(10_000_00, 1, 3), Waiting(0, 0, 0)),
        none,
        Apart(Waiting(0, 0, 0), Waiting(-10_000_00, 1, 21)),
    ]
    said = {
        (): "No claim waits for an answer.",
        (saving,): "1 claim waits: £10,000.00 of cashable savings. The oldest has waited for 3 working days; "
        "none has waited for more than 20.",
        (
            saving,
            cost,
            cost,
        ): "3 claims wait: £10,000.00 of cashable savings and −£20,000.00 of other amounts. "
        "The oldest has waited for 21 working days; 2 have waited for more than 20.",
    }
    assert {claims: ageing_sentence(banded(claims), apart(claims)) for claims in said} == said


def test_a_claim_adds_its_sign_and_nothing_where_it_is_counted_elsewhere():
    found = {
        "saving": counted_pence(5, Measure.CASHABLE, is_disbenefit=False, is_counted=True),
        "cost": counted_pence(5, Measure.ONE_OFF_COST, is_disbenefit=False, is_counted=True),
        "worse": counted_pence(5, Measure.CASHABLE, is_disbenefit=True, is_counted=True),
        "elsewhere": counted_pence(5, Measure.CASHABLE, is_disbenefit=False, is_counted=False),
    }
    assert found == {"saving": 5, "cost": -5, "worse": -5, "elsewhere": 0}


def test_claims_are_added_up_and_the_oldest_counts():
    assert total_waiting([Waiting(100, 1, 3), Waiting(-40, 1, 12)]) == Waiting(60, 2, 12)
    assert total_waiting([]) == Waiting(0, 0, 0)


def test_register_in_one_sentence():
    said = {
        "nothing": register_sentence([("Identified", 0)], 0, Waiting(0, 0, 0)),
        "quiet": register_sentence(STATES, 0, Waiting(0, 0, 0)),
        "waiting": register_sentence(STATES, 1, Waiting(1_234_500, 3, 23)),
        "one": register_sentence([("Closed", 1)], 0, Waiting(50, 1, 1)),
    }
    assert said == {
        "nothing": "No benefit meets this choice.",
        "quiet": "3 benefits: 2 identified and 1 realising; none is at risk. "
        "No cashable saving waits for verification.",
        "waiting": "3 benefits: 2 identified and 1 realising; 1 is at risk. £12,345 of cashable savings is "
        "claimed and waits for verification, the oldest of 3 amounts for 23 working days.",
        "one": "1 benefit: 1 closed; none is at risk. £0.50 of cashable savings is claimed and waits for "
        "verification, the oldest of 1 amount for 1 working day.",
    }

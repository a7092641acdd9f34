from benefits.rules.ageing import BANDS, Waiting, ageing_sentence, band_words, banded, summed


def test_claims_fall_in_the_band_of_their_working_days():
    days = (0, 30, 31, 60, 61, 90, 91, 400)
    bands = banded([(day, 10**place) for place, day in enumerate(days)])
    assert bands == (Waiting(2, 11), Waiting(2, 1_100), Waiting(2, 110_000), Waiting(2, 11_000_000))
    assert summed(bands) == Waiting(8, 11_111_111)
    assert [band_words(index) for index in range(len(BANDS))] == [
        "0 to 30 days",
        "31 to 60 days",
        "61 to 90 days",
        "Over 90 days",
    ]


def test_sentence_says_how_much_waits_and_for_how_long():
    found = {
        (): "No claim waits for an answer.",
        ((1, 5_00),): "1 claim waits, £5.00 in all: the oldest for 1 working day, none for over 90.",
        ((12, 5_00), (91, -1_00)): (
            "2 claims wait, £4.00 in all: the oldest for 91 working days, 1 for over 90, −£1.00."
        ),
    }
    oldest = {claims: max((days for days, _ in claims), default=0) for claims in found}
    assert {claims: ageing_sentence(banded(claims), oldest[claims]) for claims in found} == found

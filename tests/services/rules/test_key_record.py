"""What a key must hold (rows 12, 18 to 23, 76, 77): the edges; each row is tested through its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refusal, Refusals
from programme.rules.membership import Partner
from services.enums import KeyBasis
from services.rules.key_record import (
    CouncilWeight,
    KeyPeriod,
    KeyRecord,
    check_key_record,
    check_not_after_leaving,
    parse_weight,
    weight_text,
    weight_words,
)

PARTNER = Partner("Ashmere", joined_on=date(2026, 4, 1), left_on=date(2028, 3, 31))
FIRST, LAST = date(2026, 4, 1), date(2028, 3, 31)


def record(
    *weights: str | None,
    basis: str = KeyBasis.POPULATION,
    period: KeyPeriod | None = None,
    partner: Partner | None = PARTNER,
) -> KeyRecord:
    councils = tuple(
        CouncilWeight(str(place), f"Council {place}", None if text is None else Decimal(text), partner)
        for place, text in enumerate(weights)
    )
    return KeyRecord(basis, period or KeyPeriod(FIRST, LAST), councils, "D-1")


def codes(kept: KeyRecord, others: tuple[KeyPeriod, ...] = ()) -> list[str]:
    try:
        check_key_record(kept, others, {"D-1"})
    except Refusals as said:
        return [refusal.code for refusal in said.refusals]
    return []


def test_key_that_touches_others_and_its_partners_days_is_kept():
    before, after = KeyPeriod(date(2025, 4, 1), date(2026, 3, 31)), KeyPeriod(date(2028, 4, 1))
    assert codes(record("1", "0"), (before, after)) == []


@pytest.mark.parametrize(
    "other", [KeyPeriod(date(2025, 4, 1), FIRST), KeyPeriod(LAST), KeyPeriod(date(2020, 4, 1))]
)
def test_key_that_shares_a_day_with_another_is_refused(other):
    assert codes(record("1"), (other,)) == ["22"]


@pytest.mark.parametrize(
    ("basis", "weights", "expected"),
    [
        (KeyBasis.FIXED_PERCENT, ["63", "37"], []),
        (KeyBasis.FIXED_PERCENT, ["33.3333", "66.6667"], []),
        (KeyBasis.FIXED_PERCENT, ["33.3333", "66.6666"], ["20"]),
        (KeyBasis.EQUAL, ["1", "1", "0"], []),
        (KeyBasis.EQUAL, ["1", "2"], [""]),
        (KeyBasis.POPULATION, [], ["18"]),
        (KeyBasis.POPULATION, ["0", "-1"], ["19"]),
        (KeyBasis.POPULATION, ["0", None], ["21"]),
    ],
)
def test_weights_of_each_basis(basis, weights, expected):
    assert codes(record(*weights, basis=basis)) == expected


def test_days_outside_the_partnership_count_only_for_councils_that_pay():
    early, late = KeyPeriod(date(2026, 3, 31), LAST), KeyPeriod(FIRST, date(2028, 4, 1))
    assert [codes(record("1", period=period)) for period in (early, late)] == [["76"], ["76"]]
    assert [codes(record("1", partner=None)), codes(record("0", partner=None))] == [["76"], ["18"]]


def test_key_ended_before_a_council_joined_says_nothing_of_leaving():
    ended = KeyPeriod(date(2025, 4, 1), date(2026, 3, 31))
    check_not_after_leaving(ended, record("1").weights)
    with pytest.raises(Refusal, match="Ashmere left on 31 March 2028"):
        check_not_after_leaving(KeyPeriod(FIRST), record("1").weights)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" 130,200 ", "130200"), ("57341.2", "57341.2"), ("63%", "63"), ("−1", "-1"), ("0.1234", "0.1234")],
)
def test_number_is_read_as_people_type_it(text, expected):
    assert parse_weight(text, "Carrick") == Decimal(expected)


@pytest.mark.parametrize("text", ["", "1e5", "NaN", "1,37,4930", "1/3", "12k", "0.12345", "1" * 15])
def test_anything_else_is_refused(text):
    with pytest.raises(Refusal, match="Carrick"):
        parse_weight(text, "Carrick")


def test_weight_in_words():
    assert [weight_text(Decimal(text)) for text in ("57341.2000", "100", "0.5000", "1.0000")] == [
        "57341.2",
        "100",
        "0.5",
        "1",
    ]
    assert [weight_words(Decimal(text)) for text in ("1234567.5000", "130200.0000", "0")] == [
        "1,234,567.5",
        "130,200",
        "0",
    ]

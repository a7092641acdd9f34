"""Pounds as people type them and as the product prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from core.rules.money import (
    LIMIT_PENCE,
    check_negative_explained,
    format_amount,
    format_pounds,
    format_prose,
    parse_pounds,
    pounds_plain,
)

any_pence = st.integers(-LIMIT_PENCE, LIMIT_PENCE)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("0", 0),
        ("-0", 0),
        ("12500", 1_250_000),
        ("12,500", 1_250_000),
        ("12,500.50", 1_250_050),
        ("12,500.5", 1_250_050),
        (".50", 50),
        ("£1,374,930", 137_493_000),
        ("  £ 624,420.00 ", 62_442_000),
        ("-1,000", -100_000),
        ("−1,000.01", -100_001),
        ("-£1,000", -100_000),
        ("£-1,000", -100_000),
        ("− £ 1,000", -100_000),
        ("007", 700),
        ("\u00a012\u00a0", 1_200),
        ("10,000,000,000", LIMIT_PENCE),
        ("-10000000000.00", -LIMIT_PENCE),
        ("0" * 5_000 + "1", 100),
    ],
)
def test_parse_pounds_reads_amounts(text: str, pence: int):
    assert parse_pounds(text) == pence


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("", "1", "Enter the saving in pounds, for example 12,500 or 12,500.50"),
        (" \t", "1", "Enter the saving in pounds, for example 12,500 or 12,500.50"),
        ("1.2m", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("12k", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("1e5", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("NaN", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("12.", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        (".", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("£", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("--5", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("+5", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("££5", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("£-£5", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("12 500", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("1,000,", "4", "Check the commas in the amount, for example 1,374,930"),
        (",100", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("１２", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("(624,420)", "2", "Enter the amount in full using numbers, for example 1,200,000"),
        ("12.345", "3", "Amount must be in pounds and pence, with no more than 2 decimal places"),
        ("0.000", "3", "Amount must be in pounds and pence, with no more than 2 decimal places"),
        ("1,37,4930", "4", "Check the commas in the amount, for example 1,374,930"),
        ("1234,567", "4", "Check the commas in the amount, for example 1,374,930"),
        ("12,50.25", "4", "Check the commas in the amount, for example 1,374,930"),
        ("10,000,000,000.01", "7", "Amount must be £10,000,000,000 or less"),
        ("-10,000,000,001", "7", "Amount must be £10,000,000,000 or less"),
        ("9" * 5_000, "7", "Amount must be £10,000,000,000 or less"),
        ("$12", "8", "Enter the amount in pounds sterling"),
        ("12€", "8", "Enter the amount in pounds sterling"),
        ("¥ 1.2m", "8", "Enter the amount in pounds sterling"),
    ],
)
def test_parse_pounds_refuses_in_the_words_of_section_8(text: str, row: str, message: str):
    with pytest.raises(Refusal) as refused:
        parse_pounds(text)
    assert (refused.value.code, refused.value.message) == (row, message)


def test_parse_pounds_names_the_amount_when_blank():
    with pytest.raises(Refusal) as refused:
        parse_pounds("", noun="cost")
    assert refused.value.message == "Enter the cost in pounds, for example 12,500 or 12,500.50"


def test_parse_pounds_refuses_a_negative_plan_saving():
    with pytest.raises(Refusal) as refused:
        parse_pounds("-1", minimum=0)
    assert refused.value.message == "Planned saving must be £0 or more. Record a cost as a cost line"


def test_parse_pounds_refuses_another_amount_below_its_minimum():
    with pytest.raises(Refusal) as refused:
        parse_pounds("99", noun="grant", minimum=10_000)
    assert refused.value.message == "Grant must be £100 or more"
    assert parse_pounds("100", noun="grant", minimum=10_000) == 10_000


@pytest.mark.parametrize("text", ["(624,420)", "(£624,420.00)", " ( 624420 ) ", "-624,420"])
def test_parse_pounds_reads_brackets_as_negative_in_files(text: str):
    assert parse_pounds(text, brackets_negative=True) == -62_442_000


@pytest.mark.parametrize("text", ["(624,420", "(-624,420)", "()", "-(5)"])
def test_parse_pounds_refuses_odd_brackets_in_files(text: str):
    with pytest.raises(Refusal) as refused:
        parse_pounds(text, brackets_negative=True)
    assert refused.value.code == "2"


@pytest.mark.parametrize(("pence", "explanation"), [(-1, "too short"), (-1, "   padded   "), (-5_000, "")])
def test_negative_amount_needs_an_explanation(pence: int, explanation: str):
    with pytest.raises(Refusal) as refused:
        check_negative_explained(pence, explanation)
    assert refused.value.message == "Explain why this saving is negative, in at least 10 characters"


@pytest.mark.parametrize(("pence", "explanation"), [(0, ""), (100, ""), (-1, "ten letter")])
def test_explained_or_positive_amount_passes(pence: int, explanation: str):
    assert check_negative_explained(pence, explanation) is None


def test_formats_of_the_house():
    assert [format_pounds(62_442_000), format_amount(62_442_000), pounds_plain(62_442_000)] == [
        "£624,420.00",
        "624,420.00",
        "624420.00",
    ]
    assert [format_pounds(-1), format_amount(-166_269), pounds_plain(-166_269)] == [
        "−£0.01",
        "−1,662.69",
        "-1662.69",
    ]


@pytest.mark.parametrize(
    ("pence", "text"),
    [
        (62_442_000, "£624,420"),
        (62_442_050, "£624,420.50"),
        (-62_442_000, "−£624,420"),
        (0, "£0"),
        (5, "£0.05"),
        (99_999_999, "£999,999.99"),
        (100_000_000, "£1 million"),
        (137_493_000, "£1.37 million"),
        (150_000_000, "£1.5 million"),
        (-137_500_000, "−£1.38 million"),
        (2_060_000_000, "£20.6 million"),
        (99_999_499_999, "£999.99 million"),
        (99_999_500_000, "£1 billion"),
        (LIMIT_PENCE, "£10 billion"),
    ],
)
def test_prose_form(pence: int, text: str):
    assert format_prose(pence) == text


@given(any_pence)
def test_every_exact_form_reads_back_to_the_same_pence(pence: int):
    forms = [format_pounds(pence), format_amount(pence), pounds_plain(pence)]
    assert [parse_pounds(form) for form in forms] == [pence] * 3


def code_of(text: str) -> str:
    """Code of the refusal of `text`, or nothing where it is an amount."""
    try:
        parse_pounds(text, brackets_negative=True)
    except Refusal as refusal:
        return refusal.code
    return ""


@given(st.one_of(st.text(max_size=20), st.text("0123456789,.-−£$() km²٣", max_size=20)))
def test_any_text_is_an_amount_or_one_of_the_refusals(text: str):
    assert code_of(text) in {"", "1", "2", "3", "4", "7", "8"}

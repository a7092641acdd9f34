"""What a council may pay under an agreed compensation, and what goes back of a fund by its key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.equity import check_explanation, check_posts
from benefits.rules.fund import check_closing, check_open, is_paid_by_key, key_shares, returned_shares
from benefits.rules.payments import YearDue, check_payment, check_received_on, check_reversal
from core.errors import Refusal


def refusal(check, *arguments, **named):
    with pytest.raises(Refusal) as said:
        check(*arguments, **named)
    return said.value.message


def test_year_due_tells_what_is_outstanding_and_when_it_is_late():
    year = YearDue(2026, 600_00, 250_00, 100_00)
    assert (year.unconfirmed_pence, year.outstanding_pence) == (150_00, 350_00)
    assert [year.is_late(day) for day in (date(2027, 3, 31), date(2027, 4, 1))] == [False, True]
    assert not YearDue(2026, 600_00, 600_00).is_late(date(2028, 4, 1))
    over = YearDue(2026, 600_00, 700_00)
    assert (year.overpaid_pence, over.outstanding_pence, over.overpaid_pence) == (0, 0, 100_00)


def test_payment_is_of_what_is_still_due():
    year = YearDue(2026, 600_00, 250_00)
    check_payment(350_00, year, "Brockvale")
    assert [
        refusal(check_payment, 0, year, "Brockvale"),
        refusal(check_payment, 350_01, year, "Brockvale"),
        refusal(check_payment, 10**12 + 1, year, "Brockvale"),
        refusal(check_payment, 1, YearDue(2031, 0), "Brockvale"),
        refusal(check_payment, 1, YearDue(2026, 600_00, 700_00), "Brockvale"),
    ] == [
        "Payment must be more than £0",
        "£350.00 is still due for 2026 to 2027. Payment must be this or less",
        "Amount must be £10,000,000,000 or less",
        "Brockvale has nothing to pay for 2031 to 2032",
        "£0.00 is still due for 2026 to 2027. Payment must be this or less",
    ]


def test_receipt_reversal_explanation_and_posts_are_checked():
    check_received_on(date(2026, 6, 1), date(2026, 6, 1))
    check_reversal("Paid to the wrong account", is_reversal=False, is_reversed=False)
    check_explanation("x" * 10)
    check_posts(0)
    assert [
        refusal(check_received_on, date(2026, 5, 31), date(2026, 6, 1)),
        refusal(check_reversal, "Paid twice", is_reversal=True, is_reversed=False),
        refusal(check_reversal, "Paid twice", is_reversal=False, is_reversed=True),
        refusal(check_reversal, "Oops", is_reversal=False, is_reversed=False),
        refusal(check_explanation, " short    "),
        refusal(check_posts, -1),
    ] == [
        "Date received must be on or after 1 June 2026",
        "A reversal cannot be reversed. Record a payment instead",
        "This payment has been reversed already. Record a new payment if one was made",
        "Explain why this payment is reversed, in at least 10 characters",
        "Explain the difference, in at least 10 characters",
        "Posts must be a whole number from 0 to 100,000",
    ]


def test_closed_fund_takes_nothing_and_closes_again_only_with_money_in_it():
    day = date(2027, 3, 31)
    check_open(None)
    check_closing(0, None)
    check_closing(1, day)
    assert [refusal(check_open, day), refusal(check_closing, 0, day)] == [
        "This fund was closed on 31 March 2027. Open another",
        "This fund was closed on 31 March 2027 and holds nothing",
    ]


def test_unspent_goes_back_by_the_key_only_where_it_came_by_the_key():
    by_key, weights = [333_34, 333_33, 333_33], [1, 1, 1]
    assert key_shares(1_000_00, weights) == by_key
    assert returned_shares(100_00, by_key, weights) == [33_34, 33_33, 33_33]
    assert returned_shares(100_00, [750_00, 250_00, 0], weights) == [75_00, 25_00, 0]
    assert returned_shares(100_00, [750_00, -50_00], []) == [100_00, 0]
    assert returned_shares(200_00, [600_00, 400_00], [], [300_00, 0]) == [0, 200_00]
    assert returned_shares(200_00, [600_00, 400_00], [3, 2], [300_00, 0]) == [0, 200_00]
    assert returned_shares(100_00, [600_00, 400_00], [], [300_00, 0]) == [0, 100_00]
    assert (key_shares(5, []), is_paid_by_key([5], [])) == (None, False)


@given(st.integers(1, 10**9), st.lists(st.integers(1, 500), min_size=1, max_size=5), st.integers(0, 100))
def test_what_goes_back_by_the_key_is_the_balance(whole, weights, percent):
    balance = whole * percent // 100
    assert sum(returned_shares(balance, key_shares(whole, weights), weights)) == balance

"""When a council is a partner, and what follows its abolition."""

from datetime import date

import pytest
from hypothesis import strategies as st

from core.errors import Refusal
from programme.rules.membership import (
    Abolition,
    Partner,
    check_councils,
    check_partner_period,
    check_successor_chosen,
    is_flagged_after,
)

LEFT = Partner("Carrick", left_on=date(2028, 3, 31))
JOINED = Partner("Carrick", joined_on=date(2027, 10, 1))
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def said(rule, *values, **named):
    """Message, field and code of a refusal; None where there is none."""
    try:
        rule(*values, **named)
    except Refusal as refusal:
        return refusal.message, refusal.field, refusal.code
    return None


@pytest.mark.parametrize(
    ("partner", "first", "last", "expected"),
    [
        (LEFT, date(2028, 3, 1), date(2028, 3, 31), None),
        (LEFT, date(2028, 3, 31), date(2028, 4, 30), None),
        (
            LEFT,
            date(2028, 4, 1),
            date(2028, 4, 30),
            ("Carrick left on 31 March 2028. Choose an earlier period", "period", "76"),
        ),
        (JOINED, date(2027, 10, 1), date(2027, 10, 31), None),
        (
            JOINED,
            date(2027, 9, 1),
            date(2027, 9, 30),
            ("Carrick joined on 1 October 2027. Choose a later period", "period", "76"),
        ),
        (
            None,
            date(2027, 9, 1),
            date(2027, 9, 30),
            ("Carrick is not a partner in this programme", "council", "76"),
        ),
    ],
)
def test_entry_outside_the_partnership_is_refused(partner, first, last, expected):
    assert said(check_partner_period, "Carrick", partner, first, last) == expected


def test_profile_after_abolition_asks_for_the_successor():
    ashmere = Abolition("Ashmere", date(2028, 4, 1))
    message = "Ashmere is due to be abolished on 1 April 2028. Choose the successor"
    assert said(check_successor_chosen, ashmere, date(2028, 4, 1)) == (message, "council", "77")
    assert said(check_successor_chosen, ashmere, date(2028, 3, 31)) is None
    assert said(check_successor_chosen, None, date(2030, 3, 31)) is None
    assert said(check_successor_chosen, ashmere, date(2029, 3, 31), reason="The order is delayed") is None
    chosen = Abolition("Ashmere", date(2028, 4, 1), (3, 0))
    assert said(check_successor_chosen, chosen, date(2029, 3, 31)) is None
    assert (is_flagged_after(chosen, date(2028, 3, 31)), is_flagged_after(chosen, date(2028, 4, 1))) == (
        False,
        True,
    )


def test_programme_needs_two_councils_each_once():
    assert said(check_councils, ["Ashmere"]) == ("Add at least 2 councils", "councils", "78")
    twice = ("Brockvale is already in this programme", "councils", "78")
    assert said(check_councils, ["Ashmere", "Brockvale", "Brockvale"]) == twice
    assert said(check_councils, ["Ashmere", "Brockvale"]) is None

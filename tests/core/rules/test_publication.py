"""What may be withheld, for how long, and what an open version says of it."""

from datetime import date

import pytest

from core.enums import PublicationClass
from core.errors import Refusal, Refusals
from core.rules.publication import (
    CONFIDENTIAL_STAYS,
    check_exempt,
    check_release,
    review_on,
    withheld_from_version,
    year_after,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (None, date(2027, 11, 24)),
        (date(2027, 11, 24), date(2027, 11, 24)),
        (date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_review_is_within_a_year(chosen, found):
    assert review_on(chosen, TODAY) == found


@pytest.mark.parametrize("chosen", [TODAY, date(2027, 11, 25), date(2020, 1, 1)])
def test_review_on_another_day_is_refused(chosen):
    with pytest.raises(Refusal) as caught:
        review_on(chosen, TODAY)
    assert caught.value.message == "Review date must be after today and within a year"


def test_year_after_a_leap_day_is_the_last_of_february():
    assert year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("is_now", "said"),
    [
        (PublicationClass.CONFIDENTIAL, CONFIDENTIAL_STAYS),
        (PublicationClass.OPEN, "This is open already"),
    ],
)
def test_release_of_what_is_not_exempt_is_refused(is_now, said):
    with pytest.raises(Refusal) as caught:
        check_release(is_now)
    assert caught.value.message == said
    check_release(PublicationClass.EXEMPT)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0,), ""),
        ((1,), "1 item is exempt. It will be withheld from this version"),
        ((2,), "2 items are exempt. They will be withheld from this version"),
        ((0, 2), "2 items are confidential. They will be withheld from this version"),
        ((1, 1), "1 item is exempt and 1 item is confidential. They will be withheld from this version"),
    ],
)
def test_open_version_says_what_it_leaves_out(counts, said):
    assert withheld_from_version(*counts) == said


@pytest.mark.parametrize(
    ("publication_class", "paragraph", "reason", "fields"),
    [
        ("exempt", None, "", ["exempt_paragraph", "public_interest_reason"]),
        ("exempt", 8, "Bids would be known", ["exempt_paragraph"]),
        ("exempt", 3, "  ", ["public_interest_reason"]),
        ("exempt", 3, "Bids would be known", []),
        ("open", None, "", []),
    ],
)
def test_exempt_content_names_its_paragraph_and_reason(publication_class, paragraph, reason, fields):
    found = []
    try:
        check_exempt(publication_class, paragraph, reason)
    except Refusal as said:
        found = [said]
    except Refusals as said:
        found = said.refusals
    messages = {
        "exempt_paragraph": "Choose the exempt paragraph",
        "public_interest_reason": "Explain why withholding outweighs publishing",
    }
    assert [(one.code, one.field, one.message) for one in found] == [
        ("70", name, messages[name]) for name in fields
    ]

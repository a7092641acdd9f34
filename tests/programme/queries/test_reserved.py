"""Which matters an agreement reserves on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from programme.enums import Matter
from programme.models import Agreement, ReservedMatter
from programme.queries.reserved import reserved_matters
from tests.factories import AgreementFactory, PartnershipFactory

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


@pytest.fixture
def agreement(db: None) -> Agreement:
    """In force from 1 April 2026 to 31 March 2027, with two matters reserved."""
    made = AgreementFactory(title="Main agreement", in_force_on=FIRST, ends_on=LAST)
    for matter in (Matter.BUSINESS_CASE, Matter.EXIT):
        ReservedMatter.objects.create(agreement=made, matter=matter)
    return made


@pytest.mark.parametrize(
    ("as_of", "is_reserved"),
    [
        (date(2026, 3, 31), False),
        (FIRST, True),
        (LAST, True),
        (date(2027, 4, 1), False),
    ],
)
def test_only_an_agreement_in_force_reserves(agreement: Agreement, as_of: date, is_reserved: bool) -> None:
    both = {Matter.BUSINESS_CASE: "Main agreement", Matter.EXIT: "Main agreement"}
    assert reserved_matters(agreement.partnership_id, as_of) == (both if is_reserved else {})


def test_agreement_without_an_end_goes_on_and_one_not_in_force_reserves_nothing(agreement: Agreement) -> None:
    Agreement.objects.update(ends_on=None)
    assert set(reserved_matters(agreement.partnership_id, date(2040, 1, 1))) == {
        Matter.BUSINESS_CASE,
        Matter.EXIT,
    }
    Agreement.objects.update(in_force_on=None)
    assert reserved_matters(agreement.partnership_id, date(2040, 1, 1)) == {}


def test_longest_in_force_is_named_and_other_partnerships_do_not_count(
    agreement: Agreement, django_assert_num_queries: Any
) -> None:
    later = AgreementFactory(
        partnership=agreement.partnership, ref="AG-9", title="Later", in_force_on=date(2026, 5, 1)
    )
    for matter in (Matter.EXIT, Matter.BUDGET):
        ReservedMatter.objects.create(agreement=later, matter=matter)
    other = AgreementFactory(partnership=PartnershipFactory(), in_force_on=FIRST)
    ReservedMatter.objects.create(agreement=other, matter=Matter.STAFF)
    with django_assert_num_queries(1):
        found = reserved_matters(agreement.partnership_id, date(2026, 6, 1))
    assert found == {
        Matter.BUSINESS_CASE: "Main agreement",
        Matter.EXIT: "Main agreement",
        Matter.BUDGET: "Later",
    }

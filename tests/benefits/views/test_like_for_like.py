"""Totals of all partners beside those of partners throughout, on the page and in its files (INV-43)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from benefits.enums import Basis, Measure
from benefits.queries.like_for_like import NOBODY
from benefits.queries.savings import savings_against_plan
from core.enums import DatePrecision
from core.rules.money import format_amount, pounds_plain
from programme.enums import MemberStatus
from programme.models import Membership
from tests.benefits.story import AS_OF, Story, tell
from tests.factories import UserFactory, role, sign_in
from tests.html_tables import table_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc-shared-services/savings/"
CSV = "/programmes/abc-shared-services/savings.csv?table=like-for-like"
SENTENCE = (
    "Carrick joined on 1 July 2027. Like for like counts only Ashmere and Brockvale, which were partners "
    "throughout these years."
)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def story() -> Story:
    return tell()


@pytest.fixture
def reader(client: Client, story: Story) -> Client:
    user = UserFactory()
    role(user, RoleName.MEMBER, council=story.councils[0])
    return sign_in(client, user)


def set_days(story: Story, place: int, *, joined: date | None = None, left: date | None = None) -> None:
    member = Membership.objects.get(council=story.councils[place])
    if joined:
        member.joined_first_on = member.joined_last_on = joined
        member.joined_precision = DatePrecision.DAY
    if left:
        member.left_first_on = member.left_last_on = left
        member.left_precision, member.status = DatePrecision.DAY, MemberStatus.LEFT
    member.save()


def test_late_joiner_is_in_all_partners_only(reader: Client, story: Story) -> None:
    set_days(story, 2, joined=date(2027, 7, 1))
    result = savings_against_plan(story.programme, as_of=AS_OF)
    found = result.like_for_like
    assert found is not None
    assert (found.councils, found.sentence) == (("Ashmere", "Brockvale"), SENTENCE)
    shown = reader.get(PAGE)
    assert SENTENCE in text_of(shown)
    table = table_of(shown, "table-like-for-like")
    first, second, third = (result.of(Measure.GROSS, council) for council in result.councils)
    assert first
    assert second
    assert third
    assert table["2026 to 2027"][:2] == ["36,000.00", "25,852.05"]
    for place, basis in ((2, Basis.FORECAST), (4, Basis.VERIFIED)):
        parts = [getattr(row.years[0].year, basis.value) for row in (first, second, third)]
        assert table["2026 to 2027"][place : place + 2] == [
            format_amount(sum(parts)),
            format_amount(sum(parts[:2])),
        ]
    assert table["2027 to 2028"][4:] == ["[z]", "[z]"]
    rows = list(csv.DictReader(StringIO(b"".join(reader.get(CSV)).decode(), newline="")))
    assert rows[6] == {
        "Measure": "Gross cashable saving, before costs",
        "Basis": "Original plan",
        "Financial year": "All years",
        "All partners": "2040000.00",
        "Like for like": pounds_plain(first.total.original + second.total.original),  # type: ignore[operator]
    }


def test_year_and_council_chosen_decide_whether_there_is_anything_to_compare(story: Story) -> None:
    set_days(story, 2, joined=date(2027, 7, 1))
    for narrowed in ({"fy": 2028}, {"council": "carrick"}):
        assert savings_against_plan(story.programme, as_of=AS_OF, **narrowed).like_for_like is None  # type: ignore[arg-type]
    assert savings_against_plan(story.programme, as_of=AS_OF, fy=2026).like_for_like is not None


def test_where_nobody_was_a_partner_throughout_nothing_is_compared(story: Story) -> None:
    for place in range(3):
        set_days(story, place, left=date(2028, 3, 31))
    found = savings_against_plan(story.programme, as_of=AS_OF).like_for_like
    assert found is not None
    assert found.councils == ()
    assert found.sentence == (
        "Ashmere left on 31 March 2028, Brockvale left on 31 March 2028 and Carrick left on 31 March 2028. "
        "No council was a partner on every day of these years, so there is nothing to compare like for like."
    )
    total = found.at(Measure.NET, Basis.CURRENT, None)
    assert total is not None
    assert total.like_for_like == NOBODY


def test_partners_that_began_together_need_no_second_total(reader: Client, story: Story) -> None:
    for place in range(3):
        set_days(story, place, joined=date(2026, 9, 1))
    assert savings_against_plan(story.programme, as_of=AS_OF).like_for_like is None
    assert "like for like" not in text_of(reader.get(PAGE))
    assert list(csv.DictReader(StringIO(b"".join(reader.get(CSV)).decode(), newline=""))) == []


def test_workbook_has_both_totals(reader: Client, story: Story) -> None:
    set_days(story, 2, joined=date(2027, 7, 1))
    answer = reader.get("/programmes/abc-shared-services/downloads/savings.xlsx")
    body = b"".join(answer) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(BytesIO(body))["Like for like"]
    assert SENTENCE in str(sheet["A2"].value)

"""What is still to enter, and by whom: on the page, in the file, in the API and of oneself."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from benefits.enums import Awaited, Outcome
from benefits.models import Verification
from benefits.queries.to_enter import my_to_enter, to_enter
from programme.enums import MemberStatus
from tests import factories
from tests.benefits.scene import api_of, page_of

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 11, 24)
ENTERED = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def planned(scene):
    """Brockvale's ICT saves £40 a month from July on, Ashmere's £90 in October; the team costs £12."""
    ashmere = scene.councils[0]
    factories.plan_version(
        scene.programme,
        1,
        amounts=[
            *((scene.saving, scene.brockvale, 2026, period, 4_000) for period in range(4, 10)),
            (scene.saving, ashmere, 2026, 7, 9_000),
            (scene.cost, scene.brockvale, 2026, None, 1_200),
        ],
    )
    scene.claim(4_000, entered_at=ENTERED)
    verified = {"entered_by": scene.finance, "verified_by": scene.s151}
    factories.actual(scene.saving, scene.brockvale, 2026, 4, 4_000, **verified)
    for period in range(1, 8):
        factories.actual(scene.cost, scene.brockvale, 2026, period, 100, **verified)
    sent_back = factories.actual(scene.saving, scene.brockvale, 2026, 5, 4_100, entered_by=scene.finance)
    Verification.objects.create(
        actual=sent_back, outcome=Outcome.RETURNED, reason="The wrong month", verified_by=scene.s151
    )
    return scene


def plain(rows):
    return [
        (str(row.council), row.line.ref, row.awaited, row.months_text, row.pence, row.owner_text)
        for row in rows
    ]


EXPECTED = [
    ("Brockvale", "ICT", Awaited.RETURNED, "August 2026", 4_100, "B Doyle"),
    ("Brockvale", "ICT", Awaited.LATE, "September 2026", 4_000, "B Doyle"),
    ("Ashmere", "ICT", Awaited.LATE, "October 2026", 9_000, "Nobody: no officer holds the role"),
    ("Brockvale", "ICT", Awaited.UNVERIFIED, "October 2026", 4_000, "T Grant"),
    ("Brockvale", "ICT", Awaited.STALE_FORECAST, "November to December 2026", 8_000, "B Doyle"),
    ("Brockvale", "TEAM", Awaited.STALE_FORECAST, "November 2026 to March 2027", 500, "B Doyle"),
]


def test_late_missing_returned_and_unverified_amounts_with_owner(planned):
    rows = to_enter([planned.programme], as_of=AS_OF)
    assert plain(rows) == EXPECTED
    assert [row.age_days for row in rows] == [0, 31, 9, 10, 141, 141]
    before = to_enter([planned.programme], as_of=date(2026, 11, 10), councils=[planned.councils[0]])
    assert plain(before) == [("Ashmere", "ICT", Awaited.MISSING, "October 2026", 9_000, EXPECTED[2][5])]
    assert to_enter([planned.programme], as_of=date(2026, 11, 3), councils=[planned.councils[0]]) == []


def test_lines_counted_elsewhere_and_councils_that_left_are_not_asked(planned):
    membership = planned.programme.partnership.memberships.get(council=planned.councils[0])
    membership.status, membership.left_first_on, membership.left_last_on = (
        MemberStatus.LEFT, date(2026, 9, 30), date(2026, 9, 30)
    )  # fmt: skip
    membership.left_precision, membership.left_text = "day", "then"
    membership.save()
    assert plain(to_enter([planned.programme], as_of=AS_OF)) == [*EXPECTED[:2], *EXPECTED[3:]]
    planned.benefit.counted_in = factories.BenefitFactory(programme=planned.programme)
    planned.benefit.save()
    assert plain(to_enter([planned.programme], as_of=AS_OF)) == EXPECTED[5:]


def test_line_with_months_to_come_is_asked_for_a_forecast_after_35_days(planned):
    owner = planned.benefit.owner = factories.UserFactory(name="O Owner")
    planned.benefit.save()
    months = [(planned.saving, planned.brockvale, 2026, 8, 4_000)]
    factories.forecast(planned.programme, date(2026, 10, 20), months)
    found = {}
    for day in (date(2026, 11, 24), date(2026, 11, 25), date(2027, 1, 1)):
        rows = [row for row in to_enter([planned.programme], as_of=day) if row.line == planned.saving]
        stale = [row for row in rows if row.awaited == Awaited.STALE_FORECAST]
        found[day.isoformat()] = [(row.months_text, row.age_days, row.owners) for row in stale]
    assert found == {
        "2026-11-24": [],
        "2026-11-25": [("November to December 2026", 0, (owner,))],
        "2027-01-01": [],
    }


def test_page_file_and_api_say_the_same_and_each_sees_ones_own(planned):
    browser = page_of(planned.reader)
    assert plain(browser.get("/programmes/abc/to-enter/").context["rows"]) == EXPECTED
    content = b"".join(browser.get("/programmes/abc/to-enter.csv")).decode()
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[1] == [
        "ICT", "Lower cost of ICT", "Brockvale", "August 2026", "Returned: enter it again", "41.00", "0",
        "B Doyle",
    ]  # fmt: skip
    answer = api_of(planned.reader).get("/api/v1/programmes/abc/to-enter/?council=ashmere").json()
    assert answer == [
        {
            "line": "ICT",
            "council": "ashmere",
            "awaited": "late",
            "months": [{"fy": 2026, "period": 7}],
            "amount": "90.00",
            "age_days": 9,
            "owners": [],
        }
    ]
    assert plain(page_of(planned.finance).get("/to-enter/").context["rows"]) == [*EXPECTED[:2], *EXPECTED[4:]]
    assert plain(my_to_enter(planned.s151, as_of=AS_OF)) == EXPECTED[3:4]
    assert my_to_enter(planned.reader, as_of=AS_OF) == []
    assert "/to-enter/" in page_of(planned.finance).get("/my-work/").content.decode()


def test_number_of_queries_at_one_line_and_at_four(planned):
    found = {}
    browser = page_of(planned.finance)
    factories.role(planned.finance, RoleName.PROGRAMME_MANAGER, partnership=planned.programme.partnership)
    for lines in range(2):
        for _ in range(3 * lines):
            line = factories.LineFactory(programme=planned.programme)
            factories.actual(line, planned.brockvale, 2026, 6, 500, entered_by=planned.finance)
        for address in ("/programmes/abc/to-enter/", "/to-enter/"):
            with CaptureQueriesContext(connection) as counted:
                browser.get(address)
            found.setdefault(address, []).append(len(counted))
    assert found == {"/programmes/abc/to-enter/": [18, 18], "/to-enter/": [13, 13]}

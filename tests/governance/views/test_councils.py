"""The list of councils and a council's own page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from core.models import Source
from programme.enums import MemberStatus, SeriesName
from programme.models import Membership, Programme
from services.enums import LineKind
from tests.factories import (
    CouncilFactory,
    CouncilFigureFactory,
    LineFactory,
    MilestoneFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    actual,
    forecast,
    plan_version,
    role,
    sign_in,
)
from tests.governance import rows
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of_the_story")]
AssertQueries = Callable[[int], AbstractContextManager[Any]]
CARRICK = "/councils/carrick/"


@pytest.fixture
def as_of_the_story() -> Iterator[None]:
    with time_machine.travel(rows.NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return rows.programme_of()


@pytest.fixture
def reader(client: Client, programme: Programme) -> Client:
    return sign_in(client, rows.reader_of(programme))


def plan_and_returns(programme: Programme, pence: int = 1_200_00) -> None:
    """A saving and a cost of each council, forecast and returned; verified for all but the last."""
    saving = LineFactory(programme=programme, starts_on=date(2026, 4, 1))
    cost = LineFactory(programme=programme, kind=LineKind.ONE_OFF_COST)
    councils = rows.members(programme)
    planned = [(saving, council, 2026, None, pence) for council in councils]
    planned += [(cost, council, 2026, None, 200_00) for council in councils]
    plan_version(programme, 1, amounts=planned)
    forecast(programme, date(2026, 11, 1), [(*entry[:4], entry[4] - 100_00) for entry in planned])
    s151 = UserFactory()
    for council in councils:
        verified_by = None if council == councils[-1] else s151
        actual(saving, council, 2026, 1, 90_00, verified_by=verified_by)


def test_council_page_answers_first(reader: Client, programme: Programme) -> None:
    rows.data_sharing(programme)
    plan_and_returns(programme)
    for year, people in ((2025, 106_300), (2024, 105_000)):
        for council in rows.members(programme):
            CouncilFigureFactory(council=council, year=year, quantity=people)
    MilestoneFactory(programme=programme, title="Records moved", forecast=date(2026, 11, 20))
    page = text_of(reader.get(CARRICK))
    assert (
        "Are we saving what was planned? Red £0 verified of £100 planned to 30 April 2026. "
        "£90 more is claimed and not verified. "
        "Are we better off in the end? Better off By 31 March 2032 the forecast leaves the council £1,000 "
        "better off in cash. "
        "Do we get our share? Within 5 points 33.3% of the planned net saving, against 33.3% of the "
        "population. "
        "What must we decide? 1 open Next, on 3 December 2026: Data-sharing agreement. "
        "Decides on 3 December. Publish the agenda by tomorrow, 25 November. "
        "What is late? 1 late Late the longest: Records moved. Nothing is due by 8 December 2026."
    ) in page


def test_council_page_shows_its_own_figures_and_no_other_councils(
    reader: Client, programme: Programme
) -> None:
    plan_and_returns(programme)
    page = text_of(reader.get(CARRICK))
    assert "2026 to 2027 1,200.00 1,200.00 1,100.00 90.00 0.00 1,000.00 1,000.00" in page
    assert "All years 1,200.00 1,200.00 1,100.00 90.00 0.00 [z] [z]" in page
    assert "Population [x] [x] Not assessable Population is not split between the councils" in page


def test_council_page_draws_its_own_figures_and_gives_each_panel_as_a_file(
    reader: Client, programme: Programme
) -> None:
    rows.data_sharing(programme)
    plan_and_returns(programme)
    for council in rows.members(programme):
        CouncilFigureFactory(council=council, year=2025, quantity=100_000)
    MilestoneFactory(programme=programme, title="Records moved", forecast=date(2026, 11, 20))
    answer = reader.get(CARRICK)
    page = text_of(answer)
    assert "By March 2028 we expect £100 less than planned" in page
    assert "Carrick’s share of the net saving is its share of population" in page
    assert "Cash: Carrick is £998.33 better off. Net present value: Carrick is £998.33 better off" in page
    files = [html.unescape(one) for one in re.findall(r'href="([^"]*\.csv[^"]*)"', answer.content.decode())]
    assert {one.partition("?")[0].rpartition("/")[2] for one in files} == {
        "decisions.csv", "savings.csv", "equity.csv", "no-worse-off.csv", "milestones.csv",
    }  # fmt: skip
    for address in files:
        lines = b"".join(reader.get(address)).decode().splitlines()
        assert len(lines) > 1, address
        assert not [line for line in lines if "Ashmere" in line or "Brockvale" in line], address


def test_council_page_lists_decisions_that_wait_first(reader: Client, programme: Programme) -> None:
    rows.current_plan(programme)
    rows.data_sharing(programme)
    page = text_of(reader.get(CARRICK))
    assert page.index("Data-sharing agreement D-08") < page.index("Current plan, version 2 D-06")
    assert (
        "Data-sharing agreement D-08 Deferred Cabinet, 5 November 2026 "
        "Decides on 3 December. Publish the agenda by tomorrow, 25 November "
        "Not yet 12 December 2026 at the earliest. Waiting for Carrick"
    ) in page


def test_council_page_lists_its_milestones_and_those_of_all(reader: Client, programme: Programme) -> None:
    ashmere, _, carrick = rows.members(programme)
    own = MilestoneFactory(programme=programme, ref="M-1", title="Own one", plan=date(2026, 11, 13))
    own.councils.add(carrick)
    other = MilestoneFactory(programme=programme, ref="M-2", title="Other one", plan=date(2026, 11, 13))
    other.councils.add(ashmere)
    MilestoneFactory(programme=programme, ref="M-3", title="Joint one", plan=date(2026, 11, 30))
    page = text_of(reader.get(CARRICK))
    assert "11 days late Own one M-1 Carrick 13 November 2026 Not stated Not stated" in page
    assert "In 6 days Joint one M-3 All partner councils 30 November 2026" in page
    assert "Other one" not in page


def test_council_page_shows_dated_figures_with_sources(reader: Client, programme: Programme) -> None:
    carrick = rows.members(programme)[2]
    source = Source.objects.create(document="Annual survey", locator="Table 2")
    CouncilFigureFactory(council=carrick, year=2025, quantity="106300", source=source)
    CouncilFigureFactory(council=carrick, series=SeriesName.TAX_BASE, year=2026, quantity="38104.9")
    CouncilFigureFactory(
        council=carrick, series=SeriesName.NET_BUDGET, year=2026, quantity=None, amount_pence=13_260_000_00
    )
    page = text_of(reader.get(CARRICK))
    assert "Net revenue budget 2026 to 2027 Not stated Exact £13,260,000.00" in page
    assert "Population 2025 Annual survey, Table 2 Exact 106,300" in page
    assert "Council tax base (Band D equivalents) 2026 to 2027 Not stated Exact 38,104.9" in page


def test_council_page_shows_its_partnerships_and_shares(reader: Client, programme: Programme) -> None:
    Membership.objects.filter(council__key="carrick").update(
        financial_share_percent="28.2", voting_share_percent="33.333", role_text="lead for ICT"
    )
    page = text_of(reader.get(CARRICK))
    assert "Joint councils Partner Lead for ICT Not stated Has not left 28.2% 33.333%" in page


def test_council_page_leaves_out_what_the_reader_may_not_see(client: Client, programme: Programme) -> None:
    carrick = rows.members(programme)[2]
    hidden = PartnershipFactory(name="Hidden partnership", councils=[carrick])
    ProgrammeFactory(name="Hidden programme", partnership=hidden)
    page = text_of(sign_in(client, rows.reader_of(programme)).get(CARRICK))
    assert "Hidden" not in page


def test_council_page_offers_each_programme_it_is_in(client: Client, programme: Programme) -> None:
    carrick = rows.members(programme)[2]
    second = ProgrammeFactory(
        key="second",
        name="Second programme",
        base_fy=2020,
        partnership=PartnershipFactory(councils=[carrick]),
    )
    user = UserFactory()
    role(user, RoleName.COUNCIL_LEAD, council=carrick)
    rows.ict_contract(second, ref="X-1", title="Older contract")
    sign_in(client, user)
    first = text_of(client.get(CARRICK))
    assert "Shared services Second programme" in first
    assert "Older contract" not in first
    assert "No decision asks this council" in first
    assert "Second programme Carrick District Council" in text_of(client.get(f"{CARRICK}?programme=second"))


def test_council_that_never_joined_shows_its_answer(client: Client, programme: Programme) -> None:
    shepway = CouncilFactory(key="shepway", short_name="Shepway")
    Membership.objects.create(
        partnership=programme.partnership, council=shepway, status=MemberStatus.DECLINED_MAY_JOIN
    )
    decision = rows.reported(programme, [], title="go ahead")
    decision.council_decisions.create(
        council=shepway, state="rejected", created_by=decision.created_by, updated_by=decision.created_by
    )
    page = text_of(sign_in(client, rows.reader_of(programme)).get("/councils/shepway/"))
    assert "Agreed by all? Go ahead" in page
    assert "Declined" in page
    assert "No savings are planned or returned for this council" in page
    assert "Stayed out, may join" in page


def test_council_page_takes_one_number_of_queries(
    reader: Client, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    rows.data_sharing(programme)
    plan_and_returns(programme)
    MilestoneFactory(programme=programme, plan=date(2026, 11, 13))
    with django_assert_num_queries(30):
        reader.get(CARRICK)
    for index in range(3):
        rows.ict_contract(programme, ref=f"D-{index}")
        MilestoneFactory(programme=programme, plan=date(2026, 11, 13))
        CouncilFigureFactory(council=rows.members(programme)[2], year=2000 + index)
    with django_assert_num_queries(30):
        reader.get(CARRICK)


def test_council_list_names_each_council_with_its_partnerships(reader: Client, programme: Programme) -> None:
    PartnershipFactory(name="Hidden partnership", councils=rows.members(programme)[:1])
    page = text_of(reader.get("/councils/"))
    assert (
        "Ashmere District Council Joint councils Brockvale District Council Joint councils "
        "Carrick District Council Joint councils"
    ) in page
    assert "Hidden" not in page


def test_council_list_of_a_person_without_a_role_says_what_to_do(client: Client) -> None:
    page = text_of(sign_in(client, UserFactory()).get("/councils/"))
    assert "There are no councils for you to see" in page


def test_council_list_takes_one_number_of_queries(
    client: Client, django_assert_num_queries: AssertQueries
) -> None:
    small = rows.programme_of(1)
    reader = sign_in(client, rows.reader_of(small))
    with django_assert_num_queries(3):
        reader.get("/councils/")
    for index in range(3):
        Membership.objects.create(partnership=small.partnership, council=CouncilFactory(), order_index=index)
    with django_assert_num_queries(3):
        reader.get("/councils/")


def test_stranger_and_visitor(client: Client, programme: Programme) -> None:
    assert [client.get(address).headers["Location"] for address in (CARRICK, "/councils/")] == [
        f"/sign-in/?next={CARRICK}",
        "/sign-in/?next=/councils/",
    ]
    stranger = UserFactory()
    role(stranger, RoleName.COUNCIL_LEAD, council=CouncilFactory())
    assert sign_in(client, stranger).get(CARRICK).status_code == 404


def test_administrator_reads_no_council(client: Client, programme: Programme) -> None:
    administrator = UserFactory()
    role(administrator, RoleName.ADMINISTRATOR)
    assert sign_in(client, administrator).get(CARRICK).status_code == 404

"""The steering group's dashboard of a partnership: the worst programme and its reason, never an average."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from core.rules.dates import ImpreciseDate
from governance.dashboards.partnership import PartnershipFacts, partnership_dashboard
from governance.enums import BodyType, DecisionState, MeetingState
from programme.models import Partnership
from tests import factories
from tests.benefits.scene import api_of
from tests.governance import rows
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
PAGE, FILE = "/partnerships/abc/steering/", "/partnerships/abc/steering.csv"


@pytest.fixture
def partnership(db: None) -> Any:
    """Shared services is late with its go-live; Shared offices is well; a third one is of other councils."""
    programme = rows.programme_of()
    partnership = programme.partnership
    offices = factories.ProgrammeFactory(key="offices", name="Shared offices", partnership=partnership)
    late = factories.MilestoneFactory(programme=programme, ref="M-1", title="Go-live")
    soon = factories.MilestoneFactory(programme=offices, ref="M-2", title="Move in")
    for milestone, day in ((late, date(2026, 9, 1)), (soon, date(2027, 2, 1))):
        milestone.set_date("plan", ImpreciseDate.day(day))
        milestone.set_date("forecast", ImpreciseDate.day(day))
        milestone.save()
    rows.data_sharing(programme, ref="D-08", title="Data-sharing agreement")
    factories.DecisionFactory(
        programme=offices, ref="D-90", title="Lease", state=DecisionState.TABLED, meeting_on=rows.TODAY
    )
    for where, score in ((programme, 2), (offices, 4)):
        factories.RiskFactory(
            programme=where, ref="R-1", title=f"Of {where}", likelihood=score, impact=score,
            created_at=datetime(2026, 6, 1, 12, tzinfo=UTC),
        )  # fmt: skip
    body = factories.BodyFactory(partnership=partnership, name="Joint board", type=BodyType.BOARD)
    for month, state in ((9, MeetingState.HELD), (12, MeetingState.PLANNED)):
        factories.MeetingFactory(body=body, starts_at=datetime(2026, month, 8, 18, tzinfo=UTC), state=state)
    factories.ProgrammeFactory(key="others", name="Of others")
    with time_machine.travel(rows.NOW, tick=False):
        yield partnership


def test_worst_programme_stands_first_with_its_reason_in_page_file_and_api(
    partnership: Partnership, client: Client
) -> None:
    reader = factories.UserFactory()
    factories.role(reader, RoleName.AUDITOR, partnership=partnership)
    found = partnership_dashboard(PartnershipFacts(partnership, rows.TODAY, reader))
    assert [(one.question, one.word) for one in found.answers] == [
        ("What is worst?", "Red"),
        ("What do we decide tonight?", "1 decision"),
        ("Who has still to ratify?", "1 waiting"),
    ]
    assert found.answers[0].text.startswith("Shared services: Milestones: Go-live (M-1): ")
    assert found.answers[0].more == "Of 2 programmes, 1 is Red; 1 milestone is late."
    assert found.meetings.next_words == "Joint board meets on 8 December 2026."
    assert found.since_heading == "Since your last meeting, on 8 September 2026"
    assert found.since == [
        "No milestone moved later.",
        "No decision took effect. Ashmere and Brockvale decided on Data-sharing agreement (D-08).",
        "No entry of the registers is new, scored anew or closed.",
        "No consultation started or ended.",
    ]
    programmes, _, _, decisions, risks = found.panels
    assert [row.header for row in programmes.tables[0].table.rows] == ["Shared services", "Shared offices"]
    assert [row.header for shown in decisions.tables for row in shown.table.rows] == [
        "Lease",
        "Data-sharing agreement",
    ]
    assert risks.sentence.startswith("2 entries of the registers are open, 1 Red. Highest: Of Shared offices")
    factories.sign_in(client, reader)
    text = text_of(client.get(PAGE))
    assert all(panel.sentence in text for panel in found.panels)
    assert "Of others" not in text
    lines = list(csv.reader(io.StringIO(b"".join(client.get(FILE)).decode())))
    assert [line[1] for line in lines[1:]] == ["Shared services", "Shared offices"]
    assert client.get(f"{FILE}?table=people").status_code == 404
    sent = api_of(reader).get("/api/v1/partnerships/abc/steering/").json()
    assert [panel["sentence"] for panel in sent["panels"]] == [panel.sentence for panel in found.panels]
    assert sent["next_meeting_on"] == "2026-12-08"


def test_number_of_programmes_adds_no_query(
    partnership: Partnership, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    reader = factories.UserFactory()
    factories.role(reader, RoleName.AUDITOR, partnership=partnership)
    factories.sign_in(client, reader)
    client.get(PAGE)
    with django_assert_num_queries(41):
        client.get(PAGE)
    for number in range(2):
        more = factories.ProgrammeFactory(key=f"more-{number}", partnership=partnership)
        factories.MilestoneFactory(programme=more, ref="M-1")
        factories.RiskFactory(programme=more, ref="R-1", likelihood=1, impact=1)
        rows.data_sharing(more, ref="D-01")
    with django_assert_num_queries(41):
        client.get(PAGE)

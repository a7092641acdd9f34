"""The consultations of a programme: their list and file, what a form keeps, and the reminder to start."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from programme.enums import ReminderStep
from programme.mails import digest_mail
from programme.models import Council, Digest, Programme
from services.enums import ConsultationKind
from services.models import Consultation
from services.queries.consultations_due import ConsultationWindows
from tests.benefits.scene import api_of
from tests.factories import ProgrammeFactory, UserFactory, role, sign_in
from tests.pages import text_of
from tests.services import rows
from tests.services.review_rows import ConsultationFactory, manager_of, officer_of, review_of

pytestmark = pytest.mark.django_db
LIST = "/programmes/abc/consultations/"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


@time_machine.travel(NOW, tick=False)
def test_list_and_file_tell_the_dates_and_never_how_few_people(
    client: Client, programme: Programme, councils: list[Council], django_assert_num_queries: Any
) -> None:
    sign_in(client, rows.reader_of(programme))
    review = review_of(programme, ref="SR-1", name="waste")
    parts = {"review": review, "council": councils[0]}
    ConsultationFactory(
        **parts, affected_count=24, started_on=date(2026, 11, 30), first_dismissal_on=date(2027, 1, 4),
        establishment="Depot",
    )  # fmt: skip
    with django_assert_num_queries(8):
        client.get(LIST)
    ConsultationFactory(**parts, affected_count=3, started_on=date(2026, 10, 1))
    ConsultationFactory(
        **parts, kind=ConsultationKind.TUPE, started_on=date(2026, 9, 1), ended_on=date(2026, 10, 1),
        transfer_on=date(2027, 4, 1),
    )  # fmt: skip
    with django_assert_num_queries(8):
        page = text_of(client.get(LIST))
    assert "Must start by 5 December 2026" in page
    assert "First dismissal must be on or after 30 December 2026, 30 days after consultation started" in page
    answer = client.get("/programmes/abc/consultations.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(content)))
    head = next(index for index, line in enumerate(lines) if line and line[0] == "Service")
    wanted = ("People affected", "State", "Establishment", "Transfer", "Must start by")
    found = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert [[line[name] for name in wanted] for line in found] == [
        ["not stated", "Ended", "[x]", "2027-04-01", "[x]"],
        ["fewer than 5", "Under way", "[x]", "[x]", "[x]"],
        ["24", "To start", "Depot", "[x]", "2026-12-05"],
    ]


@time_machine.travel(NOW, tick=False)
def test_form_and_api_keep_place_and_transfer(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme, ref="SR-1")
    manager = manager_of(programme)
    sent = {"kind": "tupe", "started_on": "1 12 2026", "transfer_on": "1 4 2027", "establishment": " Depot "}
    answer = sign_in(Client(), manager).post(
        f"/reviews/{review.pk}/consultations/new/", sent | {"council": councils[0].key, "seen_version": 0}
    )
    assert answer.status_code == 302
    row = Consultation.objects.get()
    assert (row.transfer_on, row.establishment) == (date(2027, 4, 1), "Depot")
    changed = api_of(manager).patch(
        f"/api/v1/consultations/{row.pk}/", {"version": 1, "establishment": "Town hall"}, "json"
    )
    assert (changed.json()["establishment"], changed.json()["transfer_on"]) == ("Town hall", "2027-04-01")


@time_machine.travel(NOW, tick=False)
def test_hr_lead_and_monitoring_officer_are_told_until_consultation_starts(
    programme: Programme, councils: list[Council], django_assert_num_queries: Any
) -> None:
    lead, officer, other = UserFactory(), UserFactory(), UserFactory()
    role(lead, RoleName.HR_LEAD, council=councils[0])
    role(officer, RoleName.MONITORING_OFFICER, council=councils[0])
    role(other, RoleName.HR_LEAD, council=councils[1])
    parts = {"review": review_of(programme, name="waste"), "council": councils[0]}
    row = ConsultationFactory(
        **parts, affected_count=100, started_on=date(2026, 12, 1), first_dismissal_on=date(2027, 1, 15)
    )
    ConsultationFactory(**parts, affected_count=100, started_on=date(2026, 12, 1))
    ConsultationFactory(
        **parts, affected_count=100, started_on=date(2026, 11, 24), first_dismissal_on=date(2027, 1, 15)
    )
    source = ConsultationWindows()
    with django_assert_num_queries(3):
        due = list(source.due_between(date(2026, 11, 24), date(2026, 12, 8)))
    assert [
        (one.object_id, one.recipient_id, one.due_on, [part.step for part in one.parts], "100" in one.title)
        for one in due
    ] == [
        (row.pk, lead.pk, date(2026, 12, 1), [ReminderStep.TOLD], False),
        (row.pk, officer.pk, date(2026, 12, 1), [ReminderStep.ESCALATED], False),
    ]
    Consultation.objects.filter(pk=row.pk).update(publication_class="confidential")
    hidden = list(source.due_between(date(2026, 11, 24), date(2026, 12, 8)))
    body = str(digest_mail(Digest(recipient=lead), hidden[:1], date(2026, 11, 24)).body)
    assert ("On a day that is withheld: Redundancy" in body, "December" in body) == (True, False)
    Consultation.objects.filter(pk=row.pk).update(started_on=date(2026, 11, 24))
    assert list(source.still_due(lead.pk, [row.pk])) == []


@time_machine.travel(NOW, tick=False)
def test_proposals_at_one_place_are_added_up_for_those_who_may_see_them(
    programme: Programme, councils: list[Council]
) -> None:
    council = councils[0]
    elsewhere = ProgrammeFactory(key="xyz", partnership__councils=[council])
    here = {"council": council, "started_on": date(2026, 12, 1), "establishment": "Depot"}
    day = date(2026, 12, 14)
    ConsultationFactory(
        **here,
        review=review_of(programme, ref="SR-1", name="waste"),
        affected_count=12,
        first_dismissal_on=day,
    )
    ConsultationFactory(**here, review=review_of(elsewhere, ref="SR-9", name="parks"), affected_count=8)
    manager, officer = manager_of(programme), officer_of(council)
    minimum = "First dismissal must be on or after 31 December 2026, 30 days after consultation started"
    parks = f"parks (SR-9, from 1 December 2026) in {elsewhere}"
    own = text_of(sign_in(Client(), officer).get(LIST))
    assert f"{minimum} Too early Counted with {parks}, at the same place" in own
    joint = text_of(sign_in(Client(), manager).get(LIST))
    assert "No minimum time is set" in joint
    assert "parks" not in joint
    sent = {
        "kind": "redundancy",
        "started_on": "1 12 2026",
        "first_dismissal_on": "14 12 2026",
        "establishment": "depot",
    }
    review = review_of(programme, ref="SR-2", name="streets")
    answer = sign_in(Client(), manager).post(
        f"/reviews/{review.pk}/consultations/new/",
        sent | {"council": council.key, "affected_count": "1", "seen_version": 0},
    )
    assert f"{minimum}, counted with 2 other proposals of the council" in answer.content.decode()
    [listed] = [
        one
        for one in api_of(officer).get("/api/v1/consultations/?programme=abc").json()["results"]
        if one["establishment"] == "Depot"
    ]
    assert (listed["earliest_dismissal"], listed["counted_with"]) == (minimum, [parks])

"""Pages and routes of what is withheld: propose, certify, open, and who opened what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from core.models import ExemptAccess
from core.rules.publication import CONFIDENTIAL_STAYS
from governance.publication_policies import NOT_TO_OPEN, NOT_TO_READ_ACCESS
from governance.queries.exempt import KINDS
from tests.factories import sign_in
from tests.governance.exempt_scene import EXEMPT, ExemptScene, exempt_scene
from tests.html_tables import table_of

pytestmark = pytest.mark.django_db

SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(clock: Any) -> ExemptScene:
    return exempt_scene()


def page(response: Any) -> str:
    """The words of a page."""
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def test_proposed_by_the_manager_certified_and_released_by_the_monitoring_officer(
    client: Client, scene: ExemptScene
) -> None:
    row = scene.decision
    sign_in(client, scene.person(RoleName.PROGRAMME_MANAGER))
    address = f"/exempt/decisions/{row.pk}/"
    sent = {"publication_class": "exempt", "exempt_paragraph": "3", "public_interest_reason": "Bids are open"}
    answer = client.post(f"{address}mark/", {**sent, "seen": row.standing}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    words = page(answer)
    assert SENTENCE in words
    assert "A monitoring officer has still to certify it" in words
    sign_in(client, scene.person(RoleName.MONITORING_OFFICER))
    row.refresh_from_db()
    assert client.post(f"{address}review/", {**sent, "seen": "open////"}).status_code == 409
    words = page(client.post(f"{address}review/", {**sent, "seen": row.standing}, follow=True))
    assert "Review it for another year" in words
    row.refresh_from_db()
    words = page(client.post(f"{address}release/", {"why": "", "seen": row.standing}, follow=True))
    assert "This is open to everyone who can see it" in words


def test_opening_shows_it_once_recorded_for_a_quarter_of_an_hour(
    client: Client, scene: ExemptScene, clock: Any
) -> None:
    item = scene.withhold("agenda-items", text="TERMS-OF-THE-BID")
    auditor = scene.person(RoleName.AUDITOR)
    sign_in(client, auditor)
    address = f"/exempt/agenda-items/{item.pk}/"
    assert client.get(f"{address}text/").url == address
    assert "TERMS-OF-THE-BID" not in page(client.get(address))
    assert ExemptAccess.objects.count() == 0
    assert client.post(f"{address}open/").url == f"{address}text/"
    shown = client.get(f"{address}text/")
    assert "TERMS-OF-THE-BID" in page(shown)
    assert "Exempt: not for publication" in page(shown)
    assert set(shown.headers["Cache-Control"].split(", ")) >= {"no-store", "private"}
    assert list(ExemptAccess.objects.values_list("by", "object_id")) == [(auditor.pk, item.pk)]
    clock.shift(timedelta(minutes=15))
    assert client.get(f"{address}text/").url == address
    other = scene.withhold("notes")
    assert client.get(f"/exempt/notes/{other.pk}/text/").status_code == 302


@pytest.mark.parametrize("key", KINDS)
def test_api_opens_each_kind_and_records_it(client: Client, scene: ExemptScene, key: str) -> None:
    row = scene.withhold(key)
    name = row.withheld_fields[0]
    type(row)._base_manager.filter(pk=row.pk).update(
        **{name: "x"} if key not in {"notes", "papers", "equity-notes"} else {}
    )
    row.refresh_from_db()
    auditor = scene.person(RoleName.AUDITOR)
    sign_in(client, auditor)
    answer = client.post(f"/api/v1/exempt-items/{key}/{row.pk}/open/")
    assert answer.status_code == 200
    body = answer.json()
    assert body["sentence"] == SENTENCE
    assert body["texts"][0]["text"] == getattr(row, name)
    joint = [{"name": "Joint, 2026 to 2027", "text": "£50,000.00"}] if key == "lines" else []
    assert body["amounts"] == joint
    assert set(answer.headers["Cache-Control"].split(", ")) >= {"no-store", "private"}
    assert ExemptAccess.objects.filter(by=auditor, object_id=row.pk).count() == 1


def test_reader_without_the_right_is_refused_by_page_and_api(client: Client, scene: ExemptScene) -> None:
    item = scene.withhold("papers")
    sign_in(client, scene.person(RoleName.MEMBER))
    assert "Open the exempt content" not in page(client.get(f"/exempt/papers/{item.pk}/"))
    answers = [
        client.post(f"/exempt/papers/{item.pk}/open/"),
        client.get(f"/exempt/papers/{item.pk}/text/"),
    ]
    assert [one.status_code for one in answers] == [403, 403]
    assert all(NOT_TO_OPEN in unescape(one.content.decode()) for one in answers)
    answer = client.post(f"/api/v1/exempt-items/papers/{item.pk}/open/")
    assert (answer.status_code, answer.json()["detail"]) == (403, NOT_TO_OPEN)
    assert ExemptAccess.objects.count() == 0


def test_confidential_is_not_released_by_page_or_api(client: Client, scene: ExemptScene) -> None:
    item = scene.withhold("papers", publication_class="confidential", exempt_paragraph=None)
    sign_in(client, scene.person(RoleName.MONITORING_OFFICER))
    sent = {"seen": item.standing, "why": ""}
    answer = client.post(f"/exempt/papers/{item.pk}/release/", sent)
    assert answer.status_code == 422
    assert CONFIDENTIAL_STAYS in unescape(answer.content.decode())
    answer = client.post(
        f"/api/v1/exempt-items/papers/{item.pk}/release/", sent, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["detail"]) == (400, CONFIDENTIAL_STAYS)
    item.refresh_from_db()
    assert item.publication_class == "confidential"


def test_address_of_another_kind_or_of_nothing_is_not_there(client: Client, scene: ExemptScene) -> None:
    sign_in(client, scene.person(RoleName.AUDITOR))
    places = ("exempt/pictures/1/", "exempt/papers/999999/", "api/v1/exempt-items/pictures/1/")
    assert [client.get(f"/{place}").status_code for place in places] == [404, 404, 404]


def test_list_names_what_is_withheld_the_review_due_first_and_what_is_overdue(
    client: Client, scene: ExemptScene
) -> None:
    scene.withhold("papers")
    scene.withhold("decisions", exempt_review_on="2026-11-23")
    confidential = {"publication_class": "confidential", "exempt_paragraph": None, "exempt_review_on": None}
    scene.withhold("notes", **confidential)
    sign_in(client, scene.person(RoleName.MEMBER))
    answer = client.get(f"/programmes/{scene.programme.key}/exempt/")
    words = page(answer)
    because = f"Exempt, paragraph 3{EXEMPT['public_interest_reason']}"
    assert list(table_of(answer, "withheld").items())[1:] == [
        (f"{scene.decision}Decision", [because, "Proposed", "23 November 2026 Overdue"]),
        ("TendersPaper", [because, "Proposed", "24 November 2027"]),
        ("QuestionNote on a decision", ["Confidential", "Proposed", "not stated"]),
    ]
    said = "2 items are exempt and 1 item is confidential. They will be withheld from this version"
    assert f"Of an open export: {said}." in words
    assert "Who opened what" not in words


def test_who_opened_what_is_for_monitoring_officers_and_auditors(client: Client, scene: ExemptScene) -> None:
    item = scene.withhold("papers")
    auditor = scene.person(RoleName.AUDITOR)
    ExemptAccess.objects.create(
        by=auditor,
        object_type="governance.paper",
        object_id=item.pk,
        object_label=str(item),
        scope=scene.programme.key,
    )
    ExemptAccess.objects.create(
        by=auditor, object_type="governance.paper", object_id=1, object_label="Elsewhere", scope="other"
    )
    page_address = f"/programmes/{scene.programme.key}/exempt/opened/"
    api_address = f"/api/v1/programmes/{scene.programme.key}/exempt-accesses/"
    sign_in(client, scene.person(RoleName.MONITORING_OFFICER, scene.councils[1]))
    opened = table_of(client.get(page_address), "opened")
    assert list(opened.items())[1:] == [("Tenders", [auditor.name, "24 November 2026 at midday"])]
    (access,) = client.get(api_address).json()
    assert (access["by"], access["object_label"]) == (auditor.email, "Tenders")
    sign_in(client, scene.person(RoleName.PROGRAMME_MANAGER))
    assert NOT_TO_READ_ACCESS in unescape(client.get(page_address).content.decode())
    assert client.get(api_address).json()["detail"] == NOT_TO_READ_ACCESS


def test_lists_take_the_same_queries_however_long(
    client: Client, scene: ExemptScene, django_assert_num_queries: Any
) -> None:
    sign_in(client, scene.person(RoleName.AUDITOR))
    key = scene.programme.key
    addresses = {
        f"/programmes/{key}/exempt/": 15,
        f"/api/v1/programmes/{key}/exempt-items/": 12,
        f"/programmes/{key}/exempt/opened/": 8,
        f"/api/v1/programmes/{key}/exempt-accesses/": 6,
    }
    for kinds in (["papers"], list(KINDS)):
        for kind in kinds:
            item = scene.withhold(kind)
            client.post(f"/exempt/{kind}/{item.pk}/open/")
        for address, count in addresses.items():
            with django_assert_num_queries(count):
                assert client.get(address).status_code == 200

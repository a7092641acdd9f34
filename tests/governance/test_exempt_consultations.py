"""The place, the people and the days of a consultation can be withheld on every way out (INV-37)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from core.models import AuditEvent
from core.publication import NOT_THE_TEXT
from governance.casefiles.dumping import dump_case
from governance.casefiles.loading import load_documents
from governance.casefiles.reading import read_document
from governance.reporting.facts import Facts
from governance.reporting.withheld import kept_back, withheld_blocks
from programme.publication_policies import NOT_TO_CHANGE
from services.actions.review_consultations import COUNTED_FROM, update_consultation
from services.models import Consultation
from services.queries.consultations import record_of
from services.queries.review_story import NOT_COUNTED
from services.rules.consultation_record import FROM_YOU
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.exempt_scene import ExemptScene, exempt_scene
from tests.governance.test_exempt_risks import SENTENCE, WHOLE, body_of
from tests.services.review_rows import ConsultationFactory

pytestmark = pytest.mark.django_db
DISMISSAL, SECRETS = date(2027, 8, 19), ("Quay depot", "19 August 2027", "2027-08-19", "1,145", "1145")


@pytest.fixture
def scene() -> Any:
    """An exempt redundancy of the first council, changed before by its page, and one that counts with it."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        made = exempt_scene()
        row, manager = made.rows["consultations"], made.person(RoleName.PROGRAMME_MANAGER)
        assert isinstance(row, Consultation)
        record = record_of(row)
        secret = type(record)("redundancy", 1145, row.started_on, None, DISMISSAL, None, "Quay depot")
        update_consultation(row, by=manager, seen_version=row.version, record=secret)
        ConsultationFactory(
            review=row.review, council=row.council, affected_count=24, started_on=row.started_on,
            establishment="Quay  DEPOT",
        )  # fmt: skip
        made.withhold("consultations", exempt_paragraph=4)
        yield made


def row_of(scene: ExemptScene) -> Consultation:
    return Consultation.objects.get(pk=scene.rows["consultations"].pk)


def test_no_attacker_reads_it_on_any_way_out(scene: ExemptScene) -> None:
    row, key = row_of(scene), scene.programme.key
    Consultation.objects.exclude(pk=row.pk).update(establishment="")
    ways = [
        f"/reviews/{row.review_id}/", f"/programmes/{key}/consultations/", f"/exempt/consultations/{row.pk}/",
        f"/api/v1/consultations/{row.pk}/", f"/programmes/{key}/consultations.csv",
        f"/api/v1/reviews/{row.review_id}/", f"/programmes/{key}/steering/", f"/consultations/{row.pk}/edit/",
    ]  # fmt: skip
    attackers = (
        scene.person(RoleName.FINANCE_OFFICER, scene.councils[1]),
        scene.person(RoleName.HR_LEAD, scene.councils[1]),
        scene.person(RoleName.MEMBER, scene.councils[0]),
        scene.person(RoleName.COUNCIL_LEAD, scene.councils[0]),
    )
    for user in attackers:
        browser = factories.sign_in(Client(), user)
        told = {way: body_of(browser.get(way)) for way in ways}
        assert {way: [one for one in SECRETS if one in told[way]] for way in ways} == {
            way: [] for way in ways
        }
        assert [way for way in ways[:4] if SENTENCE.replace("3 of", "4 of") not in told[way]] == []
        opened = browser.post(f"/exempt/consultations/{row.pk}/open/").status_code
        assert opened == (302 if user == attackers[-1] else 403)
    type(row.council).objects.filter(pk=row.council_id).update(short_name="Newly named")
    page, file = body_of(browser.get(ways[0])), dump_case(scene.programme).decode()
    assert [one for one in SECRETS if one in page + file] == []


def test_hr_lead_of_its_council_opens_it_and_others_count_without_it(scene: ExemptScene) -> None:
    row, lead = row_of(scene), scene.person(RoleName.HR_LEAD, scene.councils[0])
    browser = factories.sign_in(Client(), lead)
    opened = body_of(browser.post(f"/exempt/consultations/{row.pk}/open/", follow=True))
    assert [one for one in ("Quay depot", "19 August 2027", "1,145") if one not in opened] == []
    page = body_of(browser.get(f"/programmes/{scene.programme.key}/consultations/"))
    assert (NOT_COUNTED in page, "30 days after consultation started" in page) == (True, True)
    assert "45 days" not in page


def test_who_changes_it_keeps_what_they_did_not_read(scene: ExemptScene) -> None:
    row, manager = row_of(scene), scene.person(RoleName.PROGRAMME_MANAGER)
    api, path = api_of(manager), f"/api/v1/consultations/{row.pk}/"
    read = api.get(path).json()
    whole = WHOLE.replace("3 of", "4 of")
    names = ("establishment", "people_affected", "first_dismissal_on", "earliest_dismissal")
    assert [read[name] for name in names] == [whole, "withheld", None, ""]
    sent = {"version": row.version, "establishment": whole, "first_dismissal_on": None}
    assert api.patch(path, sent | {"ended_on": "2027-07-01"}, "json").status_code == 200
    boxes = {
        "kind": "redundancy",
        "started_on": "30 3 2027",
        "ended_on": "2 7 2027",
        "seen_version": row.version + 1,
    }
    empty = dict.fromkeys(("affected_count", "first_dismissal_on", "transfer_on", "establishment"), "")
    answer = factories.sign_in(Client(), manager).post(f"/consultations/{row.pk}/edit/", boxes | empty)
    now = row_of(scene)
    kept = (now.establishment, now.affected_count, now.first_dismissal_on, now.ended_on)
    assert (answer.status_code, kept) == (302, ("Quay depot", 1145, DISMISSAL, date(2027, 7, 2)))
    moved = {"version": now.version, "establishment": "Pier 9", "first_dismissal_on": "2027-09-03"}
    assert api.patch(path, moved, "json").status_code == 200
    event = AuditEvent.objects.filter(action="update_consultation").latest("pk")
    assert {event.after[name] for name in ("establishment", "first_dismissal_on")} == {"withheld"}
    Consultation.objects.filter(pk=row.pk).update(publication_class="open")
    back = {"version": now.version + 1, "establishment": whole}
    said = api.patch(path, back, "json").json()["errors"]
    assert [(one["field"], one["message"]) for one in said] == [("establishment", NOT_THE_TEXT)]


def test_open_file_that_is_loaded_again_leaves_it(scene: ExemptScene) -> None:
    other = Consultation.objects.exclude(pk=row_of(scene).pk)
    before = Consultation.objects.values().get(pk=row_of(scene).pk)
    content = dump_case(scene.programme).replace(b"Quay  DEPOT", b"Town hall")
    load_documents([read_document("case.yaml", content)], as_of=date(2026, 11, 24))
    assert Consultation.objects.values().get(pk=row_of(scene).pk) == before
    assert (other.get().establishment, Consultation.objects.count()) == ("Town hall", 2)


def test_report_names_it_and_its_exempt_version_opens_it(scene: ExemptScene) -> None:
    day = date(2026, 11, 24)
    facts = {
        one: Facts(scene.programme, day, one) for one in ("", *(council.key for council in scene.councils))
    }
    said = {
        (council, is_exempt): str(
            withheld_blocks(facts[council], kept_back(facts[council], is_exempt=is_exempt))["13"]
        )
        for council in ("", scene.councils[0].key, scene.councils[1].key)
        for is_exempt in (False, True)
    }
    named = {key for key, text in said.items() if "Redundancy consultation of" in text}
    opened = {key for key, text in said.items() if "Quay depot" in text}
    own = scene.councils[0].key
    assert named == {("", False), ("", True), (own, False), (own, True)}
    assert opened == {("", True), (own, True)}


def test_who_edits_it_and_does_not_open_it_learns_nothing_from_what_is_refused(scene: ExemptScene) -> None:
    """Neither the first dismissal, which row 80 counts from the start, nor a right guess is answered."""
    row, officer = row_of(scene), scene.person(RoleName.FINANCE_OFFICER, scene.councils[0])
    api, path, seen = api_of(officer), f"/api/v1/consultations/{row.pk}/", {"version": row.version}
    guesses: list[dict[str, Any]] = [
        {"started_on": "2027-07-04"}, {"started_on": "2027-08-01"}, {"kind": "tupe"},
        {"affected_count": 1145}, {"affected_count": 3}, {"first_dismissal_on": "2027-08-19"},
        {"first_dismissal_on": "2027-04-01"}, {"establishment": "Quay depot"}, {"establishment": ""},
    ]  # fmt: skip
    said = [api.patch(path, seen | guess, "json") for guess in guesses]
    assert {(one.status_code, one.json()["detail"]) for one in said} == {(403, NOT_TO_CHANGE)}
    read = api.get(path).json()
    back = {name: read[name] for name in ("kind", "started_on", "establishment", "first_dismissal_on")}
    assert api.patch(path, seen | back | {"ended_on": "2027-07-01"}, "json").status_code == 200
    browser = factories.sign_in(Client(), officer)
    page = browser.get(f"/consultations/{row.pk}/edit/").content.decode()
    hidden = (*row.withheld_fields, *row.withheld_figures, *COUNTED_FROM)
    assert [name for name in hidden if f'name="{name}"' in page] == []
    boxes = {"ended_on": "2 7 2027", "started_on": "1 8 2027", "seen_version": row.version + 1}
    assert browser.post(f"/consultations/{row.pk}/edit/", boxes).status_code == 302
    now = row_of(scene)
    kept = (now.establishment, now.affected_count, now.first_dismissal_on, now.started_on, now.ended_on)
    assert kept == ("Quay depot", 1145, DISMISSAL, row.started_on, date(2027, 7, 2))


@pytest.mark.parametrize("way", ["page", "api"])
def test_new_consultation_is_withheld_from_its_beginning(scene: ExemptScene, way: str) -> None:
    old, lead = row_of(scene), scene.person(RoleName.HR_LEAD, scene.councils[0])
    why = {"publication_class": "exempt", "exempt_paragraph": 4, "public_interest_reason": "Talks"}
    said = {"kind": "redundancy", "affected_count": 1146, "establishment": "Pier 9"}
    if way == "page":
        days = {"started_on": "30 3 2027", "first_dismissal_on": "20 8 2027", "seen_version": 0}
        path = f"/reviews/{old.review_id}/consultations/new/"
        answer = factories.sign_in(Client(), lead).post(
            path, said | days | why | {"council": old.council.key}
        )
        assert answer.status_code == 302
    else:
        days = {"started_on": "2027-03-30", "first_dismissal_on": "2027-08-20"}
        sent = said | days | why | {"review": old.review_id, "council": old.council.key}
        answer = api_of(lead).post("/api/v1/consultations/", sent, "json")
        assert (answer.status_code, "Pier 9" in answer.content.decode()) == (201, False)
    made = Consultation.objects.latest("pk")
    assert (made.publication_class, made.exempt_paragraph, made.certified_by) == ("exempt", 4, None)
    assert (made.establishment, made.affected_count) == ("Pier 9", 1146)
    trail = AuditEvent.objects.order_by("-pk")[:2]
    assert [event.action for event in trail] == ["withhold", "record_consultation"]
    told = str([(event.before, event.after, event.why) for event in trail])
    assert [one for one in ("Pier 9", "1146", "1,146", "2027-08-20") if one in told] == []


def test_another_consultation_tells_no_place_number_or_day_of_a_withheld_one(
    scene: ExemptScene,
) -> None:
    """At its place and elsewhere, near its days and far, who may not open it is refused in the same words."""
    row, path = row_of(scene), "/api/v1/consultations/"
    Consultation.objects.exclude(pk=row.pk).delete()
    record = {"review": row.review_id, "council": row.council.key, "kind": "redundancy", "affected_count": 6}
    started = row.started_on.isoformat()
    officer = api_of(scene.person(RoleName.FINANCE_OFFICER, scene.councils[0]))
    places = [(place, day) for place in ("Quay depot", "Town hall") for day in ("2027-05-13", "2027-04-02")]
    said = set()
    for place, day in places:
        sent = record | {"started_on": started, "establishment": place, "first_dismissal_on": day}
        answer = officer.post(path, sent, "json")
        said.add((answer.status_code, answer.json()["detail"]))
    words = "First dismissal must be on or after 14 May 2027, 45 days after consultation started"
    assert said == {(400, f"{words}. {FROM_YOU}")}
    sent = record | {"started_on": started, "establishment": "Town hall", "first_dismissal_on": "2027-04-02"}
    lead = api_of(scene.person(RoleName.COUNCIL_LEAD, scene.councils[0]))
    assert lead.post(path, sent, "json").status_code == 201
    at_its_place = sent | {"establishment": "Quay depot", "first_dismissal_on": "2027-07-19"}
    assert lead.post(path, at_its_place, "json").status_code == 201

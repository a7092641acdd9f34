"""What an entry of the registers says beside its title can be withheld on every way out (INV-37)."""

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
from programme.models import Risk
from programme.publication_policies import NOT_TO_CHANGE
from programme.queries.risks import risk_rows
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.exempt_scene import ExemptScene, exempt_scene
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NOW = "2026-11-24 12:00:00+00:00"
SECRET = "The contractor may ask £400,000 to leave early"
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
WHOLE = f"{SENTENCE}. Public interest: Bids are still open"


@pytest.fixture
def scene() -> Any:
    """An exempt risk in the first place of its register, with its meaning for the first council."""
    with time_machine.travel(NOW, tick=False):
        made = exempt_scene()
        risk = made.withhold("risks", response=SECRET, likelihood=5, impact=5)
        risk.impacts.create(council=made.councils[0], impact=5, text=f"{SECRET} there")  # type: ignore[attr-defined]
        yield made


def risk_of(scene: ExemptScene) -> Risk:
    return Risk.objects.get(pk=scene.rows["risks"].pk)


def body_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def test_no_attacker_reads_it_on_any_way_out(client: Client, scene: ExemptScene) -> None:
    risk, key = risk_of(scene), scene.programme.key
    attackers = [
        scene.person(RoleName.FINANCE_OFFICER, scene.councils[1]),
        scene.person(RoleName.MEMBER, scene.councils[1]),
        scene.person(RoleName.PROGRAMME_MANAGER),
    ]
    ways = [
        f"/programmes/{key}/risks/", f"/programmes/{key}/risks.csv", f"/risks/{risk.pk}/",
        f"/exempt/risks/{risk.pk}/", f"/api/v1/risks/{risk.pk}/", f"/api/v1/risks/?programme={key}",
        f"/programmes/{key}/steering/", f"/programmes/{key}/exempt/", f"/risks/{risk.pk}/update/",
    ]  # fmt: skip
    for user in attackers:
        browser = factories.sign_in(Client(), user)
        told = {way: body_of(browser.get(way)) for way in ways}
        assert [way for way, words in told.items() if "400,000" in words] == []
        assert [way for way in ways[:6] if SENTENCE not in told[way]] == []
        refused = browser.post(f"/exempt/risks/{risk.pk}/open/").status_code
        assert refused == (302 if user == attackers[-1] else 403)
    assert "400,000" not in dump_case(scene.programme).decode()
    row = risk_rows(scene.programme, as_of=risk.updated_at.date())[0]
    assert (row.response.text, row.impact_words) == (WHOLE, f"{scene.councils[0]} 5: withheld")


def test_who_changes_it_keeps_what_they_did_not_read_and_the_trail_says_nothing(
    client: Client, scene: ExemptScene
) -> None:
    risk, manager = risk_of(scene), scene.person(RoleName.PROGRAMME_MANAGER)
    browser, api = factories.sign_in(client, manager), api_of(manager)
    path, council = f"/api/v1/risks/{risk.pk}/", scene.councils[0]
    read = api.get(path).json()
    assert (read["response"], read["impacts"][0]["text"], read["exempt_paragraph"]) == (WHOLE, WHOLE, 3)
    own = [{**read["impacts"][0], "impact": 4}]
    sent = {"version": risk.version, "response": read["response"], "impacts": own, "title": "Exit"}
    assert api.patch(path, sent, "json").status_code == 200
    assert (risk_of(scene).response, risk_of(scene).impacts.get().text) == (SECRET, f"{SECRET} there")
    boxes = {"register": "risk", "title": "Leaving", "likelihood": 5, "impact": 5, "response": ""}
    seen = {"seen_version": risk.version + 1, f"impact.{council.key}": 4, f"text.{council.key}": ""}
    assert browser.post(f"/risks/{risk.pk}/update/", boxes | seen).status_code == 302
    now = risk_of(scene)
    assert (now.title, now.response, now.impacts.get().text) == ("Leaving", SECRET, f"{SECRET} there")
    anew = {"version": now.version, "response": "They may ask £5,550"}
    assert api.patch(path, anew, "json").status_code == 200
    why = {"version": now.version + 1, "closed_because": "They left for £5,551"}
    assert api.post(f"{path}close/", why, "json").json()["closed_because"] == WHOLE
    trail = AuditEvent.objects.filter(object_type="programme.risk", object_id=risk.pk)
    assert trail.count() == 4
    told = str(list(trail.values_list("before", "after", "why")))
    assert [words for words in ("400,000", "5,550", "5,551") if words in told] == []


def test_sentence_is_no_text_of_an_open_entry(scene: ExemptScene) -> None:
    api = api_of(scene.person(RoleName.PROGRAMME_MANAGER))
    new = {"programme": scene.programme.key, "register": "risk", "title": "Another"}
    own = [{"council": scene.councils[0].key, "text": WHOLE}]
    for values, field in (({"response": SENTENCE}, "response"), ({"impacts": own}, "impacts")):
        answer = api.post("/api/v1/risks/", new | values, "json")
        said = [(one["field"], one["message"]) for one in answer.json()["errors"]]
        assert (answer.status_code, said) == (400, [(field, NOT_THE_TEXT)])


def test_case_file_loaded_again_leaves_it_and_says_what_it_would_replace(scene: ExemptScene) -> None:
    before = Risk.objects.values().get(pk=scene.rows["risks"].pk)
    file = dump_case(scene.programme)
    altered = file.replace(b"Bids are still", b"Bids were")
    said = []
    for content in (file, altered):
        report = load_documents([read_document("case.yaml", content)], as_of=date(2026, 11, 24))
        said.append(report.files[0].refused)
    risk = risk_of(scene)
    assert said == [[], [f"Risk {risk.ref}: it is withheld. Change what it withholds in Concordat"]]
    assert (risk.response, risk.impacts.get().text) == (SECRET, f"{SECRET} there")
    assert Risk.objects.values("publication_class", "response").get(pk=risk.pk) == {
        name: before[name] for name in ("publication_class", "response")
    }


def test_page_leads_to_where_it_is_withheld(client: Client, scene: ExemptScene) -> None:
    risk = risk_of(scene)
    browser = factories.sign_in(client, scene.person(RoleName.MEMBER))
    page = browser.get(f"/risks/{risk.pk}/")
    assert f'href="/exempt/risks/{risk.pk}/"' in page.content.decode()
    assert "Why its words are withheld, and who may open them" in text_of(page)


def test_owner_who_does_not_open_it_changes_the_rest_and_no_guess_is_answered(scene: ExemptScene) -> None:
    """The right text is refused in the same words as a wrong one: nothing tells which it is."""
    risk, owner = risk_of(scene), scene.person(RoleName.FINANCE_OFFICER, scene.councils[1])
    Risk.objects.filter(pk=risk.pk).update(owner=owner)
    api, path = api_of(owner), f"/api/v1/risks/{risk.pk}/"
    own = {"council": scene.councils[0].key, "impact": 5}
    guesses: list[dict[str, Any]] = [{"response": SECRET}, {"response": "Another"}, {"response": ""}]
    guesses += [{"impacts": [own | {"text": text}]} for text in (f"{SECRET} there", "Another")]
    said = [api.patch(path, {"version": risk.version} | guess, "json") for guess in guesses]
    assert {(one.status_code, one.json()["detail"]) for one in said} == {(403, NOT_TO_CHANGE)}
    shown = {"response": WHOLE, "impacts": [own | {"text": WHOLE}], "title": "Exit"}
    assert api.patch(path, {"version": risk.version} | shown, "json").status_code == 200
    browser = factories.sign_in(Client(), owner)
    page = browser.get(f"/risks/{risk.pk}/update/").content.decode()
    assert [name for name in ('name="response"', 'name="text.') if name in page] == []
    boxes = {"register": "risk", "title": "Leaving", "likelihood": 5, "impact": 5, "response": "Another"}
    seen = {"seen_version": risk.version + 1, f"impact.{scene.councils[0].key}": 4}
    assert browser.post(f"/risks/{risk.pk}/update/", boxes | seen).status_code == 302
    now = risk_of(scene)
    assert (now.title, now.response, now.impacts.get().text) == ("Leaving", SECRET, f"{SECRET} there")
    assert now.impacts.get().impact == 4


@pytest.mark.parametrize("way", ["page", "api"])
def test_new_entry_is_withheld_from_its_beginning(scene: ExemptScene, way: str) -> None:
    manager, key = scene.person(RoleName.PROGRAMME_MANAGER), scene.programme.key
    factories.role(manager, RoleName.MONITORING_OFFICER, council=scene.councils[0])
    why = {"publication_class": "exempt", "exempt_paragraph": 3, "public_interest_reason": "Bids"}
    said = {"register": "risk", "title": "A second exit", "likelihood": 4, "impact": 5, "response": SECRET}
    own = {"council": scene.councils[0].key, "impact": 4, "text": f"{SECRET} there"}
    if way == "page":
        boxes = {f"{name}.{own['council']}": own[name] for name in ("impact", "text")}
        browser = factories.sign_in(Client(), manager)
        assert browser.post(f"/programmes/{key}/risks/new/", said | boxes | why).status_code == 302
    else:
        sent = said | why | {"programme": key, "impacts": [own]}
        answer = api_of(manager).post("/api/v1/risks/", sent, "json")
        assert (answer.status_code, SECRET in answer.content.decode()) == (201, False)
    made = Risk.objects.get(title="A second exit")
    assert (made.publication_class, made.exempt_paragraph, made.response) == ("exempt", 3, SECRET)
    assert (made.certified_by, made.exempt_review_on) == (manager, date(2027, 11, 24))
    trail = AuditEvent.objects.filter(object_type="programme.risk", object_id=made.pk).order_by("pk")
    assert list(trail.values_list("action", "why")) == [("record_risk", ""), ("withhold", "Bids")]
    assert "400,000" not in str(list(trail.values()))

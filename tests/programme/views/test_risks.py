"""The registers: their list, heat map and files; who changes them, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from openpyxl import load_workbook

from accounts.enums import RoleName
from core.models import AuditEvent
from programme.models import Risk, RiskImpact
from programme.queries.risks import risk_rows
from programme.risk_filters import RiskFilter
from tests.benefits.scene import api_of
from tests.factories import RiskFactory, UserFactory, councils_of, role
from tests.html_tables import table_of
from tests.programme.views.conftest import Scene
from tests.refusals.asking import everything_stored, is_said_on_page, said_by_api

LIST, API = "/programmes/shared/risks/", "/api/v1/risks/"
DAY = date(2026, 11, 24)


def register(scene: Scene) -> list[Risk]:
    """Two risks, an assumption, an issue, a dependency without a score, and a risk that is closed."""
    rows: tuple[dict[str, Any], ...] = (
        {"ref": "R-01", "title": "Delay", "likelihood": 4, "impact": 5, "owner": scene.manager},
        {"ref": "R-02", "title": "Lost data", "likelihood": 1, "impact": 5, "review_on": DAY},
        {"ref": "A-01", "register": "assumption", "title": "Standards stay", "likelihood": 4, "impact": 5},
        {"ref": "I-01", "register": "issue", "title": "Posts empty", "likelihood": None, "impact": 3},
        {"ref": "DEP-01", "register": "dependency", "title": "A release", "likelihood": None, "impact": None},
        {"ref": "R-03", "title": "Over", "closed_on": DAY, "closed_because": "It went away."},
    )
    made = [RiskFactory(programme=scene.programme, order_index=n, **row) for n, row in enumerate(rows)]
    council = councils_of(scene.programme)[0]
    RiskImpact.objects.create(risk=made[0], council=council, impact=2, text="Has staff to spare")
    return made


def test_filters_narrow_the_list_and_its_files(scene: Scene) -> None:
    register(scene)
    council = councils_of(scene.programme)[0]
    wanted = {
        "": ["R-01", "A-01", "R-02", "I-01", "DEP-01"],
        "state=closed": ["R-03"],
        "state=all&register=risk": ["R-01", "R-03", "R-02"],
        "rating=red": ["R-01", "A-01"],
        "review=due": ["R-02"],
        f"owner={scene.manager.pk}": ["R-01"],
        f"council={council.key}": ["R-01"],
        "likelihood=4&impact=5": ["R-01", "A-01"],
        "register=issue&likelihood=4": [],
        "register=nothing": ["R-01", "A-01", "R-02", "I-01", "DEP-01"],
    }
    rows = risk_rows(scene.programme, as_of=DAY)
    narrowed = {query: RiskFilter(QueryDict(query), rows=rows).narrowed().rows for query in wanted}
    assert {query: [row.risk.ref for row in found] for query, found in narrowed.items()} == wanted


def test_files_hold_the_rows_of_the_choice(scene: Scene) -> None:
    register(scene)
    council = councils_of(scene.programme)[0]
    page = scene.client.get("/programmes/shared/risks.csv?register=issue")
    content = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [[row[name] for name in ("Reference", "Impact", "Score")] for row in _read(content)] == [
        ["I-01", "3", "[z]"]
    ]
    book = load_workbook(
        io.BytesIO(scene.client.get("/programmes/shared/risks.xlsx?register=risk&rating=red").content)
    )
    rows = list(book["risks"].iter_rows(values_only=True))
    head = next(index for index, row in enumerate(rows) if row[0] == "Reference")
    assert [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]] == [
        {
            "Reference": "R-01",
            "Register": "Risk",
            "Title": "Delay",
            "Category": None,
            "State": "Open",
            "Likelihood": 4,
            "Impact": 5,
            "Score": 20,
            "Rating": "Red",
            "Impact on single councils": f"{council} 2: Has staff to spare",
            "What we are doing": None,
            "Owner": "Priya Raman",
            "Expected from": "[x]",
            "Review on": "[x]",
            "Closed on": "[x]",
            "Why closed": None,
        }
    ]


def test_heat_map_counts_the_choice_and_leads_to_it(scene: Scene) -> None:
    register(scene)
    answer = scene.client.get(f"{LIST}?rating=red&impact=5")
    empty = ["0"] * 5
    assert table_of(answer, "table-heat") == {
        "Likelihood": ["Impact 1", "Impact 2", "Impact 3", "Impact 4", "Impact 5"],
        "Likelihood 5": empty,
        "Likelihood 4": ["0", "0", "0", "0", "2 Red"],
        "Likelihood 3": empty,
        "Likelihood 2": empty,
        "Likelihood 1": empty,
    }
    page = unescape(answer.content.decode())
    assert f'href="{LIST}?rating=red&likelihood=4&impact=5">2' in page
    assert f'Impact 5 only. <a class="govuk-link" href="{LIST}?rating=red">Show any score</a>' in page


def entry(**changes: Any) -> dict[str, Any]:
    return {"register": "risk", "title": "Delay", "likelihood": 3, "impact": 4} | changes


def test_entry_is_recorded_changed_closed_and_opened_again_with_a_trail(scene: Scene) -> None:
    council = councils_of(scene.programme)[0]
    boxes = {f"impact.{council.key}": "5", f"text.{council.key}": "Oldest records", "review_on": "1 2 2027"}
    answer = scene.client.post(f"{LIST}new/", entry(owner=scene.manager.pk, **boxes))
    risk = Risk.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/risks/{risk.pk}/")
    assert (risk.ref, risk.score, risk.owner, risk.review_on) == ("R-01", 12, scene.manager, date(2027, 2, 1))
    assert list(risk.impacts.values_list("council", "impact", "text")) == [(council.pk, 5, "Oldest records")]
    api = api_of(scene.manager)
    changed = api.patch(
        f"{API}{risk.pk}/", {"version": 1, "register": "issue", "likelihood": None, "impacts": []}, "json"
    ).json()
    assert (changed["score"], changed["impact"], changed["impacts"], changed["version"]) == (None, 4, [], 2)
    scene.client.post(f"/risks/{risk.pk}/close/", {"seen_version": 2, "closed_because": "Staff were found"})
    closed = api.get(f"{API}{risk.pk}/").json()
    assert (closed["closed_on"], closed["closed_because"]) == ("2026-11-24", "Staff were found")
    opened = api.post(f"{API}{risk.pk}/reopen/", {"version": 3, "why": "They left again"}, "json").json()
    assert (opened["closed_on"], opened["closed_because"], opened["version"]) == (None, "", 4)
    trail = AuditEvent.objects.filter(object_type="programme.risk").order_by("pk")
    assert list(trail.values_list("action", "channel", "why")) == [
        ("record_risk", "page", ""),
        ("update_risk", "api", ""),
        ("close_risk", "page", ""),
        ("reopen_risk", "api", "They left again"),
    ]
    assert trail[1].before == {
        "register": "risk", "likelihood": 3, "impacts": {council.key: [5, "Oldest records"]}, "version": 1,
    }  # fmt: skip


def test_refused_by_page_and_api_in_the_same_words_and_nothing_stored(scene: Scene) -> None:
    opened, *_, closed = register(scene)
    stranger = UserFactory(name="Stranger", email="stranger@elsewhere.example")
    api = api_of(scene.manager)
    both = "Give both likelihood and impact, or neither"
    issue = "An issue has happened already. Leave its likelihood empty"
    not_owner = "Choose an owner who has an active account and takes part in this programme"
    is_closed = "This was closed on 24 November 2026. Open it again before you change it"
    one, other = f"risks/{opened.pk}/", f"risks/{closed.pk}/"
    new = "programmes/shared/risks/new/"
    short = {"closed_because": "Over"}
    cases: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = [
        ("Enter the title", new, {"title": ""}, "risks/", {"title": ""}),
        (both, new, {"impact": ""}, "risks/", {"impact": None}),
        (issue, new, {"register": "issue"}, "risks/", {"register": "issue"}),
        ("Impact must be from 1 to 5", new, {"impact": 6}, "risks/", {"impact": 6}),
        (not_owner, new, {"owner": stranger.pk}, "risks/", {"owner": stranger.email}),
        (is_closed, f"{other}update/", {}, f"PATCH {other}", {}),
        (is_closed, f"{other}close/", {"closed_because": "Over again"}, f"{other}close/", {}),
        ("Explain why it is closed, in at least 10 characters", f"{one}close/", short, f"{one}close/", short),
        (
            "Explain why it is opened again, in at least 10 characters",
            f"{other}reopen/", {"why": "So"}, f"{other}reopen/", {"why": "So"},
        ),
        (
            "This is open. There is nothing to open again",
            f"{one}reopen/", {"why": "It is needed"}, f"{one}reopen/", {"why": "It is needed"},
        ),
    ]  # fmt: skip
    before = everything_stored()
    for message, page, typed, route, sent in cases:
        boxes = entry(seen_version=1, **typed) if "title" not in typed else entry(seen_version=1) | typed
        assert is_said_on_page(scene.client.post(f"/{page}", boxes), message), message
        method, _, path = route.rpartition(" ")
        body = {"version": 1, "closed_because": "Over again"} | entry(programme="shared") | sent
        answer = api.generic(method or "POST", f"/api/v1/{path}", *_json(body))
        assert said_by_api(answer) == [message]
    assert everything_stored() == before


def test_database_refuses_half_a_score_and_half_a_closing(scene: Scene) -> None:
    halves: tuple[dict[str, Any], ...] = (
        {"likelihood": None},
        {"impact": None},
        {"impact": 6},
        {"register": "issue"},
        {"closed_on": DAY},
        {"closed_because": "It went away."},
    )
    for half in halves:
        with pytest.raises(IntegrityError, match="programme_risk_"), transaction.atomic():
            RiskFactory(programme=scene.programme, **half)


def test_owner_changes_their_own_and_a_reader_nothing(scene: Scene) -> None:
    mine, other, *_ = register(scene)
    owner = UserFactory(name="Owner")
    role(owner, RoleName.FINANCE_OFFICER, council=councils_of(scene.programme)[0])
    Risk.objects.filter(pk=mine.pk).update(owner=owner)
    paths = [f"{API}{mine.pk}/", f"{API}{other.pk}/"]
    body = {"version": 1, "response": "Plan B"}
    found = [
        [api_of(user).patch(path, body, "json").status_code for path in paths]
        for user in (owner, scene.reader)
    ]
    assert found == [[200, 403], [403, 403]]
    made = api_of(owner).post(API, entry(programme="shared"), "json")
    assert (made.status_code, made.json()["detail"]) == (
        403, "Only the programme manager can change this. You can read it",
    )  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_one_entry_and_its_form(
    scene: Scene, django_assert_num_queries: Any, number: int
) -> None:
    risk = RiskFactory(programme=scene.programme, owner=scene.manager)
    for council in councils_of(scene.programme)[:number]:
        RiskImpact.objects.create(risk=risk, council=council, impact=number)
    with django_assert_num_queries(6):
        scene.client.get(risk.get_absolute_url())
    with django_assert_num_queries(9):
        scene.client.get(f"{risk.get_absolute_url()}update/")


def _read(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def _json(body: dict[str, Any]) -> tuple[str, str]:
    return json.dumps(body), "application/json"

"""Gate reviews: pages, API, files, who may change them, and the reminder of a recommendation."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal
from core.models import AuditEvent
from programme.actions.assurance.gate_reviews import GateReviewTerms, update_gate_review
from programme.models import GateRecommendation, GateReview
from programme.queries.assurance.recommendations_due import RecommendationsDue
from programme.rules.assurance.checklist import checklist
from tests.benefits.scene import api_of
from tests.factories import GateRecommendationFactory, GateReviewFactory, UserFactory, councils_of, role
from tests.programme.views.conftest import Scene
from tests.refusals.asking import everything_stored, is_said_on_page, said_by_api

LIST = "/programmes/shared/gate-reviews/"
API, ADVICE = "/api/v1/gate-reviews/", "/api/v1/gate-recommendations/"
DAY = date(2026, 11, 24)
WHOLE = [{"lesson": one.code, "answer": "met", "evidence": "Seen"} for one in checklist()]


def terms(**changes: Any) -> dict[str, Any]:
    return {
        "gate": 3,
        "held_on": "2026-11-23",
        "reviewers": "A Lane",
        "scale": "five",
        "delivery_confidence": "Amber/Red",
        "summary": "In doubt.",
    } | changes


def officer(scene: Scene, name: RoleName) -> User:
    user = UserFactory()
    role(user, name, partnership=scene.programme.partnership)
    return user


def test_review_is_recorded_answered_and_its_advice_settled_with_a_trail(scene: Scene) -> None:
    lead = UserFactory(name="D Lewis")
    role(lead, RoleName.COUNCIL_LEAD, council=councils_of(scene.programme)[0])
    answer = scene.client.post(f"{LIST}new/", terms(held_on="23 11 2026"))
    review = GateReview.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/gate-reviews/{review.pk}/")
    assert (review.ref, review.gate, review.delivery_confidence) == ("GR-01", 3, "Amber/Red")
    boxes = {f"{one.code}.answer": "partly" for one in checklist()}
    boxes |= {f"{one.code}.evidence": "Minute 4" for one in checklist()}
    scene.client.post(f"/gate-reviews/{review.pk}/checklist/", {"seen_version": 1, **boxes})
    sro = api_of(officer(scene, RoleName.SRO))
    read = sro.put(f"{API}{review.pk}/checklist/", {"version": 2, "answers": WHOLE}, "json").json()
    assert (read["version"], read["answers"]) == (3, WHOLE)
    made = sro.post(
        ADVICE,
        {
            "review": review.pk, "text": "Clean", "urgency": "critical", "owner": lead.email,
            "due_on": "2026-12-01",
        },
        "json",
    ).json()  # fmt: skip
    assert (made["ref"], made["state"], made["programme"]) == ("GR-01.1", "open", "shared")
    done = {"version": 1, "state": "done", "settled_because": "All records were cleaned"}
    assert (
        api_of(lead).post(f"{ADVICE}{made['id']}/settle/", done | {"state": "rejected"}, "json").status_code
        == 403
    )
    settled = api_of(lead).post(f"{ADVICE}{made['id']}/settle/", done, "json").json()
    assert (settled["state"], settled["settled_on"], settled["version"]) == ("done", "2026-11-24", 2)
    opened = sro.post(
        f"{ADVICE}{made['id']}/reopen/", {"version": 2, "why": "More were found"}, "json"
    ).json()
    assert (opened["state"], opened["settled_on"], opened["settled_because"]) == ("open", None, "")
    trail = AuditEvent.objects.filter(object_type__startswith="programme.gate").order_by("pk")
    assert list(trail.values_list("action", "channel", "why")) == [
        ("record_gate_review", "page", ""),
        ("save_gate_checklist", "page", ""),
        ("save_gate_checklist", "api", ""),
        ("record_gate_recommendation", "api", ""),
        ("settle_gate_recommendation", "api", ""),
        ("reopen_gate_recommendation", "api", "More were found"),
    ]
    assert trail[2].before["case"] == {"answer": "partly", "evidence": "Minute 4"}


def test_request_with_the_same_key_records_one_review(scene: Scene) -> None:
    api = api_of(scene.manager)
    sent = terms(programme="shared")
    answers = [api.post(API, sent, "json", headers={"Idempotency-Key": "gate-3"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert GateReview.objects.count() == 1


def test_what_the_rules_refuse_is_said_by_page_and_api_and_nothing_is_stored(scene: Scene) -> None:
    review = GateReviewFactory(programme=scene.programme, held_on=date(2026, 11, 1))
    advice = {"text": "Clean", "urgency": "critical", "owner": scene.manager.email, "due_on": "2026-12-01"}
    boxes = advice | {"owner": scene.manager.pk}
    before = everything_stored()
    told = [
        (f"{LIST}new/", API, terms(programme="shared"), {"held_on": "2026-11-25"},
         "Date of the review must be today or in the past"),
        (f"{LIST}new/", API, terms(programme="shared"), {"scale": "three"},
         "Choose one of the three points: Green, Amber, Red"),
        (f"/gate-reviews/{review.pk}/recommendations/new/", ADVICE, advice | {"review": review.pk},
         {"due_on": "2026-10-31"}, "Due date must be on or after 1 November 2026, the day of the review"),
    ]  # fmt: skip
    for page, route, sent, wrong, words in told:
        form = boxes if page.endswith("recommendations/new/") else sent
        assert is_said_on_page(scene.client.post(page, form | wrong), words)
        assert said_by_api(api_of(scene.manager).post(route, sent | wrong, "json")) == [words]
    assert everything_stored() == before


def test_review_is_not_moved_past_the_day_of_its_first_recommendation(scene: Scene) -> None:
    review = GateReviewFactory(programme=scene.programme, held_on=date(2026, 11, 2))
    GateRecommendationFactory(review=review, due_on=date(2026, 11, 20))
    asked = GateReviewTerms(3, DAY, "A Lane", "five", "Amber/Red", "In doubt.")
    with pytest.raises(Refusal) as said:
        update_gate_review(review, by=scene.manager, seen_version=1, terms=asked)
    assert (said.value.message, said.value.field, said.value.code) == (
        (
            "Date of the review must be on or before 20 November 2026, "
            "when the first of its recommendations is due"
        ),
        "held_on",
        "12",
    )
    moved = update_gate_review(
        review, by=scene.manager, seen_version=1, terms=replace(asked, held_on=date(2026, 11, 20))
    )
    assert (moved.held_on, moved.version) == (date(2026, 11, 20), 2)


def test_those_who_only_read_change_nothing(scene: Scene) -> None:
    review = GateReviewFactory(programme=scene.programme)
    advice = GateRecommendationFactory(review=review, owner=scene.manager)
    reader = scene.as_reader()
    before = everything_stored()
    pages = [f"{LIST}new/", *(f"/gate-reviews/{review.pk}/{one}/" for one in ("update", "checklist"))]
    pages += [f"/gate-recommendations/{advice.pk}/{one}/" for one in ("update", "settle", "reopen")]
    assert {page: reader.post(page, terms()).status_code for page in pages} == dict.fromkeys(pages, 403)
    shown = reader.get(f"/gate-reviews/{review.pk}/").content.decode()
    assert "Add a recommendation" not in shown
    assert "Settle" not in shown
    assert everything_stored() == before


@pytest.mark.parametrize(("reviews", "queries"), [(1, 8), (3, 8)])
def test_list_takes_a_fixed_number_of_queries(
    scene: Scene, reviews: int, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(reviews):
        review = GateReviewFactory(programme=scene.programme)
        review.answers.create(lesson="case", answer="met", evidence="Seen")
        for _ in range(number + 1):
            GateRecommendationFactory(review=review, owner=UserFactory())
    with django_assert_num_queries(queries):
        assert scene.client.get(LIST).status_code == 200
    with django_assert_num_queries(queries + 1):
        assert scene.client.get(f"/gate-reviews/{review.pk}/").status_code == 200


def test_files_hold_the_recommendations_of_the_choice(scene: Scene) -> None:
    review = GateReviewFactory(programme=scene.programme, ref="GR-01")
    GateRecommendationFactory(review=review, number=1, text="Clean", urgency="critical", owner=scene.manager)
    GateRecommendationFactory(review=review, number=2, text="Agree", due_on=date(2026, 11, 20))
    settled = {"state": "done", "settled_on": DAY, "settled_because": "It was bought"}
    GateRecommendationFactory(review=review, number=3, text="Buy", **settled)
    wanted = {
        "": ["Agree", "Clean"],
        "state=late": ["Agree"],
        "state=settled": ["Buy"],
        "state=all": ["Agree", "Clean", "Buy"],
        "urgency=critical": ["Clean"],
        f"owner={scene.manager.pk}": ["Clean"],
        "gate=2": [],
    }
    found = {query: _csv(scene, query) for query in wanted}
    assert {query: [row[3] for row in rows] for query, rows in found.items()} == wanted
    book = load_workbook(
        io.BytesIO(scene.client.get("/programmes/shared/gate-recommendations.xlsx?state=late").content)
    )
    last = list(book["recommendations"].iter_rows(values_only=True))[-1]
    assert (last[0], last[3], last[4], last[7]) == (
        "GR-01.2",
        "Agree",
        "Essential: do by its date",
        "Overdue",
    )


def _csv(scene: Scene, query: str) -> list[list[str]]:
    page = scene.client.get(f"/programmes/shared/gate-recommendations.csv?{query}")
    content = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content)))
    head = next(index for index, row in enumerate(rows) if row and row[0] == "Reference")
    return rows[head + 1 :]


def test_owner_and_sro_are_reminded_while_it_is_open_and_the_programme_lives(
    scene: Scene,
    django_assert_num_queries: Any,
) -> None:
    sro = officer(scene, RoleName.SRO)
    review = GateReviewFactory(programme=scene.programme, ref="GR-01")
    stranger = UserFactory()
    open_one = GateRecommendationFactory(review=review, text="Clean", owner=scene.manager)
    GateRecommendationFactory(review=review, text="Theirs", owner=stranger)
    done = {"state": "done", "settled_on": DAY, "settled_because": "It was bought"}
    GateRecommendationFactory(review=review, owner=scene.manager, **done)
    source = RecommendationsDue()
    with django_assert_num_queries(2):
        due = list(source.due_between(DAY, date(2026, 12, 1)))
    assert {(one.title, one.recipient_id, one.offsets) for one in due} == {
        ("Gate review recommendation: Clean", scene.manager.pk, frozenset({7, 0})),
        ("Gate review recommendation: Clean", sro.pk, frozenset({0})),
        ("Gate review recommendation: Theirs", sro.pk, frozenset({0})),
    }
    assert {one.path for one in due if one.object_id == open_one.pk} == {
        f"/gate-recommendations/{open_one.pk}/settle/"
    }
    GateRecommendation.objects.filter(pk=open_one.pk).update(**done)
    assert list(source.still_due(scene.manager.pk, [open_one.pk])) == []
    scene.programme.state = "paused"
    scene.programme.save()
    assert list(source.due_between(DAY, date(2026, 12, 1))) == []

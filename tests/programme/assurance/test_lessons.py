"""Lessons: which a review is offered, where they are used, and who sees what of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import product
from typing import Any

import pytest

from accounts.enums import RoleName
from core.clock import today
from core.models import AuditEvent
from core.rules.calendar import format_date
from programme.models import Lesson, LessonUse, Programme
from programme.policies import can_record_lesson
from programme.queries.assurance.lessons import lesson_rows, lessons_for_gate
from programme.rules.assurance.lesson import Concern, is_offered
from services.queries.review_lessons import lessons_for_review
from tests.benefits.scene import api_of
from tests.factories import (
    GateReviewFactory,
    LessonFactory,
    MilestoneFactory,
    ProgrammeFactory,
    ServiceFactory,
    ServiceReviewFactory,
    UserFactory,
    councils_of,
    role,
)
from tests.pages import text_of
from tests.programme.views.conftest import Scene
from tests.refusals.asking import everything_stored, said_by_api

LIST, API = "/programmes/shared/lessons/", "/api/v1/lessons/"


def test_review_is_offered_what_concerns_it_anywhere_and_what_is_general_near() -> None:
    gate, kind, both = Concern(3), Concern(None, "waste"), Concern(3, "waste")
    reviews = [Concern(3), Concern(4), Concern(None, "waste"), Concern(None, "hr")]
    offered = {
        (lesson, review, near)
        for lesson, review, near in product([Concern(), gate, kind, both], reviews, [True, False])
        if is_offered(lesson, review, same_partnership=near)
    }
    assert offered == {
        *((Concern(), review, True) for review in reviews),
        *((lesson, Concern(3), near) for lesson in (gate, both) for near in (True, False)),
        *((lesson, Concern(None, "waste"), near) for lesson in (kind, both) for near in (True, False)),
    }


def other_programme(scene: Scene, *, is_read: bool) -> Programme:
    """A programme of another partnership, which the scene's manager reads or does not."""
    other: Programme = ProgrammeFactory(name="Elsewhere" if is_read else "Secret")
    if is_read:
        role(scene.manager, RoleName.AUDITOR, partnership=other.partnership)
    return other


def test_gate_review_is_offered_lessons_that_the_person_may_see_and_that_it_has_not_used(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    read, secret = other_programme(scene, is_read=True), other_programme(scene, is_read=False)
    review = GateReviewFactory(programme=scene.programme, gate=4)
    LessonFactory(programme=scene.programme, text="General", gate=None)
    near = LessonFactory(programme=scene.programme, text="Near", gate=4)
    LessonFactory(programme=scene.programme, text="Of gate 2", gate=2)
    LessonFactory(programme=scene.programme, text="Learnt here", gate=4, gate_review=review)
    LessonFactory(programme=read, text="Far", gate=4)
    LessonFactory(programme=read, text="Far and general")
    LessonFactory(programme=secret, text="Kept", gate=4)
    with django_assert_num_queries(1):
        assert [one.text for one in lessons_for_gate(review, scene.manager)] == ["Near", "Far", "General"]
    LessonUse.objects.create(
        lesson=near, programme=scene.programme, gate_review=review, used_by=scene.manager
    )
    assert [one.text for one in lessons_for_gate(review, scene.manager)] == ["Far", "General"]
    page = scene.client.get(f"/gate-reviews/{review.pk}/").content.decode()
    assert ("Far" in page, "Kept" in page, "Secret" in page) == (True, False, False)
    for number in range(12):
        LessonFactory(programme=read, text=f"More {number}", gate=4)
    assert "4 more are among all lessons" in scene.client.get(f"/gate-reviews/{review.pk}/").content.decode()


def test_lesson_is_used_at_a_gate_once_with_a_trail_and_is_not_offered_again(scene: Scene) -> None:
    review = GateReviewFactory(programme=scene.programme, gate=4, ref="GR-01")
    lesson = LessonFactory(programme=other_programme(scene, is_read=True), text="Far", gate=4)
    address = f"/gate-reviews/{review.pk}/lessons/{lesson.pk}/use/"
    answers = [scene.client.post(address) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/gate-reviews/{review.pk}/#h-used"}
    api = api_of(scene.manager)
    used = api.post(f"{API}{lesson.pk}/use/", {"gate_review": review.pk}, "json").json()
    assert [(use["programme"], use["gate_review"]) for use in used["uses"]] == [("shared", review.pk)]
    assert LessonUse.objects.count() == 1
    (row,) = lesson_rows(Lesson.objects.all(), scene.manager)
    assert row.used_elsewhere == ["Shared services"]
    assert f"By {scene.manager} on {format_date(today())}" in text_of(
        scene.client.get(f"/lessons/{lesson.pk}/")
    )
    trail = AuditEvent.objects.filter(action="use_lesson").values_list("scope", "after")
    assert list(trail) == [("shared", {"programme": "shared", "review": "GR-01"})]
    assert lessons_for_gate(review, scene.manager) == []
    assert scene.as_reader().post(address).status_code == 404
    own = LessonFactory(programme=scene.programme, gate=4)
    assert scene.as_reader().post(f"/gate-reviews/{review.pk}/lessons/{own.pk}/use/").status_code == 403


def test_use_in_a_programme_that_a_person_may_not_open_is_not_told(scene: Scene) -> None:
    secret = other_programme(scene, is_read=False)
    lesson = LessonFactory(programme=scene.programme)
    review = GateReviewFactory(programme=secret)
    LessonUse.objects.create(lesson=lesson, programme=secret, gate_review=review, used_by=scene.manager)
    (row,) = lesson_rows(Lesson.objects.all(), scene.manager)
    assert (row.used, row.used_words) == ((), "Not used yet")
    assert api_of(scene.manager).get(f"{API}{lesson.pk}/").json()["uses"] == []
    assert "Secret" not in scene.client.get(f"/lessons/{lesson.pk}/").content.decode()


def test_service_review_is_offered_lessons_about_its_kind_and_its_leader_uses_them(scene: Scene) -> None:
    service = ServiceFactory(programme=scene.programme, ref="S-1", kind="waste")
    review = ServiceReviewFactory(service=service, ref="SR-1")
    wanted = LessonFactory(programme=scene.programme, text="Rounds first", service_kind="waste")
    LessonFactory(programme=scene.programme, text="Pay", service_kind="hr")
    LessonFactory(programme=scene.programme, text="Own", service_kind="waste", review_ref="S-1/SR-1")
    assert [one.text for one in lessons_for_review(review, scene.manager)] == ["Rounds first"]
    address = f"/reviews/{review.pk}/lessons/{wanted.pk}/use/"
    assert scene.as_reader().post(address).status_code == 403
    assert scene.client.post(address).status_code == 302
    assert lessons_for_review(review, scene.manager) == []
    (row,) = lesson_rows(Lesson.objects.filter(pk=wanted.pk), scene.manager)
    assert [(one.place.title, one.place.url) for one in row.used] == [
        (f"Service review SR-1 of {service}, Shared services", f"/reviews/{review.pk}/")
    ]
    api = api_of(scene.manager)
    assert (
        api.post(f"/api/v1/reviews/{review.pk}/use-lesson/", {"lesson": wanted.pk}, "json").status_code == 200
    )
    assert LessonUse.objects.count() == 1


def test_lesson_is_recorded_and_changed_where_it_was_learnt(scene: Scene) -> None:
    milestone = MilestoneFactory(programme=scene.programme, ref="M-1", title="Go-live")
    sent = {"text": "Test early", "gate": "4", "learnt": f"milestone:{milestone.pk}", "service_kind": "hr"}
    answer = scene.client.post(f"{LIST}new/", sent)
    lesson = Lesson.objects.get()
    assert answer.headers["Location"] == f"/lessons/{lesson.pk}/"
    assert (lesson.ref, lesson.gate, lesson.milestone, lesson.service_kind) == ("LN-1", 4, milestone, "hr")
    changed = (
        api_of(scene.manager)
        .patch(f"{API}{lesson.pk}/", {"version": 1, "gate": None, "recommended_change": "A sample"}, "json")
        .json()
    )
    assert (changed["gate"], changed["recommended_change"], changed["milestone"], changed["version"]) == (
        None,
        "A sample",
        "M-1",
        2,
    )
    event = AuditEvent.objects.get(action="update_lesson")
    assert (event.before, event.after) == (
        {"gate": 4, "recommended_change": "", "version": 1},
        {"gate": None, "recommended_change": "A sample", "version": 2},
    )


def test_lesson_learnt_elsewhere_or_twice_is_refused(scene: Scene) -> None:
    theirs = MilestoneFactory(programme=ProgrammeFactory())
    own = MilestoneFactory(programme=scene.programme, ref="M-1")
    GateReviewFactory(programme=scene.programme, ref="GR-01")
    lesson = {"programme": "shared", "text": "Test early"}
    before = everything_stored()
    page = scene.client.post(f"{LIST}new/", {"text": "Ours", "learnt": f"milestone:{theirs.pk}"})
    assert (page.status_code, "Choose a place from the list" in page.content.decode()) == (422, True)
    refused = [
        ({"milestone": own.ref, "gate_review": "GR-01"},
         "A lesson was learnt in one place. Choose a gate review, a milestone or a service review"),
        ({"review_ref": "S-9/SR-9"}, "There is no service review S-9/SR-9 in this programme"),
        ({"service_kind": "magic"}, "Choose a kind of service from the list"),
        ({"text": " "}, "Enter what was learnt"),
    ]  # fmt: skip
    for wrong, words in refused:
        assert said_by_api(api_of(scene.manager).post(API, lesson | wrong, "json")) == [words]
    assert everything_stored() == before


def test_manager_owner_and_lead_officers_of_partners_record_lessons(scene: Scene) -> None:
    partner = councils_of(scene.programme)[0]
    places: list[tuple[RoleName, dict[str, Any], bool]] = [
        (RoleName.PROGRAMME_MANAGER, {"partnership": scene.programme.partnership}, True),
        (RoleName.SRO, {"partnership": scene.programme.partnership}, True),
        (RoleName.COUNCIL_LEAD, {"council": partner}, True),
        (RoleName.AUDITOR, {"partnership": scene.programme.partnership}, False),
        (RoleName.MEMBER, {"council": partner}, False),
        (RoleName.SRO, {"partnership": ProgrammeFactory().partnership}, False),
    ]
    found = []
    for name, place, _ in places:
        user = UserFactory()
        role(user, name, **place)
        found.append(can_record_lesson(user, scene.programme))
    assert found == [may for *_, may in places]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    scene: Scene, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        review = GateReviewFactory(programme=scene.programme, held_on=date(2026, 9, 1 + number))
        lesson = LessonFactory(programme=scene.programme, gate_review=review)
        for _ in range(number + 1):
            used = GateReviewFactory(programme=scene.programme)
            LessonUse.objects.create(
                lesson=lesson, programme=scene.programme, gate_review=used, used_by=scene.manager
            )
    with django_assert_num_queries(9):
        assert scene.client.get(LIST).status_code == 200


def test_words_and_filters_narrow_the_list_and_its_files(scene: Scene) -> None:
    LessonFactory(programme=scene.programme, ref="LN-1", text="Clean the records", gate=4)
    LessonFactory(programme=scene.programme, ref="LN-2", text="Tell staff", evidence="A record of questions")
    LessonFactory(programme=other_programme(scene, is_read=True), ref="LN-9", text="Records again", gate=4)
    LessonFactory(programme=other_programme(scene, is_read=False), ref="LN-8", text="Records too", gate=4)
    wanted = {
        "": ["LN-1", "LN-2"],
        "q=RECORD": ["LN-1", "LN-2"],
        "q=record+questions": ["LN-2"],
        "within=all&gate=4": ["LN-9", "LN-1"],
        "within=partnership&q=records": ["LN-1"],
        "used=yes": [],
        "service_kind=waste": [],
    }
    found = {}
    for query in wanted:
        page = scene.client.get(f"/programmes/shared/lessons.csv?{query}")
        content = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.reader(io.StringIO(content)))
        head = next(index for index, row in enumerate(rows) if row and row[0] == "Programme")
        found[query] = [row[1] for row in rows[head + 1 :]]
    assert found == wanted

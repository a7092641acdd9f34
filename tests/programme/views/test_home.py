"""The front page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.enums import RoleName
from tests.factories import UserFactory, role, sign_in
from tests.programme.views.conftest import Scene

LATE = date(2026, 11, 13)


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(10):
        assert scene.client.get("/").status_code == 200


def test_visitor_is_sent_to_sign_in(db: None, client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/")


def test_what_needs_the_person_stands_first(scene: Scene) -> None:
    milestone = scene.milestone("Agreement signed", LATE)
    page = scene.client.get("/").content.decode()
    assert "1 milestone needs you. It is late." in page
    assert f'href="/milestones/{milestone.pk}/update/?row=home&amp;next=%2F"' in page
    assert 'href="/programmes/shared/milestones/?state=late"' in page


def test_only_the_first_rows_stand_on_the_front_page(scene: Scene) -> None:
    for index in range(7):
        scene.milestone(f"Milestone {index}", date(2026, 11, 10 + index))
    page = scene.client.get("/").content.decode()
    assert "7 milestones need you." in page
    assert [f"Milestone {index}</a>" in page for index in range(7)] == [True] * 5 + [False] * 2


def test_reader_sees_programmes_alone(scene: Scene) -> None:
    scene.milestone("Agreement signed", LATE)
    page = scene.as_reader().get("/").content.decode()
    assert "Programmes you can see" in page
    assert "need you" not in page


def test_person_without_a_role_is_told_what_to_do(scene: Scene) -> None:
    administrator = UserFactory()
    role(administrator, RoleName.ADMINISTRATOR)
    page = sign_in(Client(), administrator).get("/").content.decode()
    assert "No role of yours opens a programme" in page
    assert "Shared services" not in page


def test_demonstration_says_where_mail_lands(scene: Scene, settings: Any, tmp_path: Path) -> None:
    settings.DEMONSTRATION, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    assert str(tmp_path) in scene.client.get("/").content.decode()
    settings.DEMONSTRATION = False
    assert str(tmp_path) not in scene.client.get("/").content.decode()

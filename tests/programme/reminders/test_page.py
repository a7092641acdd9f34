"""The page of reminders: a person's own mails, and a manager's view of those of the partnership."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from accounts.enums import RoleName
from programme.enums import DeliveryState
from programme.models import Digest, Milestone
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, role, sign_in
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

URL = "/reminders/"


def words(html: str) -> str:
    text = re.sub(r"<[^>]*>", " ", html).replace("\u00a0", " ")
    return re.sub(r"\s+([.,])", r"\1", re.sub(r"\s+", " ", text)).strip()


def page(client: Client, address: str = URL) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def rows(html: str) -> list[str]:
    """Each mail's row as text."""
    body = re.search(r"<tbody.*?</tbody>", html, re.DOTALL)
    return [words(row) for row in re.findall(r"<tr.*?</tr>", body[0] if body else "", re.DOTALL)]


def test_address_and_visitor(client: Client) -> None:
    assert reverse("programme:reminder_list") == URL
    answer = client.get(URL)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/reminders/")


def test_nothing_sent_yet_says_what_would_be(scene: Scene, client: Client) -> None:
    html = page(sign_in(client, scene.owner))
    assert rows(html) == []
    assert "No mail has been sent to you" in html
    assert f'href="{reverse("programme:my_work")}"' in html


def test_sent_mail_shows_its_reminders_state_and_time_in_london(scene: Scene, client: Client) -> None:
    milestone = scene.milestone(TODAY, title="Go-live")
    gone = scene.milestone(date(2026, 12, 3), title="Cutover")
    (digest_id,) = scene.run()
    Milestone.objects.filter(pk=gone.pk).update(owner=None)
    scene.move_to(datetime(2026, 11, 24, 7, 2, tzinfo=UTC))
    scene.deliver(digest_id)
    html = page(sign_in(client, scene.owner))
    assert rows(html) == [
        (
            "24 November 2026 "
            "Go-live Due 24 November 2026, Shared revenues "
            "Cutover Due 3 December 2026, Shared revenues. Left out: it no longer applied when the mail went "
            "Sent At 7:02am on 24 November 2026"
        )
    ]
    assert f'href="/milestones/{milestone.pk}/update/?field=forecast_on"' in html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Waiting to be sent Since 7am on 24 November 2026"),
        (
            {"state": DeliveryState.SENDING, "attempts": 1, "claimed_at": SEVEN_AM},
            "Being sent 1 of 5 tries, the last at 7am on 24 November 2026",
        ),
        (
            {"state": DeliveryState.FAILED, "attempts": 2, "claimed_at": SEVEN_AM, "error": "Refused"},
            "Failed, will be tried again 2 of 5 tries, the last at 7am on 24 November 2026. Reason: Refused",
        ),
        (
            {"state": DeliveryState.GIVEN_UP, "attempts": 5, "claimed_at": SEVEN_AM, "error": "<b>Full</b>"},
            (
                "Not sent after several tries 5 of 5 tries, the last at 7am on 24 November 2026. "
                "Reason: &lt;b&gt;Full&lt;/b&gt;"
            ),
        ),
        (
            {"state": DeliveryState.WITHDRAWN, "claimed_at": SEVEN_AM},
            "No longer needed Everything in it was done, moved or passed on before it went",
        ),
    ],
)
def test_state_is_said_in_words(scene: Scene, client: Client, fields: dict[str, Any], said: str) -> None:
    scene.milestone(TODAY, title="Go-live")
    scene.run()
    Digest.objects.update(**fields)
    html = page(sign_in(client, scene.owner))
    assert rows(html) == [f"24 November 2026 Go-live Due 24 November 2026, Shared revenues {said}"]


def test_mail_whose_reminders_went_into_a_later_one_says_so(scene: Scene, client: Client) -> None:
    scene.milestone(TODAY, title="Go-live")
    scene.milestone(date(2026, 12, 4), title="Cutover")
    scene.run()
    scene.run(date(2026, 11, 25))
    assert rows(page(sign_in(client, scene.owner))) == [
        (
            "25 November 2026 Go-live Due 24 November 2026, Shared revenues "
            "Cutover Due 4 December 2026, Shared revenues Waiting to be sent Since 7am on 24 November 2026"
        ),
        "24 November 2026 None No longer needed Its reminders went into the mail of 25 November 2026",
    ]


def test_person_sees_no_mail_of_others_whatever_the_address_says(scene: Scene, client: Client) -> None:
    scene.milestone(TODAY)
    scene.run()
    sign_in(client, scene.person("Dev Lewis"))
    for address in (URL, f"{URL}?to=all"):
        html = page(client, address)
        assert (rows(html), "Sent to everyone" in html) == ([], False)


def test_manager_sees_the_mails_about_the_partnership_and_nothing_of_another(
    scene: Scene, client: Client
) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    other = ProgrammeFactory(name="Waste", partnership__councils=2)
    stranger = UserFactory(name="Sam Hill")
    role(stranger, RoleName.COUNCIL_LEAD, partnership=other.partnership)
    role(scene.owner, RoleName.COUNCIL_LEAD, partnership=other.partnership)
    scene.milestone(TODAY, title="Go-live")
    MilestoneFactory(programme=other, owner=scene.owner, forecast=TODAY, title="Secret of others")
    MilestoneFactory(programme=other, owner=stranger, forecast=TODAY)
    assert scene.run_and_deliver() == ["sent", "sent"]
    sign_in(client, manager)
    assert rows(page(client)) == []
    html = page(client, f"{URL}?to=all")
    assert rows(html) == [
        (
            "24 November 2026 To Priya Raman Go-live Due 24 November 2026, Shared revenues "
            "Sent At 7am on 24 November 2026"
        )
    ]
    assert ("Secret of others" in html, "Sam Hill" in html) == (False, False)


def test_former_manager_is_a_reader_again(scene: Scene, client: Client) -> None:
    former = UserFactory()
    partnership = scene.programme.partnership
    role(former, RoleName.PROGRAMME_MANAGER, partnership=partnership, to_on=date(2026, 11, 23))
    scene.milestone(TODAY)
    scene.run()
    assert rows(page(sign_in(client, former), f"{URL}?to=all")) == []


def test_demonstration_says_where_mail_lands(scene: Scene, client: Client) -> None:
    sign_in(client, scene.owner)
    with override_settings(EMAIL_FILE_PATH="/srv/concordat/mail"):
        assert "Mails are written to files in /srv/concordat/mail and reach nobody." in words(page(client))
    for settings in ({"EMAIL_FILE_PATH": None}, {"DEMONSTRATION": False}):
        with override_settings(**settings):
            assert "written to files" not in page(client)


def test_mails_beyond_a_page_are_on_the_next(scene: Scene, client: Client) -> None:
    days = [date(2026, month, day) for month in (9, 10) for day in range(1, 14)]
    Digest.objects.bulk_create(Digest(recipient=scene.owner, day_on=day) for day in days)
    sign_in(client, scene.owner)
    assert (len(rows(page(client))), len(rows(page(client, f"{URL}?page=2")))) == (25, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_depend_on_the_number_of_mails(
    scene: Scene, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    for owner in [manager, *(scene.person(f"Owner {index}") for index in range(count - 1))]:
        scene.milestone(TODAY, owner=owner)
        scene.milestone(date(2026, 12, 3), owner=owner)
    scene.run()
    sign_in(client, manager)
    for address, queries in ((URL, 6), (f"{URL}?to=all", 7)):
        with django_assert_num_queries(queries):
            page(client, address)


def test_page_is_read_only(scene: Scene, client: Client) -> None:
    assert sign_in(client, scene.owner).post(URL).status_code == 405

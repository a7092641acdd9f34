"""A milestone is updated through the API by the same action as on its page."""

from datetime import date

import pytest
import time_machine

from accounts.enums import RoleName
from core.enums import Channel
from core.models import AuditEvent
from tests import factories
from tests.api.test_reads import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db):
    """A milestone, its address in the API, and the client of its programme manager."""
    milestone = factories.MilestoneFactory(forecast=date(2026, 12, 1))
    user = factories.UserFactory()
    factories.role(user, RoleName.PROGRAMME_MANAGER, partnership=milestone.programme.partnership)
    return milestone, f"/api/v1/milestones/{milestone.pk}/", client_of(user)


def test_update_saves_forecast_and_audits_its_channel(manager):
    milestone, address, client = manager
    answer = client.patch(address, {"version": 1, "forecast_on": "2027-01-15", "note": "Later"}).json()
    assert (answer["forecast"]["first_on"], answer["note"], answer["version"]) == ("2027-01-15", "Later", 2)
    milestone.refresh_from_db()
    assert (milestone.forecast_last_on, milestone.version) == (date(2027, 1, 15), 2)
    event = AuditEvent.objects.get(object_id=milestone.pk, action="update_milestone")
    assert event.channel == Channel.API


def test_update_of_older_version_is_a_conflict_and_changes_nothing(manager):
    milestone, address, client = manager
    client.patch(address, {"version": 1, "note": "First"})
    response = client.patch(address, {"version": 1, "note": "Second"})
    assert response.status_code == 409
    assert response.json()["detail"].endswith("Review their change before you save")
    milestone.refresh_from_db()
    assert milestone.note == "First"


@time_machine.travel("2026-11-24 12:00:00", tick=False)
def test_update_with_future_achieved_date_is_refused(manager):
    milestone, address, client = manager
    response = client.patch(address, {"version": 1, "achieved_on": "2026-11-25"})
    assert response.status_code == 400
    assert [error["message"] for error in response.json()["errors"]] == [
        "Actual date must be today or in the past"
    ]
    milestone.refresh_from_db()
    assert milestone.actual_last_on is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "version"),
        ({"version": 1, "forecast_on": "2027-02-30"}, "forecast_on"),
        ({"version": 1, "forecast_on": "soon"}, "forecast_on"),
        ({"version": "one"}, "version"),
        ({"version": 1, "note": "x" * 4001}, "note"),
    ],
)
def test_update_with_bad_input_names_the_field(manager, sent, field):
    _, address, client = manager
    response = client.patch(address, sent)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_update_by_reader_is_forbidden_with_the_reason(manager):
    milestone, address, _ = manager
    reader = factories.UserFactory()
    factories.role(reader, RoleName.MEMBER, partnership=milestone.programme.partnership)
    response = client_of(reader).patch(address, {"version": 1, "note": "Mine"})
    assert response.status_code == 403
    assert "You can read it" in response.json()["detail"]


def test_update_by_stranger_finds_nothing(manager):
    _, address, _ = manager
    assert client_of(factories.UserFactory()).patch(address, {"version": 1}).status_code == 404


@pytest.mark.parametrize("method", ["post", "put"])
def test_other_writes_are_not_offered(manager, method):
    _, address, client = manager
    assert getattr(client, method)(address, {}).status_code == 405


def test_update_of_version_too_large_for_the_database_is_a_conflict(manager):
    milestone, address, client = manager
    response = client.patch(address, {"version": 10**30, "note": "First"})
    assert response.status_code == 409
    milestone.refresh_from_db()
    assert (milestone.version, milestone.note) == (1, "")


@pytest.mark.parametrize("name", ["milestone", "token"])
def test_json_nested_too_deep_is_refused(manager, name):
    _, address, client = manager
    send = client.patch if name == "milestone" else client.post
    response = send(
        address if name == "milestone" else "/api/v1/token/", "[" * 100_000, content_type="application/json"
    )
    assert (response.status_code, response.json()["detail"]) == (
        400,
        "JSON parse error - it is nested too deep",
    )

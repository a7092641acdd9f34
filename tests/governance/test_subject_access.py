"""All that is held about a person: for that person alone, without others and without what is exempt."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import Client
from rest_framework.authtoken.models import Token

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from governance.actions.subject_access import export_held
from governance.models import BodyMember, Interest
from governance.queries.subject_access.columns import WITHHELD
from governance.queries.subject_access.named import references
from governance.queries.subject_access.personal import COVERED, personal_tables
from programme.models import Absence
from tests import factories
from tests.governance.exempt_scene import EXEMPT, exempt_scene, seat
from tests.rows_of_everything import rows_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]


def read(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The rows of each table, which its CSV file holds too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tables: dict[str, Any] = json.loads(archive.read("held.json"))["tables"]
        for name, table in tables.items():
            lines = archive.read(f"tables/{name}.csv").decode().splitlines()
            assert len(lines) == len(table["rows"]) + 1
            assert f"tables/{name}.csv: {table['title']}" in archive.read("README.txt").decode()
    return {name: table["rows"] for name, table in tables.items()}


def test_person_downloads_what_is_held_and_it_is_on_record(client: Client) -> None:
    user, other = factories.UserFactory(name="Pat Lane"), factories.UserFactory(name="Another Person")
    programme = factories.ProgrammeFactory()
    factories.role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    milestone = factories.MilestoneFactory(programme=programme, owner=user)
    Absence.objects.create(user=user, delegate=other, from_on="2026-12-01", to_on="2026-12-02")
    client.force_login(user)
    page = client.get("/account/held/").content.decode()
    assert ("Pat Lane" in page, "Days you are away" in page, "Another Person" in page) == (True, True, False)
    answer = client.post("/account/held/download/")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/zip", True)
    held = read(answer.content)
    assert {"What": "Name", "Held": "Pat Lane"} in held["account"]
    assert [one["Role"] for one in held["roles"]] == ["Programme manager"]
    assert [one["From"] for one in held["absences"]] == ["2026-12-01"]
    owned = [one for one in held["named"] if one["You are its"] == "owner"]
    assert [(one["Kind of record"], one["Programme"], one["Reference"]) for one in owned] == [
        ("Milestone", programme.key, milestone.ref)
    ]
    event = AuditEvent.objects.get(action="export_held")
    assert (event.by, event.object_id) == (user, user.pk)
    again = read(export_held(user, by=user))
    assert [one["What"] for one in again["done"]] == ["Export held"]
    with pytest.raises(PermissionDenied, match="about yourself alone"):
        export_held(user, by=other)


def test_nobody_reads_of_another_person() -> None:
    rows_of(factories.ProgrammeFactory())
    people = list(User.objects.all())
    for person in people[:3]:
        told = json.dumps(read(export_held(person, by=person)))
        assert [one.email for one in people if one != person and one.email in told] == []


def test_exempt_words_are_left_out() -> None:
    scene = exempt_scene()
    user = scene.programme.created_by
    member: BodyMember = seat(scene.body, user)
    item = scene.rows["agenda-items"]
    Interest.objects.create(item=item, member=member, kind="pecuniary", text="QZX shares", entered_by=user)
    assert read(export_held(user, by=user))["interests"][0]["Interest"] == "QZX shares"
    for key in ("decisions", "agenda-items"):
        row = scene.rows[key]
        marks = dict.fromkeys(row.withheld_fields, f"QZX {key}")
        type(row)._base_manager.filter(pk=row.pk).update(**EXEMPT, **marks)
    held = read(export_held(user, by=user))
    assert held["interests"][0]["Interest"] == WITHHELD
    assert "QZX" not in json.dumps(held)
    assert "Agenda item" in {one["Kind of record"] for one in held["named"]}


def test_what_is_not_named_by_number_has_a_table_of_its_own(
    django_assert_num_queries: AssertQueries,
) -> None:
    user = factories.UserFactory()
    with django_assert_num_queries(1):
        tables = personal_tables(user)
    read_by = {one.rows.model for one in tables if isinstance(one.rows, QuerySet)}
    assert {model for model, _ in COVERED} - read_by == {Token}  # which the account tells of
    assert {(model._meta.label_lower, field.name) for model, field in references()} >= {
        ("programme.milestone", "owner"),
        ("governance.edition", "published_by"),
    }


def test_command_answers_a_request_and_says_for_which(tmp_path: Path) -> None:
    user, file = factories.UserFactory(email="pat@ashmere.example"), tmp_path / "held.zip"
    call_command("subject_access", "Pat@ashmere.example", reason="Request 12", output=str(file), verbosity=0)
    assert {"What": "E-mail address", "Held": user.email} in read(file.read_bytes())["account"]
    assert AuditEvent.objects.get(action="export_held").why == "Request 12"
    with pytest.raises(CommandError, match="There is no account with the address nobody@x"):
        call_command("subject_access", "nobody@x.example", reason="Request 13", output=str(file))

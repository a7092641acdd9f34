"""Nobody saves over what someone else has saved meanwhile (domain.md section 8 row 84).

Every write of every page and of the API is in a table: either what is sent with the version before the one
that is there now, or why it edits no row that others change. An address in neither fails the first test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import sign_in
from tests.refusals.asking import everything_stored
from tests.stale import pages, routes
from tests.stale.addresses import writing_pages, writing_routes
from tests.stale.world import SEEN, World, make_world

pytestmark = pytest.mark.django_db

WORDS = "Someone changed this at 10:42am. Review their change before you save"


@pytest.fixture
def world(client: Client) -> Iterator[World]:
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False) as clock:
        made = make_world()
        clock.shift(timedelta(minutes=33))
        sign_in(client, made.user)
        yield made


def test_every_write_is_in_a_table() -> None:
    assert writing_pages() == {*pages.EDITS, *pages.NO_EDITS}
    assert writing_routes() == {*routes.EDITS, *routes.NO_EDITS}


def test_stale_form_is_shown_again_with_what_was_typed_and_nothing_is_stored(
    client: Client, world: World
) -> None:
    before = everything_stored()
    wrong = {}
    for name, typed in pages.EDITS.items():
        sent = world.filled(typed)
        answer = client.post(world.address(name), {"seen_version": SEEN, "seen": "open/7//", **sent})
        page = unescape(answer.content.decode())
        lost = [value for value in sent.values() if value not in page]
        is_ready = any(f'name="{box}" value="{value}"' in page for box, value in world.now(name).items())
        if (answer.status_code, page.count(WORDS), lost, is_ready) != (409, 1, [], True):
            wrong[name] = (answer.status_code, page.count(WORDS), lost, is_ready)
    assert wrong == {}
    assert everything_stored() == before


def send(client: Client, method: str, address: str, sent: dict[str, Any]) -> Any:
    """A request with JSON; with a file, as a form."""
    if "file" in sent:
        return client.post(address, sent | {"file": SimpleUploadedFile("lines.csv", sent["file"].encode())})
    return client.generic(method, address, json.dumps(sent), content_type="application/json")


def test_stale_request_of_the_api_is_refused_and_nothing_is_stored(client: Client, world: World) -> None:
    before = everything_stored()
    wrong = {}
    for name, given in routes.EDITS.items():
        method, _, route = name.partition(" ")
        sent = {"version": SEEN, "seen": "open/7//", **world.filled(given)}
        address = world.address(f"api:{route}")
        answer = send(client, method, address, sent)
        if (answer.status_code, answer.json().get("detail")) != (409, WORDS):
            wrong[name] = (answer.status_code, answer.content.decode()[:300])
    assert wrong == {}
    assert everything_stored() == before

"""Nobody reaches or names a row of a programme that they do not take part in: by no page and no route."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django import forms
from django.test import Client
from django.urls import reverse

from services.forms.review_fields import CouncilField
from tests.addresses import ADDRESSES
from tests.factories import sign_in
from tests.forged.boxes import BOXES, OTHER_BOXES
from tests.forged.fields import FORGED, NEEDED
from tests.forged.world import ForgedWorld, forged_world
from tests.refusals.asking import everything_stored
from tests.stale import pages, routes
from tests.stale.world import THERE

pytestmark = pytest.mark.django_db

FLOORS = ("programme", "services", "benefits", "governance")


@pytest.fixture
def world(client: Client) -> Iterator[ForgedWorld]:
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False):
        made = forged_world()
        sign_in(client, made.user)
        yield made


def forms_of(package: str) -> Iterator[type[forms.BaseForm]]:
    """The forms of one floor."""
    found = importlib.import_module(f"{package}.forms")
    for module in pkgutil.iter_modules(found.__path__):
        for one in vars(importlib.import_module(f"{found.__name__}.{module.name}")).values():
            if (
                isinstance(one, type)
                and issubclass(one, forms.BaseForm)
                and one.__module__.startswith(package)
            ):
                yield one


def test_every_box_that_names_a_row_is_in_the_table() -> None:
    kinds = (forms.ModelChoiceField, forms.ModelMultipleChoiceField, CouncilField)
    naming = {
        f"{form.__name__}.{name}"
        for floor in FLOORS
        for form in forms_of(floor)
        for name, box in getattr(form, "base_fields", {}).items()
        if isinstance(box, kinds) or name == "decision_ref"
    }
    known = {box for boxes in BOXES.values() for box in boxes}
    assert naming - known == {*OTHER_BOXES}


def renamed(value: Any, whose: str) -> Any:
    """A request about a row of theirs, about a row of others."""
    return json.loads(json.dumps(value).replace("{their_", f"{{{whose}_"))


def send(client: Client, method: str, address: str, given: dict[str, Any]) -> Any:
    """A request of the API about rows as they are now."""
    sent = json.dumps({"version": THERE, "seen": "open///", **given})
    return client.generic(method, address, sent, content_type="application/json")


def address_of(world: ForgedWorld, name: str) -> str:
    """Where a page is; of a decision's steps, the one named behind the stroke."""
    page, _, step = name.partition("/")
    return reverse(page, kwargs={**world.rows["decision"], "step": step}) if step else world.address(page)


def refused_at(answer: Any) -> set[str]:
    """The boxes to which the error summary leads."""
    summary = answer.content.decode().partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return {name.removeprefix("id_") for name in re.findall(r'href="#([^"]+)"', summary)}


def boxes_taken(client: Client, world: ForgedWorld, whose: str) -> Iterator[tuple[str, set[str]]]:
    """Pages that take a row of these, or store what they were sent."""
    for name, boxes in BOXES.items():
        ids = {box.partition(".")[2]: world.ids.get(f"{whose}_{kind}") for box, kind in boxes.items()}
        forged = {box: value for box, value in ids.items() if value}
        sent = {"seen_version": THERE, **world.filled(pages.EDITS.get(name, {})), **forged}
        answer = client.post(address_of(world, name), sent) if forged else None
        refused = refused_at(answer) if answer else set()
        free = {box for box in forged if not any(one.startswith(box) for one in refused)}
        if free or (answer and answer.status_code != 422):
            yield name, free


def requests_taken(client: Client, world: ForgedWorld, whose: str) -> Iterator[tuple[str, str]]:
    """Requests that name a row of these and are not refused for that."""
    for name, their, field in FORGED:
        method, _, route = name.partition(" ")
        given = renamed(their, whose)
        if not world.can_fill(given):
            continue
        answer = send(client, method, world.address(f"api:{route}"), world.filled(given))
        refused = [one["field"] for one in answer.json().get("errors", [])]
        if answer.status_code != field and not (answer.status_code == 400 and field in refused):
            yield name, answer.content.decode()


def rows_reached(client: Client, world: ForgedWorld) -> Iterator[tuple[str, int]]:
    """Routes, and pages that nobody opens, about a row of theirs: what they answer."""
    for name in [*pages.EDITS, *pages.NO_EDITS]:
        row, answers = ADDRESSES[name]
        if (row := world.theirs[row]) and 405 in answers:
            yield name, client.post(reverse(name, kwargs=row), {"seen_version": "1"}).status_code
    for name in [*routes.EDITS, *routes.NO_EDITS]:
        method, _, route = name.partition(" ")
        if row := world.theirs[ADDRESSES[f"api:{route}"][0]]:
            given = world.filled(routes.EDITS.get(name, NEEDED.get(name, {})))
            yield name, send(client, method, reverse(f"api:{route}", kwargs=row), given).status_code


def test_rows_of_others_are_neither_reached_nor_named_and_nothing_is_stored(
    client: Client, world: ForgedWorld
) -> None:
    before = everything_stored()
    assert {name: status for name, status in rows_reached(client, world) if status != 404} == {}
    for whose in ("their", "kin"):
        assert dict(boxes_taken(client, world, whose)) == {}
        assert dict(requests_taken(client, world, whose)) == {}
    assert everything_stored() == before

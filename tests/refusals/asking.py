"""A refusal: what one asks of a page and of the API, and the message both must answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from django.apps import apps
from django.db import connection

FLOORS = ("core", "accounts", "programme", "services", "benefits", "governance")


@dataclass(frozen=True)
class Asked:
    """Two requests that are ready to be sent: people are signed in and rows stand."""

    page: Callable[[], Any]
    api: Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """A row of domain.md section 8 as something that a person tries."""

    number: int
    name: str
    message: str
    prepare: Callable[[], Asked]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the product, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for label, query in _reads().items():
            cursor.execute(query)
            found[label] = cursor.fetchall()
    return found


@cache
def _reads() -> dict[str, str]:
    """What reads each table: written out once, for it is read some hundred times."""
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    return {model._meta.label: str(model._default_manager.order_by("pk").query) for model in models}


def is_said_on_page(response: Any, message: str) -> bool:
    """Whether a form that was sent back says exactly this, after the name of a box or by itself."""
    assert response.status_code == 422, response.status_code
    page = unescape(response.content.decode())
    return re.search(rf"(>|: ){re.escape(message)}<", page) is not None


def said_by_api(response: Any) -> list[str]:
    """The messages of a refusal of the API."""
    assert response.status_code == 400, (response.status_code, response.content)
    return [error["message"] for error in response.json()["errors"]]

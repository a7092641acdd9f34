"""A refusal: what one asks of a page and of the API, and the message both must answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.apps import apps

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


def everything_stored() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the product."""
    models = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def is_said_on_page(response: Any, message: str) -> bool:
    """Whether a form that was sent back says exactly this, after the name of a box or by itself."""
    assert response.status_code == 422, response.status_code
    page = unescape(response.content.decode())
    return re.search(rf"(>|: ){re.escape(message)}<", page) is not None


def said_by_api(response: Any) -> list[str]:
    """The messages of a refusal of the API."""
    assert response.status_code == 400, (response.status_code, response.content)
    return [error["message"] for error in response.json()["errors"]]

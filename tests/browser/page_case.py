"""One page of the product with something real to show on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from accounts.enums import RoleName
from governance.demonstration.golden import KEY

HISTORIC_KEY = "south_oxfordshire_vale"

Arguments = Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page: its name, what its address needs, which of several is meant, what shows that it is drawn."""

    name: str
    arguments: Arguments = dict
    variant: str = ""
    drawn: str = "main h1"
    query: str = ""
    role: RoleName = RoleName.PROGRAMME_MANAGER

    def __str__(self) -> str:
        return f"{self.name} {self.variant}".strip()

    @property
    def path(self) -> str:
        """The address, without the host. Reads the database."""
        return reverse(self.name, kwargs=self.arguments()) + self.query

    def open(self, page: Page) -> None:
        """Go there, see that it answers, and wait until it is drawn."""
        answer = page.goto(self.path)
        assert answer is not None
        assert answer.status == 200
        page.wait_for_selector(self.drawn)


def with_key(key: str) -> Arguments:
    """What an address takes that names a programme or a council."""
    return lambda: {"key": key}


def of_programmes(*names: str) -> list[PageCase]:
    """Pages of the living programme and of one that only a source tells of."""
    return [
        PageCase(name, with_key(key), variant)
        for name in names
        for key, variant in ((KEY, "living"), (HISTORIC_KEY, "historic"))
    ]

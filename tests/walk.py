"""A person who goes from page to page by what the pages offer, and never types an address."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

from accounts.models import User
from tests.factories import sign_in
from tests.html_forms import forms_of


class _Links(HTMLParser):
    """The links of the main part of a page, by their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.href, self.words = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.href, self.words = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href:
            self.found.setdefault(re.sub(r"\s+", " ", self.words).strip(), self.href)
            self.href = ""


class Walker:
    """One person at one page. `steps` counts links followed and forms sent, `typed` the boxes filled in."""

    def __init__(self, user: User, address: str) -> None:
        self.client = sign_in(Client(), user)
        self.steps = self.typed = 0
        self._open(address)

    def follow(self, words: str) -> Walker:
        """Follow the link with these words; fails where the page has none."""
        links = _Links()
        links.feed(self.html)
        assert words in links.found, (words, self.address, sorted(links.found))
        self.steps += 1
        self._open(urljoin(self.address, links.found[words]))
        return self

    def send(self, **typed: str) -> Walker:
        """Fill in boxes of the one form that has them, leave the others as they stand, and send it."""
        boxes = set(typed) - {"then"}
        found = [form for form in forms_of(self.html) if boxes <= form.names and form.names - {"next"}]
        assert len(found) == 1, (sorted(typed), self.address, [sorted(form.names) for form in found])
        answer = self.client.post(urljoin(self.address, found[0].action), {**found[0].values, **typed})
        assert answer.status_code == 302, (self.address, answer.status_code, _said(answer))
        self.steps += 1
        self.typed += len(boxes)
        self._open(urljoin(self.address, answer.url))
        return self

    def _open(self, address: str) -> None:
        page = self.client.get(address.partition("#")[0])
        assert page.status_code == 200, (address, page.status_code)
        self.address, self.html = address, page.content.decode().partition("<main")[2]


def _said(answer: Any) -> str:
    summary = answer.content.decode().partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return re.sub(r"<[^>]+>", " ", summary)

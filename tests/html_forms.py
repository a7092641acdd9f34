"""Forms of a page as a browser sends them: every box with what stands in it, changed where one types."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class _Form:
    """Where a form goes, the names of its boxes, and what it sends as it stands."""

    action: str
    names: set[str] = field(default_factory=set)
    values: dict[str, str | list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.form: _Form | None = None
        self.select = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = _Form(known.get("action", ""))
            self.forms.append(self.form)
        if self.form is None:
            return
        name, value = known.get("name", ""), known.get("value", "")
        if name and tag in ("input", "select", "textarea"):
            self.form.names.add(name)
        if tag == "input" and name:
            self._input(self.form, known, name, value)
        elif tag == "textarea":
            self.text = name
            self.form.values[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and (self.select not in self.form.values or "selected" in known):
            self.form.values[self.select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.text = ""

    def handle_data(self, data: str) -> None:
        if self.text and self.form is not None:
            self.form.values[self.text] = f"{self.form.values[self.text]}{data}".removeprefix("\n")

    def _input(self, form: _Form, known: dict[str, str], name: str, value: str) -> None:
        if known.get("type") not in ("checkbox", "radio", "file", "submit"):
            form.values[name] = value
        elif "checked" in known:
            form.values[name] = [*form.values.get(name, []), value]


def fill_in(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """Open a page, type into the one form that has all these boxes, and send it: the answer.

    Fails where no form has them, so that nothing is sent which people could not send.
    """
    forms = _forms_of(client, address)
    found = [form for form in forms if set(typed) <= form.names]
    assert len(found) == 1, (address, sorted(typed), [sorted(form.names) for form in forms])
    return client.post(found[0].action or address, {**found[0].values, **typed})


def filled(client: Client, address: str) -> dict[str, str | list[str]]:
    """What the largest form of a page sends as it stands."""
    return max(_forms_of(client, address), key=lambda form: len(form.names)).values


def forms_of(html: str) -> list[_Form]:
    """The forms of a page, in their order."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms


def _forms_of(client: Client, address: str) -> list[_Form]:
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return forms_of(page.content.decode())

"""Links that narrow a list, and the place a milestone's form was opened from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from programme.queries.work import Scope
from programme.rules.worklist import Grouping, Section

Choice = TypeVar("Choice", bound=StrEnum)
Default = TypeVar("Default")


@dataclass(frozen=True, slots=True)
class FilterLink:
    """One way to narrow a list; the present one is in bold."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def filter_link(
    request: HttpRequest, name: str, value: str, label: str, count: int | None = None
) -> FilterLink:
    """A link to the present page with one parameter changed; an empty value takes it away."""
    parameters = request.GET.copy()
    is_current = parameters.get(name, "") == value
    for dropped in (name, "page"):
        parameters.pop(dropped, None)
    if value:
        parameters[name] = value
    query = parameters.urlencode()
    return FilterLink(label, f"{request.path}?{query}" if query else request.path, is_current, count)


class Layout(StrEnum):
    """The table that a milestone's row stands in."""

    WORK = "work"
    HOME = "home"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a milestone's form was opened from: the table and its choice, and the address to go back to."""

    layout: Layout = Layout.WORK
    scope: Scope = Scope.MINE
    section: Section | None = None
    back: str = ""
    shows_programme: bool = False
    has_action: bool = True
    grouping: Grouping = Grouping.NEED

    @classmethod
    def of(cls, request: HttpRequest) -> Place:
        """The place that an address names; anything unknown in it, or a foreign address, is left out."""
        given = request.GET
        back = given.get("next", "")
        is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return cls(
            layout=_member(Layout, given.get("row"), Layout.WORK),
            scope=_member(Scope, given.get("scope"), Scope.MINE),
            section=_member(Section, given.get("show"), None),
            back=back if is_ours else "",
            shows_programme=given.get("programme") == "1",
            grouping=grouping_asked(request),
        )

    @property
    def query(self) -> str:
        """The place as parameters of an address."""
        named = {
            "row": self.layout,
            "scope": self.scope if self.scope != Scope.MINE else "",
            "show": self.section or "",
            "by": self.grouping if self.grouping != Grouping.NEED else "",
            "programme": "1" if self.shows_programme else "",
            "next": self.back,
        }
        return urlencode({name: str(value) for name, value in named.items() if value})

    @property
    def back_url(self) -> str:
        """The address to go back to; a person's own work where none was given."""
        return self.back or reverse("programme:my_work")

    @property
    def is_work(self) -> bool:
        """Whether the rows are those of a work list."""
        return self.layout in (Layout.WORK, Layout.HOME)

    @property
    def shows_owner(self) -> bool:
        """Whether the rows are not all the person's own."""
        return self.scope != Scope.MINE

    @property
    def columns(self) -> int:
        """How many columns an open row spans."""
        return 5


def section_asked(request: HttpRequest) -> Section | None:
    """The part of a work list that the address asks for."""
    return _member(Section, request.GET.get("show"), None)


def grouping_asked(request: HttpRequest) -> Grouping:
    """How the address asks for a work list to be parted."""
    return _member(Grouping, request.GET.get("by"), Grouping.NEED)


def scope_asked(request: HttpRequest, offered: list[Scope]) -> Scope:
    """The scope that the address asks for, where it is offered; else the person's own."""
    scope = _member(Scope, request.GET.get("scope"), Scope.MINE)
    return scope if scope in offered else Scope.MINE


def _member(choices: type[Choice], text: str | None, default: Default) -> Choice | Default:
    return choices(text) if text in list(choices) else default

"""What the form pages of the benefits floor have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from programme.models import Programme
from programme.views.context import programme_context
from programme.views.recording import Crumb, FormPage

SAVINGS_MENU = "benefits:savings_detail"


def form_page(
    programme: Programme,
    heading: str,
    save: str,
    back: Crumb,
    *,
    lead: str = "",
    facts: tuple[tuple[str, object], ...] = (),
    menu_page: str = SAVINGS_MENU,
    more: Mapping[str, Any] | None = None,
) -> FormPage:
    """A form of the programme, below `back`: the label and address of the page it came from.

    `more` is what its own template needs beside the programme.
    """
    crumbs = ((programme.name, programme.get_absolute_url()), back)
    return FormPage(
        heading,
        programme.name,
        save,
        back[1],
        crumbs,
        lead=lead,
        facts=facts,
        menu_page=menu_page,
        context=programme_context(programme) | dict(more or {}),
    )


def list_crumb(label: str, name: str, programme: Programme) -> Crumb:
    """The label and address of a list of the programme."""
    return label, reverse(name, args=[programme.key])

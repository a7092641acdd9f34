"""Where the pages of apportionment stand: their menu entry, crumbs and addresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from programme.models import Programme
from programme.views.context import programme_context
from services.models import CostPool

MENU_PAGE = "services:service_list"


def page_context(programme: Programme) -> dict[str, Any]:
    """The programme, its councils, and the menu entry to mark."""
    return {"menu_page": MENU_PAGE, **programme_context(programme)}


def list_url(programme: Programme) -> str:
    """The address of a programme's pools."""
    return reverse("services:key_list", args=[programme.key])


def pool_url(pool: CostPool) -> str:
    """The address of a pool."""
    return reverse("services:pool_detail", args=[pool.pk])


def crumbs(programme: Programme, pool: CostPool | None = None) -> tuple[tuple[str, str], ...]:
    """The way to a page of the programme, or to one of a pool."""
    crumbs = (
        (programme.name, programme.get_absolute_url()),
        ("Apportionment", list_url(programme)),
    )
    return (*crumbs, (str(pool), pool_url(pool))) if pool else crumbs

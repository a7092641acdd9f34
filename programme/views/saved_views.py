"""Lists with their filters, kept under a name: save, rename, share and remove them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.forms.conflict import SeenForm
from programme.actions.saved_view import change_view, remove_view, save_view
from programme.enums import OVERALL_PAGES, SavedPage
from programme.forms.saved_view import SavedViewForm
from programme.models import Programme, SavedView
from programme.models.saved_view import LIST_PAGES
from programme.policies import can_share_view, check_change_view
from programme.queries.saved_views import saved_views, view_rows
from programme.rules.saved_view import kept_query
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_safe
def saved_view_list(request: HttpRequest, page: str, key: str = "") -> HttpResponse:
    """The views of one list that this person can open, and what they may do with each.

    Without a key those of a list over all programmes.
    """
    user = person(request)
    programme, kind = _list_of(user, key, page)
    context = {
        "rows": view_rows(programme, kind, user),
        "page": kind,
        "list_url": _list_url(programme, kind),
        "menu_page": _menu_page(kind),
        **programme_context(programme),
    }
    return render(request, "programme/saved_view_list.html", context)


@login_required
@require_http_methods(FORM)
def saved_view_create(request: HttpRequest, page: str, key: str = "") -> HttpResponse:
    """Keep the filters that the address holds."""
    user = person(request)
    programme, kind = _list_of(user, key, page)
    query = kept_query(request.META["QUERY_STRING"])

    def save(data: Mapping[str, Any]) -> SavedView:
        shared = data.get("is_shared", False)
        return save_view(programme, by=user, page=kind, name=data["name"], query=query, is_shared=shared)

    form = SavedViewForm(sent(request), can_share=can_share_view(user, programme))
    shown = _form_page(programme, kind, "Save this view", "Save the view", query)
    return record_form(request, shown, form, save, saved="The view is saved", then=SavedView.get_absolute_url)


@login_required
@require_http_methods(FORM)
def saved_view_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a view another name, share it, or share it no more."""
    user = person(request)
    view = _view(user, pk)
    check_change_view(user, view)

    def save(data: Mapping[str, Any]) -> SavedView:
        shared = data.get("is_shared", view.is_shared)
        seen_version = data["seen_version"] or 0
        return change_view(view, by=user, seen_version=seen_version, name=data["name"], is_shared=shared)

    form = SavedViewForm(sent(request), can_share=can_share_view(user, view.programme), view=view)
    shown = _form_page(view.programme, SavedPage(view.page), f"Change the view {view}", "Save the view")
    return record_form(request, shown, form, save, saved="The view is saved", then=SavedView.get_absolute_url)


@login_required
@require_http_methods(FORM)
def saved_view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a view away."""
    user = person(request)
    view = _view(user, pk)
    check_change_view(user, view)

    def save(data: Mapping[str, Any]) -> SavedView:
        remove_view(view, by=user, seen_version=data["seen_version"])
        return view

    form = SeenForm(sent(request), initial={"seen_version": view.version})
    shown = _form_page(view.programme, SavedPage(view.page), f"Remove the view {view}", "Remove it")
    return record_form(request, shown, form, save, saved="The view is removed")


def view_links(request: HttpRequest, programme: Programme | None, page: SavedPage) -> list[FilterLink]:
    """Links that open the views of a list; the one that the address asks for is in bold. One query."""
    asked = kept_query(request.META["QUERY_STRING"])
    return [
        FilterLink(view.name, view.get_absolute_url(), bool(asked) and view.query == asked)
        for view in saved_views(programme, page, person(request))
    ]


def _list_of(user: User, key: str, page: str) -> tuple[Programme | None, SavedPage]:
    """The programme, where the list is of one, and the list."""
    programme = visible_programme(user, key) if key else None
    if page not in SavedPage.values or (page in OVERALL_PAGES) != (programme is None):
        raise Http404
    return programme, SavedPage(page)


def _list_url(programme: Programme | None, kind: SavedPage) -> str:
    return reverse(LIST_PAGES[kind], args=[programme.key] if programme else [])


def _menu_page(kind: SavedPage) -> str:
    return LIST_PAGES[SavedPage.PORTFOLIO if kind in OVERALL_PAGES else kind]


def _view(user: User, pk: int) -> SavedView:
    views = SavedView.objects.visible_to(user).select_related("programme__partnership", "created_by")
    return get_object_or_404(views, pk=pk)


def _form_page(
    programme: Programme | None, kind: SavedPage, heading: str, save: str, query: str = ""
) -> FormPage:
    back = _list_url(programme, kind)
    above = ((programme.name, programme.get_absolute_url()),) if programme else ()
    return FormPage(
        heading=heading,
        caption=programme.name if programme else str(kind.label),
        save=save,
        back_url=f"{back}?{query}" if query else back,
        crumbs=(*above, (str(kind.label), back)),
        menu_page=_menu_page(kind),
        context=programme_context(programme),
    )

"""Keep the filters of a list under a name, rename, share and remove them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.enums import OVERALL_PAGES, SavedPage
from programme.models import Programme, SavedView
from programme.policies import check_change_view, check_share_view
from programme.rules.saved_view import kept_query

LONGEST_NAME, LONGEST_QUERY = 80, 1_000
OF_A_PROGRAMME = "Choose the programme whose list this is"
OF_NO_PROGRAMME = "This list is of all programmes. Leave out the programme"


@transaction.atomic
def save_view(
    programme: Programme | None,
    *,
    by: User,
    page: SavedPage,
    name: str,
    query: str,
    is_shared: bool = False,
    channel: Channel = Channel.PAGE,
) -> SavedView:
    """A new view of one's own, shared with the programme where its manager says so.

    A list over all programmes belongs to none, and a view of it is not shared.
    """
    if (page in OVERALL_PAGES) != (programme is None):
        raise Refusal(OF_NO_PROGRAMME if programme else OF_A_PROGRAMME, "programme")
    if programme and not Programme.objects.visible_to(by).filter(pk=programme.pk).exists():
        raise PermissionDenied("You cannot read this programme. Ask its manager for a role in it")
    if is_shared:
        check_share_view(by, programme)
    _hold(programme, by)
    called = _checked_name(name)
    values = {"name": called, "query": _checked_query(query), "is_shared": is_shared}
    _check_free(programme, page, by, called)
    view = SavedView.objects.create(programme=programme, page=page, created_by=by, updated_by=by, **values)
    audit.record(view, by=by, action="save_view", channel=channel, scope=_scope(view), after=values)
    return view


@transaction.atomic
def change_view(
    view: SavedView,
    *,
    by: User,
    seen_version: int,
    name: str,
    is_shared: bool,
    channel: Channel = Channel.PAGE,
) -> SavedView:
    """The view under another name, shared or not any more; saving without a change leaves no trace."""
    check_change_view(by, view)
    _hold(view.programme, view.created_by)
    check_seen(view, seen_version)
    called = _checked_name(name)
    values = {"name": called, "is_shared": is_shared}
    before = {field: getattr(view, field) for field in values}
    if values == before:
        return view
    if is_shared != view.is_shared:
        check_share_view(by, view.programme)
    _check_free(view.programme, SavedPage(view.page), view.created_by, called, view)
    write_next(view, values, by=by, seen_version=seen_version)
    audit.record(
        view,
        by=by,
        action="change_view",
        channel=channel,
        scope=_scope(view),
        before=before,
        after=values,
    )
    return SavedView.objects.select_related("programme").get(pk=view.pk)


@transaction.atomic
def remove_view(view: SavedView, *, by: User, seen_version: int, channel: Channel = Channel.PAGE) -> None:
    """Take a view away; the list itself stays as it is."""
    check_change_view(by, view)
    locked = SavedView.objects.select_for_update().get(pk=view.pk)
    check_seen(locked, seen_version)
    before = {"name": view.name, "query": view.query, "is_shared": view.is_shared}
    audit.record(view, by=by, action="remove_view", channel=channel, scope=_scope(view), before=before)
    locked.delete()


def _hold(programme: Programme | None, owner: User) -> None:
    """Let nobody else name a view of the same list meanwhile."""
    if programme:
        Programme.objects.select_for_update().get(pk=programme.pk)
    else:
        User.objects.select_for_update().get(pk=owner.pk)


def _scope(view: SavedView) -> str:
    return view.programme.key if view.programme else ""


def _checked_name(name: str) -> str:
    found = " ".join(check_text(name, "Name", LONGEST_NAME, "name").split())
    if not found:
        raise Refusal("Enter a name for this view", "name")
    return found


def _checked_query(query: str) -> str:
    kept = kept_query(query)
    if len(kept) > LONGEST_QUERY:
        raise Refusal("These are more filters than a view can keep. Remove some, then save the view", "query")
    return kept


def _check_free(
    programme: Programme | None, page: SavedPage, owner: User, name: str, view: SavedView | None = None
) -> None:
    """Refuse a name that another view of the same person and list has, in whatever case."""
    own = SavedView.objects.filter(programme=programme, page=page, created_by=owner, name__iexact=name)
    others = own.exclude(pk=view.pk) if view else own
    if others.exists():
        raise Refusal(f"There is already a view called {name}. Choose another name", "name")

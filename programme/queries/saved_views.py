"""The views of a list that a person can open."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from programme.enums import SavedPage
from programme.models import Programme, SavedView
from programme.policies import can_share_view


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view, and whether this person may rename and remove it."""

    view: SavedView
    is_own: bool
    can_change: bool

    @property
    def whose(self) -> str:
        """Yours; shared by Priya Raman."""
        if not self.view.is_shared:
            return "Yours"
        return "Yours, shared" if self.is_own else f"Shared by {self.view.created_by}"


def saved_views(programme: Programme | None, page: SavedPage, user: User) -> list[SavedView]:
    """One’s own views of a list and those that the programme shares, by name. One query."""
    found = SavedView.objects.visible_to(user).filter(programme=programme, page=page)
    return list(found.select_related("programme", "created_by").order_by("name", "pk"))


def view_rows(programme: Programme | None, page: SavedPage, user: User) -> list[ViewRow]:
    """The same with what this person may do with each. Two queries."""
    manages = can_share_view(user, programme)
    rows = []
    for view in saved_views(programme, page, user):
        is_own = view.created_by_id == user.pk
        rows.append(ViewRow(view, is_own, is_own or (view.is_shared and manages)))
    return rows

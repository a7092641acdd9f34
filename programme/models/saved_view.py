"""Lists with their filters, kept under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from programme.enums import OVERALL_PAGES, SavedPage
from programme.querysets import SavedViewQuerySet


class SavedView(Versioned):
    """What a person narrowed a list to, under a name of their own; or one that the programme shares.

    A view of a list over all programmes has no programme, and is its maker's alone.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, null=True, blank=True, related_name="saved_views"
    )
    page = models.CharField(max_length=12, choices=SavedPage)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1_000, blank=True, help_text="the filters as in the address")
    is_shared = models.BooleanField("shared with the programme", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "page", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "page", "created_by", "name"], name="programme_saved_view_unique"
            ),
            models.UniqueConstraint(
                fields=["page", "created_by", "name"],
                condition=Q(programme__isnull=True),
                name="programme_saved_view_overall_unique",
            ),
            models.CheckConstraint(
                name="programme_saved_view_programme",
                condition=Q(programme__isnull=True, page__in=OVERALL_PAGES, is_shared=False)
                | (Q(programme__isnull=False) & ~Q(page__in=OVERALL_PAGES)),
                violation_error_message="Choose the programme whose list this is",
            ),
            models.CheckConstraint(
                name="programme_saved_view_name",
                condition=~Q(name=""),
                violation_error_message="Enter a name for this view",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        page = reverse(LIST_PAGES[SavedPage(self.page)], args=[self.programme.key] if self.programme else [])
        return f"{page}?{self.query}" if self.query else page


LIST_PAGES = {
    SavedPage.MILESTONES: "programme:milestone_list",
    SavedPage.ALL_MILESTONES: "programme:all_milestones_list",
    SavedPage.PORTFOLIO: "programme:portfolio",
}


def register_list_page(page: SavedPage, address: str) -> None:
    """Let a higher floor name the address, as "noun:verb", of a list of its own whose filters can be kept."""
    LIST_PAGES[page] = address

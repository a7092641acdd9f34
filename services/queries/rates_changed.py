"""Reminders of reference data that has a newer version than a business case uses (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.urls import reverse

from core.rules.words import listed
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told
from programme.querysets import QUIET
from services.enums import CaseState
from services.models import BusinessCase
from services.queries.case_reference import reference_uses

# Cases that nobody has decided on yet.
_OPEN = (
    CaseState.DRAFT,
    CaseState.INTERNAL_REVIEW,
    CaseState.S151_REVIEW,
    CaseState.ISSUED,
    CaseState.RECOMMENDED,
)


class RatesChanged(RoleReminders):
    """Tells the author of a business case that is not decided of newer rates, once they are in force.

    It clears when the case uses them, or is decided.
    """

    rule = "reference_changed"
    object_type = BusinessCase._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the case, which says what is newer."""
        return reverse("services:business_case_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Cases with tables that have a newer version, by the day on which it was looked up or came into
        force. One query."""
        rows = BusinessCase.objects.filter(state__in=_OPEN).exclude(programme__state__in=QUIET)
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        for case in rows.select_related("programme").order_by("pk"):
            for on, tables in sorted(_newer(case).items()):
                if span is None or span[0] <= on <= span[1]:
                    title = f"{listed(tables)} changed: {case.ref} {case.title}"
                    when = "A newer version is in force"
                    yield Happening(case.pk, on, title, case.programme, _told(case), when)


def _newer(case: BusinessCase) -> dict[date, list[str]]:
    found: dict[date, list[str]] = defaultdict(list)
    for use in reference_uses(case):
        if use.used and use.newer is not None:
            name = use.name if not found else use.name[0].lower() + use.name[1:]
            found[max(use.newer.effective_from, use.newer.retrieved_on)].append(name)
    return found


def _told(case: BusinessCase) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        author = holders.readers_among([case.created_by_id], case.programme.partnership_id)
        return [(author, ReminderStep.TOLD, "Author of the business case")]

    return told

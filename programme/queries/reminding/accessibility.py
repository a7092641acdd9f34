"""The yearly review of the accessibility statement, as a source of reminders: administrators are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import RoleHeld
from core.clock import today
from core.rules.accessibility import statement
from programme.enums import ReminderStep
from programme.models import Programme
from programme.rules.reminder_catalogue import RULES, ReminderRule
from programme.rules.reminders import DueItem, Part

STATEMENT = 1  # there is one statement
HERE = "This installation of Concordat"


class AccessibilityReview:
    """A month before the statement is to be reviewed, and on the day."""

    rule = "accessibility_review"
    object_type = ""
    is_for_holders_alone = False

    @property
    def spec(self) -> ReminderRule:
        """What the catalogue says of it."""
        return RULES[self.rule]

    def due_between(self, first_on: date, last_on: date) -> Iterator[DueItem]:
        """The review, where it falls into these days. At most two queries."""
        if first_on <= statement().review_by <= last_on:
            yield from self._items()

    def still_due(self, recipient_id: int, object_ids: Collection[int]) -> Iterator[DueItem]:
        """The review, while no newer statement has been made."""
        if STATEMENT in object_ids:
            yield from (one for one in self._items() if one.recipient_id == recipient_id)

    def path(self, object_id: int) -> str:
        """The statement."""
        return reverse("core:accessibility")

    def _items(self) -> Iterator[DueItem]:
        """One for each administrator. A reminder hangs on a programme: the first that is under way."""
        programme = Programme.objects.live().order_by("pk").first()
        held = RoleHeld.objects.current(today()).filter(role=RoleName.ADMINISTRATOR, user__is_active=True)
        people = held.values_list("user", flat=True).distinct().order_by("user")
        for person in people if programme else ():
            yield DueItem(
                rule=self.rule,
                object_id=STATEMENT,
                recipient_id=person,
                due_on=statement().review_by,
                title="The accessibility statement is to be reviewed",
                programme_id=programme.pk if programme else 0,
                programme=HERE,
                path=self.path(STATEMENT),
                noun=self.spec.noun,
                act=self.spec.act,
                parts=(Part(ReminderStep.TOLD, str(RoleName.ADMINISTRATOR.label)),),
            )

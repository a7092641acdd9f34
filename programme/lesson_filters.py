"""What lessons are narrowed to, kept in the address of the page and of its files."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import User
from core.forms.fields import PlainTextField
from programme.enums import Gate
from programme.filters import NOT_LISTED
from programme.models import Lesson, Programme
from programme.queries.assurance.lesson_places import service_kinds
from programme.queries.assurance.lessons import LessonRow, lesson_rows

_WITHIN = (("", "This programme"), ("partnership", "This partnership"), ("all", "All that you can open"))


class LessonFilter(forms.Form):
    """Words, how far to look, what the lesson concerns, and whether it was used."""

    q = PlainTextField(label="Words", max_length=100, required=False)
    within = forms.ChoiceField(label="From", required=False, choices=_WITHIN)
    gate = forms.ChoiceField(required=False, choices=[("", "All"), *Gate.choices])
    service_kind = forms.ChoiceField(label="Kind of service", required=False)
    used = forms.ChoiceField(
        label="Used", required=False, choices=[("", "All"), ("yes", "Used"), ("no", "Not used yet")]
    )

    def __init__(self, data: Any, *, programme: Programme, user: User) -> None:
        """Lessons of `programme`, or further away, of those that `user` may see."""
        super().__init__(data, auto_id="filter-%s")
        self.programme, self.user = programme, user
        kinds = [("", "All"), *service_kinds()]
        cast(forms.ChoiceField, self.fields["service_kind"]).choices = kinds
        for name in ("within", "gate", "service_kind", "used"):
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def narrowed(self) -> list[LessonRow]:
        """The lessons that meet the choice; a limit that is not in the list is left out. Four queries."""
        self.is_valid()
        chosen = self.cleaned_data
        lessons = _within(self.programme, self.user, chosen.get("within", ""))
        for word in chosen.get("q", "").split():
            lessons = lessons.filter(
                Q(text__icontains=word) | Q(evidence__icontains=word) | Q(recommended_change__icontains=word)
            )
        if chosen.get("gate"):
            lessons = lessons.filter(gate=int(chosen["gate"]))
        if chosen.get("service_kind"):
            lessons = lessons.filter(service_kind=chosen["service_kind"])
        used = chosen.get("used")
        rows = lesson_rows(lessons.order_by("programme__name", "order_index", "pk"), self.user)
        return [row for row in rows if not used or bool(row.used) == (used == "yes")]


def _within(programme: Programme, user: User, choice: str) -> QuerySet[Lesson]:
    seen = Lesson.objects.visible_to(user)
    if choice == "all":
        return seen
    if choice == "partnership":
        return seen.filter(programme__partnership=programme.partnership_id)
    return seen.filter(programme=programme)

"""Fields that the forms of a review share, and what differs when someone else saved first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from core.rules.calendar import format_date
from programme.models import Council


class CouncilField(forms.ChoiceField):
    """A choice of councils, in their order; its value is the council or None."""

    def __init__(self, *, councils: Iterable[Council] = (), empty_label: str = "", **kwargs: Any) -> None:
        self.empty_label = empty_label
        super().__init__(**kwargs)
        self.set_councils(councils)

    def set_councils(self, councils: Iterable[Council]) -> None:
        """Offer these councils, after the empty choice."""
        self.councils = {council.key: council for council in councils}
        self.choices = [
            ("", self.empty_label),
            *((council.key, str(council)) for council in self.councils.values()),
        ]

    def prepare_value(self, value: Any) -> Any:
        """The key of the council, or what was sent."""
        return value.key if isinstance(value, Council) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another council is chosen."""
        return bool((self.prepare_value(initial) or "") != (data or ""))

    def clean(self, value: Any) -> Council | None:
        """The council chosen, or None."""
        return self.councils.get(super().clean(value))


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else saved otherwise than it is typed here, both in words."""

    name: str
    saved: str
    typed: str


def differences(form: forms.Form, fresh: forms.Form) -> list[Difference]:
    """What differs between `form` as it was sent and `fresh`, a form over the row as it is now."""
    found = []
    for name, field in fresh.fields.items():
        if fresh[name].is_hidden:
            continue
        now, typed = fresh.get_initial_for_field(field, name), form[name].data
        if field.has_changed(now, typed):
            label = str(fresh[name].label)
            saved = _in_words(field, field.prepare_value(now))
            found.append(Difference(label, saved, _in_words(field, typed)))
    return found


def with_version(data: Any, version: int) -> dict[str, Any]:
    """What was sent, over the version that is there now, so that saving again replaces it."""
    return {**{name: data[name] for name in data}, "seen_version": version}


def choices_of(field: forms.Field) -> Sequence[tuple[Any, Any]]:
    """The choices of a field; none for a box."""
    return list(getattr(field, "choices", []))


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    for key, label in choices_of(field):
        if str(key) == str(value if value is not None else ""):
            return str(label)
    return format_date(value) if hasattr(value, "isoformat") else str(value if value is not None else "")

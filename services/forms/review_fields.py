"""Fields that the forms of a review share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

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

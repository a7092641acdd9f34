"""What the list of the bulletins of all programmes is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from governance.queries.all_bulletins import BulletinChoice, Readable
from programme.filters import NOT_LISTED
from programme.models import Partnership, Programme


class BulletinFilter(forms.Form):
    """What the list is narrowed to; choices are those there are."""

    partnership = forms.ChoiceField(required=False)
    programme = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, readable: Readable) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.offered: list[BoundField] = []  # the boxes that leave a choice
        self._offer("partnership", "All partnerships", readable.partnerships)
        self._offer("programme", "All programmes", readable.programmes)

    def choice(self) -> BulletinChoice:
        """The choice made; a limit that is not in its list is left out, and said."""
        self.is_valid()
        return BulletinChoice(**self.cleaned_data)

    def _offer(self, name: str, all_text: str, rows: Sequence[Partnership | Programme]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_text), *((one.key, one.name) for one in rows)]
        field.error_messages["invalid_choice"] = NOT_LISTED.format(name)
        if len(rows) > 1:
            self.offered.append(self[name])

"""What the register of partnerships is narrowed to, and its order, kept in its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from benefits.filters import NOT_LISTED
from benefits.queries.figures import Figure, pence_or_none
from benefits.queries.partnership_register import RegisterRow


class RegisterOrder(TextChoices):
    """In which order the partnerships stand."""

    NAME = "name", "Name"
    SINCE = "since", "Longest running first"
    COUNCILS = "councils", "Most councils first"
    PLANNED = "planned", "Largest plan first"
    VERIFIED = "verified", "Most verified to date first"


class RegisterState(TextChoices):
    """Whether a partnership has a programme that runs."""

    RUNNING = "running", "Running"
    PAST = "past", "Paused or past"


def _largest_first(figure: Figure) -> tuple[bool, int]:
    pence = pence_or_none(figure)
    return (pence is None, -(pence or 0))


_KEYS: dict[RegisterOrder, Callable[[RegisterRow], tuple[Any, ...]]] = {
    RegisterOrder.NAME: lambda row: (),
    RegisterOrder.SINCE: lambda row: (row.since.first_on if row.since else date.max,),
    RegisterOrder.COUNCILS: lambda row: (-len(row.councils),),
    RegisterOrder.PLANNED: lambda row: _largest_first(row.figures.current),
    RegisterOrder.VERIFIED: lambda row: _largest_first(row.figures.verified),
}


class RegisterFilter(forms.Form):
    """Words of a service, council, way of working and state; choices are those that the rows hold."""

    service = forms.CharField(required=False, max_length=200, label="Service holds these words")
    council = forms.ChoiceField(required=False)
    model = forms.ChoiceField(required=False, label="How they work together")
    state = forms.ChoiceField(required=False, choices=[("", "All"), *RegisterState.choices])
    sort = forms.ChoiceField(required=False, label="Order", choices=RegisterOrder.choices)

    def __init__(self, data: Any, *, rows: Sequence[RegisterRow]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.rows = rows
        self._offer("council", ((one.key, one.short_name) for row in rows for one in row.councils))
        models = ((row.partnership.model, str(row.partnership.get_model_display())) for row in rows)
        self._offer("model", models)
        for name in ("council", "model", "state", "sort"):
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED.format(name)

    def narrowed(self) -> list[RegisterRow]:
        """The rows of the choice, in its order; a limit that is not in its list is left out and said."""
        self.is_valid()
        given = self.cleaned_data
        rows = [row for row in self.rows if _admits(row, given)]
        key = _KEYS[RegisterOrder(given.get("sort") or RegisterOrder.NAME)]
        return sorted(rows, key=lambda row: (*key(row), row.partnership.name, row.partnership.pk))

    def _offer(self, name: str, pairs: Iterable[tuple[str, str]]) -> None:
        offered = sorted(set(pairs), key=lambda pair: (pair[1], pair[0]))
        cast(forms.ChoiceField, self.fields[name]).choices = [("", "All"), *offered]


def _admits(row: RegisterRow, given: dict[str, str]) -> bool:
    words, council = given.get("service", "").casefold(), given.get("council", "")
    model, state = given.get("model", ""), given.get("state", "")
    return (
        any(words in name.casefold() for name in row.services or ("",))
        and (not council or council in {one.key for one in row.councils})
        and (not model or row.partnership.model == model)
        and (not state or row.is_running == (state == RegisterState.RUNNING))
    )

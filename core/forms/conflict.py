"""What others saved while a form was open, beside what was typed.

`components/stale-edit.html` shows a `Conflict`, `components/stale-saved.html` a `StaleForm`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.errors import StaleEdit
from core.rules.calendar import format_date
from core.rules.words import listed

LEFT_ALONE = "left as it was"


@dataclass(frozen=True, slots=True)
class CrossedField:
    """An entry that someone else changed, in words: when this form was opened, now, and as typed here."""

    name: str
    before: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others saved since the form was opened; `taken` holds their values of boxes left alone."""

    message: str
    by: str
    changes: tuple[CrossedField, ...]
    taken: Mapping[str, str] = field(default_factory=dict)


def savers(people: Iterable[object], *, last: object) -> str:
    """Who saved, each once; `last` where that is all that is known."""
    return listed(list(dict.fromkeys(str(person) for person in people)) or [str(last)])


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else saved otherwise than it is typed here, both in words."""

    name: str
    saved: str
    typed: str


@dataclass(frozen=True, slots=True)
class StaleForm:
    """What to say above a form that is shown again because someone else saved first."""

    message: str
    differences: Sequence[Difference] = ()
    advice: str = "What you typed is kept below. Save again to replace what is there now."


class SeenForm(forms.Form):
    """A button: nothing to type, only the version that was shown."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def shown_again(form: forms.BaseForm, said: StaleEdit) -> StaleForm:
    """Make `form`, opened over the row as it is now, ready to be sent again: saving then replaces that row.

    Everything typed stays; what the form has seen, which is hidden, becomes what is there now. Fields that a
    form names in `suggested` stand for no column, so they are not compared.
    """
    compared = {*form.initial} - {*getattr(form, "suggested", ())}
    found = [one for name, one in _crossed(form, form) if name in compared]
    seen = {box.name: form.initial[box.name] for box in form.hidden_fields() if box.name in form.initial}
    form.data = with_values(form.data, {form.add_prefix(name): str(value) for name, value in seen.items()})
    return StaleForm(said.message, found)


def differences(form: forms.BaseForm, fresh: forms.BaseForm) -> list[Difference]:
    """What differs between `form` as it was sent and `fresh`, a form over the row as it is now."""
    return [one for _, one in _crossed(form, fresh)]


def with_version(data: Any, version: int) -> Any:
    """What was sent, over the version that is there now, so that saving again replaces it."""
    return with_values(data, {"seen_version": str(version)})


def with_values(data: Any, values: Mapping[str, str]) -> Any:
    """What was sent, every value of a box with several kept, with some boxes anew."""
    again = data.copy()
    for name, value in values.items():
        again[name] = value
    return again


def _crossed(form: forms.BaseForm, fresh: forms.BaseForm) -> Iterator[tuple[str, Difference]]:
    for name, box in fresh.fields.items():
        if fresh[name].is_hidden:
            continue
        now, typed = fresh.get_initial_for_field(box, name), form[name].data
        if box.has_changed(now, typed):
            saved = _in_words(box, box.prepare_value(now))
            yield name, Difference(str(fresh[name].label), saved, _in_words(box, typed))


def _in_words(box: forms.Field, value: Any) -> str:
    if isinstance(box, forms.BooleanField):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, QuerySet)):
        return listed([_in_words(box, one) for one in value])
    for key, label in getattr(box, "choices", ()):
        if str(key) == str(value if value is not None else ""):
            return str(label)
    return format_date(value) if hasattr(value, "isoformat") else str(value if value is not None else "")

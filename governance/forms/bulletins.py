"""Forms of monthly bulletins: begin, write, correct, give up and send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from core.clock import today
from core.errors import Refusal
from core.forms.fields import LongTextField, TypedField
from governance.actions.bulletins import SAY_WHAT_CHANGED, BulletinTexts
from governance.bulletins.content import Item, Part
from governance.forms.reports import SignForm
from governance.models import Bulletin
from governance.rules.bulletins import (
    ENTER_MONTH,
    LAST_PLACE,
    NOTE_LIMIT,
    month_before,
    month_words,
    parse_month,
)

IS_GONE = (
    "What this paragraph stood under is no longer in the bulletin. Move the text elsewhere, or clear the box"
)
_NOTE = "note-"
_PLACE = f"Place must be a whole number from 1 to {LAST_PLACE}"


class MonthField(TypedField):
    """One box for a month with its year; its value is the first day."""

    is_short = True
    default_error_messages = {"required": ENTER_MONTH}

    def prepare_value(self, value: Any) -> Any:
        """The month in words, or what was typed, unchanged."""
        return month_words(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """The month typed, or None for an empty box."""
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_month(str(value))
        except Refusal as refusal:
            raise ValidationError(refusal.message) from refusal


class PlaceField(forms.IntegerField):
    """One small box for a number."""

    is_short = True


class NewBulletinForm(forms.Form):
    """The month that it is about."""

    month_on = MonthField(label="Month", help_text="One that has ended, for example 10 2026")
    suggested = ("month_on",)

    def __init__(self, data: Any = None) -> None:
        """Suggest the month before this one."""
        super().__init__(data, initial={"month_on": month_before(today())})


class CorrectionForm(forms.Form):
    """A bulletin that corrects one that was sent."""

    what_changed = LongTextField(
        label="What the correction changes, and why", error_messages={"required": SAY_WHAT_CHANGED}
    )


@dataclass(frozen=True, slots=True)
class ItemBoxes:
    """One item of a bulletin with the boxes of what may be added to it."""

    item: Item
    place: BoundField
    left_out: BoundField
    note: BoundField


@dataclass(frozen=True, slots=True)
class PartBoxes:
    """One part of a bulletin with those of its items."""

    part: Part
    items: tuple[ItemBoxes, ...]


class BulletinForm(forms.Form):
    """What people add to a bulletin: an introduction, and for each item a place, a paragraph, or leaving it
    out."""

    what_changed = LongTextField(
        label="What the correction changes, and why", error_messages={"required": SAY_WHAT_CHANGED}
    )
    introduction = LongTextField(
        label="Introduction",
        help_text="Stands above everything else. Open to everyone who can read the programme",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, bulletin: Bulletin, parts: Sequence[Part]) -> None:
        """Show the texts as they are, and the items that there are now."""
        self.found = parts
        self.bulletin = bulletin
        keys = [item.key for part in parts for item in part.items]
        initial: dict[str, Any] = {
            "what_changed": bulletin.what_changed,
            "introduction": bulletin.introduction,
            "seen_version": bulletin.version,
            **{f"note-{key}": bulletin.notes.get(key, "") for key in keys},
            **{f"place-{key}": bulletin.places.get(key) for key in keys},
            **{f"left_out-{key}": key in bulletin.left_out for key in keys},
        }
        super().__init__(data, initial=initial)
        if bulletin.corrects_id is None:
            del self.fields["what_changed"]
        for key in keys:
            self._add_boxes(key)
        # Typed under what has gone since the form was shown: nobody loses what they wrote.
        self._gone = [name for name in data or () if name.startswith(_NOTE) and name not in self.fields]
        for name in self._gone:
            self._add_note(name)
            self.initial[name] = bulletin.notes.get(name.removeprefix(_NOTE), "")

    @property
    def boxes(self) -> Iterator[PartBoxes]:
        """The parts that have items, each with its boxes."""
        for part in self.found:
            if part.items:
                yield PartBoxes(part, tuple(self._boxes_of(item) for item in part.items))

    @property
    def gone(self) -> tuple[BoundField, ...]:
        """The paragraphs that were typed under items that are there no more."""
        return tuple(self[name] for name in self._gone if self[name].value())

    def clean(self) -> dict[str, Any]:
        """Refuse to drop a paragraph in silence, where what it stood under is gone."""
        data = self.cleaned_data
        for name in self._gone:
            if data.get(name) and name.removeprefix(_NOTE) not in self.bulletin.notes:
                self.add_error(name, IS_GONE)
        return data

    def texts(self) -> BulletinTexts:
        """What was sent, once it is valid; of items that are gone meanwhile their places as they were."""
        data = self.cleaned_data
        keys = [item.key for part in self.found for item in part.items]
        own = self.bulletin
        return BulletinTexts(
            introduction=data["introduction"],
            what_changed=data.get("what_changed", ""),
            notes={**own.notes, **{key: data[f"{_NOTE}{key}"] for key in [*keys, *self._kept_gone()]}},
            places={**own.places, **{key: data[f"place-{key}"] for key in keys}},
            left_out={key for key in own.left_out if key not in keys}
            | {key for key in keys if data[f"left_out-{key}"]},
        )

    def _kept_gone(self) -> Iterator[str]:
        """Keys of items that are gone, of paragraphs that are on record."""
        keys = (name.removeprefix(_NOTE) for name in self._gone)
        return (key for key in keys if key in self.bulletin.notes)

    def _add_boxes(self, key: str) -> None:
        self.fields[f"place-{key}"] = PlaceField(
            label="Place in its part",
            required=False,
            min_value=1,
            max_value=LAST_PLACE,
            error_messages={"invalid": _PLACE, "min_value": _PLACE, "max_value": _PLACE},
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )
        self.fields[f"left_out-{key}"] = forms.BooleanField(label="Leave it out", required=False)
        self._add_note(f"{_NOTE}{key}")

    def _add_note(self, name: str) -> None:
        self.fields[name] = LongTextField(
            label="Paragraph", required=False, max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 2})
        )

    def _boxes_of(self, item: Item) -> ItemBoxes:
        names = (f"{name}-{item.key}" for name in ("place", "left_out", "note"))
        return ItemBoxes(item, *(self[name] for name in names))


class SendForm(SignForm):
    """The approval of exactly what stands below it."""

    reason = LongTextField(label="Why it is sent all the same", max_length=500, required=False)
    seen_content = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, draft: Bulletin, seen_content: str, warns: bool) -> None:
        super().__init__(data, draft=draft, warns=warns)
        self.initial["seen_content"] = seen_content

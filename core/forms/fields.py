"""Fields that read what people type, and refuse in the words of domain.md section 8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.errors import Refusal, Refusals
from core.forms.widgets import PoundsInput, TypedInput
from core.rules.calendar import format_date, format_fy, format_time
from core.rules.dates import parse_date
from core.rules.money import format_amount, parse_pounds
from core.rules.text import TEXT_LIMIT, check_text
from core.rules.times import TIME_MESSAGE, parse_time

DATE_HINT = "For example, 14 12 2026"
FY_MESSAGE = "Select a financial year, for example 2026 to 2027"


def add_refusals(form: forms.BaseForm, said: Refusal | Refusals) -> None:
    """Put what a rule said on the field it is about, or on the form where it names none of its fields."""
    for refusal in said.refusals if isinstance(said, Refusals) else [said]:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, ValidationError(refusal.message, code=refusal.code))


class TypedField(forms.Field):
    """One text box whose value is compared by what it means."""

    widget = TypedInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the box now means something else, however it is typed."""
        if data is None or not str(data).strip():
            return initial not in self.empty_values
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class TypedDateField(TypedField):
    """One box for a date typed in any usual order; its value is a date or None (rows 9 and 10)."""

    is_short = True
    default_error_messages = {"required": "Enter a real date, for example 30 4 2027"}

    def __init__(self, *, help_text: str = DATE_HINT, **kwargs: Any) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The date in words, or what was typed, unchanged."""
        return format_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """The day typed, or None for an empty box."""
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class TypedTimeField(TypedField):
    """One box for a time of day; its value is a time."""

    is_short = True
    default_error_messages = {"required": TIME_MESSAGE}

    def prepare_value(self, value: Any) -> Any:
        """The time in words, or what was typed, unchanged."""
        return format_time(value) if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        """The time typed, or None for an empty box."""
        if isinstance(value, time):
            return value
        if not str(value or "").strip():
            return None
        try:
            return parse_time(str(value))
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class PoundsField(TypedField):
    """One box for pounds and pence; its value is whole pence or None (rows 1 to 5, 7 and 8)."""

    widget = PoundsInput

    def __init__(self, *, noun: str = "saving", minimum_pence: int | None = None, **kwargs: Any) -> None:
        self.noun = noun
        self.minimum_pence = minimum_pence
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The pence as pounds, or what was typed, unchanged."""
        return format_amount(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Pence of the amount typed, or None for an empty box that may be empty."""
        if isinstance(value, int):
            return value
        text = "" if value is None else str(value)
        if not text.strip() and not self.required:
            return None
        try:
            return parse_pounds(text, noun=self.noun, minimum=self.minimum_pence)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class FinancialYearField(forms.TypedChoiceField):
    """A choice of financial years; its value is the starting year (row 14)."""

    is_short = True
    default_error_messages = {"required": FY_MESSAGE, "invalid_choice": FY_MESSAGE}

    def __init__(self, *, years: Iterable[int] = (), empty_label: str = "", **kwargs: Any) -> None:
        self.empty_label = empty_label
        super().__init__(coerce=int, empty_value=None, **kwargs)
        self.set_years(years)

    def set_years(self, years: Iterable[int]) -> None:
        """Offer these starting years, after the empty choice."""
        self.choices = [("", self.empty_label), *((year, format_fy(year)) for year in years)]


class PlainTextField(forms.CharField):
    """Text that is kept as typed and never run as markup: no control characters, not too long (row 85)."""

    def __init__(self, *, label: str, max_length: int = TEXT_LIMIT, **kwargs: Any) -> None:
        super().__init__(label=label, **kwargs)
        self.longest = max_length
        if "required" not in kwargs.get("error_messages", {}):
            self.error_messages["required"] = f"Enter the {label[:1].lower()}{label[1:]}"

    def to_python(self, value: Any) -> str:
        """The text without spaces around it, with plain line ends."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        """Refuse text that is too long or that holds control characters."""
        super().validate(value)
        try:
            check_text(value, str(self.label), self.longest)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class LongTextField(PlainTextField):
    """Plain text in a box of several lines."""

    widget = forms.Textarea(attrs={"rows": 3})

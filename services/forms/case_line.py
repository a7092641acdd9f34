"""The form of one line of a business case: everything of it but its amounts by year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.conflict import Conflict
from core.forms.fields import LongTextField, PlainTextField, PoundsField, TypedField
from core.rules.money import format_amount
from services.actions.case_version import CaseChanged
from services.forms.case_conflict import conflict_of
from services.models import BusinessCase, BusinessCaseLine, CaseOption, CostPool
from services.queries.case_amounts import DETAILS, RELATED, details_of
from services.rules.case_line import CHOICES, MAY_BE_EMPTY, TEXT_LIMITS, WHOLE_NUMBERS


class WholeNumberField(TypedField):
    """One box for a whole number; its value is an int, or None for an empty box that may be empty."""

    is_short = True

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        self.message = WHOLE_NUMBERS[name][2]
        super().__init__(required=name not in MAY_BE_EMPTY, **kwargs)
        self.error_messages["required"] = self.message

    def to_python(self, value: Any) -> int | None:
        """The number typed; with or without a per cent sign."""
        if isinstance(value, int) or value is None:
            return value
        text = str(value).strip().removesuffix("%").strip().replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 8):
            raise ValidationError(self.message)
        return int(text)


def _text(name: str, *, is_long: bool = False, **kwargs: Any) -> PlainTextField:
    label, limit = TEXT_LIMITS[name]
    kind = LongTextField if is_long else PlainTextField
    return kind(label=label, max_length=limit, **{"required": False, **kwargs})


def _choice(name: str, label: str, empty: str = "", **kwargs: Any) -> forms.ChoiceField:
    choices, may_be_empty, message = CHOICES[name]
    offered = [("", empty), *choices.choices] if may_be_empty else choices.choices
    return forms.ChoiceField(
        label=label,
        choices=offered,
        required=not may_be_empty,
        error_messages={"required": message, "invalid_choice": message},
        **kwargs,
    )


class LineForm(forms.Form):
    """What a line is, how far it can be relied on, and what its source states of it."""

    ref = _text("ref", required=True)
    title = _text("title", required=True)
    option = forms.ModelChoiceField(
        label="Option",
        queryset=CaseOption.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose an option of this business case"},
    )
    kind = _choice("kind", "Kind")
    cost_type = _choice("cost_type", "Cost type", "None")
    pool = forms.ModelChoiceField(
        label="Joint amounts are shared by the key of",
        queryset=CostPool.objects.none(),
        required=False,
        empty_label="No pool yet",
    )
    key_text = _text("key_text", help_text="In words, where a source says it")
    price_basis = _choice("price_basis", "Prices")
    confidence = _choice("confidence", "Confidence")
    evidence = _text("evidence", help_text="A link or a document reference")
    assumptions = _text("assumptions", is_long=True)
    low_percent = WholeNumberField(
        name="low_percent", label="Lowest likely, %", help_text="Of the amount entered"
    )
    high_percent = WholeNumberField(
        name="high_percent", label="Highest likely, %", help_text="Of the amount entered"
    )
    bias_category = _choice("bias_category", "Optimism-bias category", "None")
    bias_mitigation_percent = WholeNumberField(
        name="bias_mitigation_percent", label="Mitigation, %", help_text="How much of the bias is managed"
    )
    bias_basis = _text("bias_basis", is_long=True)
    staff_count = WholeNumberField(
        name="staff_count", label="People", help_text="Whose figures it holds. Fewer than 5 are not shown"
    )
    annual_pence = PoundsField(label="Stated amount a year", noun="amount", minimum_pence=0, required=False)
    term_years = WholeNumberField(name="term_years", label="Stated term, years")
    whole_life_pence = PoundsField(
        label="Stated whole-life amount", noun="amount", minimum_pence=0, required=False
    )
    override_reason = _text(
        "override_reason", help_text="Needed only where a warning about this line does not apply"
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    GROUPS = (
        ("What it is", ("ref", "title", "option", "kind", "cost_type", "pool", "key_text", "price_basis")),
        (
            "How far it can be relied on",
            ("confidence", "evidence", "assumptions", "low_percent", "high_percent"),
        ),
        ("Optimism bias", ("bias_category", "bias_mitigation_percent", "bias_basis")),
        (
            "What its source states",
            ("staff_count", "annual_pence", "term_years", "whole_life_pence", "override_reason"),
        ),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, case: BusinessCase, line: BusinessCaseLine) -> None:
        self.line = line
        self.conflict: Conflict | None = None
        super().__init__(data, initial={**details_of(line), "seen_version": case.version})
        fields: Any = self.fields
        fields["option"].queryset = case.options.all()
        fields["pool"].queryset = case.programme.cost_pools.all()

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]

    def details(self) -> dict[str, Any]:
        """What the action is to store."""
        return {name: self.cleaned_data[name] for name in DETAILS}


def reviewed(form: LineForm, said: CaseChanged, line: BusinessCaseLine) -> LineForm:
    """The form again over the line as it now is, with everything typed kept."""
    typed = {f"{form.line.ref}.{name}": form.data.get(name, "") for name in DETAILS}

    def name_of(place: str) -> str:
        return place.rpartition(".")[2]

    def words(place: str, value: Any) -> str:
        if value is None:
            return ""
        return format_amount(value) if name_of(place).endswith("_pence") else str(value)

    def is_same(place: str, text: str, value: Any) -> bool:
        return _typed_words(form, name_of(place), text) == words(place, value)

    conflict = conflict_of(
        said,
        typed,
        label=lambda place: str(form.fields[name_of(place)].label),
        words=words,
        is_same=is_same,
    )
    taken = {name_of(place): _sent(form, name_of(place), text) for place, text in conflict.taken.items()}
    data = {**dict(form.data.items()), **taken, "seen_version": str(said.current.version)}
    fresh = LineForm(data, case=said.current, line=line)
    fresh.conflict = conflict
    return fresh


def _typed_words(form: LineForm, name: str, text: str) -> str:
    """What was typed or chosen in a box as the audit trail would say it."""
    value = form.cleaned_data.get(name, text)
    if name in RELATED:
        return value.ref if hasattr(value, "ref") else ""
    if name.endswith("_pence") and isinstance(value, int):
        return format_amount(value)
    return "" if value is None else str(value)


def _sent(form: LineForm, name: str, text: str) -> str:
    """A value of the audit trail as the box of the form sends it: an id where a row is chosen."""
    if name not in RELATED:
        return text
    field: Any = form.fields[name]
    found = field.queryset.filter(ref=text).first()
    return str(found.pk) if found else ""

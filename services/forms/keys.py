"""Forms of pools, their keys, what is shared by them, and true-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.errors import Refusal
from core.forms.fields import (
    FinancialYearField,
    LongTextField,
    PlainTextField,
    PoundsField,
    TypedDateField,
    TypedField,
)
from programme.models import Council
from services.actions.keys import NAME_LIMIT, SOURCE_LIMIT
from services.actions.runs import PURPOSE_LIMIT
from services.actions.true_up import DRIVER_LIMIT
from services.enums import KeyBasis
from services.models import ApportionmentKey
from services.queries.decision_choices import DecisionChoice
from services.queries.key_councils import KeyCouncil
from services.queries.key_drivers import DriverSet
from services.rules.key_record import parse_weight, weight_text
from services.rules.true_up import DEFAULT_TOLERANCE_POINTS

WEIGHTS, DRIVERS = "weights", "drivers"
_LEFT_HINT = "Not a partner now: leave empty unless the key applies while it was one"


class WeightField(TypedField):
    """One box for a council's weight or quantity; its value is a Decimal, or None where it is empty."""

    is_short = True

    def __init__(self, *, council: Council, hint: str = "") -> None:
        self.council_key, self.council_name = council.key, str(council)
        super().__init__(label=str(council), help_text=hint, required=False)

    def prepare_value(self, value: Any) -> Any:
        """The number without zeros at its end, or what was typed, unchanged."""
        return weight_text(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """The number typed, or None for an empty box."""
        if isinstance(value, Decimal):
            return value
        text = str(value or "")
        if not text.strip():
            return None
        try:
            return parse_weight(text, self.council_name)
        except Refusal as said:
            raise ValidationError(said.message, code=said.code) from said


class CouncilsForm(forms.Form):
    """Base of forms with one box a council, named by the council's key after a common word."""

    def add_councils(self, word: str, councils: Iterable[tuple[Council, str]]) -> None:
        """Add a box for each council, with its hint."""
        for council, hint in councils:
            self.fields[f"{word}.{council.key}"] = WeightField(council=council, hint=hint)

    def numbers(self, word: str) -> dict[str, Decimal]:
        """What was entered, by the key of each council; empty boxes are left out."""
        return {
            field.council_key: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, WeightField)
            and name.startswith(f"{word}.")
            and self.cleaned_data.get(name) is not None
        }

    @property
    def council_boxes(self) -> list[forms.BoundField]:
        """The boxes of the councils, in their order."""
        return [self[name] for name, field in self.fields.items() if isinstance(field, WeightField)]


class PoolForm(forms.Form):
    """A pool of what is shared."""

    name = PlainTextField(
        label="Name", help_text="For example, running costs of the shared service", max_length=NAME_LIMIT
    )
    description = LongTextField(label="What is in it", required=False)


class PoolEditForm(PoolForm):
    """The same for a change, with the version that was shown."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class KeyForm(CouncilsForm):
    """A key: what it is based on, each council's weight, its days, and the decision that agreed it."""

    fill = forms.ChoiceField(label="Fill the shares from", required=False)
    basis = forms.ChoiceField(
        label="Based on",
        choices=[("", "Choose a basis"), *KeyBasis.choices],
        error_messages={"required": "Choose what the shares are based on"},
    )
    effective_from_on = TypedDateField(label="First day", help_text="For example, 1 4 2027")
    effective_to_on = TypedDateField(
        label="Last day", help_text="Leave empty if it has no end yet", required=False
    )
    decision_ref = forms.ChoiceField(
        label="Decision that agreed it",
        required=False,
        error_messages={"invalid_choice": "Choose the decision that agreed this key"},
    )
    driver_source = PlainTextField(label="Source of the figures", max_length=SOURCE_LIMIT, required=False)
    as_at_on = TypedDateField(label="Day of the figures", required=False)
    review_on = TypedDateField(label="To be reviewed on", required=False)
    note = LongTextField(label="Note", required=False)

    ABOUT = (
        "effective_from_on",
        "effective_to_on",
        "decision_ref",
        "driver_source",
        "as_at_on",
        "review_on",
        "note",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[KeyCouncil],
        decisions: Sequence[DecisionChoice],
        sets: Sequence[DriverSet],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the programme's decisions, and a box for each council that a key can name."""
        super().__init__(data, initial=dict(initial or {}))
        self.add_councils(WEIGHTS, [(one.council, "" if one.is_needed else _LEFT_HINT) for one in councils])
        choices = [("", "Choose a decision"), *((one.ref, one.label) for one in decisions)]
        self.fields["decision_ref"].choices = choices  # type: ignore[attr-defined]
        self.fields["fill"].choices = [  # type: ignore[attr-defined]
            ("", "Nothing"),
            *((one.value, one.label) for one in sets),
        ]
        if any(one.abolition for one in councils):
            self.fields["successor_reason"] = LongTextField(
                label="Why a council stays in it past its abolition",
                help_text="Only where its successors are not recorded",
                required=False,
            )

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes after those of the councils."""
        more = ["successor_reason"] if "successor_reason" in self.fields else []
        return [self[name] for name in (*self.ABOUT, *more)]


class KeyEditForm(KeyForm):
    """A key that has shared nothing yet, to be changed."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class KeyEndForm(forms.Form):
    """The last day of a key."""

    effective_to_on = TypedDateField(label="Last day", help_text="For example, 31 3 2028")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """An amount to be shared and kept."""

    fy = FinancialYearField(label="Financial year", empty_label="Choose a year")
    total = PoundsField(label="Amount", noun="amount", help_text="A sum paid back is negative")
    purpose = PlainTextField(
        label="What it is for",
        max_length=PURPOSE_LIMIT,
        error_messages={"required": "Enter what the amount is for"},
    )

    def __init__(self, data: Any = None, *, years: Iterable[int]) -> None:
        """Offer these financial years."""
        super().__init__(data)
        self.fields["fy"].set_years(years)  # type: ignore[attr-defined]


class TrueUpForm(CouncilsForm):
    """What was really done in a year, council by council."""

    fy = FinancialYearField(label="Financial year", empty_label="Choose a year")
    total = PoundsField(label="Amount of the year", noun="amount", help_text="What was shared by the key")
    driver = PlainTextField(
        label="What was counted",
        help_text="For example, new benefit claims",
        max_length=DRIVER_LIMIT,
        error_messages={"required": "Enter what was counted, for example claims"},
    )
    driver_source = PlainTextField(label="Source of the count", max_length=SOURCE_LIMIT, required=False)
    tolerance_pp = forms.DecimalField(
        label="Tolerance in percentage points",
        help_text="The estimate is kept while no council’s share moves by more than this",
        initial=DEFAULT_TOLERANCE_POINTS,
        error_messages={
            "required": "Enter the tolerance, for example 3.0",
            "invalid": "Enter the tolerance in numbers, for example 3.0",
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    ABOUT = ("fy", "total", "driver", "driver_source", "tolerance_pp")

    def __init__(self, data: Any = None, *, councils: Iterable[Council], years: Iterable[int]) -> None:
        """Offer these years, and a box for each council of the key."""
        super().__init__(data)
        self.fields["fy"].set_years(years)  # type: ignore[attr-defined]
        self.fields["tolerance_pp"].is_short = True  # type: ignore[attr-defined]
        self.add_councils(DRIVERS, [(council, "") for council in councils])

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes before those of the councils."""
        return [self[name] for name in self.ABOUT]


def key_values(key: ApportionmentKey) -> dict[str, Any]:
    """What a key holds, by field of its form."""
    names = ("basis", *KeyForm.ABOUT)
    weights = key.weights.select_related("council")
    return (
        {name: getattr(key, name) for name in names}
        | {f"{WEIGHTS}.{row.council.key}": row.weight for row in weights}
        | {"seen_version": key.version}
    )

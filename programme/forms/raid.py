"""Forms of the registers: an entry with what it means for each council, its closing, its opening again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.actions.publication import WITHHOLDING
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from core.forms.publication import WithholdingForm
from core.publication import shown
from programme.actions.raid import (
    NOT_AN_OWNER,
    OWN_COLUMNS,
    WORDS_LIMIT,
    OwnImpact,
    RiskTerms,
)
from programme.enums import RaidRegister
from programme.forms.agreement import BoxRow
from programme.models import Council, Risk
from programme.rules.raid import HIGHEST

TITLE_HINT = "The title is always open, also where the rest is withheld"
_KEEPS = "It is withheld. Leave this empty to keep it, or type it anew"
_LOWEST = {1: "1, the least", HIGHEST: f"{HIGHEST}, the most"}


def _number(value: str) -> int | None:
    return int(value) if value else None


class ScaleField(forms.TypedChoiceField):
    """A number from 1 to 5, or not stated; its value is a number or None."""

    is_short = True

    def __init__(self, *, label: str, help_text: str = "") -> None:
        choices = [(number, _LOWEST.get(number, str(number))) for number in range(1, HIGHEST + 1)]
        super().__init__(
            label=label,
            help_text=help_text,
            choices=[("", "Not stated"), *choices],
            coerce=_number,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": f"{label} must be from 1 to {HIGHEST}"},
        )


class RiskForm(WithholdingForm):
    """What an entry of a register says. `impacts` takes what a rule says of the councils' own."""

    register = forms.ChoiceField(
        label="Register",
        choices=[("", "Choose a register"), *RaidRegister.choices],
        error_messages={"required": "Choose the register"},
        help_text="A dependency is on something outside the programme",
    )
    title = PlainTextField(label="Title", help_text=TITLE_HINT, max_length=300)
    category = PlainTextField(label="Category", max_length=40, required=False)
    likelihood = ScaleField(
        label="Likelihood",
        help_text="That a risk happens, an assumption is wrong or a dependency is not met. None for an issue",
    )
    impact = ScaleField(label="Impact")
    response = LongTextField(label="What we are doing", required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Owner",
        empty_label="Nobody yet",
        required=False,
        error_messages={"invalid_choice": NOT_AN_OWNER},
    )
    proximity_on = TypedDateField(
        label="Expected from", help_text="When it would begin to bite. For example, 1 4 2027", required=False
    )
    review_on = TypedDateField(label="Review on", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        owners: QuerySet[User],
        terms: RiskTerms | None = None,
        risk: Risk | None = None,
        opens: bool = True,
    ) -> None:
        """Show these terms of `risk`, or an empty form for a new entry; a row for each of `councils`.

        Who does not open what is withheld gets no boxes for it.
        """
        initial = {name: getattr(terms, name) for name in OWN_COLUMNS} if terms else {}
        known = {one.council.pk: one for one in terms.impacts} if terms else {}
        self.risk = risk
        self.kept = terms if risk is not None and risk.is_withheld else None
        self.has_words = opens or not self.kept
        self.councils = list(councils)
        for council in self.councils:
            one = known.get(council.pk)
            initial[f"impact.{council.key}"] = one.impact if one else None
            initial[f"text.{council.key}"] = one.text if one and not self.kept else ""
        if self.kept:
            initial["response"] = ""
        super().__init__(data, initial={**initial, "seen_version": risk.version if risk else None})
        if self.kept:
            self.fields["response"].help_text = _KEEPS
        if risk is not None:
            self.without_withholding()
        stays = User.objects.filter(pk=risk.owner_id) if risk and risk.owner_id else User.objects.none()
        self.fields["owner"].queryset = (owners | stays).distinct()  # type: ignore[attr-defined]
        for council in self.councils:
            self.fields[f"impact.{council.key}"] = ScaleField(label=f"Impact on {council}")
            if self.has_words:
                self.fields[f"text.{council.key}"] = PlainTextField(
                    label=f"What it means for {council}", max_length=WORDS_LIMIT, required=False
                )
        if not self.has_words:
            self.fields.pop("response")

    @property
    def impact_heads(self) -> tuple[str, ...]:
        """The heads of the rows."""
        return ("Council", "Impact", "What it means there") if self.has_words else ("Council", "Impact")

    @property
    def impact_unit(self) -> str:
        """What stands in the rows."""
        return "From 1 to 5, in words, or both" if self.has_words else "From 1 to 5"

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes that are not rows."""
        return [self[name] for name in OWN_COLUMNS if name in self.fields]

    @property
    def publication(self) -> list[forms.BoundField]:
        """Whether a new entry is withheld from its beginning."""
        return [self[name] for name in WITHHOLDING if name in self.fields]

    @property
    def impact_rows(self) -> list[BoxRow]:
        """A row a council: its own impact, in a number and in words."""
        names = ("impact", "text") if self.has_words else ("impact",)
        return [
            BoxRow(council.short_name, tuple(self[f"{name}.{council.key}"] for name in names))
            for council in self.councils
        ]

    def to_terms(self) -> RiskTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        kept: dict[int, str] = {}
        own: dict[str, Any] = {name: data.get(name) for name in OWN_COLUMNS}
        if self.risk and self.kept:
            kept = {one.council.pk: shown(self.risk, one.text).text for one in self.kept.impacts}
            own["response"] = own["response"] or shown(self.risk, self.kept.response).text
        return RiskTerms(
            **own,
            impacts=tuple(
                OwnImpact(
                    council,
                    data[f"impact.{council.key}"],
                    data.get(f"text.{council.key}") or kept.get(council.pk, ""),
                )
                for council in self.councils
            ),
        )


class RiskCloseForm(forms.Form):
    """Why an entry is closed."""

    closed_because = LongTextField(
        label="Why it is closed",
        help_text="What became of it, in at least 10 characters",
        max_length=WORDS_LIMIT,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RiskReopenForm(forms.Form):
    """Why an entry is opened again."""

    why = LongTextField(
        label="Why it is opened again",
        help_text="At least 10 characters; kept in the audit trail",
        max_length=WORDS_LIMIT,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

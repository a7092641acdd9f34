"""Forms of the registers: an entry with what it means for each council, its closing, its opening again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from programme.actions.raid import NOT_AN_OWNER, OWN_COLUMNS, WORDS_LIMIT, OwnImpact, RiskTerms
from programme.enums import RaidRegister
from programme.forms.agreement import BoxRow
from programme.models import Council, Risk
from programme.rules.raid import HIGHEST

TITLE_HINT = "The title is always open, also where the rest is withheld"
_TO_WITHHOLD = "To withhold it, save the title first, say on its page that it is exempt, and then enter this"
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


class RiskForm(forms.Form):
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
    ) -> None:
        """Show these terms of `risk`, or an empty form for a new entry; a row for each of `councils`."""
        initial = {name: getattr(terms, name) for name in OWN_COLUMNS} if terms else {}
        known = {one.council.pk: one for one in terms.impacts} if terms else {}
        self.kept = terms if risk is not None and risk.is_withheld else None
        self.councils = list(councils)
        for council in self.councils:
            one = known.get(council.pk)
            initial[f"impact.{council.key}"] = one.impact if one else None
            initial[f"text.{council.key}"] = one.text if one and not self.kept else ""
        if self.kept:
            initial["response"] = ""
        super().__init__(data, initial={**initial, "seen_version": risk.version if risk else None})
        if self.kept or risk is None:
            self.fields["response"].help_text = _KEEPS if self.kept else _TO_WITHHOLD
        stays = User.objects.filter(pk=risk.owner_id) if risk and risk.owner_id else User.objects.none()
        self.fields["owner"].queryset = (owners | stays).distinct()  # type: ignore[attr-defined]
        for council in self.councils:
            self.fields[f"impact.{council.key}"] = ScaleField(label=f"Impact on {council}")
            self.fields[f"text.{council.key}"] = PlainTextField(
                label=f"What it means for {council}", max_length=WORDS_LIMIT, required=False
            )

    impact_heads = ("Council", "Impact", "What it means there")

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes that are not rows."""
        return [self[name] for name in OWN_COLUMNS]

    @property
    def impact_rows(self) -> list[BoxRow]:
        """A row a council: its own impact, in a number and in words."""
        return [
            BoxRow(council.short_name, (self[f"impact.{council.key}"], self[f"text.{council.key}"]))
            for council in self.councils
        ]

    def to_terms(self) -> RiskTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        kept = {one.council.pk: one.text for one in self.kept.impacts} if self.kept else {}
        own = {name: data[name] for name in OWN_COLUMNS}
        if self.kept:
            own["response"] = own["response"] or self.kept.response
        return RiskTerms(
            **own,
            impacts=tuple(
                OwnImpact(
                    council,
                    data[f"impact.{council.key}"],
                    data[f"text.{council.key}"] or kept.get(council.pk, ""),
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

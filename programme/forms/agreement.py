"""The form of an agreement: its terms, a row a council, a row a matter, a row a dispute step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from core.forms.fields import LongTextField, PlainTextField, PoundsField, TypedDateField
from core.rules.ids import ids_in
from programme.actions.agreement import OWN_COLUMNS, Terms
from programme.actions.agreement_parts import PartyTerms, ReservedTerms, StepTerms
from programme.enums import AgreementKind, LegalBasis, Matter
from programme.models import Council

BLANK_STEPS = 3
MOST_STEPS = 20
_PARTY_BOXES = ("signed_on", "notice_given_on", "exit_cost_pence")


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One row of boxes under a name."""

    name: str
    boxes: tuple[forms.BoundField, ...]


class AgreementForm(forms.Form):
    """The terms of an agreement. `dispute_steps`, `parties` and `reserved_matters` take what a rule says."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "Choose a kind"), *AgreementKind.choices],
        error_messages={"required": "Choose the kind of agreement"},
    )
    title = PlainTextField(label="Title", max_length=200)
    legal_basis = forms.ChoiceField(
        label="Legal basis",
        choices=LegalBasis.choices,
        initial=LegalBasis.NOT_STATED,
        required=False,
    )
    terms = LongTextField(label="Scope and terms", required=False)
    in_force_on = TypedDateField(
        label="In force from",
        help_text="Leave empty until it is in force. For example, 1 4 2027",
        required=False,
    )
    ends_on = TypedDateField(label="Ends on", help_text="Leave empty if it has no end", required=False)
    review_on = TypedDateField(label="To be reviewed on", required=False)
    notice_months = forms.IntegerField(
        label="Notice to leave, in months",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Notice must be a whole number of months, 0 or more"},
    )
    exit_terms = LongTextField(label="Terms of leaving", required=False)
    has_compensation = forms.BooleanField(label="It has a compensation clause", required=False)
    officers_consulted = forms.BooleanField(
        label="Affected officers have been consulted",
        help_text="A section 113 agreement cannot be in force before they have",
        required=False,
    )
    decision_ref = PlainTextField(
        label="Decision that agreed it",
        help_text="Its reference, for example D-07",
        max_length=40,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, councils: Sequence[Council], terms: Terms | None = None, version: int = 0
    ) -> None:
        """Show these terms, or an empty form for a new agreement; a row for each of `councils`."""
        initial = {name: getattr(terms, name) for name in OWN_COLUMNS} if terms else {}
        super().__init__(data, initial={**initial, "seen_version": version or None})
        self.fields["notice_months"].is_short = True  # type: ignore[attr-defined]
        self.councils = list(councils)
        self._add_parties(terms)
        self._add_matters(terms)
        self._add_steps(terms)

    def to_terms(self) -> Terms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        own = {name: data[name] for name in OWN_COLUMNS}
        own["legal_basis"] = data["legal_basis"] or LegalBasis.NOT_STATED
        return Terms(
            **own,
            parties=tuple(
                PartyTerms(council, *(data[f"{box}.{council.key}"] for box in _PARTY_BOXES))
                for council in self.councils
                if data[f"party.{council.key}"]
            ),
            reserved_matters=tuple(
                ReservedTerms(matter, data[f"note.{matter}"]) for matter in Matter if data[f"matter.{matter}"]
            ),
            dispute_steps=tuple(self._sent_steps()),
        )

    @property
    def about(self) -> list[forms.BoundField]:
        """The boxes that are not rows."""
        return [self[name] for name in OWN_COLUMNS_IN_ORDER]

    party_heads = ("Council", "Party", "Signed on", "Gave notice on", "Cost of leaving")
    matter_heads = ("Matter", "Reserved", "Note")
    step_heads = ("Step", "What happens", "Days")

    @property
    def party_rows(self) -> list[BoxRow]:
        """A row a council: whether it is a party, its dates, what leaving would cost it."""
        return [
            BoxRow(
                council.short_name,
                tuple(self[f"{box}.{council.key}"] for box in ("party", *_PARTY_BOXES)),
            )
            for council in self.councils
        ]

    @property
    def matter_rows(self) -> list[BoxRow]:
        """A row a matter: whether it is reserved, and a note."""
        return [BoxRow(str(one.label), (self[f"matter.{one}"], self[f"note.{one}"])) for one in Matter]

    @property
    def step_rows(self) -> list[BoxRow]:
        """A row a dispute step: what happens, and the days it may take."""
        return [
            BoxRow(f"Step {number}", (self[f"step.{number}"], self[f"days.{number}"]))
            for number in range(1, self.steps + 1)
        ]

    def clean(self) -> None:
        """Refuse entries of a council that is not ticked as a party, and days without a step."""
        for council in self.councils:
            typed = [box for box in _PARTY_BOXES if self.cleaned_data.get(f"{box}.{council.key}") is not None]
            if typed and not self.cleaned_data.get(f"party.{council.key}"):
                message = f"Tick {council} as a party, or clear what is entered for it"
                self.add_error(f"party.{council.key}", message)

    def _add_parties(self, terms: Terms | None) -> None:
        known = {one.council.pk: one for one in terms.parties} if terms else {}
        for council in self.councils:
            party, key, name = known.get(council.pk), council.key, council.short_name
            self.fields[f"party.{key}"] = forms.BooleanField(
                label=f"{name} is a party", required=False, initial=terms is None or party is not None
            )
            self.fields[f"signed_on.{key}"] = TypedDateField(
                label=f"{name} signed on", help_text="", required=False, initial=party and party.signed_on
            )
            self.fields[f"notice_given_on.{key}"] = TypedDateField(
                label=f"{name} gave notice on",
                help_text="",
                required=False,
                initial=party and party.notice_given_on,
            )
            self.fields[f"exit_cost_pence.{key}"] = PoundsField(
                label=f"What leaving would cost {name}",
                noun="exit cost",
                minimum_pence=0,
                required=False,
                initial=party.exit_cost_pence if party else None,
            )

    def _add_matters(self, terms: Terms | None) -> None:
        known = {one.matter: one for one in terms.reserved_matters} if terms else {}
        for matter in Matter:
            one = known.get(matter)
            self.fields[f"matter.{matter}"] = forms.BooleanField(
                label=str(matter.label), required=False, initial=one is not None
            )
            self.fields[f"note.{matter}"] = PlainTextField(
                label=f"Note on {str(matter.label).lower()}",
                max_length=300,
                required=False,
                initial=one.note if one else "",
            )

    def _add_steps(self, terms: Terms | None) -> None:
        known = terms.dispute_steps if terms else ()
        sent = ids_in(name[5:] for name in self.data if name.startswith("step."))
        self.steps = min(max([len(known) + BLANK_STEPS, *sent]), max(MOST_STEPS, len(known)))
        for number in range(1, self.steps + 1):
            one = known[number - 1] if number <= len(known) else None
            self.fields[f"step.{number}"] = PlainTextField(
                label=f"What happens in step {number}",
                max_length=300,
                required=False,
                initial=one.text if one else "",
            )
            self.fields[f"days.{number}"] = forms.IntegerField(
                label=f"Days of step {number}",
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": f"Enter the days of step {number} as a whole number, 0 or more"},
                initial=one.days if one else None,
            )

    def _sent_steps(self) -> list[StepTerms]:
        rows = [
            StepTerms(self.cleaned_data[f"step.{number}"], self.cleaned_data[f"days.{number}"])
            for number in range(1, self.steps + 1)
        ]
        return [row for row in rows if row.text or row.days is not None]


OWN_COLUMNS_IN_ORDER = (
    "kind", "title", "legal_basis", "terms", "decision_ref", "in_force_on", "ends_on", "review_on",
    "notice_months", "exit_terms", "has_compensation", "officers_consulted",
)  # fmt: skip

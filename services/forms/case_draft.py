"""Forms that start a business case and that change its title, period and five cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.clock import today
from core.errors import Refusal
from core.forms.conflict import Conflict
from core.forms.fields import FinancialYearField, LongTextField, PlainTextField, TypedField
from core.rules.calendar import financial_year
from core.rules.references import next_reference
from programme.models import Programme
from services.actions.case_draft import REF_LIMIT, TITLE_LIMIT, CaseValues
from services.actions.case_version import CaseChanged
from services.enums import CaseSectionName, CaseStage, PaybackOrigin
from services.forms.case_conflict import conflict_of
from services.models import BusinessCase, Service
from services.rules.case_entry import check_no_rate, parse_horizon

YEARS_BACK, YEARS_AHEAD = 20, 10
OF_CASE = ("title", "summary", "stage", "service", "base_fy", "horizon_years", "payback_origin")


class HorizonField(TypedField):
    """One box for the years of an appraisal period (row 30)."""

    is_short = True

    def to_python(self, value: Any) -> int:
        """A whole number of years from 1 to 60."""
        try:
            return parse_horizon("" if value is None else value)
        except Refusal as said:
            raise ValidationError(said.message, code=said.code) from said

    def validate(self, value: Any) -> None:
        """Nothing more: reading the box has refused all that is wrong."""


class CaseForm(forms.Form):
    """What every form of a case asks: what it is about, and which years it counts."""

    title = PlainTextField(label="Title", max_length=TITLE_LIMIT)
    stage = forms.ChoiceField(
        label="Stage",
        choices=[("", "Choose a stage"), *CaseStage.choices],
        error_messages={"required": "Choose the stage of the business case"},
    )
    service = forms.ModelChoiceField(
        label="Service",
        queryset=Service.objects.none(),
        required=False,
        empty_label="The whole programme",
    )
    base_fy = FinancialYearField(label="Base year", help_text="Year 0, the first year of the proposal")
    horizon_years = HorizonField(
        label="Appraisal period", help_text="Years after the base year, from 1 to 60"
    )
    payback_origin = forms.ChoiceField(
        label="Payback is counted from",
        choices=PaybackOrigin.choices,
        error_messages={"required": "Choose where payback is counted from"},
    )
    summary = LongTextField(label="Summary", required=False)

    def __init__(self, data: Any = None, *, programme: Programme, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["service"]
        chosen.queryset = programme.services.order_by("order_index")
        years: Any = self.fields["base_fy"]
        this_year = financial_year(today())
        offered = {*range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1), initial.get("base_fy")}
        years.set_years(sorted(year for year in offered if year))

    def clean(self) -> dict[str, Any]:
        """Refuse a discount rate sent along (row 32)."""
        try:
            check_no_rate(self.data)
        except Refusal as said:
            raise ValidationError(said.message, code=said.code) from said
        return self.cleaned_data

    def values(self) -> CaseValues:
        """What the action is to store."""
        return CaseValues(**{name: self.cleaned_data[name] for name in OF_CASE})


class CaseCreateForm(CaseForm):
    """A new case: its reference too."""

    ref = PlainTextField(label="Reference", help_text="For example, BC-2", max_length=REF_LIMIT)
    field_order = ("title", "ref")

    def __init__(self, data: Any = None, *, programme: Programme, service: str = "") -> None:
        """Offer the next reference; `service` is the id of the service that it is likely about."""
        initial = {
            "ref": next_reference("BC-", programme.business_cases.values_list("ref", flat=True)),
            "service": service,
            "base_fy": programme.base_fy,
            "horizon_years": programme.horizon_years,
            "payback_origin": PaybackOrigin.PROFILE_START,
        }
        super().__init__(data, programme=programme, initial=initial)
        self.fields["ref"].is_short = True  # type: ignore[attr-defined]


class CaseUpdateForm(CaseForm):
    """A draft with the texts of its five cases."""

    shows_changes = True

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: BusinessCase) -> None:
        self.case = case
        self.conflict: Conflict | None = None
        texts = {section.name: section.text for section in case.sections.all()}
        initial = {name: getattr(case, name) for name in OF_CASE}
        initial |= {name: texts.get(name, "") for name in CaseSectionName.values}
        super().__init__(data, programme=case.programme, initial=initial | {"seen_version": case.version})
        for name, label in CaseSectionName.choices:
            self.fields[name] = LongTextField(label=label, required=False)
            self.fields[name].widget.attrs["rows"] = 8

    def sections(self) -> dict[str, str]:
        """The texts of the five cases."""
        return {name: self.cleaned_data[name] for name in CaseSectionName.values}

    @property
    def section_fields(self) -> list[forms.BoundField]:
        """The boxes of the five cases, in their order."""
        return [self[name] for name in CaseSectionName.values]

    @property
    def case_fields(self) -> list[forms.BoundField]:
        """The boxes of what the case says of itself."""
        return [self[name] for name in OF_CASE]


def reviewed(form: CaseUpdateForm, said: CaseChanged) -> CaseUpdateForm:
    """The form again over the case as it now is, with everything typed kept."""
    names = (*OF_CASE, *CaseSectionName.values)
    typed = {name: form.data.get(name, "") for name in names}
    case = said.current

    def words(name: str, value: Any) -> str:
        return "" if value is None else str(value)

    def is_same(name: str, text: str, value: Any) -> bool:
        if name == "service":
            return text == str(form.case.service_id or "")
        return text.replace("\r\n", "\n").strip() == words(name, value).strip()

    conflict = conflict_of(
        said, typed, label=lambda name: str(form.fields[name].label), words=words, is_same=is_same
    )
    taken = dict(conflict.taken)
    if "service" in taken:
        taken["service"] = str(case.service_id or "")
    fresh = CaseUpdateForm({**typed, **taken, "seen_version": case.version}, case=case)
    fresh.conflict = conflict
    return fresh

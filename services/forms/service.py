"""Forms of the service catalogue: a service, a council's part in it, a cost, a measure, a file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.enums import Qualifier
from core.errors import Refusal
from core.forms.fields import (
    FinancialYearField,
    LongTextField,
    PlainTextField,
    PoundsField,
    TypedDateField,
    TypedField,
)
from core.imports.cells import Reader, number_of
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from programme.models import Council
from services.actions.service import TEXTS
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus
from services.forms.review_fields import CouncilField
from services.imports.service_columns import date_of
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.rules.service_entry import MOST_POSTS, MOST_UNITS

IMPRECISE_HINT = "A day, a month or a year, for example 14 12 2026 or December 2026"


class ReadField(TypedField):
    """One box whose text is read as a cell of a file is, and refused in the same words."""

    is_short = True

    def __init__(self, *, read: Reader, **kwargs: Any) -> None:
        self.read = read
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The value as it is typed."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, ImpreciseDate):
            return format_date(value.first_on) if value.is_exact else str(value)
        return value

    def to_python(self, value: Any) -> Any:
        """What the text means, or None for an empty box."""
        if value is None or not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return self.read(value.strip())
        except Refusal as said:
            raise ValidationError(said.message, code=said.code) from said


class _SeenForm(forms.Form):
    """A form over one version of a service."""

    shows_changes = True

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """What the action is to record."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class ServiceForm(_SeenForm):
    """What all councils share of a service."""

    name = PlainTextField(label="Name", max_length=TEXTS["name"][1])
    kind = forms.ChoiceField(
        label="Kind", choices=ServiceKind.choices, help_text="It chooses the template of the service’s review"
    )
    status = forms.ChoiceField(label="Status", choices=ServiceStatus.choices)
    since = ReadField(label="Shared since", help_text=IMPRECISE_HINT, required=False, read=date_of({}))
    planned = ReadField(label="Planned for", help_text=IMPRECISE_HINT, required=False, read=date_of({}))
    lead_council = CouncilField(label="Lead council", empty_label="None", required=False)
    note = LongTextField(label="Note", required=False)

    def __init__(self, data: Any = None, *, councils: Iterable[Council], service: Service | None) -> None:
        """Show the service as it is, or an empty form; `data` is what was sent."""
        super().__init__(data, initial=_service_values(service))
        lead = self.fields["lead_council"]
        if isinstance(lead, CouncilField):
            extra = [service.lead_council] if service and service.lead_council else []
            lead.set_councils(dict.fromkeys([*councils, *extra]))
        for name in ("since", "planned"):
            field, value = self.fields[name], self.initial.get(name)
            if isinstance(field, ReadField) and value:
                field.read = date_of({str(field.prepare_value(value)): value})


class ServiceCreateForm(ServiceForm):
    """A new service."""

    ref = PlainTextField(label="Reference", help_text="For example S-12", max_length=TEXTS["ref"][1])
    field_order = ("ref", "name")


class PartForm(_SeenForm):
    """One council's part in a service."""

    status = forms.ChoiceField(label="Status", required=False)
    provider = forms.ChoiceField(label="Provider", choices=Provider.choices)
    provider_name = PlainTextField(
        label="Provider name", max_length=TEXTS["provider_name"][1], required=False
    )
    fte = ReadField(
        label="Full-time equivalents",
        help_text="Shown to others only from 5 on",
        required=False,
        read=number_of("Full-time equivalents", places=2, least=0, most=MOST_POSTS),
    )
    contract_break_on = TypedDateField(label="Contract can end from", required=False)
    contract_end_on = TypedDateField(label="Contract ends on", required=False)
    shared_percent = ReadField(
        label="Already shared (%)",
        help_text="Per cent of the service, by cost, that this council already shares",
        required=False,
        read=number_of("Percentage", places=2, least=0, most=100),
    )
    note = LongTextField(label="Note", required=False)

    def __init__(self, data: Any = None, *, service: Service, provision: ServiceCouncil | None) -> None:
        """Show the part as it is, or an empty form; `data` is what was sent."""
        shown = provision or ServiceCouncil()
        names = [name for name in self.base_fields if name != "seen_version"]
        initial = {name: getattr(shown, name) for name in names}
        super().__init__(data, initial={**initial, "seen_version": service.version})
        status = self.fields["status"]
        if isinstance(status, forms.ChoiceField):
            status.choices = [("", "As the service"), *ServiceStatus.choices]


class CostForm(_SeenForm):
    """What a council spends on a service in a year."""

    amount_pence = PoundsField(label="Cost", noun="cost", minimum_pence=0)
    confidence = forms.ChoiceField(
        label="Confidence",
        choices=Confidence.choices,
        initial=Confidence.MEDIUM,
        help_text="How far the figure can be relied on",
    )
    qualifier = forms.ChoiceField(label="Exactness", choices=Qualifier.choices, initial=Qualifier.EXACT)
    source = PlainTextField(
        label="Source",
        help_text="Where the figure can be checked",
        max_length=TEXTS["source"][1],
        required=False,
    )

    def __init__(self, data: Any = None, *, service: Service, cost: ServiceCost | None = None) -> None:
        """Show the cost as it is, or an empty form; `data` is what was sent."""
        initial: dict[str, Any] = {"seen_version": service.version}
        if cost:
            initial |= {name: getattr(cost, name) for name in ("amount_pence", "confidence", "qualifier")}
            initial["source"] = str(cost.source or "")
        super().__init__(data, initial=initial)


class CostCreateForm(CostForm):
    """The cost of a further year."""

    fy = FinancialYearField(label="Financial year")
    field_order = ("fy",)

    def __init__(self, data: Any = None, *, service: Service, years: Iterable[int]) -> None:
        super().__init__(data, service=service)
        _offer_years(self, years)


class MeasureForm(_SeenForm):
    """How much work a council's service does in a year, or how well."""

    kind = forms.ChoiceField(label="What it counts", choices=MeasureKind.choices)
    unit = PlainTextField(label="Unit", help_text="For example claims", max_length=40, required=False)
    value = ReadField(
        label="Value",
        read=number_of("Value", places=3, least=-MOST_UNITS, most=MOST_UNITS),
        error_messages={"required": "Enter the value"},
    )
    is_higher_better = forms.TypedChoiceField(
        label="Direction",
        choices=[("", "Neither way is better"), ("yes", "Higher is better"), ("no", "Lower is better")],
        coerce=lambda text: text == "yes",
        empty_value=None,
        required=False,
    )
    source = PlainTextField(
        label="Source",
        help_text="Where the figure can be checked",
        max_length=TEXTS["source"][1],
        required=False,
    )

    def __init__(self, data: Any = None, *, service: Service, measure: ServiceMeasure | None = None) -> None:
        """Show the measure as it is, or an empty form; `data` is what was sent."""
        initial: dict[str, Any] = {"seen_version": service.version}
        if measure:
            direction = {True: "yes", False: "no", None: ""}[measure.is_higher_better]
            initial |= {name: getattr(measure, name) for name in ("kind", "unit", "value")}
            initial |= {"is_higher_better": direction, "source": str(measure.source or "")}
        super().__init__(data, initial=initial)


class MeasureCreateForm(MeasureForm):
    """A further measure, or a measure's further year."""

    name = PlainTextField(label="Measure", help_text="For example Claims handled", max_length=120)
    fy = FinancialYearField(label="Financial year")
    field_order = ("name", "fy")

    def __init__(self, data: Any = None, *, service: Service, years: Iterable[int]) -> None:
        super().__init__(data, service=service)
        _offer_years(self, years)


class CatalogueFileForm(forms.Form):
    """A file of services to import."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, smaller than 10MB",
        allow_empty_file=True,
        error_messages={"required": "Choose a CSV or XLSX file", "invalid": "Choose a CSV or XLSX file"},
    )


def _offer_years(form: forms.Form, years: Iterable[int]) -> None:
    field = form.fields["fy"]
    if isinstance(field, FinancialYearField):
        field.empty_label = "Choose a year"
        field.set_years(years)


def _service_values(service: Service | None) -> dict[str, Any]:
    if service is None:
        return {"seen_version": 1, "status": ServiceStatus.NOT_SHARED, "kind": ServiceKind.OTHER}
    return {
        "name": service.name,
        "kind": service.kind,
        "status": service.status,
        "since": service.get_date("since"),
        "planned": service.get_date("planned"),
        "lead_council": service.lead_council,
        "note": service.note,
        "seen_version": service.version,
    }

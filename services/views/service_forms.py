"""Pages that change a service, a council's part in it, its costs and its measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.signed_in import person
from core.clock import today
from core.rules.calendar import financial_year, format_fy
from core.rules.references import next_reference
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from services.actions.service import (
    create_service,
    remove_cost,
    remove_measure,
    save_cost,
    save_measure,
    save_provision,
    update_service,
)
from services.forms.service import (
    CostCreateForm,
    CostForm,
    MeasureCreateForm,
    MeasureForm,
    PartForm,
    ServiceCreateForm,
    ServiceForm,
)
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.policies import check_edit_council, check_edit_services, powers_of
from services.queries.case_partners import case_partners
from services.views.record_forms import RecordFormView

MENU_PAGE = "services:service_list"
YEARS_BACK, YEARS_AHEAD = 12, 3
REMOVE = "remove"
COST = "cost"


def visible_service(request: HttpRequest, pk: int) -> Service:
    """The service, or nothing there (404) for a person who may not see its programme."""
    services = Service.objects.visible_to(person(request))
    return get_object_or_404(
        services.select_related("programme__partnership", "lead_council", "source", "updated_by"), pk=pk
    )


class ServiceFormView(RecordFormView):
    """A form about one service."""

    template_name = "services/service_form.html"
    service: Service

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The service."""
        self.service = visible_service(request, kwargs["pk"])

    def check(self) -> None:
        """Only the programme manager changes what all councils share."""
        check_edit_services(powers_of(self.by, self.service.programme))

    def reload(self) -> None:
        """Read it again."""
        self.service = visible_service(self.request, self.service.pk)

    def back_url(self) -> str:
        """The page of the service."""
        return reverse("services:service_detail", args=[self.service.pk])

    def context(self) -> dict[str, Any]:
        """The service and its programme."""
        programme = self.service.programme
        return {
            "service": self.service,
            "programme": programme,
            "councils": partner_councils(programme.partnership_id),
            "menu_page": MENU_PAGE,
        }


class ServiceCreate(ServiceFormView):
    """Add a service."""

    title = "Add a service"
    programme: Programme

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The programme."""
        self.programme = visible_programme(person(request), kwargs["key"])

    def check(self) -> None:
        """Only the programme manager adds a service."""
        check_edit_services(powers_of(self.by, self.programme))

    def make_form(self, data: Any = None) -> forms.Form:
        """An empty form, with the next reference."""
        form = ServiceCreateForm(data, councils=partner_councils(self.programme.partnership_id), service=None)
        form.initial["ref"] = next_reference("S-", self.programme.services.values_list("ref", flat=True))
        return form

    def save(self, form: Any) -> str:
        """Add it."""
        values = form.values()
        self.service = create_service(self.programme, by=self.by, values=values)
        return f"{self.service.ref} is added. Now record each council’s part"

    def back_url(self) -> str:
        """The new service; before it is there, the list."""
        if hasattr(self, "service"):
            return super().back_url()
        return reverse("services:service_list", args=[self.programme.key])

    def context(self) -> dict[str, Any]:
        """The programme; there is no service yet."""
        councils = partner_councils(self.programme.partnership_id)
        return {"programme": self.programme, "councils": councils, "menu_page": MENU_PAGE}


class ServiceUpdate(ServiceFormView):
    """Change what all councils share of a service."""

    title = "Change this service"

    def make_form(self, data: Any = None) -> forms.Form:
        """The service as it is."""
        councils = partner_councils(self.service.programme.partnership_id)
        return ServiceForm(data, councils=councils, service=self.service)

    def save(self, form: Any) -> str:
        """Save it."""
        seen = form.cleaned_data["seen_version"]
        update_service(self.service, by=self.by, seen_version=seen, values=form.values())
        return f"{self.service.ref} is saved"


class _OfCouncil(ServiceFormView):
    """A form about one council's part in a service."""

    council: Council

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The service, and the council among those that are or were partners."""
        super().find(request, **kwargs)
        self.council = self._council(kwargs["council"])

    def check(self) -> None:
        """The council's own officers, or the programme manager."""
        check_edit_council(powers_of(self.by, self.service.programme), self.council)

    def provision(self) -> ServiceCouncil:
        """The council's part, read again with the service; nothing there (404) where it has none."""
        part = get_object_or_404(self.service.provisions.select_related("council"), council=self.council)
        part.service = self.service
        return part

    def _council(self, key: str) -> Council:
        councils = case_partners(self.service.programme).councils
        found = next((council for council in councils if council.key == key), None)
        if found is None:
            raise Http404
        return found


class ServicePartUpdate(_OfCouncil):
    """Record one council's part in a service, or change it; and go on to its cost where none is stated."""

    def context(self) -> dict[str, Any]:
        """The page offers to go on to the cost."""
        costs = ServiceCost.objects.filter(provision__service=self.service, provision__council=self.council)
        return super().context() | {"can_add_cost": not costs.exists()}

    def back_url(self) -> str:
        """The service, or the form of the council's cost."""
        if self.request.POST.get("then") == COST:
            return reverse("services:service_cost_create", args=[self.service.pk, self.council.key])
        return super().back_url()

    def make_form(self, data: Any = None) -> forms.Form:
        """The part as it is, or an empty form."""
        self.title = f"{self.council}’s part"
        provision = self.service.provisions.filter(council=self.council).first()
        return PartForm(data, service=self.service, provision=provision)

    def save(self, form: Any) -> str:
        """Save it."""
        seen = form.cleaned_data["seen_version"]
        save_provision(self.service, self.council, by=self.by, seen_version=seen, values=form.values())
        return f"{self.council}’s part is saved"


class _OfYear(_OfCouncil):
    """A form that adds a figure of a council and year."""

    def years(self) -> list[int]:
        """The years offered: this one first, then earlier ones, then some to come."""
        now = financial_year(today())
        return [*range(now, now - YEARS_BACK, -1), *range(now + 1, now + YEARS_AHEAD + 1)]


class ServiceCostCreate(_OfYear):
    """Add what a council spends in a year."""

    def make_form(self, data: Any = None) -> forms.Form:
        """A form of the latest year without a cost; the years that have one are not offered."""
        self.title = f"Add {self.council}’s cost of a year"
        stated = set(self.provision().costs.values_list("fy", flat=True))
        years = [year for year in self.years() if year not in stated]
        form = CostCreateForm(data, service=self.service, years=years)
        form.initial["fy"] = next(iter(years), None)
        return form

    def save(self, form: Any) -> str:
        """Add it."""
        values, provision = form.values(), self.provision()
        fy, seen = values.pop("fy"), form.cleaned_data["seen_version"]
        save_cost(provision, by=self.by, seen_version=seen, fy=fy, values=values)
        return f"{self.council}’s cost of {format_fy(fy)} is saved"


class ServiceMeasureCreate(_OfYear):
    """Add a measure of a council and year."""

    def make_form(self, data: Any = None) -> forms.Form:
        """An empty form."""
        self.title = f"Add a measure of {self.council}"
        self.provision()
        return MeasureCreateForm(data, service=self.service, years=self.years())

    def save(self, form: Any) -> str:
        """Add it."""
        values = form.values()
        name, fy = values.pop("name"), values.pop("fy")
        save_measure(
            self.provision(),
            by=self.by,
            seen_version=form.cleaned_data["seen_version"],
            name=name,
            fy=fy,
            values=values,
        )
        return f"{self.council}’s {name} of {format_fy(fy)} is saved"


class _Figure(_OfCouncil):
    """A form over a figure that is there: it can be changed or, entered by mistake, removed."""

    model: type[ServiceCost | ServiceMeasure]
    figure: Any

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The figure, its council and its service."""
        figures = self.model._meta.base_manager.select_related("provision__council", "source")
        self.figure = get_object_or_404(figures, pk=kwargs["pk"])
        self.service = visible_service(request, self.figure.provision.service_id)
        self.council = self.figure.provision.council
        self.figure.provision.service = self.service

    def reload(self) -> None:
        """Read it again."""
        self.find(self.request, pk=self.figure.pk)

    def context(self) -> dict[str, Any]:
        """The page offers to remove the figure."""
        return super().context() | {"can_remove": True}


class ServiceCostUpdate(_Figure):
    """Change what a council spends in a year."""

    model = ServiceCost

    def make_form(self, data: Any = None) -> forms.Form:
        """The cost as it is."""
        self.title = f"{self.council}’s cost of {format_fy(self.figure.fy)}"
        return CostForm(data, service=self.service, cost=self.figure)

    def save(self, form: Any) -> str:
        """Save or remove it."""
        seen = form.cleaned_data["seen_version"]
        if self.request.POST.get("then") == REMOVE:
            remove_cost(self.figure, by=self.by, seen_version=seen)
            return f"{self.title} is removed"
        values = form.values()
        save_cost(self.figure.provision, by=self.by, seen_version=seen, fy=self.figure.fy, values=values)
        return f"{self.title} is saved"


class ServiceMeasureUpdate(_Figure):
    """Change a measure of a council and year."""

    model = ServiceMeasure

    def make_form(self, data: Any = None) -> forms.Form:
        """The measure as it is."""
        self.title = f"{self.council}: {self.figure.name}, {format_fy(self.figure.fy)}"
        return MeasureForm(data, service=self.service, measure=self.figure)

    def save(self, form: Any) -> str:
        """Save or remove it."""
        seen, figure = form.cleaned_data["seen_version"], self.figure
        if self.request.POST.get("then") == REMOVE:
            remove_measure(figure, by=self.by, seen_version=seen)
            return f"{self.title} is removed"
        save_measure(
            figure.provision,
            by=self.by,
            seen_version=seen,
            name=figure.name,
            fy=figure.fy,
            values=form.values(),
        )
        return f"{self.title} is saved"

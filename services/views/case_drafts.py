"""The business cases of a programme: the list, a new one, and what a draft says of itself."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from services.actions.case_draft import create_case, update_case, use_newest_reference_data
from services.actions.case_version import CaseChanged
from services.forms.case_draft import CaseCreateForm, CaseUpdateForm, reviewed
from services.models import BusinessCase
from services.policies import check_create_case, check_edit_case, powers_of
from services.queries.case_list import case_rows
from services.queries.case_reference import reference_uses
from services.views.case_context import (
    MENU_PAGE,
    case_context,
    powers_in,
    press_case_again,
    seen_version,
    visible_case,
)


@login_required
@require_safe
def business_case_list(request: HttpRequest, key: str) -> HttpResponse:
    """Business cases: what each is about and where it stands."""
    programme = visible_programme(person(request), key)
    partners = partner_councils(programme.partnership_id)
    context = {
        "programme": programme,
        "councils": partners,
        "rows": case_rows(programme, partners),
        "can_create": powers_of(person(request), programme).is_manager,
    }
    return render(request, "services/business_case_list.html", context)


class CaseCreate(LoginRequiredMixin, View):
    """Start a business case."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, with the period of the programme, and the service that the address may name."""
        programme = _programme_to_change(request, key)
        service = request.GET.get("service", "")
        return _show_new(request, programme, CaseCreateForm(programme=programme, service=service))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Make the draft and go to its options, or show the form again."""
        programme = _programme_to_change(request, key)
        form = CaseCreateForm(request.POST, programme=programme)
        if not form.is_valid():
            return _show_new(request, programme, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            case = create_case(
                programme, by=person(request), ref=form.cleaned_data["ref"], values=form.values()
            )
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show_new(request, programme, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, f"{case.ref} is started. Add its options next")
        return redirect("services:case_options", case.pk)


class CaseUpdate(LoginRequiredMixin, View):
    """Change the title, the period and the five cases of a draft."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form, with the case as it is."""
        case = _case_to_change(request, pk)
        return _show(request, CaseUpdateForm(case=case))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save and go to the case, or show the form again with everything typed."""
        case = _case_to_change(request, pk)
        form = CaseUpdateForm(request.POST, case=case)
        if not form.is_valid():
            return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            saved = update_case(
                case,
                by=person(request),
                seen_version=form.cleaned_data["seen_version"],
                values=form.values(),
                sections=form.sections(),
            )
        except CaseChanged as said:
            return _show(request, reviewed(form, said), HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        said_words = f"{case.ref} is saved" if saved.version != case.version else "Nothing was changed"
        messages.success(request, said_words)
        return redirect(case)


@login_required
@require_POST
def case_rates(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft use the newest reference data."""
    case = visible_case(request, pk)
    try:
        use_newest_reference_data(case, by=person(request), seen_version=seen_version(request))
        messages.success(request, f"{case.ref} uses the rates in force today")
    except CaseChanged as said:
        return press_case_again(request, said, "Use the rates in force today")
    return redirect("services:business_case_update", case.pk)


def _programme_to_change(request: HttpRequest, key: str) -> Programme:
    programme = visible_programme(person(request), key)
    check_create_case(powers_of(person(request), programme))
    return programme


def _case_to_change(request: HttpRequest, pk: int) -> BusinessCase:
    case = visible_case(request, pk)
    check_edit_case(powers_in(request, case), case)
    return case


def _show_new(
    request: HttpRequest, programme: Programme, form: CaseCreateForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "programme": programme,
        "councils": partner_councils(programme.partnership_id),
        "form": form,
        "menu_page": MENU_PAGE,
    }
    return render(request, "services/business_case_create.html", context, status=status)


def _show(request: HttpRequest, form: CaseUpdateForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = case_context(form.case, "case") | {"form": form, "uses": reference_uses(form.case)}
    return render(request, "services/business_case_update.html", context, status=status)

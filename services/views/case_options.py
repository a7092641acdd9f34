"""The options of a business case."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from services.actions.case_option import add_option, remove_option, update_option
from services.actions.case_version import CaseChanged
from services.forms.case_option import OptionForm
from services.models import BusinessCase, CaseOption
from services.policies import can_edit_case, check_edit_case
from services.queries.case_options import case_option_rows
from services.views.case_context import case_context, powers_in, press_case_again, seen_version, visible_case


class CaseOptions(LoginRequiredMixin, View):
    """Every option of a case, and a form for a further one."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The options, and for the manager of a draft an empty form."""
        case = visible_case(request, pk)
        may_change = can_edit_case(powers_in(request, case), case)
        return _show_all(request, case, OptionForm(case=case) if may_change else None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add the option, or show the form again with everything typed."""
        case = visible_case(request, pk)
        check_edit_case(powers_in(request, case), case)
        form = OptionForm(request.POST, case=case)
        if not form.is_valid():
            return _show_all(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            option = add_option(
                case,
                by=person(request),
                seen_version=form.cleaned_data["seen_version"],
                values=form.values(),
            )
        except CaseChanged as said:
            return _show_all(request, said.current, _again(form, said), HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show_all(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, f"Option {option.ref} is added")
        return redirect("services:case_options", case.pk)


class CaseOptionUpdate(LoginRequiredMixin, View):
    """Change one option of a draft."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int, option_pk: int) -> HttpResponse:
        """The form, with the option as it is."""
        option = _option_to_change(request, pk, option_pk)
        return _show(request, option, OptionForm(case=option.business_case, option=option))

    def post(self, request: HttpRequest, pk: int, option_pk: int) -> HttpResponse:
        """Save and go back to the options, or show the form again with everything typed."""
        option = _option_to_change(request, pk, option_pk)
        form = OptionForm(request.POST, case=option.business_case, option=option)
        if not form.is_valid():
            return _show(request, option, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            update_option(
                option,
                by=person(request),
                seen_version=form.cleaned_data["seen_version"],
                values=form.values(),
            )
        except CaseChanged as said:
            return _show(request, option, _again(form, said, option), HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show(request, option, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, f"Option {form.cleaned_data['ref']} is saved")
        return redirect("services:case_options", pk)


@login_required
@require_POST
def case_option_remove(request: HttpRequest, pk: int, option_pk: int) -> HttpResponse:
    """Take an option out of a draft."""
    option = _option_to_change(request, pk, option_pk)
    try:
        remove_option(option, by=person(request), seen_version=seen_version(request))
        messages.success(request, f"Option {option.ref} is removed with its lines")
    except CaseChanged as said:
        return press_case_again(request, said, f"Remove option {option.ref}")
    except Refusal as said:
        messages.error(request, said.message)
    return redirect("services:case_options", pk)


def _option_to_change(request: HttpRequest, pk: int, option_pk: int) -> CaseOption:
    case = visible_case(request, pk)
    option = get_object_or_404(CaseOption, pk=option_pk, business_case=case)
    check_edit_case(powers_in(request, case), case)
    option.business_case = case
    return option


def _again(form: OptionForm, said: CaseChanged, option: CaseOption | None = None) -> OptionForm:
    """The form over the case as it now is, with everything typed kept and what happened said above it."""
    data = {**dict(form.data.items()), "seen_version": str(said.current.version)}
    fresh = OptionForm(data, case=said.current, option=option)
    fresh.add_error(None, said.message)
    return fresh


def _show_all(
    request: HttpRequest, case: BusinessCase, form: OptionForm | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = case_context(case, "options") | {
        "rows": case_option_rows(case),
        "form": form,
        "can_edit": form is not None,
    }
    return render(request, "services/case_options.html", context, status=status)


def _show(
    request: HttpRequest, option: CaseOption, form: OptionForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    case = option.business_case
    context = case_context(case, "options") | {
        "option": option,
        "form": form,
        "line_count": option.lines.count(),
    }
    return render(request, "services/case_option_update.html", context, status=status)

"""Is each council better off with a business case, and compensation where one is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.errors import Refusal, StaleEdit
from core.forms.conflict import SeenForm, shown_again
from core.forms.fields import add_refusals
from core.rules.assessment import NotAssessable
from programme.views.context import programme_context
from programme.views.recording import FormPage, record_form, sent
from services.actions.compensation import (
    Terms,
    check_may_record,
    record_compensation,
    update_compensation,
    withdraw_compensation,
)
from services.appraisal_charts import council_chart
from services.enums import TestBasis
from services.fairness_tables import arrangement_table, proposal_table, tests_table
from services.forms.compensation import CompensationForm, box_name, stored_values
from services.models import BusinessCase, Compensation
from services.policies import Powers
from services.queries.agreements import agreements_of, binding_words
from services.queries.appraisal import CaseAppraisal, appraise_case
from services.queries.decision_choices import decisions_of
from services.queries.fairness import BASES, Fairness, case_fairness, verdict
from services.rules.compensation import CompensationProposal
from services.views.case_appraisal import AppraisalPage, appraisal_page, file_url
from services.views.case_context import MENU_PAGE, case_context, powers_in, visible_case

FORM = ["GET", "HEAD", "POST", "OPTIONS"]


@login_required
@require_safe
def case_fairness_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The test in cash and in net present value, the binding one said, and compensation."""
    page = appraisal_page(request, pk, tab="councils")
    if page.option is None:
        return render(request, "services/case_fairness.html", page.context)
    fairness = case_fairness(page.appraisal, page.option)
    agreements = agreements_of(fairness)
    context = {
        **page.context,
        "fairness": fairness,
        "binding": binding_words(fairness, agreements),
        "verdicts": [(basis.label, verdict(fairness.on(basis))) for basis in BASES],
        "positions": tests_table(fairness),
        "chart": council_chart(
            page.appraisal, page.option, csv_url=file_url(page, "positions.csv", page.option)
        ),
        "proposals": [_proposal(fairness, basis) for basis in BASES],
        "arrangements": [
            (one, arrangement_table(one.arrangement, page.appraisal.names)) for one in agreements
        ],
        "can_record": _can_record(page.powers, page.case) and not _is_withheld(page, fairness),
    }
    return render(request, "services/case_fairness.html", context)


@login_required
@require_http_methods(FORM)
def compensation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an arrangement; the boxes hold what the chosen basis proposes, paid in the base year."""
    case = visible_case(request, pk)
    powers = powers_in(request, case)
    check_may_record(powers, case)
    appraisal = appraise_case(case, powers)
    if appraisal.preferred is None:
        return _without_option(request, case)
    initial = {"seen_version": 0, **_proposed(appraisal, request.GET.get("basis", TestBasis.NPV))}
    form = _form(request, appraisal, initial)
    return _answer(
        request,
        case,
        form,
        lambda terms: record_compensation(case, by=person(request), terms=terms),
        "Record",
    )


@login_required
@require_http_methods(FORM)
def compensation_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an arrangement."""
    compensation = _visible_compensation(request, pk)
    case = compensation.business_case
    powers = powers_in(request, case)
    check_may_record(powers, case)
    appraisal = appraise_case(case, powers)
    if appraisal.preferred is None:
        return _without_option(request, case)
    fairness = case_fairness(appraisal, appraisal.preferred)
    if fairness.withheld:
        raise PermissionDenied(fairness.withheld.reason)
    stored = next(one for one in fairness.arrangements if one.compensation.pk == compensation.pk)
    form = _form(request, appraisal, stored_values(stored))

    def save(terms: Terms) -> Compensation:
        seen = form.cleaned_data["seen_version"]
        return update_compensation(compensation, by=person(request), seen_version=seen, terms=terms)

    return _answer(request, case, form, save, "Change")


@login_required
@require_http_methods(FORM)
def compensation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an arrangement that no decision has agreed."""
    compensation = _visible_compensation(request, pk)
    case = compensation.business_case
    check_may_record(powers_in(request, case), case)
    page = FormPage(
        "Withdraw compensation",
        f"{case.title}, version {case.number}",
        "Withdraw it",
        reverse("services:case_fairness", args=[case.pk]),
        ((case.title, case.get_absolute_url()),),
        lead="The arrangement and its payments are removed. The audit trail keeps what they were.",
        facts=(
            ("For", compensation.beneficiary),
            ("Worked out on", compensation.get_basis_display()),
            ("Decision", compensation.decision_ref or "None named"),
        ),
        menu_page=MENU_PAGE,
        context=programme_context(case.programme),
    )
    form = SeenForm(sent(request), initial={"seen_version": compensation.version})

    def save(data: Mapping[str, Any]) -> Compensation:
        withdraw_compensation(compensation, by=person(request), seen_version=data["seen_version"])
        return compensation

    return record_form(request, page, form, save, saved="The compensation is withdrawn")


def _visible_compensation(request: HttpRequest, pk: int) -> Compensation:
    """The arrangement with its case, or nothing there (404) for a person who may not see the case."""
    compensation = get_object_or_404(Compensation.objects.select_related("beneficiary"), pk=pk)
    compensation.business_case = visible_case(request, compensation.business_case_id)
    return compensation


def _without_option(request: HttpRequest, case: BusinessCase) -> HttpResponse:
    """Back to where options are added, saying that there is nothing to agree yet."""
    messages.error(request, "Add an option before you record compensation")
    return redirect(reverse("services:case_options", args=[case.pk]))


def _form(request: HttpRequest, appraisal: CaseAppraisal, initial: dict[str, Any]) -> CompensationForm:
    return CompensationForm(
        sent(request),
        councils=appraisal.councils,
        fys=appraisal.fys,
        decisions=[
            one
            for one in decisions_of(appraisal.case.programme)
            if one.has_agreed or one.ref == initial.get("decision_ref")
        ],
        initial=initial,
    )


def _answer(
    request: HttpRequest,
    case: BusinessCase,
    form: CompensationForm,
    save: Callable[[Terms], Compensation],
    verb: str,
) -> HttpResponse:
    """The form, or the councils page once it is saved."""
    context = {**case_context(case, "councils"), "form": form, "verb": verb}
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            status = _save(form, save)
        except StaleEdit as said:
            status, context["stale"] = HTTPStatus.CONFLICT, shown_again(form, said)
        if status == HTTPStatus.OK:
            messages.success(request, "The compensation is recorded")
            return redirect(reverse("services:case_fairness", args=[case.pk]))
    return render(request, "services/case_fairness_form.html", context, status=status)


def _save(form: CompensationForm, save: Callable[[Terms], Compensation]) -> HTTPStatus:
    """OK where it is saved; else what was refused stands on the form."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        save(form.terms())
    except StaleEdit:
        raise
    except Refusal as said:
        add_refusals(form, said)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.OK


def _proposed(appraisal: CaseAppraisal, basis: str) -> dict[str, Any]:
    """The proposal for the first council that is worse off on a basis, paid in the base year."""
    if basis not in TestBasis.values or appraisal.preferred is None:
        return {}
    proposal = case_fairness(appraisal, appraisal.preferred).proposals[TestBasis(basis)]
    if not isinstance(proposal, CompensationProposal) or not proposal.payments:
        return {"basis": basis}
    beneficiary = proposal.payments[0].beneficiary
    paid = {one.payer: -one.pence for one in proposal.payments if one.beneficiary == beneficiary}
    paid[beneficiary] = -sum(paid.values())
    boxes = {
        box_name(appraisal.fys[0], council): paid[str(council)]
        for council in appraisal.councils
        if paid.get(str(council))
    }
    key = next(council.key for council in appraisal.councils if str(council) == beneficiary)
    return {"basis": basis, "beneficiary": key, **boxes}


def _proposal(fairness: Fairness, basis: TestBasis) -> dict[str, Any]:
    """What the page says of a proposal on one basis."""
    found = fairness.proposals[basis]
    words: dict[str, Any] = {"basis": basis, "table": proposal_table(fairness, basis)}
    if not isinstance(found, CompensationProposal):
        return words | {"missing": found}
    is_priced = not isinstance(found.is_worth_it, NotAssessable)
    return words | {
        "found": found,
        "is_needed": any(net < 0 for net in found.nets_pence.values()),
        "is_priced": is_priced,
        "is_worth_it": is_priced and found.is_worth_it,
        "gaps": list(found.gaps_pence.items()),
        "without": [one for one in fairness.without if one.basis == basis],
    }


def _is_withheld(page: AppraisalPage, fairness: Fairness) -> bool:
    """Whether what compensation is tested on is withheld; recording it opens nothing that is exempt."""
    if fairness.withheld or not page.appraisal.left_out:
        return bool(fairness.withheld)
    closed = appraise_case(page.case, page.powers)
    return closed.preferred is None or bool(case_fairness(closed, closed.preferred).withheld)


def _can_record(powers: Powers, case: BusinessCase) -> bool:
    try:
        check_may_record(powers, case)
    except PermissionDenied:
        return False
    return True

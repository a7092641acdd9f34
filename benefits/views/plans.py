"""Plan versions and proposed plans: the list, one proposal, and the steps that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.plan_approval import make_plan_current
from benefits.actions.plan_proposal import (
    give_opinion,
    propose_plan,
    submit_plan_proposal,
    update_plan_proposal,
    withdraw_plan_proposal,
)
from benefits.enums import OPEN_PROPOSALS, ProposalState
from benefits.forms.plan_proposals import OpinionForm, ReasonsForm, WithdrawForm
from benefits.models import PlanOpinion, PlanProposal
from benefits.policies import (
    can_propose,
    can_submit,
    check_propose,
    check_submit,
    s151_for,
)
from benefits.queries.plan_changes import plan_changes
from benefits.queries.plan_route import route_rows
from benefits.queries.plans import open_proposal, plans_of, waits_in_words
from benefits.tables.plan_changes import amounts_table, npv_table, payback_table, worth_table
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.clock import today
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.fields import add_refusals
from core.rules.ids import number_in
from programme.models import Council, PlanVersion, Programme
from programme.queries.partners import partner_councils
from programme.rules.planning.terms import sealed
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, Crumb, FormPage, record_form, sent

NOT_TO_SAY = "Only the section 151 officer of a partner council can say whether it supports this plan"


@login_required
@require_safe
def plan_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every plan version, and every plan proposed to follow."""
    user = person(request)
    programme = visible_programme(user, key)
    context = {
        "plans": plans_of(programme, as_of=today()),
        "can_propose": can_propose(user, programme),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/plan_list.html", context)


@login_required
@require_http_methods(FORM)
def plan_proposal_create(request: HttpRequest, key: str) -> HttpResponse:
    """Start a re-baseline, or the first plan."""
    user = person(request)
    programme = visible_programme(user, key)
    check_propose(user, programme)
    latest = programme.plan_versions.order_by("number").last()
    form = ReasonsForm(sent(request), number=latest.number + 1 if latest else 1)
    proposed = open_proposal(programme)
    if request.method != "POST" and proposed is not None:
        messages.info(request, f"Plan version {proposed.number} is proposed already. Change it here")
        return redirect(proposed)
    if request.method != "POST":
        return render(request, "programme/record_form.html", _start_context(request, programme, latest, form))
    try:
        if form.is_valid():
            made = propose_plan(programme, by=user, **_reasons(form.cleaned_data))
            messages.success(request, "The proposal is started. Now change its amounts and dates")
            return redirect(made)
    except (Refusal, Refusals) as said:
        add_refusals(form, said)
    context = _start_context(request, programme, latest, form)
    return render(request, "programme/record_form.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@login_required
@require_http_methods(FORM)
def plan_version_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody changes an approved plan (row 33): leads to the start of a re-baseline, with the reason."""
    user = person(request)
    versions = PlanVersion.objects.select_related("programme__partnership")
    version = get_object_or_404(versions.filter(programme__in=Programme.objects.visible_to(user)), pk=pk)
    check_propose(user, version.programme)
    start = reverse("benefits:plan_proposal_create", args=[version.programme.key])
    if request.method != "POST":
        return redirect(f"{start}?version={version.number}")
    latest = version.programme.plan_versions.order_by("number").last()
    form = ReasonsForm({}, number=version.number + 1)
    form.add_error(None, sealed(version.approved_on).message)
    context = _start_context(request, version.programme, latest, form)
    return render(request, "programme/record_form.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@login_required
@require_safe
def plan_proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed plan beside the plan it would replace and the original."""
    return _show(request, visible_proposal(person(request), pk))


@login_required
@require_http_methods(FORM)
def plan_proposal_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the reason and the explanation of a draft."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    check_propose(user, proposal.programme)
    page = _page(proposal, "Reason and explanation", "Save the reason")

    def save(data: Mapping[str, Any]) -> PlanProposal:
        seen = data["seen_version"] or 0
        return update_plan_proposal(proposal, by=user, seen_version=seen, **_reasons(data))

    form = ReasonsForm(sent(request), number=proposal.number, proposal=proposal)
    return record_form(request, page, form, save, saved="The reason is saved")


@login_required
@require_POST
def plan_proposal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the proposal, so that councils can be asked to approve it."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    try:
        submit_plan_proposal(proposal, by=user, seen_version=_seen(request))
    except StaleEdit as said:
        return _show(request, proposal, [said.message], HTTPStatus.CONFLICT)
    except (Refusal, Refusals) as said:
        return _show(request, proposal, str(said).splitlines(), HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "The proposal is submitted and can no longer be changed")
    return redirect(proposal)


@login_required
@require_http_methods(FORM)
def plan_proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal back."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    check_submit(user, proposal.programme)
    page = _page(proposal, "Withdraw the proposal", "Withdraw it", lead="It stays on record.")

    def save(data: Mapping[str, Any]) -> PlanProposal:
        seen = data["seen_version"] or 0
        return withdraw_plan_proposal(proposal, by=user, seen_version=seen, reason=data["reason"])

    form = WithdrawForm(sent(request), initial={"seen_version": proposal.version})
    return record_form(request, page, form, save, saved="The proposal is withdrawn")


@login_required
@require_http_methods(FORM)
def plan_opinion_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for one's own council whether its section 151 officer supports the plan."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    councils = _signed_councils(user, proposal)
    if not councils:
        raise PermissionDenied(NOT_TO_SAY)
    page = _page(proposal, "Say whether you support this plan", "Save the answer")

    def save(data: Mapping[str, Any]) -> PlanOpinion:
        council: Council = data["council"]
        return give_opinion(proposal, council, by=user, is_in=data["is_in"], reason=data["reason"])

    form = OpinionForm(sent(request), councils=councils)
    return record_form(request, page, form, save, saved="The answer is recorded")


@login_required
@require_POST
def plan_proposal_current(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse to make a plan current by hand: says which decision it waits for (row 36)."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    try:
        make_plan_current(proposal, by=user)
    except Refusal as said:
        return _show(request, proposal, [said.message], HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(proposal)


def visible_proposal(user: User, pk: int) -> PlanProposal:
    """The proposal, or nothing there (404) for a person who may not see it."""
    rows = PlanProposal.objects.visible_to(user).select_related(
        "programme__partnership", "based_on", "plan_version", "created_by", "submitted_by"
    )
    return get_object_or_404(rows, pk=pk)


def proposal_crumbs(proposal: PlanProposal) -> tuple[Crumb, ...]:
    """The way to what stands below a proposal."""
    return list_crumb("Plans", "benefits:plan_list", proposal.programme), (
        f"Proposed plan version {proposal.number}",
        proposal.get_absolute_url(),
    )


def _show(
    request: HttpRequest, proposal: PlanProposal, errors: list[str] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    user, programme = person(request), proposal.programme
    changes = plan_changes(proposal)
    is_draft, is_submitted = (
        proposal.state == state for state in (ProposalState.DRAFT, ProposalState.SUBMITTED)
    )
    manages, submits = can_propose(user, programme), can_submit(user, programme)
    context = {
        "proposal": proposal,
        "changes": changes,
        "waits": waits_in_words(proposal, changes.decisions),
        "tables": {
            "amounts": amounts_table(changes),
            "worth": worth_table(changes),
            "payback": payback_table(changes),
            "npv": npv_table(changes),
        },
        "route": route_rows(proposal, changes),
        "errors": [("", message) for message in errors or ()],
        "can_edit": is_draft and manages,
        "can_submit": is_draft and submits,
        "can_withdraw": proposal.state in OPEN_PROPOSALS and submits,
        "can_answer": is_submitted and bool(_signed_councils(user, proposal)),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/plan_proposal_detail.html", context, status=status)


def _signed_councils(user: User, proposal: PlanProposal) -> list[Council]:
    own = s151_for(user)
    return [one for one in partner_councils(proposal.programme.partnership_id) if one.pk in own]


def _start_context(
    request: HttpRequest, programme: Programme, latest: PlanVersion | None, form: ReasonsForm
) -> dict[str, Any]:
    """The start of a re-baseline; led here from a plan version, it says why that cannot be changed."""
    asked = request.GET.get("version", "")
    named = programme.plan_versions.filter(number=number_in(asked)).first()
    lead = "A new plan version takes effect only when the councils’ decision on it does. Earlier plans stay."
    if named is not None:
        lead = f"{sealed(named.approved_on).message}. {lead}"
    heading = "Start a re-baseline" if latest else "Start the first plan"
    back = list_crumb("Plans", "benefits:plan_list", programme)
    page = form_page(programme, heading, "Start", back, lead=lead)
    return {**page.context, "page": page, "form": form, "menu_page": page.menu_page}


def _page(proposal: PlanProposal, heading: str, save: str, lead: str = "") -> FormPage:
    return form_page(proposal.programme, heading, save, proposal_crumbs(proposal)[1], lead=lead)


def _reasons(data: Mapping[str, Any]) -> dict[str, str]:
    return {"reason_code": data.get("reason_code", ""), "narrative": data["narrative"]}


def _seen(request: HttpRequest) -> int:
    return number_in(request.POST.get("seen_version", ""))

"""The amounts and the dates of a proposed plan as tables of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from benefits.actions.amounts import Amount
from benefits.actions.plan_content import amounts_of, save_amounts, save_dates
from benefits.enums import ProposalState
from benefits.forms.plan_proposals import AmountsForm, DatesForm
from benefits.models import PlanProposal
from benefits.policies import check_propose
from benefits.queries.scope import appraisal_fys
from benefits.views.pages import SAVINGS_MENU
from benefits.views.plans import proposal_crumbs, visible_proposal
from core.clock import today
from core.errors import Refusal, Refusals, StaleEdit
from core.rules.calendar import financial_year
from programme.models import Council
from programme.queries.partners import entering_councils
from programme.views.context import programme_context
from programme.views.links import FilterLink, filter_link
from programme.views.recording import FORM
from programme.views.reference_class import FOR_PLANS, beside


@login_required
@require_http_methods(FORM)
def plan_proposal_amounts(request: HttpRequest, pk: int) -> HttpResponse:
    """The amounts of one council by line and year."""
    proposal = _changeable(request, pk)
    if request.method != "POST" and proposal.state != ProposalState.DRAFT:
        return redirect(proposal)
    amounts = amounts_of(proposal)
    councils = _offered(proposal, amounts)
    council = _chosen(request, councils)
    lines = list(proposal.programme.lines.order_by("order_index", "pk"))
    form = AmountsForm(proposal, council, lines, _years(proposal, amounts), amounts, _sent(request))
    links = _links(request, councils, council)
    if request.method != "POST":
        return _show(request, "benefits/plan_proposal_amounts.html", form, links)
    try:
        save_amounts(proposal, by=person(request), seen_version=form.seen, amounts=form.read())
    except StaleEdit as said:
        form.show_again(said)
        return _show(request, "benefits/plan_proposal_amounts.html", form, links, HTTPStatus.CONFLICT)
    except (Refusal, Refusals) as said:
        if not form.errors:
            form.add(said)
        return _show(
            request, "benefits/plan_proposal_amounts.html", form, links, HTTPStatus.UNPROCESSABLE_ENTITY
        )
    messages.success(request, f"The amounts of {council} are saved")
    return redirect(request.get_full_path())


@login_required
@require_http_methods(FORM)
def plan_proposal_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan date of every milestone."""
    proposal = _changeable(request, pk)
    if request.method != "POST" and proposal.state != ProposalState.DRAFT:
        return redirect(proposal)
    milestones = list(proposal.programme.milestones.order_by("order_index", "pk"))
    form = DatesForm(proposal, milestones, _sent(request))
    if request.method != "POST":
        return _show(request, "benefits/plan_proposal_dates.html", form)
    try:
        save_dates(proposal, by=person(request), seen_version=form.seen, dates=form.read())
    except StaleEdit as said:
        form.show_again(said)
        return _show(request, "benefits/plan_proposal_dates.html", form, (), HTTPStatus.CONFLICT)
    except (Refusal, Refusals) as said:
        if not form.errors:
            form.add(said)
        return _show(request, "benefits/plan_proposal_dates.html", form, (), HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "The dates are saved")
    return redirect(proposal)


def _changeable(request: HttpRequest, pk: int) -> PlanProposal:
    """The proposal; who may not change it is told why (403)."""
    user = person(request)
    proposal = visible_proposal(user, pk)
    check_propose(user, proposal.programme)
    return proposal


def _sent(request: HttpRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _offered(proposal: PlanProposal, amounts: Sequence[Amount]) -> list[Council]:
    """Those that enter amounts, then others of which the proposal holds some: they must be taken out."""
    councils = entering_councils(proposal.programme)
    former = {one.council for one in amounts} - set(councils)
    return [*councils, *sorted(former, key=str)]


def _chosen(request: HttpRequest, councils: list[Council]) -> Council:
    key = request.GET.get("council", "")
    found = next((one for one in councils if key in {"", one.key}), None)
    if found is None:
        raise Http404("There is no such partner council")
    return found


def _links(request: HttpRequest, councils: list[Council], chosen: Council) -> list[FilterLink]:
    return [
        replace(filter_link(request, "council", one.key, str(one)), is_current=one == chosen)
        for one in councils
    ]


def _years(proposal: PlanProposal, amounts: Sequence[Amount]) -> tuple[int, ...]:
    """The appraisal period, and years outside it that hold an amount."""
    held = {one.fy for one in amounts}
    base = proposal.programme.base_fy
    return appraisal_fys(proposal.programme, held or {financial_year(today()) if base is None else base})


def _show(
    request: HttpRequest,
    template: str,
    form: AmountsForm | DatesForm,
    links: list[FilterLink] | tuple[()] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    proposal = form.proposal
    context = {
        "form": form,
        "proposal": proposal,
        "links": links,
        "crumbs": proposal_crumbs(proposal),
        "menu_page": SAVINGS_MENU,
        **beside(person(request), FOR_PLANS, proposal.programme.partnership.model),
        **programme_context(proposal.programme),
    }
    return render(request, template, context, status=status)

"""Draft a decision and take each of its steps, one small form a step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.actions.publication import WITHHOLDING
from core.publication import shown
from governance.actions.call_ins import settle_call_in
from governance.actions.conditions import meet_condition
from governance.actions.decisions import DecisionDraft, draft_decision, update_decision
from governance.council_steps import COUNCIL_STEPS
from governance.decision_steps import DECISION_STEPS
from governance.forms.council_decisions import SettleForm
from governance.forms.decisions import DraftForm, MetForm
from governance.models import CallIn, CouncilDecision, Decision, DecisionCondition
from governance.policies import check_draft, check_meet_condition, check_record_for, powers_of
from governance.rules.timeline import fingerprint
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

Facts = tuple[tuple[str, object], ...]
MENU_PAGE = "governance:decision_list"
_NOT_DRAFT = ("seen_version", *WITHHOLDING)


@login_required
@require_http_methods(FORM)
def decision_create(request: HttpRequest, key: str) -> HttpResponse:
    """Draft a decision of the programme."""
    user = person(request)
    programme = visible_programme(user, key)
    check_draft(powers_of(user, programme))
    board_url = reverse(MENU_PAGE, args=[programme.key])
    page = _page(programme, "Draft a decision", "Save the draft", board_url)
    form = DraftForm(sent(request), programme=programme, about=request.GET.get("plan_proposal", ""))

    def save(data: Mapping[str, Any]) -> Decision:
        return draft_decision(programme, _draft(data), by=user, withholding=form.withholding())

    return record_form(
        request, page, form, save, saved="The decision is drafted", then=Decision.get_absolute_url
    )


@login_required
@require_http_methods(FORM)
def decision_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; what is withheld stays as it is and is not shown."""
    user, decision = person(request), _decision(request, pk)
    check_draft(powers_of(user, decision.programme))
    page = _of_decision(decision, "Change the draft", "Save the draft")
    form = DraftForm(sent(request), programme=decision.programme, decision=decision)

    def save(data: Mapping[str, Any]) -> Decision:
        kept = {name: getattr(decision, name) for name in decision.withheld_fields if name not in data}
        return update_decision(
            decision, _draft({**data, **kept}), by=user, seen_version=data["seen_version"] or 0
        )

    return record_form(request, page, form, save, saved="The draft is saved")


@login_required
@require_http_methods(FORM)
def decision_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the decision as a whole."""
    user, decision = person(request), _decision(request, pk)
    taken = DECISION_STEPS.get(step)
    if taken is None:
        raise Http404
    taken.check(powers_of(user, decision.programme), decision)
    page = _of_decision(
        decision, taken.label, taken.label, taken.lead, _words_put(decision) if taken.shows_text else ()
    )
    form = taken.form(sent(request), row=decision)
    return record_form(request, page, form, lambda data: taken.run(decision, user, data), saved=taken.saved)


@login_required
@require_http_methods(FORM)
def decision_council(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step for one council's decision."""
    user = person(request)
    visible = Decision.objects.visible_to(user).values("pk")
    rows = CouncilDecision.objects.filter(decision__in=visible)
    related = rows.select_related("decision__programme__partnership", "council", "element")
    asked = get_object_or_404(related, pk=pk)
    taken = COUNCIL_STEPS.get(step)
    if taken is None:
        raise Http404
    powers = powers_of(user, asked.decision.programme)
    taken.check(powers, asked)
    heading = f"{_name(asked)}: {taken.label[:1].lower()}{taken.label[1:]}"
    facts = _words_put(asked.decision) if taken.shows_text else ()
    page = _of_decision(asked.decision, heading, taken.label, taken.lead, facts)
    form = taken.form_of(powers, asked)(sent(request), row=asked)
    return record_form(
        request, page, form, lambda data: taken.run(asked, user, dict(data)), saved=taken.saved
    )


@login_required
@require_http_methods(FORM)
def decision_call_in(request: HttpRequest, pk: int) -> HttpResponse:
    """What scrutiny did with a call-in."""
    user = person(request)
    visible = Decision.objects.visible_to(user).values("pk")
    rows = CallIn.objects.filter(council_decision__decision__in=visible)
    related = rows.select_related(
        "council_decision__decision__programme__partnership", "council_decision__council"
    )
    call_in = get_object_or_404(related, pk=pk)
    decision = call_in.council_decision.decision
    check_record_for(powers_of(user, decision.programme), call_in.council_decision)
    page = _of_decision(decision, "Record what scrutiny did", "Save the outcome")
    form = SettleForm(sent(request), row=call_in)

    def save(data: Mapping[str, Any]) -> CallIn:
        return settle_call_in(call_in, by=user, **data)

    return record_form(request, page, form, save, saved="The outcome is recorded")


@login_required
@require_http_methods(FORM)
def decision_condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a condition is met."""
    user = person(request)
    visible = Decision.objects.visible_to(user).values("pk")
    rows = DecisionCondition.objects.filter(decision__in=visible)
    condition = get_object_or_404(rows.select_related("decision__programme__partnership", "council"), pk=pk)
    check_meet_condition(powers_of(user, condition.decision.programme), condition.council)
    lead = shown(condition.decision, condition.text).text
    page = _of_decision(condition.decision, "Record that a condition is met", "Save", lead)
    form = MetForm(sent(request), row=condition)

    def save(data: Mapping[str, Any]) -> DecisionCondition:
        return meet_condition(condition, by=user, **data)

    return record_form(request, page, form, save, saved="The condition is met")


def _decision(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(person(request))
    return get_object_or_404(visible.select_related("programme__partnership", "body"), pk=pk)


def _name(asked: CouncilDecision) -> str:
    name = str(asked.council or asked.party_text)
    return f"{name} ({asked.element})" if asked.element else name


def _draft(data: Mapping[str, Any]) -> DecisionDraft:
    return DecisionDraft(**{name: value for name, value in data.items() if name not in _NOT_DRAFT})


def _words_put(decision: Decision) -> Facts:
    """The exact words that are being decided, as any page shows them."""
    mark = "" if decision.is_withheld else f", fingerprint {fingerprint(decision.text_hash)}"
    return (
        ("Version put", f"{decision.text_number}{mark}"),
        ("Its words", shown(decision, decision.text).text or "Not stated"),
    )


def _of_decision(decision: Decision, heading: str, save: str, lead: str = "", facts: Facts = ()) -> FormPage:
    crumb = (f"{decision.ref} {decision.title}", decision.get_absolute_url())
    return _page(decision.programme, heading, save, decision.get_absolute_url(), lead, facts, crumb)


def _page(
    programme: Programme,
    heading: str,
    save: str,
    back_url: str,
    lead: str = "",
    facts: Facts = (),
    *crumbs: tuple[str, str],
) -> FormPage:
    board = ("Decisions", reverse(MENU_PAGE, args=[programme.key]))
    return FormPage(
        heading,
        programme.name,
        save,
        back_url,
        ((programme.name, reverse("programme:programme_detail", args=[programme.key])), board, *crumbs),
        lead=lead,
        facts=facts,
        menu_page=MENU_PAGE,
        context={"programme": programme, "councils": partner_councils(programme.partnership_id)},
    )

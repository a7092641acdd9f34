"""How a programme is rated, and what its senior responsible owner judges of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import today
from programme.actions.judgement import end_judgement, give_judgement, renew_judgement
from programme.enums import JudgementSubject
from programme.forms.judgement import JudgementEndForm, JudgementForm, JudgementRenewForm
from programme.models import Judgement, Programme
from programme.policies import check_judge, powers_of
from programme.queries.judgements import rating_page
from programme.rules.rag_limits import limit_rows
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

_LEADS = {
    JudgementSubject.OVERALL: "What is worked out stays beside your judgement, with its own reason.",
    JudgementSubject.CONFIDENCE: "How sure you are of time, cost, quality and benefits together.",
}
FIVE = "five"


@login_required
@require_safe
def rating_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The parts of a programme's rating, what follows from them, and every judgement given."""
    user = person(request)
    programme = visible_programme(user, key)
    page, powers = rating_page(programme, as_of=today()), powers_of(user)
    context = {
        "page": page,
        "rating": page.rating,
        "can_judge": powers.is_senior_owner(programme),
        "limits": limit_rows(programme.thresholds),
        "has_own_limits": bool(programme.rag_thresholds),
        "can_set_limits": powers.records_gates(programme),
        "menu_page": "programme:programme_detail",
        **programme_context(programme),
    }
    return render(request, "programme/overview/rating_detail.html", context)


@login_required
@require_http_methods(FORM)
def judgement_create(request: HttpRequest, key: str, subject: str) -> HttpResponse:
    """Judge the programme's rating, or the delivery confidence."""
    user = person(request)
    programme = visible_programme(user, key)
    check_judge(user, programme)
    if subject not in JudgementSubject.values:
        raise Http404
    form = JudgementForm(sent(request), subject=subject, is_five=_is_five(request), today=today())

    def save(data: Mapping[str, Any]) -> Judgement:
        return give_judgement(programme, by=user, subject=subject, judged=form.to_judged())

    page = _page(request, programme, JudgementSubject(subject), "Judge: {}", "Save the judgement")
    return record_form(request, page, form, save, saved="The judgement is saved", template=_FORM)


@login_required
@require_http_methods(FORM)
def judgement_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a new judgement in the place of one."""
    user = person(request)
    judgement = _judgement(user, pk)
    check_judge(user, judgement.programme)
    is_five = _is_five(request)
    form = JudgementRenewForm(sent(request), judgement=judgement, is_five=is_five, today=today())

    def save(data: Mapping[str, Any]) -> Judgement:
        return renew_judgement(judgement, by=user, seen_version=data["seen_version"], judged=form.to_judged())

    subject = JudgementSubject(judgement.subject)
    page = _page(request, judgement.programme, subject, "Judge again: {}", "Save the judgement")
    return record_form(request, page, form, save, saved="The judgement is renewed", template=_FORM)


@login_required
@require_http_methods(FORM)
def judgement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a judgement with its reason."""
    user = person(request)
    judgement = _judgement(user, pk)
    check_judge(user, judgement.programme)

    def save(data: Mapping[str, Any]) -> Judgement:
        return end_judgement(judgement, by=user, seen_version=data["seen_version"], why=data["why"])

    form = JudgementEndForm(sent(request), initial={"seen_version": judgement.version})
    subject = JudgementSubject(judgement.subject)
    page = _page(request, judgement.programme, subject, "End the judgement: {}", "End it")
    return record_form(request, page, form, save, saved="The judgement has ended")


_FORM = "programme/overview/judgement_form.html"


def _is_five(request: HttpRequest) -> bool:
    """Whether the five-point scale is asked for; three points are offered without (F-27)."""
    return request.GET.get("scale") == FIVE


def _judgement(user: User, pk: int) -> Judgement:
    rows = Judgement.objects.visible_to(user).select_related("programme__partnership", "given_by")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, programme: Programme, subject: JudgementSubject, heading: str, save: str
) -> FormPage:
    back = reverse("programme:rating_detail", args=[programme.key])
    offers_five = subject == JudgementSubject.CONFIDENCE and not _is_five(request)
    return FormPage(
        heading=heading.format(subject.label.lower()),
        caption=programme.name,
        save=save,
        back_url=back,
        lead=_LEADS[subject],
        crumbs=((programme.name, programme.get_absolute_url()), ("Rating", back)),
        menu_page="programme:programme_detail",
        context={**programme_context(programme), "offers_five": offers_five},
    )

"""Does a business case pass the savings entry rule?"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from programme.views.context import programme_context
from programme.views.recording import FormPage, record_form, sent
from services.actions.quality import judge_quality
from services.forms.case_entry_rule import EntryRuleForm, QualityForm
from services.models import QualityJudgement
from services.policies import check_judge_quality
from services.queries.case_entry_rule import asked_terms, case_entry_rules, judgements_of
from services.rules.east_kent_rule import EntryTest
from services.views.case_appraisal import appraisal_page
from services.views.case_context import MENU_PAGE, powers_in, visible_case


@login_required
@require_safe
def case_entry_rule_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule for one option, by what is asked and judged or by other terms; nothing is stored."""
    page = appraisal_page(request, pk, tab="entry_rule")
    judged = judgements_of(page.case)
    form = EntryRuleForm(request.GET, asked=asked_terms(page.case, judged))
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {**page.context, "form": form, "judged": judged, "can_judge": page.powers.is_manager}
    if page.option is not None and form.is_valid():
        (rule,) = case_entry_rules(page.appraisal, [page.option], form.terms())
        is_tested = isinstance(rule.outcome, EntryTest)
        context |= {"rule": rule, "test": rule.outcome if is_tested else None}
    return render(request, "services/case_entry_rule.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quality_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how certain it is that quality is kept, and why; it counts until a later judgement."""
    case = visible_case(request, pk)
    check_judge_quality(powers_in(request, case))
    back_url = reverse("services:case_entry_rule", args=[pk])
    page = FormPage(
        "Judge quality",
        f"{case.title}, version {case.number}",
        "Save the judgement",
        back_url,
        ((case.title, case.get_absolute_url()), ("Savings entry rule", back_url)),
        lead="It is kept with your name and the day. The latest counts; earlier ones stay on record.",
        menu_page=MENU_PAGE,
        context=programme_context(case.programme),
    )
    form = QualityForm(sent(request))

    def save(data: Mapping[str, Any]) -> QualityJudgement:
        return judge_quality(case, by=person(request), certainty=data["certainty"], reason=data["reason"])

    return record_form(request, page, form, save, saved="The judgement is saved")

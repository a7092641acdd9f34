"""Does a business case pass the savings entry rule?"""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from services.forms.case_entry_rule import EntryRuleForm
from services.queries.case_entry_rule import asked_terms, case_entry_rules
from services.rules.east_kent_rule import EntryTest
from services.views.case_appraisal import appraisal_page


@login_required
@require_safe
def case_entry_rule_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule for one option, by what the programme asks or by other terms; nothing is stored."""
    page = appraisal_page(request, pk, tab="entry_rule")
    form = EntryRuleForm(request.GET, asked=asked_terms(page.case))
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {**page.context, "form": form}
    if page.option is not None and form.is_valid():
        (rule,) = case_entry_rules(page.appraisal, [page.option], form.terms())
        is_tested = isinstance(rule.outcome, EntryTest)
        context |= {"rule": rule, "test": rule.outcome if is_tested else None}
    return render(request, "services/case_entry_rule.html", context, status=status)

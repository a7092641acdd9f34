"""What may be counted twice: flags to resolve, what was said of them, and shares by ledger code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.actions.double_counts import resolve_double_count
from benefits.double_count_files import answer_table, flag_table, share_table
from benefits.enums import DoubleCountOutcome
from benefits.forms.double_counts import ResolveForm
from benefits.models import DoubleCountAnswer
from benefits.policies import can_manage, check_resolve_double_count, signs_for
from benefits.queries.double_counts import DoubleCounts, FlagRow, double_counts, find_flag
from benefits.rules.double_counts import ways_for, words_for
from benefits.views.context import as_of_today
from benefits.views.pages import SAVINGS_MENU, form_page, list_crumb
from core.exports.responses import csv_response
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, record_form, sent

_LEADS = {
    DoubleCountOutcome.NOT_SAME: "The flag rests while these benefits stay as they are, and comes back "
    "once they change.",
    DoubleCountOutcome.LINKED: "The benefit that is counted in another adds nothing to totals itself.",
    DoubleCountOutcome.ATTRIBUTION: "Together they may claim 100% of the saving at most. The reason becomes "
    "that of each part that changes.",
    DoubleCountOutcome.REVERSED: "Every amount it claims here is taken back, verified or not. "
    "A reduction of a budget stays until a finance officer withdraws it.",
}


@login_required
@require_safe
def double_count_list(request: HttpRequest, key: str) -> HttpResponse:
    """Flags to resolve first, then what was resolved, and who claims which share of each code."""
    user = person(request)
    programme = visible_programme(user, key)
    found = _found(programme)
    signs, manages = signs_for(user), can_manage(user, programme)
    context = {
        "found": found,
        "open": [(row, _ways(row, signs, is_manager=manages)) for row in found.open],
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/double_count_list.html", context)


@login_required
@require_safe
def double_count_csv(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """The flags, the answers, or the shares by code as CSV."""
    tables = {"flags": flag_table, "answers": answer_table, "attribution": _shares}
    if name not in tables:
        raise Http404
    programme = visible_programme(person(request), key)
    return csv_response(tables[name](_found(programme)), f"{programme.key}-double-counts-{name}")


@login_required
@require_http_methods(FORM)
def double_count_resolve(request: HttpRequest, key: str, ref: str, outcome: str) -> HttpResponse:
    """Resolve one flag in one way."""
    user = person(request)
    programme = visible_programme(user, key)
    row = find_flag(programme, ref)
    if row is None or outcome not in DoubleCountOutcome.values:
        raise Http404
    way = DoubleCountOutcome(outcome)
    check_resolve_double_count(user, programme, row.flag.kind, row.council, way)
    form = ResolveForm(sent(request), row=row, programme=programme, outcome=way)
    crumb = list_crumb("Double counting", "benefits:double_count_list", programme)
    page = form_page(
        programme,
        words_for(row.flag.kind, way),
        "Save",
        crumb,
        lead=_LEADS[way],
        facts=(("Flag", row.text),),
    )

    def save(data: Mapping[str, Any]) -> DoubleCountAnswer:
        return resolve_double_count(
            programme, by=user, ref=ref, seen=data["seen"], resolution=form.resolution()
        )

    return record_form(request, page, form, save, saved="The flag is resolved")


def _found(programme: Programme) -> DoubleCounts:
    return double_counts(programme, as_of=as_of_today(programme))


def _shares(found: DoubleCounts) -> Any:
    return share_table(found.shares)


def _ways(row: FlagRow, signs: frozenset[int], *, is_manager: bool) -> list[tuple[str, str]]:
    """Ways in which this person may resolve the flag, by value and label."""
    may = dict.fromkeys(ways_for(row.flag.kind), is_manager)
    if row.council is not None:
        marks = row.council.pk in signs
        may |= dict.fromkeys((DoubleCountOutcome.NOT_SAME, DoubleCountOutcome.REVERSED), marks)
    return [(way.value, words_for(row.flag.kind, way)) for way, is_allowed in may.items() if is_allowed]

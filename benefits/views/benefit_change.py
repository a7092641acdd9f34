"""Change the owner and the next review of many benefits: chosen, then shown from what to what, then saved."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from benefits.actions.bulk_profile import BenefitChange, change_benefits
from benefits.forms.benefit_change import SEEN, BenefitChangeForm
from benefits.models import Benefit
from benefits.policies import check_manage
from benefits.queries.changes_since import TheirChange, benefit_changes_since
from benefits.queries.register import benefits_register
from benefits.register_filters import RegisterFilter
from benefits.views.context import as_of_today
from core.errors import Refusal, Refusals, StaleEdits
from core.forms.conflict import with_values
from core.forms.fields import add_refusals
from core.rules.calendar import format_date
from core.rules.ids import ids_in
from core.rules.words import count_of
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM

MENU_PAGE = "benefits:benefit_list"
NOBODY, NO_DATE = "nobody", "no date"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One benefit: what would change, from what to what, and what someone else changed meanwhile."""

    benefit: Benefit
    changes: tuple[tuple[str, str, str], ...] = ()
    theirs: tuple[TheirChange, ...] = ()


@login_required
@require_http_methods(FORM)
def benefit_change(request: HttpRequest, key: str) -> HttpResponse:
    """The form over the benefits chosen; what it would change; or, where that was seen, the change itself."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    benefits = _chosen(request, programme)
    if request.method != "POST":
        form = BenefitChangeForm(programme=programme, benefits=benefits)
        return _show(request, programme, form, [ChangeRow(one) for one in benefits])
    form = BenefitChangeForm(request.POST, programme=programme, benefits=benefits)
    if not form.is_valid():
        return _refused(request, programme, form)
    if "confirmed" not in request.POST:
        return _show(request, programme, form, _rows(form), is_preview=True)
    try:
        done = change_benefits(programme, by=user, changes=form.changes())
    except StaleEdits as said:
        return _stale(request, programme, form, said)
    except (Refusal, Refusals) as said:
        _add_once(form, said)
        return _refused(request, programme, form)
    messages.success(request, f"{count_of(len(done), 'benefit')} changed")
    return redirect(MENU_PAGE, key)


def _chosen(request: HttpRequest, programme: Programme) -> list[Benefit]:
    """The benefits that the form holds, that were ticked, or that the filters of the address let through."""
    if request.GET.get("all") and request.method != "POST":
        register = benefits_register(programme, as_of=as_of_today(programme))
        return [row.benefit for row in RegisterFilter(request.GET, register=register).rows()]
    names = [name.removeprefix(SEEN) for name in request.POST if name.startswith(SEEN)]
    keys = ids_in([*names, *request.GET.getlist("benefit")])
    rows = programme.benefits.filter(pk__in=keys).select_related("owner", "programme")
    return list(rows.order_by("order_index", "pk"))


def _rows(form: BenefitChangeForm) -> list[ChangeRow]:
    return [ChangeRow(one.benefit, _words(one)) for one in form.changes()]


def _words(change: BenefitChange) -> tuple[tuple[str, str, str], ...]:
    """Owner and review date, from what to what; nothing where it is so already."""
    values, benefit = change.values(change.benefit), change.benefit
    found = []
    if "owner" in values:
        found.append(("Owner", str(benefit.owner or NOBODY), str(values["owner"])))
    if "review_on" in values:
        before = format_date(benefit.review_on) if benefit.review_on else NO_DATE
        found.append(("Next review", before, format_date(values["review_on"])))
    return tuple(found)


def _add_once(form: BenefitChangeForm, said: Refusal | Refusals) -> None:
    """Say what is refused of many benefits once, on its box."""
    refusals = said.refusals if isinstance(said, Refusals) else [said]
    for message, field in {one.message: (one.field or "").rpartition(".")[2] for one in refusals}.items():
        add_refusals(form, Refusal(message, field))


def _refused(request: HttpRequest, programme: Programme, form: BenefitChangeForm) -> HttpResponse:
    rows = [ChangeRow(one) for one in form.benefits]
    return _show(request, programme, form, rows, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _stale(
    request: HttpRequest, programme: Programme, form: BenefitChangeForm, said: StaleEdits
) -> HttpResponse:
    """What others changed beside what would change now; pressing again replaces it."""
    crossed = {one.field.partition(".")[0] for one in said.stale if one.field}
    stale = [one for one in form.changes() if one.benefit.ref in crossed]
    theirs = benefit_changes_since({one.benefit.pk: one.seen_version for one in stale})
    rows = [ChangeRow(one.benefit, _words(one), theirs.get(one.benefit.pk, ())) for one in form.changes()]
    form.data = with_values(form.data, {f"{SEEN}{one.benefit.pk}": str(one.benefit.version) for one in stale})
    return _show(
        request, programme, form, rows, is_preview=True, stale=said.message, status=HTTPStatus.CONFLICT
    )


def _show(
    request: HttpRequest,
    programme: Programme,
    form: BenefitChangeForm,
    rows: list[ChangeRow],
    *,
    is_preview: bool = False,
    stale: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "is_preview": is_preview,
        "changing": sum(bool(row.changes) for row in rows),
        "stale": stale,
        "back_url": reverse(MENU_PAGE, args=[programme.key]),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "benefits/benefit_change.html", context, status=status)

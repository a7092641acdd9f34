"""Add a key to a pool, change one that has shared nothing, and end one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.conflict import shown_again
from core.forms.fields import add_refusals
from core.rules.calendar import format_date
from programme.views.context import programme_context
from programme.views.recording import FORM, FormPage, record_form, sent
from services.actions.keys import KeyDraft, check_unused, create_key, end_key, update_key
from services.forms.keys import WEIGHTS, KeyEditForm, KeyEndForm, KeyForm, key_values
from services.models import ApportionmentKey, CostPool
from services.policies import check_edit_keys, powers_of
from services.queries.decision_choices import decisions_of
from services.queries.key_councils import key_councils
from services.queries.key_drivers import driver_sets
from services.queries.keys import visible_keys, visible_pools
from services.views.key_places import MENU_PAGE, crumbs, page_context, pool_url

FILL = "fill"


@login_required
@require_http_methods(FORM)
def key_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a key to a pool."""
    user = person(request)
    pool = get_object_or_404(visible_pools(user), pk=pk)
    check_edit_keys(powers_of(user, pool.programme))
    return _key_form(
        request,
        pool,
        KeyForm,
        {},
        lambda data: create_key(pool, _draft(data), by=user),
        heading="Add a key",
        said="The key is added",
    )


@login_required
@require_http_methods(FORM)
def key_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a key that has shared nothing yet."""
    user = person(request)
    key = get_object_or_404(visible_keys(user), pk=pk)
    check_edit_keys(powers_of(user, key.pool.programme))
    try:
        check_unused(key)
    except Refusal as said:
        messages.error(request, said.message)
        return redirect(pool_url(key.pool))
    return _key_form(
        request,
        key.pool,
        KeyEditForm,
        key_values(key),
        lambda data: update_key(key, _draft(data), by=user, seen_version=data["seen_version"]),
        heading="Change a key",
        said="The key is changed",
    )


@login_required
@require_http_methods(FORM)
def key_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which is the last day of a key."""
    user = person(request)
    key = get_object_or_404(visible_keys(user), pk=pk)
    check_edit_keys(powers_of(user, key.pool.programme))
    page = FormPage(
        "End a key",
        str(key.pool),
        "Save the last day",
        pool_url(key.pool),
        crumbs(key.pool.programme, key.pool),
        lead="What it has shared stays as it was. Later amounts need another key from the day after.",
        facts=(
            ("Based on", key.get_basis_display()),
            ("First day", format_date(key.effective_from_on)),
        ),
        menu_page=MENU_PAGE,
        context=programme_context(key.pool.programme),
    )
    form = KeyEndForm(
        sent(request), initial={"effective_to_on": key.effective_to_on, "seen_version": key.version}
    )

    def save(data: Mapping[str, Any]) -> ApportionmentKey:
        return end_key(key, to_on=data["effective_to_on"], by=user, seen_version=data["seen_version"])

    return record_form(request, page, form, save, saved="The last day is saved")


def _key_form(
    request: HttpRequest,
    pool: CostPool,
    form_class: type[KeyForm],
    initial: Mapping[str, Any],
    save: Callable[[Mapping[str, Any]], ApportionmentKey],
    *,
    heading: str,
    said: str,
) -> HttpResponse:
    """Show the boxes of a key, fill them from councils' figures, or save what was sent."""
    councils = key_councils(pool.programme)
    needed = [one.council for one in councils if one.is_needed]
    offers: dict[str, Any] = {
        "councils": councils,
        "decisions": [
            one
            for one in decisions_of(pool.programme)
            if one.has_agreed or one.ref == initial.get("decision_ref")
        ],
        "sets": driver_sets(needed),
    }
    context = {"pool": pool, "heading_text": heading, **page_context(pool.programme)}
    if request.method != "POST":
        return _show_key(request, form_class(**offers, initial=initial), context)
    if request.POST.get("then") == FILL:
        filled = _filled(request.POST.dict(), offers)
        return _show_key(request, form_class(**offers, initial=filled), context)
    form = form_class(request.POST, **offers, initial=initial)
    if not form.is_valid():
        return _show_key(request, form, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        save(form.cleaned_data | {WEIGHTS: form.numbers(WEIGHTS)})
    except StaleEdit as refused:
        context["stale"] = shown_again(form, refused)
        return _show_key(request, form, context, HTTPStatus.CONFLICT)
    except (Refusal, Refusals) as refused:
        add_refusals(form, refused)
        return _show_key(request, form, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, said)
    return redirect(pool_url(pool))


def _show_key(
    request: HttpRequest, form: KeyForm, context: Mapping[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "services/key_form.html", {**context, "form": form}, status=status)


def _filled(typed: dict[str, Any], offers: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with the shares, the basis and the source of the figures that were chosen."""
    chosen = next((one for one in offers["sets"] if one.value == typed.get(FILL)), None)
    if chosen is None:
        return typed
    weights = {
        f"{WEIGHTS}.{one.council.key}": chosen.weights.get(one.council.key, "") for one in offers["councils"]
    }
    return typed | weights | {"basis": chosen.basis.value, "driver_source": chosen.source}


def _draft(data: Mapping[str, Any]) -> KeyDraft:
    names = (
        "basis",
        "effective_from_on",
        "effective_to_on",
        "weights",
        "decision_ref",
        "as_at_on",
        "driver_source",
        "review_on",
        "note",
    )
    values = {name: data[name] for name in names}
    return KeyDraft(**values, successor_reason=data.get("successor_reason", ""))

"""Apportionment: the pools of a programme with their keys and what was shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent
from services.actions.keys import create_pool, update_pool
from services.forms.keys import PoolEditForm, PoolForm
from services.models import CostPool
from services.policies import check_edit_keys, powers_of
from services.queries.key_runs import run_rows, true_ups_of
from services.queries.keys import key_page, pool_row, visible_pools
from services.views.key_places import MENU_PAGE, crumbs, list_url, page_context, pool_url


@login_required
@require_safe
def key_list(request: HttpRequest, key: str) -> HttpResponse:
    """How joint amounts are shared: each pool with its key of today, and what must be done."""
    user = person(request)
    programme = visible_programme(user, key)
    powers = powers_of(user, programme)
    page = key_page(programme, powers=powers, as_of=today())
    context = {
        "page": page,
        "can_edit": powers.edits_keys(),
        "can_manage": powers.is_manager,
        **page_context(programme),
    }
    return render(request, "services/key_list.html", context)


@login_required
@require_http_methods(FORM)
def pool_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a pool of what is shared."""
    user = person(request)
    programme = visible_programme(user, key)
    check_edit_keys(powers_of(user, programme))
    page = FormPage(
        "Add a pool",
        programme.name,
        "Add the pool",
        list_url(programme),
        crumbs(programme),
        lead="A pool is what one key at a time shares: running costs, one-off costs, a service’s savings.",
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )

    def save(data: Mapping[str, Any]) -> CostPool:
        return create_pool(programme, name=data["name"], description=data["description"], by=user)

    return record_form(request, page, PoolForm(sent(request)), save, saved="The pool is added")


@login_required
@require_safe
def pool_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One pool: its keys, what they have shared, and the true-ups of its years."""
    user = person(request)
    pool = get_object_or_404(visible_pools(user), pk=pk)
    context = {
        "pool": pool,
        "row": pool_row(pool, as_of=today()),
        "runs": run_rows(pool),
        "true_ups": true_ups_of(pool),
        "can_edit": powers_of(user, pool.programme).edits_keys(),
        **page_context(pool.programme),
    }
    return render(request, "services/pool_detail.html", context)


@login_required
@require_http_methods(FORM)
def pool_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a pool is called and what is in it."""
    user = person(request)
    pool = get_object_or_404(visible_pools(user), pk=pk)
    check_edit_keys(powers_of(user, pool.programme))
    page = FormPage(
        "Change a pool",
        str(pool),
        "Save",
        pool_url(pool),
        crumbs(pool.programme, pool),
        lead="Once it has shared amounts its name stays; what is in it can still be described better.",
        menu_page=MENU_PAGE,
        context=programme_context(pool.programme),
    )
    form = PoolEditForm(
        sent(request),
        initial={"name": pool.name, "description": pool.description, "seen_version": pool.version},
    )

    def save(data: Mapping[str, Any]) -> CostPool:
        return update_pool(pool, by=user, **data)

    return record_form(request, page, form, save, saved="The pool is changed")

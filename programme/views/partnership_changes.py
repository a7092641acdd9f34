"""Start a programme, and record councils that join, leave or end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from programme.actions.membership import record_abolition, record_council_joined, record_council_left
from programme.actions.programme import NewProgramme, create_programme
from programme.forms.partnership import AbolitionForm, JoinForm, LeaveForm, ProgrammeForm
from programme.models import Council, Membership, Partnership, Programme
from programme.policies import (
    NOT_TO_CREATE,
    can_create_programme,
    can_manage_council,
    can_plan,
    check_manage_council,
    check_manage_partnership,
)
from programme.queries.partners import creatable_partnerships
from programme.views.recording import FORM, FormPage, record_form, sent
from programme.views.reference_class import FOR_DATES, beside

MENU_PAGE = "programme:partnership_list"
NOT_READ_BY_ADMINISTRATOR = (
    "An administrator does not read programmes: give a programme manager a role in the partnership next."
)


@login_required
@require_http_methods(FORM)
def programme_create(request: HttpRequest) -> HttpResponse:
    """Start a programme, in a partnership there is or a new one."""
    user = person(request)
    partnerships, may_found = creatable_partnerships(user), can_create_programme(user)
    if not may_found and not partnerships.exists():
        raise PermissionDenied(NOT_TO_CREATE)
    list_url = reverse(MENU_PAGE)
    page = FormPage(
        "Start a programme",
        "Partnerships",
        "Start the programme",
        list_url,
        (("Partnerships", list_url),),
        lead=NOT_READ_BY_ADMINISTRATOR if may_found else "",
        menu_page=MENU_PAGE,
        context=beside(user, FOR_DATES),
    )
    form = ProgrammeForm(sent(request), partnerships=partnerships, may_found=may_found)

    def save(data: Mapping[str, Any]) -> Any:
        names = ("name", "base_fy", "horizon_years", "councils", "partnership", "summary")
        new = NewProgramme(
            **{name: data[name] for name in names}, partnership_name=data.get("partnership_name", "")
        )
        return create_programme(new, by=user)

    def then(made: Programme) -> str:
        """Its manager goes on to the templates; an administrator does not read programmes."""
        if can_plan(user, made):
            return reverse("programme:programme_template", args=[made.key])
        return list_url

    return record_form(request, page, form, save, saved="The programme is started", then=then)


@login_required
@require_http_methods(FORM)
def council_join(request: HttpRequest, key: str) -> HttpResponse:
    """Record a council that joined the partnership."""
    user, partnership = person(request), _partnership(request, key)
    check_manage_partnership(user, partnership)
    page = _page(
        partnership,
        "A council joins",
        "Record that it joined",
        lead="It has no plan and no entries before the day it joined.",
    )

    def save(data: Mapping[str, Any]) -> Membership:
        return record_council_joined(partnership, data["council"], by=user, joined_on=data["joined_on"])

    return record_form(request, page, JoinForm(sent(request)), save, saved="The council is a partner")


@login_required
@require_http_methods(FORM)
def council_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a council that left the partnership."""
    user = person(request)
    memberships = Membership.objects.filter(partnership__in=Partnership.objects.visible_to(user))
    membership = get_object_or_404(memberships.select_related("partnership", "council"), pk=pk)
    check_manage_partnership(user, membership.partnership)
    page = _page(
        membership.partnership,
        f"{membership.council} leaves",
        "Record that it left",
        lead="What it entered up to that day stays; later ones are refused. Keys must be replaced by then.",
    )
    to_settle = (
        "What to settle before it leaves",
        reverse("programme:council_leaving", args=[membership.pk]),
    )
    page = replace(page, crumbs=(*page.crumbs, to_settle))

    def save(data: Mapping[str, Any]) -> Membership:
        return record_council_left(
            membership,
            by=user,
            left_on=data["left_on"],
            why=data["why"],
            seen_version=data["seen_version"],
        )

    form = LeaveForm(sent(request), membership=membership)
    return record_form(request, page, form, save, saved=f"{membership.council} is recorded as left")


@login_required
@require_safe
def council_succession(request: HttpRequest, key: str) -> HttpResponse:
    """When a council is to end, and who takes over by which weights."""
    user = person(request)
    council = get_object_or_404(Council.objects.visible_to(user), key=key)
    successors = list(council.successors.select_related("successor").order_by("successor__name"))
    context = {
        "council": council,
        "successors": [(row, format(row.weight.normalize(), "f")) for row in successors],
        "total_weight": format(sum((row.weight for row in successors), Decimal(0)).normalize(), "f"),
        "can_update": can_manage_council(user, council),
        "menu_page": MENU_PAGE,
    }
    return render(request, "programme/council_succession.html", context)


@login_required
@require_http_methods(FORM)
def council_succession_update(request: HttpRequest, key: str) -> HttpResponse:
    """Record when a council is to end, and its successors."""
    user = person(request)
    council = get_object_or_404(Council.objects.visible_to(user), key=key)
    check_manage_council(user, council)
    back_url = reverse("programme:council_succession", args=[council.key])
    page = FormPage(
        "Successors",
        council.name,
        "Save the successors",
        back_url,
        ((council.short_name, council.get_absolute_url()), ("End of the council", back_url)),
        lead="Open amounts after vesting day move to the successors by their shares, to the penny.",
        menu_page=MENU_PAGE,
    )
    form = AbolitionForm(
        sent(request),
        council=council,
        successors=council.successors.select_related("successor").order_by("successor__name"),
    )

    def save(data: Mapping[str, Any]) -> Council:
        return record_abolition(
            council,
            by=user,
            abolished_on=data["abolished_on"],
            weights=form.weights(),
            seen_version=data["seen_version"],
        )

    return record_form(request, page, form, save, saved="The successors are saved")


def _partnership(request: HttpRequest, key: str) -> Partnership:
    return get_object_or_404(Partnership.objects.visible_to(person(request)), key=key)


def _page(partnership: Partnership, heading: str, save: str, lead: str = "") -> FormPage:
    url = partnership.get_absolute_url()
    crumbs = (("Partnerships", reverse(MENU_PAGE)), (partnership.name, url))
    return FormPage(heading, partnership.name, save, url, crumbs, lead=lead, menu_page=MENU_PAGE)

"""Bodies of a partnership or a council: what they may do, who sits on them, when they meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import today
from governance.actions.bodies import (
    Seat,
    add_member,
    create_body,
    scope_of,
    set_chair,
    update_body,
    update_member,
)
from governance.body_policies import body_powers, check_set_up, check_set_up_for
from governance.forms.bodies import BodyForm, ChairForm, MemberForm
from governance.models import Body, BodyMember
from governance.queries.bodies import body_detail as detail_of
from governance.queries.bodies import body_page, council_bodies, first_members
from governance.queries.body_councils import body_councils, possible_members
from governance.rules.voting import municipal_year
from programme.models import Council, Partnership
from programme.queries.partners import partner_councils
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "programme:partnership_list"
_YEARS_AROUND = 2


@login_required
@require_safe
def body_list(request: HttpRequest, key: str) -> HttpResponse:
    """Who sits on each body, and what it may do."""
    user = person(request)
    partnership = get_object_or_404(Partnership.objects.visible_to(user), key=key)
    context = {
        "partnership": partnership,
        "councils": partner_councils(partnership.pk),
        "page": body_page(partnership),
        "can_set_up": partnership.pk in body_powers(user).managed,
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/body_list.html", context)


@login_required
@require_safe
def council_body_list(request: HttpRequest, key: str) -> HttpResponse:
    """A council's own cabinet, council and scrutiny."""
    user = person(request)
    council = get_object_or_404(Council.objects.visible_to(user), key=key)
    context = {
        "council": council,
        "rows": council_bodies(council),
        "can_set_up": council.pk in body_powers(user).own,
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/body_list_council.html", context)


@login_required
@require_safe
def body_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its terms, its members, its chair and its meetings."""
    user = person(request)
    body = _body(user, pk)
    powers = body_powers(user)
    page = detail_of(body, keeps=powers.keeps(body))
    context = {
        "body": body,
        "page": page,
        "owner": scope_of(body),
        "list_url": list_url(body),
        "councils": page.councils,
        "can_set_up": powers.sets_up(body),
        "can_keep": powers.keeps(body),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/body_detail.html", context)


@login_required
@require_http_methods(FORM)
def body_create(request: HttpRequest, key: str) -> HttpResponse:
    """Set up a body of a partnership."""
    return _create(request, get_object_or_404(Partnership.objects.visible_to(person(request)), key=key))


@login_required
@require_http_methods(FORM)
def council_body_create(request: HttpRequest, key: str) -> HttpResponse:
    """Set up a council's own body."""
    return _create(request, get_object_or_404(Council.objects.visible_to(person(request)), key=key))


def _create(request: HttpRequest, owner: Partnership | Council) -> HttpResponse:
    user = person(request)
    check_set_up_for(user, owner)
    is_own = isinstance(owner, Council)
    back = reverse("governance:council_body_list" if is_own else "governance:body_list", args=[owner.key])
    crumbs = ((str(owner), owner.get_absolute_url()), ("Who decides", back))
    page = FormPage("Add a body", str(owner), "Save the body", back, crumbs, menu_page=MENU_PAGE)
    form = BodyForm(sent(request), councils=body_councils(owner), is_own=is_own)

    def save(data: Mapping[str, Any]) -> Body:
        return create_body(owner, by=user, terms=form.terms())

    return record_form(request, page, form, save, saved="The body is saved")


@login_required
@require_http_methods(FORM)
def body_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a body is and may do."""
    user = person(request)
    body = _body(user, pk)
    check_set_up(user, body)
    form = BodyForm(
        sent(request),
        councils=body_councils(scope_of(body)),
        is_own=body.council_id is not None,
        body=body,
        seats=dict(body.composition.filter(council__isnull=False).values_list("council__key", "seats")),
    )

    def save(data: Mapping[str, Any]) -> Body:
        return update_body(body, by=user, seen_version=data["seen_version"] or 0, terms=form.terms())

    page = body_form_page(body, "Change its terms", "Save the terms")
    return record_form(request, page, form, save, saved="The terms are saved")


@login_required
@require_http_methods(FORM)
def body_member_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a member or a substitute."""
    user = person(request)
    body = _body(user, pk)
    check_set_up(user, body)
    owner = scope_of(body)
    form = MemberForm(
        sent(request),
        councils=body_councils(owner),
        firsts=first_members(body),
        people=possible_members(owner),
    )

    def save(data: Mapping[str, Any]) -> BodyMember:
        return add_member(body, by=user, seat=_seat(data))

    page = body_form_page(body, "Add a member", "Save the member")
    return record_form(request, page, form, save, saved="The member is saved")


@login_required
@require_http_methods(FORM)
def body_member_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a member's seat, or record its last day."""
    user = person(request)
    rows = BodyMember.objects.filter(body__in=Body.objects.visible_to(user))
    member = get_object_or_404(rows.select_related("body__partnership", "body__council", "council"), pk=pk)
    check_set_up(user, member.body)
    firsts = first_members(member.body).exclude(pk=member.pk)
    owner = scope_of(member.body)
    form = MemberForm(
        sent(request),
        councils=body_councils(owner),
        firsts=firsts,
        people=possible_members(owner),
        member=member,
    )

    def save(data: Mapping[str, Any]) -> BodyMember:
        return update_member(member, by=user, seen_version=data["seen_version"] or 0, seat=_seat(data))

    page = body_form_page(member.body, f"Change the seat of {member}", "Save the seat")
    return record_form(request, page, form, save, saved="The seat is saved")


@login_required
@require_http_methods(FORM)
def body_chair(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which councils hold the chair and the vice-chair in a municipal year."""
    user = person(request)
    body = _body(user, pk)
    check_set_up(user, body)
    this_year = municipal_year(today())
    years = range(this_year - _YEARS_AROUND, this_year + _YEARS_AROUND + 1)
    form = ChairForm(
        sent(request),
        body=body,
        councils=body_councils(scope_of(body)),
        years=years,
        year=this_year,
        members=first_members(body),
        term=body.chair_terms.filter(municipal_year=this_year).first(),
    )

    def save(data: Mapping[str, Any]) -> Any:
        names = ("municipal_year", "chair", "vice_chair", "chair_member")
        return set_chair(
            body, by=user, seen_version=data["seen_version"], **{name: data[name] for name in names}
        )

    lead = (
        "Chair and vice-chair come from different councils, and no council has the chair two years running."
    )
    page = body_form_page(body, "Record the chair", "Save the chair", lead if body.partnership_id else "")
    return record_form(request, page, form, save, saved="The chair is saved")


def body_form_page(body: Body, heading: str, save: str, lead: str = "", back: str = "") -> FormPage:
    """A form about a body, with the way to it."""
    url = body.get_absolute_url()
    crumbs = ((str(scope_of(body)), scope_of(body).get_absolute_url()), (body.name, url))
    return FormPage(heading, body.name, save, back or url, crumbs, lead=lead, menu_page=MENU_PAGE)


def list_url(body: Body) -> str:
    """The address of the list that the body stands in."""
    name = "governance:council_body_list" if body.council_id is not None else "governance:body_list"
    return reverse(name, args=[scope_of(body).key])


def _body(user: User, pk: int) -> Body:
    return get_object_or_404(Body.objects.visible_to(user).select_related("partnership", "council"), pk=pk)


def _seat(data: Mapping[str, Any]) -> Seat:
    names = ("name", "user", "from_on", "to_on", "is_voting", "is_executive_member", "substitute_for")
    return Seat(council=data.get("council"), **{name: data[name] for name in names})

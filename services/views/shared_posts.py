"""Posts that councils share: the list with its files, one post, and its forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from core.rules.calendar import format_date
from programme.models import Programme
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent
from services.actions.shared_posts import create_shared_post, end_shared_post, update_shared_post
from services.forms.shared_posts import PostEndForm, SharedPostForm
from services.models import SharedPost
from services.policies import Powers, check_edit_posts, check_edit_posts_of, powers_of
from services.queries.case_partners import case_partners
from services.queries.shared_posts import (
    PostRow,
    rows_of,
    shared_post_history,
    shared_post_rows,
    with_post_rows,
)
from services.shared_post_exports import shared_post_document, shared_post_table

# Shared posts have no menu entry of their own: they stand with the services.
MENU_PAGE = "services:service_list"
TEMPLATE = "services/shared_post_form.html"


@login_required
@require_safe
def shared_post_list(request: HttpRequest, key: str) -> HttpResponse:
    """The shared posts of a programme."""
    programme, powers, rows = _found(request, key)
    context = {
        "rows": rows,
        "can_add": powers.edits_posts,
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "services/shared_post_list.html", context)


@login_required
@require_safe
def shared_post_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The same as a CSV file."""
    programme, _, rows = _found(request, key)
    return csv_response(shared_post_table(rows), _file_name(programme))


@login_required
@require_safe
def shared_post_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a workbook."""
    programme, _, rows = _found(request, key)
    return workbook_response(shared_post_document(programme, rows, as_of=today()), _file_name(programme))


@login_required
@require_safe
def shared_post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: who employs it, what each council bears, and every change."""
    post = _visible_post(request, pk)
    powers = powers_of(person(request), post.programme)
    context = {
        "row": rows_of([post], powers, as_of=today())[0],
        "post": post,
        "history": shared_post_history(post),
        "menu_page": MENU_PAGE,
        **programme_context(post.programme),
    }
    return render(request, "services/shared_post_detail.html", context)


@login_required
@require_http_methods(FORM)
def shared_post_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a shared post."""
    user = person(request)
    programme = visible_programme(user, key)
    powers = powers_of(user, programme)
    check_edit_posts(powers)
    form = _form(request, programme, powers)

    def save(data: Mapping[str, Any]) -> SharedPost:
        return create_shared_post(programme, by=user, terms=form.to_terms())

    page = _page(programme, "Add a shared post", "Add the post")
    return record_form(
        request,
        page,
        form,
        save,
        saved="The post is recorded",
        then=SharedPost.get_absolute_url,
        template=TEMPLATE,
    )


@login_required
@require_http_methods(FORM)
def shared_post_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shared post."""
    user = person(request)
    post = _visible_post(request, pk)
    powers = powers_of(user, post.programme)
    check_edit_posts_of(powers, post.employed_by)
    form = _form(request, post.programme, powers, post)

    def save(data: Mapping[str, Any]) -> SharedPost:
        return update_shared_post(post, by=user, seen_version=data["seen_version"], terms=form.to_terms())

    page = _page(post.programme, f"Change {post}", "Save the post", post)
    return record_form(request, page, form, save, saved="The post is saved", template=TEMPLATE)


@login_required
@require_http_methods(FORM)
def shared_post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which is the last day of a post."""
    user = person(request)
    post = _visible_post(request, pk)
    check_edit_posts_of(powers_of(user, post.programme), post.employed_by)
    form = PostEndForm(sent(request), initial={"ends_on": post.ends_on, "seen_version": post.version})

    def save(data: Mapping[str, Any]) -> SharedPost:
        return end_shared_post(post, by=user, seen_version=data["seen_version"], ends_on=data["ends_on"])

    facts = (("First day", format_date(post.starts_on)),)
    page = _page(post.programme, f"End the post {post}", "Save the last day", post, facts)
    return record_form(request, page, form, save, saved="The last day is saved")


def _found(request: HttpRequest, key: str) -> tuple[Programme, Powers, list[PostRow]]:
    user = person(request)
    programme = visible_programme(user, key)
    powers = powers_of(user, programme)
    return programme, powers, shared_post_rows(programme, powers, as_of=today())


def _visible_post(request: HttpRequest, pk: int) -> SharedPost:
    """The post, or nothing there (404) for a person who may not see it."""
    return get_object_or_404(with_post_rows(SharedPost.objects.visible_to(person(request))), pk=pk)


def _form(
    request: HttpRequest, programme: Programme, powers: Powers, post: SharedPost | None = None
) -> SharedPostForm:
    councils = case_partners(programme).councils
    return SharedPostForm(
        sent(request),
        councils=councils,
        employers=[council for council in councils if powers.edits_posts_of(council)],
        services=list(programme.services.all()),
        post=post,
    )


def _file_name(programme: Programme) -> str:
    return f"{programme.key}-shared-posts-{today().isoformat()}"


def _page(
    programme: Programme,
    heading: str,
    save: str,
    post: SharedPost | None = None,
    facts: tuple[tuple[str, str], ...] = (),
) -> FormPage:
    back = reverse("services:shared_post_list", args=[programme.key])
    crumbs = ((programme.name, programme.get_absolute_url()), ("Shared posts", back))
    return FormPage(
        heading=heading,
        caption=programme.name,
        save=save,
        back_url=post.get_absolute_url() if post else back,
        crumbs=(*crumbs, (str(post), post.get_absolute_url())) if post else crumbs,
        facts=facts,
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )

"""How two editions about the same differ: their open versions, and for who may open both the exempt ones."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import now
from core.exports.responses import csv_response
from core.publishing.compare import Change, change_sentence
from governance.actions.reporting.downloads import open_exempt_versions
from governance.edition_exports import changes_table
from governance.exempt_grants import grant, is_granted
from governance.models import Edition, EditionContent
from governance.queries.reporting.editions import changes_between, file_stem, open_changes
from governance.report_policies import powers_of
from governance.views.reporting.context import compared_edition, version_of, visible_edition
from governance.views.reporting.editions import check_may_open, may_open
from governance.views.reporting.reports import MENU_PAGE
from programme.views.context import programme_context


@login_required
@require_safe
def edition_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What differs between the open versions of two editions, from the earlier to the later."""
    user, before, edition = _pair(request, pk, other)
    return _show(request, user, (before, edition), open_changes(before, edition), is_exempt=False)


@login_required
@require_safe
def edition_compare_csv(request: HttpRequest, pk: int, other: int) -> StreamingHttpResponse:
    """The same as CSV."""
    _, before, edition = _pair(request, pk, other)
    table = changes_table(before, edition, open_changes(before, edition))
    return csv_response(table, _file_name(before, edition))


@login_required
@require_safe
@cache_control(no_store=True, private=True)
def edition_compare_exempt(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What differs between the exempt versions, for a person who has just opened both; else the open pair."""
    user, before, edition = _pair(request, pk, other)
    rows = _exempt_pair(before, edition)
    powers = powers_of(user, edition.programme)
    for row in rows:
        check_may_open(powers, row)
    if not all(is_granted(request.session, row, now()) for row in rows):
        return redirect("governance:edition_compare", pk, other)
    return _show(request, user, (before, edition), changes_between(*rows), is_exempt=True)


@login_required
@require_POST
def edition_compare_exempt_open(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Record that the person opens both; the session shows them for a quarter of an hour."""
    user, before, edition = _pair(request, pk, other)
    for row in _opened(user, before, edition):
        grant(request.session, row, now())
    return redirect("governance:edition_compare_exempt", pk, other)


@login_required
@require_POST
@cache_control(private=True, no_store=True)
def edition_compare_exempt_csv(request: HttpRequest, pk: int, other: int) -> StreamingHttpResponse:
    """What differs between the exempt versions as CSV; that the person opens both is recorded."""
    user, before, edition = _pair(request, pk, other)
    table = changes_table(before, edition, changes_between(*_opened(user, before, edition)))
    return csv_response(table, f"{_file_name(before, edition)}-exempt")


def _show(
    request: HttpRequest,
    user: User,
    pair: tuple[Edition, Edition],
    changes: Sequence[Change],
    *,
    is_exempt: bool,
) -> HttpResponse:
    before, edition = pair
    context = {
        **programme_context(edition.programme),
        "edition": edition,
        "before": before,
        "is_exempt": is_exempt,
        "reckoned": [one for one in changes if one.difference],
        "others": [one for one in changes if not one.difference],
        "sentence": change_sentence(changes),
        "can_open": is_exempt or _may_open_both(user, before, edition),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/reports/compare.html", context)


def _may_open_both(user: User, before: Edition, edition: Edition) -> bool:
    """Whether both have an exempt version that the person opens; one out of a case file has none."""
    rows = EditionContent.objects.filter(edition__in=[before, edition], is_exempt=True)
    found = {row.edition_id: row for row in rows.select_related("edition").defer("content")}
    powers = powers_of(user, edition.programme)
    return all(one.pk in found and may_open(powers, one, found[one.pk]) for one in (before, edition))


def _opened(user: User, before: Edition, edition: Edition) -> tuple[EditionContent, EditionContent]:
    """The exempt versions of both; that the person opens them is recorded."""
    rows = _exempt_pair(before, edition)
    open_exempt_versions(rows, by=user)
    return rows


def _exempt_pair(before: Edition, edition: Edition) -> tuple[EditionContent, EditionContent]:
    return version_of(before, is_exempt=True), version_of(edition, is_exempt=True)


def _file_name(before: Edition, edition: Edition) -> str:
    return f"{file_stem(edition)}-compared-with-{before.number}"


def _pair(request: HttpRequest, pk: int, other: int) -> tuple[User, Edition, Edition]:
    """Who asks, then the earlier and the later of the two."""
    user = person(request)
    asked = visible_edition(user, pk)
    before, edition = sorted([asked, compared_edition(user, asked, other)], key=lambda one: one.number)
    return user, before, edition

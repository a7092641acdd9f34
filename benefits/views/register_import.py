"""The benefits register as a workbook, and back: first what it would change, then the change."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from benefits.policies import check_manage
from benefits.queries.register import benefits_register
from benefits.register_files import profile_rows, register_document
from benefits.register_filters import RegisterFilter
from benefits.register_imports import read_register, store_register
from benefits.views.context import as_of_today
from core.exports.responses import workbook_response
from core.views.edited_file import EditedFilePage, edited_file
from programme.queries.partners import partner_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM

MENU_PAGE = "benefits:benefit_list"


@login_required
@require_safe
def benefit_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Every field of the benefits that the address asks for, to be edited and sent back."""
    programme = visible_programme(person(request), key)
    as_of = as_of_today(programme)
    form = RegisterFilter(request.GET, register=benefits_register(programme, as_of=as_of))
    chosen = profile_rows(programme, [row.benefit.pk for row in form.rows()])
    document = register_document(programme, partner_councils(programme.partnership_id), chosen, as_of=as_of)
    return workbook_response(document, f"{key}-benefits-to-edit-{as_of.isoformat()}")


@login_required
@require_http_methods(FORM)
def benefit_import(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what a file would change; or, where that was seen and confirmed, the change itself."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    page = EditedFilePage(
        purpose=f"benefits of {key}",
        noun="benefit",
        template="benefits/benefit_import.html",
        back_url=reverse(MENU_PAGE, args=[key]),
        context={"menu_page": MENU_PAGE, **programme_context(programme)},
        read=lambda file: read_register(programme, file, by=user),
        store=lambda read, _: len(store_register(programme, read, by=user)),
    )
    return edited_file(request, page)

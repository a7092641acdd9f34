"""Monthly bulletins of a programme: the list, a draft on its way, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.errors import Refusal
from core.exports.pdf import PdfUnavailableError
from core.exports.responses import NO_STORE, saved_as
from core.rules.words import count_of
from governance.actions.bulletins import (
    correct_bulletin,
    edit_bulletin,
    send_bulletin,
    start_bulletin,
    why_closed,
    withdraw_bulletin,
)
from governance.bulletin_policies import (
    can_count,
    can_draft,
    can_edit,
    can_send,
    check_draft,
    check_edit,
    check_read_draft,
    check_send,
    powers_of,
    vouches,
    why_not_send,
)
from governance.enums import BulletinState
from governance.forms.bulletins import BulletinForm, CorrectionForm, NewBulletinForm, SendForm
from governance.forms.reports import WithdrawForm
from governance.models import Bulletin, SentBulletin
from governance.queries.bulletins import (
    FILES,
    all_items,
    bulletin_file,
    bulletin_file_name,
    bulletin_history,
    draft_content,
    fingerprint_of,
    programme_bulletins,
    sent_content,
    subscriber_count,
    told_of,
    visible_bulletins,
    visible_sent,
    warnings_of,
)
from governance.queries.reporting.editions import CONTENT_TYPES
from programme.models import Programme
from programme.queries.reminding.subscriptions import subscribed_keys
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "programme:programme_detail"


@login_required
@require_safe
def bulletin_list(request: HttpRequest, key: str) -> HttpResponse:
    """What was sent, and drafts for those who work on them."""
    user = person(request)
    programme = visible_programme(user, key)
    context = {
        **programme_context(programme),
        "bulletins": programme_bulletins(programme, powers_of(user, programme)),
        "is_subscribed": programme.key in subscribed_keys(user),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/bulletins/list.html", context)


@login_required
@require_http_methods(FORM)
def bulletin_create(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the draft of a month."""
    user = person(request)
    programme = visible_programme(user, key)
    check_draft(powers_of(user, programme))
    form = NewBulletinForm(sent(request))

    def save(data: Mapping[str, Any]) -> Bulletin:
        return start_bulletin(programme, by=user, month_on=data["month_on"])

    lead = "What happened in the month is drafted from the records. You add to it, and nothing is sent yet."
    page = form_page(programme, "Begin a monthly bulletin", "Begin the draft", _list_url(programme), lead)
    return record_form(
        request, page, form, save, saved="The draft is begun", then=lambda row: row.get_absolute_url()
    )


@login_required
@require_safe
def bulletin_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as it would be sent now, what to look at first, and what happened to it."""
    user = person(request)
    bulletin = readable_bulletin(user, pk)
    if bulletin.sent:
        return redirect(bulletin.sent)
    powers = powers_of(user, bulletin.programme)
    parts = all_items(bulletin)
    content = draft_content(bulletin, parts=parts)
    context = {
        **programme_context(bulletin.programme),
        "bulletin": bulletin,
        "content": content,
        "warnings": warnings_of(content),
        "history": bulletin_history(bulletin, parts),
        "is_draft": bulletin.state == BulletinState.DRAFT,
        "left_out": count_of(len(bulletin.left_out), "item") if bulletin.left_out else "",
        "can_edit": can_edit(powers),
        "can_draft": can_draft(powers),
        "can_send": can_send(powers),
        "why_not_send": why_not_send(powers, bulletin) if can_send(powers) else "",
        "vouches": vouches(powers, bulletin),
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/bulletins/detail.html", context)


@login_required
@require_http_methods(FORM)
def bulletin_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft."""
    user = person(request)
    bulletin = readable_bulletin(user, pk)
    check_edit(powers_of(user, bulletin.programme))
    _check_open(bulletin)
    form = BulletinForm(sent(request), bulletin=bulletin, parts=all_items(bulletin))

    def save(data: Mapping[str, Any]) -> Bulletin:
        return edit_bulletin(bulletin, by=user, seen_version=data["seen_version"], texts=form.texts())

    lead = (
        "What happened comes from the records and cannot be changed here. You can add, order and leave out."
    )
    page = _bulletin_page(bulletin, "Write the bulletin", "Save the bulletin", lead)
    template = "governance/bulletins/update.html"
    return record_form(request, page, form, save, saved="The bulletin is saved", template=template)


@login_required
@require_http_methods(FORM)
def bulletin_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    user = person(request)
    bulletin = readable_bulletin(user, pk)
    check_draft(powers_of(user, bulletin.programme))
    _check_open(bulletin)

    def save(data: Mapping[str, Any]) -> Bulletin:
        return withdraw_bulletin(bulletin, by=user, seen_version=data["seen_version"], why=data["why"])

    lead = "Nothing of it is sent. It stays on record."
    page = _bulletin_page(bulletin, "Give the draft up", "Give it up", lead)
    form = WithdrawForm(sent(request), draft=bulletin)
    return record_form(
        request, page, form, save, saved="The draft is given up", then=lambda row: _list_url(row.programme)
    )


@login_required
@require_http_methods(FORM)
def bulletin_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a draft for the last time, approve it and send it."""
    user = person(request)
    bulletin = readable_bulletin(user, pk)
    _check_open(bulletin)
    try:
        check_send(powers_of(user, bulletin.programme), bulletin)
    except Refusal as said:
        messages.error(request, said.message)
        return redirect(bulletin)
    content = draft_content(bulletin)
    warnings = warnings_of(content)
    form = SendForm(sent(request), draft=bulletin, seen_content=fingerprint_of(content), warns=bool(warnings))

    def save(data: Mapping[str, Any]) -> SentBulletin:
        return send_bulletin(bulletin, by=user, **data)

    count = subscriber_count(bulletin.programme)
    told = (
        f"{count_of(count, 'subscriber')} {'gets' if count == 1 else 'get'} what stands below, as it stands "
        "there: at once in the inbox of Concordat, and as a link by e-mail on their next day with e-mail. "
        "Who turned e-mails off finds it in the inbox alone."
    )
    nobody = "Nobody subscribes yet, so it goes to no inbox; everybody who reads the programme can open it."
    lead = f"{told if count else nobody} It cannot be taken back or sent again."
    page = _bulletin_page(bulletin, "Approve and send", "Approve and send", lead)
    return record_form(
        request,
        _with(page, content=content, warnings=warnings),
        form,
        save,
        saved="The bulletin is sent",
        then=lambda row: row.get_absolute_url(),
        template="governance/bulletins/send.html",
    )


@login_required
@require_safe
def sent_bulletin_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulletin as it was sent."""
    user = person(request)
    row = visible_sent_bulletin(user, pk)
    powers, content = powers_of(user, row.programme), sent_content(row)
    context = {
        **programme_context(row.programme),
        "row": row,
        "content": content,
        "corrected_by": SentBulletin.objects.filter(corrects=row).defer("content").order_by("number").first(),
        "told": told_of(row) if can_count(powers) and row.bulletin.is_of_here else None,
        "history": bulletin_history(row.bulletin, content.parts) if can_edit(powers) else None,
        "can_draft": can_draft(powers),
        "files": FILES,
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/bulletins/sent.html", context)


@login_required
@require_safe
def sent_bulletin_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The same as a file, for whoever reads the page; where no PDF can be made, the page to print."""
    row = visible_sent_bulletin(person(request), pk)
    form = next((one for one in FILES if one.value == ending), None)
    if form is None:
        raise Http404
    try:
        content = bulletin_file(row, form)
    except PdfUnavailableError as said:
        messages.error(request, str(said))
        return redirect(row)
    headers = saved_as(bulletin_file_name(row, form)) | NO_STORE
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


@login_required
@require_http_methods(FORM)
def sent_bulletin_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction."""
    user = person(request)
    row = visible_sent_bulletin(user, pk)
    check_draft(powers_of(user, row.programme))
    form = CorrectionForm(sent(request))

    def save(data: Mapping[str, Any]) -> Bulletin:
        return correct_bulletin(row, by=user, what_changed=data["what_changed"])

    lead = f"Bulletin {row.number} stays as it was sent. The correction becomes a bulletin of its own."
    heading = f"Correct bulletin {row.number}"
    page = form_page(row.programme, heading, "Begin the correction", row.get_absolute_url(), lead)
    return record_form(
        request, page, form, save, saved="The correction is begun", then=lambda made: made.get_absolute_url()
    )


def form_page(programme: Programme, heading: str, save: str, back_url: str, lead: str = "") -> FormPage:
    """A form about the bulletins of a programme."""
    crumbs = ((programme.name, programme.get_absolute_url()), ("Monthly bulletins", _list_url(programme)))
    return FormPage(
        heading,
        programme.name,
        save,
        back_url,
        crumbs,
        lead=lead,
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )


def _bulletin_page(bulletin: Bulletin, heading: str, save: str, lead: str = "") -> FormPage:
    return form_page(bulletin.programme, heading, save, bulletin.get_absolute_url(), lead)


def _with(page: FormPage, **context: Any) -> FormPage:
    return replace(page, context={**page.context, **context})


def readable_bulletin(user: User, pk: int) -> Bulletin:
    """A draft for a person who works on it; not there (404) for one who may not read the programme."""
    bulletin = get_object_or_404(visible_bulletins(user), pk=pk)
    check_read_draft(powers_of(user, bulletin.programme))
    return bulletin


def visible_sent_bulletin(user: User, pk: int) -> SentBulletin:
    """A bulletin that was sent, for whoever may read the programme."""
    return get_object_or_404(visible_sent(user), pk=pk)


def _check_open(bulletin: Bulletin) -> None:
    """Refuse a form about what is no draft any more."""
    if why := why_closed(bulletin):
        raise PermissionDenied(why)


def _list_url(programme: Programme) -> str:
    return reverse("governance:bulletin_list", args=[programme.key])

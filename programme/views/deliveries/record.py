"""The record of mails: a list with its file, one mail with its earlier sendings, and sending it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.rules.calendar import format_date
from programme.actions.sending.resend import resend_digest
from programme.delivery_exports import delivery_table
from programme.enums import Stage
from programme.models import Digest
from programme.policies import can_resend, check_resend, is_administrator
from programme.queries.deliveries import deliveries_of, delivery_row, sees_others
from programme.tasks import queue_digest
from programme.views.links import filter_link
from programme.views.recording import FormPage, record_form, sent

MAILS_A_PAGE = 50
MENU = "programme:my_work"
EVERYBODY = "all"


class DeliveryFilter(forms.Form):
    """How far a mail has come, and to whom it goes; `to` is kept as it is."""

    to = forms.CharField(required=False, widget=forms.HiddenInput)
    stage = forms.ChoiceField(
        required=False, label="How far it has come", choices=[("", "All"), *Stage.choices]
    )
    person = forms.CharField(required=False, label="Name of the person", max_length=120)

    def chosen(self) -> dict[str, str]:
        """What is asked for; a stage that is not in the list is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in ("stage", "person")}


class ResendForm(forms.Form):
    """Why a mail is sent again."""

    reason = forms.CharField(
        label="Why it is sent again", max_length=300, required=False, help_text="It is kept with the record."
    )


@login_required
@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """Mails to oneself, or those to others that one may follow."""
    user = person(request)
    narrowed = DeliveryFilter(request.GET, auto_id="filter-%s")
    is_about_all, administers = request.GET.get("to") == EVERYBODY, is_administrator(user)
    mails = deliveries_of(user, everybody=is_about_all, **narrowed.chosen())
    page = Paginator(mails, MAILS_A_PAGE).get_page(request.GET.get("page"))
    offered = [("", "To me"), (EVERYBODY, "To everybody you look after")] if sees_others(user) else []
    context = {
        "page": page,
        "rows": [delivery_row(mail, user, administers=administers) for mail in page],
        "filter": narrowed,
        "links": [filter_link(request, "to", value, label) for value, label in offered],
        "is_about_all": is_about_all,
        "administers": administers,
        "menu_page": MENU,
    }
    return render(request, "programme/deliveries/delivery_list.html", context)


@login_required
@require_safe
def delivery_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, whole."""
    user, narrowed = person(request), DeliveryFilter(request.GET)
    mails = deliveries_of(user, everybody=request.GET.get("to") == EVERYBODY, **narrowed.chosen())
    administers = is_administrator(user)
    rows = (delivery_row(mail, user, administers=administers) for mail in mails.iterator())
    return csv_response(delivery_table(rows), f"reminder-mails-{today().isoformat()}")


@login_required
@require_safe
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its times, what carried it, and its earlier sendings."""
    user = person(request)
    digest = _digest(user, pk)
    context = {
        "digest": digest,
        "row": delivery_row(digest, user, administers=is_administrator(user)),
        "resendings": digest.resendings.select_related("asked_by"),
        "can_resend": can_resend(user, digest),
        "menu_page": MENU,
    }
    return render(request, "programme/deliveries/delivery_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delivery_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a mail sent again, with the reason."""
    user = person(request)
    digest = _digest(user, pk)
    check_resend(user, digest)
    back_url = reverse("programme:delivery_detail", args=[pk])
    page = FormPage(
        heading="Send this mail again",
        caption=f"To {digest.recipient}, {format_date(digest.day_on)}",
        save="Send it again",
        back_url=back_url,
        crumbs=(("Mails", reverse("programme:delivery_list")), (format_date(digest.day_on), back_url)),
        lead="What has been done since is left out of it. The person gets it as a new mail.",
        menu_page=MENU,
    )

    def save(cleaned: Any) -> Digest:
        return resend_digest(digest, by=user, reason=cleaned["reason"], deliver=queue_digest)

    return record_form(request, page, ResendForm(sent(request)), save, saved="The mail is queued again")


def _digest(user: User, pk: int) -> Digest:
    return get_object_or_404(deliveries_of(user, everybody=True), pk=pk)

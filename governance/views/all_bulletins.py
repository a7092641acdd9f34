"""The monthly bulletins of all programmes that a person may read, as page and file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import london_date, today
from core.exports.responses import csv_response
from core.exports.tables import Column, Format, Table
from governance.models import SentBulletin
from governance.queries.all_bulletins import (
    BulletinChoice,
    Readable,
    all_drafts,
    all_sent,
    readable_bulletins,
)
from governance.rules.bulletins import month_words
from programme.filters import NOT_LISTED
from programme.models import Partnership, Programme

PAGE_SIZE = 50
COLUMNS: list[Column[SentBulletin]] = [
    Column("Partnership", lambda row: str(row.programme.partnership)),
    Column("Programme", lambda row: row.programme.name),
    Column("Bulletin", lambda row: row.number, Format.NUMBER),
    Column("Month", lambda row: month_words(row.month_on)),
    Column("Sent", lambda row: london_date(row.sent_at), Format.DATE),
    Column("Sent by", lambda row: str(row.sent_by)),
    Column("Corrects", lambda row: row.corrects.number if row.corrects else None, Format.NUMBER),
    Column("What changed", lambda row: row.what_changed or None),
]


class BulletinFilter(forms.Form):
    """What the list is narrowed to; choices are those there are."""

    partnership = forms.ChoiceField(required=False)
    programme = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, readable: Readable) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.offered: list[BoundField] = []  # the boxes that leave a choice
        self._offer("partnership", "All partnerships", readable.partnerships)
        self._offer("programme", "All programmes", readable.programmes)

    def choice(self) -> BulletinChoice:
        """The choice made; a limit that is not in its list is left out, and said."""
        self.is_valid()
        return BulletinChoice(**self.cleaned_data)

    def _offer(self, name: str, all_text: str, rows: Sequence[Partnership | Programme]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_text), *((one.key, one.name) for one in rows)]
        field.error_messages["invalid_choice"] = NOT_LISTED.format(name)
        if len(rows) > 1:
            self.offered.append(self[name])


@login_required
@require_safe
def all_bulletins_list(request: HttpRequest) -> HttpResponse:
    """What was sent in every programme, and the drafts that the person may read."""
    user = person(request)
    readable = readable_bulletins(user)
    form = BulletinFilter(request.GET, readable=readable)
    choice = form.choice()
    page = Paginator(all_sent(user, choice), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "sent": page.object_list,
        "drafts": all_drafts(readable, choice) if page.number == 1 else [],
    }
    return render(request, "governance/bulletins/all.html", context)


@login_required
@require_safe
def all_bulletins_csv(request: HttpRequest) -> HttpResponseBase:
    """What was sent, with the same choice, as a CSV file."""
    user = person(request)
    form = BulletinFilter(request.GET, readable=readable_bulletins(user))
    table = Table("bulletins", "Monthly bulletins", COLUMNS, all_sent(user, form.choice()))
    return csv_response(table, f"monthly-bulletins-{today().isoformat()}")

"""Import the service catalogue: check a file, see what it would do, then let it be done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views import View

from accounts.models import User
from accounts.signed_in import person
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.fields import add_refusals
from core.rules.words import count_of
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme
from services.actions.service_import import (
    CatalogueImport,
    Reading,
    check_catalogue,
    from_file,
    from_rows,
    import_catalogue,
)
from services.forms.service import CatalogueFileForm
from services.policies import powers_of
from services.queries.service_import import PREVIEW_ROWS, preview
from services.views.service_forms import MENU_PAGE

SALT = "services.import"
HOUR = 60 * 60
NOT_YOURS = "Only an officer of a partner council or the programme manager can import services"


class ServiceImport(LoginRequiredMixin, View):
    """The file goes in first and comes back as what it would do; sending that on does it."""

    http_method_names = ["get", "head", "post", "options"]
    programme: Programme
    by: User

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form for the file, and the template to fill in."""
        self._open(request, key)
        return self._show(CatalogueFileForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Check a file, or do what was checked."""
        self._open(request, key)
        return self._import() if "checked" in request.POST else self._check()

    def _open(self, request: HttpRequest, key: str) -> None:
        self.by = person(request)
        self.programme = visible_programme(self.by, key)
        powers = powers_of(self.by, self.programme)
        partners = partner_councils(self.programme.partnership_id)
        if not any(powers.edits_council(council) for council in partners):
            raise PermissionDenied(NOT_YOURS)

    def _check(self) -> HttpResponse:
        form = CatalogueFileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._preview(form, from_file(form.cleaned_data["file"]))

    def _preview(self, form: CatalogueFileForm, reading: Reading, **context: Any) -> HttpResponse:
        try:
            checked = check_catalogue(self.programme, reading, by=self.by)
            checked.table.check()
        except Refusals as said:
            add_refusals(form, said.refusals[0])
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY, problems=checked.table.problems)
        except Refusal as said:
            add_refusals(form, said)
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        token = self._token(checked) if checked.writes else ""
        status = HTTPStatus.CONFLICT if context else HTTPStatus.OK
        shown = {"preview": preview(checked.writes), "checked": checked, "token": token, **context}
        return self._show(form, status, **shown)

    def _import(self) -> HttpResponse:
        """Do what was checked; where that is no longer the same, show again what would be done."""
        try:
            sent = signing.loads(self.request.POST["checked"], salt=self._salt(), max_age=HOUR)
        except signing.BadSignature:
            form = CatalogueFileForm()
            form.cleaned_data = {}
            form.add_error(None, "Check the file again: it was checked more than an hour ago")
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        reading = from_rows(sent["rows"])
        try:
            done = import_catalogue(self.programme, reading, by=self.by, seen_digest=sent["digest"])
        except StaleEdit as said:
            return self._preview(CatalogueFileForm(), reading, stale=said.message)
        except (Refusal, Refusals):
            return self._preview(_bound(), reading)
        messages.success(self.request, f"Imported: {_counts(done)}")
        return redirect("services:service_list", self.programme.key)

    def _token(self, checked: CatalogueImport) -> str:
        """The rows and what they would do, signed and compressed, so that they need not be uploaded again."""
        rows = [{name: text for name, text in row.texts.items() if text} for row in checked.table.rows]
        return signing.dumps({"rows": rows, "digest": checked.digest}, salt=self._salt(), compress=True)

    def _salt(self) -> str:
        return f"{SALT}:{self.programme.pk}:{self.by.pk}"

    def _show(self, form: CatalogueFileForm, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        shared = {
            "form": form,
            "programme": self.programme,
            "councils": partner_councils(self.programme.partnership_id),
            "menu_page": MENU_PAGE,
            "back_url": reverse("services:service_list", args=[self.programme.key]),
            "preview_rows": PREVIEW_ROWS,
        }
        return render(self.request, "services/service_import.html", {**shared, **context}, status=status)


def _bound() -> CatalogueFileForm:
    """A form that can carry refusals."""
    form = CatalogueFileForm({}, MultiValueDict())
    form.full_clean()
    form.errors.clear()
    return form


def _counts(done: CatalogueImport) -> str:
    return f"{count_of(done.added, 'row')} added, {count_of(done.changed, 'row')} changed"

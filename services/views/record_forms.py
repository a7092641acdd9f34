"""A page with a form about one record of this floor: open, check, save, or show again what was typed."""

from __future__ import annotations

from abc import abstractmethod
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from accounts.models import User
from accounts.signed_in import person
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.conflict import StaleForm, differences, with_version
from core.forms.fields import add_refusals


class RecordFormView(LoginRequiredMixin, View):
    """A form about one record. A subclass says what is open, who may, and which action saves it."""

    http_method_names = ["get", "head", "post", "options"]
    template_name: str
    title = ""

    by: User

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form over what is there."""
        self._open(request, **kwargs)
        return self._show(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save and go back, or show the form again with everything typed."""
        self._open(request, **kwargs)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            words = self.save(form)
        except StaleEdit as said:
            return self._show_stale(form, said)
        except (Refusal, Refusals) as said:
            add_refusals(form, in_form_names(said))
            return self._show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, words)
        return redirect(self.back_url())

    @abstractmethod
    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find what the form is about (404 for who may not see it)."""

    @abstractmethod
    def check(self) -> None:
        """Refuse with the reason (403) a person who may not do this."""

    @abstractmethod
    def reload(self) -> None:
        """Read again what the form is about, after someone else saved it."""

    @abstractmethod
    def make_form(self, data: Any = None) -> forms.Form:
        """The form over what is there; `data` is what was sent."""

    @abstractmethod
    def save(self, form: Any) -> str:
        """Call the action; gives the words that say so."""

    @abstractmethod
    def back_url(self) -> str:
        """Where saving leads."""

    @abstractmethod
    def context(self) -> dict[str, Any]:
        """What the page shows around the form."""

    def _open(self, request: HttpRequest, **kwargs: Any) -> None:
        self.by = person(request)
        self.find(request, **kwargs)
        self.check()

    def _show(self, form: forms.Form, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        context = {"form": form, "title": self.title, "back_url": self.back_url(), **self.context(), **more}
        return render(self.request, self.template_name, context, status=status)

    def _show_stale(self, form: forms.Form, said: StaleEdit) -> HttpResponse:
        """The form again over what is there now, everything typed kept; saving again replaces it."""
        self.reload()
        fresh = self.make_form()
        version = fresh.initial["seen_version"]
        again = self.make_form(with_version(form.data, version))
        stale = StaleForm(said.message, differences(again, fresh))
        return self._show(again, HTTPStatus.CONFLICT, stale=stale)


def in_form_names(said: Refusal | Refusals) -> Refusals:
    """The refusals with the fields of lists named as a form names them: tasks_0_text."""
    every = said.refusals if isinstance(said, Refusals) else [said]
    return Refusals([Refusal(one.message, (one.field or "").replace(".", "_"), one.code) for one in every])

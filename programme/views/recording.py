"""Pages that hold one form: what is sent goes through one action, and back to the page it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.errors import Refusal, Refusals, StaleEdit
from core.forms.conflict import SeenForm, StaleForm, shown_again
from core.forms.fields import add_refusals

Crumb = tuple[str, str]
TEMPLATE = "programme/record_form.html"
FORM = ["GET", "HEAD", "POST"]


def sent(request: HttpRequest) -> Any:
    """What was sent to a form, or None where it is only asked for."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class FormPage:
    """The words of such a page, the way it came, and where it goes on.

    `facts` are pairs of name and value above the form; `lead` says what saving does.
    """

    heading: str
    caption: str
    save: str
    back_url: str
    crumbs: tuple[Crumb, ...] = ()
    lead: str = ""
    facts: tuple[tuple[str, object], ...] = ()
    menu_page: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


def record_form(
    request: HttpRequest,
    page: FormPage,
    form: BaseForm,
    save: Callable[[Mapping[str, Any]], models.Model],
    *,
    saved: str,
    then: Callable[[Any], str] | None = None,
    template: str = TEMPLATE,
) -> HttpResponse:
    """Show `form`, or save what was sent by `save`, say `saved` and go on to where `then` leads, which is
    asked with what was saved; else back.

    `template` draws it: the general one, or one that extends it.

    What a rule refuses is shown on its field with status 422; someone else's change with 409, beside what
    was typed and over the row as it is now, so that saving again replaces it.
    """
    if request.method != "POST":
        return _show(request, page, form, template)
    if not form.is_valid():
        return _show(request, page, form, template, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        row = save(form.cleaned_data)
    except StaleEdit as said:
        return _show(request, page, form, template, HTTPStatus.CONFLICT, stale=shown_again(form, said))
    except (Refusal, Refusals) as said:
        add_refusals(form, said)
        return _show(request, page, form, template, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, saved)
    return redirect(then(row) if then else page.back_url)


def press_again(request: HttpRequest, page: FormPage, said: StaleEdit, version: int) -> HttpResponse:
    """A button was pressed over what someone else has changed since: say so and offer it once more (409)."""
    stale = StaleForm(said.message, advice="Nothing was done. Look at what is there now, or press again.")
    form = SeenForm(initial={"seen_version": version})
    return _show(request, page, form, TEMPLATE, HTTPStatus.CONFLICT, stale)


def _show(
    request: HttpRequest,
    page: FormPage,
    form: BaseForm,
    template: str,
    status: int = HTTPStatus.OK,
    stale: StaleForm | None = None,
) -> HttpResponse:
    context = {**page.context, "page": page, "form": form, "stale": stale, "menu_page": page.menu_page}
    return render(request, template, context, status=status)

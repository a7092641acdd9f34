"""Update a milestone: in place in a list, or as a page that works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.signed_in import person
from core.clock import today
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from core.htmx import is_enhanced
from core.rules.words import count_of
from programme.actions.milestone import (
    MilestoneChanged,
    record_of,
)
from programme.actions.planning.moved_together import update_and_move
from programme.forms.milestone import MilestoneForm, mark_other_refusals, reviewed
from programme.policies import check_update_milestone, powers_of
from programme.queries.knock_on import knock_on_of
from programme.queries.milestones import MilestoneRow, row_after
from programme.queries.work import WorkList, work_list
from programme.rules.planning.moves import moves_in
from programme.views.context import programme_context
from programme.views.links import Layout, Place
from programme.views.milestones import row_in_place, visible_row
from programme.views.work import work_summary

THEN_NEXT, THEN_LOOK = "next", "look"


@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class MilestoneUpdate(LoginRequiredMixin, View):
    """The form of one milestone; what is sent goes through the action alone."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form, with the milestone as it is."""
        row = _row_to_update(request, pk)
        form = MilestoneForm(milestone=row.milestone, focus=request.GET.get("field", ""))
        return _show(request, row, form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save and go on, or show the form again with everything typed and what to put right."""
        row = _row_to_update(request, pk)
        form = MilestoneForm(request.POST, milestone=row.milestone)
        if not form.is_valid():
            mark_other_refusals(form)
            return _show(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        if request.POST.get("then") == THEN_LOOK:
            return _look(request, row, form)
        following, sent_moves = _following(request, row), request.POST.get("move_too", "")
        try:
            saved, moved = update_and_move(
                row.milestone,
                by=person(request),
                seen_version=form.cleaned_data["seen_version"],
                moves=moves_in(sent_moves),
                **form.changes(),
            )
        except MilestoneChanged as said:
            return _show(request, visible_row(request, pk), reviewed(form, said), HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            more = _after(request, row, form) if sent_moves else {}
            add_refusals(form, said)
            return _show(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY, more)
        words = _saved_words(row, is_changed=saved.version != row.milestone.version, moved=len(moved))
        if is_enhanced(request) and not moved:
            return _swap(request, pk, following, words)
        messages.success(request, words)
        return redirect(
            _update_url(following.pk, Place.of(request)) if following else Place.of(request).back_url
        )


@login_required
@require_safe
def milestone_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What follows if the dates in the form are saved; dates that cannot be read change nothing."""
    row = visible_row(request, pk)
    form = MilestoneForm(request.GET, milestone=row.milestone)
    form.is_valid()
    return render(request, "programme/milestone_preview.html", {"row": row, **_after(request, row, form)})


def _after(request: HttpRequest, row: MilestoneRow, form: MilestoneForm) -> dict[str, Any]:
    """Where the milestone would stand with the dates of the form, and what else would follow."""
    dates, record = form.cleaned_data, record_of(row.milestone)
    changed = replace(
        record,
        forecast=dates.get("forecast_on", record.forecast),
        actual=dates.get("achieved_on", record.actual),
    )
    after = row_after(row, changed, powers=powers_of(person(request)))
    on = after.expected.last_on if after.expected else None
    return {"after": after, "knock_on": knock_on_of(row.milestone, on)}


def _look(request: HttpRequest, row: MilestoneRow, form: MilestoneForm) -> HttpResponse:
    """The form again with what would follow from it; nothing is saved."""
    mark_other_refusals(form)
    if form.errors:
        return _show(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _show(request, row, form, more=_after(request, row, form) | {"is_asked": True})


def _row_to_update(request: HttpRequest, pk: int) -> MilestoneRow:
    """The milestone, for a person who may update it; for another the reason why not (403)."""
    row = visible_row(request, pk)
    if not row.can_update:
        check_update_milestone(person(request), row.milestone)
    return row


def _show(
    request: HttpRequest,
    row: MilestoneRow,
    form: MilestoneForm,
    status: int = HTTPStatus.OK,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The open row of a list for htmx, else the whole page."""
    context = {"row": row, "form": form, **_form_context(request, row), **(more or {})}
    if is_enhanced(request):
        context["row"] = row_in_place(row, context["place"])
        return render(request, "programme/milestone_row.html", context, status=status)
    context |= programme_context(row.milestone.programme)
    return render(request, "programme/milestone_update.html", context, status=status)


def _form_context(request: HttpRequest, row: MilestoneRow) -> dict[str, Any]:
    place = Place.of(request)
    return {"place": place, "save_next": "Save and open next" if place.layout == Layout.WORK else ""}


def _following(request: HttpRequest, row: MilestoneRow) -> MilestoneRow | None:
    """The next milestone of the list, where that is asked for; read before the save moves this one."""
    if request.POST.get("then") != THEN_NEXT:
        return None
    place = Place.of(request)
    return _work(request, place).row_after(row.pk, place.section)


def _swap(request: HttpRequest, pk: int, following: MilestoneRow | None, words: str) -> HttpResponse:
    """The saved row, closed; with it the next one open, and the counts over the list."""
    place = Place.of(request)
    row = row_in_place(visible_row(request, pk), place)
    context: dict[str, Any] = {"row": row, "place": place, "said": words}
    if following:
        context |= {
            "following": following,
            "following_form": MilestoneForm(milestone=following.milestone),
            **_form_context(request, following),
        }
    if place.layout == Layout.WORK:
        context |= work_summary(_work(request, place), place)
    return render(request, "programme/milestone_saved.html", context)


def _work(request: HttpRequest, place: Place) -> WorkList:
    return work_list(
        person(request),
        scope=place.scope,
        as_of=today(),
        powers=powers_of(person(request)),
        grouping=place.grouping,
    )


def _saved_words(row: MilestoneRow, *, is_changed: bool, moved: int = 0) -> str:
    if moved:
        return f"{row.milestone.ref} is saved, and {count_of(moved, 'milestone')} with it"
    return f"{row.milestone.ref} is saved" if is_changed else f"Nothing was changed in {row.milestone.ref}"


def _update_url(pk: int, place: Place) -> str:
    return f"{reverse('programme:milestone_update', args=[pk])}?{place.query}"

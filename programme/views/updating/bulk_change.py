"""Change owner, phase or forecast of many milestones: ticked, then shown from what to what, then saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.clock import today
from core.forms.conflict import with_values
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.ids import ids_in
from programme.actions.updating.bulk_change import change_many
from programme.actions.updating.many import Outcome
from programme.forms.updating.bulk_change import BulkChangeForm, seen_name
from programme.forms.updating.milestone_grid import keys_sent
from programme.models import Milestone, Programme
from programme.policies import check_plan, powers_of
from programme.queries.milestones import MilestoneRow, milestone_rows
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM
from programme.views.updating.grid import list_url, narrowed_rows, saved_words

NOBODY, NO_PHASE, NO_DATE = "nobody", "no phase", "no date"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One milestone: whether it is ticked, what would change from what to what, or what is wrong."""

    row: MilestoneRow
    is_ticked: bool = False
    changes: tuple[tuple[str, str, str], ...] = ()
    problem: str = ""

    @property
    def seen_name(self) -> str:
        """The hidden box with the version shown."""
        return seen_name(self.row.pk)


@login_required
@require_http_methods(FORM)
def milestone_bulk(request: HttpRequest, key: str) -> HttpResponse:
    """Milestones to tick; what would change of those ticked; or, where that was seen, the change itself."""
    user = person(request)
    programme = visible_programme(user, key)
    check_plan(user, programme)
    if request.method != "POST":
        rows = [row for row in narrowed_rows(request, programme, powers_of(user)) if row.can_update]
        ticked = set(ids_in(request.GET.getlist("milestone")))
        return _show(
            request,
            programme,
            BulkChangeForm(programme=programme),
            [ChangeRow(r, r.pk in ticked) for r in rows],
        )
    return _sent(request, programme, BulkChangeForm(request.POST, programme=programme))


def _sent(request: HttpRequest, programme: Programme, form: BulkChangeForm) -> HttpResponse:
    rows = _rows_sent(request, programme)
    ticked = [row for row in rows if row.pk in form.ticked]
    if not form.is_valid():
        shown = [ChangeRow(row, row in ticked) for row in rows]
        return _show(request, programme, form, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_trial = "confirmed" not in request.POST
    chosen = form.chosen([row.milestone for row in ticked])
    found = change_many(programme, by=person(request), chosen=chosen, wanted=form.wanted(), is_trial=is_trial)
    if found.stale:
        return _stale(request, programme, form, ticked, found)
    if found.refused:
        return _refused(request, programme, form, rows, found)
    if is_trial:
        return _show(request, programme, form, _changed(ticked, found), is_preview=True)
    messages.success(request, saved_words(len(found.saved)))
    return redirect(list_url(request, programme))


def _rows_sent(request: HttpRequest, programme: Programme) -> list[MilestoneRow]:
    """The rows that stood on the page, as they are now; nothing there (404) for another programme's."""
    keys = {*keys_sent(request.POST), *ids_in(request.POST.getlist("milestone"))}
    powers = powers_of(person(request))
    rows = milestone_rows(programme.milestones.filter(pk__in=keys), as_of=today(), powers=powers)
    if len(rows) != len(keys):
        raise Http404
    return rows


def _changed(rows: Sequence[MilestoneRow], found: Outcome) -> list[ChangeRow]:
    after = {one.pk: one for one in found.saved}
    return [
        ChangeRow(row, True, tuple(_words(row.milestone, after[row.pk])) if row.pk in after else ())
        for row in rows
    ]


def _words(before: Milestone, after: Milestone) -> Iterator[tuple[str, str, str]]:
    """What differs, in words."""
    pairs = (
        ("Owner", str(before.owner or NOBODY), str(after.owner or NOBODY)),
        ("Phase", str(before.phase or NO_PHASE), str(after.phase or NO_PHASE)),
        ("Forecast", _day(before.get_date("forecast")), _day(after.get_date("forecast"))),
        ("Note", before.note or "nothing", after.note or "nothing"),
    )
    yield from (pair for pair in pairs if pair[1] != pair[2])


def _day(day: ImpreciseDate | None) -> str:
    if day is None:
        return NO_DATE
    return format_date(day.first_on) if day.is_exact else str(day)


def _refused(
    request: HttpRequest,
    programme: Programme,
    form: BulkChangeForm,
    rows: Sequence[MilestoneRow],
    found: Outcome,
) -> HttpResponse:
    """The form again, each milestone that cannot be changed so with the reason."""
    shown = []
    for row in rows:
        said = found.refused.get(f"m-{row.pk}")
        problem = " ".join(one.message for one in said.refusals) if said else ""
        shown.append(ChangeRow(row, row.pk in form.ticked, problem=problem))
    return _show(request, programme, form, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _stale(
    request: HttpRequest,
    programme: Programme,
    form: BulkChangeForm,
    rows: Sequence[MilestoneRow],
    found: Outcome,
) -> HttpResponse:
    """What would change of the milestones as they are now; pressing again changes those."""
    form.data = with_values(form.data, {seen_name(row.pk): str(row.milestone.version) for row in rows})
    now = form.chosen([row.milestone for row in rows])
    trial = change_many(programme, by=person(request), chosen=now, wanted=form.wanted(), is_trial=True)
    if trial.refused:
        return _refused(request, programme, form, rows, trial)
    message = next(iter(found.stale.values())).message
    return _show(
        request,
        programme,
        form,
        _changed(rows, trial),
        is_preview=True,
        stale=message,
        status=HTTPStatus.CONFLICT,
    )


def _show(
    request: HttpRequest,
    programme: Programme,
    form: BulkChangeForm,
    rows: Sequence[ChangeRow],
    *,
    is_preview: bool = False,
    stale: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "is_preview": is_preview,
        "changing": sum(bool(row.changes) for row in rows),
        "problems": [
            (f"tick-{one.row.pk}", f"{one.row.milestone.ref}: {one.problem}") for one in rows if one.problem
        ],
        "stale": stale,
        "back_url": list_url(request, programme),
        "menu_page": "programme:milestone_list",
        **programme_context(programme),
    }
    return render(request, "programme/updating/milestone_bulk.html", context, status=status)

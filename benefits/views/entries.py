"""From a number to its entries, a line's entries, and one entry with its way up to the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.enums import Basis, EntryKind, Measure
from benefits.filters import EntriesDay, EntriesFilter, SavingsFilter
from benefits.models import Line
from benefits.policies import can_propose
from benefits.queries.claim_files import files_of, may_add_files
from benefits.queries.claims import can_reverse
from benefits.queries.entries import Question, entries_behind, find_entry, line_entries
from benefits.queries.ledgers import read_ledgers
from benefits.queries.trace import decisions_of
from benefits.views.context import as_of_today
from core.clock import today
from programme.models import Programme
from programme.queries.partners import partner_councils
from programme.views.context import visible_programme

MENU_PAGE = "benefits:savings_detail"


@login_required
@require_safe
def entry_list(request: HttpRequest, key: str) -> HttpResponse:
    """The entries that one number adds up; their sum is that number. Without a ledger, the choice of one."""
    programme = visible_programme(person(request), key)
    asked_on = _asked_on(request)
    as_of = min(asked_on or as_of_today(programme), as_of_today(programme))
    ledgers = read_ledgers(programme, as_of=as_of)
    form = EntriesFilter(request.GET, programme=programme, ledgers=ledgers)
    if not form.is_valid():
        raise Http404("There is no such number")
    if not form.cleaned_data["basis"]:
        council = next((one for one in ledgers.councils if one.key == form.choice().council), None)
        about = {"council": council, "fy": form.choice().fy, "recorded_on": asked_on and as_of}
        return _choose_basis(request, programme, Measure(form.cleaned_data["measure"]), about)
    question = Question(
        Basis(form.cleaned_data["basis"]),
        Measure(form.cleaned_data["measure"]),
        form.choice(),
        form.cleaned_data["to"],
        since=form.cleaned_data["since"],
        benefit=form.cleaned_data["benefit"],
    )
    context = {
        "programme": programme,
        "councils": ledgers.councils,
        "menu_page": MENU_PAGE,
        "entries": entries_behind(programme, question, as_of=as_of),
        "council": next((one for one in ledgers.councils if one.key == question.choice.council), None),
        "recorded_on": asked_on and as_of,
    }
    return render(request, "benefits/entry_list.html", context)


def _asked_on(request: HttpRequest) -> date | None:
    """The past day asked about; None: today."""
    form = EntriesDay(request.GET)
    if not form.is_valid():
        raise Http404("There is no such day")
    day: date | None = form.cleaned_data["on"]
    return day


def _choose_basis(
    request: HttpRequest, programme: Programme, measure: Measure, about: dict[str, Any]
) -> HttpResponse:
    """The ledgers whose entries can be asked for: a difference is of two of them."""
    bases = [(basis.label, f"?{_with_basis(request, basis)}") for basis in Basis if basis != Basis.BANKED]
    context = {"programme": programme, "menu_page": MENU_PAGE, "measure": measure, "bases": bases, **about}
    return render(request, "benefits/entry_bases.html", context)


def _with_basis(request: HttpRequest, basis: Basis) -> str:
    query = request.GET.copy()
    query["basis"] = basis.value
    return query.urlencode()


@login_required
@require_safe
def line_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: what it belongs to, and its entries in each ledger."""
    lines = Line.objects.visible_to(person(request)).select_related(
        "programme__partnership", "benefit", "service", "business_case_line__business_case", "source"
    )
    line = get_object_or_404(lines, pk=pk)
    as_of = as_of_today(line.programme)
    ledgers = read_ledgers(line.programme, as_of=as_of)
    form = SavingsFilter(request.GET, programme=line.programme, ledgers=ledgers)
    entries = line_entries(line, as_of=as_of, choice=form.choice())
    versions = sorted(
        {row.plan_version for row in entries.plan if row.plan_version}, key=lambda version: version.number
    )
    decisions = decisions_of(versions)
    context = {
        "programme": line.programme,
        "menu_page": MENU_PAGE,
        "councils": ledgers.councils,
        "line": line,
        "form": form,
        "entries": entries,
        "versions": [(version, decisions[version.pk]) for version in versions],
        "can_propose": can_propose(person(request), line.programme),
    }
    return render(request, "benefits/line_detail.html", context)


@login_required
@require_safe
def entry_detail(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One entry: amount, who entered and who verified it, its plan, its decision and its business case."""
    if kind not in EntryKind:
        raise Http404("There is no such ledger")
    entry = find_entry(EntryKind(kind), pk, user=person(request), as_of=today())
    if entry is None:
        raise Http404("There is no such entry")
    version = entry.plan_version
    context = {
        "programme": entry.line.programme,
        "menu_page": MENU_PAGE,
        "councils": partner_councils(entry.line.programme.partnership_id),
        "entry": entry,
        "files": files_of(pk) if entry.is_actual else (),
        "can_add_files": entry.is_actual and may_add_files(person(request), pk),
        "can_reverse": entry.is_actual and can_reverse(person(request), pk),
        "decisions": decisions_of([version])[version.pk] if version else [],
    }
    return render(request, "benefits/entry_detail.html", context)

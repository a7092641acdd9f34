"""The decision board and a decision's own page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from governance.board_charts import tally_chart
from governance.board_tables import tally_file, tally_table
from governance.exports import decision_table
from governance.models import Decision
from governance.policies import can_draft, powers_of
from governance.queries.decision_page import decision_page
from governance.queries.decisions import Board, decision_board
from governance.rules.explain import explain
from governance.rules.timeline import timeline
from programme.models import Programme
from programme.queries.milestones import known_on
from programme.views.context import visible_programme
from programme.views.links import FilterLink, filter_link


@login_required
@require_safe
def decision_list(request: HttpRequest, key: str) -> HttpResponse:
    """A row a decision, a column a council."""
    programme = visible_programme(person(request), key)
    waiting_for = request.GET.get("waiting", "")
    powers = powers_of(person(request), programme)
    as_of = known_on(programme, today())
    board = decision_board(programme, as_of=as_of, waiting_for=waiting_for, powers=powers)
    context = {
        "programme": programme,
        "councils": board.partners,
        "board": board,
        "column_count": len(board.councils) + 2,
        "links": _links(request, board),
        "chart": tally_chart(board, csv_url=_tally_url(programme, waiting_for)),
        "tally": tally_table(board),
        "waiting_for": waiting_for,
        "can_draft": can_draft(powers),
    }
    return render(request, "governance/decision_list.html", context)


@login_required
@require_safe
def decision_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The board as a file, with the same choice of rows; or, by `council`, what one council is asked.

    By `table` what each council has answered, counted.
    """
    programme = visible_programme(person(request), key)
    as_of = known_on(programme, today())
    board = decision_board(programme, as_of=as_of, waiting_for=request.GET.get("waiting", ""))
    if request.GET.get("table") == "answers":
        return csv_response(tally_file(board), f"{programme.key}-answers")
    return csv_response(decision_table(board, request.GET.get("council", "")), f"{programme.key}-decisions")


@login_required
@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Can we start? One decision with every council's part in it; `part` asks for its row of the board."""
    part = request.GET.get("part", "")
    if part:
        return _board_row(request, pk, is_open=part == "open")
    decision = get_object_or_404(_decisions(request), pk=pk)
    powers = powers_of(person(request), decision.programme)
    page = decision_page(decision, powers=powers, as_of=known_on(decision.programme, today()))
    context = {
        "programme": decision.programme,
        "councils": page.partners,
        "page": page,
        "row": page.row,
    }
    return render(request, "governance/decision_detail.html", context)


def _board_row(request: HttpRequest, pk: int, *, is_open: bool) -> HttpResponse:
    """The row as the board shows it, with the answer under it where it is open."""
    decision = get_object_or_404(_decisions(request), pk=pk)
    programme = decision.programme
    powers = powers_of(person(request), programme)
    board = decision_board(programme, as_of=known_on(programme, today()), powers=powers)
    row = next(row for row in board.rows if row.decision.pk == pk)
    context: dict[str, Any] = {
        "row": row,
        "is_open": is_open,
        "was_swapped": True,
        "column_count": len(board.councils) + 2,
    }
    if is_open:
        context["explanation"] = explain(row.start, row.proposal, row.day)
        context["events"] = timeline(row.told, row.start, row.day)
    return render(request, "governance/decision_row.html", context)


def _tally_url(programme: Programme, waiting_for: str) -> str:
    asked = {"table": "answers"} | ({"waiting": waiting_for} if waiting_for else {})
    return f"{reverse('governance:decision_csv', args=[programme.key])}?{urlencode(asked)}"


def _decisions(request: HttpRequest) -> QuerySet[Decision]:
    return Decision.objects.visible_to(person(request)).select_related("programme__partnership")


def _links(request: HttpRequest, board: Board) -> list[FilterLink]:
    """Ways to narrow the board: all, and for each council what waits for it."""
    links = [filter_link(request, "waiting", "", "All", board.total)]
    links += [
        filter_link(request, "waiting", one.council.key, f"Waiting for {one.council}", one.count)
        for one in board.waiting
        if one.count
    ]
    return links

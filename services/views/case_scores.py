"""Options scored on weighted criteria: the result with its charts and files, and the two forms (F-28)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.errors import Refusal, Refusals, StaleEdit
from core.exports.responses import csv_response
from core.exports.tables import Table
from programme.queries.partners import partner_councils
from programme.views.links import FilterLink
from services.actions.scores import save_criteria, save_scores
from services.enums import CaseState
from services.forms.scores import CriteriaForm, OwnScoresForm
from services.models import BusinessCase, Criterion
from services.policies import can_edit_case, check_edit_case, check_score, powers_of
from services.queries.scores import ScorePage, Sensitivity, score_page, sensitivity
from services.score_charts import contribution_chart, sensitivity_chart
from services.score_exports import ranking_table, scores_table, weight_table
from services.views.business_cases import case_context, visible_case


@login_required
@require_safe
def case_scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Ranking, contributions, what would change the first place, and every score with its reason."""
    case = visible_case(request, pk)
    page = score_page(case)
    powers = powers_of(person(request), case.programme)
    shown = _shown(request, page)
    is_draft = case.state == CaseState.DRAFT
    context = {
        **_context(case, page),
        "ranking_chart": contribution_chart(page, csv_url=_file(case, "ranking.csv")),
        "shown": shown,
        "weight_chart": sensitivity_chart(page, shown, csv_url=_weight_file(case, shown)),
        "links": _links(request, page, shown),
        "can_set": can_edit_case(powers, case),
        "can_score": is_draft and powers.scores() and bool(page.criteria),
    }
    return render(request, "services/case_scores.html", context)


@login_required
@require_safe
def case_scores_file(request: HttpRequest, pk: int, name: str) -> StreamingHttpResponse:
    """A table of the page as a CSV file: ranking.csv, scores.csv or weight.csv."""
    case = visible_case(request, pk)
    page = score_page(case)
    table = _table(request, page, name)
    return csv_response(table, f"{case.ref}-{case.number}-{table.name}".lower())


class CriteriaUpdate(LoginRequiredMixin, View):
    """The criteria and their weights, set by the programme manager while the case is a draft."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The criteria as they are, with empty rows for more."""
        case = self._case(request, pk)
        page = score_page(case)
        return _show(request, "services/case_criteria.html", case, page, CriteriaForm(case=case, page=page))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save and go to the scores, or show the form again with what to put right."""
        case = self._case(request, pk)
        page = score_page(case)
        form = CriteriaForm(request.POST, case=case, page=page)
        template = "services/case_criteria.html"
        if not form.is_valid():
            return _show(request, template, case, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        given = [criterion for _, criterion in form.given()]
        try:
            save_criteria(
                case, by=person(request), seen_version=form.cleaned_data["seen_version"], criteria=given
            )
        except StaleEdit as said:
            again = CriteriaForm({**request.POST.dict(), "seen_version": case.version}, case=case, page=page)
            return _show(request, template, case, page, again, HTTPStatus.CONFLICT, said.message)
        except (Refusal, Refusals) as said:
            form.add_said(said)
            return _show(request, template, case, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, "The criteria are saved")
        return redirect("services:case_scores", pk)

    def _case(self, request: HttpRequest, pk: int) -> BusinessCase:
        case = visible_case(request, pk)
        check_edit_case(powers_of(person(request), case.programme), case)
        return case


class OwnScoresUpdate(LoginRequiredMixin, View):
    """One person's own scores, each with its reason."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The person's scores as they are."""
        case, page, form = self._open(request, pk)
        return _show(request, "services/case_own_scores.html", case, page, form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save and go to the result, or show the form again with what to put right."""
        case, page, form = self._open(request, pk, request.POST)
        template = "services/case_own_scores.html"
        if not form.is_valid():
            return _show(request, template, case, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            save_scores(case, by=person(request), scores=form.given())
        except StaleEdit as said:
            _, _, fresh = self._open(request, pk)
            typed = {**request.POST.dict(), **fresh.versions_seen()}
            case, page, again = self._open(request, pk, typed)
            return _show(request, template, case, page, again, HTTPStatus.CONFLICT, said.message)
        except (Refusal, Refusals) as said:
            form.add_said(said)
            return _show(request, template, case, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, "Your scores are saved")
        return redirect("services:case_scores", pk)

    def _open(
        self, request: HttpRequest, pk: int, data: Any = None
    ) -> tuple[BusinessCase, ScorePage, OwnScoresForm]:
        case = visible_case(request, pk)
        by = person(request)
        check_score(powers_of(by, case.programme), case)
        page = score_page(case)
        own = [score for score in page.scores if score.scored_by_id == by.pk]
        return case, page, OwnScoresForm(data, page=page, own=own)


def _context(case: BusinessCase, page: ScorePage) -> dict[str, Any]:
    partners = partner_councils(case.programme.partnership_id)
    return {**case_context(case, "scores"), "councils": partners, "page": page}


def _show(
    request: HttpRequest,
    template: str,
    case: BusinessCase,
    page: ScorePage,
    form: CriteriaForm | OwnScoresForm,
    status: int = HTTPStatus.OK,
    crossed: str = "",
) -> HttpResponse:
    context = {**_context(case, page), "form": form, "crossed": crossed}
    return render(request, template, context, status=status)


def _criterion(request: HttpRequest, page: ScorePage) -> Criterion | None:
    """The criterion that the address names by reference, else the one that weighs most."""
    ref = request.GET.get("criterion", "")
    named = next((one for one in page.criteria if one.ref == ref), None)
    return named or max(page.criteria, key=lambda one: one.weight_percent, default=None)


def _shown(request: HttpRequest, page: ScorePage) -> Sensitivity | None:
    criterion = _criterion(request, page)
    return sensitivity(page, criterion) if criterion else None


def _links(request: HttpRequest, page: ScorePage, shown: Sensitivity | None) -> list[FilterLink]:
    if shown is None:
        return []
    return [
        FilterLink(
            name, f"{request.path}?{urlencode({'criterion': criterion.ref})}", criterion == shown.criterion
        )
        for criterion, name in zip(page.criteria, page.names, strict=True)
    ]


def _file(case: BusinessCase, name: str) -> str:
    return reverse("services:case_scores_file", args=[case.pk, name])


def _weight_file(case: BusinessCase, shown: Sensitivity | None) -> str:
    if shown is None:
        return ""
    return f"{_file(case, 'weight.csv')}?{urlencode({'criterion': shown.criterion.ref})}"


def _table(request: HttpRequest, page: ScorePage, name: str) -> Table[Any]:
    if name == "ranking.csv":
        return ranking_table(page)
    if name == "scores.csv":
        return scores_table(page)
    shown = _shown(request, page)
    if name != "weight.csv" or shown is None:
        raise Http404
    return weight_table(shown)

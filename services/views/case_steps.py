"""Pages that take a business case a step on, and on which a council's section 151 officer signs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from accounts.models import User
from accounts.signed_in import person
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.fields import add_refusals
from programme.models import Council
from services.actions.case_statement import make_statement
from services.actions.case_steps import take_step
from services.actions.case_versions import start_version
from services.enums import CaseState, CaseStep
from services.forms.case_steps import CaseStepForm, StatementForm
from services.models import BusinessCase
from services.policies import check_state, check_take_step, powers_of
from services.queries.case_story import CaseStory, case_story
from services.rules.case_states import TRANSITIONS, consequence
from services.views.business_cases import case_context, open_steps, visible_case
from services.views.ways_on import case_to_do, step_to_do


class CaseStepView(LoginRequiredMixin, View):
    """One step: what it does, what stops it, and the button; without a step, those that can be taken."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The step as it stands."""
        story = case_story(visible_case(request, pk))
        step = _step(request)
        if step is None:
            return self._choose(request, story)
        check_take_step(powers_of(person(request), story.case.programme), story.case, step)
        return _show_step(request, story, step, CaseStepForm(case=story.case, step=step))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step and go to the case, or say what stops it."""
        story = case_story(visible_case(request, pk))
        step = _step(request)
        if step is None:
            raise Http404
        form = CaseStepForm(request.POST, case=story.case, step=step)
        if not form.is_valid():
            return _show_step(request, story, step, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            case = _take(story.case, step, person(request), form.cleaned_data)
        except StaleEdit as said:
            fresh = case_story(visible_case(request, pk))
            again = CaseStepForm(_with_version(form, fresh.case), case=fresh.case, step=step)
            return _show_step(request, fresh, step, again, HTTPStatus.CONFLICT, said.message)
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show_step(request, story, step, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _done(case, step))
        return redirect(case)

    def _choose(self, request: HttpRequest, story: CaseStory) -> HttpResponse:
        powers = powers_of(person(request), story.case.programme)
        context = {
            **case_context(story.case, "case"),
            "councils": story.partners,
            "story": story,
            "stops": case_to_do(story, powers),
            "steps": open_steps(story, powers),
        }
        return render(request, "services/case_step_choice.html", context)


class CaseStatementView(LoginRequiredMixin, View):
    """The statement of one council; a person who is officer of several signs separately for each."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The statement as it is, or the councils to choose from."""
        story, council = _council_to_state(request, pk)
        if council is None:
            return _show_statement(request, story, None, None)
        return _show_statement(request, story, council, _statement_form(story, council))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the statement and go to the case, or show the form again with what to put right."""
        story, council = _council_to_state(request, pk)
        if council is None:
            raise Http404
        form = StatementForm(request.POST, case=story.case)
        if not form.is_valid():
            return _show_statement(request, story, council, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        values = form.cleaned_data
        try:
            make_statement(story.case, council, by=person(request), **values)
        except StaleEdit as said:
            fresh = case_story(visible_case(request, pk))
            again = StatementForm(_with_version(form, fresh.case), case=fresh.case)
            return _show_statement(request, fresh, council, again, HTTPStatus.CONFLICT, said.message)
        except (Refusal, Refusals) as said:
            add_refusals(form, said)
            return _show_statement(request, story, council, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, f"The statement of {council} is saved")
        return redirect(story.case)


def _step(request: HttpRequest) -> CaseStep | None:
    """The step that the address names; None without one, 404 for one that there is not."""
    name = request.GET.get("step", "")
    if not name:
        return None
    if name not in CaseStep.values:
        raise Http404
    return CaseStep(name)


def _take(case: BusinessCase, step: CaseStep, by: User, values: dict[str, Any]) -> BusinessCase:
    seen = values["seen_version"]
    if step == CaseStep.NEW_VERSION:
        return start_version(case, by=by, seen_version=seen)
    return take_step(case, step, by=by, seen_version=seen, comment=values["comment"])


def _done(case: BusinessCase, step: CaseStep) -> str:
    if step == CaseStep.NEW_VERSION:
        return f"Version {case.number} is started"
    if step == CaseStep.AGREE:
        return f"Your agreement to version {case.number} is saved"
    return f"Version {case.number} is {TRANSITIONS[step].otherwise}"


def _with_version(form: forms.Form, case: BusinessCase) -> dict[str, Any]:
    """What was typed, over the version of the case that there is now."""
    return {**{name: form.data.get(name, "") for name in form.fields}, "seen_version": case.version}


def _show_step(
    request: HttpRequest,
    story: CaseStory,
    step: CaseStep,
    form: CaseStepForm,
    status: int = HTTPStatus.OK,
    crossed: str = "",
) -> HttpResponse:
    is_open = story.facts.state in TRANSITIONS[step].from_states
    powers = powers_of(person(request), story.case.programme)
    context = {
        **case_context(story.case, "case"),
        "councils": story.partners,
        "story": story,
        "step": step,
        "form": form,
        "crossed": crossed,
        "is_open": is_open,
        "stops": step_to_do(step, story, powers) if is_open else [],
        "consequence": consequence(step, story.facts),
    }
    return render(request, "services/case_step.html", context, status=status)


def _council_to_state(request: HttpRequest, pk: int) -> tuple[CaseStory, Council | None]:
    """The case and the council that the address names; 403 with the reason for a person who is no officer."""
    story = case_story(visible_case(request, pk))
    powers = powers_of(person(request), story.case.programme)
    own = [row.council for row in story.statements if powers.is_s151_of(row.council)]
    key = request.GET.get("council", "")
    named = next((row.council for row in story.statements if row.council.key == key), None)
    if named is not None:
        check_state(powers, named)
        return story, named
    if key:
        raise Http404
    if not own:
        raise PermissionDenied("Only a partner council’s section 151 officer can make a statement")
    return story, own[0] if len(own) == 1 else None


def _statement_form(story: CaseStory, council: Council) -> StatementForm:
    made = next(row.statement for row in story.statements if row.council == council)
    return StatementForm(case=story.case, statement=made)


def _show_statement(
    request: HttpRequest,
    story: CaseStory,
    council: Council | None,
    form: StatementForm | None,
    status: int = HTTPStatus.OK,
    crossed: str = "",
) -> HttpResponse:
    powers = powers_of(person(request), story.case.programme)
    context = {
        **case_context(story.case, "case"),
        "councils": story.partners,
        "story": story,
        "council": council,
        "own": [row for row in story.statements if powers.is_s151_of(row.council)],
        "form": form,
        "crossed": crossed,
        "is_open": story.facts.state == CaseState.S151_REVIEW,
    }
    return render(request, "services/case_statement.html", context, status=status)

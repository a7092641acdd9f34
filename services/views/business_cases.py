"""The front page of a business case: where it stands, who must act, what it is worth, what it says."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from programme.models import Council
from programme.queries.partners import partner_councils
from services.enums import CaseSectionName, CaseState, CaseStep
from services.models import BusinessCase
from services.policies import Powers, can_edit_case, can_take_step, powers_of
from services.queries.appraisal import appraise_case
from services.queries.business_cases import case_lines, visible_cases
from services.queries.case_content import has_issued_content
from services.queries.case_figures import key_figures
from services.queries.case_grid import opens_exempt_of
from services.queries.case_story import CaseStory, case_story
from services.queries.stored_case import StoredCase
from services.rules.case_states import TRANSITIONS
from services.views.ways_on import case_to_do

MENU_PAGE = "services:business_case_list"


@login_required
@require_safe
def business_case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: objections first, then where it stands and what stops it, figures, five cases, lines."""
    case = visible_case(request, pk)
    powers = powers_of(person(request), case.programme)
    stored = StoredCase(case)
    opens_exempt = any(line.is_withheld for line in stored.lines) and opens_exempt_of(case, powers)
    story = case_story(case, stored=stored)
    appraisal = appraise_case(case, powers, stored=stored, opens_exempt=opens_exempt)
    written = {section.name: section.text for section in story.sections}
    context = {
        **case_context(case, "case"),
        "councils": story.partners,
        "story": story,
        "stops": case_to_do(story, powers),
        "figures": key_figures(appraisal),
        "sections": [(name.label, written.get(name, "")) for name in CaseSectionName],
        "page": case_lines(case, appraisal, powers, stored=stored),
        "steps": open_steps(story, powers),
        "may_state": _may_state(story, powers),
        "can_edit": can_edit_case(powers, case),
    }
    return render(request, "services/business_case_detail.html", context)


@login_required
@require_safe
def case_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an issued version still says what was hashed when it was issued."""
    case = visible_case(request, pk)
    context = {
        **case_context(case, "versions"),
        "councils": partner_councils(case.programme.partnership_id),
        "holds": has_issued_content(case) if case.content_hash else None,
    }
    return render(request, "services/case_check.html", context)


def visible_case(request: HttpRequest, pk: int) -> BusinessCase:
    """The version, or nothing there (404) for a person who may not read its programme."""
    return get_object_or_404(visible_cases(person(request)), pk=pk)


def case_context(case: BusinessCase, tab: str) -> dict[str, Any]:
    """What every page of a case has: its programme, the tab shown and the entry of the menu."""
    return {"programme": case.programme, "case": case, "tab": tab, "menu_page": MENU_PAGE}


def _may_state(story: CaseStory, powers: Powers) -> list[Council]:
    """Councils whose statement the person may make now."""
    if story.facts.state != CaseState.S151_REVIEW:
        return []
    return [one.council for one in story.statements if powers.is_s151_of(one.council)]


def open_steps(story: CaseStory, powers: Powers) -> list[CaseStep]:
    """The steps that lead on from this state and that the person's role takes, the usual next one first."""
    steps = [
        step
        for step, transition in TRANSITIONS.items()
        if story.facts.state in transition.from_states and can_take_step(powers, story.case, step)
    ]
    if story.open_version is not None and CaseStep.NEW_VERSION in steps:
        steps.remove(CaseStep.NEW_VERSION)
    return sorted(steps, key=lambda step: step != story.progress.step)

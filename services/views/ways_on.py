"""Where what is still to do for a review or a business case is done: each thing with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from services.enums import CaseSectionName, CaseStep
from services.models import BusinessCase
from services.policies import Powers, can_edit_case, can_lead_review
from services.queries.case_story import CaseStory
from services.queries.reviews import ReviewRow
from services.rules.case_states import what_stops
from services.rules.review import Stop

_OF_DETAILS = ("chosen_because", "scope", "recommendation", "equality_impact_done", "staff_consulted_on")
_PARTS = {"red_lines": "#red-lines", "tasks": "#tasks", "answers": "#assessments"}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do, who has to do it, and where; no address where it is not the reader's, or not there."""

    text: str
    who: str = ""
    url: str = ""


def review_to_do(stops: Sequence[Stop], row: ReviewRow, powers: Powers) -> list[ToDo]:
    """What stops a review or remains, each with the way to it for a person with these powers."""
    leads = can_lead_review(powers, row.review)
    return [ToDo(stop.text, stop.who, _of_review(stop.field, row, powers, leads=leads)) for stop in stops]


def case_to_do(story: CaseStory, powers: Powers) -> list[ToDo]:
    """What stops the next step of a business case, each with the way to it for those who change the draft."""
    step = story.progress.step
    return step_to_do(step, story, powers) if step else []


def step_to_do(step: CaseStep, story: CaseStory, powers: Powers) -> list[ToDo]:
    """The same of any step."""
    may_edit = can_edit_case(powers, story.case)
    return [
        ToDo(stop.message, url=_of_case(stop.field or "", story.case) if may_edit else "")
        for stop in what_stops(step, story.facts)
    ]


def _of_review(field: str, row: ReviewRow, powers: Powers, *, leads: bool) -> str:
    page = reverse("services:review_detail", args=[row.review.pk])
    if field in _PARTS:
        return page + _PARTS[field]
    if field == "starting_costs":
        return reverse("services:service_detail", args=[row.review.service_id]) + "#costs"
    if field == "options" and powers.is_manager:
        return case_of_service_url(row.review.service_id, row.programme.key, row.case)
    if not leads:
        return ""
    if field in _OF_DETAILS:
        return f"{reverse('services:review_update', args=[row.review.pk])}#id_{field}"
    return reverse("services:review_step", args=[row.review.pk]) if field != "options" else ""


def case_of_service_url(service: int, programme: str, case: BusinessCase | None) -> str:
    """The options of the service's business case; before there is one, where it is started."""
    if case is not None:
        return reverse("services:case_options", args=[case.pk])
    return f"{reverse('services:business_case_create', args=[programme])}?service={service}"


def _of_case(field: str, case: BusinessCase) -> str:
    if field in CaseSectionName.values:
        return f"{reverse('services:business_case_update', args=[case.pk])}#id_{field}"
    pages = {"options": "services:case_options", "lines": "services:case_lines"}
    return reverse(pages[field], args=[case.pk]) if field in pages else ""

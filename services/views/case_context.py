"""What the pages of one business case have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import person
from programme.queries.partners import partner_councils
from programme.views.context import programme_context
from programme.views.recording import FormPage, press_again
from services.actions.case_version import CaseChanged
from services.models import BusinessCase
from services.policies import Powers, powers_of
from services.queries.business_cases import visible_cases

MENU_PAGE = "services:business_case_list"


def visible_case(request: HttpRequest, pk: int) -> BusinessCase:
    """The case, or nothing there (404) for a person who may not see it."""
    return get_object_or_404(visible_cases(person(request)), pk=pk)


def powers_in(request: HttpRequest, case: BusinessCase) -> Powers:
    """What the person may do in the programme of the case."""
    return powers_of(person(request), case.programme)


def case_context(case: BusinessCase, tab: str) -> dict[str, Any]:
    """The case, its programme and councils, and which of its pages is shown."""
    return {
        "case": case,
        "programme": case.programme,
        "councils": partner_councils(case.programme.partnership_id),
        "tab": tab,
        "menu_page": MENU_PAGE,
    }


def press_case_again(request: HttpRequest, said: CaseChanged, label: str) -> HttpResponse:
    """A button of a case that someone else has saved since: say so and offer it once more (409)."""
    case = said.current
    back = ((case.title, case.get_absolute_url()),)
    context = programme_context(case.programme)
    caption = f"{case.title}, version {case.number}"
    page = FormPage(label, caption, label, back[0][1], back, menu_page=MENU_PAGE, context=context)
    return press_again(request, page, said, case.version)


def seen_version(request: HttpRequest) -> int:
    """The version of the case that the form was opened with; 0, which none has, where none was sent."""
    text = request.POST.get("seen_version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

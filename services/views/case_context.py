"""What the pages of one business case have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.signed_in import person
from programme.queries.partners import partner_councils
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


def seen_version(request: HttpRequest) -> int:
    """The version of the case that the form was opened with; 0, which none has, where none was sent."""
    text = request.POST.get("seen_version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

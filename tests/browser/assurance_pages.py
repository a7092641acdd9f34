"""Gate reviews and lessons in the crawl; forms that the general template draws stand for one another."""

from __future__ import annotations

from typing import Any

from governance.demonstration.golden import KEY
from programme.models import GateReview, Lesson
from tests.browser.page_case import PageCase, with_key


def _review() -> dict[str, Any]:
    return {"pk": GateReview.objects.get(programme__key=KEY, ref="GR-02").pk}


def _lesson() -> dict[str, Any]:
    return {"pk": Lesson.objects.get(programme__key=KEY, ref="LN-3").pk}


READ = [
    PageCase("programme:gate_review_list", with_key(KEY)),
    PageCase("programme:gate_review_detail", _review),
    PageCase("programme:lesson_list", with_key(KEY), query="?within=all"),
    PageCase("programme:lesson_detail", _lesson),
    PageCase("services:consultation_list", with_key(KEY)),
]
EDIT = [PageCase("programme:gate_review_checklist", _review)]
FILES = frozenset(
    {
        "programme:gate_recommendation_csv",
        "programme:gate_recommendation_workbook",
        "programme:gate_review_lesson_use",
        "programme:lesson_csv",
        "programme:lesson_workbook",
        "services:consultation_csv",
        "services:review_lesson_use",
    }
)
# Forms of the general template, as programme:risk_close and governance:decision_update are.
ALIKE = frozenset(
    {
        "programme:gate_review_create",
        "programme:gate_review_update",
        "programme:gate_recommendation_create",
        "programme:gate_recommendation_update",
        "programme:gate_recommendation_settle",
        "programme:gate_recommendation_reopen",
        "programme:lesson_create",
        "programme:lesson_update",
        "services:shared_post_end",
        "services:shared_post_update",
    }
)

"""Pages of agreements, council rules, scrutiny and what is withheld; rows that are missing are made."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from core.enums import PublicationClass
from governance.demonstration.golden import KEY
from governance.models import Decision, DecisionNote, ScrutinyRecommendation, ScrutinyResponse
from programme.models import Agreement, Council
from tests.browser.page_case import PageCase, with_key

CLERK, MONITORING = RoleName.DEMOCRATIC_SERVICES, RoleName.MONITORING_OFFICER


def _decision() -> Decision:
    return Decision.objects.get(programme__key=KEY, ref="D-10")


def _response() -> dict[str, Any]:
    decision = _decision()
    by = {"created_by": decision.created_by, "updated_by": decision.updated_by}
    told, _ = ScrutinyRecommendation.objects.get_or_create(
        programme=decision.programme,
        ref="SR-90",
        defaults={"text": "Publish the costs of leaving", "made_on": date(2026, 11, 2), **by},
    )
    council = Council.objects.get(key="brockvale")
    owed = {"response_due_on": date(2027, 1, 2), **by}
    made, _ = ScrutinyResponse.objects.get_or_create(recommendation=told, council=council, defaults=owed)
    return {"pk": made.pk}


def _accepted() -> dict[str, Any]:
    key = _response()
    ScrutinyResponse.objects.filter(**key).update(state="accepted", responded_on=date(2026, 11, 9))
    return key


def _withheld() -> dict[str, Any]:
    decision = _decision()
    note, _ = DecisionNote.objects.get_or_create(
        decision=decision,
        title="Bids for the licences",
        defaults={
            "text": "The lowest bid is named here.",
            "publication_class": PublicationClass.EXEMPT,
            "exempt_paragraph": 3,
            "public_interest_reason": "Bidders would see each other’s prices.",
            "exempt_review_on": date(2027, 11, 1),
            "entered_by": decision.created_by,
        },
    )
    return {"kind": "notes", "pk": note.pk}


def _open() -> dict[str, Any]:
    return {"kind": "decisions", "pk": _decision().pk}


READ = [
    PageCase("programme:agreement_list"),
    PageCase("programme:agreement_detail", lambda: {"pk": Agreement.objects.get(partnership__key=KEY).pk}),
    PageCase("programme:council_rules_detail", with_key("brockvale")),
    PageCase("governance:scrutiny_list", with_key(KEY)),
    PageCase("governance:exempt_list", with_key(KEY)),
    PageCase("governance:exempt_detail", _withheld),
]
EDIT = [
    PageCase("programme:council_rules_create", with_key("brockvale"), role=CLERK),
    PageCase("programme:closure_create", with_key("brockvale"), role=CLERK),
    PageCase("governance:scrutiny_create", with_key(KEY), role=CLERK),
    PageCase("governance:scrutiny_respond", _response, role=CLERK),
    PageCase("governance:scrutiny_finish", _accepted, role=CLERK),
    PageCase("governance:exempt_access_list", with_key(KEY), role=MONITORING),
    PageCase("governance:exempt_mark", _open),
    PageCase("governance:exempt_review", _withheld, role=MONITORING),
    PageCase("governance:exempt_release", _withheld, role=MONITORING),
]
# Files, redirections, and addresses that only take what is sent to them; the text of a withheld item
# answers only to who has just opened it.
FILES = {
    "governance:council_decision_detail",
    "governance:exempt_open",
    "governance:exempt_text",
    "governance:scrutiny_csv",
    "governance:scrutiny_detail",
    "programme:agreement_csv",
    "programme:closure_withdraw",
    "programme:council_rules_withdraw",
}

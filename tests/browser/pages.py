"""Every page of the product, by the name of its address, with something real to show on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import EntryKind, ImportState
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetLine,
    BudgetReduction,
    ForecastAmount,
    Fund,
    ImportJob,
    Line,
    PeriodClose,
    PlanAmount,
)
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from governance.models import CallIn, CouncilDecision, Decision, DecisionCondition
from programme.models import (
    Agreement,
    Council,
    Digest,
    Judgement,
    Membership,
    Milestone,
    MilestoneDependency,
    Programme,
    Risk,
)
from tests.browser import (
    assurance_pages,
    benefit_pages,
    governance_pages,
    meeting_pages,
    open_pages,
    reminder_pages,
    report_pages,
    service_pages,
)
from tests.browser.drafts import proposed_plan
from tests.browser.page_case import HISTORIC_KEY, Arguments, PageCase, of_programmes, with_key


def _golden(model: type[Any], **fields: Any) -> Arguments:
    return lambda: {"pk": model.objects.get(programme__key=KEY, **fields).pk}


def _historic(model: type[Any]) -> Arguments:
    return lambda: {"pk": model.objects.filter(programme__key=HISTORIC_KEY).order_by("pk")[0].pk}


def _entry(kind: str, model: type[Any]) -> Arguments:
    return lambda: {
        "kind": kind,
        "pk": model.objects.filter(line__programme__key=KEY).order_by("pk")[0].pk,
    }


FINANCE = RoleName.FINANCE_OFFICER


def _membership() -> dict[str, Any]:
    return {"pk": Membership.objects.get(partnership__key=KEY, council__key="carrick").pk}


def _waits() -> dict[str, Any]:
    """Go-live waits for the first test move of records."""
    rows = MilestoneDependency.objects.filter(successor__programme__key=KEY)
    return {"pk": rows.get(successor__ref="M-24", predecessor__ref="M-16").pk}


def _judged() -> dict[str, Any]:
    """The rating as the senior responsible owner judges it."""
    return {"pk": Judgement.objects.get(programme__key=KEY, ref="J-02").pk}


def _awaited() -> dict[str, Any]:
    """The one claim of the demonstration that waits for an answer: Carrick's."""
    return {"pk": ActualAmount.objects.get(line__programme__key=KEY, verification__isnull=True).pk}


def _by() -> dict[str, Any]:
    priya = User.objects.get(email=PRIYA_RAMAN.email)
    return {"created_by": priya, "updated_by": priya}


def _mail() -> dict[str, Any]:
    """A mail to who reads the page, which was sent again."""
    priya = User.objects.get(email=PRIYA_RAMAN.email)
    mail, is_new = Digest.objects.get_or_create(recipient=priya, day_on=date(2026, 3, 2))
    if is_new:
        mail.resendings.create(
            asked_by=priya, reason="It did not come", message_id="<1@x>", state=mail.state, attempts=1
        )
    return {"pk": mail.pk}


def _asked(ref: str) -> CouncilDecision:
    return CouncilDecision.objects.get(
        decision__programme__key=KEY, decision__ref=ref, council__key="brockvale"
    )


def _old_call_in() -> dict[str, Any]:
    """A call-in of a version that has been replaced: nothing hangs on it."""
    raised = {"raised_at": datetime(2026, 9, 22, 12, tzinfo=UTC), "grounds": "Cost", **_by()}
    made, _ = CallIn.objects.get_or_create(council_decision=_asked("D-07"), text_number=1, defaults=raised)
    return {"pk": made.pk}


def _met_condition() -> dict[str, Any]:
    """A condition that was met before the decision took effect."""
    met = {"met_on": date(2026, 3, 1), "met_by": _by()["created_by"], **_by()}
    decision = _asked("D-05").decision
    made, _ = DecisionCondition.objects.get_or_create(decision=decision, text="Funding agreed", defaults=met)
    return {"pk": made.pk}


def _budget() -> dict[str, Any]:
    return {"key": KEY, "pk": BudgetLine.objects.filter(council__key="carrick")[0].pk}


def _closed() -> dict[str, Any]:
    """A month of Carrick long before the programme: nothing hangs on it."""
    month = {"council": Council.objects.get(key="carrick"), "fy": 2020, "period": 1}
    made, _ = PeriodClose.objects.get_or_create(**month, defaults={"entered_by": _by()["created_by"]})
    return {"key": KEY, "pk": made.pk}


def _reduction() -> dict[str, Any]:
    return {"pk": BudgetReduction.objects.filter(budget_line__council__key="carrick")[0].pk}


def _large_file() -> dict[str, Any]:
    """A file that Priya Raman sent, checked and never imported."""
    programme = Programme.objects.get(key=KEY)
    shown = [["Lower cost of ICT", "ICT", "Carrick", "May 2026", "none", "20.50"]]
    found = {"state": ImportState.READY, "rows": 1, "change_count": 1, "changes": shown}
    made, _ = ImportJob.objects.get_or_create(
        programme=programme,
        kind=EntryKind.FORECAST,
        file_name="forecast.csv",
        path="imports/none",
        defaults={**found, "created_by": _by()["created_by"]},
    )
    return {"pk": made.pk}


def _password_link() -> dict[str, Any]:
    user = User.objects.get(email=PRIYA_RAMAN.email)
    token = default_token_generator.make_token(user)
    return {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": token}


OPEN_PAGES = [
    PageCase("accounts:sign_in"),
    PageCase("accounts:password_forgotten"),
    PageCase("accounts:password_sent"),
    PageCase("accounts:password_choose", _password_link),
    PageCase("core:help"),
    PageCase("core:accessibility"),
    PageCase("core:privacy"),
    PageCase("core:method"),
    *open_pages.PAGES,
    *report_pages.PAGES,
    PageCase("core:ui"),
    PageCase("core:ui_row", lambda: {"ref": "M-13"}),
    *reminder_pages.OPEN,
]

SIGNED_IN_PAGES = [
    PageCase("home"),
    PageCase("accounts:account"),
    PageCase("governance:held_detail"),
    PageCase("api:docs", drawn="h3.opblock-tag"),
    PageCase("programme:partnership_list"),
    PageCase("programme:my_work"),
    PageCase("programme:reminder_list"),
    PageCase("programme:calendar_feed_list"),
    PageCase("programme:delivery_list"),
    PageCase("programme:delivery_detail", _mail),
    PageCase("programme:failed_address_list", role=RoleName.ADMINISTRATOR),
    PageCase("programme:milestone_detail", _golden(Milestone, ref="M-13"), "living"),
    PageCase("programme:milestone_detail", _historic(Milestone), "historic"),
    PageCase("benefits:benefit_detail", _golden(Benefit, ref="B-1")),
    PageCase("programme:risk_detail", _golden(Risk, ref="R-03")),
    PageCase("programme:reference_class"),
    PageCase("benefits:partnership_register"),
    PageCase("programme:portfolio"),
    PageCase("programme:all_milestones_list"),
    PageCase("programme:timeline", with_key(KEY)),
    PageCase("programme:slippage", with_key(KEY)),
    PageCase("programme:rating_detail", with_key(KEY)),
    PageCase("benefits:line_detail", _golden(Line, ref="L-7")),
    PageCase("benefits:entry_detail", _entry("plan", PlanAmount), "plan"),
    PageCase("benefits:entry_detail", _entry("forecast", ForecastAmount), "forecast"),
    PageCase("benefits:entry_detail", _entry("actual", ActualAmount), "actual"),
    PageCase(
        "benefits:entry_list", with_key(KEY), query="?basis=verified&measure=cashable_saving&to=2026-10-31"
    ),
    PageCase("governance:council_list"),
    PageCase("governance:council_detail", with_key("carrick")),
    PageCase("governance:forward_plan", with_key(KEY)),
    PageCase("governance:my_approvals"),
    PageCase("governance:notice_page", lambda: {"pk": _asked("D-10").pk}),
    PageCase(
        "governance:notice_calculator",
        with_key(KEY),
        query="?on=2027-01-20&route=executive&key=on&other=2027-02-03&notice=2026-12-22",
    ),
    PageCase("governance:decision_detail", _golden(Decision, ref="D-08"), "living"),
    PageCase("governance:decision_detail", _historic(Decision), "historic"),
    *of_programmes(
        "programme:partnership_detail",
        "programme:programme_detail",
        "programme:milestone_list",
        "programme:risk_list",
        "benefits:savings_detail",
        "benefits:benefit_list",
        "benefits:download_list",
        "governance:body_list",
        "governance:decision_list",
        "benefits:claim_list",
        "benefits:budget_list",
        "benefits:fund_list",
        "benefits:plan_list",
        "benefits:period_list",
        "benefits:to_enter",
    ),
    PageCase("benefits:my_to_enter"),
    PageCase("benefits:all_savings_list"),
    PageCase("benefits:plan_proposal_detail", proposed_plan),
    PageCase("benefits:ledger_succession", with_key(KEY)),
    PageCase("benefits:fund_detail", _golden(Fund, ref="FUND-1")),
    PageCase("programme:council_succession", with_key("carrick")),
    *assurance_pages.READ,
    *reminder_pages.READ,
    *benefit_pages.READ,
    *service_pages.READ,
    *meeting_pages.READ,
    *governance_pages.READ,
]
# Only who may change something sees these.
EDITING_PAGES = [
    PageCase("programme:milestone_update", _golden(Milestone, ref="M-13")),
    PageCase("programme:milestone_create", with_key(KEY)),
    PageCase("programme:milestone_import", with_key(KEY)),
    PageCase("programme:plan_import", with_key(KEY)),
    PageCase("programme:work_grid", query="?show=late"),
    PageCase("programme:milestone_grid", with_key(KEY)),
    PageCase("programme:milestone_comments", _golden(Milestone, ref="M-13")),
    PageCase("programme:milestone_changes", _golden(Milestone, ref="M-13")),
    PageCase("programme:milestone_bulk", with_key(KEY)),
    PageCase("programme:phase_list", with_key(KEY)),
    PageCase("programme:phase_create", with_key(KEY)),
    PageCase(
        "programme:programme_template", with_key(KEY), query="?template=one_service&start_on=2027-04-01"
    ),
    PageCase("programme:risk_create", with_key(KEY)),
    PageCase("programme:risk_update", _golden(Risk, ref="R-03")),
    PageCase("programme:risk_close", _golden(Risk, ref="R-03")),
    PageCase("programme:risk_reopen", _golden(Risk, ref="A-02")),
    PageCase(
        "programme:judgement_create",
        lambda: {"key": KEY, "subject": "confidence"},
        query="?scale=five",
        role=RoleName.SRO,
    ),
    PageCase("programme:rag_limits", with_key(KEY)),
    PageCase("programme:judgement_renew", _judged, role=RoleName.SRO),
    PageCase("programme:judgement_end", _judged, role=RoleName.SRO),
    PageCase("programme:milestone_dependency_create", _golden(Milestone, ref="M-24")),
    PageCase("programme:milestone_dependency_remove", _waits),
    PageCase("programme:programme_create"),
    PageCase("programme:agreement_create", with_key(KEY)),
    PageCase("programme:agreement_update", lambda: {"pk": Agreement.objects.get(partnership__key=KEY).pk}),
    PageCase("programme:council_join", with_key(KEY)),
    PageCase("programme:council_leave", _membership),
    PageCase("programme:council_leaving", _membership),
    PageCase("programme:council_succession_update", with_key("carrick")),
    PageCase("governance:decision_create", with_key(KEY)),
    PageCase("governance:decision_update", _golden(Decision, ref="D-10")),
    PageCase("governance:decision_step", lambda: {"pk": _asked("D-10").decision_id, "step": "recommend"}),
    PageCase(
        "governance:decision_council",
        lambda: {"pk": _asked("D-10").pk, "step": "record"},
        role=RoleName.DEMOCRATIC_SERVICES,
    ),
    PageCase("governance:decision_call_in", _old_call_in, role=RoleName.DEMOCRATIC_SERVICES),
    PageCase("governance:decision_condition", _met_condition),
    PageCase("benefits:benefit_create", with_key(KEY)),
    PageCase("benefits:benefit_update", _golden(Benefit, ref="B-1")),
    PageCase("benefits:fund_create", with_key(KEY)),
    PageCase("benefits:actual_claim", with_key(KEY), role=FINANCE),
    PageCase("benefits:period_close", with_key(KEY), role=FINANCE),
    PageCase("benefits:exception_create", _closed, role=RoleName.S151),
    PageCase("benefits:actual_entry", with_key(KEY), role=FINANCE),
    PageCase("benefits:actual_import", with_key(KEY), role=FINANCE),
    PageCase("benefits:forecast_entry", with_key(KEY), query="?every=quarter"),
    PageCase("benefits:forecast_import", with_key(KEY)),
    PageCase("benefits:import_job_detail", _large_file),
    PageCase("benefits:actual_reverse", _awaited, role=FINANCE),
    PageCase("benefits:budget_create", with_key(KEY), role=FINANCE),
    PageCase("benefits:budget_update", _budget, role=FINANCE),
    PageCase("benefits:reduction_create", with_key(KEY), role=FINANCE),
    PageCase("benefits:reduction_withdraw", _reduction, role=FINANCE),
    PageCase("benefits:contribution_create", _golden(Fund, ref="FUND-1"), role=FINANCE),
    PageCase("benefits:drawdown_create", _golden(Fund, ref="FUND-1"), role=FINANCE),
    PageCase("benefits:claim_answer", _awaited, role=RoleName.S151),
    PageCase("benefits:plan_proposal_create", with_key(KEY)),
    PageCase("benefits:plan_proposal_update", proposed_plan),
    PageCase("benefits:plan_proposal_amounts", proposed_plan),
    PageCase("benefits:plan_proposal_dates", proposed_plan),
    PageCase("benefits:plan_proposal_withdraw", proposed_plan),
    PageCase("benefits:plan_opinion_create", lambda: proposed_plan(is_submitted=True), role=RoleName.S151),
    *assurance_pages.EDIT,
    *reminder_pages.EDIT,
    *benefit_pages.EDIT,
    *service_pages.EDIT,
    *meeting_pages.EDIT,
    *governance_pages.EDIT,
]

# Forms of the general template alone: one of them is among the pages above.
LIKE_OTHERS = frozenset(
    {
        "programme:delivery_resend",
        "programme:milestone_change",
        "programme:milestone_cancel",
        "programme:milestone_reinstate",
        "programme:overall_view_list",
        "programme:overall_view_create",
        "programme:milestone_remove",
        "programme:phase_update",
        "programme:phase_remove",
        "programme:tranche_create",
        "programme:tranche_update",
        "programme:tranche_remove",
        "programme:milestone_dependency_update",
    }
)
# Addresses that answer with a file, a part of a page or a redirection.
NOT_PAGES = (
    benefit_pages.FILES
    | open_pages.FILES
    | open_pages.ALIKE
    | report_pages.FILES
    | report_pages.ALIKE
    | assurance_pages.FILES
    | assurance_pages.ALIKE
    | reminder_pages.ALIKE
    | service_pages.FILES
    | meeting_pages.FILES
    | governance_pages.FILES
    | LIKE_OTHERS
    | {
        "accounts:sign_out",
        "accounts:token_make",
        "accounts:token_end",
        "governance:held_download",
        "benefits:actual_file",
        "benefits:all_savings_csv",
        "benefits:benefit_csv",
        "benefits:claim_row",
        "benefits:claim_verify",
        "benefits:download_file",
        "benefits:forecast_file",
        "benefits:import_job_cancel",
        "benefits:import_job_confirm",
        "benefits:ledger_succession_csv",
        "benefits:plan_csv",
        "benefits:plan_proposal_csv",
        "benefits:plan_proposal_current",
        "benefits:plan_proposal_submit",
        "benefits:plan_version_update",
        "benefits:savings_csv",
        "benefits:double_count_csv",
        "benefits:to_enter_csv",
        "governance:decision_csv",
        "governance:forward_plan_csv",
        "governance:notice_pdf",
        "programme:calendar_feed",
        "programme:delivery_csv",
        "programme:failed_address_clear",
        "programme:notify_receipt",
        "programme:council_leaving_csv",
        "programme:calendar_feed_create",
        "programme:calendar_feed_revoke",
        "services:contract_detail",
        "programme:milestone_csv",
        "programme:milestone_changes_csv",
        "programme:comment_detail",
        "programme:comment_withdraw",
        "programme:milestone_edit_csv",
        "programme:milestone_edit_workbook",
        "programme:milestone_workbook",
        "benefits:partnership_register_csv",
        "benefits:partnership_register_workbook",
        "programme:reference_class_csv",
        "programme:reference_class_workbook",
        "programme:portfolio_csv",
        "programme:all_milestones_csv",
        "programme:my_work_csv",
        "programme:all_milestones_workbook",
        "programme:timeline_csv",
        "programme:slippage_csv",
        "programme:burn_up_csv",
        "programme:portfolio_workbook",
        "programme:risk_csv",
        "programme:risk_workbook",
        "programme:milestone_preview",
        "programme:milestone_row",
    }
)


def page_names() -> set[str]:
    """The names of all addresses that are not the API's, which has one page, its documentation."""
    names = set(_names(get_resolver().url_patterns, ""))
    return {name for name in names if not name.startswith("api:")} | {"api:docs"}


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"

"""Every page and every route of the API for a visitor, a stranger's council and a reader: the exact answer.

An address that no table below names fails the first test, so none can be added and forgotten.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts.enums import RoleName
from benefits.models import CouncilPayment
from governance.models import Body, Decision
from programme.models import Programme
from services.enums import QuestionSet, TestBasis
from services.models import Compensation
from tests import factories
from tests.benefits import benefit_rows
from tests.services import factories as service_rows
from tests.services import review_rows

pytestmark = pytest.mark.django_db

TO_SIGN_IN = "sign-in"
POST_ONLY = (405, 405, 405)
EVERYONE = (200, 200, 200)
SIGNED_IN = (TO_SIGN_IN, 200, 200)
OF_PROGRAMME = (TO_SIGN_IN, 404, 200)
FOR_OFFICERS = (TO_SIGN_IN, 404, 403)
API_LIST = (401, 200, 200)
API_ROW = (401, 404, 200)

# Name of the address: which row it is about, and the answers to visitor, stranger and reader.
PAGES: dict[str, tuple[str, tuple[Any, Any, Any]]] = {
    "home": ("", SIGNED_IN),
    "core:help": ("", EVERYONE),
    "core:accessibility": ("", EVERYONE),
    "core:privacy": ("", EVERYONE),
    "core:method": ("", EVERYONE),
    "core:ui": ("", EVERYONE),
    "core:ui_row": ("gallery", EVERYONE),
    "accounts:sign_in": ("", (200, 302, 302)),
    "accounts:sign_out": ("", POST_ONLY),
    "accounts:password_forgotten": ("", EVERYONE),
    "accounts:password_sent": ("", EVERYONE),
    "accounts:password_choose": ("password", EVERYONE),
    "accounts:account": ("", SIGNED_IN),
    "accounts:token_make": ("", (TO_SIGN_IN, 405, 405)),
    "accounts:token_end": ("", (TO_SIGN_IN, 405, 405)),
    "programme:partnership_list": ("", SIGNED_IN),
    "programme:partnership_detail": ("partnership", OF_PROGRAMME),
    "programme:programme_detail": ("programme", OF_PROGRAMME),
    "programme:milestone_list": ("programme", OF_PROGRAMME),
    "programme:milestone_csv": ("programme", OF_PROGRAMME),
    "programme:risk_list": ("programme", OF_PROGRAMME),
    "programme:risk_csv": ("programme", OF_PROGRAMME),
    "programme:risk_workbook": ("programme", OF_PROGRAMME),
    "programme:risk_create": ("programme", FOR_OFFICERS),
    "programme:risk_detail": ("risk", OF_PROGRAMME),
    "programme:risk_update": ("risk", FOR_OFFICERS),
    "programme:risk_close": ("risk", FOR_OFFICERS),
    "programme:risk_reopen": ("risk", FOR_OFFICERS),
    "programme:milestone_detail": ("milestone", OF_PROGRAMME),
    "programme:milestone_row": ("milestone", (TO_SIGN_IN, 404, 302)),
    "programme:milestone_update": ("milestone", (TO_SIGN_IN, 404, 403)),
    "programme:milestone_preview": ("milestone", OF_PROGRAMME),
    "programme:milestone_dependency_create": ("milestone", FOR_OFFICERS),
    "programme:milestone_dependency_remove": ("milestone_dependency", FOR_OFFICERS),
    "programme:my_work": ("", SIGNED_IN),
    "programme:saved_view_list": ("saved_page", OF_PROGRAMME),
    "programme:saved_view_create": ("saved_page", OF_PROGRAMME),
    "programme:saved_view_update": ("saved_view", FOR_OFFICERS),
    "programme:saved_view_remove": ("saved_view", FOR_OFFICERS),
    "programme:programme_create": ("", (TO_SIGN_IN, 403, 403)),
    "programme:council_rules_detail": ("council", OF_PROGRAMME),
    "programme:council_rules_create": ("council", FOR_OFFICERS),
    "programme:council_rules_withdraw": ("council_setting", (TO_SIGN_IN, 405, 405)),
    "programme:closure_create": ("council", FOR_OFFICERS),
    "programme:closure_withdraw": ("council_closure", (TO_SIGN_IN, 405, 405)),
    "programme:agreement_list": ("", SIGNED_IN),
    "programme:agreement_csv": ("", SIGNED_IN),
    "programme:agreement_detail": ("agreement", OF_PROGRAMME),
    "programme:agreement_create": ("partnership", FOR_OFFICERS),
    "programme:agreement_update": ("agreement", FOR_OFFICERS),
    "programme:council_join": ("partnership", FOR_OFFICERS),
    "programme:council_leave": ("membership", FOR_OFFICERS),
    "programme:council_leaving": ("membership", OF_PROGRAMME),
    "programme:council_leaving_csv": ("membership", OF_PROGRAMME),
    "programme:council_succession": ("council", OF_PROGRAMME),
    "programme:council_succession_update": ("council", FOR_OFFICERS),
    "programme:reminder_list": ("", SIGNED_IN),
    "programme:calendar_feed_list": ("", SIGNED_IN),
    "programme:calendar_feed_create": ("", (TO_SIGN_IN, 405, 405)),
    "programme:calendar_feed_revoke": ("calendar_feed", (TO_SIGN_IN, 405, 405)),
    "programme:calendar_feed": ("unknown_token", (404, 404, 404)),
    "services:service_list": ("programme", OF_PROGRAMME),
    "services:service_csv": ("programme", OF_PROGRAMME),
    "services:service_workbook": ("programme", OF_PROGRAMME),
    "services:service_create": ("programme", (TO_SIGN_IN, 404, 403)),
    "services:service_import": ("programme", (TO_SIGN_IN, 404, 403)),
    "services:service_compare": ("programme", OF_PROGRAMME),
    "services:service_compare_csv": ("programme", OF_PROGRAMME),
    "services:service_timeline": ("programme", OF_PROGRAMME),
    "services:service_timeline_csv": ("programme", OF_PROGRAMME),
    "services:service_candidates": ("programme", OF_PROGRAMME),
    "services:service_candidates_csv": ("programme", OF_PROGRAMME),
    "services:service_detail": ("service", OF_PROGRAMME),
    "services:service_update": ("service", (TO_SIGN_IN, 404, 403)),
    "services:service_compare_one": ("service", OF_PROGRAMME),
    "services:service_compare_one_csv": ("service", OF_PROGRAMME),
    "services:service_part_update": ("service_part", (TO_SIGN_IN, 404, 403)),
    "services:service_cost_create": ("service_part", (TO_SIGN_IN, 404, 403)),
    "services:service_cost_update": ("service_cost", (TO_SIGN_IN, 404, 403)),
    "services:service_measure_create": ("service_part", (TO_SIGN_IN, 404, 403)),
    "services:service_measure_update": ("service_measure", (TO_SIGN_IN, 404, 403)),
    "services:business_case_detail": ("business_case", OF_PROGRAMME),
    "services:business_case_list": ("programme", OF_PROGRAMME),
    "services:business_case_create": ("programme", FOR_OFFICERS),
    "services:business_case_update": ("business_case", FOR_OFFICERS),
    "services:case_rates": ("business_case", (TO_SIGN_IN, 405, 405)),
    "services:case_options": ("business_case", OF_PROGRAMME),
    "services:case_option_update": ("case_option", FOR_OFFICERS),
    "services:case_option_remove": ("case_option", (TO_SIGN_IN, 405, 405)),
    "services:case_lines": ("business_case", OF_PROGRAMME),
    "services:case_lines_import": ("business_case", FOR_OFFICERS),
    "services:case_lines_file": ("case_file", OF_PROGRAMME),
    "services:case_convert": ("business_case", (TO_SIGN_IN, 405, 405)),
    "services:case_line_detail": ("case_line", OF_PROGRAMME),
    "services:case_line_remove": ("case_line", (TO_SIGN_IN, 405, 405)),
    "services:case_step": ("business_case", OF_PROGRAMME),
    "services:case_statement": ("business_case", FOR_OFFICERS),
    "services:case_check": ("business_case", OF_PROGRAMME),
    "services:case_scores": ("business_case", OF_PROGRAMME),
    "services:case_own_scores": ("business_case", FOR_OFFICERS),
    "services:case_criteria": ("business_case", FOR_OFFICERS),
    "services:case_scores_file": ("case_scores", OF_PROGRAMME),
    "services:case_compare": ("case_pair", OF_PROGRAMME),
    "services:case_compare_csv": ("case_pair", OF_PROGRAMME),
    "services:case_appraisal": ("business_case", OF_PROGRAMME),
    "services:case_appraisal_file": ("case_appraisal", OF_PROGRAMME),
    "services:case_sensitivity": ("business_case", OF_PROGRAMME),
    "services:case_fairness": ("business_case", OF_PROGRAMME),
    "services:case_entry_rule": ("business_case", OF_PROGRAMME),
    "services:quality_create": ("business_case", FOR_OFFICERS),
    "services:compensation_create": ("business_case", FOR_OFFICERS),
    "services:compensation_update": ("compensation", FOR_OFFICERS),
    "services:compensation_withdraw": ("compensation", FOR_OFFICERS),
    "services:key_list": ("programme", OF_PROGRAMME),
    "services:pool_create": ("programme", FOR_OFFICERS),
    "services:pool_update": ("pool", FOR_OFFICERS),
    "services:pool_detail": ("pool", OF_PROGRAMME),
    "services:key_create": ("pool", FOR_OFFICERS),
    "services:key_update": ("apportionment_key", FOR_OFFICERS),
    "services:key_end": ("apportionment_key", FOR_OFFICERS),
    "services:true_up_create": ("apportionment_key", FOR_OFFICERS),
    "services:true_up_detail": ("true_up", OF_PROGRAMME),
    "services:year_end": ("programme", OF_PROGRAMME),
    "services:year_end_csv": ("programme", OF_PROGRAMME),
    "services:year_end_run": ("programme", FOR_OFFICERS),
    "api:programme-year-end": ("programme", API_ROW),
    "services:run_create": ("pool", FOR_OFFICERS),
    "services:run_detail": ("run", OF_PROGRAMME),
    "services:case_succession": ("business_case", FOR_OFFICERS),
    "services:review_list": ("programme", OF_PROGRAMME),
    "services:review_create": ("programme", (TO_SIGN_IN, 404, 403)),
    "services:review_detail": ("review", OF_PROGRAMME),
    "services:review_assessment_csv": ("review", OF_PROGRAMME),
    "services:review_update": ("review", (TO_SIGN_IN, 404, 403)),
    "services:review_step": ("review", (TO_SIGN_IN, 404, 403)),
    "services:review_tasks": ("review", (TO_SIGN_IN, 404, 403)),
    "services:review_task_done": ("review_task", (TO_SIGN_IN, 405, 405)),
    "services:review_answers": ("review_answers", (TO_SIGN_IN, 404, 403)),
    "services:red_line_create": ("review", (TO_SIGN_IN, 404, 403)),
    "services:red_line_update": ("red_line", (TO_SIGN_IN, 404, 403)),
    "services:consultation_create": ("review", (TO_SIGN_IN, 404, 403)),
    "services:consultation_update": ("consultation", (TO_SIGN_IN, 404, 403)),
    "benefits:savings_detail": ("programme", OF_PROGRAMME),
    "benefits:savings_csv": ("programme", OF_PROGRAMME),
    "benefits:savings_over_time": ("programme", OF_PROGRAMME),
    "benefits:savings_causes": ("programme", OF_PROGRAMME),
    "benefits:savings_confidence": ("programme", OF_PROGRAMME),
    "benefits:savings_realisation": ("programme", OF_PROGRAMME),
    "benefits:savings_measures": ("programme", OF_PROGRAMME),
    "benefits:savings_panel_csv": ("panel_file", OF_PROGRAMME),
    "api:programme-savings-over-time": ("programme", API_ROW),
    "api:programme-savings-causes": ("programme", API_ROW),
    "api:programme-savings-confidence": ("programme", API_ROW),
    "api:programme-savings-realisation": ("programme", API_ROW),
    "api:programme-savings-measures": ("programme", API_ROW),
    "benefits:entry_list": ("programme", (TO_SIGN_IN, 404, 404)),  # without a number to explain
    "benefits:claim_list": ("programme", OF_PROGRAMME),
    "benefits:claim_verify": ("programme", (TO_SIGN_IN, 405, 405)),
    "benefits:actual_claim": ("programme", FOR_OFFICERS),
    "benefits:actual_entry": ("programme", FOR_OFFICERS),
    "benefits:actual_import": ("programme", FOR_OFFICERS),
    "benefits:actual_file": ("entry_file", FOR_OFFICERS),
    "benefits:forecast_entry": ("programme", FOR_OFFICERS),
    "benefits:forecast_import": ("programme", FOR_OFFICERS),
    "benefits:forecast_file": ("entry_file", FOR_OFFICERS),
    "benefits:all_savings_list": ("", SIGNED_IN),
    "benefits:import_job_detail": ("import_job", (TO_SIGN_IN, 404, 404)),
    "benefits:import_job_confirm": ("import_job", (TO_SIGN_IN, 405, 405)),
    "benefits:import_job_cancel": ("import_job", (TO_SIGN_IN, 405, 405)),
    "api:import-job": ("import_job", (401, 404, 404)),
    "benefits:all_savings_csv": ("", SIGNED_IN),
    "benefits:to_enter": ("programme", OF_PROGRAMME),
    "benefits:commentary_limits": ("programme", FOR_OFFICERS),
    "api:programme-commentary-limits": ("programme", API_ROW),
    "benefits:to_enter_csv": ("programme", OF_PROGRAMME),
    "benefits:my_to_enter": ("", SIGNED_IN),
    "api:benefit-measured": ("benefit", API_ROW),
    "api:all-savings": ("", API_LIST),
    "api:programme-to-enter": ("programme", API_ROW),
    "api:programme-no-worse-off": ("programme", API_ROW),
    "api:programme-compensation": ("programme", API_ROW),
    "api:programme-equity": ("programme", API_ROW),
    "benefits:no_worse_off": ("programme", OF_PROGRAMME),
    "benefits:no_worse_off_csv": ("programme", OF_PROGRAMME),
    "benefits:compensation_page": ("programme", OF_PROGRAMME),
    "benefits:compensation_csv": ("programme", OF_PROGRAMME),
    "benefits:council_payment_create": ("compensation", FOR_OFFICERS),
    "benefits:council_payment_confirm": ("council_payment", FOR_OFFICERS),
    "benefits:council_payment_reverse": ("council_payment", FOR_OFFICERS),
    "governance:equity_page": ("programme", OF_PROGRAMME),
    "governance:equity_csv": ("programme", OF_PROGRAMME),
    "governance:equity_note_create": ("programme", FOR_OFFICERS),
    "governance:posts_create": ("programme", FOR_OFFICERS),
    "api:programme-closure": ("programme", API_ROW),
    "api:partnership-leaving": ("partnership", (401, 404, 400)),
    "api:programme-succession": ("programme", API_ROW),
    "api:benefit-templates": ("", API_LIST),
    "benefits:period_list": ("programme", OF_PROGRAMME),
    "benefits:period_close": ("programme", FOR_OFFICERS),
    "benefits:exception_create": ("close_of_programme", FOR_OFFICERS),
    "benefits:claim_ageing_csv": ("programme", OF_PROGRAMME),
    "api:programme-claims-ageing": ("programme", API_ROW),
    "benefits:deputy_list": ("programme", OF_PROGRAMME),
    "benefits:deputy_create": ("programme", FOR_OFFICERS),
    "benefits:deputy_end": ("deputy_of_programme", (TO_SIGN_IN, 405, 405)),
    "benefits:claim_file_create": ("actual_amount", FOR_OFFICERS),
    "benefits:claim_file": ("claim_file", OF_PROGRAMME),
    "benefits:claim_answer": ("actual_amount", FOR_OFFICERS),
    "benefits:claim_row": ("actual_amount", (TO_SIGN_IN, 404, 302)),
    "benefits:actual_reverse": ("actual_amount", FOR_OFFICERS),
    "benefits:budget_list": ("programme", OF_PROGRAMME),
    "benefits:budget_create": ("programme", FOR_OFFICERS),
    "benefits:budget_update": ("budget_of_programme", FOR_OFFICERS),
    "benefits:reduction_create": ("programme", FOR_OFFICERS),
    "benefits:reduction_withdraw": ("budget_reduction", FOR_OFFICERS),
    "benefits:double_count_list": ("programme", OF_PROGRAMME),
    "benefits:double_count_csv": ("double_count_file", OF_PROGRAMME),
    "benefits:double_count_resolve": ("double_count_way", FOR_OFFICERS),
    "api:programme-double-counts": ("programme", API_ROW),
    "api:programme-code-shares": ("programme", API_ROW),
    "benefits:fund_list": ("programme", OF_PROGRAMME),
    "benefits:fund_create": ("programme", FOR_OFFICERS),
    "benefits:fund_detail": ("fund", OF_PROGRAMME),
    "benefits:contribution_create": ("fund", FOR_OFFICERS),
    "benefits:drawdown_create": ("fund", FOR_OFFICERS),
    "benefits:fund_close": ("fund", FOR_OFFICERS),
    "benefits:plan_list": ("programme", OF_PROGRAMME),
    "benefits:plan_proposal_create": ("programme", FOR_OFFICERS),
    "benefits:plan_version_update": ("plan_version", FOR_OFFICERS),
    "benefits:plan_proposal_detail": ("plan_proposal", OF_PROGRAMME),
    "benefits:ledger_succession": ("programme", OF_PROGRAMME),
    "benefits:ledger_succession_csv": ("programme", OF_PROGRAMME),
    "benefits:plan_csv": ("programme", OF_PROGRAMME),
    "benefits:plan_proposal_csv": ("plan_proposal", OF_PROGRAMME),
    "benefits:plan_proposal_update": ("plan_proposal", FOR_OFFICERS),
    "benefits:plan_proposal_amounts": ("plan_proposal", FOR_OFFICERS),
    "benefits:plan_proposal_dates": ("plan_proposal", FOR_OFFICERS),
    "benefits:plan_proposal_submit": ("plan_proposal", (TO_SIGN_IN, 405, 405)),
    "benefits:plan_proposal_withdraw": ("plan_proposal", FOR_OFFICERS),
    "benefits:plan_opinion_create": ("plan_proposal", FOR_OFFICERS),
    "benefits:plan_proposal_current": ("plan_proposal", (TO_SIGN_IN, 405, 405)),
    "benefits:benefit_create": ("programme", FOR_OFFICERS),
    "benefits:benefit_update": ("benefit", FOR_OFFICERS),
    "benefits:my_benefits": ("", SIGNED_IN),
    "benefits:benefit_step": ("benefit_step", FOR_OFFICERS),
    "benefits:reading_create": ("benefit", FOR_OFFICERS),
    "benefits:evidence_create": ("benefit", FOR_OFFICERS),
    "benefits:benefit_review_create": ("benefit", FOR_OFFICERS),
    "benefits:benefit_trajectory_update": ("benefit", FOR_OFFICERS),
    "benefits:handover_create": ("benefit", FOR_OFFICERS),
    "benefits:handover_answer": ("benefit_handover", FOR_OFFICERS),
    "benefits:handover_cancel": ("benefit_handover", FOR_OFFICERS),
    "benefits:closure_detail": ("programme", OF_PROGRAMME),
    "benefits:closure_update": ("programme", FOR_OFFICERS),
    "benefits:closure_close": ("programme", FOR_OFFICERS),
    "benefits:map_detail": ("programme", OF_PROGRAMME),
    "benefits:map_csv": ("programme", OF_PROGRAMME),
    "benefits:link_create": ("programme", FOR_OFFICERS),
    "benefits:link_remove": ("benefit_link", FOR_OFFICERS),
    "benefits:map_step_create": ("map_kind", FOR_OFFICERS),
    "benefits:map_step_update": ("map_step", FOR_OFFICERS),
    "benefits:map_step_remove": ("map_step", FOR_OFFICERS),
    "benefits:objective_create": ("programme", FOR_OFFICERS),
    "benefits:objective_update": ("objective", FOR_OFFICERS),
    "benefits:objective_remove": ("objective", FOR_OFFICERS),
    "benefits:benefit_list": ("programme", OF_PROGRAMME),
    "benefits:benefit_csv": ("programme", OF_PROGRAMME),
    "benefits:benefit_workbook": ("programme", OF_PROGRAMME),
    "benefits:benefit_change": ("programme", FOR_OFFICERS),
    "benefits:benefit_import": ("programme", FOR_OFFICERS),
    "benefits:download_list": ("programme", OF_PROGRAMME),
    "benefits:download_file": ("download", OF_PROGRAMME),
    "benefits:benefit_detail": ("benefit", OF_PROGRAMME),
    "benefits:line_detail": ("line", OF_PROGRAMME),
    "benefits:entry_detail": ("entry", OF_PROGRAMME),
    "governance:decision_list": ("programme", OF_PROGRAMME),
    "governance:decision_csv": ("programme", OF_PROGRAMME),
    "governance:council_decision_detail": ("council_decision", (TO_SIGN_IN, 404, 302)),
    "governance:scrutiny_list": ("programme", OF_PROGRAMME),
    "governance:scrutiny_csv": ("programme", OF_PROGRAMME),
    "governance:scrutiny_create": ("programme", FOR_OFFICERS),
    "governance:scrutiny_detail": ("scrutiny_response", (TO_SIGN_IN, 404, 302)),
    "governance:scrutiny_respond": ("scrutiny_response", FOR_OFFICERS),
    "governance:scrutiny_finish": ("scrutiny_response", FOR_OFFICERS),
    "governance:decision_detail": ("decision", OF_PROGRAMME),
    "governance:decision_create": ("programme", FOR_OFFICERS),
    "governance:decision_update": ("decision", FOR_OFFICERS),
    "governance:decision_step": ("decision_step", FOR_OFFICERS),
    "governance:decision_council": ("council_step", FOR_OFFICERS),
    "governance:decision_call_in": ("call_in", FOR_OFFICERS),
    "governance:decision_condition": ("condition", FOR_OFFICERS),
    "governance:forward_plan": ("programme", OF_PROGRAMME),
    "governance:forward_plan_csv": ("programme", OF_PROGRAMME),
    "governance:notice_page": ("council_decision", (TO_SIGN_IN, 404, 404)),  # no key decision with a day
    "governance:notice_pdf": ("council_decision", (TO_SIGN_IN, 404, 404)),
    "governance:my_approvals": ("", SIGNED_IN),
    "governance:notice_calculator": ("programme", OF_PROGRAMME),
    "governance:council_list": ("", SIGNED_IN),
    "governance:council_detail": ("council", OF_PROGRAMME),
    "governance:body_list": ("partnership", OF_PROGRAMME),
    "governance:body_create": ("partnership", FOR_OFFICERS),
    "governance:council_body_list": ("council", OF_PROGRAMME),
    "governance:council_body_create": ("council", FOR_OFFICERS),
    "governance:body_detail": ("body", OF_PROGRAMME),
    "governance:body_update": ("body", FOR_OFFICERS),
    "governance:body_member_create": ("body", FOR_OFFICERS),
    "governance:body_member_update": ("body_member", FOR_OFFICERS),
    "governance:body_chair": ("body", FOR_OFFICERS),
    "governance:meeting_create": ("body", FOR_OFFICERS),
    "governance:meeting_detail": ("meeting", OF_PROGRAMME),
    "governance:meeting_update": ("meeting", FOR_OFFICERS),
    "governance:meeting_call_off": ("meeting", FOR_OFFICERS),
    "governance:meeting_publish": ("meeting", FOR_OFFICERS),
    "governance:meeting_attendance": ("meeting", FOR_OFFICERS),
    "governance:meeting_minutes": ("meeting", FOR_OFFICERS),
    "governance:meeting_minutes_approve": ("meeting", FOR_OFFICERS),
    "governance:meeting_item_create": ("meeting", FOR_OFFICERS),
    "governance:meeting_item_update": ("agenda_item", FOR_OFFICERS),
    "governance:meeting_item_move": ("agenda_item", (TO_SIGN_IN, 405, 405)),
    "governance:meeting_item_remove": ("agenda_item", (TO_SIGN_IN, 405, 405)),
    "governance:meeting_interest": ("agenda_item", FOR_OFFICERS),
    "governance:meeting_votes": ("agenda_item", FOR_OFFICERS),
    "governance:meeting_outcome": ("agenda_item", FOR_OFFICERS),
    "governance:meeting_pack": ("meeting_pack", OF_PROGRAMME),
    "governance:meeting_pack_pdf": ("meeting_pack", OF_PROGRAMME),
    "governance:paper_create": ("agenda_item", FOR_OFFICERS),
    "governance:paper_replace": ("paper", FOR_OFFICERS),
    "governance:paper_file": ("paper", OF_PROGRAMME),
    "api:plan-proposal-amounts": ("plan_proposal", API_ROW),
    "api:plan-proposal-dates": ("plan_proposal", API_ROW),
    "api:case-progress": ("business_case", API_ROW),
    "api:case-steps": ("business_case", (401, 405, 405)),
    "api:case-statements": ("business_case", (401, 405, 405)),
    "api:case-check": ("business_case", API_ROW),
    "api:case-appraisal": ("business_case", API_ROW),
    "api:case-fairness": ("business_case", API_ROW),
    "api:case-entry-rule": ("business_case", API_ROW),
    "api:case-quality": ("business_case", API_ROW),
    "api:case-compensations": ("business_case", API_ROW),
    "api:compensation": ("compensation", (401, 405, 405)),
    "api:case-scores": ("business_case", API_ROW),
    "api:case-criteria": ("business_case", (401, 405, 405)),
    "api:case-compare": ("case_pair", API_ROW),
    "api:case-succession": ("business_case", (401, 404, 403)),
    "api:business-case-options": ("business_case", API_ROW),
    "api:business-case-lines": ("business_case", API_ROW),
    "api:service-comparison": ("service", API_ROW),
    "api:programme-comparison": ("programme", API_ROW),
    "api:programme-contracts": ("programme", API_ROW),
    "api:programme-candidates": ("programme", API_ROW),
    "governance:exempt_list": ("programme", OF_PROGRAMME),
    "governance:exempt_access_list": ("programme", FOR_OFFICERS),
    "governance:exempt_detail": ("exempt", OF_PROGRAMME),
    "governance:exempt_mark": ("exempt", FOR_OFFICERS),
    "governance:exempt_review": ("exempt", FOR_OFFICERS),
    "governance:exempt_release": ("exempt", FOR_OFFICERS),
    "governance:exempt_open": ("exempt", (TO_SIGN_IN, 405, 405)),
    "governance:exempt_text": ("exempt", FOR_OFFICERS),
    "api:milestone-knock-on": ("milestone", (401, 404, 400)),
    "api:programme-exempt-items": ("programme", API_ROW),
    "api:programme-exempt-accesses": ("programme", (401, 404, 403)),
    "api:exempt-item": ("exempt", API_ROW),
    "api:exempt-item-withhold": ("exempt", (401, 405, 405)),
    "api:exempt-item-review": ("exempt", (401, 405, 405)),
    "api:exempt-item-release": ("exempt", (401, 405, 405)),
    "api:exempt-item-open": ("exempt", (401, 405, 405)),
    "api:decision-readiness": ("decision", API_ROW),
    "api:paper-file": ("paper", API_ROW),
    "api:claim-file-file": ("claim_file", API_ROW),
    "api:actual-amount-bulk": ("", (401, 405, 405)),
    "api:actual-amount-verify-many": ("", (401, 405, 405)),
    "api:benefit-bulk": ("", (401, 405, 405)),
    "api:token": ("", POST_ONLY),
    "api:schema": ("", EVERYONE),
    "api:docs": ("", EVERYONE),
}
ROUTES = {
    "council": "council",
    "partnership": "partnership",
    "agreement": "agreement",
    "council-setting": "council_setting",
    "scrutiny-recommendation": "scrutiny_recommendation",
    "scrutiny-response": "scrutiny_response",
    "council-closure": "council_closure",
    "programme": "programme",
    "phase": "phase",
    "milestone": "milestone",
    "milestone-dependency": "milestone_dependency",
    "risk": "risk",
    "lesson": "lesson",
    "saved-view": "saved_view",
    "service": "service",
    "business-case": "business_case",
    "pool": "pool",
    "key": "apportionment_key",
    "run": "run",
    "true-up": "true_up",
    "review": "review",
    "red-line": "red_line",
    "consultation": "consultation",
    "benefit": "benefit",
    "benefit-reading": "benefit_reading",
    "benefit-evidence": "benefit_evidence",
    "benefit-review": "benefit_review",
    "benefit-transition": "benefit_transition",
    "benefit-handover": "benefit_handover",
    "benefit-link": "benefit_link",
    "map-step": "map_step",
    "objective": "objective",
    "line": "line",
    "plan-version": "plan_version",
    "plan-proposal": "plan_proposal",
    "plan-amount": "plan_amount",
    "forecast-amount": "forecast_amount",
    "actual-amount": "actual_amount",
    "claim-file": "claim_file",
    "deputy": "deputy",
    "budget-line": "budget_line",
    "budget-reduction": "budget_reduction",
    "period-close": "period_close",
    "fund": "fund",
    "stated-figure": "stated_figure",
    "body": "body",
    "body-member": "body_member",
    "meeting": "meeting",
    "agenda-item": "agenda_item",
    "paper": "paper",
    "decision": "decision",
    "council-decision": "council_decision",
    "call-in": "call_in",
    "condition": "condition",
}
KEYED = {"council", "partnership", "programme"}
OF_PROGRAMME_PAGES = sorted(name for name, (_, answers) in PAGES.items() if answers == OF_PROGRAMME)
# Steps of a row that only take what is sent: which row, by the name of the address.
STEPS = {
    "business-case-import-lines": "business_case",
    "business-case-convert": "business_case",
    "business-case-rates": "business_case",
    "business-case-option": "case_option",
    "business-case-line": "case_line",
    "key-end": "apportionment_key",
    "body-members": "body",
    "body-chair": "body",
    "meeting-call-off": "meeting",
    "meeting-publish": "meeting",
    "meeting-attendance": "meeting",
    "meeting-minutes": "meeting",
    "meeting-approve-minutes": "meeting",
    "meeting-items": "meeting",
    "agenda-item-remove": "agenda_item",
    "agenda-item-move": "agenda_item",
    "agenda-item-interests": "agenda_item",
    "agenda-item-votes": "agenda_item",
    "agenda-item-outcome": "agenda_item",
    "agenda-item-papers": "agenda_item",
    "paper-replace": "paper",
    "council-succession": "council",
    "scrutiny-response-done": "scrutiny_response",
    "partnership-join": "partnership",
    "partnership-leave": "partnership",
    "service-councils": "service",
    "service-costs": "service",
    "service-measures": "service",
    "services-import": "programme",
    "review-step": "review",
    "review-tasks": "review",
    "review-finish-task": "review",
    "review-answers": "review",
    "benefit-step": "benefit",
    "benefit-readings": "benefit",
    "benefit-evidence": "benefit",
    "benefit-reviews": "benefit",
    "benefit-trajectory": "benefit",
    "benefit-handovers": "benefit",
    "benefit-handover-accept": "benefit_handover",
    "benefit-handover-decline": "benefit_handover",
    "benefit-handover-cancel": "benefit_handover",
    "programme-close": "programme",
    "import-start": "programme",
    "import-confirm": "import_job",
    "import-cancel": "import_job",
    "programme-actuals-import": "programme",
    "programme-forecast-import": "programme",
    "programme-benefits-import": "programme",
    "plan-proposal-submit": "plan_proposal",
    "plan-proposal-withdraw": "plan_proposal",
    "plan-proposal-opinions": "plan_proposal",
    "plan-proposal-make-current": "plan_proposal",
    "actual-amount-verify": "actual_amount",
    "period-close-exceptions": "period_close",
    "actual-amount-return": "actual_amount",
    "actual-amount-files": "actual_amount",
    "deputy-end": "deputy",
    "actual-amount-reverse": "actual_amount",
    "budget-reduction-withdraw": "budget_reduction",
    "double-count-answers": "double_count",
    "fund-contributions": "fund",
    "fund-drawdowns": "fund",
    "fund-close": "fund",
    "compensation-payments": "compensation",
    "payment-confirm": "council_payment",
    "payment-reverse": "council_payment",
    "equity-notes": "programme",
    "equity-posts": "programme",
    **{
        f"decision-{step}": "decision"
        for step in (
            "announce",
            "table",
            "recommend",
            "resolve",
            "send",
            "implement",
            "withdraw",
            "legal-basis",
            "new-version",
            "proceed",
            "dispute",
            "requirements",
            "conditions",
            "milestones",
        )
    },
    **{
        f"council-decision-{step}": "council_decision"
        for step in (
            "meeting",
            "route",
            "urgency",
            "notice",
            "representations",
            "record",
            "publish",
            "release",
            "call-in",
        )
    },
    "call-in-settle": "call_in",
    "risk-close": "risk",
    "risk-reopen": "risk",
    "condition-meet": "condition",
}
ADDRESSES = (
    PAGES
    | {f"api:{route}-list": ("", API_LIST) for route in ROUTES}
    | {f"api:{route}-detail": (row, API_ROW) for route, row in ROUTES.items()}
    | {f"api:{step}": (row, (401, 405, 405)) for step, row in STEPS.items()}
)


def walk(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The full name of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}:{pattern.name}".strip(":")


@pytest.fixture(scope="module")
def rows(module_db) -> dict[str, dict[str, Any]]:
    """One programme with a row of each kind; by kind, what its address takes."""
    return rows_of(factories.ProgrammeFactory(key="shared"))


def rows_of(programme: Programme) -> dict[str, dict[str, Any]]:
    """A row of each kind in a programme; by kind, what its address takes."""
    councils = factories.councils_of(programme)
    line = factories.LineFactory(programme=programme)
    version = factories.plan_version(programme, 1, amounts=[(line, councils[0], 2026, None, 100_00)])
    snapshot = factories.forecast(programme, date(2026, 6, 1), [(line, councils[0], 2026, None, 90_00)])
    reduction = factories.reduction(line, councils[0], 2026)
    claimed = factories.actual(line, councils[0], 2026, 1, 10_00)
    made = {
        "programme": programme,
        "agreement": factories.AgreementFactory(partnership=programme.partnership),
        "council_setting": factories.CouncilSettingFactory(council=councils[0]),
        "council_closure": factories.CouncilClosureFactory(council=councils[0]),
        "membership": programme.partnership.memberships.get(council=councils[0]),
        "budget_line": reduction.budget_line,
        "budget_reduction": reduction,
        "period_close": factories.period_close(councils[0], 2020, 1),
        "fund": factories.FundFactory(programme=programme),
        "partnership": programme.partnership,
        "council": councils[0],
        "phase": factories.PhaseFactory(programme=programme),
        "milestone": factories.MilestoneFactory(programme=programme, forecast=date(2026, 12, 1)),
        "milestone_dependency": factories.MilestoneDependencyFactory(
            successor=factories.MilestoneFactory(programme=programme)
        ),
        "risk": factories.RiskFactory(programme=programme),
        "lesson": factories.LessonFactory(programme=programme),
        "saved_view": factories.SavedViewFactory(programme=programme),
        "service": factories.ServiceFactory(programme=programme),
        "business_case": factories.BusinessCaseFactory(programme=programme),
        **apportionment_of(programme),
        **review_rows.parts_of(programme),
        **benefit_rows.parts_of(programme),
        "line": line,
        "claim_file": factories.ClaimFileFactory(actual=claimed),
        "import_job": factories.ImportJobFactory(programme=programme),
        "deputy": factories.deputy(councils[0]),
        "plan_version": version,
        "plan_proposal": factories.plan_proposal(programme, based_on=version),
        "plan_amount": version.amounts.get(),
        "forecast_amount": snapshot.amounts.get(),
        "actual_amount": claimed,
        "stated_figure": factories.StatedFigureFactory(programme=programme),
        "body": factories.BodyFactory(partnership=programme.partnership),
        "decision": factories.DecisionFactory(programme=programme, councils=councils),
    }
    made |= meeting_of(made["body"])
    made |= parts_of_decision(made["decision"])
    made["scrutiny_response"] = factories.scrutiny_response(programme, councils[0])
    made["scrutiny_recommendation"] = made["scrutiny_response"].recommendation
    case_line = factories.BusinessCaseLineFactory(business_case=made["business_case"])
    made["compensation"] = Compensation.objects.create(
        business_case=made["business_case"],
        beneficiary=councils[0],
        basis=TestBasis.NPV,
        created_by=programme.created_by,
        updated_by=programme.created_by,
    )
    made["council_payment"] = CouncilPayment.objects.create(
        compensation=made["compensation"],
        payer=councils[1],
        receiver=councils[0],
        fy=2026,
        amount_pence=1_00,
        paid_on=date(2026, 6, 1),
        entered_by=programme.created_by,
    )
    part = factories.ServiceCouncilFactory(service=made["service"], council=councils[0])
    made["service_cost"] = factories.ServiceCostFactory(provision=part)
    made["service_measure"] = factories.ServiceMeasureFactory(provision=part)
    taken = {kind: {"key": row.key} if kind in KEYED else {"pk": row.pk} for kind, row in made.items()}
    flag = {"key": programme.key, "ref": benefit_rows.flag_of(programme)}
    return taken | {
        "": {},
        "double_count": flag,
        "double_count_way": {**flag, "outcome": "linked"},
        "double_count_file": {"key": programme.key, "name": "flags"},
        "benefit_step": {"pk": made["benefit"].pk, "step": "profile"},
        "saved_page": {"key": programme.key, "page": "benefits"},
        "map_kind": {"key": programme.key, "kind": "change"},
        "decision_step": {"pk": made["decision"].pk, "step": "withdraw"},
        "council_step": {"pk": made["decision"].council_decisions.first().pk, "step": "record"},
        "gallery": {"ref": "M-13"},
        "calendar_feed": {"pk": 1},
        "unknown_token": {"token": "unknown"},
        "service_part": {"pk": part.service_id, "council": councils[0].key},
        "case_line": {"pk": case_line.business_case_id, "line_pk": case_line.pk},
        "case_option": {"pk": case_line.business_case_id, "option_pk": case_line.option_id},
        "case_file": {"pk": case_line.business_case_id, "name": "csv"},
        "case_appraisal": {"pk": case_line.business_case_id, "name": "appraisal.json"},
        "case_scores": {"pk": case_line.business_case_id, "name": "ranking.csv"},
        "case_pair": {"pk": case_line.business_case_id, "other": case_line.business_case_id},
        "review_answers": {
            "pk": made["review"].pk,
            "council": councils[0].key,
            "question_set": QuestionSet.READINESS.value,
        },
        "deputy_of_programme": {"key": programme.key, "pk": made["deputy"].pk},
        "close_of_programme": {"key": programme.key, "pk": made["period_close"].pk},
        "budget_of_programme": {"key": programme.key, "pk": reduction.budget_line.pk},
        "meeting_pack": {"pk": made["meeting"].pk, "kind": "pack"},
        "password": {"uidb64": "MQ", "token": "set-password"},
        "exempt": {"kind": "decisions", "pk": made["decision"].pk},
        "entry": {"kind": "actual", "pk": made["actual_amount"].pk},
        "entry_file": {"key": programme.key, "name": "csv"},
        "download": {"key": programme.key, "name": "savings.xlsx"},
        "panel_file": {"key": programme.key, "name": "over-time"},
    }


def meeting_of(body: Body) -> dict[str, Any]:
    """A member of a body, and a meeting of it with an item and a paper."""
    paper = factories.PaperFactory(item__meeting__body=body)
    member = factories.BodyMemberFactory(body=body)
    return {"body_member": member, "meeting": paper.item.meeting, "agenda_item": paper.item, "paper": paper}


def parts_of_decision(decision: Decision) -> dict[str, Any]:
    """What one council is asked, a call-in of it, and a condition of the decision."""
    asked = decision.council_decisions.get(order_index=0)
    return {
        "council_decision": asked,
        "call_in": factories.CallInFactory(council_decision=asked),
        "condition": factories.DecisionConditionFactory(decision=decision),
    }


def apportionment_of(programme: Programme) -> dict[str, Any]:
    """A pool with a key, an amount that it shared, and a true-up of the year."""
    pool = service_rows.CostPoolFactory(programme=programme)
    key = service_rows.key_of(pool, dict.fromkeys(factories.councils_of(programme), 1))
    true_up = service_rows.true_up_of(key, 2026)
    return {"pool": pool, "apportionment_key": key, "run": true_up.final_run, "true_up": true_up}


@pytest.fixture(scope="module")
def people(rows):
    """Nobody, the lead officer of a council elsewhere, and a member of a partner council."""
    stranger, reader = factories.UserFactory.create_batch(2)
    elsewhere = factories.ProgrammeFactory()
    factories.role(stranger, RoleName.COUNCIL_LEAD, council=factories.councils_of(elsewhere)[0])
    partner = factories.Council.objects.get(**rows["council"])
    factories.role(reader, RoleName.MEMBER, council=partner)
    return [None, stranger, reader]


@pytest.fixture(scope="module")
def windows(people):
    """The browser of each of them, signed in once."""
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        if person is not None:
            client.force_login(person)
    return clients


def test_every_address_is_in_a_table():
    assert sorted(set(walk(get_resolver().url_patterns))) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_address_answers_each_person_exactly(windows, rows, name):
    row, expected = ADDRESSES[name]
    address = reverse(name, kwargs=rows[row])
    answers = []
    for client in windows:
        response = client.get(address)
        is_sent = response.status_code == 302 and response.url.startswith(reverse("accounts:sign_in"))
        answers.append(TO_SIGN_IN if is_sent else response.status_code)
    assert tuple(answers) == expected


@pytest.mark.parametrize(
    "name", sorted(name for name, (_, answers) in PAGES.items() if answers == OF_PROGRAMME)
)
def test_address_of_former_partner_and_ended_role(windows, rows, people, name):
    """A person whose role has ended finds nothing."""
    people[2].roles_held.update(to_on=date(2020, 12, 31))
    assert windows[2].get(reverse(name, kwargs=rows[PAGES[name][0]])).status_code == 404


def test_administrator_reads_no_programme(client, rows):
    admin = factories.UserFactory()
    factories.RoleHeld.objects.create(user=admin, role=RoleName.ADMINISTRATOR, from_on=date(2020, 1, 1))
    client.force_login(admin)
    answers = {name: client.get(reverse(name, kwargs=rows[PAGES[name][0]])) for name in OF_PROGRAMME_PAGES}
    assert {name for name, response in answers.items() if response.status_code != 404} == set()

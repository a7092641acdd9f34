"""What is typed into every form about a row that others may change meanwhile, and the forms without one."""

from __future__ import annotations

TYPED = "Typed over 84"
DAY = "30 4 2027"
LEDGER_FILE = "Reference,Council,Financial year,September\r\n{line_ref},{council},2026-27,84.84\r\n"
FILE = f"Reference,Line,2027-28\r\nL-1,{TYPED},84.84\r\n"

# Name of the page: what is sent with a version that is not there any more. "{...}" are rows of the world.
EDITS: dict[str, dict[str, str]] = {
    "programme:agreement_update": {"kind": "iaa", "title": TYPED, "legal_basis": "not_stated"},
    "programme:council_leave": {"left_on": "1 10 2026", "why": TYPED},
    "programme:council_succession_update": {
        "abolished_on": DAY, "successor_1": "{other_pk}", "weight_1": "84",
    },
    "programme:milestone_update": {"forecast_on": DAY, "note": TYPED},
    "programme:phase_update": {"label": TYPED},
    "programme:phase_remove": {},
    "programme:tranche_update": {"label": TYPED},
    "programme:tranche_remove": {},
    "programme:milestone_change": {"title": TYPED, "kind": "ict"},
    "programme:milestone_cancel": {"why": TYPED},
    "programme:milestone_remove": {},
    "programme:milestone_bulk": {
        "note": TYPED, "days": "7", "milestone": "{milestone}", "m-{milestone}-seen_version": "4",
        "confirmed": "1",
    },
    "programme:work_grid": {"m-{milestone}-note": TYPED, "m-{milestone}-seen_version": "4"},
    "programme:milestone_grid": {"m-{milestone}-note": TYPED, "m-{milestone}-seen_version": "4"},
    "programme:risk_update": {"register": "risk", "title": TYPED},
    "programme:risk_close": {"closed_because": TYPED},
    "programme:risk_reopen": {"why": TYPED},
    "programme:gate_review_update": {
        "gate": "3", "held_on": "1 9 2026", "reviewers": "A Lane", "scale": "three",
        "delivery_confidence": "Green", "summary": TYPED,
    },
    "programme:gate_review_checklist": {"case.answer": "met", "case.evidence": TYPED},
    "programme:gate_recommendation_update": {
        "text": TYPED, "urgency": "critical", "owner": "{user_pk}", "due_on": DAY
    },
    "programme:gate_recommendation_settle": {"state": "done", "settled_because": TYPED},
    "programme:gate_recommendation_reopen": {"why": TYPED},
    "programme:judgement_renew": {"point": "Red", "reason": TYPED, "until_on": "1 2 2027"},
    "programme:judgement_end": {"why": TYPED},
    "programme:milestone_dependency_remove": {},
    "programme:saved_view_update": {"name": TYPED},
    "programme:saved_view_remove": {},
    "programme:reminder_rule_update": {"is_on": "on", "told_before": "84"},
    "services:service_update": {"name": TYPED, "kind": "other", "status": "planned"},
    "services:service_part_update": {"provider": "not_stated", "note": TYPED},
    "services:service_cost_create": {
        "fy": "2029", "amount_pence": "84.84", "confidence": "medium", "qualifier": "exact"
    },
    "services:service_cost_update": {"amount_pence": "84.84", "confidence": "medium", "qualifier": "exact"},
    "services:service_measure_create": {"name": TYPED, "fy": "2029", "kind": "volume", "value": "8484"},
    "services:service_measure_update": {"kind": "volume", "value": "8484"},
    "services:case_step": {"comment": TYPED},
    "services:case_statement": {"position": "support", "text": TYPED},
    "services:case_own_scores": {
        "seen-{criterion}-{option}": "4", "score-{criterion}-{option}": "84",
        "reason-{criterion}-{option}": TYPED,
    },
    "services:case_criteria": {"ref-0": "C-84", "name-0": TYPED, "weight-0": "100"},
    "services:business_case_update": {
        "title": TYPED, "stage": "fbc", "base_fy": "2026", "horizon_years": "5",
        "payback_origin": "profile_start",
    },
    "services:case_rates": {},
    "services:case_options": {"ref": "NEW", "name": TYPED, "kind": "share"},
    "services:case_option_update": {"ref": "SHARE", "name": TYPED, "kind": "share"},
    "services:case_option_remove": {},
    "services:case_lines": {"a-{line}-0-2027": "84.84"},
    "services:case_lines_import": {
        "confirmed_rows": FILE
    },
    "services:case_convert": {},
    "services:case_line_detail": {
        "ref": "L-1", "title": TYPED, "option": "{option}", "kind": "cashable_saving",
        "price_basis": "real", "confidence": "medium", "low_percent": "100", "high_percent": "100",
    },
    "services:case_line_remove": {},
    "services:pool_update": {"name": "Pool", "description": TYPED},
    "services:key_update": {
        "basis": "equal", "weights.{council}": "1", "weights.{other}": "1", "weights.{third}": "1",
        "effective_from_on": DAY, "decision_ref": "D-84", "note": TYPED,
    },
    "services:key_end": {"effective_to_on": DAY},
    "services:case_succession": {},
    "services:review_update": {"chosen_because": TYPED},
    "services:review_step": {"to": "scoped", "reason": TYPED},
    "services:review_tasks": {
        "tasks_0_id": "{task}", "tasks_0_text": TYPED, "tasks_0_council": "", "tasks_1_text": "",
    },
    "services:review_answers": {"cost_3": "8", "cost_evidence": TYPED},
    "services:red_line_update": {"text": TYPED, "is_respected": ""},
    "services:consultation_update": {"kind": "redundancy", "affected_count": "84", "started_on": DAY},
    "services:compensation_update": {
        "beneficiary": "{council}", "basis": "npv", "note": TYPED,
        "pay-2026-{council}": "84.84", "pay-2026-{other}": "-84.84",
    },
    "services:compensation_withdraw": {},
    "benefits:budget_update": {"name": TYPED, "budget": "84,000.84"},
    "benefits:benefit_update": {
        "title": "Lower cost", "description": TYPED, "benefit_class": "cashable", "kind": "not_stated",
        "attribution_percent": "100", "direction": "not_stated",
    },
    "benefits:commentary_limits": {"percent": "84", "pence": "84.84"},
    "benefits:benefit_change": {"review_on": DAY, "seen_{benefit_pk}": "4", "confirmed": "1"},
    "benefits:actual_entry": {"a-{ledger_line}-2026-6-6": "84.84", "why": TYPED},
    "benefits:forecast_entry": {"a-{ledger_line}-2026-9-9": "84.84", "as_at_on": "24 11 2026", "why": TYPED},
    "benefits:actual_import": {"confirmed_rows": LEDGER_FILE, "why": TYPED},
    "benefits:forecast_import": {"confirmed_rows": LEDGER_FILE, "why": TYPED},
    "benefits:benefit_step": {"why": TYPED},
    "benefits:benefit_review_create": {
        "reviewed_on": "1 11 2026", "finding": TYPED, "next_review_on": DAY
    },
    "benefits:benefit_trajectory_update": {"v-2026-0": "84.84"},
    "benefits:closure_update": {"closes_on": DAY},
    "benefits:closure_close": {},
    "benefits:map_step_update": {"title": TYPED},
    "benefits:map_step_remove": {},
    "benefits:objective_update": {"title": TYPED},
    "benefits:objective_remove": {},
    "benefits:plan_proposal_update": {
        "reason_code": "approved_delay", "narrative": f"{TYPED}: {'later ' * 9}"
    },
    "benefits:plan_proposal_amounts": {"a-{ledger_line}-2027": "84.84"},
    "benefits:plan_proposal_dates": {"d-{milestone}": DAY},
    "benefits:plan_proposal_submit": {},
    "benefits:plan_proposal_withdraw": {"reason": TYPED},
    "governance:decision_update": {
        "title": TYPED, "kind": "recommendation", "matter": "other", "lapse_after_days": "184"
    },
    "governance:decision_step": {"why": TYPED},
    "governance:decision_council": {"state": "approved", "decided_on": DAY, "reasons": TYPED},
    "governance:decision_call_in": {
        "outcome": "upheld_no_action", "scrutiny_met_on": DAY, "outcome_text": TYPED
    },
    "governance:decision_condition": {"met_on": DAY, "evidence": TYPED},
    "governance:body_update": {
        "name": TYPED, "type": "steering_group", "authority": "recommends", "voting_rule": "majority"
    },
    "governance:body_member_update": {"name": TYPED, "from_on": DAY},
    "governance:body_chair": {"municipal_year": "2026", "chair": "{council_pk}", "vice_chair": "{other_pk}"},
    "governance:meeting_update": {"starts_on": DAY, "starts_time": "6:30pm", "place": TYPED},
    "governance:meeting_call_off": {"reason": TYPED},
    "governance:meeting_publish": {"published_on": DAY},
    "governance:meeting_attendance": {"member_{body_member}": "expected"},
    "governance:meeting_minutes": {"minutes": TYPED},
    "governance:meeting_minutes_approve": {"at": "{later_meeting}"},
    "governance:meeting_item_update": {"title": TYPED},
    "governance:meeting_item_remove": {},
    "governance:meeting_votes": {"vote_{body_member}": "for", "outcome": TYPED},
    "governance:meeting_outcome": {"outcome": TYPED},
    "governance:scrutiny_respond": {"state": "accepted", "text": TYPED, "responded_on": DAY},
    "governance:scrutiny_finish": {"done_on": DAY},
    "governance:exempt_mark": {
        "publication_class": "exempt", "exempt_paragraph": "3", "public_interest_reason": TYPED,
        "exempt_review_on": DAY,
    },
    "governance:exempt_review": {
        "publication_class": "exempt", "exempt_paragraph": "3", "public_interest_reason": TYPED,
        "exempt_review_on": DAY,
    },
    "governance:exempt_release": {"why": TYPED},
    "benefits:double_count_resolve": {
        "benefit": "{inside_pk}", "counted_in": "{benefit_pk}", "reason": TYPED,
    },
}  # fmt: skip

NEW_ROW = "adds a row"
ANSWER = "answers once: a second answer is refused by the state of what is answered"
WITHDRAWN = "takes a row back that never changes: a second time is refused"
PLACE = "moves or ticks a row from wherever it stands now"

NO_EDITS: dict[str, str] = {
    **dict.fromkeys(
        (
            "programme:agreement_create",
            "programme:council_join",
            "programme:council_rules_create",
            "programme:closure_create",
            "programme:programme_create",
            "programme:calendar_feed_create",
            "programme:saved_view_create",
            "programme:risk_create",
            "programme:gate_review_create",
            "programme:gate_recommendation_create",
            "programme:judgement_create",
            "programme:milestone_dependency_create",
            "programme:milestone_create",
            "programme:phase_create",
            "programme:programme_template",
            "programme:tranche_create",
            "services:service_create",
            "services:business_case_create",
            "services:pool_create",
            "services:key_create",
            "services:true_up_create",
            "services:year_end_run",
            "services:run_create",
            "services:review_create",
            "services:red_line_create",
            "services:consultation_create",
            "services:quality_create",
            "services:compensation_create",
            "benefits:actual_claim",
            "benefits:deputy_create",
            "benefits:claim_file_create",
            "benefits:period_close",
            "benefits:exception_create",
            "benefits:budget_create",
            "benefits:reduction_create",
            "benefits:fund_create",
            "benefits:contribution_create",
            "benefits:drawdown_create",
            "benefits:fund_close",
            "benefits:council_payment_create",
            "benefits:council_payment_confirm",
            "benefits:council_payment_reverse",
            "governance:equity_note_create",
            "governance:posts_create",
            "benefits:benefit_create",
            "benefits:reading_create",
            "benefits:evidence_create",
            "benefits:handover_create",
            "benefits:link_create",
            "benefits:map_step_create",
            "benefits:objective_create",
            "benefits:plan_proposal_create",
            "benefits:ledger_succession",
            "benefits:plan_opinion_create",
            "programme:plan_import",
            "governance:decision_create",
            "governance:body_create",
            "governance:council_body_create",
            "governance:body_member_create",
            "governance:meeting_create",
            "governance:meeting_item_create",
            "governance:meeting_interest",
            "governance:paper_create",
            "governance:paper_replace",
            "governance:scrutiny_create",
        ),
        NEW_ROW,
    ),
    **dict.fromkeys(
        (
            "benefits:claim_verify",
            "benefits:claim_answer",
            "benefits:actual_reverse",
            "benefits:plan_proposal_current",
            "benefits:handover_answer",
            "benefits:handover_cancel",
            "benefits:import_job_confirm",
            "benefits:import_job_cancel",
        ),
        ANSWER,
    ),
    **dict.fromkeys(
        (
            "programme:council_rules_withdraw",
            "programme:closure_withdraw",
            "programme:calendar_feed_revoke",
            "benefits:deputy_end",
            "benefits:reduction_withdraw",
            "benefits:link_remove",
        ),
        WITHDRAWN,
    ),
    "services:review_task_done": PLACE,
    "governance:meeting_item_move": PLACE,
    "programme:milestone_import": "takes the rows that nobody changed since, and tells of the others",
    "benefits:benefit_import": "takes the rows that nobody changed since, and tells of the others",
    "services:service_import": "names what it has seen by a digest of the whole catalogue",
    "benefits:plan_version_update": "never changes anything: row 33",
    "governance:exempt_open": "only notes who opened it",
}

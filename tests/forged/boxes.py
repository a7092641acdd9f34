"""Every box of a form that names a row, and what a forger puts there."""

from __future__ import annotations

# Name of the page: by form and box, which row the forger names.
BOXES: dict[str, dict[str, str]] = {
    "programme:programme_create": {"ProgrammeForm.partnership": "partnership_pk"},
    "programme:milestone_bulk": {"BulkChangeForm.owner": "user", "BulkChangeForm.phase": "phase"},
    "programme:absence_create": {"AbsenceForm.delegate": "user"},
    "programme:colleague_absence_create": {
        "ColleagueAbsenceForm.delegate": "user", "ColleagueAbsenceForm.person": "user",
    },
    "programme:risk_create": {"RiskForm.owner": "user"},
    "programme:risk_update": {"RiskForm.owner": "user"},
    "programme:milestone_create": {
        "MilestoneTermsForm.phase": "phase", "MilestoneTermsForm.tranche": "tranche",
        "MilestoneTermsForm.owner": "user", "MilestoneTermsForm.councils": "council_pk",
    },
    "programme:milestone_change": {
        "MilestoneTermsForm.phase": "phase", "MilestoneTermsForm.tranche": "tranche",
        "MilestoneTermsForm.owner": "user", "MilestoneTermsForm.councils": "council_pk",
    },
    "programme:gate_recommendation_create": {"RecommendationForm.owner": "user"},
    "programme:gate_recommendation_update": {"RecommendationForm.owner": "user"},
    "programme:milestone_dependency_create": {"DependencyForm.predecessor": "milestone"},
    "services:service_create": {"ServiceCreateForm.lead_council": "council"},
    "services:service_update": {"ServiceForm.lead_council": "council"},
    "services:business_case_create": {"CaseCreateForm.service": "service"},
    "services:business_case_update": {"CaseUpdateForm.service": "service"},
    "services:case_options": {"OptionForm.variant_of": "option", "OptionForm.without_council": "council_pk"},
    "services:case_option_update": {
        "OptionForm.variant_of": "option", "OptionForm.without_council": "council_pk"
    },
    "services:case_line_detail": {"LineForm.option": "option", "LineForm.pool": "pool"},
    "services:compensation_create": {
        "CompensationForm.beneficiary": "council", "CompensationForm.decision_ref": "decision_ref"
    },
    "services:compensation_update": {
        "CompensationForm.beneficiary": "council", "CompensationForm.decision_ref": "decision_ref"
    },
    "services:key_create": {"KeyForm.decision_ref": "decision_ref"},
    "services:key_update": {"KeyEditForm.decision_ref": "decision_ref"},
    "services:review_create": {
        "ReviewStartForm.service": "service", "ReviewStartForm.lead_council": "council",
        "ReviewStartForm.owner": "user",
    },
    "services:review_update": {"ReviewForm.lead_council": "council", "ReviewForm.owner": "user"},
    "services:review_step": {"ReviewStepForm.decision_ref": "decision_ref"},
    "services:review_tasks": {"ReviewTasksForm.tasks_0_council": "council"},
    "services:red_line_create": {"RedLineForm.council": "council"},
    "services:shared_post_create": {
        "SharedPostForm.employed_by": "council", "SharedPostForm.service": "service",
    },
    "services:shared_post_update": {
        "SharedPostForm.employed_by": "council", "SharedPostForm.service": "service",
    },
    "services:consultation_create": {"ConsultationForm.council": "council"},
    "benefits:actual_claim": {"ActualForm.line": "line", "ActualForm.council": "council_pk"},
    "benefits:deputy_create": {"DeputyForm.council": "council_pk", "DeputyForm.user": "user"},
    "benefits:period_close": {"CloseForm.council": "council_pk"},
    "benefits:exception_create": {"ExceptionForm.user": "user"},
    "benefits:budget_create": {"BudgetForm.council": "council_pk"},
    "benefits:reduction_create": {"ReductionForm.line": "line", "ReductionForm.ledger_code": "budget"},
    "benefits:double_count_resolve": {"ResolveForm.benefit": "benefit", "ResolveForm.counted_in": "benefit"},
    "benefits:fund_create": {"FundForm.pool": "pool"},
    "benefits:council_payment_create": {"CouncilPaymentForm.payer": "council_pk"},
    "governance:equity_note_create": {"EquityNoteForm.council": "council_pk"},
    "governance:posts_create": {"PostsForm.council": "council_pk"},
    "benefits:contribution_create": {"ContributionForm.council": "council_pk"},
    "benefits:drawdown_create": {"DrawdownForm.actual": "actual"},
    "benefits:benefit_create": {
        "BenefitForm.owner": "user", "BenefitForm.service": "service", "BenefitForm.councils": "council_pk",
        "BenefitForm.counted_in": "benefit", "BenefitForm.sro": "user", "BenefitForm.risks": "risk",
    },
    "benefits:benefit_change": {"BenefitChangeForm.owner": "user"},
    "benefits:benefit_update": {
        "BenefitForm.owner": "user", "BenefitForm.service": "service", "BenefitForm.councils": "council_pk",
        "BenefitForm.counted_in": "benefit", "BenefitForm.sro": "user", "BenefitForm.risks": "risk",
    },
    "benefits:reading_create": {"ReadingForm.council": "council_pk"},
    "benefits:handover_create": {"HandoverForm.to": "user"},
    "benefits:plan_opinion_create": {"OpinionForm.council": "council_pk"},
    "governance:body_member_create": {
        "MemberForm.council": "council_pk", "MemberForm.substitute_for": "body_member",
        "MemberForm.user": "user",
    },
    "governance:body_member_update": {
        "MemberForm.council": "council_pk", "MemberForm.substitute_for": "body_member",
        "MemberForm.user": "user",
    },
    "governance:body_chair": {
        "ChairForm.chair": "council_pk", "ChairForm.vice_chair": "council_pk",
        "ChairForm.chair_member": "body_member",
    },
    "governance:meeting_create": {"MeetingForm.host": "council_pk"},
    "governance:meeting_update": {"MeetingForm.host": "council_pk"},
    "governance:meeting_attendance": {"AttendanceForm.chaired_by": "body_member"},
    "governance:meeting_minutes_approve": {"ApprovalForm.at": "meeting"},
    "governance:meeting_item_create": {"ItemForm.decision": "decision"},
    "governance:meeting_item_update": {"ItemForm.decision": "decision"},
    "governance:meeting_interest": {"InterestForm.member": "body_member"},
    "governance:decision_create": {
        "DraftForm.body": "body", "DraftForm.business_case": "business_case",
        "DraftForm.apportionment_key": "apportionment_key", "DraftForm.compensation": "compensation",
        "DraftForm.plan_proposal": "plan_proposal", "DraftForm.agreement": "agreement",
    },
    "governance:decision_update": {
        "DraftForm.body": "body", "DraftForm.business_case": "business_case",
        "DraftForm.apportionment_key": "apportionment_key", "DraftForm.compensation": "compensation",
        "DraftForm.plan_proposal": "plan_proposal", "DraftForm.agreement": "agreement",
    },
    "governance:decision_step/new-version": {"NewVersionForm.business_case": "business_case"},
    "governance:decision_step/without": {
        "WithoutForm.councils": "council_pk", "WithoutForm.rerun_case": "business_case"
    },
    "governance:report_create": {"NewReportForm.council": "council_pk"},
    "governance:scrutiny_create": {
        "RecommendationForm.body": "body", "RecommendationForm.call_in": "call_in",
        "RecommendationForm.councils": "council_pk",
    },
    "governance:scrutiny_respond": {"ResponseForm.owner": "user"},
}  # fmt: skip

OTHER_BOXES = {
    "JoinForm.council": "any council may join a partnership",
    "ProgrammeForm.councils": "any council may join a partnership",
    "RequireForm.council": "any council may be asked to decide, for one before it joins",
    "CaseForm.service": "shown only as the forms that extend it",
    "_OfCouncilsForm.council": "shown only as the forms that extend it",
    "AgreementForm.decision_ref": "words: the decision may stand in no programme",
}

"""Requests of the API about our own rows that name a row of another programme, and where each is refused."""

from __future__ import annotations

from typing import Any

# What a write must hold to be read at all.
NEEDED: dict[str, dict[str, Any]] = {
    "POST actual-amount-return": {"reason": "It is not ours."},
    "POST lesson-use": {"gate_review": "{gate_review}"},
    "POST review-use-lesson": {"lesson": "{lesson}"},
    "POST budget-reduction-withdraw": {"reason": "It is not ours."},
    "POST agenda-item-move": {"way": "up"},
    "POST benefit-handover-decline": {"reason": "It is not ours."},
}

RULES = {"from_on": "2027-04-01", "callin_min_members": 3}
AMOUNT = {"line": "{line_ref}", "council": "{council}", "fy": 2026, "amount": "1.00"}
BENEFIT = {"programme": "shared", "title": "Lower cost", "benefit_class": "cashable", "owner": "{email}"}
CLAIM = {
    "programme": "shared",
    "line": "{line_ref}",
    "council": "{council}",
    "fy": 2026,
    "period": 1,
    "amount": "1",
}
REDUCTION = {
    "programme": "shared",
    "line": "{line_ref}",
    "council": "{council}",
    "fy": 2026,
    "amount": "1",
    "ledger_code": "{ledger_code}",
}
LINKED = {
    "outcome": "linked",
    "reason": "It is theirs.",
    "benefit": "{inside_ref}",
    "counted_in": "{benefit_ref}",
}
RISK = {"programme": "shared", "register": "risk", "title": "Delay"}
GATE = {
    "gate": 3, "held_on": "2026-09-15", "reviewers": "A Lane", "scale": "three",
    "delivery_confidence": "Amber", "summary": "Feasible.",
}  # fmt: skip
ADVICE = {"review": "{gate_review}", "text": "Clean", "urgency": "critical", "owner": "{email}"} | {
    "due_on": "2027-01-15"
}
LEARNT = {"programme": "shared", "text": "Begin early"}
SEAT = {"name": "A Hart", "from_on": "2026-05-01"}
CHAIR = {"municipal_year": 2026, "chair": "{council}", "vice_chair": "{other}"}
DRAFT = {"programme": "shared", "title": "Share waste"}
SCRUTINY = {"programme": "shared", "text": "Publish it", "made_on": "2026-11-02", "councils": ["{council}"]}
RED = {"council": "{council}", "text": "No site closes"}
SHARED_POST = {
    "programme": "shared", "title": "Head of ICT", "tier": 3, "employed_by": "{council}",
    "starts_on": "2026-04-01", "shares": {"{council}": "60", "{other}": "40"},
}  # fmt: skip
CONSULTED = {"council": "{council}", "kind": "redundancy", "started_on": "2026-12-01"}
MILESTONE = {"programme": "shared", "title": "Go-live", "forecast_on": "2027-04-01"}
WAITS = {"programme": "shared", "milestone": "{milestone_ref}", "waits_for": "{milestone_ref}"}
NOTED = {"milestone": "{milestone_ref}", "version": 5, "note": "Ours"}
JUDGED = {"subject": "overall", "point": "Red", "reason": "It is theirs.", "until_on": "2026-12-01"}
MOVED = {
    "programme": "shared",
    "milestones": [{"milestone": "{milestone_ref}", "version": 5}],
    "move_days": 7,
}
MEETS = {"starts_at": "2027-04-30T18:00:00Z"}

# Method and name, what is sent, and the field that is refused; or a status: 404 where all is not found.
FORGED: tuple[tuple[str, dict[str, Any], str | int], ...] = (
    ("POST programme-list", {"partnership": "{their_partnership}", "name": "Ours", "base_fy": 2026}, 404),
    ("POST agreement-list", {"partnership": "{their_partnership}", "kind": "iaa", "title": "Ours"}, 404),
    ("PATCH agreement-detail", {"parties": [{"council": "{their_council}"}]}, "parties"),
    ("POST council-setting-list", {"council": "{their_council}", **RULES}, 404),
    ("POST council-closure-list", {"council": "{their_council}", "day_on": "2026-12-24", "reason": "x"}, 404),
    (
        "POST partnership-leave",
        {"council": "{their_council}", "left_on": "2026-10-01", "why": "It is ours."},
        "council",
    ),
    ("POST benefit-list", BENEFIT | {"programme": "theirs"}, 404),
    ("POST benefit-list", BENEFIT | {"owner": "{their_email}"}, "owner"),
    ("POST benefit-list", BENEFIT | {"service": "{their_service_ref}"}, "service"),
    ("POST benefit-list", BENEFIT | {"councils": ["{their_council}"]}, "councils"),
    ("POST benefit-list", BENEFIT | {"counted_in": "{their_benefit_ref}"}, "counted_in"),
    ("POST benefit-list", BENEFIT | {"sro": "{their_email}"}, "sro"),
    ("POST benefit-list", BENEFIT | {"risks": ["{their_risk_ref}"]}, "risks"),
    (
        "PATCH benefit-detail",
        {"owner": "{email}", "shares": [{"council": "{their_council}", "percent": 100}]},
        "shares",
    ),
    ("POST benefit-readings", {"fy": 2026, "value": 1, "period": 1, "council": "{their_council}"}, "council"),
    ("POST benefit-handovers", {"to": "{their_email}", "note": "x", "review_on": "2027-05-01"}, "to"),
    (
        "POST benefit-link-list",
        {"programme": "shared", "from_benefit": "{their_benefit_ref}", "to_objective": "O-1"},
        "start",
    ),
    ("POST benefit-link-list", {"programme": "theirs", "from_step": "CH-1", "to_benefit": "B-1"}, 404),
    ("POST map-step-list", {"programme": "theirs", "kind": "change", "title": "Ours"}, 404),
    ("POST objective-list", {"programme": "theirs", "title": "Ours"}, 404),
    ("PATCH benefit-detail", {"owner": "{their_email}"}, "owner"),
    ("PATCH benefit-detail", {"service": "{their_service_ref}"}, "service"),
    ("PATCH benefit-detail", {"owner": "{email}", "councils": ["{their_council}"]}, "councils"),
    ("PATCH benefit-detail", {"counted_in": "{their_benefit_ref}"}, "counted_in"),
    ("POST plan-proposal-list", {"programme": "theirs", "narrative": "Ours"}, 404),
    ("PUT plan-proposal-amounts", {"amounts": [AMOUNT | {"line": "{their_line_ref}"}]}, "line"),
    ("PUT plan-proposal-amounts", {"amounts": [AMOUNT | {"council": "{their_council}"}]}, "council"),
    (
        "PUT plan-proposal-dates",
        {"dates": [{"milestone": "{their_milestone_ref}", "date": "2027-01-01"}]},
        "milestone",
    ),
    ("POST plan-proposal-opinions", {"council": "{their_council}", "is_in": True}, 403),
    ("POST programme-succession", {"council": "{their_council}", "ledger": "plan"}, "council"),
    (
        "POST forecast-amount-list",
        {"programme": "theirs", "as_at_on": "2026-11-01", "amounts": [AMOUNT]},
        404,
    ),
    (
        "POST forecast-amount-list",
        {"programme": "shared", "as_at_on": "2026-11-01", "amounts": [AMOUNT | {"line": "{their_line_ref}"}]},
        "line",
    ),
    (
        "POST forecast-amount-list",
        {
            "programme": "shared",
            "as_at_on": "2026-11-01",
            "amounts": [AMOUNT | {"council": "{their_council}"}],
        },
        "council",
    ),
    ("POST actual-amount-list", CLAIM | {"programme": "theirs"}, 404),
    ("POST actual-amount-list", CLAIM | {"line": "{their_line_ref}"}, "line"),
    ("POST actual-amount-list", CLAIM | {"council": "{their_council}"}, "council"),
    ("POST actual-amount-verify-many", {"programme": "theirs", "amounts": [1]}, 404),
    ("POST actual-amount-bulk", {"programme": "theirs", "amounts": [CLAIM]}, 404),
    (
        "POST actual-amount-bulk",
        {"programme": "shared", "amounts": [CLAIM | {"line": "{their_line_ref}"}]},
        "amounts.0.line",
    ),
    (
        "POST actual-amount-bulk",
        {"programme": "shared", "amounts": [CLAIM | {"council": "{their_council}"}]},
        "council",
    ),
    (
        "POST deputy-list",
        {
            "council": "{their_council}",
            "user": "{their_email}",
            "from_on": "2026-12-01",
            "to_on": "2026-12-24",
        },
        403,
    ),
    ("POST period-close-list", {"council": "{their_council}", "fy": 2026, "period": 1}, 403),
    (
        "POST period-close-exceptions",
        {"user": "{their_email}", "until_on": "2026-12-24", "reason": "It came late."},
        "user",
    ),
    (
        "POST budget-line-list",
        {"council": "{their_council}", "ledger_code": "9", "fy": 2026, "budget": "1", "name": "Ours"},
        403,
    ),
    ("POST budget-reduction-list", REDUCTION | {"programme": "theirs"}, 404),
    ("POST budget-reduction-list", REDUCTION | {"line": "{their_line_ref}"}, "line"),
    ("POST budget-reduction-list", REDUCTION | {"council": "{their_council}"}, 403),
    ("POST budget-reduction-list", REDUCTION | {"ledger_code": "{their_ledger_code}"}, "ledger_code"),
    ("POST double-count-answers", LINKED | {"benefit": "{their_benefit_ref}"}, "benefit"),
    ("POST double-count-answers", LINKED | {"counted_in": "{their_benefit_ref}"}, "counted_in"),
    (
        "POST double-count-answers",
        {"outcome": "attribution", "percents": [{"benefit": "{their_benefit_ref}", "percent": 1}]}
        | {"reason": "It is theirs."},
        "percents",
    ),
    ("POST fund-list", {"programme": "theirs", "name": "Ours"}, 404),
    ("POST fund-list", {"programme": "shared", "name": "Ours", "pool": "{their_pool_ref}"}, "pool"),
    (
        "POST compensation-payments",
        {"payer": "{their_council}", "fy": 2026, "amount": "1", "paid_on": "2026-10-01"},
        403,
    ),
    (
        "POST equity-notes",
        {"council": "{their_council}", "subject": "net", "text": "As the contract ends early"},
        "council",
    ),
    (
        "POST equity-posts",
        {"council": "{their_council}", "posts": 9, "as_at_on": "2026-10-01", "evidence": "HR return"},
        "council",
    ),
    (
        "POST fund-contributions",
        {"council": "{their_council}", "amount": "1", "paid_on": "2026-10-01"},
        "council",
    ),
    ("POST fund-drawdowns", {"actual": "{their_actual}", "amount": "1", "drawn_on": "2026-10-01"}, 404),
    (
        "POST body-list",
        {
            "partnership": "{their_partnership}",
            "name": "Ours",
            "type": "steering_group",
            "authority": "recommends",
        },
        404,
    ),
    (
        "POST body-list",
        {"council": "{their_council}", "name": "Ours", "type": "steering_group", "authority": "recommends"},
        404,
    ),
    ("PATCH body-detail", {"type": "steering_group", "seats": {"{their_council}": 2}}, "seats"),
    ("PUT body-chair", CHAIR | {"chair": "{their_council}"}, "chair"),
    ("PUT body-chair", CHAIR | {"vice_chair": "{their_council}"}, "vice_chair"),
    ("PUT body-chair", CHAIR | {"chair_member": "{their_body_member}"}, "chair_member"),
    ("POST body-members", SEAT | {"council": "{their_council}"}, "council"),
    (
        "POST body-members",
        SEAT | {"council": "{council}", "substitute_for": "{their_body_member}"},
        "substitute_for",
    ),
    ("PATCH body-member-detail", {"council": "{their_council}"}, "council"),
    (
        "PATCH body-member-detail",
        {"council": "{council}", "substitute_for": "{their_body_member}"},
        "substitute_for",
    ),
    ("POST meeting-list", MEETS | {"body": "{their_body}"}, 404),
    ("POST meeting-list", MEETS | {"body": "{body}", "host": "{their_council}"}, "host"),
    ("PATCH meeting-detail", {"starts_at": "2027-05-30T18:00:00Z", "host": "{their_council}"}, "host"),
    ("POST meeting-attendance", {"states": {"{their_body_member}": "present"}}, "members"),
    ("POST meeting-attendance", {"states": {}, "chaired_by": "{their_body_member}"}, "chaired_by"),
    ("POST meeting-approve-minutes", {"at": "{their_meeting}"}, "at"),
    ("POST meeting-items", {"title": "Ours", "decision": "{their_decision}"}, "decision"),
    ("PATCH agenda-item-detail", {"decision": "{their_decision}"}, "decision"),
    (
        "POST agenda-item-interests",
        {"member": "{their_body_member}", "kind": "pecuniary", "text": "A house"},
        "member",
    ),
    ("POST agenda-item-votes", {"votes": {"{their_body_member}": "for"}}, "votes"),
    ("POST decision-list", DRAFT | {"programme": "theirs"}, 404),
    *(
        (name, draft | {field: f"{{their_{field}}}"}, field)
        for name, draft in (("POST decision-list", DRAFT), ("PATCH decision-detail", {}))
        for field in (
            "body",
            "business_case",
            "apportionment_key",
            "compensation",
            "plan_proposal",
            "agreement",
        )
    ),
    ("POST decision-conditions", {"text": "The lease is signed.", "council": "{their_council}"}, 403),
    ("POST decision-milestones", {"milestone": "{their_milestone_ref}", "is_tied": True}, 404),
    (
        "POST decision-new-version",
        {"text": "Share.", "why": "It changes.", "business_case": "{their_business_case}"},
        "business_case",
    ),
    ("POST decision-proceed", {"why": "It goes on.", "councils": ["{their_council}"]}, "councils"),
    (
        "POST decision-proceed",
        {"why": "It goes on.", "councils": ["{council}"], "rerun_case": "{their_business_case}"},
        "rerun_case",
    ),
    (
        "POST benefit-bulk",
        {
            "programme": "shared",
            "changes": [{"benefit": "{benefit_ref}", "version": 5, "owner": "{their_email}"}],
        },
        "changes.0.owner",
    ),
    (
        "POST benefit-bulk",
        {"programme": "shared", "changes": [{"benefit": "{their_benefit_ref}", "version": 5}]},
        "changes.0.benefit",
    ),
    ("POST milestone-bulk-change", MOVED | {"programme": "theirs"}, 404),
    ("POST milestone-bulk-change", MOVED | {"owner": "{their_email}"}, "owner"),
    (
        "POST milestone-bulk-change",
        MOVED | {"milestones": [{"milestone": "{their_milestone_ref}", "version": 5}]},
        "milestones.0.milestone",
    ),
    ("POST milestone-bulk", {"programme": "theirs", "changes": [NOTED]}, 404),
    (
        "POST milestone-bulk",
        {"programme": "shared", "changes": [NOTED | {"milestone": "{their_milestone_ref}"}]},
        "changes.0.milestone",
    ),
    ("POST risk-list", RISK | {"programme": "theirs"}, 404),
    ("POST risk-list", RISK | {"owner": "{their_email}"}, "owner"),
    ("POST risk-list", RISK | {"impacts": [{"council": "{their_council}", "impact": 5}]}, "impacts"),
    ("PATCH risk-detail", {"owner": "{their_email}"}, "owner"),
    ("PATCH risk-detail", {"impacts": [{"council": "{their_council}", "impact": 5}]}, "impacts"),
    ("POST phase-list", {"programme": "theirs", "label": "Design"}, 404),
    ("POST tranche-list", {"programme": "theirs", "label": "Waste"}, 404),
    ("POST milestone-list", MILESTONE | {"programme": "theirs"}, 404),
    *(
        (name, draft | {field: their}, field)
        for name, draft in (("POST milestone-list", MILESTONE), ("PATCH milestone-terms", {}))
        for field, their in (
            ("phase", "{their_phase_ref}"),
            ("tranche", "{their_tranche_ref}"),
            ("owner", "{their_email}"),
            ("councils", ["{their_council}"]),
        )
    ),
    ("POST lesson-list", LEARNT | {"programme": "theirs"}, 404),
    ("POST lesson-list", LEARNT | {"milestone": "{their_milestone_ref}"}, "milestone"),
    ("POST lesson-list", LEARNT | {"gate_review": "{their_gate_review_ref}"}, "gate_review"),
    ("POST lesson-list", LEARNT | {"review_ref": "{their_review_name}"}, "learnt"),
    ("PATCH lesson-detail", {"milestone": "{their_milestone_ref}"}, "milestone"),
    ("POST lesson-use", {"gate_review": "{their_gate_review}"}, 404),
    ("POST review-use-lesson", {"lesson": "{their_lesson}"}, 404),
    ("POST gate-review-list", GATE | {"programme": "theirs"}, 404),
    ("POST gate-recommendation-list", ADVICE | {"review": "{their_gate_review}"}, 404),
    ("POST gate-recommendation-list", ADVICE | {"owner": "{their_email}"}, "owner"),
    ("PATCH gate-recommendation-detail", {"owner": "{their_email}"}, "owner"),
    ("POST judgement-list", JUDGED | {"programme": "theirs"}, 404),
    ("POST milestone-dependency-list", WAITS | {"programme": "theirs"}, 404),
    ("POST milestone-dependency-list", WAITS | {"waits_for": "{their_milestone_ref}"}, "waits_for"),
    ("POST milestone-dependency-list", WAITS | {"milestone": "{their_milestone_ref}"}, "milestone"),
    ("POST saved-view-list", {"programme": "theirs", "page": "benefits", "name": "A", "query": ""}, 404),
    ("POST programme-reports", {"as_of_on": "2026-10-31", "council": "{their_council}"}, "council"),
    ("POST scrutiny-recommendation-list", SCRUTINY | {"programme": "theirs"}, 404),
    ("POST scrutiny-recommendation-list", SCRUTINY | {"body": "{their_body}"}, 404),
    ("POST scrutiny-recommendation-list", SCRUTINY | {"call_in": "{their_call_in}"}, 404),
    ("POST scrutiny-recommendation-list", SCRUTINY | {"councils": ["{their_council}"]}, "councils"),
    (
        "PATCH scrutiny-response-detail",
        {
            "state": "accepted",
            "text": "Yes.",
            "action": "Print it.",
            "responded_on": "2026-11-20",
            "owner": "{their_email}",
        },
        "owner",
    ),
    ("POST red-line-list", RED | {"review": "{their_review}"}, 404),
    ("POST red-line-list", RED | {"review": "{review}", "council": "{their_council}"}, "council"),
    ("POST shared-post-list", SHARED_POST | {"programme": "theirs"}, 404),
    ("POST shared-post-list", SHARED_POST | {"employed_by": "{their_council}"}, "employed_by"),
    ("POST shared-post-list", SHARED_POST | {"service": "{their_service_ref}"}, "service"),
    (
        "POST shared-post-list",
        SHARED_POST | {"shares": {"{council}": "60", "{their_council}": "40"}},
        "shares",
    ),
    ("PATCH shared-post-detail", {"employed_by": "{their_council}"}, "employed_by"),
    ("PATCH shared-post-detail", {"service": "{their_service_ref}"}, "service"),
    ("POST consultation-list", CONSULTED | {"review": "{their_review}"}, 404),
    ("POST consultation-list", CONSULTED | {"review": "{review}", "council": "{their_council}"}, "council"),
    ("PATCH review-detail", {"lead_council": "{their_council}"}, "lead_council"),
    ("PATCH review-detail", {"owner": "{their_email}"}, "owner"),
    ("PUT review-tasks", {"tasks": [{"text": "Ours", "id": "{their_review_task}"}]}, "tasks.0.id"),
    (
        "PUT review-answers",
        {"council": "{their_council}", "question_set": "readiness", "answers": {}},
        "council",
    ),
    ("POST review-finish-task", {"task": "{their_review_task}"}, 404),
    ("PATCH business-case-option", {"variant_of": "{their_option_ref}"}, "variant_of"),
    ("PATCH business-case-option", {"without_council": "{their_council}"}, "without_council"),
    (
        "POST case-statements",
        {"council": "{their_council}", "position": "support", "text": "Sound."},
        "council",
    ),
)

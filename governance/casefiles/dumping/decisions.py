"""Decisions and what each council decided."""

from __future__ import annotations

from core.publication import shown
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    date_of,
    day_of,
    inline,
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.loading.decisions import DEFAULT_LAPSE_DAYS
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionKind
from governance.models import CouncilDecision, Decision
from programme.models import Programme


def dump_decisions(programme: Programme) -> list[Fields]:
    """Decisions in order, each with every council's own."""
    rows = programme.decisions.select_related("body", "plan_version", "business_case", "source")
    in_order = rows.prefetch_related("council_decisions__council").order_by("order_index", "ref")
    return [_decision(decision) for decision in in_order]


def _decision(decision: Decision) -> Fields:
    case = decision.business_case
    owns = sorted(decision.council_decisions.all(), key=lambda own: (own.order_index, own.pk))
    return compact(
        {
            "id": decision.ref,
            "label": decision.title,
            "summary": shown(decision, decision.summary).text,
            "body": decision.body_text,
            "body_id": ref_of(decision.body),
            "kind": unless(decision.kind, DecisionKind.RECOMMENDATION.value),
            "state": str(decision.state),
            "date": date_of(decision.get_date("taken")),
            "text": shown(decision, decision.text).text,
            "version": unless(decision.text_number, 1),
            "reasons": shown(decision, decision.reasons).text,
            "is_key": decision.is_key or None,
            "meeting_on": day_of(decision.meeting_on),
            "recommended_on": day_of(decision.recommended_on),
            "not_before": day_of(decision.not_before_on),
            "lapse_after_days": unless(decision.lapse_after_days, DEFAULT_LAPSE_DAYS),
            "plan_version": decision.plan_version.number if decision.plan_version else None,
            "business_case": inline({"case": case.ref, "version": case.number}) if case else None,
            "councils": [_own(own, decision) for own in owns],
            "note": shown(decision, decision.note).text,
            "source": source_of(decision.source),
        }
    )


def _own(own: CouncilDecision, decision: Decision) -> Fields:
    fields = compact(
        {
            "council": own.council.key if own.council else None,
            "party": own.party_text,
            "approval_body": unless(own.approval_body, ApprovalBody.NOT_STATED.value),
            "state": str(own.state),
            "version": own.text_number,
            "text_hash": own.text_hash,
            "decided": date_of(own.get_date("decided")),
            "published_on": day_of(own.published_on),
            "next_meeting_on": day_of(own.next_meeting_on),
            "notice_published_on": day_of(own.notice_published_on),
            "statement": shown(decision, own.statement).text,
        }
    )
    return fields | _said_nothing(own, decision)


def _said_nothing(own: CouncilDecision, decision: Decision) -> Fields:
    """Nulls where saying nothing would mean the present text."""
    if own.state != CouncilDecisionState.APPROVED or not decision.text:
        return {}
    return {
        name: None
        for name, value in (("version", own.text_number), ("text_hash", own.text_hash))
        if value in (None, "")
    }

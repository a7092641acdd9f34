"""Decisions, and what each council decided on them. A text that a council decided on is never rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.publication import shown
from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.decisions import is_unnamed
from governance.casefiles.checking.programme import partner_keys
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Wanted, report_kept, save_row
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionKind, DecisionState
from governance.models import Body, CouncilDecision, Decision
from governance.rules.text_hash import text_hash
from programme.models import PlanVersion, Programme
from services.models import BusinessCase

DEFAULT_LAPSE_DAYS = 180
_OUTCOMES = {
    "agreed": CouncilDecisionState.APPROVED.value,
    "declined": CouncilDecisionState.REJECTED.value,
}
_DECIDED = frozenset(
    {
        CouncilDecisionState.APPROVED,
        CouncilDecisionState.APPROVED_AMENDED,
        CouncilDecisionState.REJECTED,
    }
)


@dataclass(frozen=True, slots=True)
class Links:
    """What decisions refer to, by id."""

    bodies: dict[str, Body]
    plan_versions: dict[int, PlanVersion]
    cases: dict[CaseKey, BusinessCase]


def load_decisions(loading: Loading, file: CaseFile, programme: Programme, links: Links) -> None:
    """Decisions in order, each with the councils' own decisions."""
    rows = programme.decisions.select_related("body", "plan_version", "business_case", "source")
    existing = {decision.ref: decision for decision in rows.prefetch_related("council_decisions__council")}
    for index, entry in enumerate(file.entries("decisions")):
        ref = entry.text("id")
        decision = existing.get(ref) or Decision(programme=programme, ref=ref)
        values = _values(loading, file, entry, links) | {"order_index": index}
        values = _open_values(loading, decision, values)
        is_decided = bool(decision.pk) and any(
            own.state in _DECIDED for own in decision.council_decisions.all()
        )
        same_version = values.get("text_number") == decision.text_number
        wanted = Wanted(
            "decision",
            f"Decision {ref}",
            file.key,
            values,
            locked=frozenset({"text", "text_hash"}) if is_decided and same_version else frozenset(),
            why_locked="A council has decided on this text. Propose a new version",
        )
        decision = save_row(loading, decision, wanted)
        _load_council_decisions(loading, file, decision, entry)
    report_kept(loading, "decision", existing, (entry.text("id") for entry in file.entries("decisions")))


def _values(loading: Loading, file: CaseFile, entry: Entry, links: Links) -> dict[str, Any]:
    text = entry.text("text")
    return {
        "title": entry.text("label"),
        "summary": entry.text("summary"),
        "body": links.bodies.get(entry.text("body_id")),
        "body_text": entry.text("body"),
        "kind": entry.text("kind") or DecisionKind.RECOMMENDATION.value,
        "state": entry.text("state") or _state_of(file, entry),
        "text": text,
        "text_number": entry.integer("version") or 1,
        "text_hash": text_hash(text),
        "reasons": entry.text("reasons"),
        "is_key": entry.yes("is_key"),
        "taken": entry.date("date"),
        "meeting_on": entry.day("meeting_on"),
        "recommended_on": entry.day("recommended_on"),
        "not_before_on": entry.day("not_before"),
        "lapse_after_days": entry.integer("lapse_after_days") or DEFAULT_LAPSE_DAYS,
        "plan_version": links.plan_versions.get(entry.integer("plan_version") or 0),
        "business_case": links.cases.get(case_key(entry.entry("business_case"), "case")),
        "note": entry.text("note"),
        "source": loading.source(entry),
    }


def _open_values(loading: Loading, decision: Decision, values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that the stored decision withholds: an open file does not hold them."""
    if not (decision.pk and decision.is_withheld):
        return values
    for name in decision.withheld_fields:
        stored = getattr(decision, name)
        if values.get(name, stored) not in {stored, shown(decision, stored).text}:
            words = "it is withheld. Change what it withholds in Concordat"
            loading.report.refused.append(f"Decision {decision.ref}: {words}")
            break
    kept = {*decision.withheld_fields, "text_number", "text_hash"}
    return {name: value for name, value in values.items() if name not in kept}


def _state_of(file: CaseFile, entry: Entry) -> str:
    """Where a decision stands whose source gives only what each council said.

    In effect where all agreed; going ahead without those who declined where they are no partners now;
    blocked where a partner declined (domain.md 2.8).
    """
    outcomes = entry.entry("outcomes").data
    if not outcomes:
        return DecisionState.DRAFT.value
    declined = {
        key for key, outcome in outcomes.items() if _OUTCOMES[outcome] == CouncilDecisionState.REJECTED
    }
    if not declined:
        return DecisionState.EFFECTIVE.value
    if declined & partner_keys(file) or len(declined) == len(outcomes):
        return DecisionState.BLOCKED.value
    return DecisionState.PROCEEDING_WITHOUT.value


def _load_council_decisions(loading: Loading, file: CaseFile, decision: Decision, entry: Entry) -> None:
    existing = {_party(own): own for own in decision.council_decisions.select_related("council")}
    named = []
    for index, (key, party, values) in enumerate(_said_by_each(entry, decision)):
        named.append(key or party)
        own = existing.get(key or party) or CouncilDecision(
            decision=decision, council=loading.councils[key] if key else None, party_text=party
        )
        if own.pk and decision.is_withheld:
            values.pop("statement")
        wanted = Wanted(
            "council decision",
            f"Decision {decision.ref}, {key or party}",
            file.key,
            values | {"order_index": index},
        )
        save_row(loading, own, wanted)
    report_kept(loading, f"decision {decision.ref} of", existing, named)


def _said_by_each(entry: Entry, decision: Decision) -> list[tuple[str, str, dict[str, Any]]]:
    """Key or name of each council, and what it said."""
    short = [
        ("", key.replace("_", " "), _own_values(state=_OUTCOMES[outcome]))
        if is_unnamed(key)
        else (key, "", _own_values(state=_OUTCOMES[outcome]))
        for key, outcome in entry.entry("outcomes").data.items()
    ]
    long = [
        (own.text("council"), own.text("party"), _own_decision(own, decision))
        for own in entry.entries("councils")
    ]
    return short + long


def _own_decision(own: Entry, decision: Decision) -> dict[str, Any]:
    """What a council decided. One that approved decided on the present text, unless the file says another."""
    state = own.text("state") or CouncilDecisionState.AWAITING.value
    number, text_hash = own.integer("version"), own.text("text_hash")
    if state == CouncilDecisionState.APPROVED and decision.text:
        number = number if own.has("version") else decision.text_number
        if number == decision.text_number and not own.has("text_hash"):
            text_hash = decision.text_hash
    return _own_values(
        state=state,
        approval_body=own.text("approval_body") or ApprovalBody.NOT_STATED.value,
        text_number=number,
        text_hash=text_hash,
        decided=own.date("decided"),
        published_on=own.day("published_on"),
        next_meeting_on=own.day("next_meeting_on"),
        notice_published_on=own.day("notice_published_on"),
        statement=own.text("statement"),
    )


def _own_values(**given: Any) -> dict[str, Any]:
    nothing = {
        "approval_body": ApprovalBody.NOT_STATED.value,
        "text_number": None,
        "text_hash": "",
        "decided": None,
        "published_on": None,
        "next_meeting_on": None,
        "notice_published_on": None,
        "statement": "",
    }
    return nothing | given


def _party(own: CouncilDecision) -> str:
    return own.council.key if own.council else own.party_text

"""The steps of a benefit and its offers to other owners: only ever added to; an offer is answered once."""

from __future__ import annotations

from typing import Any

from benefits.enums import HandoverState
from benefits.models import Benefit, BenefitHandover, BenefitTransition
from governance.casefiles.entries import Entry, needed
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import audit_entry
from governance.casefiles.plain import plain
from programme.models import Programme


def load_life(loading: Loading, programme: Programme, benefit: Benefit, entry: Entry) -> None:
    """Enter the steps and offers that are not there yet, and the answers to those that had none."""
    steps = list(benefit.transitions.all())
    for one in entry.entries("steps"):
        _enter_step(loading, programme, benefit, one, steps)
    offers = list(benefit.handovers.all())
    for one in entry.entries("handovers"):
        _enter_offer(loading, programme, benefit, one, offers)


def _enter_step(
    loading: Loading, programme: Programme, benefit: Benefit, entry: Entry, rows: list[BenefitTransition]
) -> None:
    values: dict[str, Any] = {
        "step": entry.text("step"),
        "from_state": entry.text("from"),
        "to_state": entry.text("to"),
        "why": entry.text("why"),
        "agreed": plain(entry.raw("agreed")) or {},
    }
    by, at = loading.user(entry, "by"), entry.moment("at")
    for row in rows:
        if _says(row, values) and by in (None, row.by) and at in (None, row.at):
            rows.remove(row)
            return
    made = BenefitTransition.objects.create(
        benefit=benefit, by=loading.author(entry), at=at or noon(loading.as_of), **values
    )
    after = {"benefit": benefit.ref, "step": made.step}
    audit_entry(loading, made, noun="step", scope=programme.key, after=after, why=made.why)


def _enter_offer(
    loading: Loading, programme: Programme, benefit: Benefit, entry: Entry, rows: list[BenefitHandover]
) -> None:
    values: dict[str, Any] = {
        "to_owner": loading.user(entry, "to"),
        "from_owner": loading.user(entry, "from"),
        "note": entry.text("note"),
        "review_on": needed(entry.day("review_on")),
    }
    by, at, answered = loading.user(entry, "by"), entry.moment("at"), _answer(loading, entry)
    for row in rows:
        if _says(row, values) and by in (None, row.offered_by) and at in (None, row.offered_at):
            rows.remove(row)
            _answer_offer(loading, programme, row, answered)
            return
    made = BenefitHandover.objects.create(
        benefit=benefit,
        offered_by=loading.author(entry),
        offered_at=at or noon(loading.as_of),
        **values,
        **answered,
    )
    after = {"benefit": benefit.ref, "state": str(made.state)}
    audit_entry(loading, made, noun="handover", scope=programme.key, after=after)


def _answer(loading: Loading, entry: Entry) -> dict[str, Any]:
    """What was answered; nothing while the offer is open."""
    state = HandoverState(entry.text("state") or HandoverState.OFFERED)
    if state == HandoverState.OFFERED:
        return {}
    return {
        "state": state,
        "answer": entry.text("answer"),
        "answered_by": loading.author(entry, "answered_by"),
        "answered_at": entry.moment("answered_at") or noon(loading.as_of),
    }


def _answer_offer(
    loading: Loading, programme: Programme, row: BenefitHandover, answered: dict[str, Any]
) -> None:
    """Record the answer to an offer that waits for one."""
    if not answered or row.state != HandoverState.OFFERED:
        return
    for name, value in answered.items():
        setattr(row, name, value)
    row.save(update_fields=list(answered))
    after = {"benefit": row.benefit.ref, "state": str(row.state)}
    audit_entry(loading, row, noun="answer to a handover", scope=programme.key, after=after)


def _says(row: Any, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())

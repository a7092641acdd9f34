"""What waits for one person by their roles: notices, routes, decisions, publications, call-ins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from governance.council_steps import can_be_published, can_be_recorded, is_undecided
from governance.enums import ApprovalBody, DecisionState
from governance.models import CallIn, CouncilDecision, Decision
from governance.policies import Powers, can_record_for, can_set_route, powers_of
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.facts import Answer
from governance.rules.machine import IS_TERMINAL
from governance.rules.steps import lawful_by_urgency, notice_due_on
from programme.models import Programme

_OVER = (*IS_TERMINAL, DecisionState.EFFECTIVE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person; `due_on` is None where no day is set."""

    what: str
    decision: Decision
    council: str
    url: str
    due_on: date | None = None


def my_approvals(user: User, *, as_of: date) -> list[Waiting]:
    """What waits for the person in every programme they read, the earliest first, undated last."""
    found: list[Waiting] = []
    for programme in Programme.objects.visible_to(user).select_related("partnership").order_by("pk"):
        powers = powers_of(user, programme)
        if powers.own:
            found += _of_programme(programme, powers, as_of)
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or as_of, one.decision.pk))


def _of_programme(programme: Programme, powers: Powers, as_of: date) -> Iterator[Waiting]:
    decisions = programme.decisions.exclude(state__in=_OVER).prefetch_related(
        "programme__partnership__memberships"
    )
    for row in decision_rows(decisions, as_of=as_of):
        if not row.is_reported:
            yield from _of_decision(row, powers)
    for call_in in _open_call_ins(programme):
        asked = call_in.council_decision
        if can_record_for(powers, asked):
            yield Waiting(
                "Record what scrutiny did with the call-in",
                asked.decision,
                str(asked.council),
                reverse("governance:decision_call_in", args=[call_in.pk]),
                call_in.scrutiny_meets_on,
            )


def _of_decision(row: DecisionRow, powers: Powers) -> Iterator[Waiting]:
    for (asked, _), answer in zip(row.answers, row.proposal.answers, strict=True):
        has_route = asked.approval_body != ApprovalBody.NOT_STATED
        if not has_route and is_undecided(asked) and can_set_route(powers, asked):
            yield _waiting("Set how the council decides", row, asked, answer, "route", None)
        if can_record_for(powers, asked):
            yield from _to_record(row, asked, answer)


def _to_record(row: DecisionRow, asked: CouncilDecision, answer: Answer) -> Iterator[Waiting]:
    """Notices, decisions and publications of a council's democratic services."""
    due_on = notice_due_on(answer, row.proposal, row.day)
    has_notice = answer.notice_published_on or lawful_by_urgency(answer, row.day)
    if is_undecided(asked) and due_on and not has_notice:
        yield _waiting("Publish the notice of the key decision", row, asked, answer, "notice", due_on)
    if can_be_recorded(asked):
        yield _waiting("Record what the council decides", row, asked, answer, "record", asked.next_meeting_on)
    if can_be_published(asked):
        yield _waiting("Publish the decision", row, asked, answer, "publish", asked.decided_last_on)


def _waiting(
    what: str, row: DecisionRow, asked: CouncilDecision, answer: Answer, step: str, due_on: date | None
) -> Waiting:
    url = reverse("governance:decision_council", args=[asked.pk, step])
    return Waiting(what, row.decision, answer.name, url, due_on)


def _open_call_ins(programme: Programme) -> Iterator[CallIn]:
    rows = CallIn.objects.filter(council_decision__decision__programme=programme, outcome="")
    related = rows.exclude(council_decision__decision__state__in=_OVER).select_related(
        "council_decision__decision__programme__partnership", "council_decision__council"
    )
    return iter(related.order_by("raised_at", "pk"))

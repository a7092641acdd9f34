"""What waits for one person by their roles: notices, decisions, call-ins, business cases, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from benefits.queries.opinions_awaited import opinions_awaited
from governance.council_steps import can_be_published, can_be_recorded, is_undecided
from governance.enums import ApprovalBody, DecisionState
from governance.models import CallIn, CouncilDecision, Decision
from governance.policies import Powers, can_record_for, can_set_route
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.facts import Answer
from governance.rules.machine import IS_TERMINAL
from governance.rules.steps import lawful_by_urgency, notice_due_on
from programme.models import Programme
from services.models import BusinessCase
from services.policies import powers_in
from services.queries.statements_awaited import statements_awaited
from services.queries.steps_awaited import steps_awaited

_OVER = (*IS_TERMINAL, DecisionState.EFFECTIVE)
# A council that is no partner is acted for by the manager: whether it is one is asked of every row.
_MEMBERS = "programme__partnership__memberships"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be approved: a decision, a business case or a proposed plan."""

    title: str
    url: str
    programme: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person; `due_on` is None where no day is set."""

    what: str
    about: Subject
    council: str
    url: str
    due_on: date | None = None


def my_approvals(user: User, *, as_of: date) -> list[Waiting]:
    """What waits for the person in every programme they read, the earliest first, undated last.

    At most 28 queries, however many programmes.
    """
    readable = Programme.objects.visible_to(user).select_related("partnership").order_by("pk")
    programmes = {programme.pk: programme for programme in readable}
    powers = {
        key: own
        for key, own in powers_in(user, list(programmes.values())).items()
        if own.own or own.is_manager or own.is_sro
    }
    if not powers:
        return []
    found = [*_decisions(powers, as_of), *_call_ins(powers), *_opinions(powers, programmes, user)]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or as_of))


def _decisions(powers: Mapping[int, Powers], as_of: date) -> Iterator[Waiting]:
    decisions = Decision.objects.filter(programme__in=powers).exclude(state__in=_OVER)
    ordered = decisions.prefetch_related(_MEMBERS).order_by("programme", "order_index", "pk")
    for row in decision_rows(ordered, as_of=as_of):
        if not row.is_reported:
            yield from _of_decision(row, powers[row.decision.programme_id])


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
    return Waiting(what, _decision(row.decision), answer.name, url, due_on)


def _call_ins(powers: Mapping[int, Powers]) -> Iterator[Waiting]:
    for call_in in _open_call_ins(powers):
        asked = call_in.council_decision
        if can_record_for(powers[asked.decision.programme_id], asked):
            yield Waiting(
                "Record what scrutiny did with the call-in",
                _decision(asked.decision),
                str(asked.council),
                reverse("governance:decision_call_in", args=[call_in.pk]),
                call_in.scrutiny_meets_on,
            )


def _open_call_ins(programmes: Iterable[int]) -> QuerySet[CallIn]:
    rows = CallIn.objects.filter(council_decision__decision__programme__in=list(programmes), outcome="")
    related = rows.exclude(council_decision__decision__state__in=_OVER).select_related(
        "council_decision__decision__programme__partnership", "council_decision__council"
    )
    return related.prefetch_related(f"council_decision__decision__{_MEMBERS}").order_by("raised_at", "pk")


def _opinions(
    powers: Mapping[int, Powers], programmes: Mapping[int, Programme], user: User
) -> Iterator[Waiting]:
    """What a section 151 officer is asked of business cases and of proposed plans; no day is set for it."""
    for step in steps_awaited(powers):
        about = _case(step.case, programmes)
        url = f"{reverse('services:case_step', args=[step.case.pk])}?step={step.step.value}"
        yield Waiting(str(step.step.label), about, "All councils", url)
    for awaited in statements_awaited(powers):
        case, about = awaited.case, _case(awaited.case, programmes)
        url = f"{reverse('services:case_statement', args=[case.pk])}?council={awaited.council.key}"
        yield Waiting("Make the statement of the section 151 officer", about, str(awaited.council), url)
    signed = {key: own.signed_councils for key, own in powers.items()}
    for opinion in opinions_awaited(signed, user_id=user.pk):
        plan = opinion.proposal
        about = Subject(str(plan), plan.get_absolute_url(), programmes[plan.programme_id].name)
        url = reverse("benefits:plan_opinion_create", args=[plan.pk])
        yield Waiting("Say whether the council supports the plan", about, str(opinion.council), url)


def _case(case: BusinessCase, programmes: Mapping[int, Programme]) -> Subject:
    return Subject(str(case), case.get_absolute_url(), programmes[case.programme_id].name, case.ref)


def _decision(decision: Decision) -> Subject:
    return Subject(decision.title, decision.get_absolute_url(), decision.programme.name, decision.ref)

"""Reminders while councils ratify: who has not answered, what lapses, that councils differ (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import london_date
from core.rules.calendar import format_date
from governance.enums import DecisionState
from governance.models import ChairTerm, CouncilDecisionRecord, Decision
from governance.queries.facts import proposal_of
from governance.queries.reminders.asked import Asked, AskedReminders, asked_of, day_now, live_decisions
from governance.queries.reminders.meetings import CHAIR
from governance.rules.clocks import differs
from governance.rules.settle import lapses_on
from governance.rules.voting import municipal_year
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role, senior_owner

_WAITING = (DecisionState.RECOMMENDED, DecisionState.RATIFYING)
_CAN_LAPSE = (*_WAITING, DecisionState.BLOCKED)


class RatificationOutstanding(AskedReminders):
    """A council has not answered 14 and 28 days after the recommendation; after 42 the owner is told."""

    rule = "ratification_outstanding"
    wanted = Q(state__in=_WAITING, recommended_on__isnull=False)

    def of(self, asked: Asked) -> Iterable[Happening]:
        """The day of the recommendation, while the council has not decided."""
        on = asked.decision.recommended_on
        if on is None or asked.decision.state not in _WAITING or not asked.is_undecided:
            return
        yield Happening(
            asked.row.pk,
            on,
            f"Ratification outstanding: {asked.title}",
            asked.decision.programme,
            _outstanding(asked),
            f"Recommended on {format_date(on)}, not decided yet",
        )


class DecisionsLapse(RoleReminders):
    """A decision lapses in 30 days unless every council has approved it."""

    rule = "decision_lapses"
    object_type = Decision._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the decision."""
        return reverse("governance:decision_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Decisions that can lapse. Seven queries."""
        wanted = Q(state__in=_CAN_LAPSE, recommended_on__isnull=False)
        for decision in live_decisions(wanted if object_ids is None else wanted & Q(pk__in=object_ids)):
            on = lapses_on(proposal_of(decision))
            if on is not None:
                title = f"Lapses without every council’s approval: {decision.ref} {decision.title}"
                yield Happening(decision.pk, on, title, decision.programme, _lapse(decision))


class CouncilsOutOfStep(RoleReminders):
    """A council said no, or approved other words: all leads and the owner are told once, the chair too.

    The mail goes out with the next morning's run after the record, as every person has one mail a day.
    """

    rule = "councils_out_of_step"
    object_type = Decision._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the decision."""
        return reverse("governance:decision_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Decisions on whose present text councils differ, with the day on which the first did."""
        wanted = Q(state__in=(DecisionState.RATIFYING, DecisionState.BLOCKED))
        found = live_decisions(wanted if object_ids is None else wanted & Q(pk__in=object_ids))
        differing = {
            one.row.pk: decision
            for decision in found
            for one in asked_of(decision)
            if differs(one.answer, one.proposal)
        }
        chairs = _chairs(set(differing.values()))
        for decision, on in _first_days(differing).items():
            title = f"Councils are out of step: {decision.ref} {decision.title}"
            told = _out_of_step(decision, chairs.get(decision.body_id or 0))
            when = f"Recorded on {format_date(on)}: a council did not approve this text"
            yield Happening(decision.pk, on, title, decision.programme, told, when)


def _first_days(differing: dict[int, Decision]) -> dict[Decision, date]:
    """For each decision the day on which the first differing answer to its present text was recorded."""
    records = CouncilDecisionRecord.objects.filter(council_decision__in=differing).order_by("pk")
    first: dict[Decision, date] = {}
    for row in records:
        decision = differing[row.council_decision_id]
        if row.text_number == decision.text_number:
            first.setdefault(decision, london_date(row.entered_at))
    return first


def _chairs(decisions: set[Decision]) -> dict[int, int | None]:
    """For each body the person who chairs it this municipal year, where one is named."""
    year = municipal_year(day_now().as_of)
    bodies = {decision.body_id for decision in decisions if decision.body_id}
    terms = ChairTerm.objects.filter(body__in=bodies, municipal_year=year)
    return dict(terms.values_list("body", "chair_member__user"))


def _outstanding(asked: Asked) -> Callable[[Holders], list[Told]]:
    council, partnership = asked.row.council_id, asked.decision.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_council, RoleName.COUNCIL_LEAD, council, partnership),
            by_role(holders.of_council, RoleName.DEMOCRATIC_SERVICES, council, partnership),
            senior_owner(holders, asked.decision.programme),
        ]

    return told


def _lapse(decision: Decision) -> Callable[[Holders], list[Told]]:
    partnership = decision.programme.partnership_id
    waiting = [one.row.council_id for one in asked_of(decision) if one.is_undecided]

    def told(holders: Holders) -> list[Told]:
        leads = [by_role(holders.of_council, RoleName.COUNCIL_LEAD, key, partnership) for key in waiting]
        return [*leads, senior_owner(holders, decision.programme)]

    return told


def _out_of_step(decision: Decision, chair: int | None) -> Callable[[Holders], list[Told]]:
    partnership = decision.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_partners, RoleName.COUNCIL_LEAD, partnership),
            senior_owner(holders, decision.programme, ReminderStep.TOLD),
            (holders.readers_among([chair], partnership), ReminderStep.ESCALATED, CHAIR),
        ]

    return told

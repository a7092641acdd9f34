"""What the councils are asked to decide, as the rules see it: the base of reminders about notices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import today
from core.rules.calendar import bank_holidays
from governance.enums import CouncilDecisionState, DecisionState
from governance.models import CouncilDecision, Decision
from governance.queries.facts import proposal_of, with_answers
from governance.rules.facts import Answer, Day, Proposal
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role
from programme.querysets import QUIET

ENDED = (
    DecisionState.EFFECTIVE,
    DecisionState.IMPLEMENTED,
    DecisionState.SUPERSEDED,
    DecisionState.LAPSED,
    DecisionState.WITHDRAWN,
)
_UNDECIDED = (CouncilDecisionState.AWAITING, CouncilDecisionState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One council that is asked for one decision, with the facts of both."""

    decision: Decision
    row: CouncilDecision
    proposal: Proposal
    answer: Answer

    @property
    def is_undecided(self) -> bool:
        """Whether the council has still to decide, and the others do not go ahead without it."""
        return self.row.state in _UNDECIDED and not self.row.is_left_out

    @property
    def title(self) -> str:
        """D-01 Share revenues, Carrick. Titles are always open."""
        return f"{self.decision.ref} {self.decision.title}, {self.answer.council}"


def day_now() -> Day:
    """Today and England's bank holidays."""
    return Day(today(), bank_holidays())


def live_decisions(wanted: Q) -> list[Decision]:
    """Decisions under way in programmes that are, with all the rules ask of them. Seven queries."""
    rows = Decision.objects.filter(wanted).exclude(state__in=ENDED).exclude(programme__state__in=QUIET)
    return list(with_answers(rows.distinct()).order_by("pk"))


def asked_of(decision: Decision) -> Iterator[Asked]:
    """Every council that is asked for a decision read by `live_decisions`."""
    proposal = proposal_of(decision)
    for row, answer in zip(decision.council_decisions.all(), proposal.answers, strict=True):
        yield Asked(decision, row, proposal, answer)


class AskedReminders(RoleReminders):
    """Reminders about what one council is asked; the object is the council's own decision."""

    object_type = CouncilDecision._meta.label_lower
    wanted: Q = Q()

    def path(self, object_id: int) -> str:
        """The page of the decision."""
        return reverse("governance:council_decision_detail", args=[object_id])

    def asked(self, object_ids: Collection[int] | None) -> Iterator[Asked]:
        """The councils asked, or those with these keys."""
        own = self.wanted if object_ids is None else Q(council_decisions__in=object_ids)
        for decision in live_decisions(own):
            for one in asked_of(decision):
                if object_ids is None or one.row.pk in object_ids:
                    yield one

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterable[Happening]:
        """What each council asked has before it."""
        for one in self.asked(object_ids):
            yield from self.of(one)

    def of(self, asked: Asked) -> Iterable[Happening]:
        """What one council has before it; nothing where the condition has cleared."""
        raise NotImplementedError


def officers(asked: Asked) -> Callable[[Holders], list[Told]]:
    """The council's democratic services, then its monitoring officer."""
    council, partnership = asked.row.council_id, asked.decision.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_council, RoleName.DEMOCRATIC_SERVICES, council, partnership),
            by_role(
                holders.of_council,
                RoleName.MONITORING_OFFICER,
                council,
                partnership,
                step=ReminderStep.ESCALATED,
            ),
        ]

    return told

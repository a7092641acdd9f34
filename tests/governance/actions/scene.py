"""Ashmere, Brockvale and Carrick with all who act on decisions, and a steering group that recommends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from core.clock import LONDON
from governance.actions.council_decisions import (
    Outcome,
    publish_council_decision,
    record_council_decision,
)
from governance.actions.decisions import (
    DecisionDraft,
    announce_decision,
    draft_decision,
    record_recommendation,
    send_to_councils,
    table_decision,
)
from governance.actions.requirements import Notice, publish_notice, require_council
from governance.enums import ApprovalBody, Authority, BodyType, CouncilDecisionState
from governance.models import Body, CouncilDecision, Decision, DecisionTransition
from programme.models import Council, CouncilSetting, Programme
from tests.factories import (
    BodyFactory,
    CouncilFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    role,
)

NAMES = ("Ashmere", "Brockvale", "Carrick")
STARTS = datetime(2026, 11, 2, 9, tzinfo=LONDON)
CABINET, FULL_COUNCIL = ApprovalBody.EXECUTIVE, ApprovalBody.FULL_COUNCIL
ROUTES = {"ashmere": CABINET, "brockvale": CABINET, "carrick": FULL_COUNCIL}
TEXT = "The councils share revenues and benefits."


@dataclass
class Scene:
    """The rows and people that tests name. `clock` is the traveller that holds the time; where it `ticks`, it
    runs on."""

    programme: Programme
    councils: dict[str, Council]
    manager: User
    owner: User
    clerks: dict[str, User]
    monitors: dict[str, User]
    scrutiny: dict[str, User]
    group: Body
    clock: Any
    people: dict[str, User] = field(default_factory=dict)
    ticks: bool = False

    def at(self, *moment: int) -> datetime:
        """Move to a moment by the clock in London."""
        when = datetime(*moment, tzinfo=LONDON)  # type: ignore[arg-type,misc]
        self.clock.move_to(when, tick=self.ticks)
        return when

    def fresh(self, decision: Decision) -> Decision:
        """The decision as it is stored now."""
        return Decision.objects.select_related("programme__partnership", "body").get(pk=decision.pk)

    def asked(self, decision: Decision, key: str) -> CouncilDecision:
        """What one council is asked, as it is stored now."""
        rows = CouncilDecision.objects.select_related("council", "decision__programme__partnership")
        return rows.get(decision=decision, council__key=key)

    def draft(self, **values: Any) -> Decision:
        """A draft to share revenues and benefits, required of all three councils by their usual routes."""
        drafted: dict[str, Any] = {
            "title": "Share revenues and benefits",
            "text": TEXT,
            "body": self.group,
            "reasons": "One team costs less.",
            "alternatives_rejected": "Each council on its own.",
            **values,
        }
        decision = draft_decision(self.programme, DecisionDraft(**drafted), by=self.manager)
        for key, route in ROUTES.items():
            require_council(
                decision, self.councils[key], by=self.manager, seen_version=1, approval_body=route
            )
        return decision

    def tabled(self, meeting_on: date = date(2026, 11, 24), **values: Any) -> Decision:
        """A draft that is on the agenda of the joint body."""
        decision = announce_decision(self.draft(**values), by=self.manager, seen_version=1)
        return table_decision(decision, by=self.manager, seen_version=2, meeting_on=meeting_on)

    def recommended(self, **values: Any) -> Decision:
        """What the group recommends on 24 November 2026."""
        decision = self.tabled(**values)
        self.at(2026, 11, 24, 18)
        return record_recommendation(
            decision, by=self.clerks["ashmere"], seen_version=3, recommended_on=date(2026, 11, 24)
        )

    def ratifying(self, **values: Any) -> Decision:
        """The recommendation before all three councils."""
        return send_to_councils(self.recommended(**values), by=self.manager, seen_version=4)

    def notify(self, decision: Decision, key: str, published_on: date) -> CouncilDecision:
        """A council's notice of a key decision."""
        asked = self.asked(decision, key)
        clerk = self.clerks[key]
        return publish_notice(
            asked, by=clerk, seen_version=asked.version, published_on=published_on, notice=Notice.KEY
        )

    def decides(
        self,
        decision: Decision,
        key: str,
        decided_on: date,
        state: str = CouncilDecisionState.APPROVED,
        **outcome: Any,
    ) -> CouncilDecision:
        """What a council decided, recorded by its democratic services."""
        asked = self.asked(decision, key)
        said = {
            "reasons": "It costs less.",
            "alternatives_rejected": "None considered.",
            "state": state,
            "decided_on": decided_on,
            **outcome,
        }
        return record_council_decision(
            asked, Outcome(**said), by=self.clerks[key], seen_version=asked.version
        )

    def publishes(self, decision: Decision, key: str, published_on: date) -> CouncilDecision:
        """The day on which a council published its decision."""
        asked = self.asked(decision, key)
        return publish_council_decision(
            asked, by=self.clerks[key], seen_version=asked.version, published_on=published_on
        )

    def a_and_b_approve(self, decision: Decision) -> Decision:
        """Ashmere's cabinet publishes on 18 December, Brockvale's on 8 January (F-31)."""
        self.at(2026, 12, 18, 12)
        self.decides(decision, "ashmere", date(2026, 12, 16))
        self.publishes(decision, "ashmere", date(2026, 12, 18))
        self.at(2027, 1, 8, 12)
        self.decides(decision, "brockvale", date(2027, 1, 6))
        self.publishes(decision, "brockvale", date(2027, 1, 8))
        return self.fresh(decision)

    def approved_by_all(self, **values: Any) -> Decision:
        """All approve: Carrick's full council last, on 14 January 2027, while Brockvale's call-in runs."""
        decision = self.a_and_b_approve(self.ratifying(**values))
        self.at(2027, 1, 14, 20)
        self.decides(decision, "carrick", date(2027, 1, 14))
        return self.fresh(decision)

    def committee(self) -> Body:
        """A joint committee with power to decide."""
        return BodyFactory(
            partnership=self.programme.partnership,
            type=BodyType.JOINT_COMMITTEE,
            authority=Authority.DECIDES,
            name="Joint committee",
        )


def make_scene(clock: Any) -> Scene:
    """Three councils with 5 working days of call-in to 5pm and 3 signatories, on 2 November 2026."""
    clock.move_to(STARTS, tick=False)
    councils = {name.lower(): CouncilFactory(key=name.lower(), short_name=name) for name in NAMES}
    for council in councils.values():
        CouncilSetting.objects.create(council=council, from_on=date(2020, 4, 1), callin_min_members=3)
    partnership = PartnershipFactory(key="abc", name="ABC", councils=list(councils.values()))
    owner = UserFactory(name="Sam Okafor")
    role(owner, RoleName.SRO, partnership=partnership)
    programme = ProgrammeFactory(key="abc", name="Shared services", partnership=partnership, sro=owner)
    return Scene(
        programme=programme,
        councils=councils,
        manager=_person("Priya Raman", RoleName.PROGRAMME_MANAGER, partnership=partnership),
        owner=owner,
        group=BodyFactory(partnership=partnership, type=BodyType.STEERING_GROUP),
        clock=clock,
        **officers(councils),
    )


def officers(councils: dict[str, Council]) -> dict[str, dict[str, User]]:
    """For each council its democratic services, its monitoring officer and a member of its scrutiny."""
    return {
        "clerks": _each(councils, "Clerk", RoleName.DEMOCRATIC_SERVICES),
        "monitors": _each(councils, "Monitoring officer", RoleName.MONITORING_OFFICER),
        "scrutiny": _each(councils, "Scrutiny member", RoleName.SCRUTINY_MEMBER),
    }


def steps(decision: Decision) -> list[tuple[str, str]]:
    """Each step of a decision and the state that it led to, in order."""
    rows = DecisionTransition.objects.filter(decision=decision).order_by("pk")
    return list(rows.values_list("step", "to_state"))


def _each(councils: dict[str, Council], title: str, name: RoleName) -> dict[str, User]:
    return {key: _person(f"{title} of {council}", name, council=council) for key, council in councils.items()}


def _person(name: str, held: RoleName, **scope: Any) -> User:
    user: User = UserFactory(name=name)
    role(user, held, **scope)
    return user

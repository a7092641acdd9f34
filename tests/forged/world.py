"""Our world beside a programme that nobody of ours takes part in, and how a forger names what is there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benefits.models import ActualAmount, Benefit, BudgetLine, Line
from governance.enums import Attending, DecisionState, MeetingState
from governance.models import BodyMember, Decision
from programme.models import GateReview, Milestone, Phase, Programme, Risk, Tranche
from services.enums import ReviewState
from services.models import CaseOption, CostPool, Service, ServiceReview
from services.queries.review_lessons import review_name
from tests import factories
from tests.rows_of_everything import rows_of
from tests.services.review_rows import ReviewTaskFactory
from tests.stale.world import World, all_at_one_version, make_world

HELD_AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
_PKS = (
    "milestone",
    *("agreement", "body", "body_member", "meeting", "call_in", "plan_proposal", "compensation", "review"),
    *("business_case", "pool", "apportionment_key", "review_task", "decision", "service", "benefit", "line"),
    *("risk", "phase", "tranche", "gate_review", "lesson"),
)


@dataclass
class ForgedWorld(World):
    """The same with their rows; `ids` name them as "their_", and as "kin_" our rows of other objects."""

    theirs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def can_fill(self, value: Any) -> bool:
        """Whether every row that is named is there."""
        return {*re.findall(r"\{(\w+)\}", json.dumps(value))} <= {*self.ids}


def forged_world() -> ForgedWorld:
    """Both programmes, every row at one version."""
    made = make_world()
    theirs, named = _their_rows()
    ids = made.ids | named | _kin() | {"email": made.user.email}
    world = ForgedWorld(made.user, made.rows | _our_rows(made), ids, theirs)
    all_at_one_version()
    return world


def _kin() -> dict[str, str]:
    """Rows of our programme that belong to another body, review or case than the one asked about."""
    programme = Programme.objects.get(key="shared")
    member = factories.BodyMemberFactory(body=factories.BodyFactory(partnership=programme.partnership))
    meeting = factories.MeetingFactory(body=member.body, starts_at=HELD_AT, state=MeetingState.HELD)
    option = factories.CaseOptionFactory(business_case__programme=programme)
    review = factories.ServiceReviewFactory(service=programme.services.first())
    task = ReviewTaskFactory(review=review)
    return {
        "kin_body_member": str(member.pk),
        "kin_meeting": str(meeting.pk),
        "kin_option": str(option.pk),
        "kin_option_ref": option.ref,
        "kin_review_task": str(task.pk),
    }


def _their_rows() -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What the addresses of their rows take, and by name what a forger writes: "their_council"."""
    programme: Programme = factories.ProgrammeFactory(key="theirs", name="Dunmere and Eastholt")
    rows = rows_of(programme)
    council = factories.councils_of(programme)[0]
    user = factories.UserFactory()
    ids = {name: str(rows[name]["pk"]) for name in _PKS} | {
        "programme": programme.key,
        "partnership": programme.partnership.key,
        "partnership_pk": str(programme.partnership_id),
        "council": council.key,
        "council_pk": str(council.pk),
        "user": str(user.pk),
        "email": user.email,
        "service_ref": Service.objects.get(pk=rows["service"]["pk"]).ref,
        "line_ref": Line.objects.get(pk=rows["line"]["pk"]).ref,
        "benefit_ref": Benefit.objects.get(pk=rows["benefit"]["pk"]).ref,
        "risk_ref": Risk.objects.get(pk=rows["risk"]["pk"]).ref,
        "milestone_ref": Milestone.objects.get(pk=rows["milestone"]["pk"]).ref,
        "phase_ref": Phase.objects.get(pk=rows["phase"]["pk"]).ref,
        "tranche_ref": Tranche.objects.get(pk=rows["tranche"]["pk"]).ref,
        "gate_review_ref": GateReview.objects.get(pk=rows["gate_review"]["pk"]).ref,
        "review_name": review_name(ServiceReview.objects.get(pk=rows["review"]["pk"])),
        "pool_ref": CostPool.objects.get(pk=rows["pool"]["pk"]).ref,
        "decision_ref": Decision.objects.get(pk=rows["decision"]["pk"]).ref,
        "option": str(rows["case_option"]["option_pk"]),
        "option_ref": CaseOption.objects.get(pk=rows["case_option"]["option_pk"]).ref,
        "actual": str(ActualAmount.objects.get(pk=rows["actual_amount"]["pk"]).pk),
        "budget": str(rows["budget_line"]["pk"]),
        "ledger_code": BudgetLine.objects.get(pk=rows["budget_line"]["pk"]).ledger_code,
    }
    return rows, {f"their_{name}": value for name, value in ids.items()}


def _our_rows(world: World) -> dict[str, dict[str, Any]]:
    """Rows of ours that stand where a request about them is looked at: by the name of the address."""
    programme = Programme.objects.get(key="shared")
    service = programme.services.get(pk=world.rows["service"]["pk"])
    review = factories.ServiceReviewFactory(service=service, state=ReviewState.RECOMMENDED)
    draft = factories.DecisionFactory(programme=programme, state=DecisionState.DRAFT)
    blocked = factories.DecisionFactory(
        programme=programme,
        state=DecisionState.BLOCKED,
        is_severable=True,
        councils=factories.councils_of(programme),
    )
    member = BodyMember.objects.get(pk=world.rows["body_member"]["pk"])
    meeting = factories.MeetingFactory(body=member.body, starts_at=HELD_AT, state=MeetingState.HELD)
    meeting.attendances.create(member=member, state=Attending.PRESENT)
    item = {"pk": factories.AgendaItemFactory(meeting=meeting).pk}
    return {
        "benefits:council_payment_create": {"pk": factories.agreed_compensation(programme).pk},
        "services:review_step": {"pk": review.pk},
        "api:decision-detail": {"pk": draft.pk},
        "api:decision-new-version": {"pk": blocked.pk},
        "api:decision-proceed": {"pk": blocked.pk},
        "api:agenda-item-interests": item,
        "api:agenda-item-votes": item,
    }

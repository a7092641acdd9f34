"""A programme with 500 decisions of four councils: half of them to be taken in the year to come."""

from datetime import date, timedelta

from accounts.enums import RoleName
from accounts.models import User
from core.clock import today
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionState
from governance.models import CouncilDecision, Decision
from governance.rules.text_hash import text_hash
from programme.models import Council, Programme
from tests.factories import CouncilSettingFactory, ProgrammeFactory, councils_of, role

COUNCILS, DECISIONS, DAYS_OF_YEAR = 4, 500, 365
TEXT = "The councils share the service."
CABINET = ApprovalBody.EXECUTIVE
BODIES = (CABINET, CABINET, ApprovalBody.EXECUTIVE_MEMBER, ApprovalBody.FULL_COUNCIL)


def make_decisions(manager: User) -> Programme:
    """Every other decision is in effect; of the others two councils approved and two are still to decide."""
    programme: Programme = ProgrammeFactory(partnership__councils=COUNCILS)
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    councils = councils_of(programme)
    for council in councils:
        CouncilSettingFactory(council=council)
    decisions = Decision.objects.bulk_create(
        _decision(programme, number, manager) for number in range(DECISIONS)
    )
    CouncilDecision.objects.bulk_create(
        _answer(decision, number, index, council)
        for number, decision in enumerate(decisions)
        for index, council in enumerate(councils)
    )
    return programme


def _decision(programme: Programme, number: int, by: User) -> Decision:
    is_over = number % 2 == 0
    recommended_on = today() - timedelta(days=120 if is_over else 40)
    return Decision(
        programme=programme,
        ref=f"D-{number:03d}",
        title=f"Share service {number}",
        order_index=number,
        state=DecisionState.EFFECTIVE if is_over else DecisionState.RATIFYING,
        text=TEXT,
        text_hash=text_hash(TEXT),
        is_key=number % 3 == 0,
        meeting_on=recommended_on,
        recommended_on=recommended_on,
        lapse_after_days=DAYS_OF_YEAR * 2,
        created_by=by,
        updated_by=by,
    )


def _answer(decision: Decision, number: int, index: int, council: Council) -> CouncilDecision:
    answer = CouncilDecision(
        decision=decision, council=council, order_index=index, approval_body=BODIES[index],
        created_by=decision.created_by, updated_by=decision.created_by,
    )  # fmt: skip
    if decision.state == DecisionState.RATIFYING and index >= COUNCILS // 2:
        answer.next_meeting_on = today() + timedelta(days=1 + number % DAYS_OF_YEAR)
        return answer
    decided_on: date = decision.meeting_on + timedelta(days=10 + index) if decision.meeting_on else today()
    answer.state, answer.text_number = CouncilDecisionState.APPROVED, 1
    answer.text_hash = decision.text_hash
    answer.decided_first_on = answer.decided_last_on = decided_on
    answer.decided_precision, answer.published_on = "day", decided_on + timedelta(days=2)
    return answer

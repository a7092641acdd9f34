"""Record how certain it is that a business case keeps the quality of the service (F-24)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text
from services.enums import Confidence
from services.models import BusinessCase, QualityJudgement
from services.policies import check_judge_quality, powers_of

ASKS = "Say why"


@transaction.atomic
def judge_quality(
    case: BusinessCase, *, by: User, certainty: str, reason: str, channel: str = Channel.PAGE
) -> QualityJudgement:
    """A further judgement of a version; the latest counts. Refuses one without a reason."""
    check_judge_quality(powers_of(by, case.programme))
    if certainty not in Confidence.values:
        raise Refusal("Choose how certain it is that quality is kept", "certainty")
    why = check_text(reason, "Reason", field="reason")
    check_reason(why, ASKS)
    judged = QualityJudgement.objects.create(
        business_case=case, certainty=certainty, reason=why, entered_by=by
    )
    after = {"certainty": judged.certainty, "reason": judged.reason}
    record(case, by=by, action="judge_quality", channel=channel, scope=case.programme.key, after=after)
    return judged

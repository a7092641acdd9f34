"""Bodies, decisions and each council's own decision."""

from governance.models.body import Body, BodySeat
from governance.models.decision import CouncilDecision, Decision

__all__ = ["Body", "BodySeat", "CouncilDecision", "Decision"]

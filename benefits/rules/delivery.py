"""How sure the pounds of a saving are: delivered, on track, at risk."""

from __future__ import annotations

from dataclasses import dataclass

from benefits.enums import BenefitState
from benefits.rules.outturn import Outturn

_NOT_COMING = {
    BenefitState.IDENTIFIED: "It is not approved yet",
    BenefitState.PROFILED: "It is not approved yet",
    BenefitState.NOT_REALISED: "It is recorded as not realised",
    BenefitState.WITHDRAWN: "It is withdrawn",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Expected pounds by how sure they are."""

    delivered_pence: int = 0
    on_track_pence: int = 0
    at_risk_pence: int = 0

    @property
    def expected_pence(self) -> int:
        """All three together."""
        return self.delivered_pence + self.on_track_pence + self.at_risk_pence

    def __add__(self, other: Delivery) -> Delivery:
        return Delivery(
            self.delivered_pence + other.delivered_pence,
            self.on_track_pence + other.on_track_pence,
            self.at_risk_pence + other.at_risk_pence,
        )


def delivery_of(one: Outturn, *, is_at_risk: bool) -> Delivery:
    """How sure expected pounds are.

    Delivered: verified by the council's section 151 officer. At risk: what a benefit is still to give that
    is at risk (`doubts_of`), and whatever was forecast for a month that is over and was not returned. On
    track: the rest, that is claimed and not verified yet, or forecast for a month to come.
    """
    pending = one.claimed_pence + one.coming_pence
    return Delivery(
        delivered_pence=one.verified_pence,
        on_track_pence=0 if is_at_risk else pending,
        at_risk_pence=one.late_pence + (pending if is_at_risk else 0),
    )


def doubts_of(state: str, reasons: tuple[str, ...]) -> tuple[str, ...]:
    """Why a benefit is at risk: what its forecast, enablers and measure say (2.9), or that nobody runs it."""
    not_coming = _NOT_COMING.get(BenefitState(state))
    return (not_coming, *reasons) if not_coming else reasons

"""Payments from councils that gain to partners that would be worse off (F-22, INV-26, INV-27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.rules.apportionment import apportion
from core.rules.assessment import NotAssessable
from core.rules.money import format_pounds

Nets = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Payment:
    """What one council pays another, and by how much its limit cut it; both in pence."""

    payer: str
    beneficiary: str
    pence: int
    cut_pence: int = 0


@dataclass(frozen=True, slots=True)
class CompensationProposal:
    """Payments that make nobody worse off, as far as the payers' own gains allow.

    Test 1: the partnership as a whole does not lose. Test 2: no payer falls below its position without the
    beneficiary; not assessable while that position is not known.
    """

    nets_pence: Mapping[str, int]
    payments: tuple[Payment, ...]
    is_affordable: bool
    is_worth_it: bool | NotAssessable

    @property
    def balance_pence(self) -> dict[str, int]:
        """What each council receives (positive) or pays (negative); sums to 0 (INV-26)."""
        balance = dict.fromkeys(self.nets_pence, 0)
        for payment in self.payments:
            balance[payment.payer] -= payment.pence
            balance[payment.beneficiary] += payment.pence
        return balance

    @property
    def after_pence(self) -> dict[str, int]:
        """Each council's net position after the payments."""
        return {council: self.nets_pence[council] + paid for council, paid in self.balance_pence.items()}

    @property
    def gaps_pence(self) -> dict[str, int]:
        """What each beneficiary still lacks after the payments; councils without a gap are left out."""
        return {council: -after for council, after in self.after_pence.items() if after < 0}


def propose_compensation(
    nets_pence: Nets,
    without_pence: Mapping[str, Nets] | None = None,
    *,
    caps_pence: Nets | None = None,
) -> CompensationProposal:
    """Payments to each council with a negative net from those with a positive one (F-22).

    `without_pence` gives, by beneficiary, the nets of the others if it were not in the deal. A payer's
    payments are cut at what it gains from its partners' presence, and the rest is reported as a gap, as is
    what lies above an agreed cap (`caps_pence`, by beneficiary).
    Where the councils lose together there is nothing to pay from, and no payment is proposed.
    """
    known = without_pence or {}
    caps = caps_pence or {}
    shortfalls = {
        council: min(-net, caps.get(council, -net)) for council, net in nets_pence.items() if net < 0
    }
    gains = {council: net for council, net in nets_pence.items() if net > 0}
    is_affordable = sum(nets_pence.values()) >= 0
    payments = _capped(_matrix(shortfalls, gains), nets_pence, known) if is_affordable else []
    return CompensationProposal(
        dict(nets_pence), tuple(payments), is_affordable, _is_worth_it(payments, known)
    )


def check_balanced(paid_in_pence: Sequence[int], paid_out_pence: Sequence[int]) -> None:
    """Refuse payments of one period whose ins and outs differ by as much as a penny (INV-26, row 73)."""
    paid_in, paid_out = sum(paid_in_pence), sum(paid_out_pence)
    if paid_in != paid_out:
        raise Refusal(
            f"Payments in ({format_pounds(paid_in)}) and out ({format_pounds(paid_out)}) must be equal",
            code="73",
        )


def check_payers_not_worse_off(nets_pence: Nets, paid_pence: Nets, without_pence: Nets) -> None:
    """Refuse payments that leave a payer below its position without the partnership (INV-27, row 74).

    `paid_pence` is what each payer pays. A payer whose position without is not given is not tested.
    """
    for payer, paid in paid_pence.items():
        if payer not in without_pence:
            continue
        loss = without_pence[payer] - (nets_pence[payer] - paid)
        if loss > 0:
            raise Refusal(
                f"{payer} would be worse off than without the partnership by {format_pounds(loss)}",
                code="74",
            )


def _matrix(shortfalls: Nets, gains: Nets) -> list[Payment]:
    """Payments that fill each shortfall; no payer gives more than its gain (F-03)."""
    if not shortfalls:
        return []
    owed = dict(zip(gains, apportion(sum(shortfalls.values()), list(gains.values())), strict=True))
    payments = []
    for beneficiary, shortfall in shortfalls.items():
        for payer, pence in zip(owed, apportion(shortfall, list(owed.values())), strict=True):
            owed[payer] -= pence
            payments.append(Payment(payer, beneficiary, pence))
    return payments


def _capped(payments: Sequence[Payment], nets: Nets, without: Mapping[str, Nets]) -> list[Payment]:
    """The payments, each cut where it would take a payer below its best position without a beneficiary."""
    room = {payment.payer: _room(payment.payer, payments, nets, without) for payment in payments}
    capped = []
    for payment in payments:
        limit = room[payment.payer]
        pence = payment.pence if limit is None else min(payment.pence, limit)
        if limit is not None:
            room[payment.payer] = limit - pence
        capped.append(Payment(payment.payer, payment.beneficiary, pence, payment.pence - pence))
    return capped


def _room(payer: str, payments: Sequence[Payment], nets: Nets, without: Mapping[str, Nets]) -> int | None:
    """What a payer may pay in all; None where no position without a beneficiary is known."""
    positions = [
        without[payment.beneficiary][payer]
        for payment in payments
        if payment.payer == payer and payer in without.get(payment.beneficiary, {})
    ]
    return max(0, nets[payer] - max(positions)) if positions else None


def _is_worth_it(payments: Sequence[Payment], without: Mapping[str, Nets]) -> bool | NotAssessable:
    """Test 2 on the payments before they were cut."""
    unknown = [payment for payment in payments if payment.payer not in without.get(payment.beneficiary, {})]
    if unknown:
        first = unknown[0]
        return NotAssessable(f"What {first.payer} would have without {first.beneficiary} is not stated")
    return all(payment.cut_pence == 0 for payment in payments)

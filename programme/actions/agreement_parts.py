"""The parts of an agreement that are rows of their own: its parties, what it reserves, its dispute steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from core.clock import today
from core.errors import Refusal
from core.rules.money import LIMIT_PENCE
from core.rules.text import check_text
from programme.enums import Matter, MemberStatus
from programme.models import Agreement, AgreementParty, Council, DisputeStep, Partnership, ReservedMatter
from programme.rules.agreements import check_step


@dataclass(frozen=True, slots=True)
class PartyTerms:
    """One council's part: when it signed and gave notice, and what leaving would cost it."""

    council: Council
    signed_on: date | None = None
    notice_given_on: date | None = None
    exit_cost_pence: int | None = None


@dataclass(frozen=True, slots=True)
class ReservedTerms:
    """A matter kept for each council's own approval."""

    matter: Matter
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepTerms:
    """One step of the way through a dispute."""

    text: str
    days: int | None


class PartsOf(TypedDict):
    """All parts of an agreement, each in its order."""

    parties: tuple[PartyTerms, ...]
    reserved_matters: tuple[ReservedTerms, ...]
    dispute_steps: tuple[StepTerms, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts that have been checked."""

    parties: tuple[PartyTerms, ...]
    reserved_matters: tuple[ReservedTerms, ...]
    dispute_steps: tuple[StepTerms, ...]

    def plain(self) -> dict[str, Any]:
        """The parts as values that the audit trail can carry."""
        return {
            "parties": {
                one.council.key: {
                    "signed_on": _text(one.signed_on),
                    "notice_given_on": _text(one.notice_given_on),
                    "exit_cost_pence": one.exit_cost_pence,
                }
                for one in self.parties
            },
            "reserved_matters": {str(one.matter): one.note for one in self.reserved_matters},
            "dispute_steps": [[one.text, one.days] for one in self.dispute_steps],
        }


def parts_of(agreement: Agreement) -> PartsOf:
    """The parts as they are stored. Three queries."""
    parties = agreement.parties.select_related("council").order_by("council__name")
    return {
        "parties": tuple(
            PartyTerms(row.council, row.signed_on, row.notice_given_on, row.exit_cost_pence)
            for row in parties
        ),
        "reserved_matters": tuple(
            ReservedTerms(Matter(row.matter), row.note) for row in agreement.reserved_matters.all()
        ),
        "dispute_steps": tuple(StepTerms(row.text, row.days) for row in agreement.dispute_steps.all()),
    }


def checked_parts(
    partnership: Partnership,
    parties: Sequence[PartyTerms],
    reserved_matters: Sequence[ReservedTerms],
    dispute_steps: Sequence[StepTerms],
) -> Parts:
    """The parts with their texts cleaned; refuses what cannot be. One query."""
    partners = set(
        partnership.memberships.filter(status__in=(MemberStatus.ACTIVE, MemberStatus.LEFT)).values_list(
            "council", flat=True
        )
    )
    for one in parties:
        _check_party(one, partners)
    _check_once([one.council.pk for one in parties], "A council is named twice as a party", "parties")
    matters = [str(one.matter) for one in reserved_matters]
    _check_once(matters, "A matter is reserved twice", "reserved_matters")
    return Parts(
        tuple(sorted(parties, key=lambda one: one.council.name)),
        tuple(
            ReservedTerms(Matter(one.matter), check_text(one.note, "Note", 300, "reserved_matters"))
            for one in sorted(reserved_matters, key=lambda one: Matter.values.index(one.matter))
        ),
        tuple(_checked_step(number, step) for number, step in enumerate(dispute_steps, 1)),
    )


def write_parts(agreement: Agreement, parts: Parts) -> None:
    """Put these parts in the place of those that are there; call it inside the transaction of the write."""
    agreement.parties.all().delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(
            agreement=agreement,
            council=one.council,
            signed_on=one.signed_on,
            notice_given_on=one.notice_given_on,
            exit_cost_pence=one.exit_cost_pence,
        )
        for one in parts.parties
    )
    agreement.reserved_matters.all().delete()
    ReservedMatter.objects.bulk_create(
        ReservedMatter(agreement=agreement, matter=one.matter, note=one.note)
        for one in parts.reserved_matters
    )
    agreement.dispute_steps.all().delete()
    DisputeStep.objects.bulk_create(
        DisputeStep(agreement=agreement, order_index=number, text=one.text, days=one.days or 0)
        for number, one in enumerate(parts.dispute_steps)
    )


def _check_party(party: PartyTerms, partners: set[int]) -> None:
    name = party.council.short_name
    if party.council.pk not in partners:
        raise Refusal(f"{name} is not a partner in this partnership", "parties", "76")
    day = today()
    if party.signed_on and party.signed_on > day:
        raise Refusal(f"The day {name} signed must be today or in the past", "parties")
    if party.notice_given_on and party.notice_given_on > day:
        raise Refusal(f"The day {name} gave notice must be today or in the past", "parties")
    if party.exit_cost_pence is not None and not 0 <= party.exit_cost_pence <= LIMIT_PENCE:
        raise Refusal(f"Exit cost of {name} must be £0 or more", "parties")


def _check_once(values: Sequence[object], message: str, field: str) -> None:
    if len(set(values)) < len(values):
        raise Refusal(f"{message}. Keep one", field)


def _checked_step(number: int, step: StepTerms) -> StepTerms:
    text = check_text(step.text, f"Step {number}", 300, "dispute_steps")
    check_step(number, text, step.days)
    return StepTerms(text, step.days)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None

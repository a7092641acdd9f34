"""The register of agreements: one row an agreement, with the days that follow from its terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from programme.models import Agreement, AgreementParty
from programme.rules.agreements import (
    Notice,
    add_months,
    next_day,
    notice_of,
    notice_words,
    unsigned_words,
)


class Show(StrEnum):
    """Which part of the register is asked for."""

    ALL = ""
    IN_FORCE = "in-force"
    NOT_IN_FORCE = "not-in-force"


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A council's part, and when the notice that it gave runs out."""

    party: AgreementParty
    leaves_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement as the register shows it on a day."""

    agreement: Agreement
    parties: tuple[PartyRow, ...]
    notice: Notice
    next_on: date | None
    is_in_force: bool

    @property
    def notice_words(self) -> str:
        """Its period of notice."""
        return notice_words(self.agreement.notice_months)

    @property
    def signatures(self) -> str:
        """Who has signed, in a sentence."""
        unsigned = [str(row.party.council) for row in self.parties if row.party.signed_on is None]
        return unsigned_words(unsigned, len(self.parties))

    @property
    def party_names(self) -> str:
        """The parties, for one cell."""
        return ", ".join(str(row.party.council) for row in self.parties)

    @property
    def is_ended(self) -> bool:
        """Whether it was in force once and is no more."""
        return not self.is_in_force and self.agreement.in_force_on is not None and self.next_on is None

    @property
    def force_words(self) -> str:
        """In force; Ended; Not in force yet."""
        if self.is_in_force:
            return "In force"
        return "Ended" if self.is_ended else "Not in force yet"


def agreement_rows(user: User, *, as_of: date, show: Show = Show.ALL) -> list[AgreementRow]:
    """The agreements of every partnership that `user` may read, by partnership. Two queries."""
    rows = _with_parties(Agreement.objects.visible_to(user)).order_by("partnership__name", "ref")
    found = _rows(rows, as_of)
    if show == Show.ALL:
        return found
    return [row for row in found if row.is_in_force == (show == Show.IN_FORCE)]


def partnership_agreements(partnership_id: int, *, as_of: date) -> list[AgreementRow]:
    """The agreements of one partnership. Two queries."""
    return _rows(_with_parties(Agreement.objects.filter(partnership=partnership_id)), as_of)


def agreement_row(agreement: Agreement, *, as_of: date) -> AgreementRow:
    """One agreement that is read already. One query."""
    parties = agreement.parties.select_related("council").order_by("council__name")
    return _row(agreement, parties, as_of)


def _with_parties(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    parties = AgreementParty.objects.select_related("council").order_by("council__name")
    return agreements.select_related("partnership").prefetch_related(Prefetch("parties", parties))


def _rows(agreements: QuerySet[Agreement], as_of: date) -> list[AgreementRow]:
    return [_row(one, one.parties.all(), as_of) for one in agreements]


def _row(agreement: Agreement, parties: Iterable[AgreementParty], as_of: date) -> AgreementRow:
    notice = notice_of(agreement.notice_months, agreement.ends_on, as_of)
    begun = agreement.in_force_on is not None and agreement.in_force_on <= as_of
    over = agreement.ends_on is not None and agreement.ends_on < as_of
    return AgreementRow(
        agreement,
        tuple(PartyRow(one, _leaves_on(one, agreement.notice_months)) for one in parties),
        notice,
        next_day([agreement.review_on, notice.give_by_on, agreement.ends_on], as_of),
        begun and not over,
    )


def _leaves_on(party: AgreementParty, months: int | None) -> date | None:
    if party.notice_given_on is None or months is None:
        return None
    return add_months(party.notice_given_on, months)

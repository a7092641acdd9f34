"""What else an employer proposes at a place of work, for the minimum time of its consultations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from accounts.models import User
from core.clock import london_date
from core.rules.calendar import format_date
from programme.enums import ProgrammeState
from services.enums import ConsultationKind
from services.models import Consultation
from services.rules.consultation_record import ConsultationRecord
from services.rules.establishment import ALONE, AddedUp, Proposal, add_up


def redundancies() -> QuerySet[Consultation]:
    """Redundancies that are proposed in any programme that is not cancelled."""
    rows = Consultation.objects.filter(kind=ConsultationKind.REDUNDANCY)
    return rows.exclude(review__service__programme__state=ProgrammeState.CANCELLED).select_related(
        "review__service__programme"
    )


def proposal_of(one: Consultation) -> Proposal:
    """A redundancy on record as a proposal, named by its service, review, start and programme. No query."""
    review = one.review
    return Proposal(
        f"{review.service} ({review.ref}, from {format_date(one.started_on)})",
        one.establishment,
        one.affected_count,
        one.started_on,
        london_date(one.created_at),
        one.first_dismissal_on,
        str(review.service.programme),
    )


def proposal_in(record: ConsultationRecord) -> Proposal:
    """The proposal that is in a record as it is typed."""
    return Proposal(
        "",
        record.establishment,
        record.affected_count,
        record.started_on,
        record.started_on,
        record.first_dismissal_on,
    )


@dataclass(frozen=True, slots=True)
class Establishments:
    """Redundancies on record, by their employer."""

    by_council: Mapping[int, Sequence[Consultation]] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()

    def beside(self, one: Consultation) -> AddedUp:
        """What counts with a consultation; nothing with one that is no redundancy."""
        if one.kind != ConsultationKind.REDUNDANCY:
            return ALONE
        others = [proposal_of(other) for other in self.by_council.get(one.council_id, ()) if other != one]
        added = add_up(proposal_of(one), others) if others else ALONE
        return replace(added, leaves_out=True) if one.council_id in self.withheld else added


def establishments(rows: Iterable[Consultation]) -> Establishments:
    """These redundancies by their employer."""
    by_council: dict[int, list[Consultation]] = {}
    for row in rows:
        by_council.setdefault(row.council_id, []).append(row)
    return Establishments(by_council)


def establishments_seen(viewer: User, councils: Iterable[int] | None = None) -> Establishments:
    """What these councils, or all, propose in the programmes that `viewer` may read. One query.

    A council's own people read all of its programmes, so they see everything that counts; who holds a role
    in one partnership sees nothing of another. What is withheld is not counted for anybody: a place and a
    number of people would follow from the dates.
    """
    seen = redundancies().filter(pk__in=Consultation.objects.visible_to(viewer).values("pk"))
    found = list(seen if councils is None else seen.filter(council__in=set(councils)))
    withheld = frozenset(one.council_id for one in found if one.is_withheld)
    return replace(establishments(one for one in found if not one.is_withheld), withheld=withheld)

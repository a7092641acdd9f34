"""The consultations of a programme: who is consulted, how far it has come, and the earliest lawful dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from accounts.models import User
from core.publication import shown
from core.rules.calendar import format_date
from programme.models import Programme
from services.models import Consultation
from services.policies import Powers
from services.queries.establishments import establishments_seen
from services.queries.review_story import ConsultationRow, consultation_row
from services.rules.consultation_record import ConsultationRecord, latest_start


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """A consultation in the list of a programme."""

    row: ConsultationRow
    word: str
    start_by: date | None

    @property
    def consultation(self) -> Consultation:
        """The consultation itself; its count is shown by the row alone (INV-38)."""
        return self.row.consultation

    @property
    def review_url(self) -> str:
        """The page of the review that it belongs to."""
        return self.consultation.get_absolute_url()

    @property
    def start_words(self) -> str:
        """Must start by 18 December 2026; empty where no day is counted back."""
        return f"Must start by {format_date(self.start_by)}" if self.start_by else ""


def record_of(consultation: Consultation) -> ConsultationRecord:
    """What is recorded of a consultation now; the count is exact, and must not be shown as it is."""
    return ConsultationRecord(
        consultation.kind,
        consultation.affected_count,
        consultation.started_on,
        consultation.ended_on,
        consultation.first_dismissal_on,
        consultation.transfer_on,
        consultation.establishment,
    )


def record_shown(consultation: Consultation) -> ConsultationRecord:
    """The same as anyone is shown it: no withheld figure, and for the place the sentence that says so."""
    record = record_of(consultation)
    if not consultation.is_withheld:
        return record
    place = shown(consultation, consultation.establishment).text
    return replace(record.without_figures(), establishment=place)


def consultation_lines(
    programme: Programme, powers: Powers, *, viewer: User, as_of: date
) -> list[ConsultationLine]:
    """The consultations of all service reviews of the programme, by their start. Two queries."""
    found = list(
        Consultation.objects.filter(review__service__programme=programme)
        .select_related("council", "review__service__programme")
        .order_by("started_on", "pk")
    )
    proposed = establishments_seen(viewer, [one.council_id for one in found])
    return [
        ConsultationLine(
            consultation_row(one, powers.edits_people_matters(one.council), added=proposed.beside(one)),
            _word(one, as_of),
            None if one.is_withheld else latest_start(record_of(one), proposed.beside(one)),
        )
        for one in found
    ]


def _word(one: Consultation, as_of: date) -> str:
    if one.started_on > as_of:
        return "To start"
    return "Ended" if one.ended_on and one.ended_on <= as_of else "Under way"

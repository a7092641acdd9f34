"""What may be recorded of a consultation, and how its figures are shown (rows 12, 13 and 80, INV-38)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.errors import Refusal, Refusals
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date
from core.rules.dates import check_end_after_start, check_within
from core.rules.suppression import SMALL_COUNT
from core.rules.words import count_of
from services.enums import ConsultationKind
from services.rules.consultation import check_first_dismissal, minimum_consultation_days
from services.rules.establishment import ALONE, AddedUp

FROM_YOU = (
    "That is the longest time, because the council has proposals that are withheld from you. "
    "Who may open them can record an earlier day"
)
FEWER = f"fewer than {SMALL_COUNT}"


@dataclass(frozen=True, slots=True)
class ConsultationRecord:
    """What is recorded of a consultation."""

    kind: str
    affected_count: int | None
    started_on: date
    ended_on: date | None = None
    first_dismissal_on: date | None = None
    transfer_on: date | None = None
    establishment: str = ""

    def without_figures(self) -> ConsultationRecord:
        """The record without what a withheld consultation keeps beside its place: people and days."""
        return replace(self, affected_count=None, first_dismissal_on=None, transfer_on=None)


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first day on which a dismissal may take effect, and how many days after the start that is.

    `is_at_most` where it depends on numbers that are withheld: then it is the latest that it can be.
    """

    on: date
    days: int
    is_at_most: bool = False

    def __str__(self) -> str:
        words = f"{format_date(self.on)}, {count_of(self.days, 'day')} after consultation started"
        return f"{words}, if each number shown as {FEWER} is {SMALL_COUNT - 1}" if self.is_at_most else words


def earliest_dismissal(
    record: ConsultationRecord, added: AddedUp = ALONE
) -> Earliest | NotAssessable | NotApplicable:
    """The first day on which the first dismissal may take effect, as it may be shown (domain.md 2.11).

    Counts what is proposed beside it at the same place. Not assessable where the number of people is not
    stated; not applicable to other consultations, or to so few people that no minimum is set. Follows from
    what is shown alone (INV-38). Refuses a start before the reference data (row 32).
    """
    if record.kind != ConsultationKind.REDUNDANCY:
        return NotApplicable("Only a redundancy has a minimum time")
    if record.affected_count is None:
        return NotAssessable("The number of people is not stated")
    days = minimum_consultation_days(added.most_people(record.affected_count), record.started_on)
    fewest = minimum_consultation_days(added.fewest_people(record.affected_count), record.started_on)
    if days == 0:
        return NotApplicable("No minimum time is set for this number of people")
    return Earliest(record.started_on + timedelta(days=days), days, is_at_most=fewest != days)


def check_consultation(
    record: ConsultationRecord, period: tuple[date, date] | None = None, added: AddedUp = ALONE
) -> None:
    """Refuse, all at once, dates out of order (row 12), outside the programme (row 13), or a first dismissal
    inside the minimum time (row 80), which counts what else is proposed at the same place.
    """
    said: list[Refusal] = []
    for field in ("started_on", "ended_on", "first_dismissal_on", "transfer_on"):
        day: date | None = getattr(record, field)
        if day is not None and period is not None:
            said += _refusals_of(field, check_within, day, *period)
    if record.ended_on is not None:
        said += _refusals_of("ended_on", check_end_after_start, record.started_on, record.ended_on)
    if record.first_dismissal_on is not None:
        said += _dismissal_refusals(record, record.first_dismissal_on, added)
    if record.transfer_on is not None:
        said += _transfer_refusals(record, record.transfer_on)
    if said:
        raise Refusals(said)


def latest_start(record: ConsultationRecord, added: AddedUp = ALONE) -> date | None:
    """The last day on which consultation may start, counted back from the first dismissal (section 6).

    None where no dismissal is planned, or no minimum time is set.
    """
    earliest = earliest_dismissal(record, added)
    if record.first_dismissal_on is None or not isinstance(earliest, Earliest):
        return None
    return record.first_dismissal_on - timedelta(days=earliest.days)


def shown_count(count: int | None) -> str:
    """The number of people affected as it may be shown: 1 to 4 only as "fewer than 5" (INV-38)."""
    if count is None:
        return "not stated"
    return FEWER if 0 < count < SMALL_COUNT else f"{count:,}"


def _dismissal_refusals(record: ConsultationRecord, dismissal_on: date, added: AddedUp) -> list[Refusal]:
    if record.kind != ConsultationKind.REDUNDANCY:
        words = "Leave this empty. Only a redundancy has a first dismissal"
        return [Refusal(words, "first_dismissal_on", "80")]
    if record.affected_count is None:
        return [Refusal("Enter how many people are affected", "affected_count", "80")]
    people, own, start = added.people(record.affected_count), record.affected_count, record.started_on
    said = _refusals_of("first_dismissal_on", check_first_dismissal, people, start, dismissal_on)
    if minimum_consultation_days(people, start) == minimum_consultation_days(own, start):
        return said
    if any(one.is_withheld for one in added.counted):
        return [Refusal(f"{one.message}. {FROM_YOU}", one.field, one.code) for one in said]
    with_others = f"with {count_of(len(added.counted), 'other proposal')} of the council at the same place"
    return [Refusal(f"{one.message}, counted {with_others}", one.field, one.code) for one in said]


def _transfer_refusals(record: ConsultationRecord, transfer_on: date) -> list[Refusal]:
    if record.kind != ConsultationKind.TUPE:
        words = "Leave this empty. Only a transfer of staff has a day of transfer"
        return [Refusal(words, "transfer_on", "12")]
    if transfer_on <= record.started_on:
        words = f"Transfer must be after {format_date(record.started_on)}, when consultation starts"
        return [Refusal(words, "transfer_on", "12")]
    return []


def _refusals_of(field: str, check: Callable[..., None], *values: date | int) -> list[Refusal]:
    try:
        check(*values)
    except Refusal as said:
        return [Refusal(said.message, field, said.code)]
    return []

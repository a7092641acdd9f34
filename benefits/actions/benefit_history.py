"""Record what is found about a benefit: readings of its measure, evidence and reviews, each for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from accounts.models import User
from benefits.enums import ENDED
from benefits.models import Benefit, BenefitEvidence, BenefitReview, MeasureReading
from benefits.profile_policies import check_answer_for
from benefits.rules.profile import is_percent, percent_warning
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.calendar import format_date, fy_end, fy_start, month_number, period_end, period_start
from core.rules.dates import check_not_future
from core.rules.text import check_text, is_reason
from programme.models import Council, Programme
from programme.queries.partners import ruled_partners
from programme.rules.membership import check_before_vesting, check_partner_period
from services.enums import Confidence


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of a measure at the end of a month (1 is April), or of a year where `period` is None."""

    fy: int
    period: int | None
    value: Decimal
    council: Council | None = None
    note: str = ""

    @property
    def first_on(self) -> date:
        """The first day of its time."""
        return fy_start(self.fy) if self.period is None else period_start(self.fy, self.period)

    @property
    def last_on(self) -> date:
        """The last day of its time."""
        return fy_end(self.fy) if self.period is None else period_end(self.fy, self.period)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a review found, and when the next one is due."""

    reviewed_on: date
    text: str
    confidence: Confidence | str = ""
    next_review_on: date | None = None


@transaction.atomic
def record_reading(
    benefit: Benefit, *, by: User, reading: Reading, channel: Channel = Channel.PAGE
) -> MeasureReading:
    """A value that was measured; of several for one time and council the last one counts.

    Refuses a time that is not over (row 11), a council that is no partner then (row 76), and a percentage
    outside 0 to 100 without a note (row 49). The latest one of the whole becomes the benefit's latest value.
    """
    check_answer_for(by, benefit)
    Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_open(benefit)
    note = check_text(reading.note, "Note", 500, "note")
    _check_reading(benefit, reading, note)
    row = MeasureReading.objects.create(
        benefit=benefit,
        council=reading.council,
        fy=reading.fy,
        period=reading.period,
        value=reading.value,
        note=note,
        entered_by=by,
        entered_at=now(),
    )
    if reading.council is None and _is_latest(benefit, reading):
        words = format_date(reading.last_on)
        Benefit.objects.filter(pk=benefit.pk).update(actual_value=reading.value, measured_text=words)
    after = {
        "fy": reading.fy,
        "period": reading.period,
        "value": f"{reading.value.normalize():f}",
        "council": reading.council.key if reading.council else None,
    }
    _audit(row, benefit, by=by, action="record_reading", channel=channel, after=after, why=note)
    return row


@transaction.atomic
def add_evidence(
    benefit: Benefit, *, by: User, text: str, channel: Channel = Channel.PAGE
) -> BenefitEvidence:
    """Where one can see that the benefit is there."""
    check_answer_for(by, benefit)
    check_open(benefit)
    said = check_text(text, "Evidence", 500, "text")
    if not said:
        raise Refusal("Say where the evidence is", "text", "2.9")
    row = BenefitEvidence.objects.create(benefit=benefit, text=said, entered_by=by, entered_at=now())
    _audit(row, benefit, by=by, action="add_evidence", channel=channel, after={"text": said})
    return row


@transaction.atomic
def record_review(
    benefit: Benefit, *, by: User, seen_version: int, finding: Finding, channel: Channel = Channel.PAGE
) -> BenefitReview:
    """A review of the benefit; its confidence and its next review date become the benefit's.

    Refuses a review in the future, one without a finding, and a next review that is not after it.
    """
    check_answer_for(by, benefit)
    Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_open(benefit)
    check_seen(benefit, seen_version)
    text = check_text(finding.text, "Finding", field="finding")
    _check_finding(finding, text)
    row = BenefitReview.objects.create(
        benefit=benefit,
        reviewed_on=finding.reviewed_on,
        finding=text,
        confidence=finding.confidence,
        next_review_on=finding.next_review_on,
        entered_by=by,
        entered_at=now(),
    )
    values: dict[str, Any] = {"review_on": finding.next_review_on}
    if finding.confidence:
        values["confidence"] = finding.confidence
    before = {name: getattr(benefit, name) for name in values}
    write_next(benefit, values, by=by, seen_version=seen_version)
    audit.record(
        benefit,
        by=by,
        action="review_benefit",
        channel=channel,
        scope=benefit.programme.key,
        before=_plain(before) | {"version": seen_version},
        after=_plain(values) | {"version": seen_version + 1},
        why=text,
    )
    return row


def check_open(benefit: Benefit) -> None:
    """Refuse to add to a benefit that nobody answers for any more."""
    if benefit.state in ENDED:
        state = str(benefit.get_state_display()).lower()
        raise Refusal(f"This benefit is {state}. Nothing more can be recorded about it", code="2.9")


def _check_reading(benefit: Benefit, reading: Reading, note: str) -> None:
    if not benefit.measure_name:
        raise Refusal("Enter the measure in the profile first", "value", "2.9")
    check_partner_time(benefit.programme, reading)
    try:
        check_not_future(reading.last_on, today())
    except Refusal as refusal:
        raise Refusal(refusal.message, "period", refusal.code) from refusal
    said = percent_warning(reading.value, "value") if is_percent(benefit.measure_unit) else None
    if said is not None and not is_reason(note) and not benefit.percent_reason:
        raise said


def check_partner_time(programme: Programme, reading: Reading) -> None:
    """Refuse a reading of a council that is no partner at that time (row 76)."""
    council = reading.council
    if council is not None:
        partner = ruled_partners(programme).get(council.pk)
        check_partner_period(council.short_name, partner, reading.first_on, reading.last_on)
        check_before_vesting(partner, reading.first_on)


def _is_latest(benefit: Benefit, reading: Reading) -> bool:
    times = benefit.readings.filter(council__isnull=True).values_list("fy", "period")
    this = month_number(reading.fy, reading.period)
    return all(month_number(fy, period) <= this for fy, period in times)


def _check_finding(finding: Finding, text: str) -> None:
    said = []
    if not text:
        said.append(Refusal("Say what the review found", "finding", "2.9"))
    if finding.reviewed_on > today():
        said.append(Refusal("Day of the review must be today or in the past", "reviewed_on", "11"))
    if finding.next_review_on is None:
        said.append(Refusal("Enter the next review date", "next_review_on", "2.9"))
    elif finding.next_review_on <= finding.reviewed_on:
        said.append(Refusal("The next review must be after this one", "next_review_on", "12"))
    if said:
        raise Refusals(said)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _audit(
    row: models.Model,
    benefit: Benefit,
    *,
    by: User,
    action: str,
    channel: Channel,
    after: Mapping[str, Any],
    why: str = "",
) -> None:
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=benefit.programme.key,
        after={"benefit": benefit.ref, **after},
        why=why,
    )

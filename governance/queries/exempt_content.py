"""What is withheld of a row, for the person who opens it. Nothing but that page and that answer reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import models

from core.models import Publication
from core.rules.calendar import format_date, format_fy
from core.rules.money import format_pounds
from governance.models import Decision, ReportAddition
from governance.rules.timeline import fingerprint
from programme.models import Risk
from services.models import BusinessCaseLine, Consultation
from services.rules.consultation_record import shown_count


@dataclass(frozen=True, slots=True)
class Content:
    """What a row withholds: texts by name, and for a line its amounts by who bears them and year."""

    texts: tuple[tuple[str, str], ...]
    amounts: tuple[tuple[str, str], ...] = ()


def content_of(item: Publication) -> Content:
    """What is withheld of a row, without what is empty. At most five queries."""
    texts = tuple((name, text) for name, text in _texts(item) if text)
    amounts = tuple(_amounts(item)) if isinstance(item, BusinessCaseLine) else ()
    return Content(texts, amounts)


def _texts(item: Publication) -> Iterator[tuple[str, str]]:
    for name in item.withheld_fields:
        field = cast("models.Field[Any, Any]", item._meta.get_field(name))
        label = str(field.verbose_name)
        yield f"{label[:1].upper()}{label[1:]}", str(getattr(item, name) or "")
    if isinstance(item, Decision):
        yield from _of_decision(item)
    if isinstance(item, ReportAddition):
        for number, one in enumerate(item.earlier, 1):
            yield f"Text {number}, by {one['by']}, {format_date(date.fromisoformat(one['on']))}", one["text"]
    if isinstance(item, Consultation):
        yield "People affected", shown_count(item.affected_count)
        days = (("First dismissal", item.first_dismissal_on), ("Transfer", item.transfer_on))
        yield from ((label, format_date(day)) for label, day in days if day)
    if isinstance(item, Risk):
        for one in item.impacts.select_related("council").order_by("council__name"):
            yield f"What it means for {one.council}", one.text


def _of_decision(decision: Decision) -> Iterator[tuple[str, str]]:
    """Its fingerprint, earlier versions and conditions, and what councils stated and recorded."""
    yield "Text fingerprint", fingerprint(decision.text_hash)
    for text in decision.texts.exclude(number=decision.text_number):
        yield f"Version {text.number}", text.text
    for number, condition in enumerate(decision.conditions.all(), 1):
        yield f"Condition {number}", condition.text
        yield f"Condition {number}: evidence", condition.evidence
    answers = decision.council_decisions.select_related("council").prefetch_related("records")
    for answer in answers:
        name = str(answer.council or answer.party_text)
        yield f"{name}: statement", answer.statement
        for record in answer.records.all():
            when = f"{name}, {format_date(record.decided_on)}"
            yield f"{when}: reasons", record.reasons
            yield f"{when}: options rejected", record.alternatives_rejected
            yield f"{when}: conflicts of interest", record.conflicts_of_interest
            yield f"{when}: words approved instead", record.proposed_text


def _amounts(line: BusinessCaseLine) -> Iterator[tuple[str, str]]:
    stated = ((line.annual_pence, "Stated a year"), (line.whole_life_pence, "Stated whole life"))
    yield from ((label, format_pounds(pence)) for pence, label in stated if pence is not None)
    for amount in line.amounts.select_related("council").order_by("council__name", "fy"):
        bearer = str(amount.council) if amount.council else "Joint"
        yield f"{bearer}, {format_fy(amount.fy)}", format_pounds(amount.amount_pence)

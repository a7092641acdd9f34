"""Withhold a row, certify and review it, release it, and open what is withheld (INV-37, INV-39)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from benefits.models import Line
from core.actions.audit import record
from core.actions.publication import Withholding, audited, certificate
from core.clock import now
from core.enums import Channel, PublicationClass
from core.errors import Refusal
from core.models import ExemptAccess, Publication, Versioned
from core.rules.publication import REASON_LIMIT, check_release
from core.rules.text import check_text, stale_edit
from governance.publication_policies import (
    can_certify,
    check_certify,
    check_open,
    check_propose,
    powers_of,
)
from governance.queries.exempt import Place, place_of
from services.models import BusinessCaseLine

IN_PLAN = (
    "The savings plan holds these figures as {line}, and figures of the plan cannot be withheld yet. "
    "Withhold the decision or the paper instead"
)


@transaction.atomic
def withhold(
    item: Publication, why: Withholding, *, by: User, seen: str, channel: str = Channel.PAGE
) -> Publication:
    """Withhold a row at once. A monitoring officer certifies it by that; anyone else proposes it.

    Refuses those who may not (403), row 70, and a row that has changed since `seen` (its `standing`).
    """
    place, powers = place_of(item), powers_of(by)
    check_propose(powers, item, place)
    _check_not_in_plan(item)
    values = why.values() | certificate(by if can_certify(powers, place) else None)
    return _save(item, values, by=by, seen=seen, action="withhold", channel=channel, place=place)


@transaction.atomic
def review_withheld(
    item: Publication, why: Withholding, *, by: User, seen: str, channel: str = Channel.PAGE
) -> Publication:
    """Certify for another year, at most, that a row stays withheld; for its monitoring officer alone."""
    place = place_of(item)
    check_certify(powers_of(by), place)
    if not item.is_withheld:
        raise Refusal("This is open already", code="INV-39")
    values = why.values() | certificate(by)
    return _save(item, values, by=by, seen=seen, action="review_withheld", channel=channel, place=place)


@transaction.atomic
def release(
    item: Publication, *, by: User, seen: str, why: str = "", channel: str = Channel.PAGE
) -> Publication:
    """Open an exempt row to everyone; for its monitoring officer alone. Confidential content never is."""
    place = place_of(item)
    check_certify(powers_of(by), place)
    check_release(item.publication_class)
    values = {
        "publication_class": PublicationClass.OPEN,
        "exempt_review_on": None,
        "released_at": now(),
        "released_by": by,
        **certificate(None),
    }
    words = check_text(why, "Reason", REASON_LIMIT)
    return _save(item, values, by=by, seen=seen, action="release", channel=channel, place=place, why=words)


@transaction.atomic
def open_exempt(item: Publication, *, by: User, channel: str = Channel.PAGE) -> ExemptAccess:
    """Record that a person opens what is withheld of a row; who may not is refused (403).

    The trail says how it was opened; the record of access is what monitoring officers and auditors read.
    """
    place = place_of(item)
    check_open(powers_of(by), item, place)
    if not item.is_withheld:
        raise Refusal("This is open to everyone who can see it", code="INV-37")
    record(item, by=by, action="open_exempt", channel=channel, scope=place.scope)
    return ExemptAccess.objects.create(
        by=by,
        object_type=item._meta.label_lower,
        object_id=item.pk,
        object_label=str(item)[:300],
        scope=place.scope,
    )


def _save(
    item: Publication,
    values: Mapping[str, Any],
    *,
    by: User,
    seen: str,
    action: str,
    channel: str,
    place: Place,
    why: str = "",
) -> Publication:
    """Write these columns of the row as it is now; row 84 where they are not what the person has seen."""
    rows = item._meta.base_manager.select_for_update().filter(pk=item.pk)
    current: Any = rows.get()
    if current.standing != seen:
        raise stale_edit(getattr(current, "updated_at", None) or current.certified_at or now())
    written = dict(values)
    if isinstance(current, Versioned):
        written |= {"version": current.version + 1, "updated_at": now(), "updated_by": by}
    before = audited(current)
    if not rows.filter(**_as_seen(current)).update(**written):
        raise stale_edit(now())
    if isinstance(item, BusinessCaseLine):
        _versions_of(item).update(**written)
    for name, value in written.items():
        setattr(item, name, value)
    record(
        item,
        by=by,
        action=action,
        channel=channel,
        scope=place.scope,
        before=before,
        after=audited(item),
        why=why or str(values.get("public_interest_reason", "")),
    )
    return item


def _versions_of(line: BusinessCaseLine) -> QuerySet[BusinessCaseLine]:
    """The same line in every version of its case: one of them open would tell the others."""
    case = line.business_case
    return BusinessCaseLine.objects.filter(
        business_case__programme=case.programme_id, business_case__ref=case.ref, ref=line.ref
    )


def _check_not_in_plan(item: Publication) -> None:
    """Refuse a line whose figures the savings plan holds: they are not withheld there."""
    if isinstance(item, BusinessCaseLine):
        planned = Line.objects.filter(business_case_line__in=_versions_of(item)).first()
        if planned is not None:
            raise Refusal(IN_PLAN.format(line=planned.ref), code="INV-37")


def _as_seen(current: Any) -> dict[str, Any]:
    """What must still be so when the row is written: of two at the same moment, one is told."""
    names = ("publication_class", "exempt_paragraph", "exempt_review_on", "certified_at")
    seen = {name: getattr(current, name) for name in names}
    if isinstance(current, Versioned):
        seen["version"] = current.version
    return {name if value is not None else f"{name}__isnull": value if value is not None else True
            for name, value in seen.items()}  # fmt: skip

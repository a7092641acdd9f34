"""Withhold a row from its beginning, and what the trail keeps of one that is withheld (INV-37, INV-39)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.actions.audit import fingerprint, record
from core.clock import now, today
from core.enums import Channel, PublicationClass
from core.errors import Refusal
from core.models import AuditEvent, Publication
from core.rules.publication import REASON_LIMIT, check_exempt, review_on
from core.rules.text import check_text

WITHHOLDING = ("publication_class", "exempt_paragraph", "public_interest_reason")
_AUDITED = ("publication_class", "exempt_paragraph", "exempt_review_on", "certified_at", "released_at")
SAYS_BOTH = "Choose exempt, or take out the exempt paragraph and the reason"


@dataclass(frozen=True, slots=True)
class Withholding:
    """Why a row is to be withheld, and when that is looked at again; no day is a year from now."""

    publication_class: str = PublicationClass.EXEMPT
    exempt_paragraph: int | None = None
    public_interest_reason: str = ""
    exempt_review_on: date | None = None

    def values(self) -> dict[str, Any]:
        """The columns as they are to be kept; refuses row 70 and a review later than a year (INV-39)."""
        reason = check_text(self.public_interest_reason, "Reason", REASON_LIMIT)
        if self.publication_class == PublicationClass.OPEN:
            raise Refusal("Choose exempt or confidential", field="publication_class", code="70")
        check_exempt(self.publication_class, self.exempt_paragraph, reason)
        is_exempt = self.publication_class == PublicationClass.EXEMPT
        return {
            "publication_class": self.publication_class,
            "exempt_paragraph": self.exempt_paragraph if is_exempt else None,
            "public_interest_reason": reason,
            "exempt_review_on": review_on(self.exempt_review_on, today()),
            "released_at": None,
            "released_by": None,
        }


def withholding_asked(values: Mapping[str, Any]) -> Withholding | None:
    """Why a new row is to be withheld, of these three values; None for what is open.

    Refuses what is to be open and names a paragraph or a reason all the same: nothing is open by mistake.
    """
    if values["publication_class"] != PublicationClass.OPEN:
        return Withholding(**{name: values[name] for name in WITHHOLDING})
    if values["exempt_paragraph"] or values["public_interest_reason"].strip():
        raise Refusal(SAYS_BOTH, field="publication_class", code="70")
    return None


def withheld_at_once(why: Withholding | None, *, by: Any, certifies: bool) -> dict[str, Any]:
    """The columns of a new row that is withheld from its beginning; none of one that is open.

    Who `certifies` does so by that, as by marking a row that is there; anyone else proposes it.
    """
    if why is None:
        return {}
    return why.values() | certificate(by if certifies else None)


def certificate(by: Any | None) -> dict[str, Any]:
    """The columns that say who certifies now that a row is withheld; nobody where it is only proposed."""
    return {"certified_at": now() if by else None, "certified_by": by}


def record_withheld_at_once(
    item: Publication, *, by: Any, channel: str = Channel.PAGE, scope: str = ""
) -> AuditEvent | None:
    """The event of marking beside that of the new row; none for a row that is open."""
    if not item.is_withheld:
        return None
    reason, after = item.public_interest_reason, audited(item)
    return record(item, by=by, action="withhold", channel=channel, scope=scope, after=after, why=reason)


def audited(item: Publication) -> dict[str, Any]:
    """What the trail keeps of whether a row is withheld."""
    found = {name: getattr(item, name) for name in _AUDITED}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def kept_of(item: Publication, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the trail keeps them: of a text that is withheld its fingerprint."""
    hidden = item.withheld_fields if item.is_withheld else ()
    return {
        name: fingerprint(value) if name in hidden and isinstance(value, str) else value
        for name, value in values.items()
    }

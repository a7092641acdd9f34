"""Record the agreements between the councils of a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.actions.agreement_parts import (
    Parts,
    PartyTerms,
    ReservedTerms,
    StepTerms,
    checked_parts,
    parts_of,
    write_parts,
)
from programme.enums import AgreementKind, LegalBasis
from programme.models import Agreement, Partnership
from programme.policies import check_manage_partnership
from programme.rules.agreements import check_months, check_period
from programme.rules.membership import check_consulted


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says, as people state it; the parts are stated whole."""

    kind: AgreementKind
    title: str
    in_force_on: date | None = None
    notice_months: int | None = None
    exit_terms: str = ""
    officers_consulted: bool = False
    legal_basis: LegalBasis = LegalBasis.NOT_STATED
    terms: str = ""
    review_on: date | None = None
    ends_on: date | None = None
    has_compensation: bool = False
    decision_ref: str = ""
    parties: tuple[PartyTerms, ...] = ()
    reserved_matters: tuple[ReservedTerms, ...] = ()
    dispute_steps: tuple[StepTerms, ...] = ()


OWN_COLUMNS = (
    "kind", "title", "in_force_on", "notice_months", "exit_terms", "officers_consulted", "legal_basis",
    "terms", "review_on", "ends_on", "has_compensation", "decision_ref",
)  # fmt: skip


def terms_of(agreement: Agreement) -> Terms:
    """What the agreement says now. Three queries."""
    return Terms(**{name: getattr(agreement, name) for name in OWN_COLUMNS}, **parts_of(agreement))


@transaction.atomic
def record_agreement(
    partnership: Partnership, *, by: User, terms: Terms, channel: Channel = Channel.PAGE
) -> Agreement:
    """A new agreement of the partnership; refuses as row 79, and parties that are no partners."""
    check_manage_partnership(by, partnership)
    values = _checked(terms)
    parts = checked_parts(partnership, terms.parties, terms.reserved_matters, terms.dispute_steps)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    taken = set(partnership.agreements.values_list("ref", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"AG-{number}" not in taken)
    agreement = Agreement.objects.create(
        partnership=partnership, ref=f"AG-{number}", created_by=by, updated_by=by, **values
    )
    write_parts(agreement, parts)
    audit.record(
        agreement,
        by=by,
        action="record_agreement",
        channel=channel,
        scope=partnership.key,
        after=_plain(values) | parts.plain(),
    )
    return agreement


@transaction.atomic
def update_agreement(
    agreement: Agreement, *, by: User, seen_version: int, terms: Terms, channel: Channel = Channel.PAGE
) -> Agreement:
    """The agreement with other terms; refuses as row 79, and a stale edit. No change leaves no trace."""
    check_manage_partnership(by, agreement.partnership)
    check_seen(agreement, seen_version)
    values = _checked(terms)
    parts = checked_parts(agreement.partnership, terms.parties, terms.reserved_matters, terms.dispute_steps)
    now_there = Parts(**parts_of(agreement))
    before = _plain({name: getattr(agreement, name) for name in values}) | now_there.plain()
    after = _plain(values) | parts.plain()
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return agreement
    write_next(agreement, values, by=by, seen_version=seen_version)
    write_parts(agreement, parts)
    saved = Agreement.objects.select_related("partnership").get(pk=agreement.pk)
    audit.record(
        saved,
        by=by,
        action="update_agreement",
        channel=channel,
        scope=saved.partnership.key,
        before={name: before[name] for name in changed} | {"version": seen_version},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


def _checked(terms: Terms) -> dict[str, Any]:
    title = check_text(terms.title, "Title", 200, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    check_months(terms.notice_months)
    check_period(terms.in_force_on, terms.ends_on)
    check_consulted(
        needs_consultation=terms.kind == AgreementKind.S113 or terms.legal_basis == LegalBasis.S113,
        is_in_force=terms.in_force_on is not None,
        is_consulted=terms.officers_consulted,
    )
    return {
        "kind": str(AgreementKind(terms.kind)),
        "title": title,
        "in_force_on": terms.in_force_on,
        "notice_months": terms.notice_months,
        "exit_terms": check_text(terms.exit_terms, "Exit terms", 4_000, "exit_terms"),
        "officers_consulted": terms.officers_consulted,
        "legal_basis": str(LegalBasis(terms.legal_basis)),
        "terms": check_text(terms.terms, "Scope and terms", 4_000, "terms"),
        "review_on": terms.review_on,
        "ends_on": terms.ends_on,
        "has_compensation": terms.has_compensation,
        "decision_ref": check_text(terms.decision_ref, "Decision", 40, "decision_ref"),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

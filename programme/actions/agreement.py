"""Record the agreements between the councils of a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.enums import AgreementKind
from programme.models import Agreement, Partnership
from programme.policies import check_manage_partnership
from programme.rules.membership import check_consulted

MOST_MONTHS = 1_200


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says, as people state it."""

    kind: AgreementKind
    title: str
    in_force_on: date | None = None
    notice_months: int | None = None
    exit_terms: str = ""
    officers_consulted: bool = False


@transaction.atomic
def record_agreement(
    partnership: Partnership, *, by: User, terms: Terms, channel: Channel = Channel.PAGE
) -> Agreement:
    """A new agreement of the partnership; refuses as row 79."""
    check_manage_partnership(by, partnership)
    values = _checked(terms)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    taken = set(partnership.agreements.values_list("ref", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"AG-{number}" not in taken)
    agreement = Agreement.objects.create(
        partnership=partnership, ref=f"AG-{number}", created_by=by, updated_by=by, **values
    )
    audit.record(
        agreement,
        by=by,
        action="record_agreement",
        channel=channel,
        scope=partnership.key,
        after=_plain(values),
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
    before, after = _plain({name: getattr(agreement, name) for name in values}), _plain(values)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return agreement
    write_next(agreement, values, by=by, seen_version=seen_version)
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


def _checked(terms: Terms) -> dict[str, object]:
    title = check_text(terms.title, "Title", 200, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    months = terms.notice_months
    if months is not None and not 0 <= months <= MOST_MONTHS:
        raise Refusal("Notice must be a whole number of months, 0 or more", "notice_months")
    check_consulted(
        needs_consultation=terms.kind == AgreementKind.S113,
        is_in_force=terms.in_force_on is not None,
        is_consulted=terms.officers_consulted,
    )
    return {
        "kind": str(AgreementKind(terms.kind)),
        "title": title,
        "in_force_on": terms.in_force_on,
        "notice_months": months,
        "exit_terms": check_text(terms.exit_terms, "Exit terms", 4_000, "exit_terms"),
        "officers_consulted": terms.officers_consulted,
    }


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

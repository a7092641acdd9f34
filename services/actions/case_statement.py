"""State what one council's section 151 officer says of a version of a business case (INV-15)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from programme.models import Council
from services.actions.case_version import audit_case, check_seen, save_case
from services.enums import CaseState, Position
from services.models import BusinessCase, CaseStatement
from services.policies import check_state, powers_of

_NOT_NOW = "Statements are made while this version is in section 151 review"


@transaction.atomic
def make_statement(
    case: BusinessCase,
    council: Council,
    *,
    by: User,
    seen_version: int,
    position: str,
    text: str,
    channel: str = Channel.PAGE,
) -> CaseStatement:
    """The council's statement, made or made again; a person who is officer of several signs for each.

    Refuses anyone but the council's own section 151 officer, the author of the case (row 35), a case that is
    not in section 151 review, CaseChanged after another's edit (row 84), and a statement without words.
    """
    check_state(powers_of(by, case.programme), council)
    if case.state != CaseState.S151_REVIEW:
        raise Refusal(_NOT_NOW)
    if case.created_by_id == by.pk:
        raise Refusal("The person who proposed the change cannot approve it", code="35")
    check_seen(case, seen_version)
    words = _checked(position, text)
    before = case.statements.filter(council=council).first()
    if before is not None and (before.position, before.text, before.stated_by_id) == (position, words, by.pk):
        return before
    saved = save_case(case, by=by)
    statement, _ = CaseStatement.objects.update_or_create(
        business_case=case,
        council=council,
        defaults={"position": position, "text": words, "stated_at": now(), "stated_by": by},
    )
    audit_case(
        saved,
        action="make_statement",
        channel=channel,
        before={council.key: [before.position, before.text]} if before else {},
        after={council.key: [position, words]},
        why=words,
    )
    return statement


def _checked(position: str, text: str) -> str:
    """The words ready to store; refuses what is missing or wrong at once (row 85)."""
    refusals, words = [], ""
    if position not in Position.values:
        refusals.append(Refusal("Choose what you say of this business case", field="position"))
    try:
        words = check_text(text, "Statement", field="text")
    except Refusal as said:
        refusals.append(said)
    else:
        if not words:
            refusals.append(Refusal("Enter the statement", field="text"))
    if refusals:
        raise Refusals(refusals)
    return words

"""Explain why a council's share differs, and state how many posts it removed (F-35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.actions.partners import check_day, check_partner
from benefits.enums import EquitySubject
from benefits.fairness_policies import check_explain, check_state_posts
from benefits.models import EquityNote, PostsRemoved
from benefits.rules.equity import ExplainedShare, check_explanation, check_posts
from core.actions import audit
from core.actions.publication import Withholding, record_withheld_at_once
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in
from core.rules.text import check_text
from programme.actions.withholding import withheld_in
from programme.models import Council, Programme


@transaction.atomic
def record_explanation(
    programme: Programme,
    *,
    by: User,
    council: Council,
    subject: str,
    text: str,
    differences: Iterable[ExplainedShare],
    withholding: Withholding | None = None,
    channel: Channel = Channel.PAGE,
) -> EquityNote:
    """Keep why a council's share differs from what was agreed, and where it stands; earlier ones stay.

    It is withheld from its beginning where that is said.
    """
    check_partner(programme, council)
    check_explain(by, programme, council)
    words = check_text(text, "Explanation", 1000, "text")
    check_explanation(words)
    check_not_stand_in(words, "text")
    withheld = withheld_in(programme, withholding, by=by, councils={council.pk})
    note = EquityNote.objects.create(
        programme=programme,
        council=council,
        subject=EquitySubject(subject),
        text=words,
        explained=[asdict(one) | {"points": str(one.points)} for one in differences],
        entered_by=by,
        entered_at=now(),
        **withheld,
    )
    audit.record(
        note,
        by=by,
        action="explain_difference",
        channel=channel,
        scope=programme.key,
        after={"council": council.key, "subject": note.subject},
        why=audit.fingerprint(words) if note.is_withheld else words,
    )
    record_withheld_at_once(note, by=by, channel=channel, scope=programme.key)
    return note


@transaction.atomic
def record_posts_removed(
    programme: Programme,
    *,
    by: User,
    council: Council,
    posts: int,
    as_at_on: date,
    evidence: str,
    channel: Channel = Channel.PAGE,
) -> PostsRemoved:
    """State how many posts a council has removed so far; the latest statement counts.

    The trail does not hold the number: fewer than 5 may not be told (INV-38). The row keeps it for good.
    """
    check_partner(programme, council)
    check_state_posts(by, council)
    check_posts(posts)
    check_day(as_at_on, "Date of the number", "as_at_on")
    source = check_text(evidence, "Evidence", 500, "evidence")
    if not source:
        raise Refusal("Say where the number comes from", "evidence")
    row = PostsRemoved.objects.create(
        programme=programme,
        council=council,
        posts=posts,
        as_at_on=as_at_on,
        evidence=source,
        entered_by=by,
        entered_at=now(),
    )
    audit.record(
        row,
        by=by,
        action="record_posts_removed",
        channel=channel,
        scope=programme.key,
        after={"council": council.key, "as_at_on": as_at_on.isoformat(), "evidence": source},
    )
    return row

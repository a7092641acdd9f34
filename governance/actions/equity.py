"""Explain why a council's share differs, with the figures as they stand (F-35)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from benefits.actions.equity import record_explanation
from benefits.models import EquityNote
from core.actions.publication import Withholding
from core.clock import today
from core.enums import Channel
from governance.queries.equity import equity_panel
from programme.models import Council, Programme


@transaction.atomic
def explain_difference(
    programme: Programme,
    *,
    by: User,
    council: Council,
    subject: str,
    text: str,
    withholding: Withholding | None = None,
    channel: Channel = Channel.PAGE,
) -> EquityNote:
    """Keep the explanation with the points that it explains: it covers them until they have moved on."""
    panel = equity_panel(programme, today=today())
    return record_explanation(
        programme,
        by=by,
        council=council,
        subject=subject,
        text=text,
        differences=panel.differences_of(subject, council.pk),
        withholding=withholding,
        channel=channel,
    )

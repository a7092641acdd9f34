"""Record what is expected now. A forecast never touches the plan (INV-03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount, check_belongs
from benefits.actions.commentary import check_forecast_explained
from benefits.models import ForecastAmount, ForecastSnapshot
from benefits.policies import check_record_forecast
from benefits.rules.ledger import check_forecast_entries
from core.actions import audit
from core.clock import london_date, now
from core.enums import Channel
from core.errors import Refusal
from core.rules.dates import check_not_future
from core.rules.text import check_text
from programme.models import Programme


@transaction.atomic
def record_forecast(
    programme: Programme,
    *,
    by: User,
    as_at_on: date,
    commentary: str,
    amounts: Sequence[Amount],
    entered_at: datetime | None = None,
    may_outlast: bool = False,
    channel: Channel = Channel.PAGE,
) -> ForecastSnapshot:
    """The new snapshot: from its day on, it is current for each line and council that it holds.

    Refuses amounts of a council after its abolition (row 77), where they may not outlast it as they stood.
    """
    moment = entered_at or now()
    day = london_date(moment)
    check_record_forecast(by, programme, (amount.council for amount in amounts), as_of=day)
    if not amounts:
        raise Refusal("Enter at least one amount", "amounts")
    check_not_future(as_at_on, day, "Forecast date")
    check_forecast_entries([amount.entry for amount in amounts])
    check_belongs(programme, amounts, may_outlast=may_outlast)
    check_forecast_explained(programme, amounts, commentary, as_of=as_at_on)
    snapshot = ForecastSnapshot.objects.create(
        programme=programme,
        as_at_on=as_at_on,
        commentary=check_text(commentary, "Commentary"),
        entered_by=by,
        entered_at=moment,
    )
    ForecastAmount.objects.bulk_create(
        ForecastAmount(
            snapshot=snapshot,
            line=amount.line,
            council=amount.council,
            fy=amount.fy,
            period=amount.period,
            amount_pence=amount.pence,
            explanation=check_text(amount.explanation, "Explanation", 500),
            source=amount.source,
            qualifier=amount.qualifier,
        )
        for amount in amounts
    )
    audit.record(
        snapshot,
        by=by,
        action="record_forecast",
        channel=channel,
        scope=programme.key,
        after={"as_at_on": as_at_on.isoformat(), "amounts": len(amounts)},
        why=snapshot.commentary,
    )
    return snapshot

"""Close a month of a council, and let named people enter amounts of it for a while longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.models import CloseException, PeriodClose
from benefits.policies import check_close_period, check_grant_exception, enters_for
from benefits.rules.periods import check_close, check_exception
from core.actions import audit
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.models import Council


def lock_councils(councils: Iterable[Council]) -> None:
    """Let nobody close a month of these councils, or enter amounts of them, until the end of what is written.

    Where more is locked: programmes first, then councils, then amounts, then budgets.
    """
    keys = {council.pk for council in councils}
    list(Council.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def close_period(
    council: Council, *, by: User, fy: int, period: int, channel: Channel = Channel.PAGE
) -> PeriodClose:
    """The month, closed to all entries of this council in every programme."""
    check_close_period(by, council)
    Council.objects.select_for_update().get(pk=council.pk)
    is_closed = PeriodClose.objects.filter(council=council, fy=fy, period=period).exists()
    check_close(fy, period, as_of=today(), is_closed=is_closed)
    close = PeriodClose.objects.create(council=council, fy=fy, period=period, entered_by=by)
    audit.record(
        close,
        by=by,
        action="close_period",
        channel=channel,
        scope=council.key,
        after={"council": council.key, "fy": fy, "period": period},
    )
    return close


@transaction.atomic
def grant_exception(
    close: PeriodClose,
    *,
    by: User,
    user: User,
    until_on: date,
    reason: str,
    channel: Channel = Channel.PAGE,
) -> CloseException:
    """Let one person enter amounts of a closed month up to a day."""
    check_grant_exception(by, close.council)
    if not enters_for(user, [close.council]):
        raise Refusal(f"Choose an officer who enters the amounts of {close.council}", "user")
    if user == by:
        raise Refusal("Someone else must make an exception for you", "user")
    check_exception(until_on, reason, as_of=today())
    made = CloseException.objects.create(
        close=close,
        user=user,
        until_on=until_on,
        reason=check_text(reason, "Reason", 500, "reason"),
        entered_by=by,
    )
    audit.record(
        close,
        by=by,
        action="grant_exception",
        channel=channel,
        scope=close.council.key,
        after={"user": user.email, "until_on": until_on.isoformat()},
        why=made.reason,
    )
    return made

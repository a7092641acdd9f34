"""Addresses that mail does not reach: tell the administrators once, and clear one that works again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import FailedAddress, RoleHeld, User
from core.actions.audit import record
from core.clock import now, today
from core.enums import Channel
from core.rules.words import count_of
from programme.channels import SendingError, chosen_carrier
from programme.policies import check_clear_address

logger = logging.getLogger(__name__)
# Longer than a mail to each administrator can take.
STALE_AFTER = timedelta(minutes=15)


def tell_of_failed_addresses() -> int:
    """Tell each administrator by one mail of the addresses that failed since the last; how many failed.

    Each address is told of once: it is marked before the mail goes, and the mark is taken back where the
    mail reaches no administrator. The mark of a worker that was killed meanwhile counts for minutes alone.
    """
    moment = now()
    untold = FailedAddress.objects.standing().filter(_free(moment))
    failed = [one for one in untold.select_related("user") if _mark(one, moment)]
    if not failed:
        return 0
    reached = [person for person in _administrators() if _tell(person, failed)]
    if not reached:
        _settle(failed, telling_at=None)
        return 0
    _settle(failed, telling_at=None, told_at=now())
    return len(failed)


@transaction.atomic
def clear_failed_address(failed: FailedAddress, *, by: User, channel: str = Channel.PAGE) -> None:
    """Let mail go to the address again; audited. Clearing it twice changes nothing."""
    held = FailedAddress.objects.select_for_update().get(pk=failed.pk)
    check_clear_address(by, held)
    if held.cleared_at is not None:
        return
    held.cleared_at, held.cleared_by = now(), by
    held.save(update_fields=["cleared_at", "cleared_by"])
    record(held, by=by, action="clear_failed_address", channel=channel, before={"words": held.words})


def _mark(failed: FailedAddress, moment: datetime) -> bool:
    return bool(FailedAddress.objects.filter(_free(moment), pk=failed.pk).update(telling_at=moment))


def _free(moment: datetime) -> Q:
    """Whom nobody was told of, and no living worker is telling of."""
    stale = Q(telling_at__isnull=True) | Q(telling_at__lt=moment - STALE_AFTER)
    return Q(told_at__isnull=True) & stale


def _settle(failed: Sequence[FailedAddress], **values: datetime | None) -> None:
    FailedAddress.objects.filter(pk__in=[one.pk for one in failed]).update(**values)


def _administrators() -> Sequence[User]:
    """Active administrators whose own address is not among those that fail."""
    held = RoleHeld.objects.current(today()).filter(role=RoleName.ADMINISTRATOR)
    failing = FailedAddress.objects.standing().values("user")
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return list(people.exclude(pk__in=failing).order_by("pk"))


def _tell(person: User, failed: Sequence[FailedAddress]) -> bool:
    names = "\n".join(f"- {one.user.name}, {one.address}: {one.words}" for one in failed)
    page = urljoin(settings.BASE_URL, reverse("programme:failed_address_list"))
    counted = count_of(len(failed), "mail address")
    message = EmailMessage(
        subject=f"Reminders do not reach {counted}",
        body=(
            f"Mail to these people did not arrive, and no more is sent to them:\n\n{names}\n\n"
            f"Correct an address, or clear it where it works again: {page}\n"
        ),
        to=[person.email],
        headers={
            "Message-ID": f"<failed-{failed[0].pk}-{person.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        chosen_carrier().send(message)
    except SendingError as error:
        logger.error("Administrator %s could not be told of failed addresses: %s", person.pk, error)
        return False
    return True

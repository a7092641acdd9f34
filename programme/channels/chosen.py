"""Which carrier this installation has chosen (REMINDER_CHANNEL)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings

from core.enums import MailChannel
from programme.channels.carrier import Carrier
from programme.channels.mail_server import MailServer
from programme.channels.notify import Notify

CARRIERS: Mapping[str, Callable[[], Carrier]] = {MailChannel.SMTP: MailServer, MailChannel.NOTIFY: Notify}


def chosen_carrier() -> Carrier:
    """The carrier of reminders."""
    return carrier_named(settings.REMINDER_CHANNEL)


def carrier_named(name: str) -> Carrier:
    """The carrier of this name: what an earlier try was handed to may not be the one chosen now."""
    return CARRIERS[name]()

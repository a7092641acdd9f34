"""Reminders by the mail server of EMAIL_URL."""

from __future__ import annotations

from django.core.mail import EmailMessage

from core.enums import MailChannel
from programme.channels.carrier import TryAgainError


class MailServer:
    """Any mail system that Django can speak to. It cannot be asked what it took."""

    name = MailChannel.SMTP

    def taken(self, reference: str) -> None:
        """Not known: a mail server keeps no list that could be asked."""

    def send(self, message: EmailMessage) -> str:
        """Hand over one mail; a mail server gives no number that could be asked for later."""
        try:
            message.send()
        except (OSError, ValueError) as error:
            raise TryAgainError(str(error) or type(error).__name__) from error
        return ""

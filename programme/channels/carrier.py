"""What every carrier of mail must do, and the two ways in which it can fail."""

from __future__ import annotations

from typing import Protocol

from django.core.mail import EmailMessage

from core.enums import MailChannel


class SendingError(Exception):
    """The mail was not taken, in the carrier's own words."""


class TryAgainError(SendingError):
    """It may be taken later; whether it was taken now is not always known."""


class NotTakenError(SendingError):
    """It will not be taken, however often it is sent."""


class Carrier(Protocol):
    """Takes mail. A mail's Message-ID is its reference: the same at every try."""

    name: MailChannel

    def taken(self, reference: str) -> str | None:
        """The carrier's own number of a mail that it took under this reference before.

        None where it took none, or cannot tell. Raises TryAgainError where it cannot be asked now.
        """

    def send(self, message: EmailMessage) -> str:
        """Hand over one mail and return the carrier's own number of it, empty where it gives none."""

"""Reminders by GOV.UK Notify, through its official client.

One template carries every mail: its subject is ((subject)), its message ((body)). Notify reads Markdown in
what fills the gaps, so signs which would make a heading or a link of somebody's words are taken out of them.
"""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage

from core.enums import MailChannel
from programme.channels.carrier import NotTakenError, SendingError, TryAgainError

if TYPE_CHECKING:
    from notifications_python_client.errors import APIError
    from notifications_python_client.notifications import NotificationsAPIClient

logger = logging.getLogger(__name__)

# A worker must not hang for ever on a server that accepts and says nothing.
TIMEOUT_SECONDS = 20
# A wrong key or a wrong clock is everybody's mail of the day: it is put right and tried again, not given up.
KEY_NOT_TAKEN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
PASSING = KEY_NOT_TAKEN | {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
_ONE_CLICK = re.compile(r"<(https://[^>]+)>")
_LINE_START = re.compile(r"^([ \t]*)(?=[#*^+>-]|\d+[.)])", re.MULTILINE)


class Notify:
    """GOV.UK Notify. It keeps what it took for seven days, and can be asked by reference."""

    name = MailChannel.NOTIFY

    def __init__(self) -> None:
        # Imported only where Notify carries the mail: its client brings an HTTP library with it.
        from notifications_python_client.notifications import NotificationsAPIClient

        self._client: NotificationsAPIClient = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=TIMEOUT_SECONDS
        )

    def taken(self, reference: str) -> str | None:
        """Notify's number of a mail that it took under this reference, or None."""
        found = self._asked(lambda: self._client.get_all_notifications(reference=reference))
        rows: list[dict[str, Any]] = found.get("notifications") or []
        return str(rows[0]["id"]) if rows else None

    def send(self, message: EmailMessage) -> str:
        """Hand over one mail and return Notify's number of it."""
        words = {"subject": message.subject, "body": without_markup(str(message.body))}
        given = self._asked(
            lambda: self._client.send_email_notification(
                email_address=message.to[0],
                template_id=settings.NOTIFY_TEMPLATE_ID,
                personalisation=words,
                reference=message.extra_headers["Message-ID"],
                one_click_unsubscribe_url=_one_click_of(message),
            )
        )
        return str(given["id"])

    def _asked(self, ask: Any) -> dict[str, Any]:
        """The answer of Notify; raises in its own words, as what may pass or as what does not."""
        from notifications_python_client.errors import HTTPError, InvalidResponse

        try:
            answer: dict[str, Any] = ask()
        except HTTPError as error:
            raise _meant(error) from error
        except InvalidResponse as error:
            raise TryAgainError(f"GOV.UK Notify: {error}") from error
        return answer


def without_markup(text: str) -> str:
    """The text so that Notify shows it as it is: no heading, list, box or link with words of its own."""
    return _LINE_START.sub(r"\1– ", text).replace("](", "] (")


def _one_click_of(message: EmailMessage) -> str | None:
    """The address that unsubscribes by one click, where the mail has one (RFC 8058)."""
    found = _ONE_CLICK.search(message.extra_headers.get("List-Unsubscribe", ""))
    return found[1] if found else None


def _meant(error: APIError) -> SendingError:
    status = error.status_code
    if status in KEY_NOT_TAKEN:
        logger.critical(
            "GOV.UK Notify takes no mail: NOTIFY_API_KEY is not accepted, or the clock here is wrong"
        )
    words = f"GOV.UK Notify: {status} {_words(error.message)}"
    passes = status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return TryAgainError(words) if passes else NotTakenError(words)


def _words(message: str | list[dict[str, Any]]) -> str:
    """What Notify says is wrong: each error's kind and sentence."""
    if isinstance(message, str):
        return message
    return "; ".join(f"{error.get('error', '')}: {error.get('message', '')}" for error in message)

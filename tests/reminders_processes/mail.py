"""Mail to files, with a place to stop before and after each, where a test can kill the worker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


class StoppingBackend(EmailBackend):
    """Writes mails to files. Where the file `stop-before` or `stop-after` exists it stops there, once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails, as any backend sends them."""
        _stop("before", email_messages)
        count: int = super().send_messages(email_messages)
        _stop("after", email_messages)
        return count


def _stop(place: str, messages: Sequence[EmailMessage]) -> None:
    wanted = Path(settings.DATA_DIR) / f"stop-{place}"
    if wanted.exists():
        wanted.write_text(messages[0].to[0])
        wanted.rename(wanted.with_name("stopped"))
        time.sleep(120)

"""The mails that the programme floor sends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from core.rules.calendar import bank_holidays
from programme.models import Digest
from programme.rules.reminders import DueItem, digest_subject, due_words


def digest_mail(digest: Digest, items: Iterable[DueItem], as_of: date) -> EmailMessage:
    """One person's reminders in plain text, the earliest first, each with a link to where they can act.

    The Message-ID is the digest's own, the same at every try, so that a mail system can tell a repeat.
    """
    ordered = sorted(items, key=lambda item: (item.due_on, item.title, item.object_id))
    holidays = bank_holidays()
    context = {
        "lines": [
            {
                "item": item,
                "title": one_line(item.title),
                "programme": one_line(item.programme),
                "when": item.when or due_words(item.due_on, as_of, holidays),
                "url": urljoin(settings.BASE_URL, item.path),
            }
            for item in ordered
        ],
        "work_url": urljoin(settings.BASE_URL, reverse("programme:my_work")),
        "reminders_url": urljoin(settings.BASE_URL, reverse("programme:reminder_list")),
        "account_url": urljoin(settings.BASE_URL, reverse("accounts:account")),
    }
    return EmailMessage(
        subject=digest_subject(ordered),
        body=render_to_string("programme/mail/digest.txt", context).strip() + "\n",
        to=[digest.recipient.email],
        headers={
            "Message-ID": digest.message_id,
            "X-Concordat-Digest": str(digest.pk),
            # No out-of-office answers, please (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )


def one_line(text: str) -> str:
    """The text with every run of spaces and line breaks as one space: it cannot pose as another line."""
    return " ".join(text.split())

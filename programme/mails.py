"""The mails that the programme floor sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from core.rules.calendar import bank_holidays, format_date
from programme.actions.reminding.wishes import EVERYTHING, stop_token
from programme.models import Digest
from programme.queries.reminding.changes import ChangeLine
from programme.reminder_sources import source_of
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminders import DueItem, digest_subject, due_words


def digest_mail(
    digest: Digest, items: Iterable[DueItem], as_of: date, changes: Iterable[ChangeLine] = ()
) -> EmailMessage:
    """One person's reminders in plain text: what changed first, then what is due, the earliest first, each
    with a link to where they can act.

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
                "for": in_place_words(item),
            }
            for item in ordered
        ],
        "changes": [
            {
                "title": one_line(change.title),
                "programme": one_line(change.programme),
                "words": one_line(change.words),
                "url": urljoin(settings.BASE_URL, change.path),
            }
            for change in changes
        ],
        "stops": [
            {"name": rule.name, "url": stop_url(digest.recipient, rule.key)}
            for rule in kinds_to_stop(ordered)
        ],
        "work_url": urljoin(settings.BASE_URL, reverse("programme:my_work")),
        "reminders_url": urljoin(settings.BASE_URL, reverse("programme:reminder_list")),
        "wishes_url": urljoin(settings.BASE_URL, reverse("programme:reminder_wish_update")),
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
            **_stop_headers(digest.recipient, ordered),
        },
    )


def trial_mail(digest: Digest, items: Collection[DueItem], as_of: date) -> EmailMessage:
    """The mail of a digest that is not stored, marked as a test in its subject and its first line."""
    mail = digest_mail(digest, items, as_of) if items else EmailMessage(to=[digest.recipient.email])
    nothing = "nothing is due in your next mail"
    mail.subject = f"Test: {mail.subject if items else nothing}"
    said = "This is a test that you asked for." if items else f"This is a test: {nothing}."
    mail.body = f"{said}\n\n{mail.body}".strip() + "\n"
    mail.extra_headers = {"Message-ID": digest.message_id, "Auto-Submitted": "auto-generated"}
    return mail


def in_place_words(item: DueItem) -> str:
    """For Priya Raman, away until 3 December 2026; empty where it is one's own."""
    away = item.in_place_of
    return f"For {one_line(away.name)}, away until {format_date(away.until)}" if away else ""


def kinds_to_stop(items: Iterable[DueItem]) -> list[ReminderRule]:
    """The rules of these items that their reader may stop, each once, by name."""
    rules = {source.spec for item in items if (source := source_of(item.rule))}
    return sorted((rule for rule in rules if not rule.is_statutory), key=lambda rule: rule.name)


def stop_url(user: User, kind: str) -> str:
    """The address that stops mail of a kind to a person, without signing in."""
    return urljoin(settings.BASE_URL, reverse("programme:reminder_stop", args=[stop_token(user, kind)]))


def _stop_headers(user: User, items: Iterable[DueItem]) -> dict[str, str]:
    """What lets a mail program offer to stop these mails (RFC 8058); none where the law asks for them all."""
    kinds = kinds_to_stop(items)
    if not kinds:
        return {}
    kind = kinds[0].key if len(kinds) == 1 else EVERYTHING
    return {
        "List-Unsubscribe": f"<{stop_url(user, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def one_line(text: str) -> str:
    """The text with every run of spaces and line breaks as one space: it cannot pose as another line."""
    return " ".join(text.split())

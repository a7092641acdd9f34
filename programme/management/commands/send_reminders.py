"""Sends the reminders of a day by hand, as the timetable and the worker do at 7am."""

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from datetime import date
from typing import Any

from django.core.management import BaseCommand

from core.clock import today
from core.errors import Refusal
from core.rules.calendar import bank_holidays, format_date, is_working_day, next_working_day
from core.rules.dates import parse_date
from core.rules.words import count_of
from programme.actions.deliveries import deliver_digest
from programme.actions.reminders import send_due_reminders
from programme.enums import DeliveryState


class Command(BaseCommand):
    """Makes what is due and sends it at once, without a worker. Running it again sends nothing twice."""

    help = "Send the reminders of today, or of another day; run it again at any time without harm"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day."""
        parser.add_argument(
            "--day",
            type=_day,
            metavar="DATE",
            help="the day to send for, for example 2026-11-24; today without it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say what came of it."""
        day = options["day"] or today()
        if not is_working_day(day, bank_holidays()):
            following = format_date(next_working_day(day, bank_holidays()))
            self.stdout.write(
                f"{format_date(day)} is not a working day. Its reminders go out on {following}."
            )
            return
        made = send_due_reminders(day=day)
        states = Counter(deliver_digest(digest_id=digest_id) for digest_id in made)
        self.stdout.write(f"{format_date(day)}: {_summary(states)}")


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except Refusal as refusal:
        raise ArgumentTypeError(refusal.message) from refusal


def _summary(states: Counter[str | None]) -> str:
    sent, failed = states[DeliveryState.SENT], states[DeliveryState.FAILED]
    if not sent and not failed:
        return "nothing new to send."
    words = f"{count_of(sent, 'mail')} sent."
    return f"{words} {count_of(failed, 'mail')} failed and will be tried again." if failed else words

"""The parts of the proof: what is done to an installation while it reminds, each in a database of its own."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from benchmarks.reliability import mailbox
from benchmarks.reliability.crew import Crew
from benchmarks.reliability.judge import Verdict, expected, judge
from benchmarks.reliability.mailbox import Landed, Mailbox
from benchmarks.reliability.servers import Postgres, Redis, away
from core.clock import LONDON
from core.enums import MailChannel
from tests import notify_server as notify
from tests.installation import wait_until
from tests.notify_server import NotifyServer, notify_server

WEEK = tuple(date(2026, 11, day) for day in (23, 24, 25, 26, 27))
AUTUMN = (date(2026, 10, 23), date(2026, 10, 26))
SPRING = (date(2027, 3, 25), date(2027, 3, 30))
SECONDS_AFTER = 15
LONGEST_WAIT = 300
# How many mails of a day a mail server is silent to, or loses its answer of.
SOME_MAILS = 10
# So long nothing may seem to happen while a hundred thousand things are found.
LONGEST_MAKING = 300
MIGRATED = "migrated"
FIRST_SENT = "SELECT min(sent_at) FROM programme_digest GROUP BY day_on ORDER BY day_on"
TIMES = (
    "SELECT (SELECT max(finished_at) FROM programme_reminderrun), (SELECT max(sent_at) FROM programme_digest)"
)
LONGEST_PAUSE = 8.0
# How long the mail server of the kills takes for each mail: whoever is killed mostly has one in hand.
SLOW_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One part: what was done, what came of it, and figures of its own."""

    name: str
    verdict: Verdict
    seconds: float
    notes: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Proof:
    """The servers, the seed and the sizes that all parts share."""

    folder: Path
    postgres: Postgres
    redis: Redis
    seed: int
    people: int
    made: int = 0

    def chance(self) -> random.Random:
        """Chance that is the same at every run of the part with this number."""
        return random.Random(self.seed + self.made)  # noqa: S311 - to be the same again

    def prepare(self) -> None:
        """Make one database with the product's tables, of which every part gets a copy."""
        crew = Crew(self.folder / MIGRATED, self.postgres.make(MIGRATED), self.redis.url, {})
        crew.set_clock(datetime.now(UTC))
        crew.tell("call_command('migrate', verbosity=0)")

    @contextmanager
    def crew(
        self, people: int, days: Sequence[date], carrier: Mapping[str, str], items: int | None = None
    ) -> Iterator[Crew]:
        """An installation with these people, whose items are due in turn on these days; nothing runs yet."""
        self.made += 1
        self.redis.empty()
        url = self.postgres.make(f"part_{self.made}", MIGRATED)
        crew = Crew(self.folder / f"part_{self.made}", url, self.redis.url, dict(carrier))
        crew.set_clock(datetime.combine(days[0] - timedelta(days=1), datetime.min.time(), UTC))
        crew.tell(f"make({people}, {items or len(days)}, {[str(day) for day in days]})")
        try:
            yield crew
        finally:
            crew.stop()

    def by_mail(
        self,
        name: str,
        days: Sequence[date],
        harm: Callable[[Crew, Mailbox, int], None],
    ) -> Outcome:
        """A part whose mail goes to a mail server: on each day `harm` is done, then all is left in peace."""
        count, began = self.people, time.monotonic()
        box = Mailbox(self.seed)
        with self.crew(count, days, {"EMAIL_URL": box.url}) as crew:
            for number, day in enumerate(days):
                _start_before_seven(crew, day)
                harm(crew, box, number)
                box.mode = mailbox.TAKES
                crew.settle(count * (number + 1))
                crew.stop()
            verdict = judge(crew, box.mails, expected(count, days))
            notes = _notes(crew) | {
                f"connections the mail server {mode}": count
                for mode, count in sorted(box.counted.items())
                if mode != mailbox.TAKES
            }
        _close(box)
        return Outcome(name, verdict, time.monotonic() - began, notes)

    def by_notify(
        self, name: str, days: Sequence[date], harm: Callable[[Crew, NotifyServer, int], None]
    ) -> Outcome:
        """The same with GOV.UK Notify, of which there is one on this machine."""
        began = time.monotonic()
        with notify_server() as server, self.crew(self.people, days, _to_notify(server)) as crew:
            for number, day in enumerate(days):
                _start_before_seven(crew, day)
                server.ahead = crew.ahead
                harm(crew, server, number)
                crew.settle(self.people * (number + 1), lambda: setattr(server, "ahead", crew.ahead))
                crew.stop()
            landed = [Landed(mail["email_address"], mail["reference"], mail["body"]) for mail in server.taken]
            verdict = judge(crew, landed, expected(self.people, days))
            return Outcome(name, verdict, time.monotonic() - began, _notes(crew))


def killed(proof: Proof, kills: int) -> Outcome:
    """Workers and beats killed at random, day after day."""

    def harm(crew: Crew, box: Mailbox, number: int) -> None:
        box.pause = SLOW_SECONDS
        crew.kill_at_random(_share(kills, number), chance, LONGEST_PAUSE)
        box.pause = 0

    chance = proof.chance()
    return proof.by_mail(f"{kills} random SIGKILLs of workers and beats", WEEK, harm)


def killed_with_notify(proof: Proof, kills: int) -> Outcome:
    """The same where Notify carries the mail, which loses an answer a day and refuses some as too many."""

    def harm(crew: Crew, server: NotifyServer, number: int) -> None:
        server.pause = SLOW_SECONDS
        server.faults.extend([notify.LOSE_ANSWER, *[notify.RATE_LIMIT] * 3, notify.DOWN])
        crew.kill_at_random(_share(kills, number), chance, LONGEST_PAUSE)
        server.pause = 0

    chance = proof.chance()
    return proof.by_notify(f"{kills} random SIGKILLs, GOV.UK Notify carrying the mail", WEEK, harm)


def redis_emptied(proof: Proof) -> Outcome:
    """Redis killed and started again with nothing in it, while mails wait in it."""

    def harm(crew: Crew, box: Mailbox, _: int) -> None:
        _wait_for_mails(box, len(box.mails) + proof.people // 4)
        proof.redis.stop()
        time.sleep(2)
        proof.redis.start()

    return proof.by_mail("Redis killed and started again empty", WEEK[:2], harm)


def database_away(proof: Proof, seconds: float) -> Outcome:
    """PostgreSQL stopped at once and away, while mails are sent."""

    def harm(crew: Crew, box: Mailbox, _: int) -> None:
        _wait_for_mails(box, len(box.mails) + proof.people // 4)
        away(proof.postgres, seconds)

    return proof.by_mail(f"Database away for {seconds:.0f} seconds", WEEK[:2], harm)


def mail_server_ill(proof: Proof) -> Outcome:
    """A mail server that refuses all, then is silent to some, then takes some mails and loses its answer."""

    def harm(crew: Crew, box: Mailbox, number: int) -> None:
        some = min(1.0, SOME_MAILS / proof.people)
        box.mode, box.share = [
            (mailbox.REFUSES, 1.0),
            (mailbox.SILENT, some),
            (mailbox.LOSES_ANSWERS, some),
        ][number]
        tried = sum(box.counted.values()) + proof.people * 3 // 4
        wait_until(lambda: sum(box.counted.values()) >= tried, LONGEST_WAIT, "most mails were tried")

    return proof.by_mail("Mail server refusing, silent, and losing its answers", WEEK[:3], harm)


def clocks_change(proof: Proof, days: Sequence[date], night: datetime) -> Outcome:
    """Beats and workers that live through the moment at which the clocks change, and the working day after.

    They also run at 6am and 7am in London, summer and winter time, of the Sunday and of that working day, and
    what they send is to go out on that day only, and not before 7am by the clock on the wall.
    """
    began, box, people = time.monotonic(), Mailbox(proof.seed), min(proof.people, 300)
    with proof.crew(people, days, {"EMAIL_URL": box.url}) as crew:
        _start_before_seven(crew, days[0])
        crew.settle(people)
        _live_through(crew, night, people)
        for day in (night.date(), days[1]):
            for hour in (6, 7):
                moment = datetime.combine(day, clock(hour), UTC)
                is_told = moment >= datetime.combine(days[1], clock(7), LONDON)
                _live_through(crew, moment, people * 2 if is_told else people)
        crew.start()
        crew.settle(people * 2)
        first = [at.astimezone(LONDON) for (at,) in crew.rows(FIRST_SENT)]
        verdict = judge(crew, box.mails, expected(people, days))
        notes = _notes(crew) | {"first mail in London": ", ".join(f"{at:%-d %B %H:%M:%S}" for at in first)}
    _close(box)
    return Outcome(f"The clocks change on {night:%-d %B %Y}", verdict, time.monotonic() - began, notes)


def volume(proof: Proof, people: int, items: int) -> Outcome:
    """Nothing is done but the work: so many people with so many items each, all due on one day."""
    began, box, day = time.monotonic(), Mailbox(proof.seed), WEEK[:1]
    with proof.crew(people, day, {"EMAIL_URL": box.url}, items) as crew:
        _start_before_seven(crew, day[0])
        crew.settle(people, making=LONGEST_MAKING)
        (made, sent) = crew.rows(TIMES)[0]
        verdict = judge(crew, box.mails, expected(people, day * items, [0]))
        seven = datetime.combine(day[0], clock(7), LONDON)
        notes = _notes(crew) | {
            "seconds after 7am until all digests were made": round((made - seven).total_seconds(), 1),
            "until all mails were sent": round((sent - seven).total_seconds(), 1),
        }
    _close(box)
    name = f"{people:,} people with {people * items:,} items due on one day"
    return Outcome(name, verdict, time.monotonic() - began, notes)


def _start_before_seven(crew: Crew, day: date) -> None:
    crew.start_before(datetime.combine(day, clock(7), LONDON))


def _live_through(crew: Crew, moment: datetime, digests: int) -> None:
    """Run from a little before a moment to a little after it, and until so many digests are done."""
    crew.stop()
    crew.start_before(moment)
    time.sleep(max(0.0, (moment - crew.now()).total_seconds()) + SECONDS_AFTER)
    crew.works_until_still(digests)
    crew.stop()


def _wait_for_mails(box: Mailbox, count: int) -> None:
    wait_until(lambda: len(box.mails) >= count, LONGEST_WAIT, f"{count} mails have landed")


def _share(kills: int, number: int) -> int:
    """How many of the kills fall on the day with this number."""
    each, over = divmod(kills, len(WEEK))
    return each + (number < over)


def _notes(crew: Crew) -> dict[str, object]:
    ((tries,),) = crew.rows("SELECT max(attempts) FROM programme_digest")
    return {f"killed: {kind}": count for kind, count in sorted(crew.killed.items())} | {
        "clock put forward": crew.jumps,
        "most tries of one mail": tries,
        "load of the machine": f"{os.getloadavg()[1]:.1f}",
        **{f"mails {state}": count for state, count in sorted(crew.states().items())},
    }


def _to_notify(server: NotifyServer) -> dict[str, str]:
    return {
        "REMINDER_CHANNEL": MailChannel.NOTIFY.value,
        "NOTIFY_API_KEY": notify.API_KEY,
        "NOTIFY_TEMPLATE_ID": notify.TEMPLATE,
        "NOTIFY_CALLBACK_TOKEN": "a-token-that-nobody-shows-here",
        "NOTIFY_URL": server.url,
    }


def _close(box: Mailbox) -> None:
    box.shutdown()
    box.server_close()

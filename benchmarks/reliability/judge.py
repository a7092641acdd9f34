"""What everybody had to be told, what they were told, and how the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.reliability.crew import Crew
from benchmarks.reliability.mailbox import Landed

OFFSETS = (0, 1)
TOLD = """
SELECT person.email, reminder.title, reminder.due_on, reminder.offset_days, digest.state, digest.message_id
FROM programme_reminder reminder
JOIN programme_digest digest ON digest.id = reminder.digest_id
JOIN accounts_user person ON person.id = digest.recipient_id
"""
TWO_MAILS = """
SELECT count(*) FROM (
    SELECT recipient_id, day_on FROM programme_digest GROUP BY recipient_id, day_on HAVING count(*) > 1
) twice
"""
Key = tuple[str, str, date, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one part of the proof, each figure a count."""

    people: int
    reminders: int
    mails: int
    missed: int
    unasked: int
    repeated: int
    changed: int
    strangers: int
    two_mails_a_day: int

    @property
    def holds(self) -> bool:
        """Whether nobody missed anything, and nothing came twice but a repeat of one and the same mail."""
        return not (self.missed or self.unasked or self.changed or self.strangers or self.two_mails_a_day)


def expected(people: int, days: Sequence[date], offsets: Sequence[int] = OFFSETS) -> set[Key]:
    """What everybody has to be told: each of their items on its day, and the working day before.

    Worked out from the days alone, without any code of the product. The first item's day before is past.
    """
    found = set()
    for number in range(people):
        for item, due_on in enumerate(days):
            for offset in offsets:
                if item - offset >= 0:
                    found.add((f"owner{number}@council.example", title(item, number), due_on, offset))
    return found


def title(item: int, number: int) -> str:
    """What an item of a person is called."""
    return f"Step {item} of owner {number}"


def judge(crew: Crew, landed: Sequence[Landed], wanted: set[Key]) -> Verdict:
    """Compare what landed with what had to."""
    bodies: dict[str, set[tuple[str, str]]] = {}
    for mail in landed:
        bodies.setdefault(mail.message_id, set()).add((mail.to, mail.body))
    copies = Counter(mail.message_id for mail in landed)
    rows = crew.rows(TOLD)
    kept: set[Key] = {(email, what, due_on, offset) for email, what, due_on, offset, *_ in rows}
    told: set[Key] = {
        (email, what, due_on, offset)
        for email, what, due_on, offset, state, message_id in rows
        if state == "sent"
        and any(to == email and f": {what}\n" in body for to, body in bodies.get(message_id, ()))
    }
    return Verdict(
        people=len({email for email, *_ in wanted}),
        reminders=len(wanted),
        mails=len(copies),
        missed=len(wanted - told),
        unasked=len(kept - wanted),
        repeated=sum(copies.values()) - len(copies),
        changed=sum(len(got) > 1 for got in bodies.values()),
        strangers=len(copies.keys() - {message_id for *_, message_id in rows}),
        two_mails_a_day=crew.rows(TWO_MAILS)[0][0],
    )

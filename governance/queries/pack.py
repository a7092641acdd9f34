"""What an agenda pack and a decision list of a meeting hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.clock import london_date, today
from core.publication import Shown, left_out, shown
from governance.enums import Attending
from governance.models import AgendaItem, Attendance, Decision, Meeting, Paper
from governance.queries.body_councils import body_councils
from governance.queries.meetings import ItemRow, attendance_of, item_rows
from governance.queries.voting import body_rules
from governance.rules.bodies import authority_sentence
from programme.models import Council


@dataclass(frozen=True, slots=True)
class PackDecision:
    """The text of a decision on the agenda, as it may be shown."""

    decision: Decision
    text: Shown
    reasons: Shown


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item with the text of its decision, where the reader may read that."""

    row: ItemRow
    decision: PackDecision | None


@dataclass(frozen=True, slots=True)
class MeetingPack:
    """The agenda of a meeting with its papers and decision texts, and what came of each item."""

    day: date
    made_on: date
    councils: tuple[Council, ...]
    items: tuple[PackItem, ...]
    present: tuple[Attendance, ...]
    sentence: str

    @property
    def left_out(self) -> str:
        """What the pack says of its items, papers and decisions that are withheld from it (row 71)."""
        return left_out([*self._items(), *self._papers(), *self._decisions()])

    @property
    def outcomes_left_out(self) -> str:
        """What the decision list says of the items whose outcome is withheld from it (row 71)."""
        return left_out(item.row.item for item in self.items if item.row.outcome)

    def _items(self) -> Iterator[AgendaItem]:
        return (item.row.item for item in self.items if item.row.text)

    def _papers(self) -> Iterator[Paper]:
        return (paper.paper for item in self.items for paper in item.row.papers)

    def _decisions(self) -> list[Decision]:
        """Each once, though it stands under two items."""
        texts = [item.decision for item in self.items if item.decision]
        return list({one.decision.pk: one.decision for one in texts if one.text or one.reasons}.values())


def meeting_pack(meeting: Meeting, user: User) -> MeetingPack:
    """The pack of a meeting for one reader: what is withheld stays so on paper. Eight queries."""
    owner = meeting.body.council or meeting.body.partnership
    councils = tuple(body_councils(owner)) if owner else ()
    attendance = tuple(attendance_of(meeting))
    rules = body_rules(meeting.body, councils, [row.member for row in attendance], meeting.chaired_by)
    rows = item_rows(meeting, attendance, rules)
    named = [row.item.decision_id for row in rows if row.item.decision_id is not None]
    readable = Decision.objects.visible_to(user).in_bulk(named)
    return MeetingPack(
        day=london_date(meeting.starts_at),
        made_on=today(),
        councils=councils,
        items=tuple(PackItem(row, _decision(readable, row)) for row in rows),
        present=tuple(row for row in attendance if row.state == Attending.PRESENT),
        sentence=authority_sentence([(meeting.body.name, meeting.body.authority)]),
    )


def _decision(readable: dict[int, Decision], row: ItemRow) -> PackDecision | None:
    decision = readable.get(row.item.decision_id) if row.item.decision_id is not None else None
    if decision is None:
        return None
    return PackDecision(decision, shown(decision, decision.text), shown(decision, decision.reasons))

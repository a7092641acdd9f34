"""What an agenda pack and a decision list of a meeting hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.models import User
from core.clock import london_date, today
from core.models import Publication
from core.publication import Shown, left_out, not_for_publication, shown
from governance.enums import Attending
from governance.models import AgendaItem, Attendance, Decision, Meeting, Paper
from governance.queries.body_councils import body_councils
from governance.queries.meetings import ItemRow, PaperRow, attendance_of, item_rows
from governance.queries.voting import body_rules
from governance.rules.bodies import authority_sentence
from programme.models import Council

Opened = Callable[[Publication], bool]


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
    """The agenda of a meeting with its papers and decision texts, and what came of each item.

    `opened` says which of what is withheld the reader has opened, so that it stands in this version.
    """

    day: date
    made_on: date
    councils: tuple[Council, ...]
    items: tuple[PackItem, ...]
    present: tuple[Attendance, ...]
    sentence: str
    opened: Opened

    @property
    def left_out(self) -> str:
        """What the pack says of its items, papers and decisions that are withheld from it (row 71)."""
        return left_out(self.withheld)

    @property
    def outcomes_left_out(self) -> str:
        """What the decision list says of the items whose outcome is withheld from it (row 71)."""
        return left_out(self._closed(item.row.item for item in self.items if item.row.outcome))

    @property
    def withheld(self) -> list[Publication]:
        """The items, papers and decisions that say something which is withheld from this version."""
        return self._closed([*self._items(), *self._papers(), *self._decisions()])

    @property
    def is_exempt(self) -> bool:
        """Whether something stands in it that is not for publication."""
        said = [*self._items(), *self._papers(), *self._decisions()]
        return any(one.is_withheld and self.opened(one) for one in said)

    def _closed(self, rows: Iterable[Publication]) -> list[Publication]:
        return [one for one in rows if one.is_withheld and not self.opened(one)]

    def _items(self) -> Iterator[AgendaItem]:
        return (item.row.item for item in self.items if item.row.text)

    def _papers(self) -> Iterator[Paper]:
        return (paper.paper for item in self.items for paper in item.row.papers)

    def _decisions(self) -> list[Decision]:
        """Each once, though it stands under two items."""
        texts = [item.decision for item in self.items if item.decision]
        return list({one.decision.pk: one.decision for one in texts if one.text or one.reasons}.values())


def nothing(_item: Publication) -> bool:
    """Nothing was opened: the open version."""
    return False


def meeting_pack(meeting: Meeting, user: User, opened: Opened = nothing) -> MeetingPack:
    """The pack of a meeting for one reader: what is withheld stays so on paper, but for what they `opened`.

    Eight queries.
    """
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
        items=tuple(PackItem(_item(row, opened), _decision(readable, row, opened)) for row in rows),
        present=tuple(row for row in attendance if row.state == Attending.PRESENT),
        sentence=authority_sentence([(meeting.body.name, meeting.body.authority)]),
        opened=opened,
    )


def _item(row: ItemRow, opened: Opened) -> ItemRow:
    papers = tuple(_paper(paper, opened) for paper in row.papers)
    item = row.item
    return replace(
        row, text=_shown(item, item.text, opened), outcome=_shown(item, item.outcome, opened), papers=papers
    )


def _paper(row: PaperRow, opened: Opened) -> PaperRow:
    is_opened = row.paper.is_withheld and opened(row.paper)
    return replace(row, withheld="", mark=not_for_publication(row.paper)) if is_opened else row


def _shown(item: Publication, text: str, opened: Opened) -> Shown:
    if item.is_withheld and text and opened(item):
        return Shown(text, sentence=not_for_publication(item))
    return shown(item, text)


def _decision(readable: dict[int, Decision], row: ItemRow, opened: Opened) -> PackDecision | None:
    decision = readable.get(row.item.decision_id) if row.item.decision_id is not None else None
    if decision is None:
        return None
    texts = (_shown(decision, text, opened) for text in (decision.text, decision.reasons))
    return PackDecision(decision, *texts)

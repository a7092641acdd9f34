"""Everything that a meeting has before it, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from accounts.models import User
from core.publishing.content import Block, Content, Section
from governance.models import Meeting
from governance.packs.earlier import recommendation_blocks, resolved_blocks, scrutiny_blocks
from governance.packs.standing import MOST_IN_FULL, decisions, sentences, standing
from governance.queries.earlier_actions import last_meeting, recommendations_to_follow
from governance.queries.meetings import PaperRow
from governance.queries.pack import MeetingPack
from governance.reporting.facts import Facts
from programme.models import Programme


@dataclass(frozen=True, slots=True)
class Whole:
    """The parts of a pack round its papers: how things stand before them, decisions and actions after."""

    standing: Content
    closing: Content
    annexes: tuple[PaperRow, ...]
    has_items: bool

    @property
    def contents(self) -> Iterator[tuple[str, str]]:
        """Where every part stands, and its title, in order."""
        yield "agenda", "Agenda"
        yield from ((part.number, part.title) for part in self.standing.sections)
        if self.has_items:
            yield "papers", "Papers, item by item"
        yield from ((part.number, part.title) for part in self.closing.sections)
        if self.annexes:
            yield "annexes", "Annexes"


def whole_pack(meeting: Meeting, pack: MeetingPack, user: User) -> Whole:
    """The parts for one reader. What stands in figures is read for nobody in person, as reports are."""
    facts = [Facts(programme, pack.made_on) for programme in programmes_before(meeting, user)]
    named = [paper for item in pack.items for paper in item.row.papers if not paper.withheld]
    return Whole(
        standing=_content(_standing(facts)),
        closing=_content([*_decisions(facts), _earlier(meeting, facts, pack, user)]),
        annexes=tuple(named),
        has_items=bool(pack.items),
    )


def programmes_before(meeting: Meeting, user: User) -> list[Programme]:
    """The programmes a meeting is about: those under way of its partnership, or of decisions on its agenda.

    One query.
    """
    readable = Programme.objects.visible_to(user).select_related("partnership").order_by("name", "pk")
    if meeting.body.partnership_id is not None:
        return list(readable.live().filter(partnership=meeting.body.partnership_id))
    return list(readable.filter(decisions__agenda_items__meeting=meeting).distinct())


def _standing(facts: Sequence[Facts]) -> Iterator[Section]:
    is_short = len(facts) > MOST_IN_FULL
    for one in facts:
        blocks = sentences(one) if is_short else standing(one)
        yield _part(f"standing-{one.programme.key}", f"Where we stand: {one.programme.name}", blocks)


def _decisions(facts: Sequence[Facts]) -> Iterator[Section]:
    for one in facts:
        title = f"Decisions, and what each council has still to agree: {one.programme.name}"
        yield _part(f"decisions-{one.programme.key}", title, decisions(one))


def _earlier(meeting: Meeting, facts: Sequence[Facts], pack: MeetingPack, user: User) -> Section:
    last = last_meeting(meeting, user)
    asked = [row for one in facts for row in one.recommendations]
    programmes = [one.programme for one in facts]
    blocks = [
        *resolved_blocks(last),
        *recommendation_blocks(recommendations_to_follow(programmes, last.day if last else None)),
        *scrutiny_blocks(asked, pack.made_on),
    ]
    return _part("earlier", "What was agreed before, and what has become of it", blocks)


def _part(anchor: str, title: str, blocks: Iterable[Block]) -> Section:
    return Section(anchor, title, tuple(blocks))


def _content(sections: Iterable[Section]) -> Content:
    return Content(title="", about="", header=(), sections=tuple(sections))

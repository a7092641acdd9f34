"""A bulletin that was sent as a document to keep or print, made by what makes the files of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.clock import london_date
from core.exports.tables import Format
from core.publishing.content import Block, Content, Figures, Head, Notice, Points, Section, Words
from core.rules.calendar import format_date
from governance.bulletins.content import BulletinContent, Item, Part
from governance.models import SentBulletin

_GAP = re.compile(r"\n\s*\n")


def as_document(content: BulletinContent, sent: SentBulletin) -> Content:
    """What it says, section by section: first what people wrote of the whole, then part by part."""
    opening = tuple(_opening(content))
    parts = [(part.title, tuple(_blocks(part))) for part in content.parts]
    sections = [("Introduction", opening), *parts] if opening else parts
    return Content(
        title=content.title,
        about=f"What happened in {content.month}, from the records of the programme",
        header=(
            ("Programme", content.programme),
            ("Bulletin", str(content.number)),
            ("Sent", format_date(london_date(sent.sent_at))),
        ),
        sections=tuple(
            Section(str(number), title, blocks) for number, (title, blocks) in enumerate(sections, 1)
        ),
    )


def _opening(content: BulletinContent) -> Iterator[Block]:
    if content.corrects:
        yield Notice(f"Corrects bulletin {content.corrects}: {content.what_changed}")
    yield from (Words(one.strip()) for one in _GAP.split(content.introduction) if one.strip())
    if content.lead:
        yield Notice(content.lead)


def _blocks(part: Part) -> Iterator[Block]:
    """The items as points, each with the paragraph that was added to it; figures stand under their item."""
    points: list[str] = []
    for item in part.items:
        points.append(" ".join([f"{item.title}: {item.text}", *item.note.split()]))
        if item.figures:
            yield Points(tuple(points))
            yield _figures(item)
            points = []
    if points:
        yield Points(tuple(points))
    if not part.items:
        yield Words(part.nothing)


def _figures(item: Item) -> Figures:
    heads = (Head("Council"), Head("Verified", Format.MONEY, is_summed=True))
    return Figures(item.key, "Verified in the month, by council", "£", heads, item.rows, item.total)

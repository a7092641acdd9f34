"""What is withheld of a report: a sentence in the open version, marked blocks in the exempt one (INV-37)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from benefits.models import EquityNote
from core.clock import end_of, london_date
from core.enums import PublicationClass
from core.exports.cells import NOT_APPLICABLE
from core.models import Publication
from core.publication import withheld_sentence
from core.publishing.content import Block, Figures, Head, Notice, Points, Statement
from core.rules.calendar import format_date
from governance.models import AgendaItem, Decision, DecisionNote, Paper, ReportAddition
from governance.queries.exempt_content import Content, content_of
from governance.reporting.delivery import MOST_RISKS
from governance.reporting.facts import Facts
from governance.reporting.words import paragraphs, said
from governance.rules.reports import section_of
from programme.models import Risk
from services.models import BusinessCaseLine, Consultation

# A report names these only where they are of all partners or of the council that it is about.
_OWN_OR_JOINT = (Risk, Consultation, EquityNote, ReportAddition)
MARK = "Exempt, not for publication"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is withheld, in its section; `content` is what an exempt version tells of it."""

    section: str
    item: Any
    content: Content | None


def kept_back(facts: Facts, *, is_exempt: bool) -> list[Kept]:
    """Everything that is withheld, in the order of the sections' rows.

    Confidential content is in no version; nor is what one council keeps to itself in another's report.
    """
    found = []
    for section, item in _items(facts):
        is_shown = is_exempt and item.publication_class == PublicationClass.EXEMPT
        found.append(Kept(section, item, _told(item) if is_shown and _concerns(facts, item) else None))
    return found


def withheld_blocks(facts: Facts, kept: Iterable[Kept]) -> Mapping[str, list[Block]]:
    """By the number of a section, what stands in it for what is withheld, and the additions released."""
    found: dict[str, list[Block]] = defaultdict(list)
    for one in facts.additions:
        if not one.is_withheld:
            found[section_of(one.place)] += said(one.text)
    for row in kept:
        found[row.section] += [_notice(row.item)] if row.content is None else _opened(row.item, row.content)
    return found


def withheld_table(kept: Sequence[Kept], *, is_exempt: bool) -> list[Figures]:
    """The same in one table, which is in the files that hold tables alone; none where nothing is withheld."""
    heads = [Head(title) for title in ("What is withheld", "Section", "Why", "Public interest")]
    rows: list[tuple[str, ...]] = [
        (_name(one.item), one.section, withheld_sentence(one.item), _reason(one.item)) for one in kept
    ]
    if not rows:
        return []
    caption = "What is withheld from the open version"
    if is_exempt:
        heads.append(Head(MARK))
        told = [_in_one(one.content) for one in kept]
        rows = [(*row, text) for row, text in zip(rows, told, strict=True)]
        caption = f"{caption}, and what it says"
    return [Figures("withheld", caption, "", tuple(heads), tuple(rows))]


def _items(facts: Facts) -> Iterator[tuple[str, Any]]:
    """The section in which a withheld row belongs, and the row. Four queries."""
    yield from ((section_of(one.place), one) for one in facts.additions if one.is_withheld)
    if facts.case is not None:
        lines = BusinessCaseLine.objects.filter(business_case=facts.case.case)
        for line in lines.exclude(publication_class=PublicationClass.OPEN).order_by("pk"):
            yield "2", line
    for row in facts.board.rows:
        if row.decision.is_withheld:
            yield "11", row.decision
    yield from (("11", item) for item in _about_decisions(facts))
    yield from (("12", row.risk) for row in facts.risks[:MOST_RISKS] if row.risk.is_withheld)
    held = Consultation.objects.filter(
        review__service__programme=facts.programme, created_at__lt=end_of(facts.seen_on)
    )
    for one in _withheld(held.select_related("council", "review")):
        if facts.council_key in ("", one.council.key):
            yield "13", one
    for difference in facts.equity.differences_at(facts.council_key):
        yield from (("14", note) for note in difference.notes if note.is_withheld)


def _about_decisions(facts: Facts) -> Iterator[Any]:
    """Withheld notes, agenda items and papers about the decisions of the report, recorded by its day.

    Of meetings what stands on a published agenda; nothing of another council's own where it is of one.
    """
    decisions, end = {row.decision.pk: row.decision for row in facts.board.rows}, end_of(facts.seen_on)
    notes = DecisionNote.objects.filter(decision__in=decisions, entered_at__lt=end)
    items = AgendaItem.objects.filter(_on_agenda(facts), decision__in=decisions, created_at__lt=end)
    papers = Paper.objects.filter(
        _on_agenda(facts, "item__"),
        item__decision__in=decisions,
        entered_at__lt=end,
        replaced_by__isnull=True,
    )
    papers = papers.select_related("item__meeting__body__council")
    for row in (*_withheld(notes), *_withheld(items.select_related("meeting__body__council"))):
        row.decision = decisions[row.decision_id]
        yield row
    for paper in _withheld(papers):
        paper.item.decision = decisions[paper.item.decision_id]
        yield paper


def _on_agenda(facts: Facts, path: str = "") -> Q:
    meeting = f"{path}meeting__"
    published = Q(**{f"{meeting}agenda_published_on__lte": facts.seen_on})
    if not facts.council_key:
        return published
    council = f"{meeting}body__council"
    return published & (Q(**{f"{council}__isnull": True}) | Q(**{f"{council}__key": facts.council_key}))


def _withheld(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.exclude(publication_class=PublicationClass.OPEN).order_by("pk").iterator()


def _concerns(facts: Facts, item: Any) -> bool:
    """Whether it is no other council's own: its line, a decision asked of others, a body's meeting."""
    if isinstance(item, _OWN_OR_JOINT):
        return True
    if isinstance(item, AgendaItem | Paper):
        row = item.item if isinstance(item, Paper) else item
        own = row.meeting.body.council
        return (own is None or own.key == facts.council_key) and _concerns(facts, row.decision)
    if not facts.council_key:
        return True
    if isinstance(item, DecisionNote):
        return _concerns(facts, item.decision)
    if isinstance(item, Decision):
        asked = {answer.council.key for answer in item.council_decisions.all() if answer.council}
        return not asked or facts.council_key in asked
    bearers = set(item.amounts.values_list("council__key", flat=True))
    return bearers <= {None, facts.council_key}


def _notice(item: Any) -> Notice:
    return Notice(f"{_name(item)}. {_why(item)}")


def _opened(item: Any, content: Content) -> list[Block]:
    amounts = tuple(f"{label}: {text}" for label, text in content.amounts)
    by = [(f"{MARK}: {label}", text) for label, text in content.texts]
    return [
        Notice(f"{MARK}. {_name(item)}. {_why(item)}"),
        *(Statement(part, label) for label, text in by for part in paragraphs(text)),
        *([Points(amounts)] if amounts else []),
    ]


def _told(item: Any) -> Content:
    """What an exempt version tells: of an addition its text alone, not what it said before."""
    return Content(((str(item), item.text),)) if isinstance(item, ReportAddition) else content_of(item)


def _in_one(content: Content | None) -> str:
    """All of it in one cell."""
    if content is None:
        return NOT_APPLICABLE
    parts = [f"{label}: {' '.join(text.split())}" for label, text in (*content.texts, *content.amounts)]
    return " | ".join(parts) or NOT_APPLICABLE


def _reason(item: Publication) -> str:
    """Why withholding an exempt thing outweighs publishing it."""
    is_exempt = item.publication_class == PublicationClass.EXEMPT
    return item.public_interest_reason if is_exempt else NOT_APPLICABLE


def _why(item: Publication) -> str:
    """The sentence of the law, and why withholding outweighs publishing."""
    reason = item.public_interest_reason if item.publication_class == PublicationClass.EXEMPT else ""
    return (
        f"{withheld_sentence(item)}. Public interest: {reason}" if reason else f"{withheld_sentence(item)}."
    )


def _name(item: Any) -> str:
    if isinstance(item, Decision):
        return f"{item.ref} {item.title}"
    if isinstance(item, DecisionNote):
        return f"Note on {item.decision.ref}: {item.title}"
    if isinstance(item, AgendaItem | Paper):
        meeting = (item.item if isinstance(item, Paper) else item).meeting
        noun = "Paper" if isinstance(item, Paper) else "Agenda item"
        return f"{noun} of {format_date(london_date(meeting.starts_at))}: {item.title}"
    return f"Line {item.ref} {item.title}" if isinstance(item, BusinessCaseLine) else str(item)

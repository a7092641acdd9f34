"""Rows that may be withheld: which kinds there are, where each belongs, and what it holds (INV-37)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q, QuerySet

from accounts.models import User
from benefits.models import EquityNote
from core.enums import PublicationClass
from core.models import ExemptAccess, Publication
from core.publication import left_out
from governance.enums import ReportState
from governance.models import (
    AgendaItem,
    CallIn,
    Decision,
    DecisionNote,
    Meeting,
    Paper,
    Report,
    ReportAddition,
)
from governance.queries.meeting_decisions import bodies_before
from programme.enums import MemberStatus
from programme.models import Membership, Programme, Risk
from services.models import BusinessCaseLine, Consultation
from services.queries.business_cases import visible_cases

Rows = QuerySet[Any]
# An addition that was not taken away, to a report that was not given up.
_STANDS = ~Q(text="") & ~Q(report__state=ReportState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row that may be withheld.

    `visible` gives the rows that a person may know of, `of_programme` a condition for those of a programme,
    `decision` and `meeting` the paths from a row to what it is part of.
    """

    key: str
    model: type[Any]
    noun: str
    visible: Callable[[User], Rows]
    of_programme: Callable[[Programme], Q]
    related: tuple[str, ...]


def _items(user: User) -> Rows:
    return AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(user))


def _notes(user: User) -> Rows:
    return DecisionNote.objects.filter(decision__in=Decision.objects.visible_to(user))


def _lines(user: User) -> Rows:
    return BusinessCaseLine.objects.filter(business_case__in=visible_cases(user))


def _explanations(user: User) -> Rows:
    return EquityNote.objects.filter(programme__in=Programme.objects.visible_to(user))


def _additions(user: User) -> Rows:
    return ReportAddition.objects.filter(_STANDS, report__in=Report.objects.visible_to(user))


def _before_bodies(path: str) -> Callable[[Programme], Q]:
    """Items of meetings of the programme's partnership, and of its councils where a decision of it is put."""

    def condition(programme: Programme) -> Q:
        own = Q(**{f"{path}decision__programme": programme})
        bodies = Q(**{f"{path}meeting__body__partnership": programme.partnership_id})
        return own | (Q(**{f"{path}decision__isnull": True}) & bodies)

    return condition


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "decisions",
            Decision,
            "Decision",
            Decision.objects.visible_to,
            lambda programme: Q(programme=programme),
            ("programme__partnership",),
        ),
        Kind(
            "agenda-items",
            AgendaItem,
            "Agenda item",
            _items,
            _before_bodies(""),
            ("meeting__body__partnership", "meeting__body__council", "decision__programme"),
        ),
        Kind(
            "papers",
            Paper,
            "Paper",
            Paper.objects.visible_to,
            _before_bodies("item__"),
            (
                "item__meeting__body__partnership",
                "item__meeting__body__council",
                "item__decision__programme",
            ),
        ),
        Kind(
            "notes",
            DecisionNote,
            "Note on a decision",
            _notes,
            lambda programme: Q(decision__programme=programme),
            ("decision__programme__partnership",),
        ),
        Kind(
            "lines",
            BusinessCaseLine,
            "Line of a business case",
            _lines,
            lambda programme: Q(business_case__programme=programme),
            ("business_case__programme__partnership",),
        ),
        Kind(
            "risks",
            Risk,
            "Entry of the registers",
            Risk.objects.visible_to,
            lambda programme: Q(programme=programme),
            ("programme__partnership",),
        ),
        Kind(
            "consultations",
            Consultation,
            "Consultation",
            Consultation.objects.visible_to,
            lambda programme: Q(review__service__programme=programme),
            ("council", "review__service__programme__partnership"),
        ),
        Kind(
            "equity-notes",
            EquityNote,
            "Explanation of a share",
            _explanations,
            lambda programme: Q(programme=programme),
            ("council", "programme__partnership"),
        ),
        Kind(
            "report-additions",
            ReportAddition,
            "Addition to a benefits report",
            _additions,
            lambda programme: _STANDS & Q(report__programme=programme),
            ("report__programme__partnership", "report__council", "report__edition"),
        ),
    )
}
_BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def kind_of(item: Publication) -> Kind:
    """The kind of a row."""
    return _BY_MODEL[type(item)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row belongs: who may open it follows from that.

    `councils` are those concerned, by primary key; `bodies` those that have it before them.
    """

    programme: Programme | None
    partnership_id: int | None
    councils: frozenset[int]
    bodies: frozenset[int]
    is_under_scrutiny: bool
    scope: str


def place_of(item: Publication) -> Place:
    """Where a row belongs. At most five queries."""
    if isinstance(item, BusinessCaseLine):
        return _place_of_line(item)
    if isinstance(item, Risk):
        return _place_in(item.programme, _partners(item.programme.partnership_id))
    if isinstance(item, EquityNote):
        return _place_in(item.programme, frozenset({item.council_id}))
    if isinstance(item, ReportAddition):
        own = item.report.council_id
        councils = frozenset({own}) if own else _partners(item.report.programme.partnership_id)
        return _place_in(item.report.programme, councils)
    if isinstance(item, Consultation):
        return _place_in(item.review.service.programme, frozenset({item.council_id}))
    if isinstance(item, Decision):
        return _place_of_decision(item)
    if isinstance(item, DecisionNote):
        return _place_of_decision(item.decision)
    return _place_of_item(item.item if isinstance(item, Paper) else cast(AgendaItem, item))


def meeting_of(item: Publication) -> Meeting | None:
    """The meeting before which an agenda item or a paper is; None of what is before none."""
    row = item.item if isinstance(item, Paper) else item
    return row.meeting if isinstance(row, AgendaItem) else None


def _place_of_line(line: BusinessCaseLine) -> Place:
    """A joint line concerns every partner, a council's own amounts that council alone."""
    programme = line.business_case.programme
    bearers = set(line.amounts.values_list("council", flat=True))
    own = {council for council in bearers if council is not None}
    councils = _partners(programme.partnership_id) if None in bearers or not own else frozenset(own)
    return Place(programme, programme.partnership_id, councils, frozenset(), False, programme.key)


def _place_in(programme: Programme, councils: frozenset[int]) -> Place:
    """What concerns these councils and is before no body."""
    return Place(programme, programme.partnership_id, councils, frozenset(), False, programme.key)


def _place_of_decision(decision: Decision) -> Place:
    programme = decision.programme
    asked = _councils_of(decision)
    return Place(
        programme,
        programme.partnership_id,
        asked or _partners(programme.partnership_id),
        bodies_before(decision, asked),
        _is_called_in(decision),
        programme.key,
    )


def _place_of_item(item: AgendaItem) -> Place:
    body, decision = item.meeting.body, item.decision
    programme = decision.programme if decision else None
    partnership = body.partnership_id or (programme.partnership_id if programme else None)
    councils = frozenset({body.council_id}) if body.council_id else _partners(partnership)
    owner = programme or body.partnership or body.council
    return Place(
        programme,
        partnership,
        councils | (_councils_of(decision) if decision else frozenset()),
        frozenset({body.pk}),
        decision is not None and _is_called_in(decision),
        owner.key if owner else "",
    )


def _councils_of(decision: Decision) -> frozenset[int]:
    own = decision.council_decisions.filter(council__isnull=False)
    return frozenset(own.values_list("council", flat=True))


def _partners(partnership_id: int | None) -> frozenset[int]:
    own = Membership.objects.filter(partnership=partnership_id, status=MemberStatus.ACTIVE)
    return frozenset(own.values_list("council", flat=True))


def _is_called_in(decision: Decision) -> bool:
    return CallIn.objects.filter(council_decision__decision=decision, outcome="").exists()


@dataclass(frozen=True, slots=True)
class Withheld:
    """One withheld row of a programme, as its list shows it."""

    kind: Kind
    item: Any

    @property
    def is_proposed(self) -> bool:
        """Whether no monitoring officer has certified it yet."""
        return self.item.certified_at is None


def withheld_items(programme: Programme) -> list[Withheld]:
    """What is withheld in a programme, the review due first. One query a kind."""
    found = [Withheld(kind, item) for kind in KINDS.values() for item in _withheld(kind, programme)]
    return sorted(
        found,
        key=lambda one: (
            one.item.exempt_review_on is None,
            str(one.item.exempt_review_on or ""),
            one.kind.key,
            one.item.pk,
        ),
    )


def withheld_words(programme: Programme, *kinds: str) -> str:
    """What an open version of a programme says of the items it leaves out (row 71), of these kinds or all."""
    chosen = [kind for kind in KINDS.values() if not kinds or kind.key in kinds]
    return words_of(Withheld(kind, item) for kind in chosen for item in _withheld(kind, programme))


def words_of(rows: Iterable[Withheld]) -> str:
    """What an open version says of these items, which it leaves out (row 71)."""
    return left_out(row.item for row in rows)


def _withheld(kind: Kind, programme: Programme) -> Rows:
    rows = kind.model.objects.filter(kind.of_programme(programme))
    rows = rows.exclude(publication_class=PublicationClass.OPEN).order_by("pk")
    return cast(Rows, rows.select_related(*kind.related, "certified_by"))


def visible_item(user: User, key: str, pk: int) -> Publication | None:
    """The row of that kind that the person may know of, with what it is part of; None for none. One query."""
    kind = KINDS.get(key)
    if kind is None:
        return None
    rows = kind.visible(user).select_related(*kind.related, "certified_by", "released_by")
    return cast("Publication | None", rows.filter(pk=pk).first())


def accesses_of(programme: Programme) -> QuerySet[ExemptAccess]:
    """Who opened what of a programme or its partnership, the latest first. One query."""
    scopes = {programme.key, programme.partnership.key}
    return ExemptAccess.objects.filter(scope__in=scopes).select_related("by")

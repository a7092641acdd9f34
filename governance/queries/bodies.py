"""Bodies: who sits on them, what they may do, and when they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from core.clock import now, today
from core.errors import Refusal
from governance.enums import MeetingState
from governance.models import Body, BodyMember, BodySeat, ChairTerm
from governance.queries.body_councils import body_councils
from governance.queries.meeting_records import MeetingRow, meeting_row
from governance.queries.voting import member_fact
from governance.rules.bodies import authority_sentence
from governance.rules.chairs import municipal_year_words, next_chair
from governance.rules.voting import BodyRules, check_executive_members, municipal_year
from programme.models import Council, Partnership

PAST_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with its seats and how many decisions it put to the councils."""

    body: Body
    seats: tuple[BodySeat, ...]
    decisions: int


@dataclass(frozen=True, slots=True)
class BodyPage:
    """The bodies of a partnership, in order, and what they may do in one sentence."""

    rows: tuple[BodyRow, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member with those who may stand in for them."""

    member: BodyMember
    substitutes: tuple[BodyMember, ...]


@dataclass(frozen=True, slots=True)
class ChairRow:
    """Who holds the chair in one municipal year."""

    term: ChairTerm
    year: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class BodyDetail:
    """All that the page of one body shows; `chair_due` is the council whose turn comes next, if any."""

    body: Body
    councils: tuple[Council, ...]
    seats: tuple[BodySeat, ...]
    members: tuple[MemberRow, ...]
    former: tuple[BodyMember, ...]
    chairs: tuple[ChairRow, ...]
    chair_due: str
    executive_note: str
    meetings: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]


def body_page(partnership: Partnership) -> BodyPage:
    """The bodies of a partnership. Two queries."""
    rows = _rows(partnership.bodies.all())
    return BodyPage(rows, authority_sentence([(row.body.name, row.body.authority) for row in rows]))


def council_bodies(council: Council) -> tuple[BodyRow, ...]:
    """A council's own cabinet, council and scrutiny. Two queries."""
    return _rows(council.bodies.all())


def _rows(bodies: QuerySet[Body]) -> tuple[BodyRow, ...]:
    seats = BodySeat.objects.select_related("council").order_by("order_index", "pk")
    found = bodies.select_related("source").annotate(decision_count=Count("decisions"))
    return tuple(
        BodyRow(body, tuple(body.composition.all()), body.decision_count)
        for body in found.prefetch_related(Prefetch("composition", seats)).order_by("order_index")
    )


def body_detail(body: Body, *, keeps: bool = False) -> BodyDetail:
    """One body with its members, chairs and meetings, for a person who `keeps` those or not. Six queries."""
    day = today()
    owner = body.council or body.partnership
    councils = tuple(body_councils(owner)) if owner else ()
    people = list(members_of(body))
    sitting = [row for row in people if _sits(row, day)]
    terms = list(body.chair_terms.select_related("chair", "vice_chair", "chair_member"))
    meetings = list(body.meetings.order_by("starts_at", "pk"))
    coming = [row for row in meetings if row.state == MeetingState.PLANNED and row.starts_at >= now()]
    past = [row for row in reversed(meetings) if row not in coming]
    return BodyDetail(
        body=body,
        councils=councils,
        seats=tuple(body.composition.select_related("council").order_by("order_index", "pk")),
        members=_with_substitutes(sitting),
        former=tuple(row for row in people if not _sits(row, day)),
        chairs=_chairs(terms, day),
        chair_due=_chair_due(terms, councils, day),
        executive_note=_executive_note(body, councils, sitting),
        meetings=tuple(meeting_row(row, as_of=day, keeps=keeps) for row in coming),
        past=tuple(meeting_row(row, as_of=day, keeps=keeps) for row in past[:PAST_MEETINGS]),
    )


def members_of(body: Body) -> QuerySet[BodyMember]:
    """Everyone who ever sat on a body, councils in order, members before their substitutes."""
    rows = BodyMember.objects.filter(body=body).select_related("council", "substitute_for")
    return rows.order_by("council__name", "name", "pk")


def first_members(body: Body) -> QuerySet[BodyMember]:
    """Members for whom a substitute can stand: those who are none themselves."""
    return members_of(body).filter(substitute_for__isnull=True)


def sitting_members(body: Body, day: date) -> list[BodyMember]:
    """Who sits on a body on a day, substitutes after the member they stand for. One query."""
    rows = _with_substitutes([row for row in members_of(body) if _sits(row, day)])
    return [member for row in rows for member in (row.member, *row.substitutes)]


def _sits(row: BodyMember, day: date) -> bool:
    return row.from_on <= day and (row.to_on is None or row.to_on >= day)


def _with_substitutes(people: Sequence[BodyMember]) -> tuple[MemberRow, ...]:
    """Members in order; a substitute whose member no longer sits stands alone."""
    present = {row.pk for row in people}
    firsts = [row for row in people if row.substitute_for_id not in present]
    return tuple(
        MemberRow(row, tuple(other for other in people if other.substitute_for_id == row.pk))
        for row in firsts
    )


def _chairs(terms: Sequence[ChairTerm], day: date) -> tuple[ChairRow, ...]:
    year = municipal_year(day)
    return tuple(
        ChairRow(term, municipal_year_words(term.municipal_year), term.municipal_year == year)
        for term in sorted(terms, key=lambda term: -term.municipal_year)
    )


def _executive_note(body: Body, councils: Sequence[Council], people: Sequence[BodyMember]) -> str:
    """What keeps a joint committee from taking executive functions, for the monitoring officer to judge."""
    rules = BodyRules(seats={council.short_name: 0 for council in councils})
    try:
        check_executive_members(body.type, [member_fact(row, is_present=False) for row in people], rules)
    except Refusal as said:
        return f"For executive functions: {said.message}"
    return ""


def _chair_due(terms: Sequence[ChairTerm], councils: Sequence[Council], day: date) -> str:
    """Carrick has the chair next, in 2027 to 2028; empty where that is settled or nothing rotates."""
    held = {term.municipal_year: term.chair.short_name for term in terms}
    year = municipal_year(day)
    while year in held:
        year += 1
    due = next_chair(held, year, [council.short_name for council in councils])
    return f"By rotation {due} has the chair in {municipal_year_words(year)}" if due else ""

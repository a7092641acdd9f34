"""One meeting: its agenda with papers, who came, interests, votes and what was resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from core.clock import london_date, now, today
from core.imports.documents import ENDINGS
from core.publication import Shown, shown, withheld_sentence
from governance.body_policies import body_powers
from governance.enums import Attending, MeetingState, MinutesState
from governance.models import AgendaItem, Attendance, BodyMember, Interest, Meeting, Paper, Vote
from governance.queries.agenda_rules import agenda_rules
from governance.queries.bodies import sitting_members
from governance.queries.body_councils import body_councils
from governance.queries.calculator_links import days_of_meeting
from governance.queries.meeting_records import MeetingRow, meeting_row
from governance.queries.voting import ballots_of, body_rules, left_the_room, members_in_room
from governance.rules.agenda import AgendaDue, agenda_due, agenda_prompt
from governance.rules.voting import BodyRules, Result, quorum_gaps, result
from programme.models import Council


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The number of a paper that stands, and those it replaced, newest first.

    `mark` stands beside one that is withheld and that the reader has opened.
    """

    paper: Paper
    withheld: str
    ending: str
    earlier: tuple[Paper, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the agenda as it may be shown."""

    item: AgendaItem
    text: Shown
    outcome: Shown
    papers: tuple[PaperRow, ...]
    interests: tuple[Interest, ...]
    votes: tuple[Vote, ...]
    result: Result | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All that the page of a meeting shows."""

    meeting: Meeting
    record: MeetingRow
    day: date
    councils: tuple[Council, ...]
    items: tuple[ItemRow, ...]
    attendance: tuple[Attendance, ...]
    gaps: tuple[str, ...]
    prompt: str
    is_late: bool
    reason: str
    keeps: bool
    changes_agenda: bool
    has_begun: bool
    days_url: str

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held."""
        return self.meeting.state == MeetingState.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether it was held."""
        return self.meeting.state == MeetingState.HELD

    @property
    def adds_items(self) -> bool:
        """Whether the person may put another item or paper before it."""
        return self.keeps and self.meeting.state != MeetingState.CANCELLED and not self.is_closed

    @property
    def is_closed(self) -> bool:
        """Whether its minutes are approved, so that nothing changes any more."""
        return self.meeting.minutes_state == MinutesState.APPROVED


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Meetings that the person may read, with what their pages name."""
    rows = Meeting.objects.visible_to(user)
    return rows.select_related(
        "body__partnership", "body__council", "host", "chaired_by__council", "minutes_approved_at"
    )


def items_of(user: User) -> QuerySet[AgendaItem]:
    """Items of the meetings that the person may read."""
    rows = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(user))
    return rows.select_related("meeting__body__partnership", "meeting__body__council", "decision__programme")


def papers_of(user: User) -> QuerySet[Paper]:
    """Papers of the meetings that the person may read."""
    rows = Paper.objects.visible_to(user)
    return rows.select_related("item__meeting__body__partnership", "item__meeting__body__council")


def meeting_page(meeting: Meeting, user: User) -> MeetingPage:
    """What the page of a meeting shows to a person. Ten queries at most."""
    body = meeting.body
    owner = body.council or body.partnership
    councils = tuple(body_councils(owner)) if owner else ()
    day = london_date(meeting.starts_at)
    attendance = tuple(attendance_of(meeting))
    due = agenda_due(day, agenda_rules(councils, day)) if councils else None
    prompt = agenda_prompt(due, meeting.agenda_published_on, today())
    rules = body_rules(body, councils, [row.member for row in attendance], meeting.chaired_by)
    gaps = quorum_gaps(members_in_room(attendance), rules)
    is_planned = meeting.state == MeetingState.PLANNED
    is_to_come = is_planned and day >= today()
    keeps = body_powers(user).keeps(body)
    items = item_rows(meeting, attendance, rules)
    is_key = any(row.item.decision.is_key for row in items if row.item.decision)
    return MeetingPage(
        meeting=meeting,
        record=meeting_row(meeting, as_of=today(), keeps=keeps),
        day=day,
        councils=councils,
        items=items,
        attendance=attendance,
        gaps=gaps,
        prompt=prompt if is_to_come or meeting.agenda_published_on else "",
        is_late=prompt.startswith("Late"),
        reason=due.reason if due else "",
        keeps=keeps,
        changes_agenda=keeps and is_planned and meeting.agenda_published_on is None,
        has_begun=meeting.starts_at <= now(),
        days_url=days_of_meeting(meeting, user, day=day, is_key=is_key) if is_to_come else "",
    )


def agenda_due_of(meeting: Meeting) -> AgendaDue | None:
    """The last day to publish the agenda of a meeting, by the strictest of its councils."""
    owner = meeting.body.council or meeting.body.partnership
    day = london_date(meeting.starts_at)
    return agenda_due(day, agenda_rules(body_councils(owner), day)) if owner else None


def attendance_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Who came or will come, councils in order."""
    rows = meeting.attendances.select_related("member__council", "member__substitute_for")
    return rows.order_by("member__council__name", "member__name", "pk")


def item_rows(meeting: Meeting, attendance: Sequence[Attendance], rules: BodyRules) -> tuple[ItemRow, ...]:
    """The agenda in order. Four queries."""
    papers = Paper.objects.select_related("entered_by").order_by("pk")
    interests = Interest.objects.select_related("member__council")
    votes = Vote.objects.select_related("member__council").order_by("member__council__name", "member__name")
    items = meeting.items.select_related("decision__programme").order_by("number")
    found = items.prefetch_related(
        Prefetch("papers", papers), Prefetch("interests", interests), Prefetch("votes", votes)
    )
    return tuple(_item_row(item, attendance, rules) for item in found)


def _item_row(item: AgendaItem, attendance: Sequence[Attendance], rules: BodyRules) -> ItemRow:
    votes, interests = tuple(item.votes.all()), tuple(item.interests.all())
    members = members_in_room(attendance, left_the_room(interests))
    return ItemRow(
        item=item,
        text=shown(item, item.text),
        outcome=shown(item, item.outcome),
        papers=paper_rows(item.papers.all()),
        interests=interests,
        votes=votes,
        result=result(members, ballots_of(votes), rules) if votes else None,
    )


def paper_rows(papers: Sequence[Paper] | QuerySet[Paper]) -> tuple[PaperRow, ...]:
    """The papers that no later number replaces, in the order in which they were first put."""
    rows = {paper.pk: paper for paper in papers}
    replaced = {paper.replaces_id for paper in rows.values()}
    chains = []
    for paper in rows.values():
        if paper.pk in replaced:
            continue
        chain, before = [], paper.replaces_id
        while before is not None and before in rows:
            chain.append(rows[before])
            before = rows[before].replaces_id
        chains.append(
            PaperRow(paper, withheld_sentence(paper), ENDINGS.get(paper.content_type, ""), tuple(chain))
        )
    return tuple(sorted(chains, key=lambda row: (row.earlier[-1] if row.earlier else row.paper).pk))


def expected_members(meeting: Meeting) -> list[BodyMember]:
    """Who sits on the body on the day of the meeting, substitutes after their members. One query."""
    return sitting_members(meeting.body, london_date(meeting.starts_at))


def present_members(meeting: Meeting) -> QuerySet[BodyMember]:
    """Who was present."""
    return (
        BodyMember.objects.filter(attendances__meeting=meeting, attendances__state=Attending.PRESENT)
        .select_related("council", "substitute_for")
        .order_by("council__name", "name")
    )

"""Reminders about bodies: agendas, meetings missed, the chair's turn, and a quorum at risk (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import london_date, now, today
from core.rules.calendar import bank_holidays
from governance.enums import Attending, BodyType, MeetingState
from governance.models import Attendance, Body, ChairTerm, Meeting
from governance.queries.voting import member_fact
from governance.rules.agenda import AgendaRule, agenda_due
from governance.rules.chairs import municipal_year_words
from governance.rules.voting import BodyRules, municipal_year, quorum_gaps
from programme.enums import DayUnit, MemberStatus, ReminderStep
from programme.models import Council, CouncilClosure, CouncilSetting, Membership, Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, programmes_of

# Bodies whose meetings need five clear days' public notice.
PUBLIC_BODIES = (
    BodyType.JOINT_COMMITTEE,
    BodyType.JOINT_SCRUTINY,
    BodyType.CABINET,
    BodyType.COUNCIL,
    BodyType.SCRUTINY,
)
CHAIR = "Chair of the body"
_MAY = 5
_ACTIVE = {"status": MemberStatus.ACTIVE}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a body belongs: a programme to name, its partnership, and its councils in order."""

    programme: Programme
    partnership: int
    councils: tuple[Council, ...]


def homes_of(bodies: Collection[Body]) -> dict[int, Home]:
    """Where each body belongs; a council's own body goes with a partnership it is in. Two queries.

    A body without a programme under way is left out: nobody is reminded of it.
    """
    partnerships = {body.partnership_id for body in bodies}
    councils = {body.council_id for body in bodies if body.council_id}
    rows = Membership.objects.filter(
        Q(partnership__in=partnerships) | Q(council__in=councils), **_ACTIVE
    ).select_related("council")
    members: dict[int, list[Council]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    for row in rows.order_by("partnership", "order_index", "council__name"):
        members[row.partnership_id].append(row.council)
        places[row.council_id].append(row.partnership_id)
    programmes = programmes_of(members)
    found = {}
    for body in bodies:
        keys = [body.partnership_id] if body.partnership_id else places[body.council_id or 0]
        home = next((key for key in keys if key in programmes), None)
        if home is not None:
            own = [row for row in members[home] if body.council_id in (None, row.pk)]
            found[body.pk] = Home(programmes[home], home, tuple(own))
    return found


def secretaries(body: Body, home: Home) -> Callable[[Holders], frozenset[int]]:
    """Who keeps the body's meetings: democratic services of its council, or of the partners."""

    def people(holders: Holders) -> frozenset[int]:
        if body.council_id is not None:
            return holders.of_council(RoleName.DEMOCRATIC_SERVICES, body.council_id, home.partnership)
        return holders.of_partners(RoleName.DEMOCRATIC_SERVICES, home.partnership)

    return people


class _MeetingReminders(RoleReminders):
    """Reminders whose object is a meeting to come."""

    object_type = Meeting._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the meeting."""
        return reverse("governance:meeting_detail", args=[object_id])

    def coming(self, object_ids: Collection[int] | None) -> QuerySet[Meeting]:
        """Meetings planned for today or later."""
        rows = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=now() - timedelta(days=1))
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        return rows.select_related("body").order_by("starts_at", "pk")


class AgendaPublication(_MeetingReminders):
    """The agenda of a public meeting is to be published: 8, 7 and 6 working days before, 6 the last."""

    rule = "agenda_publication"

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Agendas not published yet, each with the last day by its strictest council. Five queries."""
        rows = self.coming(object_ids).filter(agenda_published_on__isnull=True, body__type__in=PUBLIC_BODIES)
        meetings = list(rows)
        homes = homes_of([row.body for row in meetings])
        rules = _AgendaRules({one.pk for home in homes.values() for one in home.councils})
        for row in meetings:
            home = homes.get(row.body_id)
            due = agenda_due(on := london_date(row.starts_at), rules.on(home.councils, on)) if home else None
            if home is not None and due is not None:
                title = f"Publish the agenda: {row.body}"
                yield Happening(row.pk, due.by_on, title, home.programme, _agenda_told(row.body, home))


class InquorateRisk(_MeetingReminders):
    """Five working days before a meeting fewer have accepted than its quorum needs."""

    rule = "inquorate_risk"

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Meetings to come without a quorum of acceptances. Four queries."""
        people = Attendance.objects.select_related("member__council")
        rows = self.coming(object_ids).prefetch_related(Prefetch("attendances", people))
        meetings = list(rows)
        homes = homes_of([row.body for row in meetings])
        for row in meetings:
            home = homes.get(row.body_id)
            if home is not None and _is_short(row, home):
                title = f"Too few have accepted for a quorum: {row.body}"
                on = london_date(row.starts_at)
                yield Happening(row.pk, on, title, home.programme, _quorum_told(row, home))


class _BodyReminders(RoleReminders):
    """Reminders whose object is a body."""

    object_type = Body._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the body."""
        return reverse("governance:body_detail", args=[object_id])

    def bodies(self, object_ids: Collection[int] | None) -> QuerySet[Body]:
        """Bodies that meet."""
        rows = Body.objects.filter(is_ended=False)
        return rows if object_ids is None else rows.filter(pk__in=object_ids)


class MeetingCycleMissed(_BodyReminders):
    """A week after a meeting should have been, none was: its secretary is told, and the chair."""

    rule = "meeting_cycle_missed"

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Bodies with an interval, and the day by which each should meet again. Five queries."""
        met = Meeting.objects.exclude(state=MeetingState.CANCELLED).order_by("starts_at")
        rows = self.bodies(object_ids).filter(meeting_interval_weeks__isnull=False)
        bodies = list(rows.prefetch_related(Prefetch("meetings", met, to_attr="not_called_off")))
        homes, chairs = homes_of(bodies), _chairs_of(bodies)
        for body in bodies:
            home, meetings = homes.get(body.pk), body.not_called_off
            if home is not None and meetings:
                weeks = timedelta(weeks=body.meeting_interval_weeks or 0)
                title = f"No meeting in its interval: {body}"
                on = london_date(meetings[-1].starts_at) + weeks
                yield Happening(
                    body.pk, on, title, home.programme, _cycle_told(body, home, chairs.get(body.pk))
                )


class ChairRotationDue(_BodyReminders):
    """Thirty days before the municipal year no council is recorded for a chair that rotates."""

    rule = "chair_rotation_due"

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Bodies whose chair has rotated and has nobody for the coming year. Three queries."""
        year = municipal_year(today()) + 1
        rotating = ChairTerm.objects.values("body")
        settled = ChairTerm.objects.filter(municipal_year=year).values("body")
        bodies = list(self.bodies(object_ids).filter(pk__in=rotating).exclude(pk__in=settled))
        homes = homes_of(bodies)
        for body in bodies:
            home = homes.get(body.pk)
            if home is not None:
                title = f"Record who chairs in {municipal_year_words(year)}: {body}"
                told = _cycle_told(body, home, None)
                yield Happening(body.pk, date(year, _MAY, 1), title, home.programme, told)


class _AgendaRules:
    """How each of some councils counts the days before a meeting. Two queries."""

    def __init__(self, councils: Collection[int]) -> None:
        self.settings: dict[int, list[CouncilSetting]] = defaultdict(list)
        self.closed: dict[int, set[date]] = defaultdict(set)
        if not councils:
            return
        for setting in CouncilSetting.objects.filter(council__in=councils).order_by("from_on"):
            self.settings[setting.council_id].append(setting)
        for closure in CouncilClosure.objects.filter(council__in=councils):
            self.closed[closure.council_id].add(closure.day_on)

    def on(self, councils: Iterable[Council], day: date) -> list[AgendaRule]:
        """The rules of these councils on a day; a council that has recorded none counts working days."""
        return [
            AgendaRule(one.short_name, self._unit(one.pk, day), bank_holidays() | self.closed[one.pk])
            for one in councils
        ]

    def _unit(self, council: int, day: date) -> str:
        begun = [row.agenda_day_unit for row in self.settings[council] if row.from_on <= day]
        return begun[-1] if begun else DayUnit.WORKING


def _is_short(meeting: Meeting, home: Home) -> bool:
    body = meeting.body
    rules = BodyRules(
        seats={council.short_name: 0 for council in home.councils},
        quorum_total=body.quorum_total,
        quorum_per_council=body.quorum_per_council,
    )
    will_come = [
        member_fact(row.member, is_present=row.state == Attending.ACCEPTED)
        for row in meeting.attendances.all()
    ]
    return bool(quorum_gaps(will_come, rules))


def _chairs_of(bodies: Iterable[Body]) -> dict[int, int | None]:
    """For each body the person in the chair this municipal year, where one is named. One query."""
    terms = ChairTerm.objects.filter(body__in=list(bodies), municipal_year=municipal_year(today()))
    return dict(terms.values_list("body", "chair_member__user"))


def _secretaries_told(body: Body, home: Home, holders: Holders) -> Told:
    people = secretaries(body, home)(holders)
    return people, ReminderStep.TOLD, str(RoleName.DEMOCRATIC_SERVICES.label)


def _agenda_told(body: Body, home: Home) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        if body.council_id is None:
            monitors = holders.of_partners(RoleName.MONITORING_OFFICER, home.partnership)
        else:
            monitors = holders.of_council(RoleName.MONITORING_OFFICER, body.council_id, home.partnership)
        return [
            _secretaries_told(body, home, holders),
            (monitors, ReminderStep.ESCALATED, str(RoleName.MONITORING_OFFICER.label)),
        ]

    return told


def _quorum_told(meeting: Meeting, home: Home) -> Callable[[Holders], list[Told]]:
    members = [row.member.user_id for row in meeting.attendances.all()]

    def told(holders: Holders) -> list[Told]:
        people = holders.readers_among(members, home.partnership)
        return [
            (people, ReminderStep.TOLD, "Member of the body"),
            _secretaries_told(meeting.body, home, holders),
        ]

    return told


def _cycle_told(body: Body, home: Home, chair: int | None) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        people = holders.readers_among([chair], home.partnership)
        return [
            _secretaries_told(body, home, holders),
            (people, ReminderStep.ESCALATED, CHAIR),
        ]

    return told

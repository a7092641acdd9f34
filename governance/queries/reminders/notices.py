"""Statutory reminders about one council's decision: its notices, its record, its call-in (section 6, S)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from django.db.models import Q

from accounts.enums import RoleName
from core.clock import LONDON
from core.rules.calendar import add_working_days, format_date
from governance.enums import CouncilDecisionState, Urgency
from governance.queries.reminders.asked import Asked, AskedReminders, day_now, officers
from governance.rules.calculator import RECORD_WORKING_DAYS, last_days
from governance.rules.clocks import call_in_window, day_decided, is_called_in
from governance.rules.limits import Limit
from governance.rules.routes import is_key_for
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, Told, by_role

_DECIDED = (
    CouncilDecisionState.APPROVED,
    CouncilDecisionState.APPROVED_AMENDED,
    CouncilDecisionState.REJECTED,
)


class _LimitReminders(AskedReminders):
    """A last lawful day before the meeting at which a council is to decide."""

    wanted = Q(council_decisions__next_meeting_on__isnull=False)
    limit: Limit
    words = ""

    def of(self, asked: Asked) -> Iterable[Happening]:
        """The last day, while the notice is not given."""
        due_on = self._day(asked) if asked.is_undecided and not self._is_given(asked) else None
        if due_on is not None:
            told = officers(asked)
            title = f"{self.words}: {asked.title}"
            yield Happening(asked.row.pk, due_on, title, asked.decision.programme, told)

    def _day(self, asked: Asked) -> date | None:
        meeting_on = asked.row.next_meeting_on
        if meeting_on is None:
            return None
        at = datetime.combine(meeting_on, time(12), LONDON)
        is_key = is_key_for(asked.answer, asked.proposal)
        days = last_days(asked.answer, is_key, at, day_now().holidays)
        return next((one.by_on for one in days if one.kind == self.limit), None)

    def _is_given(self, asked: Asked) -> bool:
        raise NotImplementedError


class KeyDecisionNotices(_LimitReminders):
    """The notice of a key decision is to be published."""

    rule = "key_decision_notice"
    limit = Limit.KEY_NOTICE
    words = "Publish the notice of the key decision"

    def _is_given(self, asked: Asked) -> bool:
        return asked.row.notice_published_on is not None or asked.row.urgency != Urgency.NONE


class PrivateMeetingNotices(_LimitReminders):
    """The first notice of a private meeting is to be published."""

    rule = "private_meeting_notice"
    limit = Limit.PRIVATE_NOTICE
    words = "Publish the first notice of the private meeting"

    def _is_given(self, asked: Asked) -> bool:
        return asked.row.private_notice_on is not None


class PrivateSecondNotices(_LimitReminders):
    """The second notice, with the answer to representations, is to be published."""

    rule = "private_second_notice"
    limit = Limit.PRIVATE_SECOND_NOTICE
    words = "Publish the second notice of the private meeting"

    def _is_given(self, asked: Asked) -> bool:
        return asked.row.private_second_notice_on is not None


class RecordsUnpublished(AskedReminders):
    """Two working days after a council decided, its record is not published."""

    rule = "decision_record_unpublished"
    wanted = Q(council_decisions__state__in=_DECIDED, council_decisions__published_on__isnull=True)

    def of(self, asked: Asked) -> Iterable[Happening]:
        """The day by which the record is usually out."""
        decided_on = day_decided(asked.answer)
        if decided_on is None or asked.row.state not in _DECIDED or asked.row.published_on is not None:
            return
        holidays = day_now().holidays_of(asked.answer)
        due_on = add_working_days(decided_on, RECORD_WORKING_DAYS, holidays)
        yield Happening(
            asked.row.pk,
            due_on,
            f"Publish the record of the decision: {asked.title}",
            asked.decision.programme,
            officers(asked),
            f"Decided on {format_date(decided_on)}, not published",
        )


class CallInCloses(AskedReminders):
    """A council's call-in is about to close."""

    rule = "call_in_closes"
    wanted = Q(council_decisions__published_on__isnull=False)

    def of(self, asked: Asked) -> Iterable[Happening]:
        """The day and time at which it closes, unless the decision is called in."""
        period = call_in_window(asked.answer, asked.proposal, day_now())
        if period is None or is_called_in(asked.answer, asked.proposal):
            return
        title = f"Call-in closes at {period.closes_in_words()}: {asked.title}"
        yield Happening(asked.row.pk, period.closes_on, title, asked.decision.programme, _support(asked))


def _support(asked: Asked) -> Callable[[Holders], list[Told]]:
    """The council's democratic services, who support its scrutiny, and the programme manager."""
    council, partnership = asked.row.council_id, asked.decision.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_council, RoleName.DEMOCRATIC_SERVICES, council, partnership),
            by_role(holders.of_partnership, RoleName.PROGRAMME_MANAGER, partnership),
        ]

    return told

"""What the rules are told of a decision: plain values, as recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from core.clock import london_date
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from governance.enums import ApprovalBody, Authority, BodyType, CouncilDecisionState, DecisionKind, Urgency
from programme.enums import CallInScope, DayUnit


@dataclass(frozen=True, slots=True)
class OwnRules:
    """A council's own rules on notice, publication and call-in, from one day on (domain.md 2.1)."""

    from_on: date
    call_in_days: int
    call_in_unit: str
    cut_off: time
    publication_days: int
    call_in_scope: str = CallInScope.ALL_EXECUTIVE
    min_members: int | None = None
    after_reconsideration: bool = False
    notice_unit: str = DayUnit.CALENDAR
    agenda_unit: str = DayUnit.WORKING


@dataclass(frozen=True, slots=True)
class CallInFact:
    """One call-in of one version of the text; without an outcome it is open."""

    raised_at: datetime
    outcome: str = ""
    scrutiny_met_on: date | None = None
    released_on: date | None = None
    text_number: int = 1
    scrutiny_meets_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether scrutiny has still to answer."""
        return not self.outcome

    def as_known(self, as_of: date) -> CallInFact:
        """This call-in as it stood on `as_of`: what scrutiny said later is still to come."""
        if self.scrutiny_met_on is None or self.scrutiny_met_on <= as_of:
            return self
        return replace(self, outcome="", released_on=None)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be met before a decision takes effect (INV-07)."""

    text: str
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One council's own decision, as recorded. `has_executive` is false under a committee system (INV-12).

    `element` is the part of the decision that it is about, where parts go different ways. `is_key` and
    `is_executive` are None where they follow from the decision and from who decides.
    """

    council: str
    approval_body: str
    state: str
    text_number: int | None = None
    text_hash: str = ""
    decided: ImpreciseDate | None = None
    published_on: date | None = None
    next_meeting_on: date | None = None
    notice_published_on: date | None = None
    has_executive: bool = True
    own_rules: tuple[OwnRules, ...] = ()
    element: str = ""
    is_key: bool | None = None
    is_executive: bool | None = None
    is_left_out: bool = False
    is_exempt_from_callin: bool = False
    callin_exempt_reason: str = ""
    call_ins: tuple[CallInFact, ...] = ()
    closures: tuple[date, ...] = ()
    urgency: str = Urgency.NONE
    urgency_reason: str = ""
    scrutiny_chair_told_on: date | None = None
    urgency_notice_on: date | None = None
    urgency_agreed_by: str = ""
    urgency_agreed_on: date | None = None
    is_private: bool = False
    private_notice_on: date | None = None
    private_second_notice_on: date | None = None

    @property
    def name(self) -> str:
        """The council, with the part that it decides where parts go different ways."""
        return f"{self.council} ({self.element})" if self.element else self.council

    @property
    def is_outcome_only(self) -> bool:
        """Whether nothing is known but the outcome, as in a report about the past."""
        dates = (self.decided, self.published_on, self.next_meeting_on, self.notice_published_on)
        return self.approval_body == ApprovalBody.NOT_STATED and not any(dates)

    def as_known(self, as_of: date) -> Answer:
        """This answer as it stood on `as_of`: what was decided or published later is still to come."""
        known = self if self._is_known(as_of) else self._without_later(as_of)
        if known.decided is None or known.decided.last_on <= as_of:
            return known
        return replace(
            known,
            state=CouncilDecisionState.AWAITING,
            text_number=None,
            text_hash="",
            decided=None,
            next_meeting_on=known.decided.last_on,
        )

    def _is_known(self, as_of: date) -> bool:
        if self.call_ins or (self.published_on is not None and self.published_on > as_of):
            return False
        return self.notice_published_on is None or self.notice_published_on <= as_of

    def _without_later(self, as_of: date) -> Answer:
        published_on, notice_on = self.published_on, self.notice_published_on
        return replace(
            self,
            published_on=published_on if published_on and published_on <= as_of else None,
            notice_published_on=notice_on if notice_on and notice_on <= as_of else None,
            call_ins=tuple(
                one.as_known(as_of) for one in self.call_ins if london_date(one.raised_at) <= as_of
            ),
        )

    def rules_on(self, day: date) -> OwnRules | None:
        """The council's own rules in force on `day`; None where none are recorded."""
        in_force = [rules for rules in self.own_rules if rules.from_on <= day]
        return max(in_force, key=lambda rules: rules.from_on, default=None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One text put to every required council, as recorded."""

    state: str
    text_number: int
    answers: tuple[Answer, ...]
    text_hash: str = ""
    is_key: bool = False
    body: str = ""
    body_verb: str = ""
    summary: str = ""
    meeting_on: date | None = None
    recommended_on: date | None = None
    not_before_on: date | None = None
    taken: ImpreciseDate | None = None
    lapse_after_days: int = 180
    is_severable: bool = False
    is_reserved: bool = False
    conditions: tuple[Condition, ...] = ()
    body_type: str = BodyType.NOT_STATED

    @property
    def required(self) -> tuple[Answer, ...]:
        """The answers that are waited for: all but those of councils that are left out."""
        return tuple(answer for answer in self.answers if not answer.is_left_out)


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is asked about, and the days on which nobody works.

    What is said of one that `is_kept` is read on later days: it names the day, and never says today.
    """

    as_of: date
    holidays: Collection[date]
    is_kept: bool = False

    @property
    def in_words(self) -> str:
        """Today; of one that is kept, on 5 November 2026."""
        return f"on {format_date(self.as_of)}" if self.is_kept else "today"

    def holidays_of(self, answer: Answer) -> Collection[date]:
        """Bank holidays and the days on which this council is closed beside them."""
        return {*self.holidays, *answer.closures} if answer.closures else self.holidays


NOTED = "noted"
RESOLVED = "resolved"
RECOMMENDED = "recommended"


def body_verb(authority: str, kind: str) -> str:
    """What a body did, in one word. A body that does not decide can only recommend (INV-08)."""
    if kind == DecisionKind.NOTING:
        return NOTED
    decides = authority == Authority.DECIDES and kind == DecisionKind.RESOLUTION
    return RESOLVED if decides else RECOMMENDED

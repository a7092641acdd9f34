"""What the rules are told of a decision: plain values, as recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time

from core.rules.dates import ImpreciseDate
from governance.enums import ApprovalBody, Authority, CouncilDecisionState, DecisionKind


@dataclass(frozen=True, slots=True)
class OwnRules:
    """A council's own rules on publication and call-in, from one day on (domain.md 2.1)."""

    from_on: date
    call_in_days: int
    call_in_unit: str
    cut_off: time
    publication_days: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One council's own decision, as recorded. `has_executive` is false under a committee system (INV-12)."""

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

    @property
    def is_outcome_only(self) -> bool:
        """Whether nothing is known but the outcome, as in a report about the past."""
        dates = (self.decided, self.published_on, self.next_meeting_on, self.notice_published_on)
        return self.approval_body == ApprovalBody.NOT_STATED and not any(dates)

    def as_known(self, as_of: date) -> Answer:
        """This answer as it stood on `as_of`: what was decided or published later is still to come."""
        published_on = self.published_on if self.published_on and self.published_on <= as_of else None
        notice_on = self.notice_published_on
        notice_on = notice_on if notice_on and notice_on <= as_of else None
        known = replace(self, published_on=published_on, notice_published_on=notice_on)
        if self.decided is None or self.decided.last_on <= as_of:
            return known
        return replace(
            known,
            state=CouncilDecisionState.AWAITING,
            text_number=None,
            text_hash="",
            decided=None,
            next_meeting_on=self.decided.last_on,
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


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is asked about, and the days on which nobody works."""

    as_of: date
    holidays: Collection[date]


NOTED = "noted"
RESOLVED = "resolved"
RECOMMENDED = "recommended"


def body_verb(authority: str, kind: str) -> str:
    """What a body did, in one word. A body that does not decide can only recommend (INV-08)."""
    if kind == DecisionKind.NOTING:
        return NOTED
    decides = authority == Authority.DECIDES and kind == DecisionKind.RESOLUTION
    return RESOLVED if decides else RECOMMENDED

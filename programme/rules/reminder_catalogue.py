"""The rules of reminders as data (domain.md section 6): what, when, to whom, and to whom it is escalated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from programme.enums import DayUnit, ReminderStep

Days = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepRule:
    """Who is told at one step, and how many days before; 0 is the day itself, below 0 is after it."""

    to: str
    days: Days


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One rule of section 6. `day` says which day is counted from.

    A statutory rule reaches people who asked for no mail, and a programme may add to its days, never take
    from them. What `tells_late` is told all the same where it comes in after the last of its days.
    What is `by_subscription` reaches only who asked for it, so no programme turns it off.
    """

    key: str
    name: str
    day: str
    told: StepRule
    escalated: StepRule | None = None
    further: StepRule | None = None
    unit: str = DayUnit.CALENDAR
    is_statutory: bool = False
    tells_late: bool = True
    by_subscription: bool = False
    noun: str = "item"
    act: str = "Open it"
    steps: Mapping[ReminderStep, StepRule] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the steps there are, in their order."""
        pairs = zip(ReminderStep, (self.told, self.escalated, self.further), strict=True)
        steps = {step: rule for step, rule in pairs if rule is not None}
        object.__setattr__(self, "steps", MappingProxyType(steps))

    @property
    def days(self) -> Days:
        """Days of every step, the earliest first."""
        return joined_days(rule.days for rule in self.steps.values())

    def days_of(self, steps: Iterable[ReminderStep]) -> frozenset[int]:
        """Days at which somebody is told who stands at these steps."""
        return frozenset(day for step in steps if step in self.steps for day in self.steps[step].days)


def joined_days(parts: Iterable[Iterable[int]]) -> Days:
    """Every day of the parts once, the earliest first."""
    return tuple(sorted({day for part in parts for day in part}, reverse=True))


_CLERKS = "democratic services of the council"
_MONITOR = "its monitoring officer"
_SRO = "the senior responsible owner"
# 36, 31 and 29 days before the decision, 29 being the last lawful day; counted back from that day, because
# a council that counts working days, or closes, has another.
_BEFORE_28 = (7, 2, 0)
# 8, 7 and 6 working days before the meeting, 6 being the last lawful day.
_BEFORE_5 = (2, 1, 0)

REMINDER_RULES = (
    ReminderRule(
        "milestone_due",
        "Milestone due",
        "the last day that its forecast can mean, else its plan",
        StepRule("the owner", (14, 7, 1, 0)),
        unit=DayUnit.WORKING,
        noun="milestone",
        act="Update it",
    ),
    ReminderRule(
        "milestone_overdue",
        "Milestone overdue",
        "the last day that its forecast can mean, else its plan",
        StepRule("the programme manager", (-1,)),
        StepRule(_SRO, (-14,)),
        noun="milestone",
    ),
    ReminderRule(
        "forecast_stale",
        "Forecast not updated",
        "35 days after the milestone was last updated",
        StepRule("the owner", (0,)),
        StepRule("lead officers of the councils it belongs to", (-7,)),
        noun="forecast",
        act="Update it",
    ),
    ReminderRule(
        "mention",
        "Named in a comment",
        "the day on which the comment was written",
        StepRule("whoever the comment names", (-1,)),
        noun="comment",
        act="Read it",
    ),
    ReminderRule(
        "absence_recorded",
        "Recorded as away",
        "the day on which somebody else recorded it",
        StepRule("whoever is recorded as away", (-1,)),
        noun="absence",
        act="See it, or end it",
    ),
    ReminderRule(
        "monthly_return",
        "Monthly return",
        "the eighth working day after the month, on which its amounts are late",
        StepRule("the council’s finance officers", (5, 0)),
        StepRule("its section 151 officer", (-2,)),
        unit=DayUnit.WORKING,
        tells_late=False,
        noun="return",
        act="Enter it",
    ),
    ReminderRule(
        "annual_true_up",
        "Annual true-up",
        "1 February and 1 March of the year, and 15 April after it",
        StepRule("finance officers of all partners, in February and March", (0,)),
        StepRule("section 151 officers of all partners, in April", (0,)),
        noun="true-up",
    ),
    ReminderRule(
        "reference_changed",
        "Reference data changed",
        "the day on which a newer version came into force",
        StepRule("the author of a business case that uses an older one", (0,)),
        noun="business case",
        act="Look at it",
    ),
    ReminderRule(
        "actual_unverified",
        "Saving claimed, not verified",
        "10 working days after it was claimed",
        StepRule("the council’s section 151 officer", (0,)),
        StepRule(_SRO, (-10,)),
        unit=DayUnit.WORKING,
        noun="claim",
        act="Look at it",
    ),
    ReminderRule(
        "benefit_review",
        "Benefit review",
        "the review date",
        StepRule("the owner", (14, 0)),
        StepRule(_SRO, (-14,)),
        noun="benefit",
        act="Review it",
    ),
    ReminderRule(
        "benefit_starting_value",
        "Benefit without a starting value",
        "30 days after its profile was complete",
        StepRule("the owner", (0,)),
        StepRule(_SRO, (-14,)),
        noun="benefit",
        act="Enter it",
    ),
    ReminderRule(
        "key_decision_notice",
        "Notice of a key decision",
        "the last lawful day to publish it",
        StepRule(_CLERKS, _BEFORE_28),
        StepRule(_MONITOR, (0,)),
        is_statutory=True,
        noun="notice",
    ),
    ReminderRule(
        "private_meeting_notice",
        "First notice of a private meeting",
        "the last lawful day to publish it",
        StepRule(_CLERKS, _BEFORE_28),
        StepRule(_MONITOR, (0,)),
        is_statutory=True,
        noun="notice",
    ),
    ReminderRule(
        "private_second_notice",
        "Second notice of a private meeting",
        "the last lawful day to publish it",
        StepRule(_CLERKS, _BEFORE_5),
        StepRule(_MONITOR, (0,)),
        unit=DayUnit.WORKING,
        is_statutory=True,
        noun="notice",
    ),
    ReminderRule(
        "agenda_publication",
        "Agenda to be published",
        "the last lawful day to publish it",
        StepRule("democratic services", _BEFORE_5),
        StepRule("monitoring officers", (0,)),
        unit=DayUnit.WORKING,
        is_statutory=True,
        noun="agenda",
    ),
    ReminderRule(
        "decision_record_unpublished",
        "Decision record not published",
        "2 working days after the council decided",
        StepRule(_CLERKS, (0,)),
        StepRule(_MONITOR, (0,)),
        unit=DayUnit.WORKING,
        is_statutory=True,
        noun="record",
    ),
    ReminderRule(
        "call_in_closes",
        "Call-in closes",
        "the day on which it closes",
        StepRule("democratic services of the council and the programme manager", (1, 0)),
        unit=DayUnit.WORKING,
        is_statutory=True,
        noun="call-in",
    ),
    ReminderRule(
        "ratification_outstanding",
        "Ratification outstanding",
        "the day of the recommendation",
        StepRule("the council’s lead officer and democratic services", (-14, -28)),
        StepRule(_SRO, (-42,)),
        noun="decision",
    ),
    ReminderRule(
        "decision_lapses",
        "Decision about to lapse",
        "the day on which it lapses",
        StepRule("lead officers of councils that have not decided", (30,)),
        StepRule(_SRO, (30,)),
        noun="decision",
    ),
    ReminderRule(
        "councils_out_of_step",
        "Councils out of step",
        "the day of the first differing answer",
        StepRule("lead officers of all partners and the senior responsible owner", (-1,)),
        StepRule("who chairs the body", (-1,)),
        noun="decision",
    ),
    ReminderRule(
        "meeting_cycle_missed",
        "Meeting cycle missed",
        "the day by which the body should have met",
        StepRule("democratic services", (-7,)),
        StepRule("who chairs the body", (-7,)),
        noun="meeting",
    ),
    ReminderRule(
        "chair_rotation_due",
        "Chair rotation due",
        "the start of the municipal year",
        StepRule("democratic services", (30,)),
        noun="chair",
    ),
    ReminderRule(
        "inquorate_risk",
        "Meeting at risk of no quorum",
        "the day of the meeting",
        StepRule("its members and democratic services", (5,)),
        unit=DayUnit.WORKING,
        noun="meeting",
    ),
    ReminderRule(
        "contract_expiry",
        "Contract ends",
        "the last day of the contract",
        StepRule("the council’s lead officer", (730, 365, 180)),
        StepRule(_SRO, (730,)),
        noun="contract",
    ),
    ReminderRule(
        "agreement_review",
        "Agreement review",
        "the review date",
        StepRule("monitoring officers of all partners", (180, 90, 30)),
        StepRule(_SRO, (30,)),
        noun="agreement",
    ),
    ReminderRule(
        "agreement_notice",
        "Last day to give notice of an agreement",
        "the last day on which notice can be given",
        StepRule("monitoring officers of all partners", (180, 90, 30)),
        StepRule(_SRO, (30,)),
        noun="agreement",
    ),
    ReminderRule(
        "consultation_window",
        "Redundancy consultation must start",
        "the last day to start, counted back from the first dismissal",
        StepRule("the council’s HR lead", (14, 7, 1, 0)),
        StepRule("its monitoring officer", (1, 0)),
        noun="consultation",
    ),
    ReminderRule(
        "gate_recommendation",
        "Gate review recommendation",
        "the day by which it is to be settled",
        StepRule("the owner", (7, 0)),
        StepRule(_SRO, (0,)),
        noun="recommendation",
        act="Settle it",
    ),
    ReminderRule(
        "scrutiny_unanswered",
        "Scrutiny recommendation unanswered",
        "the day by which a response is due",
        StepRule("the council’s executive members and lead officer", (14, 0)),
        StepRule("its monitoring officer", (0,)),
        noun="response",
    ),
    ReminderRule(
        "edition_published",
        "Benefits report published",
        "the day on which the edition was published",
        StepRule(
            "the programme manager, the senior responsible owner, lead officers and scrutiny members", (-1,)
        ),
        noun="edition",
        act="Read it",
    ),
    ReminderRule(
        "bulletin_draft",
        "Draft of the monthly bulletin",
        "the day on which the draft was made",
        StepRule("the programme manager", (0,)),
        noun="draft",
    ),
    ReminderRule(
        "bulletin_waiting",
        "Monthly bulletin to be sent",
        "the day on which its draft was begun",
        StepRule(
            f"{_SRO}; the programme manager instead, where the last change is that owner’s", (-2, -5, -10)
        ),
        unit=DayUnit.WORKING,
        noun="bulletin",
        act="Read it, then send it",
    ),
    ReminderRule(
        "bulletin_sent",
        "Monthly bulletin",
        "the day on which the bulletin was sent",
        StepRule("its subscribers", (-1,)),
        tells_late=False,
        by_subscription=True,
        noun="bulletin",
        act="Read it",
    ),
    ReminderRule(
        "exempt_review",
        "Exempt item to be reviewed",
        "the day of its yearly review",
        StepRule("monitoring officers of all partners", (0,)),
        noun="review",
    ),
    ReminderRule(
        "accessibility_review",
        "Accessibility statement to review",
        "a year after it was last reviewed",
        StepRule("administrators", (30, 0)),
        noun="statement",
        act="Read it",
    ),
    ReminderRule(
        "council_abolition",
        "Council about to be replaced",
        "vesting day, the first day of its successors",
        StepRule("section 151 officers of all partners", (730, 365, 182)),
        StepRule(_SRO, (730, 365, 182)),
        noun="council",
    ),
)
RULES = MappingProxyType({rule.key: rule for rule in REMINDER_RULES})

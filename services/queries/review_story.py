"""The whole story of one service review, as its page tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from core.enums import Channel
from core.models import AuditEvent
from core.publication import Shown, shown, withheld_sentence
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date
from core.rules.words import listed
from programme.models import Council
from services.enums import ConsultationKind, QuestionSet, ReviewState
from services.models import Consultation, RedLine, ReviewTask, ServiceReview
from services.policies import Powers, can_lead_review
from services.queries.decision_choices import DecisionChoice, decisions_of
from services.queries.establishments import establishments_seen
from services.queries.review_assessment import Assessment
from services.queries.reviews import ReviewRow, review_row
from services.rules.consultation_record import (
    ConsultationRecord,
    Earliest,
    earliest_dismissal,
    shown_count,
)
from services.rules.establishment import ALONE, AddedUp
from services.rules.review import STEPS

_CHANNELS = {
    Channel.PAGE: "On its page",
    Channel.API: "Through the API",
    Channel.IMPORT: "From a file",
    Channel.TASK: "By a scheduled task",
}
_LABELS = {
    "chosen_because": "Chosen because",
    "deferred_until_on": "Deferred until",
    "decision_ref": "Decision",
    "ended_on": "Ended on",
    "equality_impact_done": "Equality impact assessed",
    "first_dismissal_on": "First dismissal",
    "go_live_on": "Go-live",
    "is_done": "Done",
    "is_respected": "Respected",
    "is_sensitive": "Politically sensitive",
    "outcome_reason": "Reason",
    "affected_count": "People affected",
    "staff_consulted_on": "Staff consulted on",
    "started_on": "Started on",
    "transfer_on": "Transfer",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {one.value: str(one.label) for one in ReviewState},
    "kind": {one.value: str(one.label) for one in ConsultationKind},
    "question_set": {one.value: str(one.label) for one in QuestionSet},
}
_ACTIONS = {
    "import_service_review": "Recorded from a case file",
    "start_review": "Review started",
    "update_review": "Details changed",
    "step_review": "State changed",
    "save_review_tasks": "Tasks changed",
    "finish_review_task": "Task",
    "save_review_answers": "Self-assessment",
    "declare_red_line": "Red line declared",
    "update_red_line": "Red line changed",
    "record_consultation": "Consultation recorded",
    "update_consultation": "Consultation changed",
}


_OF_CONSULTATIONS = frozenset({"record_consultation", "update_consultation"})
WITHHELD = "withheld"
NOT_COUNTED = "What is withheld of the council is not counted"


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One consultation; its count only as it may be shown (INV-38)."""

    consultation: Consultation
    people: str
    earliest: Earliest | NotAssessable | NotApplicable
    can_change: bool
    added: AddedUp = ALONE

    @property
    def place(self) -> Shown:
        """The place of work, or the sentence that it is withheld."""
        return shown(self.consultation, self.consultation.establishment)

    @property
    def withheld(self) -> str:
        """The sentence that place, people and days are withheld; empty for what is open."""
        return withheld_sentence(self.consultation)

    @property
    def first_dismissal_on(self) -> date | None:
        """The first dismissal that is planned; None where that is withheld."""
        return None if self.withheld else self.consultation.first_dismissal_on

    @property
    def transfer_on(self) -> date | None:
        """The day of transfer; None where that is withheld."""
        return None if self.withheld else self.consultation.transfer_on

    @property
    def minimum_words(self) -> str:
        """First dismissal must be on or after 14 May 2027, 45 days after consultation started."""
        if self.withheld:
            return ""
        if isinstance(self.earliest, Earliest):
            return f"First dismissal must be on or after {self.earliest}"
        is_redundancy = self.consultation.kind == ConsultationKind.REDUNDANCY
        return self.earliest.reason if is_redundancy else ""

    @property
    def is_too_early(self) -> bool:
        """Whether the first dismissal that is planned is before it: other proposals came later."""
        planned = self.first_dismissal_on
        return planned is not None and isinstance(self.earliest, Earliest) and planned < self.earliest.on

    @property
    def counted_words(self) -> str:
        """Counted with Waste (SR-2, from 1 April 2027), at the same place; empty where nothing is."""
        names = [one.named(self._programme) for one in self.added.counted]
        counted = f"Counted with {listed(names)}, at the same place" if names else ""
        if self.withheld or not self.added.leaves_out:
            return counted
        return f"{counted}. {NOT_COUNTED}" if counted else NOT_COUNTED

    @property
    def begun_words(self) -> str:
        """Which proposals at the same place are not counted, as their consultation had begun."""
        names = [one.named(self._programme) for one in self.added.begun]
        return f"Not counted, as consultation had begun: {listed(names)}" if names else ""

    @property
    def _programme(self) -> str:
        return str(self.consultation.review.service.programme)


@dataclass(frozen=True, slots=True)
class RedLineRow:
    """One red line, and whether the person may answer it."""

    line: RedLine
    can_change: bool

    @property
    def answer(self) -> str:
        """Respected, Not respected, or Not answered yet."""
        return red_line_answer(self.line.is_respected)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task, and whether the person may mark it as done."""

    task: ReviewTask
    can_finish: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history in words."""

    at: datetime
    by: str
    channel: str
    what: str
    details: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ReviewStory:
    """Everything that the page of one review shows, and what the person may do there."""

    row: ReviewRow
    assessments: tuple[Assessment, ...]
    red_lines: tuple[RedLineRow, ...]
    tasks: tuple[TaskRow, ...]
    consultations: tuple[ConsultationRow, ...]
    decision: DecisionChoice | None
    history: tuple[Change, ...]
    can_lead: bool
    own_councils: tuple[Council, ...]
    consulting_councils: tuple[Council, ...]

    @property
    def review(self) -> ServiceReview:
        """The review itself."""
        return self.row.review

    @property
    def open_tasks(self) -> int:
        """How many tasks are still to do."""
        return sum(one.task.done_at is None for one in self.tasks)


def review_story(review: ServiceReview, powers: Powers, *, viewer: User) -> ReviewStory:
    """The story of a review, for a person of these powers.

    Eleven queries, one more with a decision, one more with consultations.
    """
    row = review_row(review)
    own = row.review
    consultations = own.consultations.all()
    proposed = establishments_seen(viewer, [one.council_id for one in consultations])
    is_open = bool(STEPS[ReviewState(own.state)])
    leads = is_open and can_lead_review(powers, own)
    order = {council.pk: index for index, council in enumerate(row.councils)}
    lines = sorted(own.red_lines.all(), key=lambda line: (order.get(line.council_id, len(order)), line.pk))
    return ReviewStory(
        row=row,
        assessments=tuple(row.assessments),
        red_lines=tuple(RedLineRow(line, is_open and powers.edits_council(line.council)) for line in lines),
        tasks=tuple(TaskRow(task, is_open and _can_finish(task, powers, leads)) for task in own.tasks.all()),
        consultations=tuple(
            consultation_row(
                one, is_open and powers.edits_people_matters(one.council), added=proposed.beside(one)
            )
            for one in consultations
        ),
        decision=_decision(own),
        history=_history(own, consultations),
        can_lead=leads,
        own_councils=tuple(one for one in row.councils if is_open and powers.edits_council(one)),
        consulting_councils=tuple(
            one for one in row.councils if is_open and powers.edits_people_matters(one)
        ),
    )


def consultation_row(
    consultation: Consultation, can_change: bool = False, *, added: AddedUp = ALONE
) -> ConsultationRow:
    """One consultation as anyone may see it, with what counts beside it. No query."""
    if consultation.is_withheld:
        return ConsultationRow(consultation, WITHHELD, NotApplicable(""), can_change)
    record = ConsultationRecord(consultation.kind, consultation.affected_count, consultation.started_on)
    people, earliest = shown_count(consultation.affected_count), earliest_dismissal(record, added)
    return ConsultationRow(consultation, people, earliest, can_change, added)


def red_line_answer(is_respected: bool | None) -> str:
    """Respected, Not respected, or Not answered yet."""
    if is_respected is None:
        return "Not answered yet"
    return "Respected" if is_respected else "Not respected"


def _can_finish(task: ReviewTask, powers: Powers, leads: bool) -> bool:
    return leads or (task.council is not None and powers.edits_council(task.council))


def _decision(review: ServiceReview) -> DecisionChoice | None:
    if not review.decision_ref:
        return None
    found = [one for one in decisions_of(review.service.programme) if one.ref == review.decision_ref]
    return found[0] if found else None


def _history(review: ServiceReview, consultations: Iterable[Consultation]) -> tuple[Change, ...]:
    """Every change, latest first; of consultations what is open. One query.

    The trail names a council as it was called then: where anything is withheld, what is under a name that no
    council with open consultations alone bears now is left out too.
    """
    withheld = {str(one.council) for one in consultations if one.is_withheld}
    told = {str(one.council) for one in consultations} - withheld if withheld else None
    events = AuditEvent.objects.filter(object_type=ServiceReview._meta.label_lower, object_id=review.pk)
    return tuple(_change(event, told) for event in events.select_related("by").order_by("-pk"))


def _change(event: AuditEvent, told: Collection[str] | None) -> Change:
    hidden = {"version"}
    if event.action in _OF_CONSULTATIONS and told is not None and event.after.get("council") not in told:
        hidden |= {*Consultation.withheld_fields, *Consultation.withheld_figures}
    names = sorted({*event.before, *event.after} - hidden, key=_label)
    return Change(
        at=event.at,
        by=str(event.by),
        channel=_CHANNELS[Channel(event.channel)],
        what=_ACTIONS.get(event.action, "Changed" if event.before else "Recorded"),
        details=tuple(_detail(name, event) for name in names if name != "outcome_reason" or not event.why),
        why=event.why,
    )


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _detail(name: str, event: AuditEvent) -> str:
    label = _label(name)
    after = _in_words(name, event.after.get(name))
    before = _in_words(name, event.before.get(name))
    if name not in event.before or before == after:
        return f"{label}: {after}"
    return f"{label}: from {before} to {after}"


def _in_words(name: str, value: Any) -> str:
    if name == "is_respected":
        return red_line_answer(value).lower()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return str(len(value))
    if value in {None, ""}:
        return "nothing"
    if name.endswith("_on"):
        return format_date(date.fromisoformat(value))
    return _WORDS.get(name, {}).get(value, str(value))

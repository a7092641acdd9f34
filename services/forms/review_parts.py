"""Forms of the parts of a review: red lines, consultations, tasks and self-assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.forms.fields import PlainTextField, TypedDateField
from core.forms.publication import WithholdingForm
from programme.models import Council
from services.actions.review_answers import EVIDENCE_LIMIT, MOST_RESPONSES, SCORES, QuestionAnswer
from services.actions.review_consultations import COUNTED_FROM, MOST_AFFECTED, PLACE_LIMIT
from services.actions.review_red_lines import TEXT_LIMIT
from services.actions.review_tasks import TASK_LIMIT, TaskGiven
from services.enums import ConsultationKind, QuestionSet
from services.forms.review_fields import CouncilField
from services.models import AssessmentAnswer, Consultation, RedLine, ReviewTask
from services.queries.consultations import record_shown
from services.queries.review_assessment import answers_version
from services.rules.consultation_record import FEWER, ConsultationRecord, shown_count
from services.rules.review_reference import Question, questions

ANSWERS = (("", "Not answered yet"), ("yes", "Respected"), ("no", "Not respected"))
_RESPECTED = {"": None, "yes": True, "no": False}
EMPTY_TASKS = 3


def _number_words(most: int) -> dict[str, str]:
    words = f"Number of people must be a whole number from 0 to {most:,}"
    return {"invalid": words, "min_value": words, "max_value": words}


class RedLineForm(forms.Form):
    """What a council will not give up; once declared, whether it is respected."""

    shows_changes = True

    council = CouncilField(
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council", "invalid_choice": "Choose a council"},
    )
    text = PlainTextField(
        label="Red line",
        help_text="What the council will not give up, in one sentence",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_respected = forms.ChoiceField(
        label="Is it respected by what is recommended?",
        choices=ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label="Note", help_text="Needed if it is not respected", max_length=TEXT_LIMIT, required=False
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, councils: Sequence[Council], line: RedLine | None = None) -> None:
        """A new red line of one of `councils`, or one as it is."""
        respected = {None: "", True: "yes", False: "no"}
        initial: dict[str, Any] = {"seen_version": 0, "council": councils[0] if len(councils) == 1 else None}
        if line:
            initial |= {"text": line.text, "is_respected": respected[line.is_respected], "note": line.note}
            initial["seen_version"] = line.version
        super().__init__(data, initial=initial)
        council = self.fields["council"]
        if line:
            del self.fields["council"]
            return
        del self.fields["is_respected"], self.fields["note"]
        if isinstance(council, CouncilField):
            council.set_councils(councils)

    def answer(self) -> bool | None:
        """Whether it is respected; None where that is not answered yet."""
        return _RESPECTED[self.cleaned_data["is_respected"]]


class ConsultationForm(WithholdingForm):
    """A consultation of one council: of whom, from when to when, and the first dismissal."""

    shows_changes = True
    field_order = (
        "council", "kind", "affected_count", "started_on", "ended_on", "first_dismissal_on", "transfer_on",
        "establishment",
    )  # fmt: skip

    council = CouncilField(
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council", "invalid_choice": "Choose a council"},
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "Choose a kind"), *ConsultationKind.choices],
        error_messages={"required": "Choose a kind", "invalid_choice": "Choose a kind"},
    )
    affected_count = forms.IntegerField(
        label="How many people are affected",
        help_text=f"1 to 4 people are only ever shown as “{FEWER}”",
        min_value=0,
        max_value=MOST_AFFECTED,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=_number_words(MOST_AFFECTED),
    )
    started_on = TypedDateField(label="Started on")
    ended_on = TypedDateField(label="Ended on", required=False)
    first_dismissal_on = TypedDateField(
        label="First dismissal", help_text="For a redundancy. For example, 14 12 2026", required=False
    )
    transfer_on = TypedDateField(label="Transfer", help_text="For a transfer of staff (TUPE)", required=False)
    establishment = PlainTextField(
        label="Establishment",
        help_text="The place of work. What is proposed at one is added up, so name it the same each time",
        max_length=PLACE_LIMIT,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        consultation: Consultation | None = None,
        opens: bool = True,
    ) -> None:
        """A new consultation of one of `councils`, or one as it is.

        Who does not open what is withheld gets a box for its end alone.
        """
        self.consultation = consultation
        initial: dict[str, Any] = {"seen_version": 0, "council": councils[0] if len(councils) == 1 else None}
        if consultation:
            names = ("kind", "started_on", "ended_on", "first_dismissal_on", "transfer_on", "establishment")
            initial |= {name: getattr(consultation, name) for name in names}
            initial["affected_count"] = None if self.is_withheld else consultation.affected_count
            initial |= dict.fromkeys(self.kept)
            initial["seen_version"] = consultation.version
        super().__init__(data, initial=initial)
        self.fields["affected_count"].is_short = True  # type: ignore[attr-defined]
        council = self.fields["council"]
        if consultation:
            del self.fields["council"]
            self.without_withholding()
        elif isinstance(council, CouncilField):
            council.set_councils(councils)
        closed = () if opens else (*self.kept, *COUNTED_FROM)
        for name in closed:
            self.fields.pop(name)
        for name in () if closed else self.kept:
            self.fields[name].help_text = "It is withheld. Leave this empty to keep it"
        if self.is_withheld and not self.kept:
            words = f"Recorded as {FEWER}. Leave this empty to keep it"
            self.fields["affected_count"].help_text = words

    @property
    def is_withheld(self) -> bool:
        """Whether the recorded number may not be shown, even in its box (INV-38)."""
        return self.consultation is not None and shown_count(self.consultation.affected_count) == FEWER

    @property
    def kept(self) -> tuple[str, ...]:
        """Boxes that do not show what is recorded, because it is exempt or confidential."""
        one = self.consultation
        return (*one.withheld_fields, *one.withheld_figures) if one and one.is_withheld else ()

    def record(self) -> ConsultationRecord:
        """What the action is to record; an empty box keeps what is not shown."""
        one, given = self.consultation, dict(self.cleaned_data)
        if one and self.kept:
            there = record_shown(one)
            for name in (*self.kept, *COUNTED_FROM):
                if given.get(name) in (None, ""):
                    given[name] = getattr(there, name)
        count = given["affected_count"]
        if count is None and one and self.is_withheld and not self.kept:
            count = one.affected_count
        return ConsultationRecord(
            given["kind"],
            count,
            given["started_on"],
            given["ended_on"],
            given["first_dismissal_on"],
            given["transfer_on"],
            given["establishment"],
        )


@dataclass(frozen=True, slots=True)
class TaskLine:
    """The boxes of one task."""

    number: int
    text: BoundField
    council: BoundField


class ReviewTasksForm(forms.Form):
    """Every task of a review with room for a few more."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, tasks: Sequence[ReviewTask], councils: Sequence[Council], version: int
    ) -> None:
        """One line for each of `tasks`, in their order, then empty ones."""
        super().__init__(data, initial={"seen_version": version})
        sent = _lines_sent(data)
        self.count = max(len(tasks) + EMPTY_TASKS, sent)
        for index in range(self.count):
            task = tasks[index] if index < len(tasks) else None
            self.fields[f"tasks_{index}_id"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=task.pk if task else None
            )
            self.fields[f"tasks_{index}_text"] = PlainTextField(
                label=f"Task {index + 1}",
                max_length=TASK_LIMIT,
                required=False,
                initial=task.text if task else "",
            )
            self.fields[f"tasks_{index}_council"] = CouncilField(
                label=f"Council of task {index + 1}",
                councils=councils,
                empty_label="The review",
                required=False,
                initial=task.council if task else None,
            )

    def lines(self) -> list[TaskLine]:
        """The lines of the form, first one first."""
        return [
            TaskLine(index + 1, self[f"tasks_{index}_text"], self[f"tasks_{index}_council"])
            for index in range(self.count)
        ]

    def tasks(self) -> list[TaskGiven]:
        """What the action is to record."""
        given = self.cleaned_data
        return [
            TaskGiven(
                given[f"tasks_{index}_text"],
                given[f"tasks_{index}_id"],
                given[f"tasks_{index}_council"],
            )
            for index in range(self.count)
        ]


def _lines_sent(data: Any) -> int:
    """How many lines were sent, at most 200."""
    count = 0
    while data and f"tasks_{count}_text" in data and count < 200:
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The boxes of one question: how many people gave each score, and the evidence."""

    question: Question
    counts: tuple[BoundField, ...]
    evidence: BoundField


class AssessmentForm(forms.Form):
    """One question set of one council: for each question how many people gave each score, and evidence."""

    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, question_set: QuestionSet, answers: Sequence[AssessmentAnswer]
    ) -> None:
        """The council's answers as they are."""
        self.questions = questions(question_set)
        super().__init__(data, initial={"seen_version": answers_version(answers)})
        counts = {(one.question, one.score): one.responses for one in answers}
        evidence = {one.question: one.evidence for one in answers if one.evidence}
        for question in self.questions:
            for score in SCORES:
                self.fields[f"{question.code}_{score}"] = _count_field(
                    question, score, counts.get((question.code, score)) or None
                )
            self.fields[f"{question.code}_evidence"] = PlainTextField(
                label=f"Evidence: {question.name}",
                max_length=EVIDENCE_LIMIT,
                required=False,
                initial=evidence.get(question.code, ""),
            )

    def lines(self) -> list[AnswerLine]:
        """The lines of the form, in the order of the questions."""
        return [
            AnswerLine(
                question,
                tuple(self[f"{question.code}_{score}"] for score in SCORES),
                self[f"{question.code}_evidence"],
            )
            for question in self.questions
        ]

    def answers(self) -> Mapping[str, QuestionAnswer]:
        """What the action is to record."""
        given = self.cleaned_data
        return {
            question.code: QuestionAnswer(
                {score: given[f"{question.code}_{score}"] or 0 for score in SCORES},
                given[f"{question.code}_evidence"],
            )
            for question in self.questions
        }


def _count_field(question: Question, score: int, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{question.name}: people who answered {score}",
        min_value=0,
        max_value=MOST_RESPONSES,
        required=False,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=_number_words(MOST_RESPONSES),
    )

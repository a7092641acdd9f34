"""Decisions, what each council has done, and who has not ratified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.publication import shown
from core.rules.assessment import NotApplicable, NotAssessable
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.benefits_files.places import key_of
from governance.models import CouncilDecision
from governance.queries.benefits_export import BenefitsExport
from governance.queries.decisions import DecisionRow
from governance.rules.position import Position
from governance.rules.start import Standing

_NOT_STARTING = NotApplicable("It does not start")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one council has done with one decision."""

    row: DecisionRow
    answer: CouncilDecision
    position: Position


def decision_table(export: BenefitsExport) -> FieldTable[DecisionRow]:
    """Each decision with who has not ratified it."""
    return FieldTable(
        "decisions",
        "Decisions",
        "Decisions, and who has not ratified them",
        "A row a decision",
        [
            Field("decision", "Reference", lambda row: row.decision.ref, "Reference", place=Place.ITEM),
            Field(
                "decision_name",
                "Decision",
                lambda row: row.decision.title,
                "Its title",
                place=Place.ITEM_NAME,
            ),
            Field(
                "body",
                "Put by",
                lambda row: row.proposal.body or None,
                "The body that put it to the councils",
                source=lambda row: [export.source_of(row.decision.source_id)],
            ),
            Field(
                "standing",
                "Standing",
                lambda row: row.start.standing.value,
                "on_agenda, ratifying, call_in, called_in, blocked, effective, going_ahead_without, ended, "
                "or reported where only outcomes are known",
            ),
            Field("can_start", "Can we start?", lambda row: row.start.word.value, "Yes, Not yet or No"),
            Field("why", "Why", lambda row: row.start_line, "The reason in words"),
            Field(
                "effective_on",
                "In effect from, or the earliest date",
                _effective_on,
                "Day on which it took effect for every council, or the earliest day it can",
                Unit.DATE,
            ),
            Field(
                "not_ratified",
                "Not ratified by",
                lambda row: row.start.not_ratified,
                "Councils that have not approved the text that is put now",
                Unit.LIST,
            ),
            Field(
                "waiting_for",
                "Waiting for",
                lambda row: row.start.waiting_for,
                "Councils that it waits for",
                Unit.LIST,
            ),
            Field(
                "lapses_on",
                "Lapses on",
                lambda row: row.start.lapses_on or NotApplicable("It does not lapse"),
                "Day on which it lapses unless every council approves",
                Unit.DATE,
            ),
        ],
        export.decisions,
        note=lambda row: shown(row.decision, row.decision.note).text,
    )


def answer_table(export: BenefitsExport) -> FieldTable[AnswerRow]:
    """Each council's own decision."""
    return FieldTable(
        "council_decisions",
        "Council decisions",
        "What each council has decided for itself",
        "A row a decision and council",
        [
            Field("decision", "Reference", lambda row: row.row.decision.ref, "Reference", place=Place.ITEM),
            Field(
                "decision_name",
                "Decision",
                lambda row: row.row.decision.title,
                "Its title",
                place=Place.ITEM_NAME,
            ),
            Field(
                "council",
                "Council key",
                lambda row: row.answer.council.key if row.answer.council else key_of(row.answer.party_text),
                "Key of the council, or the words for one that the source does not name",
                place=Place.COUNCIL,
                is_code=True,
            ),
            Field(
                "council_name",
                "Council",
                lambda row: row.position.council,
                "Name of the council, or what the source calls it",
                place=Place.COUNCIL_NAME,
            ),
            Field("state", "State", lambda row: row.position.word.value, "What the council has done"),
            Field(
                "is_ratified",
                "Ratified",
                lambda row: row.position.agrees,
                "Whether it has approved the text that is put now",
                Unit.FLAG,
            ),
            Field(
                "decided_on",
                "Decided on",
                lambda row: row.position.decided_on,
                "Day of its decision",
                Unit.DATE,
            ),
            Field("when", "When", lambda row: row.position.when or None, "When and by which body, in words"),
            Field(
                "next_step",
                "Next step",
                lambda row: row.position.next_step or NotApplicable("Nothing is awaited"),
                "What is lawful next and by when",
            ),
            Field(
                "own_effective_on",
                "Own effective date",
                lambda row: row.position.effective_on or _no_date(row.position),
                "Day on which the decision takes effect for this council alone",
                Unit.DATE,
            ),
        ],
        list(_answers(export)),
    )


def _answers(export: BenefitsExport) -> Iterator[AnswerRow]:
    for row in export.decisions:
        for answer, position in row.answers:
            yield AnswerRow(row, answer, position)


def _effective_on(row: DecisionRow) -> Datum:
    if row.start.on is not None:
        return row.start.on
    if row.start.standing in {Standing.BLOCKED, Standing.ENDED}:
        return _NOT_STARTING
    return NotAssessable(row.start.missing or "No date is stated")


def _no_date(position: Position) -> Datum:
    return NotAssessable(f"{position.council} {position.missing}") if position.missing else None

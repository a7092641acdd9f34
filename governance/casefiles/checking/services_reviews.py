"""Rules of what services carry: measures, contracts, and reviews with what belongs to them."""

from __future__ import annotations

from functools import partial

from core.rules.dates import check_end_after_start
from governance.casefiles.checking.common import (
    check_council,
    check_person,
    check_reference,
    ids_of,
)
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from services.enums import MeasureKind, QuestionSet
from services.rules.consultation_record import ConsultationRecord, check_consultation
from services.rules.review_reference import questions

_CONSULTATION_FIELDS = {
    "started_on": ("started",),
    "ended_on": ("ended",),
    "first_dismissal_on": ("first_dismissal",),
    "affected_count": ("affected",),
    "transfer_on": ("transfer",),
}


def check_services(file: CaseFile, world: World) -> None:
    """Note what is wrong in measures and in service reviews."""
    for service in file.entries("services"):
        for provision in service.entries("provisions"):
            _check_measures(provision)
        for review in service.entries("reviews"):
            _check_review(review, world)


def _check_measures(provision: Entry) -> None:
    seen: set[tuple[str, int | None]] = set()
    for measure in provision.entries("measures"):
        slot = measure.text("name"), measure.fy("fy")
        if slot in seen:
            measure.add(f"{slot[0]} is given twice for this year. Keep one", "fy")
        seen.add(slot)
        if measure.text("kind") == MeasureKind.VOLUME and (measure.number("value") or 0) < 0:
            measure.add("A volume of work must be 0 or more", "value")


def _check_review(review: Entry, world: World) -> None:
    check_person(review, "owner", world)
    check_council(review, review.text("lead"), world, "lead")
    check_reference(review, "decision", ids_of(review.file, "decisions"), "decisions")
    for task in review.entries("tasks"):
        check_council(task, task.text("council"), world, "council")
        check_person(task, "done_by", world)
        if ("done_at" in task) != ("done_by" in task):
            task.add("Give both done_at and done_by, or neither")
    for line in review.entries("red_lines"):
        check_council(line, line.text("council"), world, "council")
        if line.raw("respected") is False and not line.text("note"):
            line.add("Say why this red line is not respected", "note")
    _check_answers(review, world)
    for consultation in review.entries("consultations"):
        _check_consultation(consultation, world)


def _check_answers(review: Entry, world: World) -> None:
    seen: set[tuple[str, str, str, int | None]] = set()
    for answer in review.entries("answers"):
        council, code, score = answer.text("council"), answer.text("question"), answer.integer("score")
        check_council(answer, council, world, "council")
        known = {one.code for one in questions(QuestionSet(answer.text("set")))}
        if code not in known:
            answer.add(f"There is no question {code} in this set", "question")
        slot = council, answer.text("set"), code, score
        if slot in seen:
            answer.add("This score is given twice. Keep one, with the sum of the responses", "score")
        seen.add(slot)


def _check_consultation(entry: Entry, world: World) -> None:
    check_council(entry, entry.text("council"), world, "council")
    started, ended = entry.day("started"), entry.day("ended")
    if started is None:
        return
    transfer = entry.day("transfer")
    if entry.integer("affected") is None and entry.day("first_dismissal") is None and transfer is None:
        if ended:
            entry.refused(partial(check_end_after_start, started, ended), "ended")
        return
    record = ConsultationRecord(
        entry.text("kind"), entry.integer("affected"), started, ended, entry.day("first_dismissal"), transfer
    )
    entry.refused_each(partial(check_consultation, record), _CONSULTATION_FIELDS)

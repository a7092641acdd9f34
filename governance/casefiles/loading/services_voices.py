"""What people wrote and said of a business case: texts, reviews, statements, scores, payments agreed."""

from __future__ import annotations

from typing import Any

from benefits.models import CouncilPayment
from governance.casefiles.entries import Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part
from governance.casefiles.loading.services_reviews import rows_part
from governance.casefiles.plain import plain
from services.enums import CaseSectionName
from services.models import (
    BusinessCase,
    CaseReview,
    CaseSection,
    CaseStatement,
    Compensation,
    CompensationPayment,
    Criterion,
    QualityJudgement,
    Score,
)

_REVIEW = ("outcome", "comment", "reviewed_at", "reviewed_by")
_STATEMENT = ("council", "position", "text", "stated_at", "stated_by")
_CRITERION = ("ref", "name", "description", "weight_percent", "order_index")
_JUDGEMENT = ("certainty", "reason", "entered_at", "entered_by")
_COMPENSATION = ("basis", "cap_pence", "decision_ref", "note")


def voices_parts(loading: Loading, case: BusinessCase, entry: Entry) -> list[Part]:
    """Sections, reviews, statements, criteria with scores, compensations and judgements of quality."""
    owner = (case, "business_case")
    reviews, statements = _reviews(loading, entry), _statements(loading, entry)
    return [
        rows_part(loading, "sections", owner, _sections(entry), ("name", "text")),
        rows_part(loading, "reviews", owner, reviews, _REVIEW),
        rows_part(loading, "statements", owner, statements, _STATEMENT),
        _criteria_part(loading, case, entry),
        _compensations_part(loading, case, entry),
        _judgements_part(loading, case, entry),
    ]


def _sections(entry: Entry) -> list[CaseSection]:
    given = entry.entry("sections")
    return [
        CaseSection(name=name.value, text=given.text(name)) for name in CaseSectionName if given.text(name)
    ]


def _reviews(loading: Loading, entry: Entry) -> list[CaseReview]:
    return [
        CaseReview(
            outcome=one.text("outcome"),
            comment=one.text("comment"),
            reviewed_at=needed(one.moment("at")),
            reviewed_by=loading.author(one),
        )
        for one in entry.entries("reviews")
    ]


def _statements(loading: Loading, entry: Entry) -> list[CaseStatement]:
    return [
        CaseStatement(
            council=loading.councils[one.text("council")],
            position=one.text("position"),
            text=one.text("text"),
            stated_at=needed(one.moment("at")),
            stated_by=loading.author(one),
        )
        for one in entry.entries("statements")
    ]


def _criteria_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    rows = case.criteria.prefetch_related("scores__option", "scores__scored_by") if case.pk else ()
    kept = [_plain_criterion(row, list(row.scores.all())) for row in rows]
    given = entry.entries("criteria")
    wanted = [_criterion(index, one) for index, one in enumerate(given)]
    scores = {one.text("id"): _scores(loading, one) for one in given}

    def write() -> None:
        if kept:
            case.criteria.all().delete()
        options = {option.ref: option for option in case.options.all()} if scores else {}
        made: list[Score] = []
        for criterion in wanted:
            criterion.business_case = case
            criterion.created_by = criterion.updated_by = loading.by
            criterion.save(force_insert=True)
            for ref, score in scores[criterion.ref]:
                score.criterion, score.option = criterion, options[ref]
                score.created_by = score.updated_by = score.scored_by
                made.append(score)
        Score.objects.bulk_create(made)

    is_wanted = [
        [*_plain_own(one), sorted(_plain_score(ref, score) for ref, score in scores[one.ref])]
        for one in wanted
    ]
    return Part("criteria", sorted(kept, key=str), sorted(is_wanted, key=str), write)


def _criterion(index: int, entry: Entry) -> Criterion:
    order = entry.integer("order")
    return Criterion(
        ref=entry.text("id"),
        name=entry.text("name"),
        description=entry.text("description"),
        weight_percent=needed(entry.integer("weight_percent")),
        order_index=index if order is None else order,
    )


def _scores(loading: Loading, entry: Entry) -> list[tuple[str, Score]]:
    return [
        (
            one.text("option"),
            Score(
                scored_by=loading.author(one),
                score=needed(one.integer("score")),
                reason=one.text("reason"),
            ),
        )
        for one in entry.entries("scores")
    ]


def _plain_own(criterion: Criterion) -> list[Any]:
    return [plain(getattr(criterion, name)) for name in _CRITERION]


def _plain_criterion(criterion: Criterion, scores: list[Score]) -> list[Any]:
    return [*_plain_own(criterion), sorted(_plain_score(score.option.ref, score) for score in scores)]


def _plain_score(option: str, score: Score) -> list[Any]:
    return [option, score.scored_by.email, score.score, score.reason]


def _compensations_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    rows = (
        case.compensations.select_related("beneficiary").prefetch_related("payments__council")
        if case.pk
        else ()
    )
    kept = [_plain_compensation(row, list(row.payments.all())) for row in rows]
    wanted = [
        (_compensation(loading, one), _payments(loading, one)) for one in entry.entries("compensations")
    ]

    def write() -> None:
        if kept:
            case.compensations.all().delete()
        for row, payments in wanted:
            row.business_case = case
            row.created_by = row.updated_by = loading.by
            row.save(force_insert=True)
            for payment in payments:
                payment.compensation = row
            CompensationPayment.objects.bulk_create(payments)

    is_wanted = [_plain_compensation(row, payments) for row, payments in wanted]
    now, then = sorted(kept, key=str), sorted(is_wanted, key=str)
    if now != then and CouncilPayment.objects.filter(compensation__in=list(rows)).exists():
        loading.report.refused.append(f"{case}: compensation has been paid. Agree another one beside it")
        then = now
    return Part("compensations", now, then, write)


def _judgements_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    """Judgements of quality are only ever added: those that a file leaves out stay."""
    rows = case.quality_judgements.select_related("entered_by") if case.pk else ()
    kept = [_plain_judgement(row) for row in rows]
    given = [_judgement(loading, one) for one in entry.entries("quality_judgements")]
    added = [row for row in given if _plain_judgement(row) not in kept]

    def write() -> None:
        for row in added:
            row.business_case = case
        QualityJudgement.objects.bulk_create(added)

    wanted = [*kept, *(_plain_judgement(row) for row in added)]
    return Part("quality_judgements", sorted(kept, key=str), sorted(wanted, key=str), write)


def _judgement(loading: Loading, entry: Entry) -> QualityJudgement:
    return QualityJudgement(
        certainty=entry.text("certainty"),
        reason=entry.text("reason"),
        entered_at=needed(entry.moment("at")),
        entered_by=loading.author(entry),
    )


def _plain_judgement(row: QualityJudgement) -> list[Any]:
    return [plain(getattr(row, name)) for name in _JUDGEMENT]


def _compensation(loading: Loading, entry: Entry) -> Compensation:
    return Compensation(
        beneficiary=loading.councils[entry.text("beneficiary")],
        basis=entry.text("basis"),
        cap_pence=entry.pence("cap_gbp"),
        decision_ref=entry.text("decision"),
        note=entry.text("note"),
    )


def _payments(loading: Loading, entry: Entry) -> list[CompensationPayment]:
    return [
        CompensationPayment(
            council=loading.councils[payment.text("council")],
            fy=needed(payment.fy("fy")),
            amount_pence=needed(payment.pence("amount_gbp")),
        )
        for payment in entry.entries("payments")
    ]


def _plain_compensation(row: Compensation, payments: list[CompensationPayment]) -> list[Any]:
    return [
        row.beneficiary.key,
        *(plain(getattr(row, name)) for name in _COMPENSATION),
        sorted([payment.council.key, payment.fy, payment.amount_pence] for payment in payments),
    ]

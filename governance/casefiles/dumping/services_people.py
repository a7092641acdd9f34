"""People and councils whom the rows of the services floor name."""

from __future__ import annotations

from collections.abc import Iterable

from programme.models import Programme
from services.models import (
    ApportionmentRun,
    ApportionmentShare,
    AssessmentAnswer,
    BusinessCase,
    BusinessCaseAmount,
    CaseOption,
    CaseReview,
    CaseStatement,
    Compensation,
    CompensationPayment,
    Consultation,
    KeyWeight,
    QualityJudgement,
    RedLine,
    ReviewTask,
    Score,
    ServiceReview,
    TrueUp,
    TrueUpDriver,
)


def people_of_services(programme: Programme) -> list[Iterable[int | None]]:
    """Keys of the people who own reviews, draft, review, state, score, issue and share, by kind."""
    cases = BusinessCase.objects.filter(programme=programme)
    reviews = ServiceReview.objects.filter(service__programme=programme)
    return [
        reviews.values_list("owner", flat=True),
        ReviewTask.objects.filter(review__in=reviews).values_list("done_by", flat=True),
        cases.values_list("created_by", flat=True),
        cases.values_list("issued_by", flat=True),
        CaseReview.objects.filter(business_case__in=cases).values_list("reviewed_by", flat=True),
        CaseStatement.objects.filter(business_case__in=cases).values_list("stated_by", flat=True),
        Score.objects.filter(criterion__business_case__in=cases).values_list("scored_by", flat=True),
        QualityJudgement.objects.filter(business_case__in=cases).values_list("entered_by", flat=True),
        ApportionmentRun.objects.filter(pool__programme=programme).values_list("entered_by", flat=True),
        TrueUp.objects.filter(key__pool__programme=programme).values_list("entered_by", flat=True),
    ]


def councils_of_services(programme: Programme) -> set[int | None]:
    """Keys of the councils that reviews, keys, runs, lines and payments name."""
    cases = BusinessCase.objects.filter(programme=programme)
    reviews = ServiceReview.objects.filter(service__programme=programme)
    lists: list[Iterable[int | None]] = [
        reviews.values_list("lead_council", flat=True),
        ReviewTask.objects.filter(review__in=reviews).values_list("council", flat=True),
        RedLine.objects.filter(review__in=reviews).values_list("council", flat=True),
        AssessmentAnswer.objects.filter(review__in=reviews).values_list("council", flat=True),
        Consultation.objects.filter(review__in=reviews).values_list("council", flat=True),
        KeyWeight.objects.filter(key__pool__programme=programme).values_list("council", flat=True),
        ApportionmentShare.objects.filter(run__pool__programme=programme).values_list("council", flat=True),
        TrueUpDriver.objects.filter(true_up__key__pool__programme=programme).values_list(
            "council", flat=True
        ),
        BusinessCaseAmount.objects.filter(line__business_case__in=cases).values_list("council", flat=True),
        CaseOption.objects.filter(business_case__in=cases).values_list("without_council", flat=True),
        CaseStatement.objects.filter(business_case__in=cases).values_list("council", flat=True),
        Compensation.objects.filter(business_case__in=cases).values_list("beneficiary", flat=True),
        CompensationPayment.objects.filter(compensation__business_case__in=cases).values_list(
            "council", flat=True
        ),
    ]
    return {key for keys in lists for key in keys if key is not None}

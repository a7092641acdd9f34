"""Service reviews with their parts for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import factory

from accounts.enums import RoleName
from accounts.models import User
from programme.models import Council, Programme
from services.enums import ConsultationKind, QuestionSet, ReviewState, ServiceKind
from services.models import (
    AssessmentAnswer,
    BusinessCase,
    Consultation,
    RedLine,
    ReviewTask,
    Service,
    ServiceReview,
)
from tests.factories import (
    BusinessCaseFactory,
    CaseOptionFactory,
    EditedFactory,
    RowFactory,
    ServiceCostFactory,
    ServiceCouncilFactory,
    ServiceFactory,
    ServiceReviewFactory,
    UserFactory,
    councils_of,
    role,
)


class ReviewTaskFactory(RowFactory[ReviewTask]):
    """A task of a review, not done."""

    class Meta:
        model = ReviewTask

    review = factory.SubFactory(ServiceReviewFactory)
    text = factory.Sequence(lambda n: f"Task {n}")
    order_index = factory.Sequence(lambda n: n)


class RedLineFactory(EditedFactory[RedLine]):
    """A red line that is not answered yet."""

    class Meta:
        model = RedLine

    review = factory.SubFactory(ServiceReviewFactory)
    text = factory.Sequence(lambda n: f"Red line {n}")


class ConsultationFactory(EditedFactory[Consultation]):
    """A redundancy consultation from 30 March 2027 on."""

    class Meta:
        model = Consultation

    review = factory.SubFactory(ServiceReviewFactory)
    kind = ConsultationKind.REDUNDANCY
    started_on = date(2027, 3, 30)


class AssessmentAnswerFactory(EditedFactory[AssessmentAnswer]):
    """One person's answer to how well the cost is known."""

    class Meta:
        model = AssessmentAnswer

    review = factory.SubFactory(ServiceReviewFactory)
    question_set = QuestionSet.READINESS
    question = "cost"
    score = 3


def review_of(
    programme: Programme, *, state: str = ReviewState.PROPOSED, name: str = "revenues", **fields: Any
) -> ServiceReview:
    """A review of a new service of the programme."""
    service = ServiceFactory(programme=programme, name=name, kind=ServiceKind.REVENUES)
    return ServiceReviewFactory(service=service, state=state, **fields)


def parts_of(programme: Programme) -> dict[str, Any]:
    """A review with one row of each of its parts, by kind."""
    council = councils_of(programme)[0]
    review = review_of(programme)
    return {
        "review": review,
        "review_task": ReviewTaskFactory(review=review),
        "red_line": RedLineFactory(review=review, council=council),
        "consultation": ConsultationFactory(review=review, council=council),
    }


def cost(service: Service, council: Council, pence: int, *, fy: int = 2026, **fields: Any) -> None:
    """What one council spends on a service in a year."""
    known = service.provisions.filter(council=council).first()
    provision = known or ServiceCouncilFactory(service=service, council=council)
    ServiceCostFactory(provision=provision, fy=fy, amount_pence=pence, **fields)


def case_of(service: Service, *, alternatives: int = 1, has_bau: bool = True) -> BusinessCase:
    """A business case of a service with business as usual and other options."""
    case = BusinessCaseFactory(programme=service.programme, service=service)
    if has_bau:
        CaseOptionFactory(business_case=case, name="As now", is_bau=True)
    CaseOptionFactory.create_batch(alternatives, business_case=case)
    return case


def ready_to_recommend(review: ServiceReview) -> ServiceReview:
    """The same review in state options, with all that a recommendation needs."""
    for index, council in enumerate(councils_of(review.service.programme)):
        cost(review.service, council, (index + 1) * 100_000_00)
    case_of(review.service)
    review.state, review.recommendation = ReviewState.OPTIONS, "Share it."
    review.save()
    return review


def manager_of(programme: Programme, name: str = "Priya Raman") -> User:
    """The programme manager."""
    user = UserFactory(name=name)
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


def officer_of(council: Council, name: RoleName = RoleName.COUNCIL_LEAD) -> User:
    """An officer of a council: its lead officer, or in another role."""
    user = UserFactory()
    role(user, name, council=council)
    return user


def answer(
    review: ServiceReview,
    council: Council,
    counts: dict[int, int],
    *,
    question: str = "cost",
    question_set: QuestionSet = QuestionSet.READINESS,
    evidence: str = "",
) -> None:
    """What people of a council answered to one question: how many gave each score."""
    for score, responses in counts.items():
        AssessmentAnswerFactory(
            review=review,
            council=council,
            question_set=question_set,
            question=question,
            score=score,
            responses=responses,
            evidence=evidence,
        )


def answers_apart(review: ServiceReview, councils: Sequence[Council], *, evidence: str = "") -> None:
    """Means of 1.5, 3 and 4 for one question: the councils are 2.5 points apart."""
    for council, counts in zip(councils, ({1: 1, 2: 1}, {3: 2}, {4: 4}), strict=True):
        answer(review, council, counts, evidence=evidence)


def filled_review(programme: Programme) -> ServiceReview:
    """A review with every part."""
    review = ready_to_recommend(review_of(programme))
    council = councils_of(programme)[0]
    ReviewTaskFactory(review=review, council=council)
    RedLineFactory(review=review, council=council)
    ConsultationFactory(review=review, council=council, affected_count=100)
    answer(review, council, {3: 1})
    return review


def stored_review(review: ServiceReview) -> dict[str, Any]:
    """Every column of a review as it is stored."""
    return ServiceReview.objects.filter(pk=review.pk).values().get()

"""Service reviews: where each stands, what stops its next step and who must act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from core.clock import today
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from programme.models import Council, Programme
from programme.queries.partners import partners_of
from services.enums import CaseState, QuestionSet, ReviewState
from services.models import (
    AssessmentAnswer,
    BusinessCase,
    CaseOption,
    Consultation,
    RedLine,
    ReviewTask,
    ServiceCost,
    ServiceCouncil,
    ServiceReview,
)
from services.queries.review_assessment import Assessment, assessments
from services.rules.review import CaseFacts, Outlook, ReviewFacts, outlook
from services.rules.service_cost import total_cost

_NO_LONGER_OPEN = (CaseState.WITHDRAWN, CaseState.REJECTED, CaseState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class StartingCost:
    """What one partner spends before any change; `cost` is None where it is not stated."""

    council: Council
    cost: ServiceCost | None


@dataclass(frozen=True, slots=True)
class StartingCosts:
    """The starting cost of every partner, in their order.

    All are of the last year that every partner has stated; where there is none, each partner's own last year.
    """

    rows: tuple[StartingCost, ...]
    total: int | NotAssessable

    @property
    def missing(self) -> tuple[str, ...]:
        """Councils that have not stated theirs."""
        return tuple(str(row.council) for row in self.rows if row.cost is None)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review with what its next step needs."""

    review: ServiceReview
    councils: tuple[Council, ...]
    costs: StartingCosts
    case: BusinessCase | None
    options: tuple[CaseOption, ...]
    facts: ReviewFacts
    outlook: Outlook

    @property
    def programme(self) -> Programme:
        """The programme of its service."""
        return self.review.service.programme

    @property
    def assessments(self) -> list[Assessment]:
        """What the councils say of themselves, set by set."""
        return assessments(self.review.answers.all(), self.councils)


def review_rows(programme: Programme) -> list[ReviewRow]:
    """The reviews of a programme, in the order of its services. Ten queries."""
    return rows_of(with_parts(ServiceReview.objects.filter(service__programme=programme)))


def review_row(review: ServiceReview) -> ReviewRow:
    """One review as the list and its page see it."""
    return rows_of(with_parts(ServiceReview.objects.filter(pk=review.pk)))[0]


def with_parts(reviews: QuerySet[ServiceReview]) -> QuerySet[ServiceReview]:
    """The reviews with all that belongs to them, in a fixed number of queries."""
    costs = ServiceCost.objects.order_by("fy")
    cases = BusinessCase.objects.exclude(state__in=_NO_LONGER_OPEN).order_by("number", "pk")
    return (
        reviews.select_related("service__programme__partnership", "lead_council", "owner")
        .prefetch_related(
            Prefetch("service__provisions", ServiceCouncil.objects.select_related("council")),
            Prefetch("service__provisions__costs", costs),
            Prefetch("service__business_cases", cases),
            "service__business_cases__options",
            Prefetch("tasks", ReviewTask.objects.select_related("council", "done_by")),
            Prefetch("red_lines", RedLine.objects.select_related("council")),
            Prefetch("answers", AssessmentAnswer.objects.select_related("council")),
            Prefetch("consultations", Consultation.objects.select_related("council")),
        )
        .order_by("service__programme", "service__order_index", "service", "ref")
    )


def rows_of(reviews: Iterable[ServiceReview]) -> list[ReviewRow]:
    """Rows of reviews that came from `with_parts`. One query more, for the partners."""
    every = list(reviews)
    partners = partners_of({review.service.programme.partnership_id for review in every})
    as_of = today()
    return [_row(one, tuple(partners[one.service.programme.partnership_id]), as_of) for one in every]


def facts_of(review: ServiceReview, councils: Sequence[Council]) -> ReviewFacts:
    """What the rules ask of a review that came from `with_parts`."""
    case = open_case(review)
    return ReviewFacts(
        state=ReviewState(review.state),
        service=review.service.name,
        lead=str(review.owner) if review.owner else "The programme manager",
        councils=tuple(str(council) for council in councils),
        chosen_because=review.chosen_because,
        scope=review.scope,
        recommendation=review.recommendation,
        decision_ref=review.decision_ref,
        go_live_on=review.go_live_on,
        missing_costs=starting_costs(review, councils).missing,
        case=_case_facts(case),
        open_tasks=sum(task.done_at is None for task in review.tasks.all()),
        is_equality_impact_done=review.equality_impact_done,
        staff_consulted_on=review.staff_consulted_on,
        without_assessment=_without_assessment(review, councils),
        with_open_red_lines=_with_open_red_lines(review, councils),
    )


def open_case(review: ServiceReview) -> BusinessCase | None:
    """The latest business case of the service that is not withdrawn, rejected or superseded."""
    cases = list(review.service.business_cases.all())
    return cases[-1] if cases else None


def starting_costs(review: ServiceReview, councils: Sequence[Council]) -> StartingCosts:
    """Each partner's starting cost, of a review that came from `with_parts`."""
    by_council = {
        provision.council_id: {cost.fy: cost for cost in provision.costs.all()}
        for provision in review.service.provisions.all()
    }
    stated = [by_council.get(council.pk, {}) for council in councils]
    common = set.intersection(*(set(years) for years in stated)) if stated else set()
    rows = tuple(
        StartingCost(council, _cost(years, common)) for council, years in zip(councils, stated, strict=True)
    )
    return StartingCosts(rows, _total(rows))


def _row(review: ServiceReview, councils: tuple[Council, ...], as_of: date) -> ReviewRow:
    facts = facts_of(review, councils)
    case = open_case(review)
    return ReviewRow(
        review=review,
        councils=councils,
        costs=starting_costs(review, councils),
        case=case,
        options=_options(case),
        facts=facts,
        outlook=outlook(facts, as_of),
    )


def _cost(years: Mapping[int, ServiceCost], common: set[int]) -> ServiceCost | None:
    if common:
        return years[max(common)]
    return years[max(years)] if years else None


def _total(rows: Sequence[StartingCost]) -> int | NotAssessable:
    years = {row.cost.fy for row in rows if row.cost}
    total = total_cost({str(row.council): row.cost.amount_pence if row.cost else None for row in rows})
    if isinstance(total, int) and len(years) > 1:
        words = " and ".join(format_fy(year) for year in sorted(years))
        return NotAssessable(f"Costs are of different years: {words}")
    return total


def _options(case: BusinessCase | None) -> tuple[CaseOption, ...]:
    """The options of a case; a variant without one council is not an option of its own."""
    return tuple(option for option in case.options.all() if option.variant_of_id is None) if case else ()


def _case_facts(case: BusinessCase | None) -> CaseFacts | None:
    if case is None:
        return None
    options = _options(case)
    return CaseFacts(len(options), any(option.is_bau for option in options))


def _without_assessment(review: ServiceReview, councils: Sequence[Council]) -> tuple[str, ...]:
    """Councils that have not answered both question sets."""
    answered = {(row.council_id, row.question_set) for row in review.answers.all() if row.responses}
    return tuple(
        str(council) for council in councils if any((council.pk, one) not in answered for one in QuestionSet)
    )


def _with_open_red_lines(review: ServiceReview, councils: Sequence[Council]) -> tuple[str, ...]:
    open_for = {line.council_id for line in review.red_lines.all() if line.is_respected is None}
    return tuple(str(council) for council in councils if council.pk in open_for)

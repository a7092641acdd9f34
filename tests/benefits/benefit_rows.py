"""One benefit with a row of each kind that belongs to it, and to the map around it."""

from __future__ import annotations

from datetime import date
from typing import Any

from benefits.models import BenefitLink, CommentaryLimit
from benefits.queries.double_counts import double_counts
from programme.models import Programme
from tests import factories


def parts_of(programme: Programme) -> dict[str, Any]:
    """By kind, one row of each in a programme."""
    benefit = factories.BenefitFactory(programme=programme, measure_name="Days")
    middle = factories.BenefitFactory(programme=programme, counted_in=benefit)
    user = programme.created_by
    entered = {"entered_by": user}
    objective = factories.ObjectiveFactory(programme=programme)
    return {
        "benefit": benefit,
        "commentary_limit": CommentaryLimit.objects.create(
            programme=programme, created_by=user, updated_by=user
        ),
        "benefit_inside": factories.BenefitFactory(programme=programme, counted_in=middle),
        "objective": objective,
        "map_step": factories.MapStepFactory(programme=programme),
        "benefit_link": BenefitLink.objects.create(
            programme=programme, from_benefit=benefit, to_objective=objective, **entered
        ),
        "benefit_reading": benefit.readings.create(fy=2026, period=6, value=22, **entered),
        "benefit_evidence": benefit.evidence.create(text="Report 4", **entered),
        "benefit_review": benefit.reviews.create(
            reviewed_on=date(2026, 10, 1), finding="On track", **entered
        ),
        "benefit_transition": benefit.transitions.create(
            step="profile", from_state="identified", to_state="profiled", by=user
        ),
        "benefit_handover": benefit.handovers.create(
            to_owner=factories.UserFactory(),
            note="Ask the team",
            review_on=date(2027, 6, 1),
            offered_by=user,
        ),
    }


def flag_of(programme: Programme) -> str:
    """The short name of the one flag there: a benefit counted in one that is itself counted in another."""
    (row,) = double_counts(programme, as_of=date(2026, 11, 24)).flags
    return row.ref

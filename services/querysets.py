"""The vocabulary of services."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from programme.querysets import OfProgrammeQuerySet, Row

if TYPE_CHECKING:
    from programme.models import Council
    from services.models import (  # noqa: F401
        ApportionmentKey,
        ApportionmentRun,
        Service,
        ServiceReview,
        SharedPost,
        TrueUp,
    )


class ServiceQuerySet(OfProgrammeQuerySet["Service"]):
    """Services."""


class ReviewQuerySet(OfProgrammeQuerySet["ServiceReview"]):
    """Service reviews."""

    programme_path = "service__programme"


class OfReviewQuerySet(OfProgrammeQuerySet[Row]):
    """Rows that belong to one review."""

    programme_path = "review__service__programme"


class KeyQuerySet(OfProgrammeQuerySet["ApportionmentKey"]):
    """Apportionment keys."""

    programme_path = "pool__programme"


class RunQuerySet(OfProgrammeQuerySet["ApportionmentRun"]):
    """Kept runs."""

    programme_path = "pool__programme"


class TrueUpQuerySet(OfProgrammeQuerySet["TrueUp"]):
    """True-ups of a year."""

    programme_path = "key__pool__programme"


class SharedPostQuerySet(OfProgrammeQuerySet["SharedPost"]):
    """Posts that councils share."""

    def current(self, on: date) -> Self:
        """Posts that are there on a day, the first and the last of each included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def of_council(self, council: Council) -> Self:
        """Posts that the council employs or bears a part of, each once."""
        return self.filter(Q(employed_by=council) | Q(shares__council=council)).distinct()

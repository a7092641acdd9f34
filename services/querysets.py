"""The vocabulary of services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programme.querysets import OfProgrammeQuerySet, Row

if TYPE_CHECKING:
    from services.models import (  # noqa: F401
        ApportionmentKey,
        ApportionmentRun,
        Service,
        ServiceReview,
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

"""The vocabulary of services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programme.querysets import OfProgrammeQuerySet, Row

if TYPE_CHECKING:
    from services.models import ApportionmentKey, Service, ServiceReview  # noqa: F401


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

"""The vocabulary of services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programme.querysets import OfProgrammeQuerySet

if TYPE_CHECKING:
    from services.models import Service  # noqa: F401


class ServiceQuerySet(OfProgrammeQuerySet["Service"]):
    """Services."""

"""The vocabulary of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programme.querysets import OfProgrammeQuerySet

if TYPE_CHECKING:
    from governance.models import Decision  # noqa: F401


class DecisionQuerySet(OfProgrammeQuerySet["Decision"]):
    """Decisions."""

"""Which lessons a later review is offered, and what one says (domain.md 2.11)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """What a lesson, or a review that looks for some, is about: a gate, a kind of service, or neither."""

    gate: int | None = None
    service_kind: str = ""

    @property
    def is_general(self) -> bool:
        """Whether it names neither."""
        return self.gate is None and not self.service_kind


def is_offered(lesson: Concern, review: Concern, *, same_partnership: bool) -> bool:
    """Whether a review is offered a lesson: one about its gate or kind of service, wherever it was learnt.

    A lesson about nothing in particular is offered within its own partnership alone.
    """
    if lesson.is_general:
        return same_partnership
    if review.gate is not None and lesson.gate == review.gate:
        return True
    return bool(review.service_kind) and lesson.service_kind == review.service_kind

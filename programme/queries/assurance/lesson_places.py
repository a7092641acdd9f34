"""Service reviews and kinds of service, which a floor above this one knows, for lessons to name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceReviewPlace:
    """A service review: its programme, the reference by which lessons name it, its title and its page."""

    programme_id: int
    ref: str
    title: str
    url: str


ReviewSource = Callable[[Collection[int]], Sequence[ServiceReviewPlace]]
_KINDS: dict[str, str] = {}
_REVIEWS: list[ReviewSource] = []


def register_service_kinds(kinds: Sequence[tuple[str, str]]) -> None:
    """Let lessons concern these kinds of service, each with its label."""
    _KINDS.update(kinds)


def register_service_reviews(source: ReviewSource) -> None:
    """Let lessons name the reviews that `source` finds for programmes, by their keys."""
    if source not in _REVIEWS:
        _REVIEWS.append(source)


def service_kinds() -> list[tuple[str, str]]:
    """Every kind of service with its label, by its label."""
    return sorted(_KINDS.items(), key=lambda pair: pair[1])


def kind_label(kind: str) -> str:
    """The label of a kind of service; the kind itself where nobody registered it."""
    return _KINDS.get(kind, kind)


def service_reviews(programmes: Collection[int]) -> list[ServiceReviewPlace]:
    """The service reviews of these programmes. One query."""
    return [place for source in _REVIEWS for place in source(programmes)] if programmes else []

"""What a programme's rating is: worked out from its parts, and as its owner judges it (F-26, INV-45)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programme.enums import JudgementSubject
from programme.models import Judgement, Programme
from programme.queries.overview.standings import Standing, standing_of, standings
from programme.rules.rag import Rating, RatingWord, roll_up

SAVINGS, MILESTONES, COST = "Savings", "Milestones", "Cost"
NO_FIGURES = Rating(RatingWord.NOT_APPLICABLE, "No figures are recorded")

RatingSource = Callable[[Sequence[Programme], date], Mapping[int, Mapping[str, Rating]]]
_SOURCES: list[RatingSource] = []


def register_ratings(source: RatingSource) -> None:
    """Let a higher floor rate its part of programmes, Savings or Cost, all of them at once."""
    if source not in _SOURCES:
        _SOURCES.append(source)


@dataclass(frozen=True, slots=True)
class ProgrammeRating:
    """A programme's parts with their ratings, what follows from them, and what is judged of it."""

    standing: Standing
    parts: Mapping[str, Rating]
    judged: Judgement | None
    confidence: Judgement | None

    @property
    def computed(self) -> Rating:
        """The worst of savings, milestones and cost, with its reason (F-26)."""
        return roll_up(self.parts)

    @property
    def worst_part(self) -> str:
        """Which of the parts that is; empty where nothing is rated."""
        reason = self.computed.reason
        return next((name for name in self.parts if reason.startswith(f"{name}: ")), "")

    @property
    def word(self) -> str:
        """The rating that counts: the one judged, else the one worked out."""
        return self.judged.point if self.judged else self.computed.word

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.judged.reason if self.judged else self.computed.reason


def programme_ratings(programmes: Sequence[Programme], *, as_of: date) -> dict[int, ProgrammeRating]:
    """The ratings of the programmes by key. Four queries at most, and those of the higher floors."""
    return _ratings(programmes, standings(programmes, as_of=as_of), as_of)


def programme_rating(programme: Programme, *, as_of: date) -> ProgrammeRating:
    """The rating of one programme. Two queries, and those of the higher floors."""
    return _ratings([programme], {programme.pk: standing_of(programme, as_of=as_of)}, as_of)[programme.pk]


def _ratings(
    programmes: Sequence[Programme], seen: Mapping[int, Standing], as_of: date
) -> dict[int, ProgrammeRating]:
    from_above = [source(programmes, as_of) for source in _SOURCES]
    judged = _judgements(programmes, as_of)
    return {
        one.pk: ProgrammeRating(
            standing=seen[one.pk],
            parts=_parts(seen[one.pk].rating, [found.get(one.pk, {}) for found in from_above]),
            judged=judged.get((one.pk, JudgementSubject.OVERALL)),
            confidence=judged.get((one.pk, JudgementSubject.CONFIDENCE)),
        )
        for one in programmes
    }


def _parts(milestones: Rating, from_above: Sequence[Mapping[str, Rating]]) -> dict[str, Rating]:
    """The parts in the order of F-26."""
    found = {name: rating for part in from_above for name, rating in part.items()}
    return {
        SAVINGS: found.get(SAVINGS, NO_FIGURES),
        MILESTONES: milestones,
        COST: found.get(COST, NO_FIGURES),
    }


def _judgements(programmes: Sequence[Programme], as_of: date) -> dict[tuple[int, str], Judgement]:
    rows = Judgement.objects.filter(programme__in=[one.pk for one in programmes]).holding(as_of)
    return {(row.programme_id, row.subject): row for row in rows.select_related("given_by")}

"""Every programme that a person may read, each with its rating and what is worst in it (F-26)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.rules.words import are, count_of
from programme.models import Partnership, Programme
from programme.queries.overview.ratings import COST, MILESTONES, SAVINGS, ProgrammeRating, programme_ratings
from programme.querysets import QUIET
from programme.rules.rag import Rating, RatingWord, roll_up

AwaitedSource = Callable[[Sequence[Programme], date], Mapping[int, int]]
_AWAITED: list[AwaitedSource] = []
WORST_FIRST = (
    RatingWord.RED, RatingWord.AMBER, RatingWord.NO_DATA, RatingWord.GREEN, RatingWord.ACHIEVED,
    RatingWord.COMPLETE,
)  # fmt: skip


def register_awaited(source: AwaitedSource) -> None:
    """Let a higher floor count, by programme, the decisions that wait for a council."""
    if source not in _AWAITED:
        _AWAITED.append(source)


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One programme of the portfolio; `awaited` is None where nothing counts its decisions."""

    programme: Programme
    rating: ProgrammeRating
    awaited: int | None
    known_on: date | None

    @property
    def is_running(self) -> bool:
        """Whether it is neither paused, over nor a case of the past."""
        return self.known_on is None and self.programme.state not in QUIET

    @property
    def parts(self) -> tuple[Rating, Rating, Rating]:
        """Savings, milestones and cost."""
        found = self.rating.parts
        return found[SAVINGS], found[MILESTONES], found[COST]

    @property
    def counts(self) -> Rating:
        """The rating that counts in a roll-up: the one judged, else the one worked out."""
        return Rating(RatingWord(self.rating.word), self.rating.reason.rstrip("."))

    @property
    def severity(self) -> int:
        """0 for the worst rating; what is not rated stands last."""
        word = self.counts.word
        return WORST_FIRST.index(word) if word in WORST_FIRST else len(WORST_FIRST)


def portfolio_rows(
    user: User, *, as_of: date, only: Programme | None = None, partnership: Partnership | None = None
) -> list[PortfolioRow]:
    """Every programme that `user` may read, by name, or `only` this one of them, or those of a partnership.

    Five queries at most, and those of the higher floors, whatever the number of programmes and milestones.
    """
    visible = Programme.objects.visible_to(user).select_related("partnership")
    if partnership is not None:
        visible = visible.filter(partnership=partnership)
    programmes = list(visible.filter(pk=only.pk) if only else visible)
    ratings = programme_ratings(programmes, as_of=as_of)
    awaited = [source(programmes, as_of) for source in _AWAITED]
    return [_row(one, ratings[one.pk], awaited, as_of) for one in programmes]


def _row(
    programme: Programme, rating: ProgrammeRating, awaited: Sequence[Mapping[int, int]], as_of: date
) -> PortfolioRow:
    seen_on = rating.standing.seen_on
    count = sum(found.get(programme.pk, 0) for found in awaited) if awaited else None
    return PortfolioRow(programme, rating, count, seen_on if seen_on < as_of else None)


def portfolio_rating(rows: Sequence[PortfolioRow]) -> Rating:
    """The worst of the programmes with its reason; colours are never averaged."""
    worst_first = sorted(rows, key=lambda row: (-row.rating.standing.late, row.programme.name))
    return roll_up({row.programme.name: row.counts for row in worst_first})


def portfolio_sentence(rows: Sequence[PortfolioRow]) -> str:
    """One sentence that a member can read aloud."""
    if not rows:
        return "No programme meets this choice."
    words = [(word, sum(row.counts.word == word for row in rows)) for word in WORST_FIRST[:2]]
    said = " and ".join(f"{number} {are(number)} {word}" for word, number in words if number)
    late = sum(row.rating.standing.late for row in rows)
    opening = f"Of {count_of(len(rows), 'programme')}, {said or 'none is Red or Amber'}"
    return f"{opening}; {count_of(late, 'milestone') if late else 'no milestone'} {are(late or 1)} late."

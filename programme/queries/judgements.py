"""The judgements of a programme, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import format_date
from programme.models import Judgement, Programme
from programme.queries.overview.ratings import ProgrammeRating, programme_rating


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement, whether it holds, and until when it held, in words."""

    judgement: Judgement
    is_held: bool

    @property
    def held_words(self) -> str:
        """From 1 to 30 November 2026; what became of it."""
        row = self.judgement
        if row.ended_on is not None:
            return f"Ended on {format_date(row.ended_on)}: {row.ended_because}"
        return f"{'Holds' if self.is_held else 'Held'} until {format_date(row.until_on)}"


@dataclass(frozen=True, slots=True)
class RatingPage:
    """The rating of a programme with every judgement given of it, the latest first."""

    rating: ProgrammeRating
    rows: Sequence[JudgementRow]


def rating_page(programme: Programme, *, as_of: date) -> RatingPage:
    """What the page of a programme's rating shows. Three queries, and those of the higher floors."""
    rows = programme.judgements.select_related("given_by").order_by("-given_on", "-pk")
    return RatingPage(
        programme_rating(programme, as_of=as_of), [JudgementRow(row, row.holds_on(as_of)) for row in rows]
    )

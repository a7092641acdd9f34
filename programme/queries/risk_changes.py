"""What changed in the registers of programmes since a day: entries raised, scored anew and closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.clock import end_of, london_date
from core.models import AuditEvent
from programme.models import Risk
from programme.rules.raid import score_of

_SCORES = ("likelihood", "impact")


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """An open entry whose score was another one."""

    risk: Risk
    before: int
    now: int

    def __str__(self) -> str:
        return f"{self.risk.title} ({self.risk.ref}) from {self.before} to {self.now}"


@dataclass(frozen=True, slots=True)
class RiskChanges:
    """Of one programme: what was raised, closed and scored anew; `was_recorded`: anything stood then."""

    raised: tuple[Risk, ...] = ()
    closed: tuple[Risk, ...] = ()
    moved: tuple[ScoreMove, ...] = ()
    was_recorded: bool = False

    @property
    def higher(self) -> list[ScoreMove]:
        """Those that score more than then, the highest first."""
        return sorted((one for one in self.moved if one.now > one.before), key=lambda one: -one.now)

    @property
    def lower(self) -> list[ScoreMove]:
        """Those that score less."""
        return [one for one in self.moved if one.now < one.before]


def risk_changes(programmes: Collection[int], *, since: date, as_of: date) -> dict[int, RiskChanges]:
    """By programme what changed after the day `since`, up to `as_of`. Two queries."""
    rows = list(Risk.objects.filter(programme__in=programmes).order_by("programme", "order_index"))
    scores = _scores_then(rows, since)
    own: dict[int, list[Risk]] = defaultdict(list)
    for risk in rows:
        own[risk.programme_id].append(risk)
    return {pk: _changes(own[pk], scores, since, as_of) for pk in programmes}


def _changes(rows: Iterable[Risk], scores: dict[int, int | None], since: date, as_of: date) -> RiskChanges:
    there = [one for one in rows if _began_on(one) <= as_of]
    then = [one for one in there if _began_on(one) <= since]
    stayed = [one for one in then if one.closed_on is None]
    moved = ((one, scores.get(one.pk), one.score) for one in stayed)
    return RiskChanges(
        raised=tuple(one for one in there if _began_on(one) > since and one.closed_on is None),
        closed=tuple(one for one in then if one.closed_on and since < one.closed_on <= as_of),
        moved=tuple(ScoreMove(one, was, now) for one, was, now in moved if was and now and was != now),
        was_recorded=bool(then),
    )


def _scores_then(risks: Collection[Risk], since: date) -> dict[int, int | None]:
    """The scores that stood at the end of the day, of those whose likelihood or impact changed later."""
    held = Risk.objects.filter(programme__in={one.programme_id for one in risks})
    events = AuditEvent.objects.filter(
        object_type=Risk._meta.label_lower, object_id__in=held.values("pk"), at__gte=end_of(since)
    )
    was: dict[int, dict[str, int | None]] = defaultdict(dict)
    for key, before in events.order_by("-at", "-pk").values_list("object_id", "before"):
        was[key] |= {name: before[name] for name in _SCORES if name in before}
    now = {one.pk: {"likelihood": one.likelihood, "impact": one.impact} for one in risks}
    return {key: score_of(**(now[key] | before)) for key, before in was.items() if before}


def _began_on(risk: Risk) -> date:
    return london_date(risk.created_at)

"""A council's own rules about decisions: those of a day, those to come, and those before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from programme.models import Council, CouncilClosure, CouncilSetting
from programme.rules.council_rules import call_in_words, signatories_words, threshold_words


@dataclass(frozen=True, slots=True)
class RulesRow:
    """One set of rules with the last day it applies, None while no later one follows."""

    setting: CouncilSetting
    until_on: date | None

    @property
    def call_in(self) -> str:
        """How long call-in runs, in words."""
        one = self.setting
        return call_in_words(one.callin_days, one.callin_unit, one.callin_cutoff)

    @property
    def signatories(self) -> str:
        """How many must sign a call-in, in words."""
        return signatories_words(self.setting.callin_min_members)

    @property
    def threshold(self) -> str:
        """From what amount a decision is key, in words."""
        return threshold_words(self.setting.key_threshold_pence)


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """All rules of a council, the latest first, and its days of closure."""

    current: RulesRow | None
    planned: tuple[RulesRow, ...]
    past: tuple[RulesRow, ...]
    closures: tuple[CouncilClosure, ...]
    past_closures: tuple[CouncilClosure, ...]


def current_rules(council: Council, as_of: date) -> RulesRow | None:
    """The council's rules on a day; None where none are recorded. One query."""
    return _current(_rows(council), as_of)


def council_rules(council: Council, as_of: date) -> CouncilRules:
    """The council's rules and closures. Two queries."""
    rows, closures = _rows(council), list(council.closures.order_by("day_on"))
    current = _current(rows, as_of)
    return CouncilRules(
        current,
        tuple(row for row in rows if row.setting.from_on > as_of),
        tuple(row for row in rows if row.setting.from_on <= as_of and row != current),
        tuple(one for one in closures if one.day_on >= as_of),
        tuple(one for one in reversed(closures) if one.day_on < as_of),
    )


def _rows(council: Council) -> list[RulesRow]:
    settings = list(council.settings.order_by("-from_on"))
    ends = [None, *(one.from_on - timedelta(days=1) for one in settings)]
    return [RulesRow(one, end) for one, end in zip(settings, ends, strict=False)]


def _current(rows: list[RulesRow], as_of: date) -> RulesRow | None:
    return next((row for row in rows if row.setting.from_on <= as_of), None)

"""Annex A: how far the amounts of each council are verified, by whom and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from benefits.models import ActualAmount
from core.clock import london_date
from core.exports.tables import Column, Format, Table, Value
from core.publishing.content import Figures
from core.rules.assessment import NotApplicable
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.tracing import page

_NOTHING = NotApplicable("Nothing has been returned")


@dataclass(frozen=True, slots=True)
class _Signed:
    """What one officer of one council verified."""

    council: str
    officer: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Quality:
    """How many amounts of one council stand, and how many of them are verified or have evidence."""

    council: str
    entered: int
    verified: int
    with_evidence: int

    @property
    def verified_percent(self) -> Value:
        """Of all amounts."""
        return Fraction(100 * self.verified, self.entered) if self.entered else _NOTHING

    @property
    def evidence_percent(self) -> Value:
        """Of all amounts."""
        return Fraction(100 * self.with_evidence, self.entered) if self.entered else _NOTHING


def verified_table(facts: Facts) -> Figures:
    """Who verified amounts of which council, and from when to when."""
    columns: list[Column[_Signed]] = [
        Column("Council", lambda one: one.council),
        Column("Verified by", lambda one: one.officer),
        Column("Amounts", lambda one: len(one.days), Format.NUMBER),
        Column("First verified on", lambda one: min(one.days), Format.DATE),
        Column("Last verified on", lambda one: max(one.days), Format.DATE),
    ]
    table = Table("", "Verified by section 151 officers and their deputies", columns, _signed(facts))
    return frozen(table, "verified-by", trace=_claims(facts))


def quality_table(facts: Facts) -> Figures:
    """How many amounts are verified, and how many have evidence."""
    columns: list[Column[_Quality]] = [
        Column("Council", lambda one: one.council),
        Column("Amounts returned", lambda one: one.entered, Format.NUMBER),
        Column("Verified", lambda one: one.verified, Format.NUMBER),
        Column("Verified, %", lambda one: one.verified_percent, Format.PERCENT),
        Column("With evidence, %", lambda one: one.evidence_percent, Format.PERCENT),
    ]
    return frozen(
        Table("", "How sure the amounts are", columns, _quality(facts)), "data-quality", trace=_claims(facts)
    )


def _claims(facts: Facts) -> str:
    return page("benefits:claim_list", facts.programme.key)


def _signed(facts: Facts) -> list[_Signed]:
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for amount in facts.verified_amounts:
        answer = amount.verification
        found[amount.council.short_name, answer.signature].append(london_date(answer.verified_at))
    names = [council.name for council, _ in facts.by_council]
    order = {name: place for place, name in enumerate(names)}
    places = sorted(found, key=lambda pair: (order.get(pair[0], len(order)), *pair))
    return [_Signed(*place, tuple(found[place])) for place in places]


def _quality(facts: Facts) -> list[_Quality]:
    verified = {amount.pk for amount in facts.verified_amounts}
    by_council: dict[str, list[ActualAmount]] = defaultdict(list)
    for amount in facts.standing_amounts:
        by_council[amount.council.short_name].append(amount)
    return [
        _Quality(
            council.name,
            len(own := by_council[council.name]),
            sum(amount.pk in verified for amount in own),
            sum(bool(amount.evidence) for amount in own),
        )
        for council, _ in facts.by_council
    ]

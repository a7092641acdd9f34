"""One benefit with its life: what comes next, what is measured, what it hangs on, what was found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from benefits.enums import BenefitStep
from benefits.models import (
    Benefit,
    BenefitEvidence,
    BenefitHandover,
    BenefitReview,
    BenefitTransition,
)
from benefits.models.benefit import DOAM
from benefits.profile_policies import Hands, hands_of
from benefits.queries.benefit_gates import gate_facts
from benefits.queries.benefits_map import BenefitsMap, node_of
from benefits.queries.register import whole_benefits
from benefits.rules.benefits_map import Node
from benefits.rules.gates import TESTS, GateFacts, stops_before
from benefits.rules.machine import steps_from
from benefits.rules.targets import is_met
from benefits.rules.trajectory import time_words
from core.rules.calendar import month_number
from programme.models import Risk

_SEPARATE = frozenset({BenefitStep.FAIL, BenefitStep.WITHDRAW, BenefitStep.REOPEN})


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that the state allows, whether the reader takes it, and what stops it as things are."""

    step: BenefitStep
    may: bool
    stops: tuple[str, ...]

    @property
    def is_onward(self) -> bool:
        """Whether it is the way on, and no way out."""
        return self.step not in _SEPARATE


@dataclass(frozen=True, slots=True)
class TestRow:
    """One of the four tests."""

    name: str
    is_met: bool
    text: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One time: what was planned for it and what was measured, for the whole and for single councils."""

    words: str
    planned: Decimal | None
    measured: Decimal | None
    of_councils: tuple[tuple[str, Decimal], ...]
    note: str
    is_met: bool | None

    @property
    def verdict(self) -> str:
        """Met, missed, or nothing where one of both is not there."""
        return {True: "Met", False: "Missed", None: ""}[self.is_met]


@dataclass(frozen=True, slots=True)
class BenefitStory:
    """All that the page of a benefit tells beside its figures."""

    facts: GateFacts
    choices: tuple[StepChoice, ...]
    tests: tuple[TestRow, ...]
    values: tuple[ValueRow, ...]
    follows_from: tuple[Node, ...]
    leads_to: tuple[Node, ...]
    shares: tuple[tuple[str, Decimal], ...]
    evidence: tuple[BenefitEvidence, ...]
    reviews: tuple[BenefitReview, ...]
    transitions: tuple[BenefitTransition, ...]
    handovers: tuple[BenefitHandover, ...]
    risks: tuple[Risk, ...]
    hands: Hands

    @property
    def onward(self) -> StepChoice | None:
        """The step that comes next."""
        return next((choice for choice in self.choices if choice.is_onward), None)

    @property
    def offered(self) -> BenefitHandover | None:
        """The offer that waits for an answer."""
        return next((one for one in self.handovers if one.answered_at is None), None)


def benefits_to_read(user: User) -> QuerySet[Benefit]:
    """Benefits that `user` may read, each with all that its page reads of it."""
    evidence = BenefitEvidence.objects.select_related("entered_by")
    benefits = Benefit.objects.visible_to(user).select_related("programme__partnership", "programme__sro")
    return whole_benefits(benefits).prefetch_related(Prefetch("evidence", evidence))


def benefit_story(benefit: Benefit, user: User, contents: BenefitsMap) -> BenefitStory:
    """The story of one benefit as `user` reads it. A fixed number of queries."""
    facts = gate_facts(benefit, contents=contents)
    hands = hands_of(user, benefit)
    shares = benefit.shares.select_related("council").order_by("council__name")
    return BenefitStory(
        facts=facts,
        choices=tuple(
            StepChoice(step, hands.may_take(step), tuple(one.message for one in stops_before(facts, step)))
            for step in steps_from(benefit.state)
        ),
        tests=tuple(
            TestRow(words, getattr(benefit, f"has_{test}"), getattr(benefit, f"doam_{test}"))
            for test, words in zip(DOAM, TESTS.values(), strict=True)
        ),
        values=_values(benefit, facts),
        follows_from=_beside(benefit, contents, before=True),
        leads_to=_beside(benefit, contents, before=False),
        shares=tuple((share.council.short_name, share.percent.normalize()) for share in shares),
        evidence=tuple(benefit.evidence.all()),
        reviews=tuple(benefit.reviews.select_related("entered_by").order_by("-reviewed_on", "-pk")),
        transitions=tuple(benefit.transitions.select_related("by").order_by("-pk")),
        handovers=tuple(
            benefit.handovers.select_related("from_owner", "to_owner", "offered_by").order_by("-pk")
        ),
        risks=tuple(benefit.risks.order_by("order_index", "pk")),
        hands=hands,
    )


def _beside(benefit: Benefit, contents: BenefitsMap, *, before: bool) -> tuple[Node, ...]:
    """What stands next to the benefit on the map."""
    own = node_of(benefit).id
    if before:
        return tuple(start for start, end in contents.links if end.id == own)
    return tuple(end for start, end in contents.links if start.id == own)


def _values(benefit: Benefit, facts: GateFacts) -> tuple[ValueRow, ...]:
    """Planned and measured values by time."""
    planned = {(row.fy, row.period): row.value for row in benefit.trajectory.all()}
    measured: dict[tuple[int, int | None], tuple[Decimal, str]] = {}
    of_councils: dict[tuple[int, int | None], dict[str, Decimal]] = defaultdict(dict)
    for row in benefit.readings.all():
        time = row.fy, row.period
        if row.council is None:
            measured[time] = row.value, row.note
        else:
            of_councils[time][row.council.short_name] = row.value
    times = sorted({*planned, *measured, *of_councils}, key=lambda time: month_number(*time))
    return tuple(
        _value_row(time, planned.get(time), measured.get(time), of_councils[time], facts.direction)
        for time in times
    )


def _value_row(
    time: tuple[int, int | None],
    planned: Decimal | None,
    measured: tuple[Decimal, str] | None,
    of_councils: dict[str, Decimal],
    direction: str,
) -> ValueRow:
    value, note = measured or (None, "")
    met = None if value is None or planned is None else is_met(value, planned, direction)
    plain = [None if number is None else _plain(number) for number in (planned, value)]
    single = tuple(sorted((name, _plain(number)) for name, number in of_councils.items()))
    return ValueRow(time_words(*time), plain[0], plain[1], single, note, met)


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()

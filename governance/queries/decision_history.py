"""All that happened to one decision: steps, versions of the text, what councils decided, call-ins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from core.publication import Shown, shown
from governance.models import (
    CallIn,
    CouncilDecisionRecord,
    Decision,
    DecisionCondition,
    DecisionText,
    DecisionTransition,
)
from governance.policies import Powers, can_meet_condition, can_record_for
from governance.rules.word_diff import Piece, word_diff


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text, with what changed from the one before; nothing for the first."""

    text: DecisionText
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RaisedCallIn:
    """A call-in, and whether the reader is to say what scrutiny did with it."""

    call_in: CallIn
    is_to_settle: bool


@dataclass(frozen=True, slots=True)
class SetCondition:
    """A condition, what may be shown of it, and whether the reader is to say when it is met."""

    condition: DecisionCondition
    text: Shown
    evidence: Shown
    is_to_meet: bool


@dataclass(frozen=True, slots=True)
class History:
    """What is kept of a decision for ever, and its call-ins and conditions."""

    transitions: Sequence[DecisionTransition]
    versions: Sequence[Version]
    records: Sequence[CouncilDecisionRecord]
    call_ins: Sequence[RaisedCallIn]
    conditions: Sequence[SetCondition]


def decision_history(decision: Decision, powers: Powers) -> History:
    """The history of one decision, which the reader has these powers over. Six queries, at any length."""
    return History(
        transitions=list(decision.transitions.select_related("by").order_by("-pk")),
        versions=_versions(decision),
        records=list(
            CouncilDecisionRecord.objects.filter(council_decision__decision=decision)
            .select_related(*_OF_COUNCIL, "entered_by")
            .order_by("-pk")
        ),
        call_ins=[_raised(one, decision, powers) for one in _call_ins(decision)],
        conditions=[
            _set(one, decision, powers) for one in decision.conditions.select_related("council", "met_by")
        ],
    )


def _set(condition: DecisionCondition, decision: Decision, powers: Powers) -> SetCondition:
    is_to_meet = condition.met_on is None and can_meet_condition(powers, condition.council)
    text, evidence = shown(decision, condition.text), shown(decision, condition.evidence)
    return SetCondition(condition, text, evidence, is_to_meet)


_OF_COUNCIL = ("council_decision__council", "council_decision__element")


def _call_ins(decision: Decision) -> QuerySet[CallIn]:
    rows = CallIn.objects.filter(council_decision__decision=decision).select_related(*_OF_COUNCIL)
    return rows.prefetch_related("signatories").order_by("raised_at", "pk")


def _raised(call_in: CallIn, decision: Decision, powers: Powers) -> RaisedCallIn:
    asked = call_in.council_decision
    asked.decision = decision  # read with its programme's members already
    return RaisedCallIn(call_in, not call_in.outcome and can_record_for(powers, asked))


def _versions(decision: Decision) -> list[Version]:
    """Latest first; of what is withheld no words leave here."""
    texts = list(decision.texts.select_related("entered_by").order_by("number"))
    pieces: list[tuple[Piece, ...]] = [()]
    if not decision.is_withheld:
        pieces += [word_diff(before.text, after.text) for before, after in pairwise(texts)]
    else:
        pieces += [() for _ in texts[1:]]
    found = [Version(text, changed) for text, changed in zip(texts, pieces, strict=False)]
    return found[::-1]

"""All that happened to one decision: steps, versions of the text, what councils decided, call-ins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from governance.models import (
    CallIn,
    CouncilDecisionRecord,
    Decision,
    DecisionCondition,
    DecisionText,
    DecisionTransition,
)
from governance.rules.word_diff import Piece, word_diff


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text, with what changed from the one before; nothing for the first."""

    text: DecisionText
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is kept of a decision for ever, and its call-ins and conditions."""

    transitions: Sequence[DecisionTransition]
    versions: Sequence[Version]
    records: Sequence[CouncilDecisionRecord]
    call_ins: Sequence[CallIn]
    conditions: Sequence[DecisionCondition]


def decision_history(decision: Decision) -> History:
    """The history of one decision. Six queries, whatever its length."""
    of_council = "council_decision__council", "council_decision__element"
    return History(
        transitions=list(decision.transitions.select_related("by").order_by("-pk")),
        versions=_versions(decision),
        records=list(
            CouncilDecisionRecord.objects.filter(council_decision__decision=decision)
            .select_related(*of_council, "entered_by")
            .order_by("-pk")
        ),
        call_ins=list(
            CallIn.objects.filter(council_decision__decision=decision)
            .select_related(*of_council)
            .prefetch_related("signatories")
            .order_by("raised_at", "pk")
        ),
        conditions=list(decision.conditions.select_related("council", "met_by")),
    )


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

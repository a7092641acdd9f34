"""Amounts as people type them, and the ledger that they were typed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.actions.period import lock_councils
from benefits.enums import EntryKind
from benefits.models import Line
from benefits.queries.standing import LineCouncil, crossed, ledger_mark
from benefits.rules.entry import Span
from programme.models import Council, Programme


@dataclass(frozen=True, slots=True)
class Typed:
    """An amount typed for a line, a council and some months; None takes out what is there.

    `place` is the name of its box or cell, to which refusals are bound.
    """

    line: Line
    council: Council
    span: Span
    pence: int | None
    explanation: str = ""
    ledger_code: str = ""
    evidence: str = ""
    place: str = ""

    @property
    def at(self) -> LineCouncil:
        """Keys of its line and council."""
        return self.line.pk, self.council.pk


@dataclass(frozen=True, slots=True)
class Seen:
    """The ledger of a council as a form has shown it."""

    council: Council
    mark: str


def lock_ledger(
    programme: Programme, councils: Iterable[Council], seen: Sequence[Seen], kind: EntryKind
) -> None:
    """Let nobody else enter amounts of the programme, or close months of its councils, until the end.

    Refuses a table that was crossed.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    lock_councils(councils)
    for one in seen:
        if ledger_mark(programme, one.council, kind) != one.mark:
            raise crossed(programme, one.council, kind)


def councils_of(typed: Iterable[Typed]) -> list[Council]:
    """The councils that the amounts are of, each once."""
    return list({one.council.pk: one.council for one in typed}.values())

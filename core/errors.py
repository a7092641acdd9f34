"""Ways in which the product says no, in words a person can act on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule says no. `message` is what the user reads, `code` the row or rule that says it."""

    def __init__(self, message: str, field: str | None = None, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return self.message


class Refusals(Exception):  # noqa: N818 - several answers at once
    """Several rules say no at once; never empty."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        if not refusals:
            raise ValueError("Refusals needs at least one refusal")
        super().__init__([refusal.message for refusal in refusals])
        self.refusals = list(refusals)

    def __str__(self) -> str:
        return "\n".join(refusal.message for refusal in self.refusals)


class StaleEdit(Refusal):
    """Someone else saved the record since it was opened (row 84)."""


class StaleEdits(StaleEdit):
    """Someone else saved some of the records meanwhile; `stale` says of each, by its field, when."""

    def __init__(self, stale: Sequence[StaleEdit]) -> None:
        super().__init__(stale[0].message, code=stale[0].code)
        self.stale = list(stale)


def refuse_all(checks: Iterable[Callable[[], object]]) -> None:
    """Run every check; raises Refusals with all that they refuse."""
    refused = []
    for check in checks:
        try:
            check()
        except Refusal as said:
            refused.append(said)
    if refused:
        raise Refusals(refused)

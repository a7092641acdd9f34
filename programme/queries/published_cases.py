"""Cases that other councils published and that were loaded here, as far as a person may read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from accounts.models import User
from programme.rules.reference_class import CaseFigure

CaseSource = Callable[[User], Sequence[CaseFigure]]
_SOURCES: list[CaseSource] = []


def register_cases(source: CaseSource) -> None:
    """Let a higher floor tell the figures of loaded cases; `source` takes the person who asks."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def published_cases(user: User) -> list[CaseFigure]:
    """The figures of every published case whose partnership `user` may read."""
    return [figure for source in _SOURCES for figure in source(user)]

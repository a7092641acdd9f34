"""Answers that are not numbers: what cannot be worked out, what does not apply, what may not be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotAssessable:
    """An input is missing; `reason` says which. Missing is not zero and not half."""

    reason: str

    def __str__(self) -> str:
        return "Not assessable"


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """All inputs are there, but the measure has no meaning for them (INV-35); `reason` says why."""

    reason: str

    def __str__(self) -> str:
        return "Not applicable"


@dataclass(frozen=True, slots=True)
class Withheld:
    """There is a figure, but it may not be shown here; `reason` says why (INV-38, drafts of a council)."""

    reason: str

    def __str__(self) -> str:
        return "Withheld"

"""Answers that are not numbers: what cannot be worked out, and what does not apply."""

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

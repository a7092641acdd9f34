"""What is agreed of a case's compensation: each arrangement beside the decision that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programme.models import Programme
from services.enums import TestBasis
from services.models import Compensation
from services.queries.decision_choices import DecisionChoice, decisions_of
from services.queries.fairness import Arrangement, Fairness


@dataclass(frozen=True, slots=True)
class Agreement:
    """A stored arrangement and its decision; None where it names none, or one that is not there."""

    arrangement: Arrangement
    decision: DecisionChoice | None

    @property
    def is_agreed(self) -> bool:
        """Whether the decision that it names is in force."""
        return self.decision is not None and self.decision.is_in_force


def agreements_of(fairness: Fairness) -> tuple[Agreement, ...]:
    """Each arrangement that the reader may see with its decision. One query, none without arrangements."""
    if not fairness.arrangements:
        return ()
    known = {choice.ref: choice for choice in decisions_of(fairness.case.case.programme)}
    return tuple(Agreement(one, known.get(one.compensation.decision_ref)) for one in fairness.arrangements)


def decision_in_force(programme: Programme, compensation: Compensation) -> DecisionChoice | None:
    """The decision by which compensation is agreed; None while it is only proposed. One query."""
    choices = decisions_of(programme)
    return next((one for one in choices if one.ref == compensation.decision_ref and one.is_in_force), None)


def binding_words(fairness: Fairness, agreements: Sequence[Agreement]) -> str:
    """Which basis binds, in a sentence or two: agreed, only proposed, or not said (F-21)."""
    return basis_words(fairness.binding, is_agreed=all(one.is_agreed for one in agreements))


def basis_words(basis: TestBasis | None, *, is_agreed: bool) -> str:
    """The same of a basis alone; None where no compensation is recorded, or on both."""
    if basis is None:
        return "Not agreed: no compensation on one basis is recorded, so both are shown."
    if is_agreed:
        return f"{basis.label}: compensation is agreed on it."
    return f"Not agreed yet. The compensation proposed is worked out on {str(basis.label).lower()}."

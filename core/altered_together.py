"""Steps on one table for which a migration renders only the models that the table leads to.

Django renders every related model anew for each step. With a hundred tables, all related, eight small steps
on one of them take longer than making all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]


class AlterTogether(Operation):
    """Several steps on the table of `model`, or on tables made beside it, taken as one."""

    def __init__(self, model: str, steps: Sequence[Operation]) -> None:
        self.model = model.lower()
        self.steps = steps

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Take every step, and leave rendering to the first who asks."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the steps in their order."""
        states = self._states(app_label, from_state)
        for step, before, after in zip(self.steps, states, states[1:], strict=False):
            step.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the steps back, the last first."""
        states = self._states(app_label, to_state)
        taken = list(zip(self.steps, states, states[1:], strict=False))
        for step, before, after in reversed(taken):
            step.database_backwards(app_label, schema_editor, after, before)

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Alter {self.model} in {len(self.steps)} steps"

    def _states(self, app_label: str, first: ProjectState) -> list[ProjectState]:
        """The state before the first step, and after each."""
        states = [_led_to(first, (app_label, self.model))]
        for step in self.steps:
            after = states[-1].clone()
            step.state_forwards(app_label, after)
            states.append(after)
        return states


def _led_to(state: ProjectState, start: Key) -> ProjectState:
    """A state of this model and of those that its relations lead to, near and far."""
    found: set[Key] = set()
    open_keys = [start]
    while open_keys:
        key = open_keys.pop()
        if key not in found and key in state.models:
            found.add(key)
            open_keys += _relations(state, key)
    return ProjectState({key: state.models[key].clone() for key in found}, real_apps=state.real_apps)


def _relations(state: ProjectState, key: Key) -> list[Key]:
    remotes = [field.remote_field for field in state.models[key].fields.values() if field.remote_field]
    named = [remote.model for remote in remotes]
    named += [remote.through for remote in remotes if getattr(remote, "through", None)]
    named += [base for base in state.models[key].bases if isinstance(base, str)]
    return [resolve_relation(one, *key) for one in named]

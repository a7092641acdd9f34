"""Steps on few tables for which a migration renders only the models that those tables lead to.

Django renders every related model anew for each step. With a hundred tables, all related, eight small steps
on one of them take longer than making all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]


class AlterTogether(Operation):
    """Several steps taken as one."""

    def __init__(self, steps: Sequence[Operation]) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Take every step, and leave rendering to the first who asks."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the steps in their order."""
        states = self._states(app_label, from_state, to_state)
        for step, before, after in zip(self.steps, states, states[1:], strict=False):
            step.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the steps back, the last first."""
        states = self._states(app_label, to_state, from_state)
        taken = list(zip(self.steps, states, states[1:], strict=False))
        for step, before, after in reversed(taken):
            step.database_backwards(app_label, schema_editor, after, before)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "; ".join(step.describe() for step in self.steps)

    def _states(self, app_label: str, first: ProjectState, last: ProjectState) -> list[ProjectState]:
        """The state before the first step, and after each, of the models that matter to any of them."""
        altered = [
            (
                app_label,
                step.name_lower if isinstance(step, migrations.CreateModel) else step.model_name_lower,
            )
            for step in self.steps
            if isinstance(step, migrations.CreateModel) or hasattr(step, "model_name_lower")
        ]
        wanted = _led_to(first, altered) | _led_to(last, altered)
        known = {key: first.models[key].clone() for key in wanted if key in first.models}
        states = [ProjectState(known, real_apps=first.real_apps)]
        for step in self.steps:
            after = states[-1].clone()
            step.state_forwards(app_label, after)
            states.append(after)
        return states


class AlteredTogether(migrations.Migration):
    """A migration whose steps are taken as one."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        steps: list[Operation] = [AlterTogether(self.operations)]
        self.__dict__["operations"] = steps


def _altered_by(step: Operation) -> str:
    """The model that a step makes or alters; none for a statement of SQL."""
    return (
        step.name_lower if isinstance(step, migrations.CreateModel) else getattr(step, "model_name_lower", "")
    )


def _led_to(state: ProjectState, starts: Sequence[Key]) -> set[Key]:
    """These models and those that their relations lead to, near and far."""
    found: set[Key] = set()
    open_keys = list(starts)
    while open_keys:
        key = open_keys.pop()
        if key not in found and key in state.models:
            found.add(key)
            open_keys += _relations(state, key)
    return found


def _relations(state: ProjectState, key: Key) -> list[Key]:
    remotes = [field.remote_field for field in state.models[key].fields.values() if field.remote_field]
    named = [remote.model for remote in remotes]
    named += [remote.through for remote in remotes if getattr(remote, "through", None)]
    named += [base for base in state.models[key].bases if isinstance(base, str)]
    return [resolve_relation(one, *key) for one in named]

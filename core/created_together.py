"""First migrations that make all their tables in one step.

Django renders every related model again for each table that a migration makes. With a hundred tables, all
related, that takes most of the time of the first start and of each test database. Made together, they are
rendered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Several CreateModel steps taken as one."""

    def __init__(self, steps: Sequence[migrations.CreateModel]) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add every model, and leave rendering them to the first who asks."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables in their order."""
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the tables, the last first."""
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "; ".join(step.describe() for step in self.steps)


class CreatedTogether(migrations.Migration):
    """A migration whose leading CreateModel steps are taken as one."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        creating = [
            step
            for step in takewhile(lambda one: isinstance(one, migrations.CreateModel), self.operations)
            if isinstance(step, migrations.CreateModel)
        ]
        steps: list[Operation] = [CreateModels(creating), *self.operations[len(creating) :]]
        self.__dict__["operations"] = steps

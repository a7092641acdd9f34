"""No migration renders the whole house for each of its steps: a first start would wait for it."""

from django.db.migrations.loader import MigrationLoader

from core.altered_together import AlterTogether
from core.append_only import Triggers
from core.created_together import CreateModels

OURS = {"core", "programme", "services", "benefits", "governance"}


def test_steps_on_tables_are_taken_together():
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    apart = {
        f"{app}.{name}: {step.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS and not migration.initial
        for step in migration.operations
        if not isinstance(step, (AlterTogether, CreateModels, Triggers))
    }
    assert apart == set(), "Let the migration be an AlteredTogether (core/altered_together.py)"

"""manage.py export_benefits before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_empty_database_is_answered_with_what_to_do(tmp_path: Path) -> None:
    message = (
        "There is no programme with the key abc-shared-services. "
        "No programme is loaded yet: load a case file with load_case"
    )
    path = str(tmp_path / "benefits.json")
    with pytest.raises(CommandError, match=message):
        call_command("export_benefits", programme="abc-shared-services", format="json", output=path)

"""Reports at noon; a publication makes one format, for the others are slow and made alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from governance.actions.reporting import publishing
from governance.enums import FileFormat
from governance.management.commands import publish_edition
from tests.governance.reports.scene import ReportScene, report_scene

FORMS = (FileFormat.CSV,)


@pytest.fixture
def scene(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportScene]:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(publishing, "FileFormat", FORMS)
    monkeypatch.setattr(publish_edition, "FileFormat", FORMS)
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield report_scene()

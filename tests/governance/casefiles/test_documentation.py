"""The examples of docs/case-file.md are one case that loads, and name every section."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings

from governance.casefiles.schema import load_schema
from tests.governance.casefiles.samples import load_text

GUIDE = (settings.BASE_DIR / "docs" / "case-file.md").read_text(encoding="utf-8")
EXAMPLES = "".join(re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE))


@pytest.mark.django_db
def test_examples_of_the_guide_load_together() -> None:
    (file,) = load_text(EXAMPLES).files
    assert (file.refused, file.kept, file.added["programme"]) == ([], [], 1)


def test_guide_shows_every_section() -> None:
    sections = set(load_schema()["$defs"]["case"]["properties"])
    assert sections - set(yaml.safe_load(EXAMPLES)) == {"id_prefix", "group", "partnership"}

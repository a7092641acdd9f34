"""docs/export.md says what every column of every table means."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from governance.benefits_files.contents import tables_of
from governance.queries.benefits_export import benefits_export
from tests.benefits.story import AS_OF, tell

pytestmark = pytest.mark.django_db


def test_data_dictionary_is_that_of_the_file() -> None:
    tables = tables_of(benefits_export(tell().programme, as_of=AS_OF))
    expected = []
    for table in tables:
        expected += [f"### {table.name}", f"Key `{table.key}`. {table.title}. {table.says}."]
        expected += ["| Key | Column | Unit | Meaning |", "| --- | --- | --- | --- |"]
        expected += [f"| `{row.key}` | {row.title} | {row.unit.value} | {row.says} |" for row in table.fields]
    page = (Path(settings.BASE_DIR) / "docs" / "export.md").read_text(encoding="utf-8")
    dictionary = page.partition("## Data dictionary\n")[2]
    assert [line for line in dictionary.splitlines() if line] == expected


def test_keys_of_a_table_are_unique_and_so_are_its_columns() -> None:
    for table in tables_of(benefits_export(tell().programme, as_of=AS_OF)):
        keys = [field.key for field in table.fields]
        titles = [field.title for field in table.fields]
        assert len(keys) == len(set(keys)), table.key
        assert len(titles) == len(set(titles)), table.key
        assert not {"source", "note", "qualifiers"} & set(keys), table.key

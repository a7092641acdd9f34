"""Static files are collected when they changed, under names that carry their content."""

import json
import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from config.static import collect_when_changed


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static.StaticStorage"}}
    return tmp_path


def test_static_files_are_collected_once_until_one_changes(data_folder, settings):
    source = data_folder / "source"
    source.mkdir()
    (source / "a.css").write_text("a { color: red; }" * 20)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    collect_when_changed()
    first = json.loads((data_folder / "static/staticfiles.json").read_text())["paths"]
    (data_folder / "static/staticfiles.json").unlink()
    collect_when_changed()
    assert not (data_folder / "static/staticfiles.json").exists()

    (source / "a.css").write_text("a { color: blue; }" * 20)
    collect_when_changed()
    second = json.loads((data_folder / "static/staticfiles.json").read_text())["paths"]
    assert (list(first), list(second), first == second) == (["a.css"], ["a.css"], False)


def test_every_static_file_refers_to_files_that_exist(data_folder):
    collect_when_changed()
    missing = [
        f"{path.name} imports {target}"
        for path in (data_folder / "static/js").glob("*.js")
        for target in re.findall(r"from '([^']+)'", path.read_text())
        if not (path.parent / target).is_file()
    ]
    assert missing == []
    compressed = {path.name for path in (data_folder / "static").rglob("*.gz")}
    stylesheet = staticfiles_storage.stored_name("css/concordat.css").removeprefix("css/")
    assert (f"{stylesheet}.gz" in compressed, "swagger-ui-bundle.js.gz" in compressed) == (True, False)

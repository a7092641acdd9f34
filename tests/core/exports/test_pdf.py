"""PDF files are tagged, and say when they cannot be made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.template import engines
from django.test import override_settings

from core.exports.pdf import CANNOT, PdfUnavailableError, pdf_bytes
from tests.core.exports.pdf_reading import read_pdf

# No file of the machine gets in: the words for the picture stand in its place.
PAGE = """{% extends "core/document.html" %}{% block title %}Papers of {{ council }}{% endblock %}
{% block heading %}Papers{% endblock %}{% block content %}<h2>Savings</h2><table><caption>By year</caption>
<thead><tr><th scope="col">Year</th></tr></thead><tbody><tr><th scope="row">2026</th></tr></tbody></table>
<p><img src="file:///etc/hostname" alt="Chart"></p>{% endblock %}"""


@pytest.fixture
def template(tmp_path: Path, settings) -> str:
    (tmp_path / "papers.html").write_text(PAGE)
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    with override_settings(TEMPLATES=templates):
        yield "papers.html"
    engines._templates = None


def test_pdf_is_tagged_in_english_and_named(template: str) -> None:
    read = read_pdf(pdf_bytes(template, {"council": "Ashmere & <b>"}))
    assert (read.title, read.language, read.shows_title) == ("Papers of Ashmere & <b>", "en-GB", True)
    assert (read.is_marked, read.ua_part) == (True, "1")
    assert [tag for tag in read.tags if tag in {"H1", "H2", "Table", "Caption", "TH", "TD"}] == [
        "H1", "H2", "Table", "Caption", "TH", "TH",
    ]  # fmt: skip
    assert read.text == "Papers Savings By year Year 2026 Chart Page 1 of 1"


def test_pdf_without_the_library_says_what_to_do(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailableError) as said:
        pdf_bytes(template, {"council": "Ashmere"})
    assert str(said.value) == CANNOT

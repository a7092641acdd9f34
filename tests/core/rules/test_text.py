"""Typed text, and edits that cross."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.errors import Refusal, StaleEdit
from core.rules.text import check_reason, check_text, is_reason, stale_edit


def test_text_keeps_markup_and_line_ends_and_loses_outer_spaces():
    assert check_text("  <b>Shared</b>\r\nteam\tof two ", "Description") == "<b>Shared</b>\nteam\tof two"


def test_text_at_the_limit_passes_and_one_more_is_refused():
    assert check_text("a\r\n" * 2_000, "Description") == ("a\n" * 2_000).strip()
    with pytest.raises(Refusal) as refused:
        check_text("é" * 4_001, "Description")
    assert refused.value.message == "Description must be 4,000 characters or less"


@pytest.mark.parametrize("text", ["null\x00byte", "bell\x07", "escape\x1b[1m", "lone \ud800 half"])
def test_text_refuses_control_characters(text: str):
    with pytest.raises(Refusal) as refused:
        check_text(text, "Note")
    assert refused.value.message == "Note must not include control characters"


def test_stale_edit_names_the_time_in_london():
    summer = stale_edit(datetime(2026, 7, 1, 9, 42, tzinfo=UTC))
    assert (type(summer), summer.code, summer.message) == (
        StaleEdit,
        "84",
        "Someone changed this at 10:42am. Review their change before you save",
    )


def test_reason_says_ten_characters_at_least_without_spaces_around():
    assert [is_reason(text) for text in ("", "nine char", "  nine char ", "ten chars.")] == [False] * 3 + [
        True
    ]
    check_reason(" ten chars. ", "Explain why it left")
    with pytest.raises(Refusal) as refused:
        check_reason("nine char  ", "Explain why it left", "why", "2.9")
    said = refused.value
    assert (said.message, said.field, said.code) == (
        "Explain why it left, in at least 10 characters",
        "why",
        "2.9",
    )

"""Refusals carry the words that people read."""

from __future__ import annotations

import pytest

from core.errors import Refusal, Refusals, StaleEdit


def test_refusal_is_its_message():
    refusal = Refusal("Choose a reason", field="reason", code="34")
    assert (str(refusal), refusal.field, refusal.code) == ("Choose a reason", "reason", "34")


def test_refusals_keep_all_in_order():
    refusals = Refusals([Refusal("Choose a reason"), Refusal("Explain the change")])
    assert str(refusals) == "Choose a reason\nExplain the change"
    assert [refusal.message for refusal in refusals.refusals] == ["Choose a reason", "Explain the change"]


def test_refusals_of_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        Refusals([])


def test_stale_edit_is_a_refusal():
    with pytest.raises(Refusal):
        raise StaleEdit("Someone changed this at 10:42am. Review their change before you save")

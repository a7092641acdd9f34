"""What `apply_decisions` does at a moment, once and again."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.enums import DecisionState
from governance.tasks import apply_due_decisions
from tests.governance.actions.scene import Scene


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("apply_decisions", *arguments, stdout=out)
    return out.getvalue()


def test_command_applies_what_is_due_at_the_moment_and_nothing_twice(scene: Scene) -> None:
    decision = scene.approved_by_all()
    assert run("--as-of", "2027-01-15T23:59") == "Nothing was due.\n"
    assert run("--as-of", "2027-01-16T00:01") == (
        f"abc {decision.ref}: callin to effective\n1 decision moved.\n"
    )
    assert run("--as-of", "2027-01-16T00:01") == "Nothing was due.\n"


def test_command_refuses_what_is_no_moment(db: None) -> None:
    with pytest.raises(CommandError, match="Enter a date and time"):
        run("--as-of", "soon")


def test_task_does_the_same_now(scene: Scene) -> None:
    decision = scene.approved_by_all()
    scene.at(2027, 1, 16, 0, 1)
    apply_due_decisions()
    assert scene.fresh(decision).state == DecisionState.EFFECTIVE

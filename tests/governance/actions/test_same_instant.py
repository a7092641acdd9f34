"""Two people act on one decision at the same instant: one wins, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from core.errors import StaleEdit
from governance.actions.council_decisions import Outcome, record_council_decision
from governance.actions.decisions import send_to_councils, withdraw_decision
from governance.models import CouncilDecisionRecord, DecisionTransition
from tests.governance.actions.scene import Scene, make_scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def together(time_machine: Any) -> Scene:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    return make_scene(time_machine)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What came of acts that are all let go at one moment, each on its own connection: done or refused."""
    barrier, came = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            act()
            came.append("done")
        except StaleEdit as said:
            came.append(said.message.partition(" at ")[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


ONE_WINS = ["Someone changed this", "done"]


def test_two_records_of_one_council(together: Scene) -> None:
    decision = together.ratifying()
    asked, clerk = together.asked(decision, "carrick"), together.clerks["carrick"]
    approved = Outcome("approved", date(2026, 11, 24), "It costs less.", "None considered.")
    rejected = Outcome("rejected", date(2026, 11, 24), "It costs more.", "None considered.")
    came = at_once(
        *(
            lambda outcome=outcome: record_council_decision(asked, outcome, by=clerk, seen_version=1)  # type: ignore[misc]
            for outcome in (approved, rejected)
        )
    )
    assert (came, CouncilDecisionRecord.objects.count()) == (ONE_WINS, 1)


def test_a_step_and_a_withdrawal(together: Scene) -> None:
    decision = together.recommended()
    came = at_once(
        lambda: send_to_councils(decision, by=together.manager, seen_version=4),
        lambda: withdraw_decision(decision, by=together.manager, seen_version=4, why="Not wanted"),
    )
    last = DecisionTransition.objects.filter(decision=decision).order_by("pk").last()
    assert last is not None
    assert (came, together.fresh(decision).state) == (ONE_WINS, last.to_state)

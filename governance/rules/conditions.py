"""Which council can set a condition of a decision, and until when (INV-07)."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Refusal
from governance.rules.clocks import agrees
from governance.rules.facts import Answer, Proposal


def check_council_condition(name: str, own: Sequence[Answer], proposal: Proposal) -> None:
    """Refuse it to a council that was not asked, that is left out, or that has approved this text.

    `own` are the council's answers, one for each part of the decision that is put to it. A council could else
    hold up for ever what it has agreed to, or what the others do without it.
    """
    if not own:
        raise Refusal(f"{name} was not asked", "council")
    waited_for = [answer for answer in own if not answer.is_left_out]
    if not waited_for:
        raise Refusal(f"The others go ahead without {name}, so it can set no condition", "council")
    if all(agrees(answer, proposal) for answer in waited_for):
        raise Refusal(
            f"{name} has approved this text. A council sets its conditions with or before its decision",
            "council",
        )

"""What bodies may do, in one sentence."""

from __future__ import annotations

import pytest

from governance.enums import Authority
from governance.rules.bodies import authority_sentence

GROUP = ("Joint steering group", Authority.RECOMMENDS)
BOARD = ("Programme board", Authority.OVERSEES)
COMMITTEE = ("Joint committee", Authority.DECIDES)
OTHER_COMMITTEE = ("Waste committee", Authority.DECIDES)

OTHERS = "The others do not: each council decides for itself."


@pytest.mark.parametrize(
    ("bodies", "sentence"),
    [
        ([], ""),
        ([GROUP], "This body does not decide for a council: each council decides for itself."),
        ([GROUP, BOARD], "None of these bodies decides for a council: each council decides for itself."),
        (
            [COMMITTEE, GROUP],
            f"Joint committee may decide within its terms. {OTHERS}",
        ),
        (
            [COMMITTEE, OTHER_COMMITTEE],
            "Joint committee and Waste committee may decide within their terms.",
        ),
    ],
)
def test_authority_sentence(bodies: list[tuple[str, str]], sentence: str) -> None:
    assert authority_sentence(bodies) == sentence

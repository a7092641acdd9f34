"""Which programmes are made: a few on each kind of database, or as many as the environment asks for.

PROOF_SEEDS names them ("7 8 9"); PROOF_PROGRAMMES asks for that many from PROOF_SEED on. A failure names its
seed, and PROOF_SEEDS with that number makes the same programme again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.thoroughness import half


def _seeds() -> Sequence[int]:
    named = os.environ.get("PROOF_SEEDS")
    if named:
        return [int(seed) for seed in named.split()]
    first, number = os.environ.get("PROOF_SEED", "1"), os.environ.get("PROOF_PROGRAMMES")
    if number:
        return range(int(first), int(first) + int(number))
    return half([1, 3], [2, 4])


SEEDS = list(_seeds())

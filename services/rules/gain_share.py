"""Net savings shared by one key up to a level and by another above it (F-20)."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Refusal
from core.rules.apportionment import Weight, prepare_key


def gain_share(
    net_saving_pence: int,
    threshold_pence: int,
    weights_below: Sequence[Weight],
    weights_above: Sequence[Weight],
) -> list[int]:
    """Each council's share of a net saving in pence; they sum to it exactly (F-20).

    A saving up to the threshold, and a loss, is shared by the first key alone.
    """
    if threshold_pence < 0:
        raise Refusal("Threshold must be £0 or more", field="threshold_pence", code="F-20")
    below = min(net_saving_pence, threshold_pence)
    parts = zip(
        prepare_key(weights_below).split(below),
        prepare_key(weights_above).split(net_saving_pence - below),
        strict=True,
    )
    return [under + over for under, over in parts]

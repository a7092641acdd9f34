"""Which lines and figures of an option may be shown where a line is about few people (INV-38)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.rules.suppression import is_small
from services.rules.line_cells import cells_of, councils_of, likeness_of
from services.rules.option_flows import FlowLine
from services.rules.told import Edition, Reading, Told


@dataclass(frozen=True, slots=True)
class Protection:
    """What of an option may not be shown, so that no line about fewer than 5 people can be worked out.

    `lines` are withheld whole: the small ones, those that stand beside them in every printed total, and
    those that were withheld in an earlier version. Where no second line of the same kind could hide a small
    one, figures that hold it are withheld too: the joint ones, and those of the councils in `councils`
    (places in the order). `is_exit_withheld` says the same of the exit cost. Scenarios that change withheld
    lines by different factors would be equations enough to solve for each, so they are withheld as well; so
    is a simulated range in which withheld lines draw by themselves, for it repeats and so can be fitted.
    `has_exempt` is whether an exempt line is among the reasons; it is hidden as a line about one person is.
    """

    lines: frozenset[str] = frozenset()
    is_total_withheld: bool = False
    councils: frozenset[int] = frozenset()
    is_exit_withheld: bool = False
    are_scenarios_withheld: bool = False
    is_range_withheld: bool = False
    has_exempt: bool = False


def protect(
    lines: Sequence[FlowLine],
    pools: Mapping[str, int],
    told: Told | None = None,
    edition: Edition | None = None,
) -> Protection:
    """What to withhold of the lines of one option; `pools` names the pool of each joint line.

    Totals are printed by year, jointly and for each council, for benefits, recurring and one-off costs. A
    small line is hidden in all of them if each holds money of another withheld line that is shared in the
    same way, and that no other option or earlier version tells (`told`, which then learns what this option,
    known elsewhere by `edition`, tells). The smallest lines that do so are chosen.
    """
    reading = (told or Told()).read(lines, pools, edition or _alone(lines))
    kept_back = reading.kept_back()
    few = {line.ref for line in lines if is_small(line.staff_count)} | kept_back
    seeds = sorted({line.ref for line in lines if line.ref in few and cells_of(line)})
    parts = [line for ref in seeds for line in lines if line.ref == ref]
    withheld = {*seeds, *kept_back}
    for part in parts:
        withheld |= _lines_beside(part, reading, withheld)
    exposed = {
        likeness_of(part, pools)
        for part in parts
        if reading.open_cells(part, _alike(part, reading, within=withheld))
    }
    reading.show(withheld, exposed)
    return _protection(lines, pools, withheld, exposed)


def _alone(lines: Sequence[FlowLine]) -> Edition:
    """An option that is compared with nothing."""
    count = max((len(line.shares_pence) for line in lines), default=0)
    return Edition("", {line.ref: line.ref for line in lines}, range(count), 0)


def _protection(
    lines: Sequence[FlowLine], pools: Mapping[str, int], withheld: set[str], exposed: set[Hashable]
) -> Protection:
    hidden = [line for line in lines if line.ref in withheld]
    open_lines = [line for line in hidden if likeness_of(line, pools) in exposed]
    in_flows = [line for line in open_lines if not line.is_exit]
    return Protection(
        lines=frozenset(withheld),
        is_total_withheld=bool(in_flows),
        councils=frozenset(place for line in in_flows for place in councils_of(line)),
        is_exit_withheld=any(line.is_exit for line in open_lines),
        are_scenarios_withheld=_have_different_factors(hidden),
        is_range_withheld=any(line.low_percent != line.high_percent for line in hidden),
    )


def _lines_beside(part: FlowLine, reading: Reading, withheld: set[str]) -> set[str]:
    """Further lines to withhold so that this one is never told by a total; none where that takes too many."""
    beside = _alike(part, reading, within=withheld)
    spare = sorted(
        (line for line in _alike(part, reading) if line.ref not in withheld),
        key=lambda line: (sum(line.amounts_pence), line.ref),
    )
    added, open_cells = set[str](), reading.open_cells(part, beside)
    for line in spare:
        if open_cells & cells_of(line).keys():
            still = reading.open_cells(part, [*beside, line])
            if still < open_cells:
                beside.append(line)
                added.add(line.ref)
                open_cells = still
    return set() if open_cells else added


def _alike(part: FlowLine, reading: Reading, within: Collection[str] | None = None) -> list[FlowLine]:
    """The other lines that are shared as this one is; those of some references, or all."""
    likeness = likeness_of(part, reading.pools)
    return [
        line
        for line in reading.lines
        if line.ref != part.ref
        and (within is None or line.ref in within)
        and likeness_of(line, reading.pools) == likeness
    ]


def _have_different_factors(lines: Iterable[FlowLine]) -> bool:
    return len({(line.kind, line.low_percent, line.high_percent, line.bias) for line in lines}) > 1

"""Net position by year."""

from __future__ import annotations

from benefits.rules.net_position import (
    YearPosition,
    cumulative,
    level_net_position,
    net_position_by_year,
)


def test_level_saving_of_south_and_vale():
    assert level_net_position(454_000_000, 137_493_000, 5) == [
        -316_507_000,
        -179_014_000,
        -41_521_000,
        95_972_000,
        233_465_000,
    ]


def test_golden_programme_sums_to_its_undiscounted_net():
    nets = [-60_000_000, -1_000_000, 38_000_000, 44_000_000, 44_000_000, 44_000_000]
    rows = net_position_by_year({2026 + index: net for index, net in enumerate(nets)})
    assert rows[0] == YearPosition(2026, -60_000_000, -60_000_000)
    assert rows[-1] == YearPosition(2031, 44_000_000, 109_000_000)


def test_missing_years_between_add_nothing_and_keep_the_order():
    assert net_position_by_year({2028: 50, 2026: -100}) == [
        YearPosition(2026, -100, -100),
        YearPosition(2027, 0, -100),
        YearPosition(2028, 50, -50),
    ]
    assert net_position_by_year({}) == []


def test_cumulative_runs():
    assert cumulative([0, 15_000_000, 31_200_000, 31_200_000]) == [0, 15_000_000, 46_200_000, 77_400_000]

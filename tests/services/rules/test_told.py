"""A line about few people cannot be worked out from two versions, or two options, read side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from services.enums import LineKind
from services.rules.option_flows import FlowLine
from services.rules.small_staff import Protection, protect
from services.rules.told import Edition, Told

ALL = frozenset({0, 1})


def unsaid(*refs: str) -> Protection:
    """These lines are withheld and no total is said."""
    return Protection(frozenset(refs), is_total_withheld=True, councils=ALL)


def joint(ref: str, *pounds: int, staff: int | None = None, **values: object) -> FlowLine:
    pence = tuple(one * 100 for one in pounds)
    halves = tuple(one // 2 for one in pence)
    return FlowLine(
        ref, LineKind.ONE_OFF_COST, "", pence, (halves, halves), staff_count=staff, weights=(1, 1), **values
    )


def own(ref: str, place: int, *pounds: int, staff: int | None = None) -> FlowLine:
    pence = tuple(one * 100 for one in pounds)
    nothing = (0,) * len(pence)
    shares = (pence, nothing) if place == 0 else (nothing, pence)
    return FlowLine(ref, LineKind.ONE_OFF_COST, "", pence, shares, staff_count=staff, is_joint=False)


@dataclass
class Case:
    """Options and versions shown one after another."""

    told: Told

    def shows(
        self, *lines: FlowLine, option: str = "SHARE", base_fy: int = 2026, **titles: str
    ) -> Protection:
        names = {line.ref: titles.get(line.ref, line.ref) for line in lines}
        return protect(lines, dict.fromkeys(names, 1), self.told, Edition(option, names, (7, 8), base_fy))


@pytest.fixture
def case() -> Case:
    return Case(Told())


FEW, MOVE, RENT = joint("FEW", 60, staff=3), joint("MOVE", 600), joint("RENT", 70)
PAIR = Protection(lines=frozenset({"FEW", "MOVE"}))


def test_the_same_version_again_withholds_the_same(case: Case) -> None:
    assert [case.shows(FEW, MOVE), case.shows(FEW, MOVE)] == [PAIR, PAIR]


def test_another_cover_is_not_chosen_in_the_next_version(case: Case) -> None:
    """£660 of FEW and MOVE, then £130 of FEW and RENT with £600 of MOVE shown: FEW would be £60."""
    assert case.shows(FEW, MOVE) == PAIR
    assert case.shows(FEW, MOVE, joint("RENT", 7)) == PAIR


def test_a_line_withheld_before_stays_withheld_when_more_people_stand_behind_it(case: Case) -> None:
    assert case.shows(FEW, MOVE) == PAIR
    assert case.shows(replace(FEW, staff_count=6), MOVE) == PAIR
    assert case.shows(replace(FEW, staff_count=None), MOVE, joint("NEW", 1)) == PAIR


def test_a_line_added_alone_withholds_the_totals_of_the_later_version(case: Case) -> None:
    assert case.shows(MOVE, RENT) == Protection()
    assert case.shows(MOVE, RENT, FEW) == unsaid("FEW")


def test_a_line_added_with_another_hides_beside_it(case: Case) -> None:
    assert case.shows(MOVE, RENT) == Protection()
    assert case.shows(MOVE, RENT, FEW, joint("NEW", 900)) == Protection(frozenset({"FEW", "NEW"}))


def test_a_line_removed_alone_withholds_the_totals_of_the_later_version(case: Case) -> None:
    assert case.shows(FEW, MOVE, joint("RENT", 700)) == PAIR
    assert case.shows(MOVE, joint("RENT", 700)) == unsaid("MOVE")


def test_a_change_of_that_line_alone_withholds_the_totals(case: Case) -> None:
    """The difference of the totals would be what one person more is paid."""
    assert case.shows(FEW, MOVE) == PAIR
    raised = joint("FEW", 80, staff=4)
    assert case.shows(raised, MOVE) == unsaid("FEW", "MOVE")
    assert case.shows(raised, joint("MOVE", 650)) == PAIR


def test_covers_in_turn_do_not_make_three_equations_of_three_amounts(case: Case) -> None:
    second = joint("TWO", 50, staff=2)
    assert case.shows(FEW, MOVE) == PAIR
    assert case.shows(second, joint("NEW", 900)) == Protection(frozenset({"NEW", "TWO"}))
    found = case.shows(FEW, second, MOVE)
    assert found == unsaid("FEW", "MOVE", "TWO")


def test_an_option_does_not_show_what_hides_a_line_of_another(case: Case) -> None:
    """The variant has the same move, under another reference, and a smaller cost to hide behind."""
    same = {"FEW2": "FEW", "MOVE2": "MOVE"}
    assert case.shows(FEW, MOVE) == PAIR
    again = [replace(FEW, ref="FEW2"), replace(MOVE, ref="MOVE2"), joint("RENT", 7)]
    assert case.shows(*again, option="VARIANT", **same) == Protection(frozenset({"FEW2", "MOVE2"}))


def test_a_line_shown_in_an_earlier_option_hides_nothing(case: Case) -> None:
    assert case.shows(replace(MOVE, ref="M0"), option="BAU", M0="Move") == Protection()
    assert case.shows(FEW, MOVE, joint("RENT", 900), MOVE="Move") == Protection(frozenset({"FEW", "RENT"}))


def test_years_are_the_same_years_when_the_first_year_moves(case: Case) -> None:
    assert case.shows(joint("MOVE", 600, 0), base_fy=2026) == Protection()
    later = [joint("FEW", 60, staff=3), joint("MOVE", 600)]
    assert case.shows(*later, base_fy=2026) == unsaid("FEW")
    other = Case(Told())
    assert other.shows(joint("MOVE", 600, 0), base_fy=2025) == Protection()
    assert other.shows(*later, base_fy=2026) == PAIR


def test_own_lines_withhold_the_total_of_their_council_and_the_joint_one(case: Case) -> None:
    assert case.shows(own("MOVE", 1, 600)) == Protection()
    assert case.shows(own("MOVE", 1, 600), own("FEW", 1, 60, staff=3)) == Protection(
        frozenset({"FEW"}), is_total_withheld=True, councils=frozenset({1})
    )


def test_a_range_in_which_withheld_lines_draw_by_themselves_is_withheld(case: Case) -> None:
    """A seeded simulation repeats, so its quantiles could be fitted by trying amounts that sum alike."""
    both = [replace(one, low_percent=80, high_percent=150) for one in (FEW, MOVE)]
    assert case.shows(*both) == Protection(frozenset({"FEW", "MOVE"}), is_range_withheld=True)

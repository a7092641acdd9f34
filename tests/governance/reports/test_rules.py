"""What a report must say, judged on plain values (rows 72 and 86 of domain.md 8)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.errors import Refusal
from governance.reporting.contents import SECTIONS
from governance.rules.reports import (
    NARRATED,
    check_cut_off,
    check_narratives,
    check_summary,
    names_few_people,
    unverified_percent,
    unverified_warning,
)


def test_unverified_warning_is_judged_by_the_exact_share():
    said = "{}% of reported savings are not verified. Say so in the summary"
    found = {
        "23%": unverified_warning(unverified_percent(23, 77)),
        "20%": unverified_warning(unverified_percent(20, 80)),
        "a little over 20%": unverified_warning(Fraction(2001, 100)),
        "all": unverified_warning(unverified_percent(5, 0)),
        "nothing": unverified_warning(unverified_percent(0, 0)),
        "reversed": unverified_warning(unverified_percent(-5, 100)),
    }
    assert found == {
        "23%": said.format(23),
        "20%": "",
        "a little over 20%": said.format(21),
        "all": said.format(100),
        "nothing": "",
        "reversed": "",
    }


def test_few_people_are_found_and_other_numbers_are_not():
    texts = {
        "3 posts were removed": True,
        "Two officers left": True,
        "one full-time post": True,
        "13 posts were removed": False,
        "Phase 3 posts its results": True,
        "fewer than 5 posts": False,
        "2 councils": False,
    }
    assert {text: names_few_people([text]) for text in texts} == texts


def test_summary_of_250_words_is_kept_and_one_more_is_refused():
    assert check_summary(" word" * 250) == " ".join(["word"] * 250)
    with pytest.raises(Refusal, match=r"Summary must be 250 words or less\. It has 251"):
        check_summary("word " * 251)


def test_texts_of_sections_are_kept_without_empty_ones_and_unknown_sections_are_refused():
    assert check_narratives({"9": " Late. ", "2": " "}) == {"9": "Late."}
    for number in ("1", "7", "A", "17"):
        with pytest.raises(Refusal, match=f"There is no text for section {number}"):
            check_narratives({number: "text"})


def test_cut_off_may_be_today_and_not_later():
    check_cut_off(date(2026, 11, 24), date(2026, 11, 24))
    with pytest.raises(Refusal, match="Choose a day up to 24 November 2026"):
        check_cut_off(date(2026, 11, 25), date(2026, 11, 24))


def test_every_section_but_three_has_a_text_of_its_own():
    assert len(NARRATED) == len(SECTIONS) - 3

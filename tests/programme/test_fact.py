"""What a fact of a case file says beside its text."""

import pytest

from programme.models import Fact


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, ""),
        ({"value": False}, "no"),
        ({"value": 0}, "0"),
        ({"value": 100000}, "100,000"),
        ({"value": "by population"}, "by population"),
        (
            {"value": {"north_lincolnshire": 3, "north_east_lincolnshire": 6}},
            "North Lincolnshire 3; North East Lincolnshire 6",
        ),
        ({"readings": ["June 2008", "August 2009"]}, "It can be read as: June 2008; August 2009"),
        (
            {"readings": ["one", "two"], "handling": "keep both"},
            "It can be read as: one; two. Here: keep both",
        ),
    ],
)
def test_fact_says_its_value_in_words(details, words):
    assert Fact(text="posts", details=details).stated_value == words

"""The reference that follows."""

from core.rules.references import next_letter, next_reference


def test_reference_follows_the_highest() -> None:
    assert next_reference("S-", []) == "S-1"
    assert next_reference("S-", ["S-2", "S-10", "S-9b", "BC-40", "S-", "S-²"]) == "S-11"


def test_letter_is_the_first_that_is_free() -> None:
    assert next_letter(["BAU", "a", "C"]) == "B"
    assert next_letter(map(chr, range(65, 91))) == ""

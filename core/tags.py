"""Which colour repeats a word on the page. The word always stands; the colour adds nothing."""

from __future__ import annotations

GREEN = "govuk-tag--green"
AMBER = "app-tag--amber"
RED = "govuk-tag--red"
PLAIN = "app-tag--plain"

_CLASSES = {
    GREEN: "green, approved, agreed, verified, achieved, done, complete, on time, in effect, live, sent, "
    "yes, met, "
    "within 5 points",
    AMBER: "amber, amber/green, amber/red, deferred, call-in open, called in, claimed, flagged, due, "
    "at risk, paused, being sent, partly met, day passed",
    RED: "red, changed, rejected, declined, overdue, missed, blocked, returned, not met, "
    "too early, not sent after several tries",
}
_BY_WORD = {word: css for css, words in _CLASSES.items() for word in words.split(", ")}


def tag_class(word: str) -> str:
    """CSS class of the tag that shows `word`; grey where the word is a count or nothing has happened yet."""
    lowered = word.lower()
    if lowered.endswith(" blocked"):
        return RED
    return AMBER if lowered.endswith(" late") else _BY_WORD.get(lowered, PLAIN)

"""Votes at meetings and papers before them (rows 56 to 58 and 81)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.imports.files import LIMIT_BYTES
from governance.enums import DecisionState, VoteChoice
from tests import factories
from tests.benefits.scene import api_of, page_of
from tests.governance.meetings.scene import meeting_scene, package, pdf_file
from tests.refusals.asking import Asked, Row

WORD = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b"<w/>",
    "word/vbaProject.bin": b"x",
}


def _vote(*choices: str, absent: tuple[int, ...] = (), casting: str = "") -> Callable[[], Asked]:
    """How the members vote on an item, in their order, and who was away."""

    def prepare() -> Asked:
        scene = meeting_scene()
        item = scene.item(scene.hold(absent=absent))
        votes = scene.votes(*choices)
        browser, api = page_of(scene.manager), api_of(scene.manager)
        boxes = {f"vote_{pk}": str(choice) for pk, choice in votes.items()}
        sent = {"version": 1, "votes": {str(pk): str(choice) for pk, choice in votes.items()}}
        return Asked(
            lambda: browser.post(
                f"/agenda-items/{item.pk}/votes/", {**boxes, "casting": casting, "seen_version": "1"}
            ),
            lambda: api.post(f"/api/v1/agenda-items/{item.pk}/votes/", {**sent, "casting": casting}),
        )

    return prepare


def _upload(content: bytes, name: str = "paper.pdf") -> Callable[[], Asked]:
    """A file put before a meeting."""

    def prepare() -> Asked:
        scene = meeting_scene()
        item = scene.item(scene.plan())
        browser, api = page_of(scene.manager), api_of(scene.manager)

        def sent() -> dict[str, Any]:
            return {"title": "Report", "publication_class": "open", "file": pdf_file(name, content)}

        return Asked(
            lambda: browser.post(f"/agenda-items/{item.pk}/papers/new/", sent()),
            lambda: api.post(f"/api/v1/agenda-items/{item.pk}/papers/", sent(), format="multipart"),
        )

    return prepare


def _recommend(*, absent: tuple[int, ...]) -> Callable[[], Asked]:
    """What the committee is said to have recommended at a meeting, and who was away."""

    def prepare() -> Asked:
        scene = meeting_scene()
        meeting = scene.hold(absent=absent)
        decision = factories.DecisionFactory(
            programme=scene.programme, body=scene.body, state=DecisionState.TABLED, text="Share it."
        )
        scene.item(meeting, decision=decision)
        browser, api = page_of(scene.manager), api_of(scene.manager)
        typed = {"recommended_on": "20 11 2026"}
        sent = {"version": 1, "recommended_on": "2026-11-20"}
        return Asked(
            lambda: browser.post(
                f"/decisions/{decision.pk}/steps/recommend/", {**typed, "seen_version": "1"}
            ),
            lambda: api.post(f"/api/v1/decisions/{decision.pk}/recommend/", sent),
        )

    return prepare


FOR = VoteChoice.FOR
ROWS = (
    Row(
        56,
        "recommendation of a meeting without one council",
        "Meeting is not quorate: no member from Carrick is present",
        _recommend(absent=(4, 5)),
    ),
    Row(
        56,
        "no member from one council",
        "Meeting is not quorate: no member from Carrick is present",
        _vote(FOR, FOR, FOR, absent=(4, 5)),
    ),
    Row(
        57,
        "more votes than members present",
        "6 votes recorded but 5 voting members were present",
        _vote(*[FOR] * 6, absent=(5,)),
    ),
    Row(
        58,
        "casting vote of a body without one",
        "This body has no casting vote",
        _vote(FOR, VoteChoice.AGAINST, casting="for"),
    ),
    Row(81, "type", "File must be a CSV, ODS, XLSX, PDF, DOCX, PNG or JPG", _upload(b"MZ\x90\x00 program")),
    Row(81, "size", "File must be smaller than 10MB", _upload(b"%PDF-" + b" " * LIMIT_BYTES)),
    Row(81, "empty", "File must not be empty", _upload(b"")),
    Row(81, "macros", "File must not contain macros", _upload(package(WORD), "paper.docx")),
)

"""The guard of every browser test notices what it is there for."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.guard import Guard
from tests.browser.story import PATIENCE_MS


@pytest.fixture
def caught(page: Page, guard: Guard) -> list[str]:
    """What the guard has noticed on the help page; it is not held against the test."""
    page.goto("/help/")
    return guard.complaints


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("console.error('out of ink')", "out of ink"),
        ("setTimeout(() => { throw new Error('lost thread'); })", "lost thread"),
        ("document.querySelector('main').setAttribute('style', 'color: red')", "Content Security Policy"),
        (
            "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Security Policy",
        ),
        ("fetch('/nothing-here/')", "404"),
        (
            "document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.invalid/a.png'}))",
            "elsewhere",
        ),
    ],
)
def test_guard_notices(page: Page, caught: list[str], deed: str, word: str) -> None:
    page.evaluate(f"() => {{ {deed}; }}")
    given_up = time.monotonic() + PATIENCE_MS / 1000
    while not [line for line in caught if word in line]:
        assert time.monotonic() < given_up, f"Nothing of {word} was noticed, only {caught}"
        page.wait_for_timeout(20)
    page.context.close()  # nothing that comes later is held against the test
    caught.clear()


def test_axe_notices_a_picture_without_words(page: Page, caught: list[str]) -> None:
    assert violations(page) == []
    page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [line.partition(":")[0] for line in violations(page)] == ["image-alt"]

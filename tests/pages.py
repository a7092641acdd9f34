"""What a page says, as a reader hears it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(response: Any) -> str:
    """The words of an answer with status 200, each gap one space."""
    assert response.status_code == 200
    words = _Words()
    words.feed(response.content.decode())
    return re.sub(r"\s+", " ", " ".join(words.parts)).replace(" ,", ",").replace(" :", ":").strip()

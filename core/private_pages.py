"""Pages are for the person who asked: no cache shows them to another, and sign-out empties the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What leaves the browser at sign-out: pages that its Back button would else show to whoever sits there next.
FORGET = {"Clear-Site-Data": '"cache"'}


class PrivatePages:
    """Says of every answer that says nothing of it itself that it is one person's and is asked for anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

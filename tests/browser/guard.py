"""What no page may do, whatever a test looks at: complain, break its security policy, ask another host."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

_STATUS = re.compile(r"the server responded with a status of (\d+)")
# A request that the browser itself gave up because the page went elsewhere is nobody's fault.
_GIVEN_UP = "net::ERR_ABORTED"


class Guard:
    """Gathers complaints of every page of the contexts it watches; `complaints` is empty when all is well."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._expected: set[int] = set()
        self.complaints: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a context, those it opens later too."""
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._follow)
        context.on("requestfailed", self._miss)

    def expect(self, *statuses: int) -> None:
        """Let answers of these statuses pass: the browser complains of each one above 399."""
        self._expected.update(statuses)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        status = _STATUS.search(message.text)
        if status is None or int(status[1]) not in self._expected:
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _catch(self, error: WebError) -> None:
        self.complaints.append(f"{error.page.url if error.page else ''}: {error.error}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((f"{self._origin}/", "data:", "blob:")):
            self.complaints.append(f"{request.frame.url} asked another host: {request.url}")

    def _miss(self, request: Request) -> None:
        if request.failure and request.failure != _GIVEN_UP:
            self.complaints.append(f"{request.url}: {request.failure}")

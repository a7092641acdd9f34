"""A server on this machine that speaks the documented protocol of GOV.UK Notify.

It checks the client's token itself, keeps what it took, and can be told to fail in the ways that Notify does:
https://docs.notifications.service.gov.uk/rest-api.html
"""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"concordat_test-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
# The errors of Notify, as its documentation prints them.
RATE_LIMIT = (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds")
DAILY_LIMIT = (429, "TooManyRequestsError", "Exceeded send limits (250,000) for today")
TRIAL = (400, "BadRequestError", "Can't send to this recipient using a team-only API key")
NO_TEMPLATE = (400, "BadRequestError", "Template not found")
MISSING = (400, "BadRequestError", "Missing personalisation: body")
INVALID_TOKEN = (403, "AuthError", "Invalid token: API key not found")
NO_SIGNATURE = (403, "AuthError", "Invalid token: signature, api token not found")
EXPIRED = (403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")
DOWN = (500, "Exception", "Internal server error")
# It took the mail, and its answer is lost on the way.
LOSE_ANSWER = (0, "", "")
TOKEN_SECONDS = 30


class NotifyServer(ThreadingHTTPServer):
    """Notify, with what it took so far in `taken`, and in `faults` how it answers next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.faults: deque[tuple[int, str, str]] = deque()
        # How far the clock of whoever speaks to it is ahead of this machine's.
        self.ahead = 0.0
        # How long it keeps a sender waiting before it takes a mail.
        self.pause = 0.0

    @property
    def url(self) -> str:
        """The address of its root."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that goes away in the middle: tests kill them."""

    def references(self) -> list[str]:
        """The reference of each mail taken, in order."""
        return [str(mail["reference"]) for mail in self.taken]


@contextmanager
def notify_server() -> Iterator[NotifyServer]:
    """A server that runs for as long as the block lasts."""
    with NotifyServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_GET(self) -> None:
        """Answer with the mails of a reference, or of all, the latest first."""
        where = urlsplit(self.path)
        wanted = parse_qs(where.query).get("reference", [None])[0]
        self.server.asked.append(wanted or "")
        if where.path != "/v2/notifications":
            return self._error(404, "NoResultFound", "No result found")
        if not self._is_let_in():
            return None
        rows = [mail for mail in reversed(self.server.taken) if wanted in (None, mail["reference"])]
        current = f"{self.server.url}{self.path}"
        return self._answer(200, {"notifications": rows, "links": {"current": current}})

    def do_POST(self) -> None:
        """Take one mail."""
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v2/notifications/email":
            return self._error(404, "NoResultFound", "No result found")
        if not self._is_let_in():
            return None
        fault = self.server.faults.popleft() if self.server.faults else None
        if fault and fault != LOSE_ANSWER:
            return self._error(*fault)
        wrong = _wrong(sent)
        if wrong:
            return self._error(*wrong)
        time.sleep(self.server.pause)
        mail = self._keep(sent)
        if fault == LOSE_ANSWER:
            return self.connection.close()
        return self._answer(201, mail)

    def _keep(self, sent: dict[str, Any]) -> dict[str, Any]:
        given = str(uuid4())
        words = sent["personalisation"]
        self.server.taken.append(
            {
                "id": given,
                "reference": sent.get("reference"),
                "email_address": sent["email_address"],
                "type": "email",
                "status": "created",
                "template": {
                    "id": TEMPLATE,
                    "version": 1,
                    "uri": f"{self.server.url}/v2/template/{TEMPLATE}",
                },
                "subject": words["subject"],
                "body": words["body"],
                "one_click_unsubscribe_url": sent.get("one_click_unsubscribe_url"),
                "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime()),
                "sent_at": None,
                "completed_at": None,
            }
        )
        return {
            "id": given,
            "reference": sent.get("reference"),
            "content": {"subject": words["subject"], "body": words["body"], "from_email": "c@notify.example"},
            "uri": f"{self.server.url}/v2/notifications/{given}",
            "template": {"id": TEMPLATE, "version": 1, "uri": f"{self.server.url}/v2/template/{TEMPLATE}"},
        }

    def _is_let_in(self) -> bool:
        error = _token_error(self.headers.get("Authorization", ""), time.time() + self.server.ahead)
        if error:
            self._error(*error)
        return error is None

    def _error(self, status: int, kind: str, words: str) -> None:
        self._answer(status, {"status_code": status, "errors": [{"error": kind, "message": words}]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing on standard error."""


def _wrong(sent: dict[str, Any]) -> tuple[int, str, str] | None:
    if sent.get("template_id") != TEMPLATE:
        return NO_TEMPLATE
    if not {"subject", "body"} <= set(sent.get("personalisation", {})):
        return MISSING
    if "@" not in sent.get("email_address", ""):
        return 400, "ValidationError", "email_address Not a valid email address"
    return None


def _token_error(header: str, moment: float) -> tuple[int, str, str] | None:
    """What is wrong with the client's JSON Web Token: signed by the secret, of the service, and new."""
    head, _, signature = header.removeprefix("Bearer ").rpartition(".")
    signed = hmac.new(SECRET.encode(), head.encode(), sha256).digest()
    if not head or not hmac.compare_digest(signed, _decoded(signature)):
        return NO_SIGNATURE
    kind, claims = (json.loads(_decoded(part)) for part in head.split("."))
    if (kind.get("typ"), kind.get("alg")) != ("JWT", "HS256") or claims.get("iss") != SERVICE:
        return INVALID_TOKEN
    return EXPIRED if abs(moment - claims["iat"]) > TOKEN_SECONDS else None


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))

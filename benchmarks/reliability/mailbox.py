"""A mail server that keeps what it takes in memory, and can refuse, fall silent, or lose its answer."""

from __future__ import annotations

import random
import socketserver
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from threading import Lock, Thread

# How it treats whoever comes.
TAKES, REFUSES, SILENT, LOSES_ANSWERS = "took", "refused", "left in silence", "took without an answer"
SILENT_SECONDS = 25


@dataclass(frozen=True, slots=True)
class Landed:
    """One mail that somebody got."""

    to: str
    message_id: str
    body: str


class Mailbox(socketserver.ThreadingTCPServer):
    """The server; `mode` is how it treats the next who comes, `share` how many of them."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 200

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[Landed] = []
        self.mode, self.share = TAKES, 1.0
        # How long it keeps a sender waiting before it takes a mail.
        self.pause = 0.0
        self.counted: dict[str, int] = {}
        self._chance, self._lock = random.Random(seed), Lock()  # noqa: S311
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def url(self) -> str:
        """What EMAIL_URL is to be."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def treatment(self) -> str:
        """How the next one is treated."""
        with self._lock:
            mode = self.mode if self._chance.random() < self.share else TAKES
            self.counted[mode] = self.counted.get(mode, 0) + 1
            return mode

    def keep(self, content: bytes) -> None:
        """Take one mail."""
        message = message_from_bytes(content, policy=default)
        landed = Landed(
            str(message["To"]), str(message["Message-ID"]), str(message.get_content()).replace("\r\n", "\n")
        )
        with self._lock:
            self.mails.append(landed)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed in the middle is what this is for."""


class _Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        mode = self.server.treatment()
        if mode == REFUSES:
            return self._say("421 Too busy")
        if mode == SILENT:
            return time.sleep(SILENT_SECONDS)
        self._say("220 mailbox")
        while command := self.rfile.readline().strip().upper():
            if command.startswith(b"QUIT"):
                return self._say("221 Bye")
            if command != b"DATA":
                self._say("250 OK")
                continue
            self._say("354 Go on")
            content = self._content()
            time.sleep(self.server.pause)
            self.server.keep(content)
            if mode == LOSES_ANSWERS:
                return time.sleep(SILENT_SECONDS)
            self._say("250 Taken")
        return None

    def _content(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionError("The client went away")
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

"""Starts several programs, keeps them running, and stops them together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

POLL_SECONDS = 0.2
STOP_SECONDS = 6
STEADY_SECONDS = 30
LONGEST_PAUSE = 30
MOST_QUICK_DEATHS = 5
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One program, started again when it dies; `quick_deaths` counts deaths soon after a start, in a row."""

    name: str
    command: Sequence[str]
    last_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    start_again_at: float = 0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the program in a session of its own; it gets `last_signal` if this process dies."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent(self.last_signal),  # noqa: PLW1509 - no thread runs here
        )

    def is_running(self) -> bool:
        """Whether the program runs now."""
        return self.process is not None and self.process.poll() is None

    def note_death(self, process: subprocess.Popen[bytes]) -> str:
        """Take the death of the program into account and return what happened in words."""
        _kill_session(process.pid)
        self.process = None
        was_steady = time.monotonic() - self.started_at > STEADY_SECONDS
        self.quick_deaths = 0 if was_steady else self.quick_deaths + 1
        pause = min(2**self.quick_deaths - 1, LONGEST_PAUSE)
        self.start_again_at = time.monotonic() + pause
        return f"The {self.name} ended with code {process.returncode}. It starts again in {pause} seconds."


@dataclass
class Company:
    """Programs that live and end together."""

    children: list[Child]
    say: Callable[[str], None]
    signals: list[int] = field(default_factory=list)

    def run(self, when_started: Callable[[], None]) -> int:
        """Run until SIGINT or SIGTERM (returns 0) or until one program cannot be kept running (returns 1)."""
        earlier = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for child in self.children:
                child.start()
            when_started()
            return self._watch()
        finally:
            self._stop()
            for number, handler in earlier.items():
                signal.signal(number, handler)

    def is_stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return bool(self.signals)

    def _note(self, number: int, frame: object) -> None:
        self.signals.append(number)

    def _watch(self) -> int:
        while not self.is_stopping():
            for child in self.children:
                if not self._keep(child):
                    return 1
            time.sleep(POLL_SECONDS)
        return 0

    def _keep(self, child: Child) -> bool:
        """Start a dead program again when its pause is over; returns False when it died too often."""
        if child.is_running():
            return True
        if child.process is not None:
            message = child.note_death(child.process)
            if child.quick_deaths >= MOST_QUICK_DEATHS:
                self.say(f"The {child.name} cannot be kept running. Everything stops.")
                return False
            self.say(message)
        if time.monotonic() >= child.start_again_at:
            child.start()
        return True

    def _stop(self) -> None:
        """End every program, gently at first; a second signal, or time running out, ends them at once."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        signals_so_far = len(self.signals)
        while time.monotonic() < deadline and len(self.signals) == signals_so_far:
            if all(process.poll() is not None for process in running):
                break
            time.sleep(POLL_SECONDS)
        for process in running:
            _kill_session(process.pid)
            process.wait()


def _kill_session(leader: int) -> None:
    """End a program and all it started at once; one that has ended already is no error."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return what a new process must do to get signal `number` when this one dies, where the system can."""
    if sys.platform != "linux":
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number)
        # The parent may have died before the system was asked to tell.
        if os.getppid() != parent:
            os._exit(1)

    return ask

"""The one command that runs everything: what it starts, keeps and leaves behind."""

import contextlib
import http.client
import os
import signal
import socket

import pytest

from tests.installation import PATIENCE, wait_until

pytestmark = pytest.mark.processes

STARTED = "Press Ctrl-C to stop."


def start_and_wait(installation):
    launcher = installation.start("manage.py", "run")
    wait_until(
        lambda: STARTED in installation.output() or launcher.poll() is not None, "the product has started"
    )
    assert STARTED in installation.output(), installation.output()
    return launcher


def front_page(installation):
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        with connection.getresponse() as response:
            return response.status, response.getheader("Location")


def process_of(installation, word):
    return next(
        (number for number, command in installation.processes().items() if f" {word}" in command), None
    )


def test_run_answers_restarts_what_dies_and_stops_everything(installation):
    launcher = start_and_wait(installation.in_production())
    assert front_page(installation) == (302, "/sign-in/?next=/")

    worker = process_of(installation, "worker --loglevel")
    os.kill(worker, signal.SIGKILL)
    wait_until(
        lambda: process_of(installation, "worker --loglevel") not in {worker, None}, "a new worker runs"
    )

    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(PATIENCE) == 0
    assert installation.processes() == {}
    assert "Concordat has stopped." in installation.output()


def test_run_killed_leaves_nothing_behind(migrated_installation):
    launcher = start_and_wait(migrated_installation.in_production())
    assert len(migrated_installation.processes()) >= 4
    launcher.kill()
    launcher.wait(PATIENCE)
    wait_until(lambda: not migrated_installation.processes(), "every process has ended")


def test_run_says_that_its_port_is_in_use(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        result = installation.in_production().manage("run")
    message = (
        f"CommandError: Port {installation.port} is in use. Stop the program that uses it, "
        f"or choose another: PORT={installation.port + 1}"
    )
    assert (result.returncode, result.stderr.strip()) == (1, message)
    assert not (installation.folder / "concordat.sqlite3").exists()


def test_run_refuses_an_unsafe_configuration(installation):
    """For one reason; tests/config/test_checks.py tries them all."""
    installation.in_production().environment |= {"ALLOWED_HOSTS": "tracker.example.gov.uk", "SECRET_KEY": ""}
    result = installation.manage("run")
    assert (result.returncode, "config.E001" in result.stderr) == (1, True)


def test_run_names_a_variable_it_cannot_use(installation):
    installation.in_production().environment["WEB_WORKERS"] = "many"
    result = installation.manage("run")
    message = "The environment variable WEB_WORKERS must be a whole number from 1 to 64"
    assert (result.returncode, result.stderr.strip()) == (1, message)

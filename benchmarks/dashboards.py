"""The steering group's page of one of many programmes, beside a page that only reads its figures."""

from collections.abc import Callable
from http.client import HTTPConnection

from django.urls import reverse

from benchmarks.scale import KEY

DASHBOARD = "steering group of one programme"
READ = "its figures, only read"
# What it is compared with, and how many times as long it may take.
BESIDE = {DASHBOARD: (READ, 3)}
Ask = Callable[[HTTPConnection, str, str, dict[str, str]], int]


def cases_of_dashboard(
    session_key: str, connection: HTTPConnection, ask: Ask
) -> dict[str, Callable[[], int]]:
    """What to measure of it."""
    cookie = {"Cookie": f"sessionid={session_key}"}
    path = reverse("governance:steering_page", args=[KEY])
    return {DASHBOARD: lambda: ask(connection, "GET", path, cookie)}

"""Amounts out of a file by the API: first what it would change, then all of it or nothing, once a key."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from benefits.models import ActualAmount, ForecastAmount
from tests import factories
from tests.benefits.scene import Scene, api_of, problems

pytestmark = pytest.mark.django_db
ACTUALS, FORECAST = (f"/api/v1/programmes/abc/{name}-amounts/import/" for name in ("actual", "forecast"))
HEAD = "Reference,Council,Financial year,April,May\r\n"
GOOD = f"{HEAD}ICT,Brockvale,2026-27,100.00,(20.50)\r\n"


def send(user: User, address: str, body: str, key: str = "", **sent: Any) -> Any:
    """A file of this text, sent by this person."""
    file = SimpleUploadedFile("amounts.csv", body.encode())
    headers = {"Idempotency-Key": key} if key else {}
    return api_of(user).post(address, {"file": file, **sent}, format="multipart", headers=headers)


def claimed() -> list[tuple[int, int]]:
    return list(ActualAmount.objects.order_by("pk").values_list("period", "amount_pence"))


def test_dry_run_says_what_would_change_and_the_file_is_taken_once(scene: Scene) -> None:
    why = "The invoice came in two parts"
    dry = send(scene.finance, ACTUALS, GOOD, dry_run=True, why=why).json()
    place = {"line": "ICT", "council": "brockvale", "before": None}
    changes = [
        {**place, "time": "April 2026", "after": "100.00"},
        {**place, "time": "May 2026", "after": "-20.50"},
    ]
    assert (dry["dry_run"], dry["changes"], claimed()) == (True, changes, [])
    answers = [send(scene.finance, ACTUALS, GOOD, "may", why=why, mark=dry["mark"]).json() for _ in range(2)]
    assert answers[0] == answers[1] == {"dry_run": False, "mark": dry["mark"], "changes": changes}
    assert claimed() == [(1, 100_00), (2, -20_50)]
    crossed = send(scene.finance, ACTUALS, f"{HEAD}ICT,Brockvale,2026-27,90,\r\n", why=why, mark=dry["mark"])
    assert crossed.status_code == 409
    other = send(scene.finance, ACTUALS, HEAD + "ICT,Brockvale,2026-27,1,\r\n", "may", why=why)
    assert problems(other)[0]["field"] == "Idempotency-Key"


def test_what_is_wrong_is_told_by_cell_and_nothing_is_stored(scene: Scene) -> None:
    factories.period_close(scene.brockvale, 2026, 1)
    body = f"{HEAD}ICT,Brockvale,2026-27,1.2m,5\r\nGAS,Brockvale,2026-27,,\r\nICT,Ashmere,2026-27,1,\r\n"
    assert [one["message"] for one in problems(send(scene.finance, ACTUALS, body))] == [
        "3 of 3 rows have errors. Fix them and upload again. Nothing was imported",
        "Row 2, April: Enter the amount in full using numbers, for example 1,200,000",
        "Row 3, Reference: There is no line GAS in this programme",
        "Row 4, Council: Only an officer of Ashmere can enter its amounts",
    ]
    closed = problems(send(scene.finance, ACTUALS, f"{HEAD}ICT,Brockvale,2026-27,5,\r\n"))
    assert closed[1]["message"] == (
        "Row 2, April: Brockvale closed April 2026 on 24 November 2026. Enter it in a later month, or ask "
        "its section 151 officer for an exception"
    )
    empty = problems(send(scene.finance, ACTUALS, " "))
    assert empty == [{"field": "file", "message": "File must not be empty"}]
    assert send(scene.reader, ACTUALS, GOOD).status_code == 403
    assert claimed() == []


def test_forecast_is_taken_as_at_a_day(scene: Scene) -> None:
    body = f"{HEAD}ICT,Carrick,2027-28,10,20\r\n"
    answer = send(scene.manager, FORECAST, body, as_at_on="2026-11-20")
    assert answer.status_code == 200
    rows = ForecastAmount.objects.order_by("period")
    found = rows.values_list("snapshot__as_at_on", "council__key", "fy", "period", "amount_pence")
    assert [(str(day), *rest) for day, *rest in found if rest[3]] == [
        ("2026-11-20", "carrick", 2027, 1, 10_00),
        ("2026-11-20", "carrick", 2027, 2, 20_00),
    ]

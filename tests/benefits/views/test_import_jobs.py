"""A large file: sent, checked by the worker, confirmed, and imported whole, whatever gets lost meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.actions.import_jobs import cancel_import, confirm_import, run_import, sweep_imports
from benefits.enums import ImportState
from benefits.models import ActualAmount, ImportJob
from core import stored_files
from core.clock import now
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/programmes/abc/actuals/import/"
HEAD = "Reference,Council,Financial year,April,May"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("big.csv", "\r\n".join([HEAD, *rows]).encode())


def sent(scene: Scene, *rows: str) -> ImportJob:
    answer = page_of(scene.finance).post(ADDRESS, {"file": upload(*rows), "is_large": "on"})
    job = ImportJob.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, f"/imports/{job.pk}/")
    return job


def seen(scene: Scene, job: ImportJob) -> str:
    return text_of(page_of(scene.finance).get(f"/imports/{job.pk}/"))


def amounts() -> list[tuple[Any, ...]]:
    return list(ActualAmount.objects.order_by("pk").values_list("line__ref", "period", "amount_pence"))


def test_file_is_checked_then_confirmed_then_imported_once(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,20.50")
    assert "Waiting to be checked." in seen(scene, job)
    assert run_import(job.pk) == ImportState.READY
    assert amounts() == []
    page = seen(scene, job)
    assert "Checked. 1 row would change 2 amounts. Nothing is imported yet." in page
    assert "Lower cost of ICT ICT Brockvale May 2026 none 20.50" in page
    browser = page_of(scene.finance)
    assert browser.post(f"/imports/{job.pk}/confirm/").status_code == 302
    assert "Waiting to be imported." in seen(scene, job)
    assert (run_import(job.pk), run_import(job.pk)) == (ImportState.DONE, None)
    assert amounts() == [("ICT", 1, 10_00), ("ICT", 2, 20_50)]
    assert "2 amounts imported at midday on 24 November 2026." in seen(scene, job)
    steps = AuditEvent.objects.filter(object_type="benefits.importjob").order_by("pk")
    assert [event.action for event in steps] == ["start_import", "confirm_import", "import_amounts"]
    again = browser.post(f"/imports/{job.pk}/confirm/", follow=True)
    assert "This file is imported, so it cannot be imported now. Nothing in it is left to import" in text_of(
        again
    )
    assert "big.csv, 24 November 2026: imported" in text_of(browser.get(ADDRESS))


def test_wrong_cells_are_named_and_nothing_can_be_confirmed(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,ten,", "NONE,Brockvale,2026-27,1,", "ICT,Carrick,2026-27,1,")
    assert run_import(job.pk) == ImportState.REFUSED
    page = seen(scene, job)
    assert "Has errors. 3 cells of 3 rows are wrong." in page
    assert "Row 3 Reference NONE There is no line NONE in this programme" in page
    assert "Only an officer of Carrick can enter its amounts" in page
    page_of(scene.finance).post(f"/imports/{job.pk}/confirm/")
    assert (run_import(job.pk), amounts()) == (None, [])


def test_cancelled_file_is_not_imported_even_if_the_worker_has_it_already(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,")
    run_import(job.pk)
    browser = page_of(scene.finance)
    browser.post(f"/imports/{job.pk}/confirm/")
    browser.post(f"/imports/{job.pk}/cancel/")
    assert (run_import(job.pk), amounts()) == (None, [])
    said = browser.post(f"/imports/{job.pk}/cancel/", follow=True)
    assert "This file is cancelled, so it cannot be cancelled now" in text_of(said)


def test_ledger_that_changed_since_it_was_shown_is_not_imported_over(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,")
    run_import(job.pk)
    scene.claim(500)
    page_of(scene.finance).post(f"/imports/{job.pk}/confirm/")
    assert run_import(job.pk) == ImportState.FAILED
    assert "Nothing was imported." in seen(scene, job)
    assert len(amounts()) == 1


def test_file_that_is_gone_is_asked_for_again_and_no_path_is_told(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,")
    stored_files.forget(job.path)
    assert run_import(job.pk) == ImportState.FAILED
    job.refresh_from_db()
    assert job.error == "The file is gone. Send it again"
    assert "The file is gone. Send it again. Nothing was imported." in seen(scene, job)


def test_lost_message_and_killed_worker_are_taken_up_again_and_given_up_after_the_second_try(scene):
    told: list[int] = []
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,")
    assert sweep_imports(deliver=told.append) == []
    ImportJob.objects.update(waiting_since=now() - timedelta(minutes=2))
    assert (sweep_imports(deliver=told.append), told) == ([job.pk], [job.pk])
    killed = {"state": ImportState.CHECKING, "claimed_at": now() - timedelta(minutes=12), "claim_key": "gone"}
    ImportJob.objects.update(**killed, attempts=1)
    assert sweep_imports(deliver=told.append) == [job.pk]
    assert run_import(job.pk) == ImportState.READY
    ImportJob.objects.update(**killed, attempts=2)
    assert sweep_imports(deliver=told.append) == []
    job.refresh_from_db()
    assert (job.state, job.error) == (ImportState.FAILED, "The import stopped. Send the file again")


def test_files_are_forgotten_once_no_import_needs_them(scene):
    done, ready = (sent(scene, "ICT,Brockvale,2026-27,10.00,") for _ in range(2))
    for job in (done, ready):
        run_import(job.pk)
    page_of(scene.finance).post(f"/imports/{done.pk}/cancel/")
    orphan = stored_files.keep("imports", b"1,2")
    with time_machine.travel(now() + timedelta(minutes=12), tick=False):
        fresh = stored_files.keep("imports", b"1,2")
        sweep_imports(deliver=lambda pk: None)
        assert {done.path, ready.path, orphan, fresh} & set(stored_files.kept("imports")) == {
            ready.path,
            fresh,
        }
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        sweep_imports(deliver=lambda pk: None)
    assert stored_files.kept("imports") == {}
    assert "Nobody confirmed it within 30 days. Send the file again." in seen(scene, ready)


def test_several_reasons_why_it_is_not_imported_are_one_sentence_and_a_number(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,20.50")
    run_import(job.pk)
    for period in (1, 2):
        factories.period_close(scene.brockvale, 2026, period)
    page_of(scene.finance).post(f"/imports/{job.pk}/confirm/")
    assert run_import(job.pk) == ImportState.FAILED
    job.refresh_from_db()
    assert job.error == (
        "Brockvale closed April 2026 on 24 November 2026. Enter it in a later month, or ask its section 151 "
        "officer for an exception. 1 more amount cannot be imported either"
    )


def test_only_who_sent_it_sees_it_and_who_may_not_enter_sends_nothing(scene):
    job = sent(scene, "ICT,Brockvale,2026-27,10.00,")
    for action in ("", "confirm/", "cancel/"):
        browser, address = page_of(scene.s151), f"/imports/{job.pk}/{action}"
        assert (browser.post(address) if action else browser.get(address)).status_code == 404
    with pytest.raises(PermissionDenied, match="Only the person who sent this file"):
        confirm_import(job, by=scene.s151, deliver=lambda pk: None)
    with pytest.raises(PermissionDenied, match="Only the person who sent this file"):
        cancel_import(job, by=scene.s151)
    answer = api_of(scene.reader).post(
        "/api/v1/programmes/abc/imports/", {"file": upload(), "kind": "actual"}, format="multipart"
    )
    assert [one["message"] for one in problems(answer)] == [
        "Only an officer of a partner council can enter its amounts"
    ]
    assert ImportJob.objects.count() == 1


def test_api_starts_tells_confirms_and_cancels(scene):
    api = api_of(scene.finance)
    body = {"file": upload("ICT,Brockvale,2026-27,10.00,"), "kind": "actual"}
    started = api.post("/api/v1/programmes/abc/imports/", body, format="multipart")
    assert (started.status_code, started.json()["state"]) == (201, "waiting")
    address = f"/api/v1/imports/{started.json()['id']}/"
    run_import(started.json()["id"])
    told = api.get(address).json()
    assert (told["state"], told["rows"], told["change_count"]) == ("ready", 1, 1)
    assert api.post(f"{address}confirm/").json()["state"] == "confirmed"
    assert api.post(f"{address}cancel/").json()["state"] == "cancelled"
    assert api.post(f"{address}cancel/").status_code == 400


def test_queries_do_not_grow_with_the_rows(scene):
    found = []
    for months in ("10.00,", "11.00,12.00"):
        job = sent(scene, f"ICT,Brockvale,2026-27,{months}", f"TEAM,Brockvale,2026-27,{months}"[:99])
        with CaptureQueriesContext(connection) as queries:
            run_import(job.pk)
        found.append(len(queries))
    assert found[0] == found[1]

"""Closed months through the pages and the API: who closes, who may still enter, until when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import ActualAmount, CloseException, PeriodClose
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LIST, CLOSE = "/programmes/abc/periods/", "/programmes/abc/periods/close/"
WHY = "The invoice of October came late"
CLOSED = (
    "Brockvale closed October 2026 on 24 November 2026. Enter it in a later month, or ask its section 151 "
    "officer for an exception"
)
CLAIM = {"programme": "abc", "line": "ICT", "council": "brockvale", "fy": 2026, "period": 7, "amount": "7"}


def test_month_is_closed_by_page_and_api_and_takes_no_claim_and_no_reversal(scene):
    claim = scene.claim()
    answer = page_of(scene.finance).post(CLOSE, {"council": scene.brockvale.pk, "month": "2026-7"})
    assert (answer.status_code, answer.url) == (302, LIST)
    sent = {"council": "brockvale", "fy": 2026, "period": 6}
    assert api_of(scene.s151).post("/api/v1/period-closes/", sent).json()["exceptions"] == []
    assert list(PeriodClose.objects.values_list("fy", "period")) == [(2026, 7), (2026, 6)]
    browser, api = page_of(scene.finance), api_of(scene.finance)
    typed = {"line": scene.saving.pk, "council": scene.brockvale.pk, "month": "2026-7", "amount": "7"}
    assert refusals(browser.post("/programmes/abc/claims/new/", typed)) == [CLOSED]
    assert problems(api.post("/api/v1/actual-amounts/", CLAIM)) == [{"field": "period", "message": CLOSED}]
    assert refusals(browser.post(f"/actual-amounts/{claim.pk}/reverse/", {"reason": WHY})) == [CLOSED]
    bulk = {"programme": "abc", "amounts": [CLAIM], "explanation": WHY}
    said = problems(api.post("/api/v1/actual-amounts/bulk/", bulk))
    assert said == [{"field": "amounts.0", "message": CLOSED}]
    assert ActualAmount.objects.count() == 1
    cells = browser.get("/programmes/abc/actuals/").context["form"].rows[0].cells
    assert [cell.cell.locked for cell in cells[5:8]] == ["closed", "closed", "not over"]


def test_exception_names_who_may_enter_until_when(scene):
    close = factories.period_close(scene.brockvale, 2026, 7)
    address = f"{LIST}{close.pk}/exceptions/new/"
    assert page_of(scene.finance).get(address).status_code == 403
    browser = page_of(scene.s151)
    typed = {"user": scene.finance.pk, "until_on": "23 11 2026", "reason": "late"}
    assert refusals(browser.post(address, typed)) == ["The last day of an exception must be today or later"]
    typed["until_on"] = "30 11 2026"
    expected = ["Explain why an exception is made, in at least 10 characters"]
    assert refusals(browser.post(address, typed)) == expected
    assert browser.post(address, typed | {"reason": WHY}).status_code == 302
    assert "B Doyle, until 30 November 2026" in text_of(browser.get(LIST))
    assert api_of(scene.finance).post("/api/v1/actual-amounts/", CLAIM).status_code == 201
    sent = {"user": scene.reader.email, "until_on": "2026-11-30", "reason": WHY}
    said = problems(api_of(scene.s151).post(f"/api/v1/period-closes/{close.pk}/exceptions/", sent))
    message = "Choose an officer who enters the amounts of Brockvale"
    assert said == [{"field": "user", "message": message}]
    sent["user"] = scene.finance.email
    answer = api_of(scene.s151).post(f"/api/v1/period-closes/{close.pk}/exceptions/", sent)
    assert (answer.status_code, len(answer.json()["exceptions"])) == (201, CloseException.objects.count())


def test_month_that_is_not_over_or_closed_already_and_who_may_not_close(scene):
    browser = page_of(scene.finance)
    typed = {"council": scene.brockvale.pk, "month": "2026-8"}
    assert refusals(browser.post(CLOSE, typed)) == ["November 2026 is not over. Close it after its last day"]
    factories.period_close(scene.brockvale, 2026, 7)
    typed["month"] = "2026-7"
    assert refusals(browser.post(CLOSE, typed)) == ["October 2026 is closed already"]
    assert page_of(scene.manager).get(CLOSE).status_code == 403
    sent = {"council": "brockvale", "fy": 2026, "period": 6}
    assert api_of(scene.manager).post("/api/v1/period-closes/", sent).status_code == 403
    assert PeriodClose.objects.count() == 1


def test_number_of_queries_of_the_list_at_one_row_and_at_four(scene):
    browser, found = page_of(scene.s151), []
    for months in ([1], [2, 3, 4]):
        for month in months:
            close = factories.period_close(scene.brockvale, 2026, month)
            CloseException.objects.create(
                close=close, user=scene.finance, until_on="2026-12-01", reason=WHY, entered_by=scene.s151
            )
        with CaptureQueriesContext(connection) as counted:
            browser.get(LIST)
        found.append(len(counted))
    assert found == [11, 11]

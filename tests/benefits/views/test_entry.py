"""The table of entry through the pages: typed, pasted as rows, sent back as a file."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import ActualAmount, ForecastAmount
from core.enums import Channel
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import page_of, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ACTUALS, FORECAST = "/programmes/abc/actuals/", "/programmes/abc/forecast/"
WHY = "The invoice of October came late"


def stored(rows=ActualAmount):
    return list(rows.objects.order_by("pk").values_list("line__ref", "fy", "period", "amount_pence"))


def boxes(browser, address, **changed):
    """The form as it is shown, with some boxes changed."""
    form = browser.get(address).context["form"]
    sent = {cell.box.name: cell.box.value for row in form.rows for cell in row.cells if cell.box}
    return sent | {"seen": form.seen, "why": "", "as_at_on": form.as_at.value} | changed


def test_months_typed_are_claimed_and_what_is_verified_or_not_over_has_no_box(scene):
    scene.claim(500, verified_by=scene.s151)
    browser = page_of(scene.finance)
    sent = boxes(browser, ACTUALS, **{f"a-{scene.cost.pk}-2026-6-6": "1,127.55"})
    names = {name for name in sent if name.startswith(f"a-{scene.saving.pk}-")}
    assert names == {f"a-{scene.saving.pk}-2026-{month}-{month}" for month in range(1, 7)}
    answer = browser.post(ACTUALS, sent)
    assert (answer.status_code, answer.url) == (302, ACTUALS)
    assert stored()[1:] == [("TEAM", 2026, 6, 112_755)]
    assert "1 amount recorded" in text_of(browser.get(ACTUALS))
    browser.post(ACTUALS, boxes(browser, ACTUALS))
    assert len(stored()) == 2


def test_what_cannot_be_is_told_at_its_box_and_everything_typed_stays(scene):
    browser = page_of(scene.finance)
    box = f"a-{scene.saving.pk}-2026-6-6"
    typed = {box: "1.2m", f"a-{scene.saving.pk}-2026-5-5": "7"}
    answer = browser.post(ACTUALS, boxes(browser, ACTUALS, **typed))
    message = "Enter the amount in full using numbers, for example 1,200,000"
    assert refusals(answer) == [f"Lower cost of ICT, September 2026: {message}"]
    assert f'href="#{box}"' in answer.content.decode()
    assert 'value="1.2m"' in answer.content.decode()
    negative = browser.post(ACTUALS, boxes(browser, ACTUALS, **{box: "(5.00)"}))
    message = "Explain why this saving is negative, in at least 10 characters"
    assert refusals(negative) == [f"Lower cost of ICT, September 2026: {message}"]
    assert stored() == []


def test_table_that_was_crossed_is_shown_again_and_corrects_when_it_is_sent_again(scene):
    browser = page_of(scene.finance)
    box = f"a-{scene.saving.pk}-2026-6-6"
    sent = boxes(browser, ACTUALS, **{box: "700", "why": WHY})
    factories.actual(scene.saving, scene.brockvale, 2026, 6, 500, entered_by=scene.s151)
    answer = browser.post(ACTUALS, sent)
    assert answer.status_code == 409
    assert answer.context["form"].stale.differences[0].saved == "5.00"
    sent["seen"] = answer.context["form"].seen
    assert browser.post(ACTUALS, sent).status_code == 302
    assert stored() == [("ICT", 2026, 6, 500), ("ICT", 2026, 6, -500), ("ICT", 2026, 6, 70_000)]


def test_quarters_and_years_of_a_forecast_are_typed_and_held_as_one_snapshot(scene):
    browser = page_of(scene.finance)
    quarters = f"{FORECAST}?every=quarter&fy=2026"
    answer = browser.post(quarters, boxes(browser, quarters, **{f"a-{scene.saving.pk}-2026-10-12": "90"}))
    assert answer.status_code == 302, refusals(answer)
    years = f"{FORECAST}?every=year"
    browser.post(years, boxes(browser, years, **{f"a-{scene.cost.pk}-2026-1-12": "50,000"}))
    expected = [("ICT", 2026, period, 3000) for period in (10, 11, 12)] + [("TEAM", 2026, None, 5_000_000)]
    assert stored(ForecastAmount) == expected
    answer = browser.post(years, boxes(browser, years, as_at_on="31 4 2026"))
    assert refusals(answer) == ["Enter a real date, for example 30 4 2027"]


def test_readers_are_told_why_not_and_other_councils_are_not_there(scene):
    assert page_of(scene.reader).get(ACTUALS).status_code == 403
    assert page_of(scene.finance).get(f"{ACTUALS}?council=ashmere").status_code == 404
    assert [page_of(scene.manager).get(one).status_code for one in (ACTUALS, FORECAST)] == [403, 200]


def sent_rows(*rows, head="Reference,Council,Financial year,July,Quarter 1,Whole year"):
    return "\r\n".join([head, *rows])


def confirmed(browser, address, page, **more):
    """What the button under the preview sends."""
    read = page.context["read"]
    sent = {"confirmed_rows": page.context["rows"], "seen": read.mark, "why": WHY, **more}
    return browser.post(address, sent)


def test_pasted_rows_are_shown_first_and_then_stored_all_or_nothing(scene):
    browser, address = page_of(scene.finance), f"{ACTUALS}import/"
    rows = sent_rows("ICT,Brockvale,2026-27,700,100,", "TEAM,Brockvale,2026-27,(5.00),,")
    page = browser.post(address, {"rows": rows, "why": WHY})
    assert (page.status_code, stored()) == (200, [])
    shown = [(str(one.typed.span), one.before, one.typed.pence) for one in page.context["shown"]]
    assert shown == [
        ("July 2026", None, 70_000),
        ("April to June 2026", None, 10_000),
        ("July 2026", None, -500),
    ]
    assert confirmed(browser, address, page).status_code == 302
    assert sorted(stored()) == [
        ("ICT", 2026, 1, 3334),
        ("ICT", 2026, 2, 3333),
        ("ICT", 2026, 3, 3333),
        ("ICT", 2026, 4, 70_000),
        ("TEAM", 2026, 4, -500),
    ]
    assert {*AuditEvent.objects.values_list("channel", flat=True)} == {Channel.IMPORT}
    again = browser.post(address, {"rows": rows, "why": WHY})
    assert "Nothing would change" in text_of(again)


def test_each_wrong_cell_is_named_and_nothing_is_stored(scene):
    browser, address = page_of(scene.finance), f"{ACTUALS}import/"
    rows = sent_rows(
        "ICT,Brockvale,2026-27,1.2m,,",
        "NONE,Brockvale,2026-27,7,,",
        "ICT,Ashmere,2026-27,7,,",
        "ICT,Dover,2026-27,7,,",
        "TEAM,Brockvale,2026-27,7,,8",
        "TEAM,Brockvale,2026-27,9,,",
        "TEAM,Brockvale,2027-28,,,9",
    )
    page = browser.post(address, {"rows": rows})
    assert (page.status_code, page.context["summary"]) == (
        422,
        "6 of 7 rows have errors. Fix them and upload again. Nothing was imported",
    )
    assert [(one.row, one.column, one.message) for one in page.context["problems"]] == [
        (2, "July", "Enter the amount in full using numbers, for example 1,200,000"),
        (3, "Reference", "There is no line NONE in this programme"),
        (4, "Council", "Only an officer of Ashmere can enter its amounts"),
        (5, "Council", "Dover is not a partner in this programme"),
        (6, "Whole year", "Months add up to £7.00 but the year is £8.00. Change one of them"),
        (7, "Financial year", "There are two entries for 2026 to 2027. Keep one"),
    ]
    page = browser.post(
        address, {"rows": sent_rows("TEAM,Brockvale,2027-28,,,9", "ICT,Brockvale,2026-27,-1,,")}
    )
    assert [(one.row, one.column, one.message) for one in page.context["problems"]] == [
        (2, "Whole year", "Actual date must be today or in the past"),
        (3, "July", "Explain why this saving is negative, in at least 10 characters"),
    ]
    assert stored() == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_own_download_is_sent_back_changed(scene, ending):
    scene.claim(500)
    factories.forecast(scene.programme, date(2026, 11, 1), [(scene.saving, scene.brockvale, 2026, 4, 900)])
    browser = page_of(scene.finance)
    content = b"".join(browser.get(f"{FORECAST[:-1]}.{ending}"))
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
        rows[1][5:7] = ["11.00", "(2.00)"]
        output = io.StringIO()
        csv.writer(output).writerows(rows)
        content = output.getvalue().encode()
    upload = SimpleUploadedFile(f"forecast.{ending}", content)
    page = browser.post(f"{FORECAST}import/", {"file": upload, "why": WHY, "as_at_on": "20 11 2026"})
    changes = [(str(one.typed.span), one.before, one.typed.pence) for one in page.context["read"].changes]
    assert changes == ([("April 2026", None, 1100), ("May 2026", None, -200)] if ending == "csv" else [])


def test_import_that_was_crossed_is_shown_again(scene):
    browser, address = page_of(scene.finance), f"{ACTUALS}import/"
    page = browser.post(address, {"rows": sent_rows("ICT,Brockvale,2026-27,700,,"), "why": WHY})
    scene.claim(1)
    answer = confirmed(browser, address, page)
    assert (answer.status_code, len(stored())) == (409, 1)
    assert confirmed(browser, address, answer).status_code == 302


@pytest.mark.parametrize(("address", "queries"), [(ACTUALS, 13), (FORECAST, 12)])
def test_number_of_queries_at_one_row_and_at_three(scene, address, queries):
    browser = page_of(scene.finance)
    found = []
    for more in range(2):
        for _ in range(3 * more):
            line = factories.LineFactory(programme=scene.programme)
            factories.actual(line, scene.brockvale, 2026, 6, 500, entered_by=scene.finance)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            browser.get(address)
        found.append(len(counted))
    assert found == [queries, queries]

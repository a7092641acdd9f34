"""The pages of reports: who reads what, a draft on its way to an edition, downloads, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.exports.tables import Format
from core.models import ExemptAccess
from core.publishing.content import Content, Figures, Head, Section
from governance.actions.reporting.publishing import run_publishing
from governance.enums import ReportState
from governance.models import Edition, PublishingJob, Report
from governance.queries.reporting.drafts import draft_content
from tests import factories
from tests.benefits.scene import page_of, refusals
from tests.governance.reports.scene import ReportScene
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LIST = "/programmes/abc/reports/"


def test_report_is_begun_written_checked_signed_and_read(scene: ReportScene):
    manager, sro = page_of(scene.people["manager"]), page_of(scene.people["sro"])
    manager.post(f"{LIST}new/", {"as_of_on": "31 10 2026", "council": ""})
    address = Report.objects.get().get_absolute_url()
    long = {"as_of_on": "31 10 2026", "summary": "word " * 251, "seen_version": "1"}
    said = refusals(manager.post(f"{address}update/", long))
    assert said == ["Summary must be 250 words or less. It has 251"]
    assert "Say whether there are any dis-benefits" in text_of(sro.get(f"{address}check/"))
    sign = {"seen_version": "1", "reason": ""}
    assert refusals(sro.post(f"{address}publish/", sign)) == ["Say whether there are any dis-benefits"]
    texts = {
        "as_of_on": "31 10 2026",
        "summary": "It goes well.",
        "disbenefits": "None.",
        "seen_version": "1",
    }
    assert "Left empty, the summary says: " in text_of(manager.get(f"{address}update/"))
    assert manager.post(f"{address}update/", texts).status_code == 302
    assert "Left empty, the summary" not in text_of(manager.get(f"{address}update/"))
    assert "It goes well." in text_of(sro.get(f"{address}preview/"))
    assert sro.post(f"{address}publish/", sign | {"seen_version": "2"}).status_code == 302
    job = PublishingJob.objects.get()
    assert "Waiting to be published." in text_of(manager.get(job.get_absolute_url()))
    assert f'href="{job.get_absolute_url()}">Waiting to be published' in manager.get(LIST).content.decode()
    run_publishing(job.pk)
    assert "Read edition 1" in text_of(manager.get(job.get_absolute_url()))
    edition = Edition.objects.get()
    reader = page_of(scene.people["reader"])
    page = text_of(reader.get(edition.get_absolute_url()))
    assert ("It goes well." in page, "Open the exempt version" in page) == (True, False)
    answer = reader.post(f"{edition.get_absolute_url()}download/", {"format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="abc-benefits-report-1.zip"'
    table = reverse("governance:edition_table", args=[edition.pk, "questions"])
    assert f'href="{table}"' in reader.get(edition.get_absolute_url()).content.decode()
    assert b"".join(reader.get(table)).startswith(b"Question,Answer\r\nWas the target met?")
    exempt = f"{edition.get_absolute_url()}exempt/"
    assert [reader.get(exempt).status_code, sro.get(exempt).status_code] == [403, 302]
    sro.post(f"{exempt}open/")
    assert "exempt version" in text_of(sro.get(exempt))
    pair = text_of(reader.get(f"{edition.get_absolute_url()}compare/{edition.pk}/"))
    assert "Nothing differs." in pair


def test_pages_take_the_same_queries_for_one_row_and_three(scene: ReportScene):
    content = draft_content(factories.ReportFactory.build(programme=scene.programme), number=1)
    draft = scene.write(scene.draft()).get_absolute_url()
    browser, counts = page_of(scene.people["sro"]), []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            report = factories.ReportFactory(programme=scene.programme, state=ReportState.WITHDRAWN)
            edition = factories.edition_of(report, number, open=content)
            factories.MilestoneFactory(programme=scene.programme)
            scene.write(Report.objects.drafts().get(), summary=f"As of edition {number}.")
        own = edition.get_absolute_url()
        for address in (LIST, draft, f"{draft}check/", own, f"{own}compare/{edition.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:5] == counts[5:] == [10, 13, 53, 11, 9]
    first = Edition.objects.get(number=1)
    pages = (f"{first.get_absolute_url()}compare/{edition.pk}/", f"{own}compare/{first.pk}/")
    assert all("From edition 1 to edition 3" in text_of(browser.get(page)) for page in pages)


def test_two_editions_are_compared_in_pounds_and_their_exempt_versions_only_by_who_may_open_both(
    scene: ReportScene,
):
    heads = (Head("Council"), Head("Saving", Format.MONEY), Head("Begins", Format.DATE))

    def content(pence: int, day: str) -> Content:
        figures = Figures("t", "Savings", "£", heads, (("Ashmere", pence, day),))
        return Content("Report", "", (), (Section("3", "Savings", (figures,)),))

    shown = [
        factories.edition_of(
            factories.ReportFactory(programme=scene.programme),
            number,
            open=content(number * 1_200_050, f"2026-10-{number:02d}"),
            exempt=content(number * 7_700_000, "2026-10-31"),
        )
        for number in (1, 2)
    ]
    address = f"{shown[1].get_absolute_url()}compare/{shown[0].pk}/"
    reader, sro = page_of(scene.people["reader"]), page_of(scene.people["sro"])
    page = text_of(reader.get(address))
    told = ("12,000.50 24,001.00 +12,000.50 £12,000.50 more", "1 October 2026 2 October 2026 1 day later")
    assert [said in page for said in (*told, "exempt", "77,000")] == [True, True, False, False]
    lines = b"".join(reader.get(f"{address}differences.csv")).decode().splitlines()
    assert lines[1].endswith('12000.50,24001.00,12000.50,[z],"£12,000.50 more"')
    exempt = f"{address}exempt/"
    for refused in (reader.get(exempt), *(reader.post(f"{exempt}{way}/") for way in ("open", "download"))):
        assert refused.status_code == 403
    assert (sro.get(exempt).status_code, ExemptAccess.objects.count()) == (302, 0)
    assert "Compare the exempt versions" in text_of(sro.get(address))
    sro.post(f"{exempt}open/")
    assert "77,000.00 154,000.00 +77,000.00 £77,000 more" in text_of(sro.get(exempt))
    file = sro.post(f"{exempt}download/")
    assert (b"77000.00" in b"".join(file), file["Cache-Control"]) == (True, "private, no-store")
    assert ExemptAccess.objects.count() == 4


def test_command_publishes_the_draft_and_writes_the_same_files_twice(scene: ReportScene, tmp_path: Path):
    folders = [tmp_path / "first", tmp_path / "second"]
    asked = ["--programme", "abc", "--as-of", "2026-10-31", "--by", scene.people["sro"].email]
    with pytest.raises(CommandError, match="There is no edition and no draft as recorded on 31 October 2026"):
        call_command("publish_edition", *asked, "--output", str(folders[0]))
    report = scene.draft()
    with pytest.raises(CommandError, match="Say whether there are any dis-benefits"):
        call_command("publish_edition", *asked, "--output", str(folders[0]))
    scene.write(report)
    for folder in folders:
        call_command("publish_edition", *asked, "--output", str(folder))
    written = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert (list(written[0]), written[0] == written[1]) == (["abc-benefits-report-1.zip"], True)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"programme": "ab"}, "There is no programme with the key ab. The nearest: abc"),
        ({"as_of": "2026-11-25"}, "--as-of 2026-11-25 is in the future"),
        ({"council": "brockvile"}, "No council with the key brockvile belongs to .+ The nearest: brockvale"),
        ({"output": "FILE"}, "is a file. Give a folder for --output"),
        ({"as_of": "2026-10-30"}, "30 October 2026. There is: draft of 31 October 2026"),
        ({"council": "ashmere"}, "31 October 2026. Begin a draft"),
    ],
)
def test_command_says_what_is_wrong_with_what_is_asked(
    scene: ReportScene, tmp_path: Path, asked: dict[str, str], said: str
):
    scene.write(scene.draft())
    (tmp_path / "FILE").touch()
    right = {"programme": "abc", "as_of": "2026-10-31", "output": "out"}
    options = {**right, **asked}
    with pytest.raises(CommandError, match=said) as refused:
        call_command("publish_edition", **{**options, "output": str(tmp_path / options["output"])})
    assert (refused.value.returncode, Edition.objects.count()) == (2, 0)

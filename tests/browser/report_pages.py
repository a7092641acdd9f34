"""The pages of benefits reports that a browser looks at; rows that are missing are made."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from governance.enums import PublishingState
from governance.models import Bulletin, PublishingJob, Report
from programme.models import Programme
from tests.browser.page_case import PageCase

SRO = RoleName.SRO


def _report() -> Report:
    programme = Programme.objects.get(key=KEY)
    by = {"created_by": programme.created_by, "updated_by": programme.created_by}
    found = Report.objects.drafts().filter(programme=programme, council=None).first()
    return found or Report.objects.create(programme=programme, as_of_on=date(2026, 10, 31), **by)


def _draft() -> dict[str, Any]:
    return {"pk": _report().pk}


def _job() -> dict[str, Any]:
    report = _report()
    ended = report.jobs.first() or PublishingJob.objects.create(
        report=report, created_by=report.created_by, state=PublishingState.CANCELLED
    )
    return {"pk": ended.pk}


def _bulletin() -> dict[str, Any]:
    programme = Programme.objects.get(key=KEY)
    by = {"created_by": programme.created_by, "updated_by": programme.created_by}
    month = {"programme": programme, "month_on": date(2026, 10, 1)}
    found = Bulletin.objects.drafts().filter(**month).first()
    return {"pk": (found or Bulletin.objects.create(**month, **by)).pk}


PAGES = [
    PageCase("governance:bulletin_update", _bulletin, role=SRO),
    PageCase("governance:report_detail", _draft, role=SRO),
    PageCase("governance:report_check", _draft, role=SRO),
    PageCase("governance:publishing_detail", _job, role=SRO),
]
FILES = frozenset(
    {
        "governance:all_bulletins_csv",
        "governance:edition_download",
        "governance:edition_compare_csv",
        "governance:edition_compare_exempt_csv",
        "governance:edition_compare_exempt_open",
        "governance:edition_exempt_open",
        "governance:edition_table",
        "governance:publishing_cancel",
        "governance:publishing_retry",
        "governance:sent_bulletin_file",
    }
)
# Of the general form, of the document that the public page shows, or tables like those above.
ALIKE = frozenset(
    {
        "governance:all_bulletins_list",
        "governance:bulletin_create",
        "governance:bulletin_detail",
        "governance:bulletin_list",
        "governance:bulletin_send",
        "governance:bulletin_withdraw",
        "governance:sent_bulletin_correct",
        "governance:sent_bulletin_detail",
        "governance:edition_compare",
        "governance:edition_compare_exempt",
        "governance:edition_correct",
        "governance:edition_detail",
        "governance:edition_exempt",
        "governance:report_addition_create",
        "governance:report_addition_update",
        "governance:report_create",
        "governance:report_list",
        "governance:report_preview",
        "governance:report_publish",
        "governance:report_update",
        "governance:report_withdraw",
    }
)

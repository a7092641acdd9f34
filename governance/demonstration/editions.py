"""The benefits report of the demonstration: one edition published, open to everybody, and the next in draft;
then its monthly bulletins.

Nothing is made here by hand: each step is the action that people take, by the person who may take it.
"""

from __future__ import annotations

from datetime import date

from accounts.models import User
from core.clock import today
from core.enums import Channel
from core.rules.calendar import period_end
from governance.actions.open_publication import set_open_page
from governance.actions.reporting.drafts import NewReport, ReportTexts, edit_report, start_report
from governance.actions.reporting.publishing import run_publishing, start_publishing
from governance.demonstration.bulletins import send_demonstration_bulletins
from governance.demonstration.golden import KEY
from governance.demonstration.people import J_PRICE, PRIYA_RAMAN, SAM_OKAFOR, Person
from governance.demonstration.timing import Timing
from governance.models import Edition, OpenPage, Report
from programme.models import Programme

WHY = "So that residents of the three councils can read what was promised and what was saved"
_REQUEST = (
    "Test whether Carrick’s records will be ready when revenues and benefits move, and whether what the "
    "other two councils pay Carrick is fair to all three."
)
_DISBENEFITS = (
    "Staff who change office travel longer. The councils agreed a limit of 31 minutes on average, and each "
    "council’s head of people asks every spring whether it is kept."
)
_HARMONISATION = (
    "Ashmere, Brockvale and Carrick have compared pay and terms and have agreed nothing with the unions yet. "
    "Nothing is in force."
)
_NEXT = "After the end of the next quarter, before the joint scrutiny group meets"
_NARRATIVES = {"16": "Each council’s committee dates go into the plan before any date of a decision does."}


def publish_demonstration(as_of: date | None = None) -> list[str]:
    """Publish the first edition, open it to everybody, begin the next, then the bulletins; what was done.

    Goes on where it was stopped. Does nothing once the public page was on, where people have begun reports of
    their own, where the demonstration is not loaded, or lives on a day to come. Making every file takes some
    twenty seconds of a processor.
    """
    day = as_of or today()
    programme = Programme.objects.filter(key=KEY).select_related("partnership").first()
    if programme is None or day > today():
        return []
    reports = list(Report.objects.filter(programme=programme)[:2])
    if not reports:
        _publish(programme, period_end(*Timing(day).last_month))
    edition = Edition.objects.filter(programme=programme).first()
    if edition is None or len(reports) > 1 or OpenPage.objects.filter(programme=programme).exists():
        return []
    _open(programme, edition)
    draft = _begin(programme, day)
    return [
        f"Published {edition}, open to everybody",
        f"Began a draft: {draft}",
        *send_demonstration_bulletins(programme, day),
    ]


def _publish(programme: Programme, day: date) -> None:
    """The edition to the end of the last month returned: drafted by the manager, signed by the owner."""
    report = _begin(programme, day)
    job = start_publishing(
        report,
        by=_who(SAM_OKAFOR),
        seen_version=report.version,
        deliver=lambda pk: None,
        reason="What is not verified is said in the summary",
        channel=Channel.TASK,
    )
    run_publishing(job.pk)


def _open(programme: Programme, edition: Edition) -> None:
    set_open_page(
        programme,
        by=_who(J_PRICE),
        seen_version=0,
        is_on=True,
        why=WHY,
        seen_edition=edition.number,
        has_looked=True,
        channel=Channel.TASK,
    )


def _begin(programme: Programme, day: date) -> Report:
    manager = _who(PRIYA_RAMAN)
    report = start_report(programme, by=manager, new=NewReport(day), channel=Channel.TASK)
    texts = ReportTexts(
        day,
        request=_REQUEST,
        disbenefits=_DISBENEFITS,
        harmonisation=_HARMONISATION,
        next_report=_NEXT,
        narratives=_NARRATIVES,
    )
    return edit_report(report, by=manager, seen_version=report.version, texts=texts, channel=Channel.TASK)


def _who(person: Person) -> User:
    return User.objects.get(email=person.email)

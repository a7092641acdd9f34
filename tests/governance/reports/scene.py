"""A programme with a report that is ready to be signed, and the people who work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import Line
from governance.actions.reporting.drafts import NewReport, ReportTexts, edit_report, start_report
from governance.actions.reporting.publishing import run_publishing, start_publishing
from governance.models import Edition, PublishingJob, Report
from programme.models import Programme
from tests import factories
from tests.benefits.scene import make_scene

AS_OF = date(2026, 10, 31)
SAID = {"disbenefits": "None reported.", "harmonisation": "Ashmere: compared.", "next_report": "In May 2027"}


@dataclass
class ReportScene:
    """The rows that tests name."""

    programme: Programme
    people: dict[str, User]
    saving: Line

    def claim(self, *, verified_pence: int, claimed_pence: int) -> None:
        """Cash that Brockvale has saved by September, as far as it is verified and as far as it is not."""
        council = self.programme.partnership.councils.get(key="brockvale")
        claimed = {"entered_by": self.people["finance"], "entered_at": datetime(2026, 10, 5, 9, tzinfo=UTC)}
        factories.actual(
            self.saving, council, 2026, 5, verified_pence, verified_by=self.people["s151"], **claimed
        )
        factories.actual(self.saving, council, 2026, 6, claimed_pence, **claimed)

    def draft(self, **fields: Any) -> Report:
        """A joint draft that the programme manager has begun."""
        return start_report(self.programme, by=self.people["manager"], new=NewReport(AS_OF, **fields))

    def write(self, report: Report, by: str = "sro", **texts: Any) -> Report:
        """The same with texts that suffice, or these."""
        written = ReportTexts(report.as_of_on, **{**SAID, "what_changed": report.what_changed, **texts})
        return edit_report(report, by=self.people[by], seen_version=report.version, texts=written)

    def sign(self, report: Report, told: list[int] | None = None) -> PublishingJob:
        """Its publication, begun by the senior responsible owner."""
        deliver = [].append if told is None else told.append
        return start_publishing(report, by=self.people["sro"], seen_version=report.version, deliver=deliver)

    def publish(self, report: Report) -> Edition:
        """The edition that it becomes."""
        run_publishing(self.sign(report).pk)
        return Edition.objects.get(report=report)


def report_scene() -> ReportScene:
    """The programme of the benefits scene with everybody whom section 5 names."""
    scene = make_scene()
    partnership, ashmere = scene.programme.partnership, scene.councils[0]
    people = {"manager": scene.manager, "finance": scene.finance, "s151": scene.s151, "reader": scene.reader}
    for name, role, place in (
        ("sro", RoleName.SRO, {"partnership": partnership}),
        ("auditor", RoleName.AUDITOR, {"partnership": partnership}),
        ("lead", RoleName.COUNCIL_LEAD, {"council": ashmere}),
        ("monitoring", RoleName.MONITORING_OFFICER, {"council": ashmere}),
    ):
        people[name] = factories.UserFactory(name=name.title())
        factories.role(people[name], role, **place)
    return ReportScene(scene.programme, people, scene.saving)

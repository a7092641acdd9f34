"""A joint committee of three councils with two members each, its officers, and a meeting that was held."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import RoleName
from accounts.models import User
from governance.actions.agenda import Item, add_item
from governance.actions.meetings import Arrangements, plan_meeting, record_attendance
from governance.enums import Attending, Authority, BodyType
from governance.models import AgendaItem, Body, BodyMember, BodySeat, Meeting
from programme.models import Council, Programme
from tests import factories
from tests.governance import rows

NOW = "2026-11-24 12:00:00+00:00"
HELD_AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
COMING_AT = datetime(2027, 1, 20, 18, tzinfo=UTC)
NAMES = ("A Hart", "B Moss", "C Bell", "D Noor", "E Dean", "F Hale")
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


@dataclass
class MeetingScene:
    """The rows that tests name."""

    programme: Programme
    councils: list[Council]
    body: Body
    members: list[BodyMember]
    manager: User
    clerk: User
    reader: User

    def plan(self, at: datetime = COMING_AT) -> Meeting:
        """A meeting of the committee."""
        return plan_meeting(self.body, by=self.manager, arrangements=Arrangements(at, "Town Hall"))

    def hold(self, *, absent: tuple[int, ...] = (), chair: int | None = 0) -> Meeting:
        """A meeting that was held, with all present but those in `absent`."""
        return self.came(self.plan(HELD_AT), absent=absent, chair=chair)

    def came(self, meeting: Meeting, *, absent: tuple[int, ...] = (), chair: int | None = 0) -> Meeting:
        """The same meeting with who came."""
        states = {
            member.pk: Attending.APOLOGIES if index in absent else Attending.PRESENT
            for index, member in enumerate(self.members)
        }
        return record_attendance(
            meeting,
            by=self.manager,
            seen_version=meeting.version,
            states=states,
            chaired_by=None if chair is None else self.members[chair],
        )

    def item(self, meeting: Meeting, title: str = "Budget", **fields: Any) -> AgendaItem:
        """An item of a meeting."""
        return add_item(meeting, by=self.manager, item=Item(title, **fields))

    def votes(self, *choices: str) -> dict[int, str]:
        """How the first members vote, in their order."""
        return {member.pk: choice for member, choice in zip(self.members, choices, strict=False) if choice}


def meeting_scene(**terms: Any) -> MeetingScene:
    """A committee with a quorum of three, one from each council, and no casting vote; or other `terms`."""
    programme = rows.programme_of()
    councils = rows.members(programme)
    body = factories.BodyFactory(
        partnership=programme.partnership,
        name="Joint committee",
        type=BodyType.JOINT_COMMITTEE,
        authority=Authority.DECIDES,
        **{"quorum_total": 3, "quorum_per_council": 1, **terms},
    )
    BodySeat.objects.bulk_create(BodySeat(body=body, council=council, seats=2) for council in councils)
    by = programme.created_by
    members = [
        BodyMember.objects.create(
            body=body, council=councils[index // 2], name=name, from_on=date(2026, 5, 1),
            is_executive_member=True, created_by=by, updated_by=by,
        )
        for index, name in enumerate(NAMES)
    ]  # fmt: skip
    manager, clerk = factories.UserFactory(name="Priya"), factories.UserFactory(name="Clerk")
    factories.role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    factories.role(clerk, RoleName.DEMOCRATIC_SERVICES, council=councils[1])
    return MeetingScene(programme, councils, body, members, manager, clerk, rows.reader_of(programme))


def pdf_file(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def package(parts: dict[str, bytes]) -> bytes:
    """A zip package of parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()

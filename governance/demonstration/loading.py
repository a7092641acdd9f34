"""Loads the demonstration: the casebook of real partnerships, the golden programme and its people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction

from accounts.actions.system_user import system_user
from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal
from governance.casefiles.files import read_files
from governance.casefiles.loading import load_documents
from governance.casefiles.reading import read_document
from governance.demonstration.agendas import put_agendas
from governance.demonstration.golden import KEY, golden_case
from governance.demonstration.meetings import hold_meetings, remember_forecasts, remember_registers
from governance.demonstration.people import ALSO_READ, STRANGER, open_accounts
from governance.demonstration.timing import Timing
from governance.demonstration.writing import case_bytes
from programme.models import Council, Partnership, Programme

GOLDEN_NAME = "golden programme"


def is_loaded() -> bool:
    """Whether the demonstration is in the database. One query."""
    return Programme.objects.filter(key=KEY).exists()


@transaction.atomic
def load_demonstration(casebook: Path, as_of: date) -> list[str]:
    """Load everything and say what was loaded; nothing at all where it is loaded already.

    Refuses a database in which people have accounts of their own.
    """
    if is_loaded():
        return []
    _check_nobody_works_here()
    documents = read_files([str(path) for path in sorted(casebook.glob("*.yaml"))]).documents
    golden = read_document(GOLDEN_NAME, case_bytes(golden_case(as_of)))
    report = load_documents([*documents, golden], as_of=as_of)
    _open_accounts(as_of)
    programme = Programme.objects.get(key=KEY)
    hold_meetings(programme, Timing(as_of))
    remember_forecasts(programme, Timing(as_of))
    remember_registers(programme, Timing(as_of))
    put_agendas(programme, Timing(as_of))
    return [f"{Path(file.name).name}: {file.title}" for file in report.files]


def _check_nobody_works_here() -> None:
    """Refuse where someone can sign in who is not of the demonstration."""
    people = User.objects.filter(is_demonstration=False, is_active=True)
    if any(person.has_usable_password() for person in people):
        raise Refusal(
            "This database holds people’s own accounts, so the demonstration is not loaded into it. "
            "Choose another database with DATABASE_URL or DATA_DIR"
        )


def _open_accounts(as_of: date) -> None:
    """Let the demonstration's people sign in, each noted in the audit trail."""
    council = Council.objects.get(key=STRANGER.council)
    also_read = Partnership.objects.get(key=ALSO_READ)
    for user in open_accounts(Timing(as_of).calendar(date(2025, 4, 1)), council, also_read):
        audit.record(
            user,
            by=system_user(),
            action="open_demonstration_account",
            channel=Channel.IMPORT,
            after={"is_demonstration": True},
        )

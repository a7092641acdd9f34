"""The loaded demonstration: what is in it, who can sign in, and that a second load changes nothing."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.enums import StatedSection
from core.models import AuditEvent
from governance.actions.reporting import publishing
from governance.casefiles.loading import load_documents
from governance.casefiles.published import published_case
from governance.casefiles.reading import read_document
from governance.demonstration.editions import publish_demonstration
from governance.demonstration.golden import KEY, NAME, golden_case
from governance.demonstration.people import PASSWORD, PEOPLE, STRANGER, demonstration_sign_ins
from governance.demonstration.timing import ANCHOR
from governance.demonstration.writing import case_bytes
from governance.enums import FileFormat
from governance.models import SentBulletin
from governance.queries.bulletins import told_of
from governance.queries.open_publication.editions import OpenEdition, public_edition
from programme.models import GateReview, Partnership, Programme
from programme.queries.assurance.lessons import lessons_for_gate
from tests import factories

CASES = [
    "breckland_south_holland",
    "bromsgrove_redditch",
    "chiltern_south_bucks",
    "east_kent",
    "huntingdonshire_cambridgeshire",
    "pannel",
    "south_hams_west_devon",
    "south_oxfordshire_vale",
    "twenty20",
]


def counts() -> dict[str, int]:
    """Rows in every table."""
    return {model._meta.label: model.objects.count() for model in apps.get_models()}  # type: ignore[attr-defined]


def test_all_nine_cases_and_the_golden_programme_are_loaded(demonstration: list[str], db: None) -> None:
    keys = sorted(Programme.objects.values_list("key", flat=True))
    assert keys == [KEY, *CASES]
    assert demonstration[-1] == "golden programme: Ashmere, Brockvale and Carrick shared services"
    assert len(demonstration) == 11


def test_second_run_changes_nothing_and_is_quick(
    demonstration: list[str], db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = counts()
    out = StringIO()
    with django_assert_num_queries(3):  # one look, within a savepoint
        call_command("load_demonstration", no_edition=True, stdout=out)
    said = out.getvalue().splitlines()
    assert said == ["The demonstration is loaded already. Nothing was changed"]
    assert counts() == before


def test_golden_file_loaded_again_changes_nothing(demonstration: list[str], db: None) -> None:
    before = counts()
    document = read_document("golden.yaml", case_bytes(golden_case(ANCHOR)))
    report = load_documents([document], as_of=ANCHOR)
    assert [list(file.lines())[1:] for file in report.files] == [["  No change"]]
    assert counts() == before


@pytest.mark.parametrize("sign_in", demonstration_sign_ins(), ids=lambda row: row[0])
def test_each_printed_person_can_sign_in_and_holds_the_role(
    demonstration: list[str], db: None, sign_in: tuple[str, str, str, str]
) -> None:
    role, name, email, password = sign_in
    user = authenticate(HttpRequest(), username=email, password=password)
    assert isinstance(user, User)
    assert (user.name, user.is_demonstration) == (name, True)
    assert {held.get_role_display() for held in RoleHeld.objects.held_by(user).current(ANCHOR)} == {role}


def test_nobody_else_can_sign_in(demonstration: list[str], db: None) -> None:
    printed = {email for _, _, email, _ in demonstration_sign_ins()}
    can = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert can == printed | {STRANGER.email}
    assert can == set(User.objects.filter(is_demonstration=True).values_list("email", flat=True))
    assert {person.email for person in PEOPLE} <= set(User.objects.values_list("email", flat=True))
    opened = AuditEvent.objects.filter(action="open_demonstration_account")
    assert opened.count() == len(can)


def test_people_see_their_own_partnerships(demonstration: list[str], db: None) -> None:
    def seen(email: str) -> list[str]:
        user = User.objects.get(email=email)
        return sorted(Partnership.objects.visible_to(user).values_list("key", flat=True))

    assert seen("priya.raman@ashmere.example") == [KEY, "south_oxfordshire_vale"]
    assert seen("i.fry@audit.example") == [KEY, "south_oxfordshire_vale"]
    assert seen("m.hart@ashmere.example") == [KEY]
    assert seen(STRANGER.email) == ["breckland_south_holland"]
    assert seen("a.reed@concordat.example") == []


def test_password_is_refused_outside_its_form(demonstration: list[str], db: None) -> None:
    assert authenticate(HttpRequest(), username=STRANGER.email, password=PASSWORD.lower()) is None


def test_first_report_is_published_opened_and_followed_by_a_draft(
    demonstration: list[str], db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one file alone: tests/governance/reports tries them all."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(publishing, "FileFormat", (FileFormat.CSV,))
    assert publish_demonstration(ANCHOR) == [
        f"Published Edition 1 of the benefits report of {NAME}, open to everybody",
        f"Began a draft: Benefits report of {NAME} to 24 November 2026",
        f"Sent Bulletin 1 of {NAME}, September 2026",
        f"Began a draft: Bulletin of {NAME}, October 2026",
    ]
    assert told_of(SentBulletin.objects.get()).inboxes == 3
    found = public_edition(KEY)
    assert found is not None
    assert (found.edition.as_of_on, [one.form for one in found.files]) == (
        date(2026, 10, 31),
        [FileFormat.CSV],
    )
    assert publish_demonstration(ANCHOR) == []
    check_case_for_others(found)


def check_case_for_others(found: OpenEdition) -> None:
    """It names nobody, loads beside what it is of, and its lessons are offered to who may read it."""
    content = published_case(found)
    told = content.decode().lower()
    assert [one.name for one in PEOPLE if one.name.removeprefix("Cllr ").lower() in told] == []
    assert "exempt" not in told
    load_documents([read_document("case.yaml", content)], as_of=ANCHOR)
    loaded = Programme.objects.get(key=f"{KEY}-published")
    rows = {name: getattr(loaded, name).count() for name in ("milestones", "lessons", "decisions")}
    assert rows == {"milestones": 26, "lessons": 4, "decisions": 2}
    stated = loaded.stated_figures.filter(counts_in_total=True, section=StatedSection.SAVING)
    assert sum(one.amount_pence or 0 for one in stated) == 480_000_00  # a year, from domain.md 4.9
    reader = factories.UserFactory()
    for partnership in (loaded.partnership, found.programme.partnership):
        factories.role(reader, RoleName.AUDITOR, partnership=partnership)
    review = GateReview.objects.get(programme=found.programme, ref="GR-02")
    offered = [one.ref for one in lessons_for_gate(review, reader) if one.programme_id == loaded.pk]
    assert offered == ["LN-1"]  # it is about this gate; a general one stays in its partnership

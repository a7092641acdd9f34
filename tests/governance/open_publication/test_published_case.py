"""A case for other councils: what an open edition says, without people, for who may make it public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import RoleName
from core.exports.tables import Format
from core.publishing.content import Content, Figures, Head, Section
from core.rules.calendar import format_date
from governance.casefiles.loading import load_documents
from governance.casefiles.loading.councils import AS_HERE
from governance.casefiles.of_others import NOT_READ, OTHER_CASE, OWN_KEY, SECTIONS
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.published import LEFT_OUT, case_to_keep, published_fields
from governance.casefiles.reading import read_document
from governance.casefiles.schema import FORMAT_VERSION
from governance.queries.open_publication.editions import previewed_edition
from programme.models import Membership, Programme
from programme.queries.published_cases import published_cases
from programme.rules.reference_class import HistoryMeasure, reference_class
from tests import factories
from tests.governance.open_publication.opened import open_edition
from tests.refusals.asking import everything_stored

pytestmark = pytest.mark.django_db


def content(programme: Programme) -> Content:
    """A lesson that names a person, one that counts three, one that says neither, and a small number."""
    lessons = Figures(
        "lessons",
        "What was learnt",
        "",
        (Head("Reference"), Head("Lesson"), Head("What to do differently"), Head("About")),
        (
            ("L-1", "Ask Pat Lane before you plan", "[z]", "Every review"),
            ("L-2", "It took 3 staff", "[z]", "Every review"),
            ("L-3", "Test early", "Test a sample", "Gate 4: readiness for service"),
        ),
    )
    first, second = (str(one) for one in factories.councils_of(programme)[:2])
    heads = (Head("What is counted"), Head(first, Format.NUMBER), Head(second, Format.NUMBER))
    posts = Figures("posts", "Posts removed", "", heads, (("Posts removed", "[c]", 7),))
    sections = (Section("13", "People", (posts,)), Section("16", "Lessons and next steps", (lessons,)))
    return Content("Benefits report", "Open version", (("Councils", f"{first}, {second}"),), sections)


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeFactory()
    factories.role(factories.UserFactory(name="Pat Lane"), RoleName.MEMBER, partnership=made.partnership)
    return made


def test_people_and_small_numbers_are_left_out_and_it_says_so(programme: Programme) -> None:
    open_edition(programme, content(programme))
    found = previewed_edition(programme)
    assert found is not None
    fields: dict[str, Any] = published_fields(found.edition, found.content)
    assert [(one["id"], one["change"], one["gate"]) for one in fields["lessons"]] == [
        ("L-3", "Test a sample", 4)
    ]
    second = factories.councils_of(programme)[1].key
    assert [one["value"] for one in fields["context"]] == [{second: 7}]
    assert [one["text"] for one in fields["ambiguities"]] == [LEFT_OUT.format("2 rows", "are")]
    assert set(fields) <= SECTIONS


def test_title_that_reads_like_a_missing_value_stops_no_publication(programme: Programme) -> None:
    heads = (Head("Reference"), Head("Milestone"), Head("Current plan"), Head("Achieved on"))
    rows = (("M-1", "[x]", "[z]", "[z]"),)
    sections = (Section("9", "Milestones", (Figures("milestones", "", "", heads, rows),)),)
    said = Content("R", "Open", (("Councils", ""),), sections)
    fields: dict[str, Any] = published_fields(open_edition(programme, said), said)
    assert [(one["id"], one["label"]) for one in fields["milestones"]] == [("M-1", "[x]")]


def test_case_of_an_early_edition_says_whose_names_it_uses(client: Client, programme: Programme) -> None:
    open_edition(programme, content(programme))
    url = reverse("governance:open_case", args=[programme.key, 7])
    before = client.get(url).content
    assert (before.count(b"status: active"), b"id: as-now" in before) == (2, True)
    councils = factories.councils_of(programme)
    service = factories.ServiceFactory(programme=programme, name="Children in care", status="shared")
    factories.ServiceCouncilFactory(service=service, council=councils[0])
    Membership.objects.filter(council=councils[1]).update(status="left")
    assert client.get(url).content == before


def test_loaded_elsewhere_it_is_a_case_to_compare_with_for_who_may_read_it(programme: Programme) -> None:
    names = [str(one) for one in factories.councils_of(programme)]
    titles = ("Original plan", "Current plan", "Verified")
    heads = (Head("Financial year"), *(Head(one, Format.MONEY) for one in titles))
    years = (("2025 to 2026", 200_00, 250_00, 150_00), ("2026 to 2027", 300_00, 400_00, 10_00))
    tables = [
        Figures(f"council-{one.key}", "", "£", heads, years) for one in factories.councils_of(programme)
    ]
    lines = (Head("Line"), Head("Kind"), Head("Current plan", Format.MONEY))
    tables.append(Figures("cost-lines", "", "£", lines, (("Team", "One-off cost", 600_00),)))
    said = Content("R", "Open", (("Councils", ", ".join(names)),), (Section("4", "By council", (*tables,)),))
    edition = open_edition(programme, said)
    reader, stranger = factories.UserFactory.create_batch(2)
    file = read_document("case.yaml", case_to_keep(edition, said).encode())
    report = load_documents([file], as_of=edition.as_of_on)
    assert report.files[0].refused == []  # every section that is written is read, and no council differs
    loaded = Programme.objects.get(key__endswith="-published")
    factories.role(reader, RoleName.AUDITOR, partnership=loaded.partnership)
    assert published_cases(reader) == []  # it is this installation's own
    Programme.objects.filter(pk=programme.pk).update(key="other")
    assert published_cases(stranger) == []
    found = {one.measure.value: one for one in published_cases(reader)}
    assert {name: (one.words, one.counts) for name, one in found.items()} == {
        "time_to_live": ("", False),
        "realised": ("at least 75.0%", True),
        "payback": ("6 months", False),
        "yearly_saving": ("at least £150", True),
    }
    told = found["realised"]
    assert (
        told.worked == f"£{150 * len(names)} verified for 2025 to 2026, £{200 * len(names)} planned at first"
    )
    assert told.found_in == f"{edition}, as recorded on {format_date(edition.as_of_on)}"
    assert told.caveat.startswith(
        f"As published by {loaded.partnership.name}, not checked against its papers."
    )
    whole = reference_class(told.measure, more=published_cases(reader))
    assert [one.case for one in whole.counted] == ["breckland_south_holland", loaded.key]
    saved = reference_class(HistoryMeasure.YEARLY_SAVING, more=published_cases(reader))
    assert saved.sentence.startswith("7 partnerships reported about £150 to ")
    assert saved.sentence.endswith(" council, 1 of them as published and not checked")


def test_file_of_others_changes_no_council_person_or_partnership_that_is_here(programme: Programme) -> None:
    (council, other, *_), own = factories.councils_of(programme), programme.partnership
    person = factories.UserFactory(name="Pat Lane")
    case = f"""
format: {FORMAT_VERSION}
key: far-published
title: Far
councils: [{{key: {council.key}, name: Far Council, settings: [{{from: '2026-01-01', callin_days: 1}}]}}]
people:
- email: {person.email}
  name: Far
  roles: [{{role: s151, council: {council.key}, from: '2026-01-01'}}]
closed_months: [{{council: {council.key}, fy: '2026-27', period: 1}}]
partnership: {{key: KEY, name: Far}}
programme: {{name: Far}}
partners: [{{council: {council.key}}}, {{council: {other.key}}}]
"""
    before = everything_stored()
    with pytest.raises(CaseFileProblems, match=OWN_KEY):
        load_documents([read_document("case.yaml", case.replace("KEY", own.key).encode())])
    assert everything_stored() == before
    report = load_documents([read_document("case.yaml", case.replace("KEY", "far-published").encode())])
    assert report.files[0].refused == [
        NOT_READ.format("closed_months"),
        NOT_READ.format("people"),
        f"Council {council.key}: name. {AS_HERE}",
        f"Council {council.key}: settings. {AS_HERE}",
    ]
    now = everything_stored()
    kept = ("programme.Council", "programme.CouncilSetting", "accounts.RoleHeld", "benefits.PeriodClose")
    assert {name: now[name] for name in kept} == {name: before[name] for name in kept}
    assert type(person).objects.get(pk=person.pk).name == "Pat Lane"
    others = "[{council: far-a}, {council: far-b}]\n"
    named = "[{key: far-a, name: A}, {key: far-b, name: B}]\n"
    lines = case.replace("KEY", "far-published").splitlines(keepends=True)
    heads = {"councils: ": named, "partners: ": others}
    text = "".join(
        next((head + new for head, new in heads.items() if line.startswith(head)), line) for line in lines
    )
    with pytest.raises(CaseFileProblems, match=OTHER_CASE):
        load_documents([read_document("case.yaml", text.encode())])


def test_who_may_make_it_public_downloads_it(client: Client, programme: Programme) -> None:
    address = reverse("governance:published_case", args=[programme.key])
    route = reverse("api:programme-published-case", args=[programme.key])
    got = {}
    for name in (RoleName.PROGRAMME_MANAGER, RoleName.DEMOCRATIC_SERVICES):
        user = factories.UserFactory()
        factories.role(user, name, partnership=programme.partnership)
        client.force_login(user)
        got[name] = [client.get(one).status_code for one in (address, route)]
    assert got == {RoleName.PROGRAMME_MANAGER: [403, 403], RoleName.DEMOCRATIC_SERVICES: [404, 404]}
    open_edition(programme, content(programme), is_on=False)
    public = reverse("governance:open_case", args=[programme.key, 7])
    files = [client.get(one) for one in (address, route)]
    assert [one.content for one in files] == [files[0].content] * 2
    assert b"Test a sample" in files[0].content
    assert client.get(public).status_code == 404

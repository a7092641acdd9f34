"""Nothing exempt or confidential leaves by an ordinary address, whoever asks (INV-37, scenario 18).

A marker stands in every withheld field of every model with a publication class, found by introspection,
in the file of every withheld paper, and an amount that stands nowhere else in an exempt line. Every address
of the product is then asked by readers with and without the right to open it; bodies, headers, file names,
every part of a workbook and the words of a PDF are searched, and every reminder that could ever be mailed.
What a reader opens on purpose is the one thing left out, and is asked for at the end.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import EquityNote
from core import stored_files
from core.actions.audit import record
from core.clock import now, today
from core.enums import PublicationClass
from core.exports.workbook import workbook_bytes
from core.models import Publication
from core.publishing import files, open_document, tidy, word
from core.publishing.content import Content, Notice, content_hash
from core.publishing.keeping import to_bytes
from core.publishing.paper import document_pdf
from core.publishing.screen import screen_sections
from core.rules.calendar import format_date
from core.rules.money import format_amount
from governance.actions.subject_access import export_held
from governance.bulletins.content import to_bytes as to_bulletin_bytes
from governance.casefiles.dumping import dump_case
from governance.enums import ApprovalBody, FileFormat
from governance.models import (
    AgendaItem,
    CouncilDecision,
    Decision,
    DecisionText,
    EditionContent,
    Meeting,
    Paper,
    ReportAddition,
)
from governance.queries.bulletins import draft_content
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts
from programme.mails import digest_mail
from programme.models import Digest, Programme, Risk
from programme.reminder_sources import sources
from services.enums import CaseState
from services.models import BusinessCaseAmount, BusinessCaseLine, Consultation
from tests import factories
from tests.addresses import ADDRESSES
from tests.governance import rows
from tests.governance.open_publication.opened import open_edition
from tests.rows_of_everything import rows_of

pytestmark = pytest.mark.django_db

MARK, SEEN = "QZXEXEMPT", "QZXOPEN"
PENCE = 71_111_13
HASH = "fa11ace1" * 8
PEOPLE, DISMISSAL = 711_113, date(2031, 7, 19)
PNG = b"\x89PNG\r\n\x1a\n"
EXEMPT = {
    "publication_class": PublicationClass.EXEMPT,
    "exempt_paragraph": 3,
    "public_interest_reason": "Bids are still open",
    "exempt_review_on": date(2027, 1, 4),
}
CONFIDENTIAL = {
    "publication_class": PublicationClass.CONFIDENTIAL,
    "exempt_review_on": date(2027, 1, 5),
}
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
# Pages and answers that show it to those who may open it, on purpose.
OPENED = {"governance:exempt_text"}
# Working pages of a case, on which who may open its exempt lines reads their amounts in place.
IN_PLACE = re.compile(r"/business-cases/[0-9]+/(lines/([0-9]+/)?|appraisal/|sensitivity/|fairness/)?$")
MODELS = [model for model in apps.get_models() if issubclass(model, Publication)]


def planted(model: type[Publication], values: dict[str, Any]) -> dict[str, Any]:
    """A marker for every withheld field of a model, and for the file of a paper."""
    texts = {name: f"{MARK}-{model.__name__}-{name}" for name in model.withheld_fields}
    path = stored_files.keep("papers", f"{MARK}-file".encode()) if model is Paper else ""
    file = {"path": path, "sha256": HASH, "size_bytes": PEOPLE} if path else {}
    if model is Consultation:
        return {**values, **texts, "affected_count": PEOPLE, "first_dismissal_on": DISMISSAL}
    if model is ReportAddition:
        texts["earlier"] = [{"text": f"{MARK}-earlier", "by": "Sam", "on": "2026-11-02"}]
    if model is Risk and values == CONFIDENTIAL:
        return {**values, **texts, "closed_on": date(2026, 11, 2)}
    if model is Risk:
        texts["closed_because"] = ""  # an open one is in reports and on dashboards
    return {**values, **texts, **file}


def plant(programme: Programme) -> dict[str, list[Any]]:
    """Markers in the rows of the programme; by model, the rows that hold them.

    Where the database refuses to change a row, a copy of it holds the marker.
    """
    found: dict[str, list[Any]] = {}
    for model in MODELS:
        row = model._base_manager.order_by("pk").last()
        assert row is not None, (
            f"{model.__name__} has a publication class and no row in the world of this test"
        )
        found[model.__name__] = [write(row, planted(model, EXEMPT))]
        if model is not Decision:
            found[model.__name__].append(write(copied(row), planted(model, CONFIDENTIAL)))
    return found


def copied(row: Any) -> Any:
    """Another row like this one."""
    fields = {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key
    }
    fresh = type(row)(**fields)
    for name, value in (("ref", "SECOND"), ("number", 77), ("replaces_id", None), ("place", "request")):
        if name in fields:
            setattr(fresh, name, value)
    return fresh


def write(row: Any, values: dict[str, Any]) -> Any:
    """The row with these values, or a copy of it where the row is frozen."""
    try:
        with transaction.atomic():
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    except DatabaseError:
        row = copied(row)
        row.save()
    return row


class World:
    """A programme with a row of everything, and the rows that are withheld."""

    def __init__(self) -> None:
        self.programme = factories.ProgrammeFactory()
        self.rows = rows_of(self.programme)
        decision = Decision.objects.get(**self.rows["decision"])
        decision.notes.create(title="Question", text="Open", entered_by=self.programme.created_by)
        council = factories.councils_of(self.programme)[0]
        EquityNote.objects.create(
            programme=self.programme,
            council=council,
            subject="cost",
            text="It pays the rent",
            entered_by=self.programme.created_by,
        )
        self.withheld = plant(self.programme)
        self.decision = Decision.objects.get(pk=self.withheld["Decision"][0].pk)
        DecisionText.objects.create(
            decision=self.decision,
            number=7,
            text=f"{MARK}-version",
            text_hash="0",
            entered_by=decision.created_by,
        )
        by = {"created_by": decision.created_by, "updated_by": decision.created_by}
        self.condition = self.decision.conditions.create(text=f"{MARK}-condition", **by)
        self.decision.conditions.create(
            text=f"{MARK}-met",
            met_on=date(2026, 9, 2),
            met_by=decision.created_by,
            evidence=f"{MARK}-evidence",
            **by,
        )
        CouncilDecision.objects.filter(decision=self.decision).update(statement=f"{MARK}-statement")
        Decision.objects.filter(pk=self.decision.pk).update(recommended_on=date(2026, 9, 1), text_hash=HASH)
        for line in self.withheld["BusinessCaseLine"]:
            self.give(line)
        for risk in self.withheld["Risk"]:
            council = factories.councils_of(self.programme)[0]
            risk.impacts.create(council=council, impact=5, text=f"{MARK}-impact")
        meeting = self.withheld["AgendaItem"][0].meeting
        AgendaItem.objects.create(meeting=meeting, number=78, title="Budget", text=f"{SEEN}-text", **by)

        self.record()

    def record(self) -> None:
        """The trail as it was kept while all of it was open: no page, answer or file reads it back."""
        for row in chain.from_iterable(self.withheld.values()):
            texts = {name: getattr(row, name) for name in row.withheld_fields}
            about: dict[str, Any] = {"by": self.programme.created_by, "scope": self.programme.key}
            record(row, action="update", before=texts, after=texts, why=f"{MARK}-why", **about)
            if isinstance(row, Consultation):
                days = {"affected_count": str(PEOPLE), "first_dismissal_on": DISMISSAL.isoformat()}
                told = {"council": str(row.council), **texts, **days}
                record(row.review, action="record_consultation", after=told, **about)
            if isinstance(row, BusinessCaseLine):
                lines = {f"{row.ref}.{name}": text for name, text in texts.items()}
                record(row.business_case, action="save_lines", before=lines, after=lines, **about)

    def give(self, line: BusinessCaseLine) -> None:
        """Amounts that stand nowhere else, for the line and in what it states."""
        council = factories.councils_of(self.programme)[0]
        BusinessCaseAmount.objects.create(line=line, council=council, fy=2026, amount_pence=PENCE)
        BusinessCaseLine.objects.filter(pk=line.pk).update(annual_pence=PENCE, term_years=1)

    def places(self) -> dict[str, list[dict[str, Any]]]:
        """By kind, the rows that its addresses take: the first of the world and every withheld one."""
        found = {kind: [taken] for kind, taken in self.rows.items()}
        items, papers = self.withheld["AgendaItem"], self.withheld["Paper"]
        meetings = {one.meeting_id for one in items} | {one.item.meeting_id for one in papers}
        lines = self.withheld["BusinessCaseLine"]
        cases = {line.business_case_id for line in lines}
        found["decision"].append({"pk": self.decision.pk})
        found["agenda_item"] += [{"pk": one.pk} for one in items]
        found["condition"].append({"pk": self.condition.pk})
        found["paper"] += [{"pk": one.pk} for one in papers]
        found["meeting"] += [{"pk": one} for one in meetings]
        found["meeting_pack"] += [
            {"pk": one, "kind": kind} for one in meetings for kind in ("pack", "decisions", "full", "exempt")
        ]
        found["business_case"] += [{"pk": one} for one in cases]
        found["case_line"] += [{"pk": line.business_case_id, "line_pk": line.pk} for line in lines]
        found["consultation"] += [{"pk": one.pk} for one in self.withheld["Consultation"]]
        found["risk"] += [{"pk": one.pk} for one in self.withheld["Risk"]]
        found["case_file"] += [{"pk": one, "name": name} for one in cases for name in ("csv", "xlsx")]
        found["exempt"] += [
            {"kind": kind, "pk": row.pk} for kind, name in KINDS_BY_MODEL for row in self.withheld[name]
        ]
        return found


KINDS_BY_MODEL = (
    ("decisions", "Decision"),
    ("agenda-items", "AgendaItem"),
    ("papers", "Paper"),
    ("notes", "DecisionNote"),
    ("lines", "BusinessCaseLine"),
    ("risks", "Risk"),
    ("consultations", "Consultation"),
    ("equity-notes", "EquityNote"),
    ("report-additions", "ReportAddition"),
)


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Name and address of everything that can be read, with a search for the marker where one is taken.

    The schema of the API is left out: it is written from the code and holds no row.
    """
    places = world.places()
    for name, (kind, answers) in ADDRESSES.items():
        if answers[2] == 405 or name in OPENED or name == "api:schema":
            continue
        for taken in places[kind]:
            try:
                address = reverse(name, kwargs=taken)
            except NoReverseMatch:
                continue
            yield name, address
    key = world.programme.key
    for query in (f"search={MARK}", f"q={MARK}", "ordering=text"):
        yield "search", f"{reverse('api:decision-list')}?programme={key}&{query}"


def told(response: Any) -> str:
    """Everything an answer says: its headers, its body, every part of a workbook, the words of a PDF."""
    content = b"".join(response) if response.streaming else response.content
    parts = ["\n".join(f"{name}: {value}" for name, value in response.headers.items())]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts += [
                *book.namelist(),
                *(book.read(name).decode("utf-8", "replace") for name in book.namelist()),
            ]
    elif content.startswith(b"%PDF"):
        parts += [content.decode("latin-1"), *words_of(content)]
    else:
        parts.append(content.decode("utf-8", "replace"))
    return "\n".join(parts)


def words_of(pdf: bytes) -> Iterator[str]:
    """What a reader of the file sees, page by page, and what the file says of itself."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
    except PyPdfError:  # the file of an open paper in this world is one in name alone
        return
    yield str(reader.metadata)
    yield from (page.extract_text() for page in reader.pages)


def amounts() -> set[str]:
    """The amount with commas, without, and in whole pence; the people of a consultation, and its day.

    And the hash of a text or a file, by which a guess at it would show.
    """
    text, people = format_amount(PENCE), f"{PEOPLE:,}"
    days = {DISMISSAL.isoformat(), format_date(DISMISSAL)}
    hashes = {HASH, f"{HASH[:4]} {HASH[4:8]}"}
    return {text, text.replace(",", ""), str(PENCE), people, str(PEOPLE), *days, *hashes}


@dataclass
class Crawled:
    """What was told where, which pages lead to which addresses, and how each address answered."""

    leaks: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def dead_ends(self) -> dict[str, list[str]]:
        """Links of pages to what the same person may not open."""
        shut = {address for address, code in self.answers.items() if code == 403}
        return {page: sorted(links & shut) for page, links in self.links.items() if links & shut}


def crawl(client: Client, world: World, *, opens: bool) -> Crawled:
    """Ask for every address."""
    found_so_far = Crawled()
    for name, address in addresses(world):
        response = client.get(address)
        found_so_far.answers[address] = response.status_code
        if response.status_code != 200:
            continue
        words = told(response)
        if "html" in response.headers["Content-Type"]:
            found_so_far.links[address] = set(re.findall(r'href="(/[^"#?]*)', words))
        in_place = opens and IN_PLACE.search(address) and not name.startswith("api:")
        found = [] if in_place else sorted(one for one in amounts() if one in words)
        found += sorted(set(re.findall(rf"{MARK}[-\w]*", words))) if name != "search" else []
        if found and not (in_place and name == "services:case_line_detail"):
            found_so_far.leaks[address] = found
    return found_so_far


# Whoever else may not open what is withheld sees fewer pages, and fewer boxes, than a finance officer does of
# the council that bears the exempt amounts and consults.
WITHOUT = RoleName.FINANCE_OFFICER
WITH = RoleName.PROGRAMME_MANAGER


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    """Made once; a test only reads it."""
    return World()


def test_no_ordinary_address_tells_what_is_withheld_or_leads_to_a_shut_door(
    client: Client, world: World
) -> None:
    for name in (WITHOUT, WITH):
        user = factories.UserFactory()
        council = factories.councils_of(world.programme)[0]
        where = {"council": council} if name == WITHOUT else {"partnership": world.programme.partnership}
        factories.role(user, name, **where)
        client.force_login(user)
        found = crawl(client, world, opens=name == WITH)
        assert (name, found.leaks) == (name, {})
        assert (name, found.dead_ends) == (name, {})
        assert list(found.answers.values()).count(200) > 100


def test_commands_write_open_versions_and_say_what_they_leave_out(
    world: World, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("dump_case", world.programme.key)
    dumped = capsys.readouterr()
    assert MARK not in dumped.out
    assert not any(amount in dumped.out for amount in amounts())
    assert SENTENCE in dumped.out
    said = "9 items are exempt and 8 items are confidential. They will be withheld from this version"
    assert dumped.err.strip() == said


def test_what_is_planted_is_there_to_be_found_by_who_opens_it(client: Client, world: World) -> None:
    """Else the crawl would also pass with nothing to find."""
    user = factories.UserFactory()
    factories.role(user, RoleName.AUDITOR, partnership=world.programme.partnership)
    client.force_login(user)
    for kind, name in KINDS_BY_MODEL:
        for row in world.withheld[name]:
            opened = client.post(reverse("governance:exempt_open", args=[kind, row.pk]), follow=True)
            words = told(opened)
            held = [one for one in row.withheld_fields if getattr(row, one)]
            assert [one for one in held if f"{MARK}-{name}-{one}" not in words] == []
            assert name != "Risk" or f"{MARK}-impact" in words
            assert name != "Consultation" or all(
                one in words for one in (f"{PEOPLE:,}", format_date(DISMISSAL))
            )
    address = reverse("governance:exempt_open", args=["decisions", world.decision.pk])
    opened = client.post(address, follow=True)
    conditions = [f"{MARK}-condition", f"{MARK}-met", f"{MARK}-evidence"]
    assert [one for one in conditions if one not in told(opened)] == []
    for paper in world.withheld["Paper"]:
        assert f"{MARK}-file" in told(client.get(reverse("governance:paper_file", args=[paper.pk])))
    meeting = world.withheld["AgendaItem"][0].meeting_id
    assert SEEN in told(client.get(reverse("governance:meeting_pack_pdf", args=[meeting, "pack"])))
    lines = reverse("services:case_lines", args=[world.withheld["BusinessCaseLine"][0].business_case_id])
    option = world.withheld["BusinessCaseLine"][0].option.ref
    assert format_amount(PENCE) in told(client.get(f"{lines}?option={option}"))


def everyone(world: World) -> list[User]:
    """A person for each role that there is, in the partnership and in its first council."""
    council = factories.councils_of(world.programme)[0]
    places = ({"partnership": world.programme.partnership}, {"council": council})
    people = []
    for name in set(RoleName) - {RoleName.ADMINISTRATOR}:
        for where in places[1:] if name == RoleName.DEPUTY_S151 else places:
            people.append(factories.UserFactory())
            factories.role(people[-1], name, **where)
    return people


def test_no_mail_tells_what_is_withheld(world: World) -> None:
    """Every reminder of every rule, whenever it falls due, in the mail that its recipient would get."""
    people = {user.pk: user for user in everyone(world)}
    items = defaultdict(list)
    for source in sources():
        for item in source.due_between(date(2015, 1, 1), date(2035, 1, 1)):
            items[item.recipient_id].append(item)
    mails = {
        key: digest_mail(Digest(recipient=people[key], message_id="<1@x>"), due, date(2026, 11, 24))
        for key, due in items.items()
        if key in people
    }
    rules = {item.rule for key in mails for item in items[key]}
    assert {f"exempt_review_{kind}" for kind, _ in KINDS_BY_MODEL} | {"ratification_outstanding"} <= rules
    words = {key: mail.message().as_string() for key, mail in mails.items()}
    leaks = {key: re.findall(rf"{MARK}[-\w]*", text) for key, text in words.items() if MARK in text}
    assert leaks == {}
    assert not any(amount in text for text in words.values() for amount in amounts())


def report_files(content: Content) -> dict[str, bytes]:
    """A report in every format that there is; on paper the sections that could hold any of it."""
    day = date(2026, 11, 24)
    chosen = tuple(
        section
        for section in content.sections
        if section.number in {"1", "2", "3", "9", "11", "12", "13", "A"}
    )
    return {
        "kept": to_bytes(content),
        "page": render_to_string(
            "publishing/screen/document.html", {"content": content, "sections": screen_sections(content)}
        ).encode(),
        "pdf": document_pdf(replace(content, sections=chosen)),
        "xlsx": workbook_bytes(files.as_document(content, day)),
        "ods": open_document.spreadsheet_bytes(content, day),
        "docx": word.word_bytes(content, day),
        "csv": tidy.tables_archive(content),
    }


def inside(content: bytes) -> str:
    """Everything that a file holds: of a PDF also its streams, of an archive every part."""
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        held = [one.get_object() for one in map(reader.get_object, range(1, len(reader.xref[0]) + 1))]
        streams = [one.get_data() for one in held if hasattr(one, "get_data")]
        words = [*words_of(content), *map(str, held), *(one.decode("latin-1") for one in streams)]
        return "\n".join(words)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join([*book.namelist(), *(inside(book.read(one)) for one in book.namelist())])
    if content.startswith(PNG):
        return "\n".join(notes_of(content))
    return content.decode("utf-8", "replace")


def notes_of(picture: bytes) -> Iterator[str]:
    """What a PNG picture says of itself beside what it shows: its text parts, the packed ones opened."""
    at = len(PNG)
    while at < len(picture):
        size, kind = int.from_bytes(picture[at : at + 4]), picture[at + 4 : at + 8]
        part = picture[at + 8 : at + 8 + size]
        if kind not in {b"IHDR", b"PLTE", b"IDAT", b"IEND"}:
            yield part.decode("latin-1")
            packed = part.find(b"\x78")
            with suppress(zlib.error):
                yield zlib.decompress(part[packed:]).decode("latin-1")
        at += 12 + size


def contents(world: World) -> tuple[Content, Content]:
    """The open and the exempt version of a report on an issued case of which lines are withheld.

    What is withheld of meetings is about its decision.
    """
    case = world.withheld["BusinessCaseLine"][0].business_case
    issued = {"state": CaseState.ISSUED, "issued_at": now(), "issued_by": case.created_by}
    type(case)._base_manager.filter(pk=case.pk).update(**issued, content_hash="0")
    papers = [paper.item_id for paper in world.withheld["Paper"]]
    items = AgendaItem.objects.filter(pk__in=[*papers, *(one.pk for one in world.withheld["AgendaItem"])])
    items.update(decision=world.decision)
    Meeting.objects.filter(items__in=items).update(agenda_published_on=date(2026, 8, 1))
    additions = tuple(world.withheld["ReportAddition"])
    facts = Facts(world.programme, max(date(2026, 11, 24), today()), additions=additions)
    return report_content(facts, number=1, version="open"), report_content(facts, number=1, version="exempt")


def test_an_open_report_tells_nothing_withheld_in_any_format(world: World) -> None:
    lines = world.withheld["BusinessCaseLine"]
    content, withheld = contents(world)
    told_by = {name: inside(made) for name, made in report_files(content).items()}
    leaks = {name: sorted(set(re.findall(rf"{MARK}[-\w]*", text))) for name, text in told_by.items()}
    assert {name for name, found in leaks.items() if found} == set()
    assert [name for name, text in told_by.items() if any(one in text for one in amounts())] == []
    said = f"{SENTENCE}. Public interest: Bids are still open"
    notices = [block.text for one in content.sections for block in one.blocks if isinstance(block, Notice)]
    others = [str(world.withheld[name][0]) for name in ("Risk", "Consultation")]
    kinds = ("Line", "D-", "Note on D-", "Agenda item of", "Paper of", "Addition to section 9", *others)
    named = [text for text in notices if said in text]
    assert {kind for kind in kinds for text in named if text.startswith(kind)} == set(kinds)

    exempt = to_bytes(withheld).decode()
    opened = set(re.findall(rf"{MARK}[-\w]*", exempt))
    assert opened >= {
        f"{MARK}-{one}"
        for one in (
            "Decision-text", "BusinessCaseLine-evidence", "statement", "DecisionNote-text", "AgendaItem-text",
            "Paper-file_name", "Risk-response", "impact", "Consultation-establishment",
            "ReportAddition-text",
        )
    }  # fmt: skip
    assert f"{MARK}-earlier" not in exempt
    marked = {name: inside(made) for name, made in report_files(withheld).items()}
    assert [name for name, text in marked.items() if f"{MARK}-ReportAddition-text" not in text] == []
    assert format_amount(PENCE) in exempt
    confidential = [row for row in lines if row.publication_class == PublicationClass.CONFIDENTIAL]
    assert len(lines) - len(confidential) == 1
    # In its section, and in the table of all that is withheld.
    assert exempt.count(f"{MARK}-BusinessCaseLine-evidence") == 2


def test_a_bulletin_tells_nothing_withheld(world: World) -> None:
    day, body = date(2026, 8, 20), ApprovalBody.FULL_COUNCIL
    answers = [rows.approved(day, day, approval_body=body) for _ in rows.members(world.programme)]
    decision = rows.decision_with(world.programme, answers, ref="D-78", **planted(Decision, EXEMPT))
    draft = factories.BulletinFactory(programme=world.programme, month_on=date(2026, 8, 1))
    content = draft_content(draft)
    decided = [item.path for part in content.parts if part.key == "decided" for item in part.items]
    assert decided == [decision.get_absolute_url()]
    page = render_to_string("governance/bulletins/content.html", {"content": content})
    for told_by in (page, to_bulletin_bytes(content).decode()):
        assert re.findall(rf"{MARK}[-\w]*", told_by) == []
        assert not any(amount in told_by for amount in amounts())


def test_public_pages_tell_nothing_of_the_exempt_version_beside_them(client: Client, world: World) -> None:
    content, withheld = contents(world)
    opened = {FileFormat.CSV: tidy.tables_archive(content)}
    number = 84
    open_edition(world.programme, content, number=number, exempt=withheld, files=opened)
    exempt = EditionContent.objects.get(edition__number=number, is_exempt=True)
    kept = stored_files.keep("editions", MARK.encode())
    exempt.files.create(format=FileFormat.PDF, path=kept, size_bytes=9, sha256="0")
    key = world.programme.key
    said = {"feed": inside(client.get("/open/feed.json").content)}
    for name in ("open_page", "open_summary", "open_editions"):
        said[name] = inside(client.get(reverse(f"governance:{name}", args=[key])).content)
    for name in ("open_edition", "open_content"):
        said[name] = inside(client.get(reverse(f"governance:{name}", args=[key, number])).content)
    for table in content.tables:
        address = reverse("governance:open_edition_table", args=[key, number, table.key])
        said[table.key] = inside(client.get(address).content)
    said["case_file"] = dump_case(world.programme).decode()
    said["held"] = inside(export_held(world.programme.created_by, by=world.programme.created_by))
    said["zip"] = inside(client.get(reverse("governance:open_file", args=[key, number, "zip"])).content)
    assert [
        name for name, text in said.items() if MARK in text or any(one in text for one in amounts())
    ] == []
    assert SENTENCE in said["open_page"]
    assert content_hash(to_bytes(content)) in said["case_file"]
    for name in ("pdf", "exempt"):
        assert client.get(f"/open/{key}/editions/{number}/report.{name}").status_code == 404


def test_notes_of_a_picture_are_read() -> None:
    packed = b"Note\0\0" + zlib.compress(MARK.encode())
    parts = [(b"tEXt", b"Title\0" + SEEN.encode()), (b"zTXt", packed), (b"IEND", b"")]
    picture = PNG + b"".join(len(part).to_bytes(4) + kind + part + b"0000" for kind, part in parts)
    told_by = inside(picture)
    assert (MARK in told_by, SEEN in told_by) == (True, True)

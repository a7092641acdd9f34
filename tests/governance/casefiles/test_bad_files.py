"""Files that cannot be loaded: every error by line and field, several at once, and nothing imported."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.conf import settings

from core.models import AuditEvent
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import read_document
from programme.models import Council, Programme
from tests.governance.casefiles.samples import AS_OF, load_text

pytestmark = pytest.mark.django_db

HEAD = """\
key: small
title: Ashmere and Brockvale
councils:
  - {key: ashmere, name: Ashmere District Council}
  - {key: brockvale, name: Brockvale Borough Council}
partners:
  - {council: ashmere, left: {from: 2026-09-30, to: 2026-09-30, precision: day}, status: left}
  - {council: brockvale, joined: 2026-07-01}
people:
  - {email: priya@ashmere.example, name: Priya}
  - {email: sam@ashmere.example, name: Sam, roles: [{role: s151, council: ashmere, from: 2026-01-01}]}
programme: {base_fy: 2026-27, horizon_years: 2}
milestones:
  - {id: M-1, label: Go-live}
lines:
  - {id: ICT, title: ICT, kind: cashable_saving}
  - {id: TEAM, title: Team, kind: one_off_cost}
"""
FIRST = HEAD.count("\n") + 1

BROKEN: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (settings.BASE_DIR / "tests" / "governance" / "casefiles" / "broken_files.yaml").read_text(
        encoding="utf-8"
    )
)
Refused = list[tuple[int, str, str]]


def _refusals(text: str) -> Refused:
    with pytest.raises(CaseFileProblems) as caught:
        load_text(text)
    return [(problem.line, problem.field, problem.message) for problem in caught.value.problems]


def _expected(broken: dict[str, Any], first_line: int = 1) -> Refused:
    rows = broken["refused"]
    return [(row["line"] + first_line - 1, row.get("field", ""), row["message"]) for row in rows]


def _each(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("broken", BROKEN[kind], ids=[broken["name"] for broken in BROKEN[kind]])


@_each("whole_files")
def test_whole_file_is_refused(broken: dict[str, Any]) -> None:
    assert _refusals(broken["text"]) == _expected(broken)


@_each("sections")
def test_section_is_refused_by_line_and_field(broken: dict[str, Any]) -> None:
    assert _refusals(HEAD + broken["text"]) == _expected(broken, FIRST)


@_each("changes")
def test_changed_head_is_refused_by_line_and_field(broken: dict[str, Any]) -> None:
    assert broken["old"] in HEAD
    assert _refusals(HEAD.replace(broken["old"], broken["new"])) == _expected(broken)


def test_text_that_is_too_long_is_refused() -> None:
    text = f"{HEAD}lessons:\n  - {{id: L-1, text: {'x' * 4001}}}\n"
    assert _refusals(text) == [(FIRST + 1, "lessons[L-1].text", "Text must be 4,000 characters or less")]


def test_head_itself_loads() -> None:
    assert load_text(HEAD).has_changes


def test_nothing_is_imported_when_one_of_two_files_is_wrong() -> None:
    right = read_document("right.yaml", HEAD.encode())
    other = HEAD.replace("key: small", "key: other").replace("Go-live", "")
    wrong = read_document("wrong.yaml", other.encode())
    before = AuditEvent.objects.count()
    with pytest.raises(CaseFileProblems) as caught:
        load_documents([right, wrong], as_of=AS_OF)
    assert [problem.file for problem in caught.value.problems] == ["wrong.yaml"]
    assert (Programme.objects.count(), Council.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == before


def test_one_programme_in_two_files_is_refused() -> None:
    one, two = (read_document(f"{name}.yaml", HEAD.encode()) for name in ("one", "two"))
    with pytest.raises(CaseFileProblems) as caught:
        load_documents([one, two], as_of=AS_OF)
    assert [str(problem) for problem in caught.value.problems] == [
        "two.yaml, line 1, key: one.yaml carries this programme too. Load one of them"
    ]


def test_council_that_two_files_describe_differently_is_refused() -> None:
    one = read_document("one.yaml", HEAD.encode())
    other = HEAD.replace("key: small", "key: other").replace("Ashmere District", "Ashmere City")
    two = read_document("two.yaml", other.encode())
    with pytest.raises(CaseFileProblems) as caught:
        load_documents([one, two], as_of=AS_OF)
    assert [str(problem) for problem in caught.value.problems] == [
        "two.yaml, line 4, councils[ashmere].name: one.yaml says something else. Make both say the same"
    ]

"""Checks documents whole, before anything is written: shape first, then what the fields say together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from governance.casefiles.checking.benefits import check_benefits
from governance.casefiles.checking.budgets import check_budgets
from governance.casefiles.checking.bulletins import check_bulletins
from governance.casefiles.checking.comments import check_comments
from governance.casefiles.checking.councils import check_register, check_told_once
from governance.casefiles.checking.decisions import check_decisions
from governance.casefiles.checking.editions import check_editions
from governance.casefiles.checking.fairness import check_fairness
from governance.casefiles.checking.figures import check_figures
from governance.casefiles.checking.gate_reviews import check_gate_reviews
from governance.casefiles.checking.ledgers import check_ledgers
from governance.casefiles.checking.lessons import check_lessons
from governance.casefiles.checking.people import check_people
from governance.casefiles.checking.programme import check_programme
from governance.casefiles.checking.services_cases import check_cases
from governance.casefiles.checking.services_keys import check_keys
from governance.casefiles.checking.services_reviews import check_services
from governance.casefiles.checking.shared_posts import check_shared_posts
from governance.casefiles.checking.world import World, read_world
from governance.casefiles.entries import CaseFile, broken_entries
from governance.casefiles.of_others import check_published, without_others
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import Document
from governance.casefiles.schema import schema_problems

_CASE_CHECKS = (
    check_people,
    check_programme,
    check_gate_reviews,
    check_lessons,
    check_comments,
    check_figures,
    check_benefits,
    check_services,
    check_shared_posts,
    check_keys,
    check_cases,
    check_budgets,
    check_ledgers,
    check_fairness,
    check_decisions,
    check_editions,
    check_bulletins,
)


def check_documents(documents: Sequence[Document], as_of: date) -> list[CaseFile]:
    """The documents, fit to load on `as_of`; raises CaseFileProblems with every problem of all of them."""
    files = [_check_shape(document) for document in documents]
    world = read_world(files, as_of)
    _check_keys(files)
    check_told_once(files)
    for file in files:
        _check_rules(file, world)
    problems = [problem for file in files for problem in file.problems]
    if problems:
        raise CaseFileProblems(problems)
    return files


def _check_shape(document: Document) -> CaseFile:
    read, left_out = without_others(document)
    found = schema_problems(read.data)
    problems = [read.problem(path, message) for path, message in found]
    return CaseFile(read, problems, broken_entries(path for path, _ in found), left_out)


def _check_rules(file: CaseFile, world: World) -> None:
    check_published(file)
    check_register(file, world)
    for check in _CASE_CHECKS if file.key else ():
        check(file, world)


def _check_keys(files: Sequence[CaseFile]) -> None:
    seen: dict[str, CaseFile] = {}
    for file in files:
        if file.key and file.key in seen:
            file.root.add(f"{seen[file.key].name} carries this programme too. Load one of them", "key")
        seen.setdefault(file.key, file)

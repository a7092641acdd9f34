"""What a published case of other councils may bring: its own rows, and nothing that is here already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from benefits.queries.published_cases import ENDING
from governance.casefiles.entries import CaseFile
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import Document
from programme.models import Membership

# What `published.published_fields` writes; nothing else of such a file is read, no person and no role.
SECTIONS = frozenset(
    {
        "format",
        "key",
        "title",
        "as_at",
        "councils",
        "partnerships",
        "partnership",
        "programme",
        "model",
        "context",
        "partners",
        "milestones",
        "costs",
        "savings",
        "lessons",
        "non_financial",
        "decisions",
        "ambiguities",
    }
)
NOT_READ = "{}: a published case of other councils gives none, so it was not read"
OTHER_CASE = "A case of other councils has this key here. Give this file and its partnership another key"
OWN_KEY = f"The key of its partnership must end in {ENDING}, as that of every published case"

NOT_PUBLISHED = (
    f"This is not a published case: its key does not end in {ENDING}. It could rename a council or give a "
    "role, so nothing of it was read"
)


def check_all_published(documents: Iterable[Document]) -> None:
    """Refuse, before anything else of them is read, files that could change what is here."""
    problems = [one.problem(("key",), NOT_PUBLISHED) for one in documents if not _is_published(one)]
    if problems:
        raise CaseFileProblems(problems)


def _is_published(document: Document) -> bool:
    key = document.data.get("key")
    return isinstance(key, str) and key.endswith(ENDING)


def without_others(document: Document) -> tuple[Document, tuple[str, ...]]:
    """The document as far as it is read, and the sections that are not."""
    if not _is_published(document):
        return document, ()
    kept = {name: value for name, value in document.data.items() if name in SECTIONS}
    return replace(document, data=kept), tuple(sorted(set(document.data) - set(kept)))


def check_published(file: CaseFile) -> None:
    """Note a published case that would change a partnership, or a case of other councils, that is here."""
    if not file.is_published:
        return
    for entry in (*file.entries("partnerships"), file.section("partnership")):
        if "key" in entry and not entry.text("key").endswith(ENDING):
            entry.add(OWN_KEY, "key")
    own = file.section("partnership").text("key") or file.key
    there = Membership.objects.filter(Q(partnership__key=own) | Q(partnership__programmes__key=file.key))
    keys = set(there.values_list("council__key", flat=True))
    if keys and not keys & {one.text("council") for one in file.entries("partners")}:
        file.root.add(OTHER_CASE, "key")

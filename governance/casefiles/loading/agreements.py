"""Agreements of the partnership, and councils that take over from those that end."""

from __future__ import annotations

from governance.casefiles.entries import CaseFile
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Wanted, report_kept, save_row
from programme.models import Agreement, CouncilSuccessor, Partnership


def load_agreements(loading: Loading, file: CaseFile, partnership: Partnership) -> None:
    """Agreements by id."""
    existing = {row.ref: row for row in partnership.agreements.all()}
    named = []
    for entry in file.entries("agreements"):
        ref = entry.text("id")
        named.append(ref)
        values = {
            "kind": entry.text("kind"),
            "title": entry.text("title"),
            "in_force_on": entry.day("in_force_on"),
            "notice_months": entry.integer("notice_months"),
            "exit_terms": entry.text("exit_terms"),
            "officers_consulted": entry.yes("officers_consulted"),
        }
        row = existing.get(ref) or Agreement(partnership=partnership, ref=ref)
        save_row(loading, row, Wanted("agreement", f"Agreement {ref}", partnership.key, values))
    report_kept(loading, "agreement", existing, named)


def load_successors(loading: Loading, file: CaseFile) -> None:
    """Successors of the councils that the file names; those that it does not name stay."""
    for entry in file.entries("successors"):
        council, successor = (
            loading.councils[entry.text("council")],
            loading.councils[entry.text("successor")],
        )
        row = CouncilSuccessor.objects.filter(council=council, successor=successor).first()
        values = {"weight": entry.number("weight"), "from_on": entry.day("from")}
        label = f"{successor} after {council}"
        wanted = Wanted("successor", label, council.key, values, is_shared=True)
        save_row(loading, row or CouncilSuccessor(council=council, successor=successor), wanted)

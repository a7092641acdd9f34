"""Evidence files of actual amounts: those with their content are kept, of the others the report tells."""

from __future__ import annotations

from benefits.actions.claim_files import FOLDER
from benefits.models import ActualAmount, ClaimFile
from core import stored_files
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.evidence import document_in, sha256_of
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.entered import by_whom
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme


def load_claim_files(
    loading: Loading, file: CaseFile, programme: Programme, actuals: dict[str, ActualAmount]
) -> None:
    """Keep the files that the amounts do not have yet, told apart by name and content."""
    entries = [entry for entry in file.entries("actuals") if "files" in entry]
    if not entries:
        return
    kept = ClaimFile.objects.filter(actual__line__programme=programme)
    known = set(kept.values_list("actual", "file_name", "sha256"))
    for entry in entries:
        actual = actuals.get(entry.text("id"))
        for given in entry.entries("files") if actual else ():
            if actual is not None and (actual.pk, given.text("name"), sha256_of(given)) not in known:
                _keep(loading, programme, actual, given)


def _keep(loading: Loading, programme: Programme, actual: ActualAmount, entry: Entry) -> None:
    if "content" not in entry:
        words = f"{entry.text('name')}: the file itself is not in the case file. Upload it to its amount"
        loading.report.refused.append(words)
        return
    document = document_in(entry)
    path = stored_files.keep(FOLDER, document.content)
    loading.files.append(path)
    made = ClaimFile.objects.create(
        actual=actual,
        path=path,
        file_name=entry.text("name"),
        content_type=document.type.content_type,
        size_bytes=len(document.content),
        sha256=sha256_of(entry),
        **by_whom(loading, entry),
    )
    after = {"file_name": made.file_name, "sha256": made.sha256}
    audit_entry(loading, made, noun="evidence file", scope=programme.key, after=after)

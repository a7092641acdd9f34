"""Evidence files: added to a claim and to a verified amount, refused, served, and never taken away."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from accounts.enums import RoleName
from benefits.models import ActualAmount, ClaimFile
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NEW = "/programmes/abc/claims/new/"
PDF, CSV = b"%PDF-1.7 ours", b"code,amount\n4312,1127.55\n"
TYPES = "File must be a CSV, ODS, XLSX, PDF, DOCX, PNG or JPG"
REFUSED = {
    "run.exe": (b"MZ\x00\x01", TYPES),
    "empty.pdf": (b"", "File must not be empty"),
    "big.pdf": (b"%PDF-1.7" + b"0" * 10 * 1024 * 1024, "File must be smaller than 10MB"),
    "macro.pdf": (b"%PDF-1.7 /JavaScript", "File must not contain macros"),
}


def upload(name="invoice.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def stored():
    return list(ClaimFile.objects.order_by("pk").values_list("actual", "file_name", "size_bytes"))


def kept():
    return sorted(default_storage.listdir("evidence")[1]) if default_storage.exists("evidence") else []


def typed(scene, **changes):
    return {
        "line": scene.saving.pk,
        "council": scene.brockvale.pk,
        "month": "2026-7",
        "amount": "1,127.55",
        **changes,
    }


def test_claim_comes_with_its_files_or_not_at_all(scene):
    browser, before = page_of(scene.finance), kept()
    files = [upload(), upload("ledger.csv", CSV)]
    assert browser.post(NEW, typed(scene, evidence_files=files)).status_code == 302
    claim = ActualAmount.objects.get()
    assert stored() == [(claim.pk, "invoice.pdf", 13), (claim.pk, "ledger.csv", 25)]
    there = kept()
    wrong = typed(scene, evidence_files=[upload(), upload("run.exe", b"MZ\x00")])
    assert refusals(browser.post(NEW, wrong)) == [TYPES]
    late = typed(scene, month="2026-8", evidence_files=[upload()])
    assert refusals(browser.post(NEW, late)) == ["Actual date must be today or in the past"]
    assert (ActualAmount.objects.count(), len(stored()), kept()) == (1, 2, there)
    assert len(there) == len(before) + 2


def test_files_are_added_by_page_and_api_while_claimed_and_once_verified(scene):
    claim = scene.claim()
    page, route = f"/actual-amounts/{claim.pk}/files/new/", f"/api/v1/actual-amounts/{claim.pk}/files/"
    assert page_of(scene.finance).post(page, {"evidence_files": [upload()]}).status_code == 302
    factories.reduction(scene.saving, scene.brockvale, 2026)
    page_of(scene.s151).post(f"/actual-amounts/{claim.pk}/answer/", {"outcome": "verified"})
    made = api_of(scene.s151).post(route, {"evidence_files": [upload("ledger.csv", CSV)]}, format="multipart")
    assert (made.status_code, [one["file_name"] for one in made.json()]) == (201, ["ledger.csv"])
    assert stored() == [(claim.pk, "invoice.pdf", 13), (claim.pk, "ledger.csv", 25)]
    events = AuditEvent.objects.filter(action="add_claim_file").order_by("pk")
    assert list(events.values_list("channel", "after__file_name")) == [
        ("page", "invoice.pdf"),
        ("api", "ledger.csv"),
    ]
    shown = text_of(page_of(scene.reader).get(f"/entries/actual/{claim.pk}/"))
    assert "invoice.pdf 13 bytes, B Doyle" in shown
    assert "Add evidence" not in shown
    listed = api_of(scene.reader).get(f"/api/v1/claim-files/?actual={claim.pk}").json()["results"]
    assert [one["file_name"] for one in listed] == ["invoice.pdf", "ledger.csv"]


def test_owner_of_the_benefit_adds_evidence_and_a_reader_does_not(scene):
    owner = factories.UserFactory()
    factories.role(owner, RoleName.COUNCIL_LEAD, council=scene.councils[0])
    scene.benefit.owner = owner
    scene.benefit.save()
    claim = scene.claim()
    page = f"/actual-amounts/{claim.pk}/files/new/"
    assert page_of(owner).post(page, {"evidence_files": [upload()]}).status_code == 302
    for user in (scene.reader, scene.manager):
        assert page_of(user).get(page).status_code == 403
        route = f"/api/v1/actual-amounts/{claim.pk}/files/"
        answer = api_of(user).post(route, {"evidence_files": [upload()]}, format="multipart")
        assert answer.status_code == 403
    assert len(stored()) == 1


def test_files_of_the_wrong_kind_are_refused_by_page_and_api(scene):
    claim, before = scene.claim(), kept()
    browser, api = page_of(scene.finance), api_of(scene.finance)
    page, route = f"/actual-amounts/{claim.pk}/files/new/", f"/api/v1/actual-amounts/{claim.pk}/files/"
    for name, (content, words) in REFUSED.items():
        files = {"evidence_files": [upload(), upload(name, content)]}
        assert refusals(browser.post(page, files)) == [words]
        files = {"evidence_files": [upload(), upload(name, content)]}
        said = problems(api.post(route, files, format="multipart"))
        assert said == [{"field": "evidence_files", "message": words}]
    assert refusals(browser.post(page, {})) == ["Choose a file"]
    many = {"evidence_files": [upload(f"{number}.pdf") for number in range(11)]}
    assert refusals(browser.post(page, many)) == ["Choose 10 files or fewer"]
    assert (stored(), kept()) == ([], before)


def test_amount_that_counts_nowhere_takes_no_evidence(scene):
    returned, reversed_ = scene.claim(), scene.claim()
    answer = f"/actual-amounts/{returned.pk}/answer/"
    page_of(scene.s151).post(answer, {"outcome": "returned", "reason": "The wrong ledger code"})
    page_of(scene.finance).post(f"/actual-amounts/{reversed_.pk}/reverse/", {"reason": "Entered twice by us"})
    browser = page_of(scene.finance)
    for claim, words in {
        returned: "This amount was returned, so it counts nowhere. Enter a new amount",
        reversed_: "This amount has been reversed, so it needs no evidence",
    }.items():
        page = f"/actual-amounts/{claim.pk}/files/new/"
        assert refusals(browser.post(page, {"evidence_files": [upload()]})) == [words]
    assert stored() == []


def test_file_is_a_download_for_readers_alone_and_nobody_takes_it_away(scene):
    row = factories.ClaimFileFactory(actual=scene.claim())
    page, route = f"/claim-files/{row.pk}/file/", f"/api/v1/claim-files/{row.pk}/file/"
    for answer in (page_of(scene.reader).get(page), api_of(scene.reader).get(route)):
        assert answer.content == b"%PDF-1.7"
        assert {name: answer.headers[name] for name in ("Content-Type", "Cache-Control")} == {
            "Content-Type": "application/pdf",
            "Cache-Control": "private, no-store",
        }
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="ICT-brockvale-2026-27-07-{row.pk}.pdf"'
        )
    stranger = factories.UserFactory()
    assert page_of(stranger).get(page).status_code == api_of(stranger).get(route).status_code == 404
    for write in (row.save, row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert ClaimFile.objects.get() == row

"""A decision, a case line or an explanation that is withheld from its beginning is never open (INV-37)."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from benefits.models import EquityNote
from core.actions.publication import SAYS_BOTH
from core.models import AuditEvent, Publication
from core.publication import shown
from governance.models import Decision
from programme.publication_policies import NOT_TO_CHANGE
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.exempt_scene import ExemptScene, exempt_scene
from tests.refusals.asking import everything_stored

pytestmark = pytest.mark.django_db
SECRET = "The bid of £4,177 is the lowest"
WHY = {"publication_class": "exempt", "exempt_paragraph": 3, "public_interest_reason": "Bids are open"}


@pytest.fixture
def scene() -> Any:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield exempt_scene()


def asked_of(scene: ExemptScene, kind: str) -> tuple[str, dict[str, Any], str, dict[str, Any]]:
    """The page and what it takes, the route and what that takes, of a new row of this kind."""
    key, council = scene.programme.key, scene.councils[0]
    if kind == "notes":
        said = {"subject": "cost", "text": SECRET}
        page = (f"/programmes/{key}/equity/notes/new/", said | {"council": council.pk})
        return *page, f"/api/v1/programmes/{key}/equity/notes/", said | {"council": council.key}
    if kind == "decisions":
        texts = dict.fromkeys(Decision.withheld_fields, SECRET)
        plain = {"title": "Buy", "kind": "recommendation", "matter": "other", "lapse_after_days": 180}
        sent = texts | plain
        return f"/programmes/{key}/decisions/new/", sent, "/api/v1/decisions/", sent | {"programme": key}
    if kind == "risks":
        said = {"register": "issue", "title": "Bid", "impact": 5, "response": SECRET}
        return f"/programmes/{key}/risks/new/", said, "/api/v1/risks/", said | {"programme": key}
    if kind == "consultations":
        review = scene.rows["consultations"].review_id  # type: ignore[attr-defined]
        said = {"kind": "public", "council": council.key}
        typed = said | {"started_on": "30 3 2027", "seen_version": 0}
        sent = said | {"started_on": "2027-03-30", "review": review}
        return f"/reviews/{review}/consultations/new/", typed, "/api/v1/consultations/", sent
    case = BusinessCase.objects.get()
    option = case.lines.get().option
    boxes = {"ref": "L-77", "title": "Bid", "kind": "one_off_cost", "cost_type": "ict", "who": "joint"}
    new = {f"n-0-{name}": value for name, value in boxes.items()} | {f"n-0-{case.base_fy}": "4,177"}
    route = f"/api/v1/business-cases/{case.pk}/lines/"
    own = {name: boxes[name] for name in ("ref", "title", "kind", "cost_type")} | {"option": option.ref}
    own |= {"evidence": SECRET, "amounts": [{"council": None, "fy": case.base_fy, "amount": "4177"}]}
    line = {"version": case.version, "lines": [own]}
    page = f"/business-cases/{case.pk}/lines/?option={option.ref}"
    return page, new | {"seen_version": case.version}, route, line


def put(api: Any, route: str, sent: dict[str, Any], why: dict[str, Any]) -> Any:
    """Send a new row, or the one line of a case, with why it is withheld."""
    if "lines" not in sent:
        return api.post(route, sent | why, "json")
    return api.put(route, sent | {"lines": [sent["lines"][0] | why]}, "json")


@pytest.mark.parametrize("way", ["page", "api"])
@pytest.mark.parametrize(
    ("kind", "model"), [("decisions", Decision), ("lines", BusinessCaseLine), ("notes", EquityNote)]
)
def test_new_row_is_withheld_at_once(
    scene: ExemptScene, kind: str, model: type[Publication], way: str
) -> None:
    manager = scene.person(RoleName.PROGRAMME_MANAGER)
    page, typed, route, sent = asked_of(scene, kind)
    if way == "page":
        answer = factories.sign_in(Client(), manager).post(page, typed | WHY)
        assert answer.status_code == 302
    else:
        answer = put(api_of(manager), route, sent, WHY)
        assert (answer.status_code // 100, "4,177" in answer.content.decode()) == (2, False)
    made: Any = model._base_manager.latest("pk")
    assert (made.publication_class, made.exempt_paragraph, made.certified_by) == ("exempt", 3, None)
    told = {name: getattr(made, name) for name in made.withheld_fields}
    if kind != "lines":
        assert set(told.values()) == {SECRET}
    else:
        assert BusinessCaseAmount.objects.get(line=made).amount_pence == 4177_00
    events = AuditEvent.objects.order_by("pk")
    assert [event.action for event in events][-1] == "withhold"
    trail = str(list(events.values_list("before", "after", "why")))
    assert [one for one in ("4,177", "4177", "417700") if one in trail] == []


def test_row_70_is_said_by_page_and_api_and_nothing_is_made(scene: ExemptScene) -> None:
    """Nor is what names a paragraph saved as open."""
    manager = scene.person(RoleName.PROGRAMME_MANAGER)
    browser, api = factories.sign_in(Client(), manager), api_of(manager)
    paragraph, reason = "Choose the exempt paragraph", "Explain why withholding outweighs publishing"
    both = WHY | {"publication_class": "open"}
    before = everything_stored()
    for kind in ("decisions", "lines", "notes", "risks", "consultations"):
        page, typed, route, sent = asked_of(scene, kind)
        for why, messages in (({"publication_class": "exempt"}, [paragraph, reason]), (both, [SAYS_BOTH])):
            body = browser.post(page, typed | why).content.decode()
            assert (kind, [words for words in messages if words not in body]) == (kind, [])
            said = put(api, route, sent, why).json()["errors"]
            assert (kind, [one["message"] for one in said]) == (kind, messages)
    assert everything_stored() == before


def test_new_lines_of_a_file_are_withheld_at_once(scene: ExemptScene) -> None:
    manager, case = scene.person(RoleName.PROGRAMME_MANAGER), BusinessCase.objects.get()
    heads = ("Reference", "Who bears it", "Line", "Kind", "Option", "Evidence", f"{case.base_fy}-27")
    cells = ("L-78", "Joint", "Bid", "One-off cost", case.lines.get().option.ref, SECRET, "4177")
    rows = "\n".join("\t".join(one) for one in (heads, cells))
    browser, path = factories.sign_in(Client(), manager), f"/business-cases/{case.pk}/lines/import/"
    too_long = WHY | {"public_interest_reason": "Why " * 501}
    refused = [browser.post(path, too_long | more) for more in ({"rows": rows}, {"confirmed_rows": rows})]
    assert [(one.status_code, "preview" in one.context) for one in refused] == [(422, False)] * 2
    assert not case.lines.filter(ref="L-78").exists()
    preview = browser.post(path, WHY | {"rows": rows}).context
    sent = preview["form"].kept() | {"confirmed_rows": preview["rows"], "seen_version": case.version}
    assert browser.post(path, sent).status_code == 302
    made = case.lines.get(ref="L-78")
    assert (made.publication_class, made.exempt_paragraph, made.evidence) == ("exempt", 3, SECRET)
    assert "4177" not in str(list(AuditEvent.objects.values("before", "after", "why")))


def test_officer_who_does_not_open_a_line_reads_and_guesses_nothing_of_their_council(
    scene: ExemptScene,
) -> None:
    """Who enters a council's amounts has no box for those of a line that is withheld from them."""
    line = scene.withhold("lines", evidence=SECRET)
    assert isinstance(line, BusinessCaseLine)
    case, own = line.business_case, scene.councils[0]
    BusinessCaseAmount.objects.filter(line=line).update(council=own, amount_pence=4177_00)
    officer = scene.person(RoleName.FINANCE_OFFICER, own)
    page = factories.sign_in(Client(), officer).get(f"/business-cases/{case.pk}/lines/").content.decode()
    assert ("4,177" in page, f'name="a-{line.pk}' in page) == (False, False)
    stale = {"seen_version": 99, f"a-{line.pk}-{own.pk}-{case.base_fy}": "1"}
    again = factories.sign_in(Client(), officer).post(f"/business-cases/{case.pk}/lines/", stale)
    assert (again.status_code, "4,177" in again.content.decode()) == (409, False)
    as_shown = shown(line, SECRET).text
    rows = f"Reference\tWho bears it\tEvidence\n{line.ref}\t{own}\t{as_shown}"
    preview = factories.sign_in(Client(), officer).post(
        f"/business-cases/{case.pk}/lines/import/", {"rows": rows}
    )
    assert (preview.status_code, "4,177" in preview.content.decode()) == (200, False)
    assert "Nothing would change" in preview.content.decode()
    api, path = api_of(officer), f"/api/v1/business-cases/{case.pk}/lines/"
    amounts = [
        [{"council": own.key, "fy": case.base_fy, "amount": pounds}] for pounds in ("4177", "4178", None)
    ]
    guesses = [{"amounts": one} for one in amounts] + [{"evidence": text} for text in (SECRET, "Other")]
    for guess in guesses:
        sent = {"version": case.version, "lines": [{"ref": line.ref, **guess}]}
        answer = api.put(path, sent, "json")
        assert (answer.status_code, answer.json()["detail"]) == (403, NOT_TO_CHANGE)

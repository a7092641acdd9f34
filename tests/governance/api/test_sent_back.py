"""What is read of a withheld row and sent back as it was read replaces nothing (INV-37)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db.models import Model

from accounts.enums import RoleName
from core.enums import PublicationClass
from core.publication import NOT_THE_TEXT
from governance.casefiles.dumping import dump_case
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from governance.casefiles.reading import read_document
from governance.enums import DecisionState, MeetingState
from governance.models import AgendaItem, Decision, Meeting
from governance.rules.text_hash import text_hash
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.exempt_scene import ExemptScene, exempt_scene

pytestmark = pytest.mark.django_db
NOW = "2026-12-02 12:00:00+00:00"
SECRET = "The bid of £4,100 is the lowest"
SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
WHOLE = f"{SENTENCE}. Public interest: Bids are still open"


@pytest.fixture
def scene() -> Any:
    with time_machine.travel(NOW, tick=False):
        made = exempt_scene()
        for key in ("decisions", "agenda-items", "lines"):
            made.withhold(key, **dict.fromkeys(made.rows[key].withheld_fields, SECRET))
        Decision.objects.update(state=DecisionState.DRAFT, text_hash=text_hash(SECRET), order_index=0)
        BusinessCaseLine.objects.update(annual_pence=410_000, staff_count=12)
        yield made


def columns(row: Model) -> dict[str, Any]:
    """A row as it is stored, without who wrote it last and when."""
    found = type(row)._base_manager.values().get(pk=row.pk)
    return {
        name: value for name, value in found.items() if name not in {"version", "updated_at", "updated_by_id"}
    }


def client_of(scene: ExemptScene) -> Any:
    return api_of(scene.person(RoleName.PROGRAMME_MANAGER))


def messages(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return [(one["field"], one["message"]) for one in response.json()["errors"]]


def test_decision_sent_back_as_it_was_read_stays(scene: ExemptScene) -> None:
    client, decision = client_of(scene), scene.decision
    path = f"/api/v1/decisions/{decision.pk}/"
    read = client.get(path).json()
    assert [read[name] for name in ("summary", "text", "reasons", "alternatives_rejected")] == [WHOLE] * 4
    before = columns(decision)
    kept = ("title", "summary", "text", "reasons", "alternatives_rejected", "is_key", "lapse_after_days")
    sent = {name: read[name] for name in kept} | {"note": SENTENCE, "version": read["version"]}
    answer = client.patch(path, sent | {"title": "Another title"}, format="json")
    assert (answer.status_code, columns(decision)) == (200, {**before, "title": "Another title"})
    Decision.objects.update(state=DecisionState.BLOCKED)
    again = {"version": answer.json()["version"], "text": read["text"], "why": "As before"}
    said = messages(client.post(f"{path}new-version/", again, format="json"))
    assert said == [("text", "These are the words of the version before. Change them")]


def test_sentence_of_a_text_that_is_open_by_now_is_refused(scene: ExemptScene) -> None:
    client, decision = client_of(scene), scene.decision
    Decision.objects.update(publication_class=PublicationClass.OPEN, text="The new contract")
    path = f"/api/v1/decisions/{decision.pk}/"
    for sentence in (WHOLE, SENTENCE.replace("3", "4", 1), "Withheld: confidential"):
        answer = client.patch(path, {"version": 1, "text": sentence}, format="json")
        assert messages(answer) == [("text", NOT_THE_TEXT)]
    assert Decision.objects.get().text == "The new contract"


def test_item_sent_back_as_it_was_read_stays(scene: ExemptScene) -> None:
    client, item = client_of(scene), scene.rows["agenda-items"]
    path, before = f"/api/v1/agenda-items/{item.pk}/", columns(item)
    read = client.get(path).json()
    assert (read["text"], read["outcome"]) == (WHOLE, WHOLE)
    sent = {"version": 1, "title": read["title"], "text": read["text"], "decision": read["decision"]}
    assert client.patch(path, sent, format="json").status_code == 200
    Meeting.objects.update(state=MeetingState.HELD)
    voted = {"version": 1, "votes": {}, "outcome": read["outcome"]}
    assert client.post(f"{path}votes/", voted, format="json").status_code == 200
    resolved = {"version": 2, "outcome": read["outcome"]}
    assert client.post(f"{path}outcome/", resolved, format="json").status_code == 200
    assert columns(item) == before
    assert AgendaItem.objects.get().outcome == SECRET


def test_lines_sent_back_as_they_were_read_stay(scene: ExemptScene) -> None:
    client, line = client_of(scene), scene.rows["lines"]
    path = f"/api/v1/business-cases/{line.business_case_id}/lines/"  # type: ignore[attr-defined]
    before, amounts = columns(line), list(BusinessCaseAmount.objects.values())
    read = client.get(path).json()
    shown = read["lines"][0]
    assert [shown[name] for name in line.withheld_fields] == [WHOLE] * len(line.withheld_fields)
    assert [shown[name] for name in ("staff_count", "annual", "amounts")] == [None, None, []]
    sent = {name: value for name, value in shown.items() if name not in {"id", "withheld"}}
    answer = client.put(path, {"version": read["version"], "lines": [sent]}, format="json")
    assert (answer.status_code, answer.json()["version"]) == (200, read["version"])
    changed = sent | {"title": "Other title"}
    assert (
        client.put(path, {"version": read["version"], "lines": [changed]}, format="json").status_code == 200
    )
    assert columns(line) == {**before, "title": "Other title"}
    assert list(BusinessCaseAmount.objects.values()) == amounts
    other = sent | {"evidence": SENTENCE.replace("3", "4", 1)}
    refused = client.put(path, {"version": read["version"] + 1, "lines": [other]}, format="json")
    assert messages(refused) == [(f"{line.ref}.evidence", NOT_THE_TEXT)]  # type: ignore[attr-defined]


def test_open_file_that_is_loaded_again_neither_blanks_nor_opens_what_is_withheld(scene: ExemptScene) -> None:
    rows = [scene.decision, scene.rows["lines"]]
    line = BusinessCaseLine.objects.get()
    released = {"released_at": line.business_case.updated_at, "released_by": scene.programme.created_by}
    second = BusinessCaseLine.objects.create(
        business_case=line.business_case,
        option=line.option,
        ref="OPEN",
        title="Open",
        kind=line.kind,
        **released,
    )
    before, amounts = [columns(row) for row in (*rows, second)], list(BusinessCaseAmount.objects.values())
    file = dump_case(scene.programme)
    assert SECRET not in file.decode()
    altered = file.decode().replace("title: Open", "title: Opened").replace("Bids are still", "Bids were")
    said = []
    for content in (file, altered.encode()):
        report = load_documents([read_document("case.yaml", content)], as_of=date(2026, 12, 2))
        said.append(report.files[0].refused)
    words = f"Decision {scene.decision.ref}: it is withheld. Change what it withholds in Concordat"
    assert said == [[], [words]]
    after = [columns(row) for row in (*rows, second)]
    assert after == [*before[:2], {**before[2], "title": "Opened"}]
    assert list(BusinessCaseAmount.objects.values()) == amounts
    assert BusinessCase.objects.count() == 1


def test_line_of_a_plan_cannot_be_loaded_for_a_case_line_that_is_withheld(scene: ExemptScene) -> None:
    """Its amounts would be open in the plan, as they would be if it were withheld later."""
    line = BusinessCaseLine.objects.get()
    plan_line = factories.LineFactory(programme=scene.programme, business_case_line=line)
    file = dump_case(scene.programme)
    with pytest.raises(CaseFileProblems) as refused:
        load_documents([read_document("case.yaml", file)], as_of=date(2026, 12, 2))
    words = "This line of the business case is withheld, and figures of a plan cannot be withheld yet"
    (problem,) = refused.value.problems
    assert problem.field == f"lines[{plan_line.ref}].business_case_line"
    assert problem.message == f"{words}. Take this line and its amounts out of the file"
    line.publication_class = PublicationClass.OPEN
    line.save()
    load_documents([read_document("case.yaml", file)], as_of=date(2026, 12, 2))
    plan_line.refresh_from_db()
    assert plan_line.business_case_line == line

"""Flags of double counting: who resolves them and how, by page and by API, and what each way changes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from benefits.actions.double_counts import Resolution, resolve_double_count
from benefits.enums import DoubleCountOutcome
from benefits.models import ActualAmount, Benefit, DoubleCountAnswer
from benefits.queries.double_counts import FlagRow, double_counts
from core.clock import today
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from tests import factories
from tests.benefits.doubles import CODE, Doubles, claim, make_doubles, same_code
from tests.benefits.scene import api_of, page_of, problems, refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day")]
WHY = "The contracts end on different days"


@pytest.fixture
def day() -> Any:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture(scope="module")
def made_doubles(module_db: None) -> Doubles:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        made = make_doubles()
        same_code(made)
        return made


@pytest.fixture
def made(made_doubles: Doubles) -> Doubles:
    return deepcopy(made_doubles)


def flags(made: Doubles) -> tuple[FlagRow, ...]:
    return double_counts(made.programme, as_of=today()).open


def resolve(
    made: Doubles, by: User, outcome: DoubleCountOutcome, *, reason: str = WHY, **more: Any
) -> DoubleCountAnswer:
    row = double_counts(made.programme, as_of=today()).flags[0]
    resolution = Resolution(outcome, reason, **more)
    return resolve_double_count(made.programme, by=by, ref=row.ref, seen=row.flag.mark, resolution=resolution)


def test_section_151_officer_says_that_it_is_another_saving(made: Doubles) -> None:
    (row,) = flags(made)
    answer = resolve(made, made.scene.s151, DoubleCountOutcome.NOT_SAME)
    assert (answer.flag_text, answer.doubtful_pence, answer.why) == (row.text, 10_000_00, WHY)
    assert flags(made) == ()
    event = AuditEvent.objects.get(action="resolve_double_count")
    assert (event.why, event.after["outcome"], event.scope) == (WHY, "not_same", "abc")
    with pytest.raises(Refusal, match="T Grant has already said that it is not the same saving"):
        resolve(made, made.scene.s151, DoubleCountOutcome.NOT_SAME)
    rows = DoubleCountAnswer.objects.filter(pk=answer.pk)
    for change in (rows.delete, lambda: rows.update(why="Something else")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_only_its_own_section_151_officer_marks_and_only_the_manager_links(made: Doubles) -> None:
    link = {"benefit": made.second, "parent": made.scene.benefit}
    share = {"percents": {made.second.pk: 0}}
    others = (made.ashmere_s151, made.scene.manager, made.scene.finance, made.scene.reader)
    for by in others:
        for outcome in (DoubleCountOutcome.NOT_SAME, DoubleCountOutcome.REVERSED):
            with pytest.raises(PermissionDenied, match="Only Brockvale’s section 151 officer can do this"):
                resolve(made, by, outcome, claimant=f"benefit {made.second.pk}")
    for by in (made.scene.s151, made.ashmere_s151, made.scene.finance, made.scene.reader):
        for outcome, more in ((DoubleCountOutcome.LINKED, link), (DoubleCountOutcome.ATTRIBUTION, share)):
            with pytest.raises(PermissionDenied, match="Only the programme manager can change this"):
                resolve(made, by, outcome, **more)
    Benefit.objects.filter(pk=made.second.pk).update(owner=made.scene.s151)
    with pytest.raises(Refusal, match="You own one of these benefits"):
        resolve(made, made.scene.s151, DoubleCountOutcome.NOT_SAME)
    assert DoubleCountAnswer.objects.count() == 0


def test_facts_that_changed_since_are_a_stale_edit(made: Doubles) -> None:
    (row,) = flags(made)
    claim(made, made.other_line, 1_000_00)
    with pytest.raises(StaleEdit, match="Someone changed this at"):
        resolve_double_count(
            made.programme,
            by=made.scene.s151,
            ref=row.ref,
            seen=row.flag.mark,
            resolution=Resolution(DoubleCountOutcome.NOT_SAME, WHY),
        )
    assert DoubleCountAnswer.objects.count() == 0


def test_linked_benefit_adds_nothing_and_the_flag_is_gone(made: Doubles) -> None:
    wrong = (
        ({"benefit": made.child, "parent": made.scene.benefit}, "Choose the benefit that is counted in"),
        ({"benefit": made.second, "parent": made.child}, "Choose the benefit that contains it"),
        (
            {"benefit": made.second, "parent": made.second},
            "A benefit cannot be counted in itself. Choose another",
        ),
    )
    for more, words in wrong:
        with pytest.raises(Refusal, match=words):
            resolve(made, made.scene.manager, DoubleCountOutcome.LINKED, **more)
    resolve(
        made,
        made.scene.manager,
        DoubleCountOutcome.LINKED,
        benefit=made.second,
        parent=made.scene.benefit,
        reason="The licences are part of it",
    )
    assert Benefit.objects.get(pk=made.second.pk).counted_in == made.scene.benefit
    found = double_counts(made.programme, as_of=today())
    assert [row.text for row in found.open] == [
        "B-2 Fewer licences is counted in B-1 Lower cost of ICT, but has claims of its own"
    ]
    assert [row.standing for row in found.answers] == ["Nothing is flagged any more"]
    resolve(made, made.scene.manager, DoubleCountOutcome.NOT_SAME, reason="Its claims are part of B-1’s")
    assert flags(made) == ()


def test_attribution_comes_to_no_more_than_the_whole(made: Doubles) -> None:
    pks = made.scene.benefit.pk, made.second.pk
    with pytest.raises(Refusal) as said:
        resolve(
            made,
            made.scene.manager,
            DoubleCountOutcome.ATTRIBUTION,
            percents=dict(zip(pks, (60, 70), strict=True)),
        )
    message = "These benefits claim 130% of the same saving. Reduce one or link them"
    assert (said.value.message, said.value.code) == (message, "41")


def test_shared_by_the_manager(made: Doubles) -> None:
    pks = made.scene.benefit.pk, made.second.pk
    shares = dict(zip(pks, (70, 30), strict=True))
    resolve(made, made.scene.manager, DoubleCountOutcome.ATTRIBUTION, percents=shares, reason="By licences")
    found = Benefit.objects.filter(pk__in=pks).order_by("pk")
    rows = [(one.attribution_percent, one.attribution_reason, one.version) for one in found]
    assert rows == [(70, "By licences", 2), (30, "By licences", 2)]
    assert flags(made) == ()


def test_claims_taken_back_by_the_section_151_officer(made: Doubles) -> None:
    claim(made, made.second_line, 2_000_00, period=8, verified_by=made.scene.s151)
    elsewhere = claim(made, made.second_line, 4_000_00, period=8, ledger_code="9999")
    with pytest.raises(Refusal, match="Choose whose claims are taken back"):
        resolve(made, made.scene.s151, DoubleCountOutcome.REVERSED, claimant=f"benefit {made.child.pk}")
    resolve(made, made.scene.s151, DoubleCountOutcome.REVERSED, claimant=f"benefit {made.second.pk}")
    back = ActualAmount.objects.filter(reverses__isnull=False).order_by("pk")
    told = [(row.amount_pence, row.ledger_code, row.explanation, row.entered_by) for row in back]
    assert told == [
        (-10_000_00, CODE, WHY, made.scene.s151),
        (-2_000_00, CODE, WHY, made.scene.s151),
    ]
    assert not ActualAmount.objects.filter(reverses=elsewhere).exists()
    assert flags(made) == ()


def test_reduction_that_stays_keeps_the_flag(made: Doubles) -> None:
    factories.reduction(made.second_line, made.scene.brockvale, 2026, code=CODE)
    resolve(made, made.scene.s151, DoubleCountOutcome.REVERSED, claimant=f"benefit {made.second.pk}")
    found = double_counts(made.programme, as_of=today())
    assert [row.doubtful_pence for row in found.open] == [0]
    assert [row.standing for row in found.answers] == ["Still flagged"]


def test_pages_and_api_resolve_and_refuse_alike(made: Doubles) -> None:
    (row,) = flags(made)
    page = f"/programmes/abc/double-counts/{row.ref}"
    api = f"/api/v1/programmes/abc/double-counts/{row.ref}/answers/"
    officer, route = page_of(made.scene.s151), api_of(made.scene.s151)
    sent = {"seen": row.flag.mark, "outcome": "not_same", "reason": "Short"}
    words = "Explain why it is not the same saving, in at least 10 characters"
    assert refusals(officer.post(f"{page}/not_same/", sent)) == [words]
    assert [one["message"] for one in problems(route.post(api, sent, format="json"))] == [words]
    assert page_of(made.ashmere_s151).post(f"{page}/not_same/", sent).status_code == 403
    assert api_of(made.ashmere_s151).post(api, sent, format="json").status_code == 403
    assert route.post(api, sent | {"seen": "x", "reason": WHY}, format="json").status_code == 409
    assert officer.post(f"{page}/not_same/", sent | {"seen": "x", "reason": WHY}).status_code == 409
    assert officer.get(f"{page}/reconciled/").status_code == 404
    assert DoubleCountAnswer.objects.count() == 0
    keyed = {"headers": {"Idempotency-Key": "one"}}
    for _ in range(2):
        answer = route.post(api, sent | {"reason": WHY}, format="json", **keyed)
        assert (answer.status_code, answer.json()["outcome"], answer.json()["why"]) == (201, "not_same", WHY)
    assert DoubleCountAnswer.objects.count() == 1
    manager = page_of(made.scene.manager)
    percents = {f"percent_{made.scene.benefit.pk}": "60", f"percent_{made.second.pk}": "40"}
    shared = manager.post(f"{page}/attribution/", {"seen": row.flag.mark, "reason": WHY} | percents)
    assert shared.status_code == 302
    assert flags(made) == ()
    assert double_counts(made.programme, as_of=today()).shares[0].left_percent == 0


def test_list_page_files_and_api_tell_the_same(made: Doubles, django_assert_num_queries) -> None:
    (row,) = flags(made)
    officer, route = page_of(made.scene.s151), api_of(made.scene.s151)
    officer.get("/programmes/abc/double-counts/")
    with django_assert_num_queries(17):
        page = officer.get("/programmes/abc/double-counts/").content.decode()
    sentence = "£10,000 of what is claimed may be counted twice: 1 flag to resolve."
    assert page.count(sentence) == 1
    assert page.count(row.text) == 3  # the flag, and the two ways of resolving it
    for name, period in (("8888", 5), ("7777", 6)):
        claim(made, made.scene.saving, 1_00, period=period, ledger_code=name)
        claim(made, made.second_line, 1_00, period=period, ledger_code=name)
    with django_assert_num_queries(17):
        officer.get("/programmes/abc/double-counts/")
    listed = route.get("/api/v1/programmes/abc/double-counts/").json()
    assert (listed["doubtful"], len(listed["flags"])) == ("10002.00", 3)
    assert listed["flags"][0]["text"] == row.text
    rows = b"".join(officer.get("/programmes/abc/double-counts/flags.csv")).decode().splitlines()
    assert [line.split(",")[0] for line in rows[-6:]].count(row.ref) == 2
    shares = route.get("/api/v1/programmes/abc/code-shares/").json()
    assert [(one["ledger_code"], one["total_percent"], one["left_percent"]) for one in shares] == [
        ("4312", 200, -100),
        ("7777", 200, -100),
        ("8888", 200, -100),
    ]
    file = b"".join(officer.get("/programmes/abc/double-counts/attribution.csv")).decode()
    assert "8888,Nobody: what is left,[z],-100,[z],[z]" in file
    assert officer.get("/programmes/abc/double-counts/other.csv").status_code == 404


def test_flag_is_shown_beside_the_benefit_its_claims_and_the_headline(made: Doubles) -> None:
    (row,) = flags(made)
    factories.plan_version(
        made.programme, 1, amounts=[(made.scene.saving, made.scene.brockvale, 2026, None, 1)]
    )
    officer = page_of(made.scene.s151)
    sentence = "£10,000 of what is claimed may be counted twice: 1 flag to resolve."
    pages = {
        f"/benefits/{made.second.pk}/": row.text,
        f"/benefits/{made.child.pk}/": "",
        "/programmes/abc/claims/": row.text,
        "/programmes/abc/savings/": sentence,
        "/programmes/abc/to-enter/": sentence,
    }
    found = {path: officer.get(path).content.decode() for path in pages}
    assert {path: page.count(pages[path] or row.text) for path, page in found.items()} == dict(
        zip(pages, (1, 0, 2, 1, 1), strict=True)
    )
    resolve(made, made.scene.s151, DoubleCountOutcome.NOT_SAME)
    again = {path: officer.get(path).content.decode() for path in pages}
    assert {path for path, page in again.items() if pages[path] and pages[path] in page} == set()

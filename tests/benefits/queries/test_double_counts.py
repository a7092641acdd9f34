"""What may be counted twice, as it is worked out from the rows there are."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
import time_machine

from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.models import Benefit
from benefits.queries.double_counts import double_count_flags_of, double_count_sentence, double_counts
from tests import factories
from tests.benefits.doubles import CODE, Doubles, claim, make_doubles, same_cause, same_code
from tests.benefits.life import link

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def made_doubles(module_db: None) -> Doubles:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        return make_doubles()


@pytest.fixture
def made(made_doubles: Doubles) -> Doubles:
    return deepcopy(made_doubles)


def told(made: Doubles) -> list[tuple[str, str, str, int]]:
    """Kind, council, text and doubtful pence of each open flag."""
    found = double_counts(made.programme, as_of=DAY)
    return [(row.flag.kind, str(row.council or ""), row.text, row.doubtful_pence) for row in found.open]


CODE_TEXT = (
    "B-1 Lower cost of ICT and B-2 Fewer licences claim 200% of code 4312 of Brockvale "
    "in 2026 to 2027 between them"
)
CAUSE_TEXT = (
    "B-1 Lower cost of ICT and B-2 Fewer licences have the same service and cause, "
    "and pounds of Brockvale in the same years"
)


def test_same_code_of_two_benefits(made: Doubles, django_assert_num_queries) -> None:
    same_code(made)
    with django_assert_num_queries(11):
        found = double_counts(made.programme, as_of=DAY)
    assert told(made) == [(DoubleCountKind.SAME_CODE, "Brockvale", CODE_TEXT, 10_000_00)]
    assert found.sentence == "£10,000 of what is claimed may be counted twice: 1 flag to resolve."
    (shares,) = found.shares
    assert (str(shares.council), shares.fy, shares.code) == ("Brockvale", 2026, CODE)
    assert [(one.title, one.percent, one.pence) for one in shares.claims] == [
        ("B-1 Lower cost of ICT", 100, 20_000_00),
        ("B-2 Fewer licences", 100, 10_000_00),
    ]
    assert (shares.total_percent, shares.left_percent) == (200, -100)


def test_shares_that_come_to_the_whole_are_no_double_count(made: Doubles) -> None:
    same_code(made)
    reason = {"attribution_reason": "Shared with the licences"}
    Benefit.objects.filter(pk=made.scene.benefit.pk).update(attribution_percent=60, **reason)
    Benefit.objects.filter(pk=made.second.pk).update(attribution_percent=30, **reason)
    found = double_counts(made.programme, as_of=DAY)
    assert told(made) == []
    assert found.sentence == "Nothing that is claimed is flagged as counted twice."
    assert [(one.percent, one.reason) for one in found.shares[0].claims] == [
        (60, "Shared with the licences"),
        (30, "Shared with the licences"),
    ]
    assert found.shares[0].left_percent == 10


def test_what_is_returned_or_reversed_is_no_claim_and_a_reduction_is_one(made: Doubles) -> None:
    claim(made, made.scene.saving, 20_000_00)
    back = claim(made, made.second_line, 10_000_00)
    claim(made, made.second_line, -10_000_00, reverses=back, explanation="Entered under the wrong code")
    assert told(made) == []
    factories.reduction(made.second_line, made.scene.brockvale, 2026, code=CODE)
    assert told(made) == [(DoubleCountKind.SAME_CODE, "Brockvale", CODE_TEXT, 0)]
    sentence = "Nothing that is claimed so far is counted twice, but there is 1 flag to resolve."
    assert double_count_sentence(made.programme, as_of=DAY) == sentence


def test_same_code_in_another_programme_of_the_partnership(made: Doubles) -> None:
    claim(made, made.scene.saving, 20_000_00)
    claim(made, made.other_line, 5_000_00)
    claim(made, made.other_line, 7_000_00, period=8, ledger_code="9999")
    text = "B-1 Lower cost of ICT and ICT-W ICT of waste claim 200% of code 4312 of Brockvale in 2026 to 2027"
    assert told(made) == [(DoubleCountKind.SAME_CODE, "Brockvale", f"{text} between them", 5_000_00)]
    there = double_counts(made.other, as_of=DAY)
    assert [(row.text, row.doubtful_pence) for row in there.open] == [(f"{text} between them", 5_000_00)]


def test_same_service_and_cause(made: Doubles, django_assert_num_queries) -> None:
    same_cause(made)
    assert told(made) == [(DoubleCountKind.SAME_CAUSE, "Brockvale", CAUSE_TEXT, 10_000_00)]
    for ref, title in (("B-8", "Fewer desks"), ("B-9", "Fewer calls")):
        factories.BenefitFactory(programme=made.programme, ref=ref, title=title)
    with django_assert_num_queries(11):
        double_counts(made.programme, as_of=DAY)


def test_same_service_and_enabling_milestone(made: Doubles) -> None:
    same_cause(made)
    Benefit.objects.filter(pk=made.second.pk).update(service_feature="Licences bought together")
    assert told(made) == []
    go_live = factories.MilestoneFactory(programme=made.programme, ref="M-1", title="Go-live")
    step = factories.MapStepFactory(programme=made.programme, ref="CH-1", title="One desk")
    link(made.programme, from_milestone=go_live, to_step=step)
    link(made.programme, from_step=step, to_benefit=made.scene.benefit)
    link(made.programme, from_milestone=go_live, to_benefit=made.second)
    assert [kind for kind, *_ in told(made)] == [DoubleCountKind.SAME_CAUSE]


def test_pound_in_two_flags_is_doubted_once(made: Doubles) -> None:
    same_cause(made)
    claim(made, made.scene.saving, 2_000_00, period=8)
    claim(made, made.second_line, 3_000_00, period=8)
    found = double_counts(made.programme, as_of=DAY)
    assert [row.doubtful_pence for row in found.open] == [13_000_00, 2_000_00]
    assert found.doubtful_pence == 15_000_00


def test_benefit_counted_in_another(made: Doubles) -> None:
    assert told(made) == []
    claim(made, made.child_line, 5_000_00, ledger_code="77")
    text = "B-3 Lower cost of printing is counted in B-1 Lower cost of ICT, but has claims of its own"
    assert told(made) == [
        (DoubleCountKind.CONTAINED, "", f"{text} and is more than the other’s total holds", 0)
    ]
    claim(made, made.scene.saving, 9_000_00, ledger_code="78")
    assert told(made) == [(DoubleCountKind.CONTAINED, "", text, 0)]
    Benefit.objects.filter(pk=made.scene.benefit.pk).update(counted_in=made.second)
    claim(made, made.second_line, 20_000_00, ledger_code="79")
    assert [text for _, _, text, _ in told(made)] == [
        "B-1 Lower cost of ICT is counted in B-2 Fewer licences, but has claims of its own",
        f"{text} and is counted in one that is itself counted in another",
    ]
    Benefit.objects.filter(pk=made.second.pk).update(counted_in=made.scene.benefit)
    assert [text.partition(" of its own")[2] for _, _, text, _ in told(made)] == [
        " and is counted in a loop, so that none of them counts",
        ", is more than the other’s total holds and is counted in a loop, so that none of them counts",
        " and is counted in a loop, so that none of them counts",
    ]


def test_flags_of_claims(made: Doubles) -> None:
    same_code(made)
    costs = factories.actual(made.scene.cost, made.scene.brockvale, 2026, 7, 1_00, ledger_code=CODE)
    elsewhere = claim(made, made.second_line, 1_00, period=6, ledger_code="9999")
    claims = [made.scene.saving.actualamounts.get(), costs, elsewhere]
    found = double_count_flags_of(claims, as_of=DAY)
    assert {pk: [row.text for row in rows] for pk, rows in found.items()} == {claims[0].pk: [CODE_TEXT]}


def test_answer_stands_until_the_facts_change(made: Doubles) -> None:
    same_code(made)
    (row,) = double_counts(made.programme, as_of=DAY).open
    made.programme.double_count_answers.create(
        kind=row.flag.kind,
        flag_key=row.flag.key,
        facts_mark=row.flag.mark,
        council=made.scene.brockvale,
        flag_text=row.text,
        doubtful_pence=row.doubtful_pence,
        outcome=DoubleCountOutcome.NOT_SAME,
        why="Different contracts end",
        entered_by=made.scene.s151,
    )
    claim(made, made.second_line, 1_000_00, period=8)
    found = double_counts(made.programme, as_of=DAY)
    assert (found.open, found.doubtful_pence) == ((), 0)
    assert [row.standing for row in found.answers] == ["Stands"]
    factories.reduction(made.second_line, made.scene.brockvale, 2026, code=CODE)
    found = double_counts(made.programme, as_of=DAY)
    assert [row.is_reopened for row in found.open] == [True]
    assert [row.standing for row in found.answers] == ["Lapsed: the facts have changed since"]

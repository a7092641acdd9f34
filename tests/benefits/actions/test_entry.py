"""Many amounts at once: stored as claims, corrected by reversal, all or none."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from benefits.actions.entry_actuals import VERIFIED, enter_actuals, try_actuals
from benefits.actions.entry_forecast import enter_forecast
from benefits.actions.period import close_period, grant_exception
from benefits.actions.typed import Seen, Typed
from benefits.enums import EntryKind, Every, Outcome
from benefits.models import ActualAmount, ForecastAmount, ForecastSnapshot, Verification
from benefits.queries.standing import ledger_mark
from benefits.rules.entry import Span, month_span, spans_of
from core.clock import now
from core.errors import Refusal, Refusals, StaleEdit
from tests import factories
from tests.benefits.scene import make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-24 12:00:00+00:00", tick=False)]
WHY = "The invoice of October came late"
EXPLAIN = " Explain why, in at least 10 characters"
CLOSED = (
    "Brockvale closed October 2026 on 24 November 2026. Enter it in a later month, or ask its section 151 "
    "officer for an exception"
)


@pytest.fixture
def scene(db):
    return make_scene()


def typed(scene, span, pence, **fields):
    return Typed(scene.saving, scene.brockvale, span, pence, **fields)


def enter(scene, *amounts, **fields):
    return enter_actuals(scene.programme, by=scene.finance, typed=amounts, **fields)


def stored():
    rows = ActualAmount.objects.order_by("pk")
    return list(rows.values_list("fy", "period", "amount_pence", "reverses__period"))


def messages(said):
    refusals = said.value.refusals if isinstance(said.value, Refusals) else [said.value]
    return [(one.field, one.message) for one in refusals]


def answered_meanwhile(scene, claim, outcome):
    """Answer a claim at the first look at closed months: by then the ledger has been read."""

    def run(execute, sql, params, many, context):
        if "benefits_periodclose" in sql.lower() and not Verification.objects.filter(actual=claim).exists():
            reason = WHY if outcome == Outcome.RETURNED else ""
            Verification.objects.create(
                actual=claim, outcome=outcome, reason=reason, verified_by=scene.s151, verified_at=now()
            )
        return execute(sql, params, many, context)

    return connection.execute_wrapper(run)


def test_claim_that_is_answered_while_another_amount_is_entered(scene):
    verified = scene.claim(500)
    returned = factories.actual(scene.saving, scene.brockvale, 2026, 6, 400, entered_by=scene.finance)
    with answered_meanwhile(scene, verified, Outcome.VERIFIED), pytest.raises(Refusals) as said:
        enter(scene, typed(scene, month_span(2026, 7), 700, explanation=WHY))
    before = [(2026, 7, 500, None), (2026, 6, 400, None)]
    assert (messages(said), stored()) == ([("amount", VERIFIED)], before)
    with answered_meanwhile(scene, returned, Outcome.RETURNED):
        done = enter(scene, typed(scene, month_span(2026, 6), 600, explanation=WHY))
    assert (done.reversals, stored()) == ((), [*before, (2026, 6, 600, None)])


def test_quarter_is_shared_over_its_months_to_the_penny_and_entering_it_again_writes_nothing(scene):
    quarter = typed(scene, spans_of(Every.QUARTER, [2026])[1], 100_00, ledger_code="4312")
    assert len(enter(scene, quarter).claims) == 3
    assert stored() == [(2026, 4, 3334, None), (2026, 5, 3333, None), (2026, 6, 3333, None)]
    again = enter(scene, quarter)
    assert (again.claims, again.reversals, len(stored())) == ((), (), 3)


def test_claim_that_changes_is_taken_back_and_claimed_anew_with_its_code(scene):
    scene.claim(500, ledger_code="4312", evidence="Invoice 7")
    done = enter(scene, typed(scene, month_span(2026, 7), 700, explanation=WHY))
    assert stored() == [(2026, 7, 500, None), (2026, 7, -500, 7), (2026, 7, 700, None)]
    new = done.claims[0]
    assert (new.ledger_code, new.evidence, new.explanation) == ("4312", "Invoice 7", WHY)
    enter(scene, typed(scene, month_span(2026, 7), None, explanation=WHY))
    assert ActualAmount.objects.filter(reversed_by__isnull=True, reverses__isnull=True).count() == 0


def test_everything_that_cannot_be_is_told_by_its_place_and_nothing_is_stored(scene):
    scene.claim(500)
    verified = scene.claim(600, verified_by=scene.s151)
    verified_month, before = typed(scene, month_span(2026, 7), 9, explanation=WHY, place="a"), stored()
    with pytest.raises(Refusals) as said:
        enter(
            scene,
            verified_month,
            typed(scene, month_span(2026, 8), 900, place="b"),
            typed(scene, month_span(2026, 6), -900, place="c"),
            typed(scene, month_span(2026, 5), 900, place="d"),
        )
    assert messages(said) == [
        ("a", "This amount is verified. The section 151 officer reverses it before it can change"),
        ("b", "Actual date must be today or in the past"),
        ("c", "Explain why this saving is negative, in at least 10 characters"),
    ]
    assert (verified.amount_pence, stored()) == (600, before)


def test_changed_claim_needs_its_reason_and_stale_table_is_refused(scene):
    scene.claim(500)
    seen = [Seen(scene.brockvale, ledger_mark(scene.programme, scene.brockvale, EntryKind.ACTUAL))]
    with pytest.raises(Refusals) as said:
        enter(scene, typed(scene, month_span(2026, 7), 700, place="a"), seen=seen)
    expected = "Explain why an amount entered before is changed, in at least 10 characters"
    assert messages(said) == [("a", expected)]
    scene.claim(1)
    with pytest.raises(StaleEdit):
        enter(scene, typed(scene, month_span(2026, 6), 700), seen=seen)
    with pytest.raises(Refusal, match="Only an officer of Ashmere can enter its amounts"):
        enter(scene, Typed(scene.saving, scene.councils[0], month_span(2026, 6), 700))


def test_closed_month_takes_nothing_but_from_whom_an_exception_names_up_to_its_day(scene):
    close = close_period(scene.brockvale, by=scene.finance, fy=2026, period=7)
    october = typed(scene, month_span(2026, 7), 700, place="a")
    with pytest.raises(Refusals) as said:
        enter(scene, october)
    assert messages(said) == [("a", CLOSED)]
    exception = {"user": scene.finance, "until_on": date(2026, 11, 30), "reason": WHY}
    grant_exception(close, by=scene.s151, **exception)
    with pytest.raises(Refusals):
        enter(scene, october, entered_at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert len(enter(scene, october).claims) == 1
    with pytest.raises(Refusal, match="October 2026 is closed already"):
        close_period(scene.brockvale, by=scene.finance, fy=2026, period=7)
    with pytest.raises(Refusal, match="Someone else must make an exception for you"):
        grant_exception(close, by=scene.s151, **exception | {"user": scene.s151})


def test_amount_far_from_plan_needs_an_explanation_exactly_past_the_limit(scene):
    factories.plan_version(
        scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, None, 1_200_000_00)]
    )
    enter(scene, typed(scene, month_span(2026, 6), 90_000_00))
    with pytest.raises(Refusals) as said:
        enter(scene, typed(scene, month_span(2026, 7), 89_999_99, place="a"))
    expected = "Lower cost of ICT, Brockvale, October 2026 is £10,000.01 below plan." + EXPLAIN
    assert messages(said) == [("a", expected)]
    assert len(enter(scene, typed(scene, month_span(2026, 7), 89_999_99, explanation=WHY)).claims) == 1


def forecast(scene, *amounts, commentary=""):
    return enter_forecast(
        scene.programme,
        by=scene.finance,
        as_at_on=date(2026, 11, 20),
        commentary=commentary,
        typed=amounts,
    )


def test_forecast_keeps_what_was_not_changed_of_its_line_and_spreads_a_year_that_becomes_months(scene):
    factories.forecast(
        scene.programme,
        date(2026, 11, 1),
        [(scene.saving, scene.brockvale, 2026, None, 12_000), (scene.saving, scene.brockvale, 2027, 1, 700)],
    )
    made = forecast(scene, typed(scene, spans_of(Every.QUARTER, [2026])[3], 90))
    assert [(row.fy, row.period, row.amount_pence) for row in made.amounts.order_by("fy", "period")] == [
        *[(2026, period, 1000) for period in range(1, 10)],
        *[(2026, period, 30) for period in (10, 11, 12)],
        (2027, 1, 700),
    ]
    assert forecast(scene, typed(scene, spans_of(Every.QUARTER, [2026])[3], 90)) is None
    forecast(scene, typed(scene, Span(2026, 1, 12), None))
    latest = ForecastSnapshot.objects.last()
    assert [(row.fy, row.period, row.amount_pence) for row in latest.amounts.order_by("fy", "period")] == [
        (2026, None, 0),
        (2027, 1, 700),
    ]


def test_forecast_far_from_plan_needs_commentary_and_a_negative_one_its_reason(scene):
    factories.plan_version(
        scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, None, 50_000_00)]
    )
    with pytest.raises(Refusal) as said:
        forecast(scene, typed(scene, Span(2026, 1, 12), 44_999_99))
    expected = "Lower cost of ICT, Brockvale, 2026 to 2027 is £5,000.01 below plan." + EXPLAIN
    assert messages(said) == [("commentary", expected)]
    with pytest.raises(Refusals) as said:
        forecast(scene, typed(scene, month_span(2026, 12), -5, place="a"))
    assert messages(said) == [("a", "Explain why this saving is negative, in at least 10 characters")]
    assert ForecastAmount.objects.count() == 0
    assert forecast(scene, typed(scene, Span(2026, 1, 12), 44_999_99), commentary=WHY) is not None


def test_trying_refuses_as_entering_does_and_writes_no_claim(scene):
    """The claim that is changed no longer stands against its code's budget; the tried amounts do."""
    scene.claim(500, ledger_code="4312")
    factories.BudgetLineFactory(council=scene.brockvale, fy=2026, ledger_code="4312", budget_pence=900)
    within = typed(scene, month_span(2026, 7), 900, explanation=WHY)
    over = typed(scene, month_span(2026, 6), 1, explanation=WHY, ledger_code="4312", place="row")
    for amounts, refused in (((within,), False), ((within, over), True)):
        for step in (try_actuals, enter_actuals):
            with transaction.atomic():
                try:
                    step(scene.programme, by=scene.finance, typed=amounts)
                    said = []
                except Refusals as found:
                    said = [(one.field, one.code) for one in found.refusals]
                assert (step.__name__, said) == (step.__name__, [("row", "40")] if refused else [])
                transaction.set_rollback(True)
    with transaction.atomic():
        try_actuals(scene.programme, by=scene.finance, typed=[within])
        assert stored() == [(2026, 7, 500, None), (2026, 7, -500, 7)]
        transaction.set_rollback(True)

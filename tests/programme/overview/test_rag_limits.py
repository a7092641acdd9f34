"""A programme's own limits between Green, Amber and Red (F-26, row 88)."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import RoleName
from benefits.actions.roll_ups import store_roll_up
from benefits.enums import Measure
from benefits.queries.all_savings import AllChoice, all_savings, read_programmes
from benefits.queries.at_risk import measured_benefits
from benefits.queries.ledgers import read_ledgers
from benefits.queries.measure_trends import measure_trends
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import Choice
from benefits.rules.at_risk import RiskFacts, risk_reasons
from core.errors import Refusals, StaleEdit
from core.models import AuditEvent
from governance.reporting.money import by_year
from programme.actions.rag_limits import set_rag_limits
from programme.models import Programme
from programme.queries.milestones import milestone_rows
from programme.queries.overview.ratings import programme_rating
from programme.queries.overview.recorded_rows import NO_POWERS
from programme.queries.risks import heat_map, risk_rows
from tests.benefits.scene import Scene, make_scene
from tests.factories import (
    BenefitFactory,
    MilestoneFactory,
    RiskFactory,
    UserFactory,
    actual,
    plan_version,
    role,
    sign_in,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
OWN = {
    "savings_green_percent": 50,
    "savings_amber_percent": 40,
    "cost_green_percent": 120,
    "cost_amber_percent": 150,
    "milestone_amber_days": 5,
    "risk_amber_score": 11,
    "measure_green_percent": 60,
    "measure_amber_percent": 40,
}
AT = "/programmes/abc/rating/limits/"


@pytest.fixture
def scene() -> Scene:
    scene = make_scene()
    council, programme = scene.brockvale, scene.programme
    MilestoneFactory(programme=programme, plan=date(2026, 12, 1), forecast=date(2026, 12, 11))
    RiskFactory(programme=programme)
    planned = [(scene.saving, council, 2026, 1, 100_00), (scene.cost, council, 2026, 1, 20_00)]
    plan_version(programme, 1, amounts=planned)
    actual(scene.saving, council, 2026, 1, 50_00, verified_by=scene.s151)
    actual(scene.cost, council, 2026, 1, 30_00, verified_by=scene.s151)
    return scene


def words(scene: Scene) -> dict[str, str]:
    """Every rating of the scene by the place where it is read; a new programme, as a request reads it."""
    programme = Programme.objects.select_related("partnership").get(pk=scene.programme.pk)
    savings = savings_against_plan(programme, as_of=TODAY)
    risks = risk_rows(programme, as_of=TODAY)
    (milestone,) = milestone_rows(programme.milestones.all(), as_of=TODAY, powers=NO_POWERS)
    total, spent = savings.total_of(Measure.GROSS), savings.total_of(Measure.ONE_OFF_COST)
    assert total is not None
    assert spent is not None
    rated = programme_rating(programme, as_of=TODAY)
    sums = all_savings(read_programmes(scene.manager, as_of=TODAY), AllChoice())
    cells = [cell for row in heat_map(risks, programme.thresholds) for cell in row.cells if cell.count]
    return {
        "milestone": milestone.rating.word,
        "risk": risks[0].rating.word if risks[0].rating else "",
        "heat map": cells[0].word,
        "saving": total.realised_rating.word,
        "cost": spent.spending_rating.word,
        "all savings": sums.rows[0].whole.realised_rating.word,
        **{name: part.word for name, part in rated.parts.items()},
    }


DEFAULTS = {
    "milestone": "Amber",
    "risk": "Amber",
    "heat map": "Amber",
    "saving": "Red",
    "cost": "Red",
    "all savings": "Red",
    "Savings": "Red",
    "Milestones": "Amber",
    "Cost": "Red",
}
FOLLOWING = {
    "milestone": "Red",
    "risk": "Red",
    "heat map": "Red",
    "saving": "Green",
    "cost": "Amber",
    "all savings": "Green",
    "Savings": "Amber",
    "Milestones": "Red",
    "Cost": "Amber",
}


@pytest.mark.parametrize("is_stored", [False, True])
@time_machine.travel("2026-11-24 09:00:00+00:00", tick=False)
def test_every_rating_follows_the_programmes_own_limits(scene: Scene, is_stored: bool) -> None:
    if is_stored:
        store_roll_up(scene.programme)
    assert words(scene) == DEFAULTS
    set_rag_limits(scene.programme, by=scene.manager, seen_version=1, limits=OWN)
    assert words(scene) == FOLLOWING


@time_machine.travel("2026-11-24 09:00:00+00:00", tick=False)
def test_measures_doubts_and_the_notes_of_a_report_follow_too(scene: Scene) -> None:
    benefit = BenefitFactory(
        programme=scene.programme, measure_name="Days", starting_value=0, target_value=10
    )
    benefit.trajectory.create(fy=2026, period=6, value=10)
    benefit.readings.create(fy=2026, period=6, value=5, entered_by=scene.manager)
    saved = set_rag_limits(scene.programme, by=scene.manager, seen_version=1, limits=OWN)
    ledgers = read_ledgers(saved, as_of=TODAY)
    found = measure_trends(measured_benefits(saved), ledgers, Choice(), None)
    assert [one.rating.word for one in found.trends if one.name == "Days"] == ["Amber"]
    facts = {"state": "realising", "planned_pence": 100_00, "forecast_pence": 50_00}
    assert len(risk_reasons(RiskFacts(**facts))) == 1
    assert risk_reasons(RiskFacts(**facts, thresholds=saved.thresholds)) == ()
    kept = by_year(savings_against_plan(saved, as_of=TODAY), Measure.GROSS, "k", "Savings")
    assert "Green from 50%, Amber from 40%" in str(kept)


def test_only_what_differs_is_kept_and_the_trail_says_who_changed_what(scene: Scene, client: Client) -> None:
    limits = {"savings_green_percent": 95, "milestone_amber_days": 14}
    saved = set_rag_limits(scene.programme, by=scene.manager, seen_version=1, limits=limits)
    assert (saved.rag_thresholds, saved.version) == ({"milestone_amber_days": 14}, 2)
    event = AuditEvent.objects.get(action="set_rag_limits")
    assert (event.before, event.after, event.by) == (
        {"milestone_amber_days": 28, "version": 1},
        {"milestone_amber_days": 14, "version": 2},
        scene.manager,
    )
    with pytest.raises(StaleEdit):
        set_rag_limits(saved, by=scene.manager, seen_version=1, limits=limits)
    sro = UserFactory()
    role(sro, RoleName.SRO, partnership=saved.partnership)
    usual = set_rag_limits(saved, by=sro, seen_version=2, limits={"milestone_amber_days": 28})
    assert usual.rag_thresholds is None
    with pytest.raises(PermissionDenied, match="Only the programme manager or the senior responsible owner"):
        set_rag_limits(saved, by=scene.s151, seen_version=3, limits=limits)
    page = sign_in(client, scene.s151).get("/programmes/abc/rating/").content.decode()
    assert "The limits, all of them the defaults" in page
    assert AT not in page


def test_out_of_range_is_refused_in_words_all_at_once(scene: Scene, client: Client) -> None:
    wrong = {"milestone_amber_days": 367, "shortfall_amber_pence": -1, "cost_green_percent": 0}
    with pytest.raises(Refusals) as refused:
        set_rag_limits(scene.programme, by=scene.manager, seen_version=1, limits=wrong)
    assert [one.message for one in refused.value.refusals] == [
        "Highest shortfall that is Amber where the plan is £0 or less must be from £0 to £100,000,000",
        "Costs are Green up to this part of plan must be from 1% to 499%",
        "Most days late that are Amber must be from 0 days to 366 days",
    ]
    page = sign_in(client, scene.manager).get(AT).content.decode()
    assert "Default: £10,000" in page

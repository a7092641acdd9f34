"""A measured benefit with all that its gates ask for, and the people who take its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import BenefitClass, BenefitKind, BenefitState, Combining, Direction, Frequency
from benefits.models import Benefit, BenefitLink, MapStep
from programme.models import Milestone, Objective, Programme
from tests import factories
from tests.benefits.scene import Scene, make_scene

COMPLETE: dict[str, Any] = {
    "title": "Faster claims",
    "description": "Days from a complete claim to the decision",
    "benefit_class": BenefitClass.QUANTIFIABLE,
    "kind": BenefitKind.MEASURE,
    "counterfactual": "The days would have stayed at 26",
    "measure_name": "Days to decide",
    "measure_unit": "days",
    "direction": Direction.LOWER,
    "frequency": Frequency.MONTHLY,
    "combining": Combining.AVERAGE,
    "starting_value": Decimal(26),
    "starting_on": date(2026, 3, 31),
    "target_value": Decimal(13),
    "starts_on": date(2027, 4, 1),
    "has_description": True,
    "doam_description": "Residents wait less",
    "has_observable": True,
    "doam_observable": "The days are counted",
    "has_attribution": True,
    "doam_attribution": "One team decides",
    "has_measurement": True,
    "doam_measurement": "Reports of the claims system",
}


@dataclass
class Life:
    """The rows that tests name. The benefit waits for go-live and leads to one objective."""

    scene: Scene
    owner: User
    other: User
    sro: User
    benefit: Benefit
    go_live: Milestone
    change: MapStep
    objective: Objective

    @property
    def programme(self) -> Programme:
        """Their programme."""
        return self.scene.programme

    def now(self) -> Benefit:
        """The benefit as it is stored."""
        return Benefit.objects.select_related("programme__partnership").get(pk=self.benefit.pk)


def make_life(**fields: Any) -> Life:
    """The benefit, identified, in the scene of the money pages."""
    scene = make_scene(base_fy=2026)
    programme = scene.programme
    owner, other, sro = (factories.UserFactory(name=name) for name in ("O Wood", "N Lane", "S Okafor"))
    factories.role(owner, RoleName.COUNCIL_LEAD, council=scene.brockvale)
    factories.role(other, RoleName.COUNCIL_LEAD, council=scene.councils[0])
    factories.role(sro, RoleName.SRO, partnership=programme.partnership)
    by = {"created_by": scene.manager, "updated_by": scene.manager}
    benefit = factories.BenefitFactory(
        programme=programme, ref="B-2", owner=owner, **by, **{**COMPLETE, **fields}
    )
    benefit.trajectory.create(fy=2027, value=13)
    go_live = factories.MilestoneFactory(
        programme=programme, ref="M-1", title="Go-live", plan=date(2027, 4, 1), forecast=date(2027, 5, 26)
    )
    change = factories.MapStepFactory(programme=programme, ref="CH-1", title="One team decides")
    objective = factories.ObjectiveFactory(programme=programme, ref="O-1", title="Quicker answers")
    link(programme, from_milestone=go_live, to_step=change)
    link(programme, from_step=change, to_benefit=benefit)
    link(programme, from_benefit=benefit, to_objective=objective)
    return Life(scene, owner, other, sro, benefit, go_live, change, objective)


def link(programme: Programme, **ends: Any) -> BenefitLink:
    """A link of the map as it is stored."""
    return BenefitLink.objects.create(programme=programme, entered_by=programme.created_by, **ends)


def stand_at(benefit: Benefit, state: BenefitState, **fields: Any) -> Benefit:
    """The benefit in a state that it did not reach by steps."""
    Benefit.objects.filter(pk=benefit.pk).update(state=state, **fields)
    return Benefit.objects.select_related("programme__partnership").get(pk=benefit.pk)

"""Benefits that may be counted twice: by code, by cause and through another, in one programme and another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import Benefit, Line
from programme.models import Programme
from tests import factories
from tests.benefits.scene import Scene, make_scene

CODE = "4312"


@dataclass
class Doubles:
    """The rows that tests name; the money is Brockvale's, the other officer Ashmere's."""

    scene: Scene
    second: Benefit
    second_line: Line
    child: Benefit
    child_line: Line
    other: Programme
    other_line: Line
    ashmere_s151: User

    @property
    def programme(self) -> Programme:
        """The programme whose flags are looked at."""
        return self.scene.programme


def make_doubles() -> Doubles:
    """Nothing is claimed yet."""
    scene = make_scene(base_fy=2026)
    programme, by = scene.programme, {"owner": scene.manager}
    second = factories.BenefitFactory(programme=programme, ref="B-2", title="Fewer licences", **by)
    child = factories.BenefitFactory(
        programme=programme, ref="B-3", title="Lower cost of printing", counted_in=scene.benefit, **by
    )
    other = factories.ProgrammeFactory(key="other", name="Waste together", partnership=programme.partnership)
    officer = factories.UserFactory(name="A Stone")
    factories.role(officer, RoleName.S151, council=scene.councils[0])
    return Doubles(
        scene,
        second,
        factories.LineFactory(programme=programme, ref="LIC", title="Fewer licences", benefit=second),
        child,
        factories.LineFactory(programme=programme, ref="PRINT", title="Printing", benefit=child),
        other,
        factories.LineFactory(programme=other, ref="ICT-W", title="ICT of waste"),
        officer,
    )


def claim(made: Doubles, line: Line, pence: int, period: int = 7, **fields: Any) -> Any:
    """What Brockvale's finance officer claims of a line from the code."""
    fields = {"ledger_code": CODE, "entered_by": made.scene.finance} | fields
    return factories.actual(line, made.scene.brockvale, 2026, period, pence, **fields)


def same_code(made: Doubles) -> None:
    """Two benefits claim from one code: £20,000 and £10,000."""
    claim(made, made.scene.saving, 20_000_00)
    claim(made, made.second_line, 10_000_00)


def same_cause(made: Doubles) -> None:
    """Both benefits name one service and one cause, and claim £20,000 and £10,000 from codes of their own."""
    service = factories.ServiceFactory(programme=made.programme)
    named = {"service": service, "service_feature": "One service desk", "starts_on": date(2026, 4, 1)}
    Benefit.objects.filter(pk=made.scene.benefit.pk).update(**named)
    Benefit.objects.filter(pk=made.second.pk).update(**named | {"service_feature": "One service-desk."})
    claim(made, made.scene.saving, 20_000_00, ledger_code="1")
    claim(made, made.second_line, 10_000_00, ledger_code="2")

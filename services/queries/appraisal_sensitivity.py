"""What becomes of an option when its assumptions fail, for readers who may not see all (F-13, F-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from services.queries.appraisal import CaseAppraisal, Missing, OptionAppraisal
from services.queries.few_people import why_withheld
from services.rules.monte_carlo import NpvRange, simulate
from services.rules.option_result import Measures
from services.rules.sensitivity import Scenario, ScenarioKind, SensitivitySet, sensitivity_set
from services.rules.switching import SwitchingValues, switching_values

Npv = int | NotApplicable | Missing

_SOLVES_NOTHING = frozenset({ScenarioKind.CENTRAL, ScenarioKind.WITHOUT_COUNCIL})
_NOT_IN_IT = NotApplicable("The council is not in this scenario")


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario: net present values in pence, and how far the joint one moves from the central case."""

    kind: ScenarioKind
    label: str
    joint: Npv
    swing: Npv
    councils: tuple[Npv, ...]


@dataclass(frozen=True, slots=True)
class OptionSensitivity:
    """The sensitivity of one option; the central case comes first among `rows`."""

    appraisal: OptionAppraisal
    rows: tuple[ScenarioRow, ...]
    switching: SwitchingValues | Missing
    range: NpvRange | NotApplicable | Missing
    lines_without_range: tuple[str, ...]
    number_of_lines: int

    @property
    def central(self) -> ScenarioRow | None:
        """The case as entered; None where the option cannot be appraised."""
        return self._row(ScenarioKind.CENTRAL)

    @property
    def worst_case(self) -> ScenarioRow | None:
        """Highest costs and lowest savings together."""
        return self._row(ScenarioKind.WORST_CASE)

    def tornado(self) -> list[ScenarioRow]:
        """Scenarios by how far they move the result, the widest first; empty where that is withheld."""
        moved = [
            (row, row.swing)
            for row in self.rows
            if row.kind != ScenarioKind.CENTRAL and isinstance(row.swing, int)
        ]
        return [row for row, swing in sorted(moved, key=lambda pair: -abs(pair[1]))]

    def _row(self, kind: ScenarioKind) -> ScenarioRow | None:
        return next((row for row in self.rows if row.kind == kind), None)


def option_sensitivity(
    case: CaseAppraisal, option: OptionAppraisal, *, has_range: bool = True
) -> OptionSensitivity:
    """Scenarios, switching values and the simulated range of one option. No queries.

    The range takes about a second; leave it out with `has_range` where it is not shown.
    """
    lines = [line for line in option.lines if not line.is_exit]
    unsure = {line.ref for line in lines if line.low_percent != line.high_percent}
    refs = dict.fromkeys(line.ref for line in lines)
    return OptionSensitivity(
        appraisal=option,
        rows=_rows(case, option),
        switching=_switching(option),
        range=_range(case, option) if has_range else NotAssessable("The range is not worked out here"),
        lines_without_range=tuple(f"{option.titles[ref]} ({ref})" for ref in refs if ref not in unsure),
        number_of_lines=len(refs),
    )


def _rows(case: CaseAppraisal, option: OptionAppraisal) -> tuple[ScenarioRow, ...]:
    if isinstance(option.result, NotAssessable) or isinstance(case.schedule, NotAssessable):
        return ()
    found = sensitivity_set(option.lines, len(case.councils), case.schedule, length=len(case.fys))
    return tuple(_row(found, scenario, option, case.names) for scenario in (found.central, *found.scenarios))


def _row(
    found: SensitivitySet, scenario: Scenario, option: OptionAppraisal, names: Sequence[str]
) -> ScenarioRow:
    hidden = _hidden_scenario(scenario, option)
    joint: Npv = hidden or option.joint_withheld or scenario.joint_npv_pence
    swing: Npv = joint - found.central.joint_npv_pence if isinstance(joint, int) else joint
    councils = tuple(
        hidden or withheld or (_NOT_IN_IT if pence is None else pence)
        for withheld, pence in zip(option.withheld, scenario.council_npvs_pence, strict=True)
    )
    return ScenarioRow(scenario.kind, scenario.label(names), joint, swing, councils)


def _hidden_scenario(scenario: Scenario, option: OptionAppraisal) -> Withheld | None:
    """Scenarios that change withheld lines by different factors would tell each of them."""
    is_telling = option.protection.are_scenarios_withheld and scenario.kind not in _SOLVES_NOTHING
    return why_withheld(option.protection) if is_telling else None


def _switching(option: OptionAppraisal) -> SwitchingValues | Missing:
    measures = option.measures(None)
    if not isinstance(measures, Measures):
        return measures
    return switching_values(measures.pvb_pence, measures.pvc_pence)


def _range(case: CaseAppraisal, option: OptionAppraisal) -> NpvRange | NotApplicable | Missing:
    if isinstance(option.result, NotAssessable):
        return option.result
    if isinstance(case.schedule, NotAssessable):
        return case.schedule
    if option.joint_withheld:
        return option.joint_withheld
    if option.protection.are_scenarios_withheld or option.protection.is_range_withheld:
        return why_withheld(option.protection)
    return simulate(option.lines, case.schedule, seed=case.case.simulation_seed)

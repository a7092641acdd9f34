"""Every formula of the house, by its code: where it is, and that it says so."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from benefits.rules import confidence, equity, outturn, progress, realisation, spread, variance
from core.rules import apportionment, calendar, notice
from programme.rules import delivery_confidence, milestone, rag
from services.rules import (
    appraisal,
    compensation,
    deflators,
    discount,
    east_kent_rule,
    gain_share,
    mca,
    net,
    no_worse_off,
    optimism_bias,
    payback,
    returns,
    self_assessment,
    sensitivity,
    switching,
    true_up,
)

FORMULAS: dict[str, tuple[Callable[..., object], ...]] = {
    "F-01": (calendar.financial_year, calendar.quarter, calendar.period),
    "F-02": (net.net_benefit, net.budget_impact),
    "F-03": (apportionment.apportion, apportionment.spread_over_months),
    "F-04": (spread.part_year_effect,),
    "F-05": (discount.discount_factors,),
    "F-06": (appraisal.appraise,),
    "F-07": (appraisal.benefit_cost_ratio,),
    "F-08": (payback.payback,),
    "F-09": (payback.payback,),
    "F-10": (returns.roi_percent,),
    "F-11": (deflators.to_real_terms, deflators.equivalent_nominal_rate),
    "F-12": (optimism_bias.optimism_uplift, optimism_bias.with_uplift, optimism_bias.with_haircut),
    "F-13": (sensitivity.sensitivity_set,),
    "F-14": (switching.switching_values,),
    "F-15": (realisation.realisation_percent,),
    "F-16": (variance.variance,),
    "F-17": (outturn.expected_outturn, outturn.run_rate_outturn),
    "F-18": (confidence.confidence_weighted,),
    "F-19": (progress.measure_progress_percent,),
    "F-20": (gain_share.gain_share,),
    "F-21": (no_worse_off.no_worse_off,),
    "F-22": (compensation.propose_compensation,),
    "F-23": (true_up.true_up,),
    "F-24": (east_kent_rule.savings_entry_test,),
    "F-25": (milestone.variance_days, milestone.on_time_rate),
    "F-26": (
        rag.rate_savings,
        rag.rate_low_plan,
        rag.rate_cost,
        rag.rate_milestone,
        rag.rate_measure,
        rag.rate_risk,
        rag.roll_up,
    ),
    "F-27": (delivery_confidence.to_three_points,),
    "F-28": (mca.score_options, mca.crossover_weight),
    "F-29": (
        notice.earliest_after_clear_days,
        notice.publish_by_clear_days,
        notice.earliest_after_clear_working_days,
        notice.publish_by_clear_working_days,
    ),
    "F-30": (notice.call_in_period,),
    "F-31": (notice.programme_effective_on,),
    "F-32": (returns.exit_ratio,),
    "F-33": (returns.per_household,),
    "F-34": (self_assessment.mean_score,),
    "F-35": (equity.compare_shares,),
}


def test_every_code_has_its_formula():
    assert list(FORMULAS) == [f"F-{number:02d}" for number in range(1, 36)]


@pytest.mark.parametrize(
    ("code", "formula"), [(code, formula) for code, formulas in FORMULAS.items() for formula in formulas]
)
def test_formula_names_its_code(code: str, formula: Callable[..., object]):
    assert code in (inspect.getdoc(formula) or "")
    assert ".rules." in formula.__module__

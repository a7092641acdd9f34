"""Addresses of the benefits floor."""

from django.urls import path

from benefits.enums import EntryKind
from benefits.views import (
    benefit_life,
    benefits_map,
    budgets,
    claim_files,
    claims,
    compensation,
    deputies,
    double_counts,
    downloads,
    entries,
    entry,
    entry_import,
    funds,
    handovers,
    panels,
    periods,
    plan_content,
    plan_files,
    plans,
    profile,
    register,
    savings,
    succession,
    to_enter,
)

app_name = "benefits"
ACTUAL, FORECAST = {"kind": EntryKind.ACTUAL}, {"kind": EntryKind.FORECAST}

urlpatterns = [
    path("programmes/<slug:key>/savings/", savings.savings_detail, name="savings_detail"),
    path("programmes/<slug:key>/savings.csv", savings.savings_csv, name="savings_csv"),
    path("programmes/<slug:key>/savings/entries/", entries.entry_list, name="entry_list"),
    *(
        path(
            f"programmes/<slug:key>/savings/{name.replace('_', '-')}/",
            panels.savings_panel,
            {"name": name},
            name=f"savings_{name}",
        )
        for name in ("over_time", "causes", "confidence", "realisation")
    ),
    path("programmes/<slug:key>/savings/measures/", panels.savings_measures, name="savings_measures"),
    path("programmes/<slug:key>/savings/<slug:name>.csv", panels.savings_panel_csv, name="savings_panel_csv"),
    path("programmes/<slug:key>/benefits/", register.benefit_list, name="benefit_list"),
    path("programmes/<slug:key>/benefits.csv", register.benefit_csv, name="benefit_csv"),
    path("programmes/<slug:key>/downloads/", downloads.download_list, name="download_list"),
    path("programmes/<slug:key>/downloads/<str:name>", downloads.download_file, name="download_file"),
    path("benefits/<int:pk>/", register.benefit_detail, name="benefit_detail"),
    path("programmes/<slug:key>/claims/", claims.claim_list, name="claim_list"),
    path("programmes/<slug:key>/claims/verify/", claims.claim_verify, name="claim_verify"),
    path("programmes/<slug:key>/claims/new/", claims.actual_claim, name="actual_claim"),
    # Entry: by month, quarter or year, typed, pasted or imported
    path("programmes/<slug:key>/actuals/", entry.entry_page, ACTUAL, name="actual_entry"),
    path("programmes/<slug:key>/actuals/import/", entry_import.entry_import, ACTUAL, name="actual_import"),
    path("programmes/<slug:key>/actuals.<slug:name>", entry.entry_file, ACTUAL, name="actual_file"),
    path("programmes/<slug:key>/forecast/", entry.entry_page, FORECAST, name="forecast_entry"),
    path(
        "programmes/<slug:key>/forecast/import/", entry_import.entry_import, FORECAST, name="forecast_import"
    ),
    path("programmes/<slug:key>/forecast.<slug:name>", entry.entry_file, FORECAST, name="forecast_file"),
    path("actual-amounts/<int:pk>/answer/", claims.claim_answer, name="claim_answer"),
    path("actual-amounts/<int:pk>/row/", claims.claim_row, name="claim_row"),
    path("actual-amounts/<int:pk>/reverse/", claims.actual_reverse, name="actual_reverse"),
    path("actual-amounts/<int:pk>/files/new/", claim_files.claim_file_create, name="claim_file_create"),
    path("claim-files/<int:pk>/file/", claim_files.claim_file, name="claim_file"),
    path("programmes/<slug:key>/to-enter/", to_enter.to_enter_page, name="to_enter"),
    path("programmes/<slug:key>/to-enter.csv", to_enter.to_enter_csv, name="to_enter_csv"),
    path("to-enter/", to_enter.my_to_enter_page, name="my_to_enter"),
    path("programmes/<slug:key>/periods/", periods.period_list, name="period_list"),
    path("programmes/<slug:key>/periods/close/", periods.period_close, name="period_close"),
    path(
        "programmes/<slug:key>/periods/<int:pk>/exceptions/new/",
        periods.exception_create,
        name="exception_create",
    ),
    path("programmes/<slug:key>/deputies/", deputies.deputy_list_page, name="deputy_list"),
    path("programmes/<slug:key>/deputies/new/", deputies.deputy_create, name="deputy_create"),
    path("programmes/<slug:key>/deputies/<int:pk>/end/", deputies.deputy_end, name="deputy_end"),
    path("programmes/<slug:key>/budgets/", budgets.budget_list, name="budget_list"),
    path("programmes/<slug:key>/budgets/new/", budgets.budget_create, name="budget_create"),
    path("programmes/<slug:key>/budgets/<int:pk>/update/", budgets.budget_update, name="budget_update"),
    path("programmes/<slug:key>/reductions/new/", budgets.reduction_create, name="reduction_create"),
    path("reductions/<int:pk>/withdraw/", budgets.reduction_withdraw, name="reduction_withdraw"),
    path("programmes/<slug:key>/double-counts/", double_counts.double_count_list, name="double_count_list"),
    path(
        "programmes/<slug:key>/double-counts/<slug:name>.csv",
        double_counts.double_count_csv,
        name="double_count_csv",
    ),
    path(
        "programmes/<slug:key>/double-counts/<slug:ref>/<slug:outcome>/",
        double_counts.double_count_resolve,
        name="double_count_resolve",
    ),
    path("programmes/<slug:key>/funds/", funds.fund_list, name="fund_list"),
    path("programmes/<slug:key>/funds/new/", funds.fund_create, name="fund_create"),
    path("funds/<int:pk>/", funds.fund_detail, name="fund_detail"),
    path("funds/<int:pk>/payments/new/", funds.contribution_create, name="contribution_create"),
    path("funds/<int:pk>/close/", funds.fund_close, name="fund_close"),
    path("funds/<int:pk>/withdrawals/new/", funds.drawdown_create, name="drawdown_create"),
    # Fairness: whether any council is worse off, and what is paid so that none is
    path("programmes/<slug:key>/no-worse-off/", compensation.no_worse_off, name="no_worse_off"),
    path("programmes/<slug:key>/no-worse-off.csv", compensation.no_worse_off_csv, name="no_worse_off_csv"),
    path("programmes/<slug:key>/compensation/", compensation.compensation_page, name="compensation_page"),
    path("programmes/<slug:key>/compensation.csv", compensation.compensation_csv, name="compensation_csv"),
    path(
        "compensations/<int:pk>/payments/new/",
        compensation.council_payment_create,
        name="council_payment_create",
    ),
    path(
        "council-payments/<int:pk>/confirm/",
        compensation.council_payment_confirm,
        name="council_payment_confirm",
    ),
    path(
        "council-payments/<int:pk>/reverse/",
        compensation.council_payment_reverse,
        name="council_payment_reverse",
    ),
    path("programmes/<slug:key>/benefits/new/", profile.benefit_create, name="benefit_create"),
    path("benefits/<int:pk>/update/", profile.benefit_update, name="benefit_update"),
    # The life of a benefit: its steps, what is found about it, and who answers for it
    path("my-benefits/", handovers.my_benefits, name="my_benefits"),
    path("benefits/<int:pk>/steps/<slug:step>/", benefit_life.benefit_step, name="benefit_step"),
    path("benefits/<int:pk>/values/new/", benefit_life.reading_create, name="reading_create"),
    path("benefits/<int:pk>/evidence/new/", benefit_life.evidence_create, name="evidence_create"),
    path("benefits/<int:pk>/reviews/new/", benefit_life.review_create, name="benefit_review_create"),
    path(
        "benefits/<int:pk>/planned-values/", benefit_life.trajectory_update, name="benefit_trajectory_update"
    ),
    path("benefits/<int:pk>/handovers/new/", handovers.handover_create, name="handover_create"),
    path("benefit-handovers/<int:pk>/answer/", handovers.handover_answer, name="handover_answer"),
    path("benefit-handovers/<int:pk>/cancel/", handovers.handover_cancel, name="handover_cancel"),
    path("programmes/<slug:key>/closure/", handovers.closure_detail, name="closure_detail"),
    path("programmes/<slug:key>/closure/day/", handovers.closure_update, name="closure_update"),
    path("programmes/<slug:key>/closure/close/", handovers.closure_close, name="closure_close"),
    # The benefits map
    path("programmes/<slug:key>/benefits-map/", benefits_map.map_detail, name="map_detail"),
    path("programmes/<slug:key>/benefits-map.csv", benefits_map.map_csv, name="map_csv"),
    path("programmes/<slug:key>/benefits-map/links/new/", benefits_map.link_create, name="link_create"),
    path("benefit-links/<int:pk>/remove/", benefits_map.link_remove, name="link_remove"),
    path(
        "programmes/<slug:key>/benefits-map/steps/<slug:kind>/new/",
        benefits_map.map_step_create,
        name="map_step_create",
    ),
    path("map-steps/<int:pk>/update/", benefits_map.map_step_update, name="map_step_update"),
    path("map-steps/<int:pk>/remove/", benefits_map.map_step_remove, name="map_step_remove"),
    path("programmes/<slug:key>/objectives/new/", benefits_map.objective_create, name="objective_create"),
    path("objectives/<int:pk>/update/", benefits_map.objective_update, name="objective_update"),
    path("objectives/<int:pk>/remove/", benefits_map.objective_remove, name="objective_remove"),
    path("programmes/<slug:key>/succession/", succession.ledger_succession, name="ledger_succession"),
    path(
        "programmes/<slug:key>/succession.csv", succession.ledger_succession_csv, name="ledger_succession_csv"
    ),
    path("programmes/<slug:key>/plans/", plans.plan_list, name="plan_list"),
    path("programmes/<slug:key>/plans/new/", plans.plan_proposal_create, name="plan_proposal_create"),
    path("plan-versions/<int:pk>/update/", plans.plan_version_update, name="plan_version_update"),
    path("plan-proposals/<int:pk>/", plans.plan_proposal_detail, name="plan_proposal_detail"),
    path("plan-proposals/<int:pk>/update/", plans.plan_proposal_update, name="plan_proposal_update"),
    path(
        "plan-proposals/<int:pk>/amounts/", plan_content.plan_proposal_amounts, name="plan_proposal_amounts"
    ),
    path("plan-proposals/<int:pk>/dates/", plan_content.plan_proposal_dates, name="plan_proposal_dates"),
    path("plan-proposals/<int:pk>/submit/", plans.plan_proposal_submit, name="plan_proposal_submit"),
    path("plan-proposals/<int:pk>/withdraw/", plans.plan_proposal_withdraw, name="plan_proposal_withdraw"),
    path("plan-proposals/<int:pk>/opinions/new/", plans.plan_opinion_create, name="plan_opinion_create"),
    path("plan-proposals/<int:pk>/current/", plans.plan_proposal_current, name="plan_proposal_current"),
    path("plan-proposals/<int:pk>.csv", plan_files.plan_proposal_csv, name="plan_proposal_csv"),
    path("lines/<int:pk>/", entries.line_detail, name="line_detail"),
    path("entries/<slug:kind>/<int:pk>/", entries.entry_detail, name="entry_detail"),
]

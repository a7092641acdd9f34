"""Routes of benefits in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from benefits.api import (
    ageing,
    all_savings,
    closure_views,
    commentary_limits,
    deputy_views,
    double_counts,
    fairness,
    file_views,
    import_jobs,
    import_views,
    life_views,
    map_views,
    measured,
    money_views,
    panels,
    partnership_register,
    period_views,
    plan_views,
    succession,
    template_views,
    to_enter,
    views,
)
from benefits.enums import EntryKind

routes: list[tuple[str, Any, str]] = [
    ("benefits", views.BenefitViewSet, "benefit"),
    ("benefit-readings", life_views.MeasureReadingViewSet, "benefit-reading"),
    ("benefit-evidence", life_views.BenefitEvidenceViewSet, "benefit-evidence"),
    ("benefit-reviews", life_views.BenefitReviewViewSet, "benefit-review"),
    ("benefit-transitions", life_views.BenefitTransitionViewSet, "benefit-transition"),
    ("benefit-handovers", life_views.BenefitHandoverViewSet, "benefit-handover"),
    ("benefit-links", map_views.BenefitLinkViewSet, "benefit-link"),
    ("map-steps", map_views.MapStepViewSet, "map-step"),
    ("objectives", map_views.ObjectiveViewSet, "objective"),
    ("lines", views.LineViewSet, "line"),
    ("plan-versions", plan_views.PlanVersionViewSet, "plan-version"),
    ("plan-proposals", plan_views.PlanProposalViewSet, "plan-proposal"),
    ("plan-amounts", views.PlanAmountViewSet, "plan-amount"),
    ("forecast-amounts", views.ForecastAmountViewSet, "forecast-amount"),
    ("actual-amounts", views.ActualAmountViewSet, "actual-amount"),
    ("claim-files", file_views.ClaimFileViewSet, "claim-file"),
    ("budget-lines", money_views.BudgetLineViewSet, "budget-line"),
    ("budget-reductions", money_views.BudgetReductionViewSet, "budget-reduction"),
    ("period-closes", period_views.PeriodCloseViewSet, "period-close"),
    ("deputies", deputy_views.DeputyViewSet, "deputy"),
    ("funds", money_views.FundViewSet, "fund"),
    ("stated-figures", views.StatedFigureViewSet, "stated-figure"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:key>/imports/", import_jobs.ImportStartView.as_view(), name="import-start"),
    path("imports/<int:pk>/", import_jobs.ImportJobView.as_view(), name="import-job"),
    path("imports/<int:pk>/confirm/", import_jobs.ImportConfirmView.as_view(), name="import-confirm"),
    path("imports/<int:pk>/cancel/", import_jobs.ImportCancelView.as_view(), name="import-cancel"),
    path("register/", partnership_register.PartnershipRegisterView.as_view(), name="partnership-register"),
    path("savings/", all_savings.AllSavingsView.as_view(), name="all-savings"),
    path("benefits/<int:pk>/measured/", measured.MeasuredView.as_view(), name="benefit-measured"),
    path(
        "programmes/<slug:key>/no-worse-off/",
        fairness.NoWorseOffView.as_view(),
        name="programme-no-worse-off",
    ),
    path(
        "programmes/<slug:key>/compensation/",
        fairness.CompensationBalanceView.as_view(),
        name="programme-compensation",
    ),
    path(
        "compensations/<int:pk>/payments/",
        fairness.CouncilPaymentsView.as_view(),
        name="compensation-payments",
    ),
    path("council-payments/<int:pk>/confirm/", fairness.ConfirmPaymentView.as_view(), name="payment-confirm"),
    path("council-payments/<int:pk>/reverse/", fairness.ReversePaymentView.as_view(), name="payment-reverse"),
    path(
        "programmes/<slug:key>/actual-amounts/import/",
        import_views.AmountsImportView.as_view(kind=EntryKind.ACTUAL),
        name="programme-actuals-import",
    ),
    path(
        "programmes/<slug:key>/forecast-amounts/import/",
        import_views.AmountsImportView.as_view(kind=EntryKind.FORECAST),
        name="programme-forecast-import",
    ),
    path(
        "programmes/<slug:key>/benefits/import/",
        import_views.RegisterImportView.as_view(),
        name="programme-benefits-import",
    ),
    path("programmes/<slug:key>/claims-ageing/", ageing.AgeingView.as_view(), name="programme-claims-ageing"),
    path(
        "programmes/<slug:key>/commentary-limits/",
        commentary_limits.CommentaryLimitsView.as_view(),
        name="programme-commentary-limits",
    ),
    path("programmes/<slug:key>/to-enter/", to_enter.ToEnterView.as_view(), name="programme-to-enter"),
    path(
        "programmes/<slug:key>/double-counts/",
        double_counts.DoubleCountsView.as_view(),
        name="programme-double-counts",
    ),
    path(
        "programmes/<slug:key>/double-counts/<slug:ref>/answers/",
        double_counts.ResolveView.as_view(),
        name="double-count-answers",
    ),
    path(
        "programmes/<slug:key>/code-shares/",
        double_counts.CodeSharesView.as_view(),
        name="programme-code-shares",
    ),
    path(
        "programmes/<slug:key>/succession/",
        succession.LedgerSuccessionView.as_view(),
        name="programme-succession",
    ),
    path(
        "programmes/<slug:key>/savings/over-time/",
        panels.OverTimeView.as_view(),
        name="programme-savings-over-time",
    ),
    path(
        "programmes/<slug:key>/savings/causes/", panels.CausesView.as_view(), name="programme-savings-causes"
    ),
    path(
        "programmes/<slug:key>/savings/confidence/",
        panels.ConfidenceView.as_view(),
        name="programme-savings-confidence",
    ),
    path(
        "programmes/<slug:key>/savings/realisation/",
        panels.RealisationView.as_view(),
        name="programme-savings-realisation",
    ),
    path(
        "programmes/<slug:key>/savings/measures/",
        panels.MeasuresView.as_view(),
        name="programme-savings-measures",
    ),
    path("benefit-templates/", template_views.BenefitTemplatesView.as_view(), name="benefit-templates"),
    path("programmes/<slug:key>/closure/", closure_views.ClosureView.as_view(), name="programme-closure"),
    path("programmes/<slug:key>/close/", closure_views.CloseView.as_view(), name="programme-close"),
]

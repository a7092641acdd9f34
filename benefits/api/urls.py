"""Routes of benefits in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from benefits.api import measured, money_views, period_views, plan_views, to_enter, views

routes: list[tuple[str, Any, str]] = [
    ("benefits", views.BenefitViewSet, "benefit"),
    ("lines", views.LineViewSet, "line"),
    ("plan-versions", plan_views.PlanVersionViewSet, "plan-version"),
    ("plan-proposals", plan_views.PlanProposalViewSet, "plan-proposal"),
    ("plan-amounts", views.PlanAmountViewSet, "plan-amount"),
    ("forecast-amounts", views.ForecastAmountViewSet, "forecast-amount"),
    ("actual-amounts", views.ActualAmountViewSet, "actual-amount"),
    ("budget-lines", money_views.BudgetLineViewSet, "budget-line"),
    ("budget-reductions", money_views.BudgetReductionViewSet, "budget-reduction"),
    ("period-closes", period_views.PeriodCloseViewSet, "period-close"),
    ("funds", money_views.FundViewSet, "fund"),
    ("stated-figures", views.StatedFigureViewSet, "stated-figure"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("benefits/<int:pk>/measured/", measured.MeasuredView.as_view(), name="benefit-measured"),
    path("programmes/<slug:key>/to-enter/", to_enter.ToEnterView.as_view(), name="programme-to-enter"),
]

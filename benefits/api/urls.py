"""Routes of benefits in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver

from benefits.api import views

routes: list[tuple[str, Any, str]] = [
    ("benefits", views.BenefitViewSet, "benefit"),
    ("lines", views.LineViewSet, "line"),
    ("plan-amounts", views.PlanAmountViewSet, "plan-amount"),
    ("forecast-amounts", views.ForecastAmountViewSet, "forecast-amount"),
    ("actual-amounts", views.ActualAmountViewSet, "actual-amount"),
    ("stated-figures", views.StatedFigureViewSet, "stated-figure"),
]
urlpatterns: list[URLPattern | URLResolver] = []

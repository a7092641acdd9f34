"""Routes of services in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from services.api.case_drafts import BusinessCaseViewSet, CaseLineView, CaseOptionView
from services.api.keys import CaseSuccessionView, KeyViewSet, PoolViewSet, RunViewSet, TrueUpViewSet
from services.api.reviews import ConsultationViewSet, RedLineViewSet, ReviewViewSet
from services.api.views import ServiceViewSet

routes: list[tuple[str, Any, str]] = [
    ("services", ServiceViewSet, "service"),
    ("business-cases", BusinessCaseViewSet, "business-case"),
    ("pools", PoolViewSet, "pool"),
    ("keys", KeyViewSet, "key"),
    ("runs", RunViewSet, "run"),
    ("true-ups", TrueUpViewSet, "true-up"),
    ("reviews", ReviewViewSet, "review"),
    ("red-lines", RedLineViewSet, "red-line"),
    ("consultations", ConsultationViewSet, "consultation"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "business-cases/<int:pk>/options/<int:option_pk>/",
        CaseOptionView.as_view(),
        name="business-case-option",
    ),
    path("business-cases/<int:pk>/lines/<int:line_pk>/", CaseLineView.as_view(), name="business-case-line"),
    path("business-cases/<int:pk>/succession/", CaseSuccessionView.as_view(), name="case-succession"),
]

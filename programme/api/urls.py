"""Routes of programme in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver

from programme.api import agreements, views

routes: list[tuple[str, Any, str]] = [
    ("councils", views.CouncilViewSet, "council"),
    ("partnerships", views.PartnershipViewSet, "partnership"),
    ("agreements", agreements.AgreementViewSet, "agreement"),
    ("programmes", views.ProgrammeViewSet, "programme"),
    ("phases", views.PhaseViewSet, "phase"),
    ("milestones", views.MilestoneViewSet, "milestone"),
    ("risks", views.RiskViewSet, "risk"),
    ("lessons", views.LessonViewSet, "lesson"),
]
urlpatterns: list[URLPattern | URLResolver] = []

"""Routes of services in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver

from services.api.reviews import ConsultationViewSet, RedLineViewSet, ReviewViewSet
from services.api.views import BusinessCaseViewSet, ServiceViewSet

routes: list[tuple[str, Any, str]] = [
    ("services", ServiceViewSet, "service"),
    ("business-cases", BusinessCaseViewSet, "business-case"),
    ("reviews", ReviewViewSet, "review"),
    ("red-lines", RedLineViewSet, "red-line"),
    ("consultations", ConsultationViewSet, "consultation"),
]
urlpatterns: list[URLPattern | URLResolver] = []

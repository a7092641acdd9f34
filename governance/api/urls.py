"""Routes of governance in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver

from governance.api.views import BodyViewSet, DecisionViewSet

routes: list[tuple[str, Any, str]] = [
    ("bodies", BodyViewSet, "body"),
    ("decisions", DecisionViewSet, "decision"),
]
urlpatterns: list[URLPattern | URLResolver] = []

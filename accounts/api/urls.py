"""Routes of accounts in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver

routes: list[tuple[str, Any, str]] = []
urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of the governance floor."""

from django.urls.resolvers import URLPattern

app_name = "governance"

urlpatterns: list[URLPattern] = []

"""Addresses of the benefits floor."""

from django.urls.resolvers import URLPattern

app_name = "benefits"

urlpatterns: list[URLPattern] = []

"""Addresses of the services floor."""

from django.urls.resolvers import URLPattern

app_name = "services"

urlpatterns: list[URLPattern] = []

"""The product's addresses and the floor's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.urls import include, path

from programme.models import Council


def floor(request: HttpRequest, key: str) -> HttpResponse:
    """One template and one query by a unique index: the least that a Django page costs here."""
    council = get_object_or_404(Council, key=key)
    return HttpResponse(get_template("benchmarks/floor.html").render({"council": council}))


urlpatterns = [
    path("floor/<slug:key>/", floor, name="floor"),
    path("", include("config.urls")),
]

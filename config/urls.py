"""Every address of the product: the pages of each floor, and the API."""

from django.urls import include, path

from programme.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("programme.urls")),
    path("", include("services.urls")),
    path("", include("benefits.urls")),
    path("", include("governance.urls")),
    path("api/v1/", include("config.api")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"

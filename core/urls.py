"""Addresses of the pages of core."""

from django.urls import URLPattern, URLResolver, path

from core.views import gallery, pages

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("help/", pages.HelpDetail.as_view(), name="help"),
    path("accessibility/", pages.AccessibilityDetail.as_view(), name="accessibility"),
    path("privacy/", pages.PrivacyDetail.as_view(), name="privacy"),
    path("method/", pages.MethodDetail.as_view(), name="method"),
    path("ui/", gallery.GalleryDetail.as_view(), name="ui"),
    path("ui/rows/<str:ref>/", gallery.GalleryRowUpdate.as_view(), name="ui_row"),
]

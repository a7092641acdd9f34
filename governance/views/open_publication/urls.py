"""Addresses of open publication. Those below /open/ are for everybody and stay as they are."""

from django.urls import path

from governance.views.open_publication import data, managing, pages

EDITION = "open/<slug:key>/editions/<int:number>"

urlpatterns = [
    path("programmes/<slug:key>/public-page/", managing.open_page_detail, name="open_page_detail"),
    path("programmes/<slug:key>/public-page/preview/", managing.open_page_preview, name="open_page_preview"),
    path("programmes/<slug:key>/public-page/case.yaml", managing.published_case_file, name="published_case"),
    path("programmes/<slug:key>/public-page/update/", managing.open_page_update, name="open_page_update"),
    path("open/", pages.open_index, name="open_index"),
    path("open/feed.json", data.open_feed, name="open_feed"),
    path("open/<slug:key>/", pages.open_page, name="open_page"),
    path("open/<slug:key>/summary/", pages.open_summary, name="open_summary"),
    path("open/<slug:key>/editions.json", data.open_editions, name="open_editions"),
    path("open/<slug:key>/data/<slug:table>.csv", data.open_table, name="open_table"),
    path(f"{EDITION}/", pages.open_edition, name="open_edition"),
    path(f"{EDITION}/case.yaml", data.open_case, name="open_case"),
    path(f"{EDITION}/content.json", data.open_content, name="open_content"),
    path(f"{EDITION}/data/<slug:table>.csv", data.open_edition_table, name="open_edition_table"),
    path(f"{EDITION}/report.<slug:ending>", data.open_file, name="open_file"),
]

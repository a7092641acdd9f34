"""Addresses of the benefits floor."""

from django.urls import path

from benefits.views import downloads, entries, register, savings

app_name = "benefits"

urlpatterns = [
    path("programmes/<slug:key>/savings/", savings.savings_detail, name="savings_detail"),
    path("programmes/<slug:key>/savings.csv", savings.savings_csv, name="savings_csv"),
    path("programmes/<slug:key>/savings/entries/", entries.entry_list, name="entry_list"),
    path("programmes/<slug:key>/benefits/", register.benefit_list, name="benefit_list"),
    path("programmes/<slug:key>/benefits.csv", register.benefit_csv, name="benefit_csv"),
    path("programmes/<slug:key>/downloads/", downloads.download_list, name="download_list"),
    path("programmes/<slug:key>/downloads/<str:name>", downloads.download_file, name="download_file"),
    path("benefits/<int:pk>/", register.benefit_detail, name="benefit_detail"),
    path("lines/<int:pk>/", entries.line_detail, name="line_detail"),
    path("entries/<slug:kind>/<int:pk>/", entries.entry_detail, name="entry_detail"),
]

"""Addresses of the services floor."""

from django.urls import path

from services.views import business_cases, catalogue

app_name = "services"

urlpatterns = [
    path("programmes/<slug:key>/services/", catalogue.service_list, name="service_list"),
    path("programmes/<slug:key>/services.csv", catalogue.service_csv, name="service_csv"),
    path("business-cases/<int:pk>/", business_cases.business_case_detail, name="business_case_detail"),
]

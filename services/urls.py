"""Addresses of the services floor."""

from django.urls import path

from services.views import business_cases, catalogue, key_forms, key_runs, key_true_ups, keys

app_name = "services"

urlpatterns = [
    path("programmes/<slug:key>/services/", catalogue.service_list, name="service_list"),
    path("programmes/<slug:key>/services.csv", catalogue.service_csv, name="service_csv"),
    path("business-cases/<int:pk>/", business_cases.business_case_detail, name="business_case_detail"),
    # Apportionment
    path("programmes/<slug:key>/apportionment/", keys.key_list, name="key_list"),
    path("programmes/<slug:key>/apportionment/new/", keys.pool_create, name="pool_create"),
    path("pools/<int:pk>/", keys.pool_detail, name="pool_detail"),
    path("pools/<int:pk>/keys/new/", key_forms.key_create, name="key_create"),
    path("keys/<int:pk>/edit/", key_forms.key_update, name="key_update"),
    path("keys/<int:pk>/end/", key_forms.key_end, name="key_end"),
    path("keys/<int:pk>/true-up/", key_true_ups.true_up_create, name="true_up_create"),
    path("true-ups/<int:pk>/", key_true_ups.true_up_detail, name="true_up_detail"),
    path("pools/<int:pk>/runs/new/", key_runs.run_create, name="run_create"),
    path("runs/<int:pk>/", key_runs.run_detail, name="run_detail"),
]

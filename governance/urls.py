"""Addresses of the governance floor."""

from django.urls import path

from governance.views import bodies, councils, decisions

app_name = "governance"

urlpatterns = [
    path("programmes/<slug:key>/decisions/", decisions.decision_list, name="decision_list"),
    path("programmes/<slug:key>/decisions.csv", decisions.decision_csv, name="decision_csv"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("councils/", councils.council_list, name="council_list"),
    path("councils/<slug:key>/", councils.council_detail, name="council_detail"),
    path("partnerships/<slug:key>/bodies/", bodies.body_list, name="body_list"),
]

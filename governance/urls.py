"""Addresses of the governance floor."""

from django.urls import path

from governance.views import bodies, calculator, councils, decisions, publication

app_name = "governance"

urlpatterns = [
    path("programmes/<slug:key>/decisions/", decisions.decision_list, name="decision_list"),
    path("programmes/<slug:key>/decisions.csv", decisions.decision_csv, name="decision_csv"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("programmes/<slug:key>/last-lawful-days/", calculator.notice_calculator, name="notice_calculator"),
    path("councils/", councils.council_list, name="council_list"),
    path("councils/<slug:key>/", councils.council_detail, name="council_detail"),
    path("partnerships/<slug:key>/bodies/", bodies.body_list, name="body_list"),
    # What is withheld
    path("programmes/<slug:key>/exempt/", publication.exempt_list, name="exempt_list"),
    path("programmes/<slug:key>/exempt/opened/", publication.exempt_access_list, name="exempt_access_list"),
    path("exempt/<slug:kind>/<int:pk>/", publication.exempt_detail, name="exempt_detail"),
    path("exempt/<slug:kind>/<int:pk>/mark/", publication.exempt_mark, name="exempt_mark"),
    path("exempt/<slug:kind>/<int:pk>/review/", publication.exempt_review, name="exempt_review"),
    path("exempt/<slug:kind>/<int:pk>/release/", publication.exempt_release, name="exempt_release"),
    path("exempt/<slug:kind>/<int:pk>/open/", publication.exempt_open, name="exempt_open"),
    path("exempt/<slug:kind>/<int:pk>/text/", publication.exempt_text, name="exempt_text"),
]

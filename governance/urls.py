"""Addresses of the governance floor."""

from django.urls import path, re_path

from governance.views import (
    agenda,
    bodies,
    calculator,
    council_decisions,
    councils,
    dashboards,
    decision_steps,
    decisions,
    equity,
    forward_plan,
    meetings,
    packs,
    papers,
    publication,
    scrutiny,
)
from governance.views.open_publication import urls as open_publication

app_name = "governance"

urlpatterns = [
    *open_publication.urlpatterns,
    path("programmes/<slug:key>/decisions/", decisions.decision_list, name="decision_list"),
    path("programmes/<slug:key>/decisions.csv", decisions.decision_csv, name="decision_csv"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("programmes/<slug:key>/decisions/new/", decision_steps.decision_create, name="decision_create"),
    path("decisions/<int:pk>/update/", decision_steps.decision_update, name="decision_update"),
    path("decisions/<int:pk>/steps/<slug:step>/", decision_steps.decision_step, name="decision_step"),
    path("council-decisions/<int:pk>/<slug:step>/", decision_steps.decision_council, name="decision_council"),
    path("call-ins/<int:pk>/outcome/", decision_steps.decision_call_in, name="decision_call_in"),
    path("conditions/<int:pk>/met/", decision_steps.decision_condition, name="decision_condition"),
    path("programmes/<slug:key>/forward-plan/", forward_plan.forward_plan_page, name="forward_plan"),
    path("programmes/<slug:key>/forward-plan.csv", forward_plan.forward_plan_csv, name="forward_plan_csv"),
    path("key-decision-notices/<int:pk>/", forward_plan.notice_page, name="notice_page"),
    path("key-decision-notices/<int:pk>.pdf", forward_plan.notice_pdf, name="notice_pdf"),
    path("my-approvals/", forward_plan.my_approvals_page, name="my_approvals"),
    path("programmes/<slug:key>/last-lawful-days/", calculator.notice_calculator, name="notice_calculator"),
    path("councils/", councils.council_list, name="council_list"),
    path("councils/<slug:key>/", councils.council_detail, name="council_detail"),
    # Dashboards
    path("programmes/<slug:key>/steering/", dashboards.steering_page, name="steering_page"),
    path("programmes/<slug:key>/steering.csv", dashboards.steering_csv, name="steering_csv"),
    path("partnerships/<slug:key>/steering/", dashboards.partnership_steering, name="partnership_steering"),
    path(
        "partnerships/<slug:key>/steering.csv",
        dashboards.partnership_steering_csv,
        name="partnership_steering_csv",
    ),
    path("programmes/<slug:key>/equity/", equity.equity_page, name="equity_page"),
    path("programmes/<slug:key>/equity.csv", equity.equity_csv, name="equity_csv"),
    path("programmes/<slug:key>/equity/notes/new/", equity.equity_note_create, name="equity_note_create"),
    path("programmes/<slug:key>/equity/posts/new/", equity.posts_create, name="posts_create"),
    # Bodies
    path("partnerships/<slug:key>/bodies/", bodies.body_list, name="body_list"),
    path("partnerships/<slug:key>/bodies/new/", bodies.body_create, name="body_create"),
    path("councils/<slug:key>/bodies/", bodies.council_body_list, name="council_body_list"),
    path("councils/<slug:key>/bodies/new/", bodies.council_body_create, name="council_body_create"),
    path("bodies/<int:pk>/", bodies.body_detail, name="body_detail"),
    path("bodies/<int:pk>/update/", bodies.body_update, name="body_update"),
    path("bodies/<int:pk>/members/new/", bodies.body_member_create, name="body_member_create"),
    path("body-members/<int:pk>/", bodies.body_member_update, name="body_member_update"),
    path("bodies/<int:pk>/chair/", bodies.body_chair, name="body_chair"),
    # Meetings
    path("bodies/<int:pk>/meetings/new/", meetings.meeting_create, name="meeting_create"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/update/", meetings.meeting_update, name="meeting_update"),
    path("meetings/<int:pk>/call-off/", meetings.meeting_call_off, name="meeting_call_off"),
    path("meetings/<int:pk>/publish/", meetings.meeting_publish, name="meeting_publish"),
    path("meetings/<int:pk>/attendance/", meetings.meeting_attendance, name="meeting_attendance"),
    path("meetings/<int:pk>/minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path(
        "meetings/<int:pk>/minutes/approve/", meetings.meeting_minutes_approve, name="meeting_minutes_approve"
    ),
    path("meetings/<int:pk>/items/new/", agenda.meeting_item_create, name="meeting_item_create"),
    path("agenda-items/<int:pk>/", agenda.meeting_item_update, name="meeting_item_update"),
    path("agenda-items/<int:pk>/move/", agenda.meeting_item_move, name="meeting_item_move"),
    path("agenda-items/<int:pk>/remove/", agenda.meeting_item_remove, name="meeting_item_remove"),
    path("agenda-items/<int:pk>/interests/new/", agenda.meeting_interest, name="meeting_interest"),
    path("agenda-items/<int:pk>/votes/", agenda.meeting_votes, name="meeting_votes"),
    path("agenda-items/<int:pk>/outcome/", agenda.meeting_outcome, name="meeting_outcome"),
    re_path(
        r"^meetings/(?P<pk>[0-9]+)/(?P<kind>pack|decisions|full|exempt)/$",
        packs.meeting_pack_page,
        name="meeting_pack",
    ),
    path("meetings/<int:pk>/exempt/open/", packs.meeting_pack_open, name="meeting_pack_open"),
    re_path(
        r"^meetings/(?P<pk>[0-9]+)/(?P<kind>pack|decisions|full|exempt)\.pdf$",
        packs.meeting_pack_pdf,
        name="meeting_pack_pdf",
    ),
    # Papers
    path("agenda-items/<int:pk>/papers/new/", papers.paper_create, name="paper_create"),
    path("papers/<int:pk>/replace/", papers.paper_replace, name="paper_replace"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    # Scrutiny
    path(
        "council-decisions/<int:pk>/",
        council_decisions.council_decision_detail,
        name="council_decision_detail",
    ),
    path("programmes/<slug:key>/scrutiny/", scrutiny.scrutiny_list, name="scrutiny_list"),
    path("programmes/<slug:key>/scrutiny.csv", scrutiny.scrutiny_csv, name="scrutiny_csv"),
    path("programmes/<slug:key>/scrutiny/new/", scrutiny.scrutiny_create, name="scrutiny_create"),
    path("scrutiny-responses/<int:pk>/", scrutiny.scrutiny_detail, name="scrutiny_detail"),
    path("scrutiny-responses/<int:pk>/respond/", scrutiny.scrutiny_respond, name="scrutiny_respond"),
    path("scrutiny-responses/<int:pk>/done/", scrutiny.scrutiny_finish, name="scrutiny_finish"),
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

"""Addresses of the programme floor."""

from django.urls import include, path

from programme.views import (
    agreements,
    calendar_feeds,
    council_rules,
    leaving,
    milestone_dependencies,
    milestones,
    partnership_changes,
    programmes,
    reference_class,
    risk_changes,
    risks,
    saved_views,
    work,
)
from programme.views.deliveries import urls as deliveries
from programme.views.exchange import milestone_files, milestone_import, plan_import
from programme.views.milestone_update import MilestoneUpdate, milestone_preview
from programme.views.overview import all_milestones, portfolio, rag_limits, ratings, timeline
from programme.views.planning import urls as planning
from programme.views.reminding import urls as reminding
from programme.views.updating import urls as updating

app_name = "programme"

urlpatterns = [
    path("partnerships/", programmes.partnership_list, name="partnership_list"),
    path("partnerships/<slug:key>/", programmes.partnership_detail, name="partnership_detail"),
    path(
        "partnerships/<slug:key>/agreements/new/",
        agreements.agreement_create,
        name="agreement_create",
    ),
    path("partnerships/<slug:key>/councils/new/", partnership_changes.council_join, name="council_join"),
    path("councils/<slug:key>/rules/", council_rules.council_rules_detail, name="council_rules_detail"),
    path("councils/<slug:key>/rules/new/", council_rules.council_rules_create, name="council_rules_create"),
    path(
        "council-rules/<int:pk>/withdraw/",
        council_rules.council_rules_withdraw,
        name="council_rules_withdraw",
    ),
    path("councils/<slug:key>/closures/new/", council_rules.closure_create, name="closure_create"),
    path("council-closures/<int:pk>/withdraw/", council_rules.closure_withdraw, name="closure_withdraw"),
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements.csv", agreements.agreement_csv, name="agreement_csv"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<int:pk>/update/", agreements.agreement_update, name="agreement_update"),
    path("memberships/<int:pk>/leaving/", leaving.council_leaving, name="council_leaving"),
    path("memberships/<int:pk>/leaving.csv", leaving.council_leaving_csv, name="council_leaving_csv"),
    path("memberships/<int:pk>/leave/", partnership_changes.council_leave, name="council_leave"),
    path(
        "councils/<slug:key>/succession/", partnership_changes.council_succession, name="council_succession"
    ),
    path(
        "councils/<slug:key>/succession/update/",
        partnership_changes.council_succession_update,
        name="council_succession_update",
    ),
    path("start-a-programme/", partnership_changes.programme_create, name="programme_create"),
    path("programmes/<slug:key>/", programmes.programme_detail, name="programme_detail"),
    path("programmes/<slug:key>/milestones/", milestones.milestone_list, name="milestone_list"),
    path("programmes/<slug:key>/milestones.csv", milestones.milestone_csv, name="milestone_csv"),
    path(
        "programmes/<slug:key>/milestones.xlsx",
        milestone_files.milestone_workbook,
        name="milestone_workbook",
    ),
    path(
        "programmes/<slug:key>/milestones-to-edit.xlsx",
        milestone_files.milestone_edit_workbook,
        name="milestone_edit_workbook",
    ),
    path(
        "programmes/<slug:key>/milestones-to-edit.csv",
        milestone_files.milestone_edit_csv,
        name="milestone_edit_csv",
    ),
    path(
        "programmes/<slug:key>/milestones/import/",
        milestone_import.milestone_import,
        name="milestone_import",
    ),
    path("programmes/<slug:key>/plan/import/", plan_import.plan_import, name="plan_import"),
    path("programmes/<slug:key>/risks/", risks.risk_list, name="risk_list"),
    path("programmes/<slug:key>/risks.csv", risks.risk_csv, name="risk_csv"),
    path("programmes/<slug:key>/risks.xlsx", risks.risk_workbook, name="risk_workbook"),
    path("programmes/<slug:key>/risks/new/", risk_changes.risk_create, name="risk_create"),
    path("", include("programme.assurance_urls")),
    path("risks/<int:pk>/", risks.risk_detail, name="risk_detail"),
    path("risks/<int:pk>/update/", risk_changes.risk_update, name="risk_update"),
    path("risks/<int:pk>/close/", risk_changes.risk_close, name="risk_close"),
    path("risks/<int:pk>/reopen/", risk_changes.risk_reopen, name="risk_reopen"),
    *planning.urlpatterns,
    path("milestones/<int:pk>/", milestones.milestone_detail, name="milestone_detail"),
    path("milestones/<int:pk>/row/", milestones.milestone_row_detail, name="milestone_row"),
    path("milestones/<int:pk>/update/", MilestoneUpdate.as_view(), name="milestone_update"),
    path("milestones/<int:pk>/preview/", milestone_preview, name="milestone_preview"),
    path(
        "milestones/<int:pk>/waits-for/new/",
        milestone_dependencies.milestone_dependency_create,
        name="milestone_dependency_create",
    ),
    path(
        "milestone-dependencies/<int:pk>/update/",
        milestone_dependencies.milestone_dependency_update,
        name="milestone_dependency_update",
    ),
    path(
        "milestone-dependencies/<int:pk>/remove/",
        milestone_dependencies.milestone_dependency_remove,
        name="milestone_dependency_remove",
    ),
    path(
        "programmes/<slug:key>/saved-views/<slug:page>/", saved_views.saved_view_list, name="saved_view_list"
    ),
    path(
        "programmes/<slug:key>/saved-views/<slug:page>/new/",
        saved_views.saved_view_create,
        name="saved_view_create",
    ),
    path("saved-views/<slug:page>/", saved_views.saved_view_list, name="overall_view_list"),
    path("saved-views/<slug:page>/new/", saved_views.saved_view_create, name="overall_view_create"),
    path("saved-views/<int:pk>/update/", saved_views.saved_view_update, name="saved_view_update"),
    path("saved-views/<int:pk>/remove/", saved_views.saved_view_remove, name="saved_view_remove"),
    # Programmes seen from above
    path("programmes/<slug:key>/timeline/", timeline.timeline, name="timeline"),
    path("programmes/<slug:key>/timeline.csv", timeline.timeline_csv, name="timeline_csv"),
    path("programmes/<slug:key>/slippage/", timeline.slippage, name="slippage"),
    path("programmes/<slug:key>/slippage.csv", timeline.slippage_csv, name="slippage_csv"),
    path("programmes/<slug:key>/burn-up.csv", timeline.burn_up_csv, name="burn_up_csv"),
    path("milestones/", all_milestones.all_milestones_list, name="all_milestones_list"),
    path("milestones.csv", all_milestones.all_milestones_csv, name="all_milestones_csv"),
    path("milestones.xlsx", all_milestones.all_milestones_workbook, name="all_milestones_workbook"),
    path("partnerships-to-compare-with/", reference_class.reference_class_detail, name="reference_class"),
    path("partnerships-to-compare-with.csv", reference_class.reference_class_csv, name="reference_class_csv"),
    path(
        "partnerships-to-compare-with.xlsx",
        reference_class.reference_class_workbook,
        name="reference_class_workbook",
    ),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio.csv", portfolio.portfolio_csv, name="portfolio_csv"),
    path("portfolio.xlsx", portfolio.portfolio_workbook, name="portfolio_workbook"),
    path("programmes/<slug:key>/rating/", ratings.rating_detail, name="rating_detail"),
    path("programmes/<slug:key>/rating/limits/", rag_limits.rag_limits, name="rag_limits"),
    path(
        "programmes/<slug:key>/rating/<slug:subject>/new/", ratings.judgement_create, name="judgement_create"
    ),
    path("judgements/<int:pk>/renew/", ratings.judgement_renew, name="judgement_renew"),
    path("judgements/<int:pk>/end/", ratings.judgement_end, name="judgement_end"),
    path("my-work/", work.my_work, name="my_work"),
    path("my-work.csv", work.my_work_csv, name="my_work_csv"),
    path("calendar/", calendar_feeds.calendar_feed_list, name="calendar_feed_list"),
    path("calendar/new/", calendar_feeds.calendar_feed_create, name="calendar_feed_create"),
    path("calendar/<int:pk>/end/", calendar_feeds.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("calendar/<str:token>.ics", calendar_feeds.calendar_feed, name="calendar_feed"),
    *reminding.urlpatterns,
    *updating.urlpatterns,
    *deliveries.urlpatterns,
]

"""Routes of reports and editions in the API."""

from django.urls import URLPattern, path

from governance.api.reporting import additions, editions, reports

urlpatterns: list[URLPattern] = [
    path("programmes/<slug:key>/reports/", reports.ProgrammeReportsView.as_view(), name="programme-reports"),
    path("reports/<int:pk>/", reports.ReportView.as_view(), name="report"),
    path("reports/<int:pk>/checklist/", reports.ReportChecklistView.as_view(), name="report-checklist"),
    path("reports/<int:pk>/history/", reports.ReportHistoryView.as_view(), name="report-history"),
    path("reports/<int:pk>/additions/", additions.ReportAdditionsView.as_view(), name="report-additions"),
    path("report-additions/<int:pk>/", additions.ReportAdditionView.as_view(), name="report-addition"),
    path("reports/<int:pk>/preview/", reports.ReportPreviewView.as_view(), name="report-preview"),
    path("reports/<int:pk>/give-up/", reports.ReportGiveUpView.as_view(), name="report-give-up"),
    path("reports/<int:pk>/publish/", reports.ReportPublishView.as_view(), name="report-publish"),
    path("publications/<int:pk>/", reports.PublishingView.as_view(), name="publication"),
    path("publications/<int:pk>/cancel/", reports.PublishingCancelView.as_view(), name="publication-cancel"),
    path("publications/<int:pk>/retry/", reports.PublishingRetryView.as_view(), name="publication-retry"),
    path("editions/<int:pk>/content/", editions.EditionContentView.as_view(), name="edition-content"),
    path("editions/<int:pk>/open-exempt/", editions.EditionExemptView.as_view(), name="edition-open-exempt"),
    path("editions/<int:pk>/download/", editions.EditionDownloadView.as_view(), name="edition-download"),
    path("editions/<int:pk>/correct/", editions.EditionCorrectView.as_view(), name="edition-correct"),
    path(
        "editions/<int:pk>/compare/<int:other>/",
        editions.EditionCompareView.as_view(),
        name="edition-compare",
    ),
    path(
        "editions/<int:pk>/compare/<int:other>/open-exempt/",
        editions.EditionCompareExemptView.as_view(),
        name="edition-compare-exempt",
    ),
]

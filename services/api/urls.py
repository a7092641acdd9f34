"""Routes of services in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from services.api.appraisal import (
    CaseAppraisalView,
    CaseCompensationsView,
    CaseFairnessView,
    CompensationView,
)
from services.api.case_drafts import BusinessCaseViewSet, CaseLineView, CaseOptionView
from services.api.case_entry_rule import CaseEntryRuleView, CaseQualityView
from services.api.case_story import (
    CaseCheckView,
    CaseCompareView,
    CaseCriteriaView,
    CaseProgressView,
    CaseScoresView,
    CaseStatementsView,
    CaseStepsView,
)
from services.api.keys import CaseSuccessionView, KeyViewSet, PoolViewSet, RunViewSet, TrueUpViewSet
from services.api.reviews import ConsultationViewSet, RedLineViewSet, ReviewViewSet
from services.api.shared_posts import CouncilPostsView, SharedPostViewSet
from services.api.views import (
    CandidatesView,
    CatalogueImportView,
    ComparisonView,
    ContractsView,
    ServiceViewSet,
)
from services.api.year_end import YearEndView

routes: list[tuple[str, Any, str]] = [
    ("services", ServiceViewSet, "service"),
    ("business-cases", BusinessCaseViewSet, "business-case"),
    ("pools", PoolViewSet, "pool"),
    ("keys", KeyViewSet, "key"),
    ("runs", RunViewSet, "run"),
    ("true-ups", TrueUpViewSet, "true-up"),
    ("reviews", ReviewViewSet, "review"),
    ("red-lines", RedLineViewSet, "red-line"),
    ("consultations", ConsultationViewSet, "consultation"),
    ("shared-posts", SharedPostViewSet, "shared-post"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("councils/<slug:key>/shared-posts/", CouncilPostsView.as_view(), name="council-shared-posts"),
    path("programmes/<slug:key>/service-comparison/", ComparisonView.as_view(), name="programme-comparison"),
    path("programmes/<slug:key>/contracts/", ContractsView.as_view(), name="programme-contracts"),
    path("programmes/<slug:key>/candidates/", CandidatesView.as_view(), name="programme-candidates"),
    path("programmes/<slug:key>/services/import/", CatalogueImportView.as_view(), name="services-import"),
    path(
        "business-cases/<int:pk>/options/<int:option_pk>/",
        CaseOptionView.as_view(),
        name="business-case-option",
    ),
    path("business-cases/<int:pk>/lines/<int:line_pk>/", CaseLineView.as_view(), name="business-case-line"),
    path("business-cases/<int:pk>/quality/", CaseQualityView.as_view(), name="case-quality"),
    path("business-cases/<int:pk>/progress/", CaseProgressView.as_view(), name="case-progress"),
    path("business-cases/<int:pk>/steps/", CaseStepsView.as_view(), name="case-steps"),
    path("business-cases/<int:pk>/statements/", CaseStatementsView.as_view(), name="case-statements"),
    path("business-cases/<int:pk>/check/", CaseCheckView.as_view(), name="case-check"),
    path("business-cases/<int:pk>/scores/", CaseScoresView.as_view(), name="case-scores"),
    path("business-cases/<int:pk>/criteria/", CaseCriteriaView.as_view(), name="case-criteria"),
    path("business-cases/<int:pk>/compare/<int:other>/", CaseCompareView.as_view(), name="case-compare"),
    path("programmes/<slug:key>/year-end/", YearEndView.as_view(), name="programme-year-end"),
    path("business-cases/<int:pk>/succession/", CaseSuccessionView.as_view(), name="case-succession"),
    path("business-cases/<int:pk>/appraisal/", CaseAppraisalView.as_view(), name="case-appraisal"),
    path("business-cases/<int:pk>/entry-rule/", CaseEntryRuleView.as_view(), name="case-entry-rule"),
    path("business-cases/<int:pk>/fairness/", CaseFairnessView.as_view(), name="case-fairness"),
    path(
        "business-cases/<int:pk>/compensations/", CaseCompensationsView.as_view(), name="case-compensations"
    ),
    path("compensations/<int:pk>/", CompensationView.as_view(), name="compensation"),
]

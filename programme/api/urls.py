"""Routes of programme in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from programme.api import (
    agreements,
    calendar_feeds,
    council_rules,
    deliveries,
    exchange,
    judgements,
    milestone_dependencies,
    raid,
    reference_class,
    saved_views,
    views,
)
from programme.api.assurance import gate_reviews, lessons
from programme.api.planning import parts
from programme.api.reminding import urls as reminding
from programme.api.updating import comments, work

routes: list[tuple[str, Any, str]] = [
    ("councils", views.CouncilViewSet, "council"),
    ("partnerships", views.PartnershipViewSet, "partnership"),
    ("agreements", agreements.AgreementViewSet, "agreement"),
    ("council-settings", council_rules.CouncilSettingViewSet, "council-setting"),
    ("council-closures", council_rules.CouncilClosureViewSet, "council-closure"),
    ("programmes", views.ProgrammeViewSet, "programme"),
    ("phases", views.PhaseViewSet, "phase"),
    ("tranches", parts.TrancheViewSet, "tranche"),
    ("milestones", views.MilestoneViewSet, "milestone"),
    ("milestone-comments", comments.MilestoneCommentViewSet, "milestone-comment"),
    ("milestone-dependencies", milestone_dependencies.MilestoneDependencyViewSet, "milestone-dependency"),
    ("risks", raid.RiskViewSet, "risk"),
    ("gate-reviews", gate_reviews.GateReviewViewSet, "gate-review"),
    ("gate-recommendations", gate_reviews.GateRecommendationViewSet, "gate-recommendation"),
    ("judgements", judgements.JudgementViewSet, "judgement"),
    ("lessons", lessons.LessonViewSet, "lesson"),
    ("deliveries", deliveries.DeliveryViewSet, "delivery"),
    ("saved-views", saved_views.SavedViewViewSet, "saved-view"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *reminding.urlpatterns,
    path("calendar-feeds/", calendar_feeds.CalendarFeedsView.as_view(), name="calendar-feeds"),
    path(
        "calendar-feeds/<int:pk>/end/",
        calendar_feeds.CalendarFeedEndView.as_view(),
        name="calendar-feed-end",
    ),
    path("my-work/", work.MyWorkView.as_view(), name="my-work"),
    path(
        "partnerships-to-compare-with/",
        reference_class.ReferenceClassView.as_view(),
        name="reference-class",
    ),
    path(
        "programmes/<slug:key>/milestones/import/",
        exchange.MilestoneImportView.as_view(),
        name="programme-milestones-import",
    ),
    path(
        "programmes/<slug:key>/plan/import/", exchange.PlanImportView.as_view(), name="programme-plan-import"
    ),
]

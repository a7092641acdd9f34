"""Addresses of gate reviews, their recommendations, and lessons."""

from django.urls import path

from programme.views.assurance import gate_review_changes, gate_reviews, lessons, recommendations

urlpatterns = [
    path("programmes/<slug:key>/gate-reviews/", gate_reviews.gate_review_list, name="gate_review_list"),
    path(
        "programmes/<slug:key>/gate-reviews/new/",
        gate_review_changes.gate_review_create,
        name="gate_review_create",
    ),
    path(
        "programmes/<slug:key>/gate-recommendations.csv",
        gate_reviews.gate_recommendation_csv,
        name="gate_recommendation_csv",
    ),
    path(
        "programmes/<slug:key>/gate-recommendations.xlsx",
        gate_reviews.gate_recommendation_workbook,
        name="gate_recommendation_workbook",
    ),
    path("gate-reviews/<int:pk>/", gate_reviews.gate_review_detail, name="gate_review_detail"),
    path("gate-reviews/<int:pk>/update/", gate_review_changes.gate_review_update, name="gate_review_update"),
    path(
        "gate-reviews/<int:pk>/checklist/",
        gate_review_changes.gate_review_checklist,
        name="gate_review_checklist",
    ),
    path(
        "gate-reviews/<int:pk>/recommendations/new/",
        recommendations.gate_recommendation_create,
        name="gate_recommendation_create",
    ),
    path(
        "gate-recommendations/<int:pk>/update/",
        recommendations.gate_recommendation_update,
        name="gate_recommendation_update",
    ),
    path(
        "gate-recommendations/<int:pk>/settle/",
        recommendations.gate_recommendation_settle,
        name="gate_recommendation_settle",
    ),
    path(
        "gate-recommendations/<int:pk>/reopen/",
        recommendations.gate_recommendation_reopen,
        name="gate_recommendation_reopen",
    ),
    path(
        "gate-reviews/<int:pk>/lessons/<int:lesson_pk>/use/",
        lessons.gate_review_lesson_use,
        name="gate_review_lesson_use",
    ),
    path("programmes/<slug:key>/lessons/", lessons.lesson_list, name="lesson_list"),
    path("programmes/<slug:key>/lessons.csv", lessons.lesson_csv, name="lesson_csv"),
    path("programmes/<slug:key>/lessons.xlsx", lessons.lesson_workbook, name="lesson_workbook"),
    path("programmes/<slug:key>/lessons/new/", lessons.lesson_create, name="lesson_create"),
    path("lessons/<int:pk>/", lessons.lesson_detail, name="lesson_detail"),
    path("lessons/<int:pk>/update/", lessons.lesson_update, name="lesson_update"),
]

"""Addresses of the services floor."""

from django.urls import path

from services.views import (
    business_cases,
    case_appraisal,
    case_drafts,
    case_fairness,
    case_files,
    case_line_detail,
    case_lines,
    case_options,
    case_succession,
    catalogue,
    key_forms,
    key_runs,
    key_true_ups,
    keys,
    review_changes,
    review_parts,
    reviews,
)

app_name = "services"

urlpatterns = [
    path("programmes/<slug:key>/services/", catalogue.service_list, name="service_list"),
    path("programmes/<slug:key>/services.csv", catalogue.service_csv, name="service_csv"),
    path("business-cases/<int:pk>/", business_cases.business_case_detail, name="business_case_detail"),
    # Drafting a business case
    path("programmes/<slug:key>/business-cases/", case_drafts.business_case_list, name="business_case_list"),
    path(
        "programmes/<slug:key>/business-cases/new/",
        case_drafts.CaseCreate.as_view(),
        name="business_case_create",
    ),
    path("business-cases/<int:pk>/edit/", case_drafts.CaseUpdate.as_view(), name="business_case_update"),
    path("business-cases/<int:pk>/rates/", case_drafts.case_rates, name="case_rates"),
    path("business-cases/<int:pk>/options/", case_options.CaseOptions.as_view(), name="case_options"),
    path(
        "business-cases/<int:pk>/options/<int:option_pk>/",
        case_options.CaseOptionUpdate.as_view(),
        name="case_option_update",
    ),
    path(
        "business-cases/<int:pk>/options/<int:option_pk>/remove/",
        case_options.case_option_remove,
        name="case_option_remove",
    ),
    path("business-cases/<int:pk>/lines/", case_lines.CaseLines.as_view(), name="case_lines"),
    path(
        "business-cases/<int:pk>/lines/import/",
        case_files.CaseLinesImport.as_view(),
        name="case_lines_import",
    ),
    path("business-cases/<int:pk>/lines.<slug:name>", case_files.case_lines_file, name="case_lines_file"),
    path("business-cases/<int:pk>/convert/", case_lines.case_convert, name="case_convert"),
    path(
        "business-cases/<int:pk>/lines/<int:line_pk>/",
        case_line_detail.CaseLineDetail.as_view(),
        name="case_line_detail",
    ),
    path(
        "business-cases/<int:pk>/lines/<int:line_pk>/remove/",
        case_line_detail.case_line_remove,
        name="case_line_remove",
    ),
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
    path("business-cases/<int:pk>/succession/", case_succession.case_succession, name="case_succession"),
    # Service reviews
    path("programmes/<slug:key>/reviews/", reviews.review_list, name="review_list"),
    path("programmes/<slug:key>/reviews/new/", review_changes.ReviewCreate.as_view(), name="review_create"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<int:pk>/edit/", review_changes.ReviewUpdate.as_view(), name="review_update"),
    path("reviews/<int:pk>/step/", review_changes.ReviewStep.as_view(), name="review_step"),
    path("reviews/<int:pk>/tasks/", review_changes.ReviewTasks.as_view(), name="review_tasks"),
    path("review-tasks/<int:pk>/done/", review_changes.review_task_done, name="review_task_done"),
    path("reviews/<int:pk>/assessment.csv", reviews.review_assessment_csv, name="review_assessment_csv"),
    path(
        "reviews/<int:pk>/assessment/<slug:council>/<slug:question_set>/",
        review_parts.ReviewAnswers.as_view(),
        name="review_answers",
    ),
    path("reviews/<int:pk>/red-lines/new/", review_parts.RedLineCreate.as_view(), name="red_line_create"),
    path("red-lines/<int:pk>/edit/", review_parts.RedLineUpdate.as_view(), name="red_line_update"),
    path(
        "reviews/<int:pk>/consultations/new/",
        review_parts.ConsultationCreate.as_view(),
        name="consultation_create",
    ),
    path(
        "consultations/<int:pk>/edit/", review_parts.ConsultationUpdate.as_view(), name="consultation_update"
    ),
    # Appraisal
    path("business-cases/<int:pk>/appraisal/", case_appraisal.case_appraisal, name="case_appraisal"),
    path(
        "business-cases/<int:pk>/appraisal/<str:name>",
        case_appraisal.case_appraisal_file,
        name="case_appraisal_file",
    ),
    path("business-cases/<int:pk>/sensitivity/", case_appraisal.case_sensitivity, name="case_sensitivity"),
    path("business-cases/<int:pk>/councils/", case_fairness.case_fairness_view, name="case_fairness"),
    path(
        "business-cases/<int:pk>/compensation/", case_fairness.compensation_create, name="compensation_create"
    ),
    path("compensations/<int:pk>/edit/", case_fairness.compensation_update, name="compensation_update"),
]

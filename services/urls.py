"""Addresses of the services floor."""

from django.urls import path

from services.views import (
    business_cases,
    case_appraisal,
    case_compare,
    case_drafts,
    case_entry_rule,
    case_fairness,
    case_files,
    case_line_detail,
    case_lines,
    case_options,
    case_scores,
    case_steps,
    case_succession,
    catalogue,
    consultations,
    key_forms,
    key_runs,
    key_true_ups,
    keys,
    review_changes,
    review_lessons,
    review_parts,
    reviews,
    service_detail,
    service_forms,
    service_import,
    service_insight,
    shared_posts,
    transparency,
    year_end,
)

app_name = "services"

urlpatterns = [
    path("programmes/<slug:key>/services/", catalogue.service_list, name="service_list"),
    path("programmes/<slug:key>/services.csv", catalogue.service_csv, name="service_csv"),
    # Services: one by one, side by side, imported
    path("programmes/<slug:key>/services.xlsx", catalogue.service_workbook, name="service_workbook"),
    path("programmes/<slug:key>/services/new/", service_forms.ServiceCreate.as_view(), name="service_create"),
    path(
        "programmes/<slug:key>/services/import/",
        service_import.ServiceImport.as_view(),
        name="service_import",
    ),
    path("programmes/<slug:key>/services/compare/", service_insight.service_compare, name="service_compare"),
    path(
        "programmes/<slug:key>/services/compare.csv",
        service_insight.service_compare_csv,
        name="service_compare_csv",
    ),
    path(
        "programmes/<slug:key>/services/contracts/", service_insight.service_timeline, name="service_timeline"
    ),
    path(
        "programmes/<slug:key>/services/contracts.csv",
        service_insight.service_timeline_csv,
        name="service_timeline_csv",
    ),
    path(
        "programmes/<slug:key>/services/candidates/",
        service_insight.service_candidates,
        name="service_candidates",
    ),
    path(
        "programmes/<slug:key>/services/candidates.csv",
        service_insight.service_candidates_csv,
        name="service_candidates_csv",
    ),
    path("contracts/<int:pk>/", service_detail.contract_detail, name="contract_detail"),
    path("services/<int:pk>/", service_detail.service_detail, name="service_detail"),
    path("services/<int:pk>/edit/", service_forms.ServiceUpdate.as_view(), name="service_update"),
    path("services/<int:pk>/compare/", service_insight.service_compare_one, name="service_compare_one"),
    path(
        "services/<int:pk>/compare.csv",
        service_insight.service_compare_one_csv,
        name="service_compare_one_csv",
    ),
    path(
        "services/<int:pk>/councils/<slug:council>/",
        service_forms.ServicePartUpdate.as_view(),
        name="service_part_update",
    ),
    path(
        "services/<int:pk>/councils/<slug:council>/costs/new/",
        service_forms.ServiceCostCreate.as_view(),
        name="service_cost_create",
    ),
    path(
        "services/<int:pk>/councils/<slug:council>/measures/new/",
        service_forms.ServiceMeasureCreate.as_view(),
        name="service_measure_create",
    ),
    path(
        "service-costs/<int:pk>/edit/", service_forms.ServiceCostUpdate.as_view(), name="service_cost_update"
    ),
    path(
        "service-measures/<int:pk>/edit/",
        service_forms.ServiceMeasureUpdate.as_view(),
        name="service_measure_update",
    ),
    path("business-cases/<int:pk>/", business_cases.business_case_detail, name="business_case_detail"),
    # A business case as a whole: steps, statements, scores, versions
    path("business-cases/<int:pk>/step/", case_steps.CaseStepView.as_view(), name="case_step"),
    path("business-cases/<int:pk>/statement/", case_steps.CaseStatementView.as_view(), name="case_statement"),
    path("business-cases/<int:pk>/check/", business_cases.case_check, name="case_check"),
    path("business-cases/<int:pk>/scores/", case_scores.case_scores, name="case_scores"),
    path(
        "business-cases/<int:pk>/scores/mine/", case_scores.OwnScoresUpdate.as_view(), name="case_own_scores"
    ),
    path(
        "business-cases/<int:pk>/scores/criteria/", case_scores.CriteriaUpdate.as_view(), name="case_criteria"
    ),
    path("business-cases/<int:pk>/scores/<str:name>", case_scores.case_scores_file, name="case_scores_file"),
    path("business-cases/<int:pk>/compare/<int:other>/", case_compare.case_compare, name="case_compare"),
    path(
        "business-cases/<int:pk>/compare/<int:other>.csv",
        case_compare.case_compare_csv,
        name="case_compare_csv",
    ),
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
    path("pools/<int:pk>/edit/", keys.pool_update, name="pool_update"),
    path("pools/<int:pk>/keys/new/", key_forms.key_create, name="key_create"),
    path("keys/<int:pk>/edit/", key_forms.key_update, name="key_update"),
    path("keys/<int:pk>/end/", key_forms.key_end, name="key_end"),
    path("keys/<int:pk>/true-up/", key_true_ups.true_up_create, name="true_up_create"),
    path("programmes/<slug:key>/year-end/", year_end.year_end_detail, name="year_end"),
    path("programmes/<slug:key>/year-end.csv", year_end.year_end_csv, name="year_end_csv"),
    path("programmes/<slug:key>/year-end/run/", year_end.year_end_run, name="year_end_run"),
    path("true-ups/<int:pk>/", key_true_ups.true_up_detail, name="true_up_detail"),
    path("pools/<int:pk>/runs/new/", key_runs.run_create, name="run_create"),
    path("runs/<int:pk>/", key_runs.run_detail, name="run_detail"),
    path("business-cases/<int:pk>/succession/", case_succession.case_succession, name="case_succession"),
    # Service reviews
    path("programmes/<slug:key>/consultations/", consultations.consultation_list, name="consultation_list"),
    path("programmes/<slug:key>/consultations.csv", consultations.consultation_csv, name="consultation_csv"),
    path("programmes/<slug:key>/reviews/", reviews.review_list, name="review_list"),
    path("programmes/<slug:key>/reviews/new/", review_changes.ReviewCreate.as_view(), name="review_create"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<int:pk>/edit/", review_changes.ReviewUpdate.as_view(), name="review_update"),
    path("reviews/<int:pk>/step/", review_changes.ReviewStep.as_view(), name="review_step"),
    path(
        "reviews/<int:pk>/lessons/<int:lesson_pk>/use/",
        review_lessons.review_lesson_use,
        name="review_lesson_use",
    ),
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
    # Shared posts, and what each council publishes of them
    path("programmes/<slug:key>/shared-posts/", shared_posts.shared_post_list, name="shared_post_list"),
    path("programmes/<slug:key>/shared-posts.csv", shared_posts.shared_post_csv, name="shared_post_csv"),
    path(
        "programmes/<slug:key>/shared-posts.xlsx",
        shared_posts.shared_post_workbook,
        name="shared_post_workbook",
    ),
    path(
        "programmes/<slug:key>/shared-posts/new/", shared_posts.shared_post_create, name="shared_post_create"
    ),
    path("shared-posts/<int:pk>/", shared_posts.shared_post_detail, name="shared_post_detail"),
    path("shared-posts/<int:pk>/edit/", shared_posts.shared_post_update, name="shared_post_update"),
    path("shared-posts/<int:pk>/end/", shared_posts.shared_post_end, name="shared_post_end"),
    path("councils/<slug:key>/transparency/", transparency.transparency_detail, name="transparency_detail"),
    path(
        "councils/<slug:key>/transparency/organisation-chart.csv",
        transparency.organisation_chart_csv,
        name="organisation_chart_csv",
    ),
    path(
        "councils/<slug:key>/transparency/senior-salaries.csv",
        transparency.senior_salaries_csv,
        name="senior_salaries_csv",
    ),
    # Appraisal
    path("business-cases/<int:pk>/appraisal/", case_appraisal.case_appraisal, name="case_appraisal"),
    path(
        "business-cases/<int:pk>/appraisal/<str:name>",
        case_appraisal.case_appraisal_file,
        name="case_appraisal_file",
    ),
    path("business-cases/<int:pk>/sensitivity/", case_appraisal.case_sensitivity, name="case_sensitivity"),
    path("business-cases/<int:pk>/entry-rule/", case_entry_rule.case_entry_rule_view, name="case_entry_rule"),
    path("business-cases/<int:pk>/quality/", case_entry_rule.quality_create, name="quality_create"),
    path("business-cases/<int:pk>/councils/", case_fairness.case_fairness_view, name="case_fairness"),
    path(
        "business-cases/<int:pk>/compensation/", case_fairness.compensation_create, name="compensation_create"
    ),
    path("compensations/<int:pk>/edit/", case_fairness.compensation_update, name="compensation_update"),
    path(
        "compensations/<int:pk>/withdraw/", case_fairness.compensation_withdraw, name="compensation_withdraw"
    ),
]

"""Addresses of the pages that update many milestones and tell what changed."""

from django.urls import path

from programme.views.updating import bulk_change, comments, every_change, grid

urlpatterns = [
    path("milestones/<int:pk>/comments/", comments.milestone_comments, name="milestone_comments"),
    path("milestone-comments/<int:pk>/", comments.comment_detail, name="comment_detail"),
    path("milestone-comments/<int:pk>/withdraw/", comments.comment_withdraw, name="comment_withdraw"),
    path("milestones/<int:pk>/changes/", every_change.milestone_changes, name="milestone_changes"),
    path("milestones/<int:pk>/changes.csv", every_change.milestone_changes_csv, name="milestone_changes_csv"),
    path("my-work/grid/", grid.work_grid, name="work_grid"),
    path("programmes/<slug:key>/milestones/grid/", grid.milestone_grid, name="milestone_grid"),
    path("programmes/<slug:key>/milestones/change/", bulk_change.milestone_bulk, name="milestone_bulk"),
]

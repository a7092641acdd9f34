"""Addresses of what a programme plans."""

from django.urls import path

from programme.views.planning import milestones, parts, templates

urlpatterns = [
    path("programmes/<slug:key>/template/", templates.programme_template, name="programme_template"),
    path("programmes/<slug:key>/phases/", parts.phase_list, name="phase_list"),
    path("programmes/<slug:key>/phases/new/", parts.phase_create, name="phase_create"),
    path("phases/<int:pk>/update/", parts.phase_update, name="phase_update"),
    path("phases/<int:pk>/remove/", parts.phase_remove, name="phase_remove"),
    path("programmes/<slug:key>/tranches/new/", parts.tranche_create, name="tranche_create"),
    path("tranches/<int:pk>/update/", parts.tranche_update, name="tranche_update"),
    path("tranches/<int:pk>/remove/", parts.tranche_remove, name="tranche_remove"),
    path("programmes/<slug:key>/milestones/new/", milestones.milestone_create, name="milestone_create"),
    path("milestones/<int:pk>/change/", milestones.milestone_change, name="milestone_change"),
    path("milestones/<int:pk>/cancel/", milestones.milestone_cancel, name="milestone_cancel"),
    path("milestones/<int:pk>/reinstate/", milestones.milestone_reinstate, name="milestone_reinstate"),
    path("milestones/<int:pk>/remove/", milestones.milestone_remove, name="milestone_remove"),
]

"""Addresses of the pages of reminders."""

from django.urls import path

from programme.views import reminders
from programme.views.reminding import rules

urlpatterns = [
    path("reminders/", reminders.reminder_list, name="reminder_list"),
    path("programmes/<slug:key>/reminders/", rules.reminder_rule_list, name="reminder_rule_list"),
    path(
        "programmes/<slug:key>/reminders/<slug:rule>/",
        rules.reminder_rule_update,
        name="reminder_rule_update",
    ),
]

"""Routes of reminders in the API."""

from django.urls import URLPattern, URLResolver, path

from programme.api.reminding.rules import ReminderRulesView, ReminderRuleView

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "programmes/<slug:key>/reminder-rules/",
        ReminderRulesView.as_view(),
        name="programme-reminder-rules",
    ),
    path(
        "programmes/<slug:key>/reminder-rules/<slug:rule>/",
        ReminderRuleView.as_view(),
        name="programme-reminder-rule",
    ),
]

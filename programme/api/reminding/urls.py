"""Routes of reminders in the API."""

from django.urls import URLPattern, URLResolver, path

from programme.api.reminding.inbox import InboxReadView, InboxView
from programme.api.reminding.preview import ReminderPreviewView
from programme.api.reminding.rules import ReminderRulesView, ReminderRuleView
from programme.api.reminding.wishes import AbsenceEndView, AbsencesView, ReminderWishesView

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", InboxView.as_view(), name="inbox"),
    path("inbox/read/", InboxReadView.as_view(), name="inbox-read"),
    path("reminder-wishes/", ReminderWishesView.as_view(), name="reminder-wishes"),
    path("absences/", AbsencesView.as_view(), name="absences"),
    path("absences/<int:pk>/end/", AbsenceEndView.as_view(), name="absence-end"),
    path("reminders/next/", ReminderPreviewView.as_view(), name="reminder-preview"),
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
